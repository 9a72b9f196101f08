"""Errors that a user can cause.

Every message gives the value, the place and the remedy. The command line prints only the message
and exits with :attr:`KgError.exit_code`; a traceback is always a bug in Qawl.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "ArticleError",
    "AuthorityError",
    "BuildError",
    "ChangedUnderneathError",
    "CorpusError",
    "DateError",
    "DecisionError",
    "GroundingError",
    "KgError",
    "LeftOutWarning",
    "ModelError",
    "NetworkError",
    "OutputError",
    "ParameterError",
    "PictureError",
    "QueryError",
    "QuerySyntaxError",
    "ReadingError",
    "ServiceRefusedError",
    "ShapesError",
    "StoreError",
    "SyntaxPlace",
    "UnknownQuestionError",
    "ViolationsError",
    "did_you_mean",
]


class KgError(Exception):
    """An error that the user can fix; the base class of all deliberate errors of Qawl."""

    exit_code: ClassVar[int] = 2


@final
class ArticleError(KgError):
    """An article's folder, text or metadata cannot be used."""


class ReadingError(KgError):
    """A reading file violates the schema or contradicts itself."""


@final
class GroundingError(ReadingError):
    """A quote is not in the text, or occurs several times."""


@final
class DateError(ReadingError):
    """A date is not EDTF, or names a day that does not exist."""


@final
class DecisionError(ReadingError):
    """A person's decision about a draft is invalid; ``field`` names the part at fault, if known.

    ``part`` is the claim or voice, such as ``claims.toll``.
    """

    def __init__(self, message: str, part: str = "", field: str = "") -> None:
        super().__init__(message)
        self.part = part
        self.field = field


@final
class ChangedUnderneathError(KgError):
    """A reading file has changed since the person saw it; nothing was written.

    ``seen`` is the text that the person saw, if still known, ``now`` the file's text.
    """

    def __init__(self, message: str, seen: str | None, now: str) -> None:
        super().__init__(message)
        self.seen = seen
        self.now = now


@final
class ModelError(KgError):
    """A language model cannot be reached, or its server gives an invalid answer."""


@final
class AuthorityError(KgError):
    """An authority file, a vocabulary or the ontology cannot be used."""


@final
class ShapesError(KgError):
    """The shapes or the data to validate cannot be read."""


class BuildError(KgError):
    """A build failed; the previous graph is intact."""


@final
class ViolationsError(BuildError):
    """The new graph violates its shapes."""

    exit_code = 1


@final
class CorpusError(KgError):
    """A source of articles or the folder of a corpus cannot be used."""


@final
class StoreError(KgError):
    """A store is missing, incomplete, or was not made by Qawl."""


class QueryError(KgError):
    """A query is unknown or malformed, or could not be answered."""


@dataclass(frozen=True, slots=True)
class SyntaxPlace:
    """What is wrong in a query, and where.

    :param start: in code points; ``end`` equals it if the query ends too early.
    :param expected: what could stand there instead, as in SPARQL, or a kind of term such as
        ``variable`` (:data:`kg.sparql.syntax_place.KINDS`).
    :param reason: the parser's message if no word is misplaced, in English.
    """

    start: int
    end: int
    line: int
    column: int
    expected: tuple[str, ...] = ()
    reason: str = ""


@final
class QuerySyntaxError(QueryError):
    """A query is not SPARQL 1.1, or is nested too deeply to be read.

    :param place: where, as far as that is known.
    """

    def __init__(self, message: str, place: SyntaxPlace | None = None) -> None:
        super().__init__(message)
        self.place = place


@final
class ServiceRefusedError(QueryError):
    """A query would call another server, which is not allowed."""


@final
class UnknownQuestionError(QueryError):
    """There is no named question with that name."""


@final
class ParameterError(QueryError):
    """A parameter of a named question is unknown, or its value cannot be used."""


class NetworkError(KgError):
    """A network is unknown or empty, or a query's result is not a network."""


@final
class PictureError(KgError):
    """A picture cannot be drawn, or the program that draws it is missing."""


@final
class OutputError(KgError):
    """A result could not be written to the given place or in the given format."""


class LeftOutWarning(UserWarning):
    """Part of a file could not be used and was left out; the rest was read."""


def did_you_mean(word: str, words: Iterable[str], otherwise: str = "") -> str:
    """Return a hint with the known words that are nearest, begin with the word or contain it.

    :param otherwise: the hint if no word is near.
    """
    import re
    from difflib import get_close_matches  # slow to import, and only needed for errors

    known = list(words)
    near = (
        get_close_matches(word, known, n=3, cutoff=0.75)
        or [one for one in known if word and one.startswith(word)][:3]
        or [one for one in known if get_close_matches(word, re.split(r"[ -]", one), 1, 0.8)][:3]
        or get_close_matches(word, known, n=3, cutoff=0.5)
    )
    hint = f"did you mean {' or '.join(near)}?" if near else otherwise
    return f"; {hint}" if hint else ""
