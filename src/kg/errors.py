"""The errors a user can cause.

Every message gives the value, the place and the remedy. The command line prints the message alone
and exits with :attr:`KgError.exit_code`; a traceback would be a defect of ours.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "ArticleError",
    "AuthorityError",
    "BuildError",
    "DateError",
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
    "UnknownQuestionError",
    "ViolationsError",
    "did_you_mean",
]


class KgError(Exception):
    """Something the user can mend; the base of all errors that Qawl raises on purpose."""

    exit_code: ClassVar[int] = 2


@final
class ArticleError(KgError):
    """An article's folder, text or metadata cannot be used."""


class ReadingError(KgError):
    """A reading file breaks the schema or contradicts itself."""


@final
class GroundingError(ReadingError):
    """A quote is not in the text, or is there several times."""


@final
class DateError(ReadingError):
    """A date is not EDTF, or names a day that does not exist."""


@final
class ModelError(KgError):
    """A language model cannot be asked, or its server does not answer as it should."""


@final
class AuthorityError(KgError):
    """An authority file, vocabulary or the ontology cannot be used."""


@final
class ShapesError(KgError):
    """Shapes or the data to validate cannot be read."""


class BuildError(KgError):
    """A build could not be finished; the previous graph is intact."""


@final
class ViolationsError(BuildError):
    """The graph that was to be built violates its shapes."""

    exit_code = 1


@final
class StoreError(KgError):
    """A store is missing, half-written or not one of ours."""


class QueryError(KgError):
    """A query is unknown, malformed or could not be answered."""


@final
class QuerySyntaxError(QueryError):
    """A query is not SPARQL 1.1, or is nested too deeply to be read."""


@final
class ServiceRefusedError(QueryError):
    """A query would ask another server that is not allowed."""


@final
class UnknownQuestionError(QueryError):
    """There is no named question of that name."""


@final
class ParameterError(QueryError):
    """A named question was given a parameter that it does not have or cannot use."""


class NetworkError(KgError):
    """A network is unknown, is empty, or a query's result is not one."""


@final
class PictureError(KgError):
    """A picture cannot be drawn, or the program that draws it is missing."""


@final
class OutputError(KgError):
    """A result could not be written where or how the user asked."""


class LeftOutWarning(UserWarning):
    """A part of a file that cannot be used was left out; all else of it was read."""


def did_you_mean(word: str, words: Iterable[str], otherwise: str = "") -> str:
    """Return a hint that names the nearest of some known words, to stand at the end of a message.

    :param otherwise: what the message ends with where none is near.
    """
    from difflib import get_close_matches  # slow to import, and for errors alone

    near = get_close_matches(word, list(words), n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else otherwise
    return f"; {hint}" if hint else ""
