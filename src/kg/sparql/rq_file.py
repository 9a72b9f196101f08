"""``.rq`` files: SPARQL with a ``#+`` header that describes the question.

The header is JSON, which grlc reads as YAML and Python parses much faster than YAML. It uses the
keys of grlc's decorators (``summary``, ``description``, ``tags``) and adds Arabic and typed
parameters. The query runs unchanged in any SPARQL 1.1 engine: a parameter is a
``VALUES ?name { … }`` block with one variable, which holds its default.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING, Any, Final, Literal

from kg.errors import QueryError
from kg.files import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = [
    "PARAMETER_TYPES",
    "VALUES_BLOCK",
    "Parameter",
    "Reach",
    "RqFile",
    "both_languages",
    "load_rq",
    "read_rq",
    "shipped_rq",
    "user_questions",
    "user_rq",
]

ParameterType = Literal[
    "claim", "actor", "event", "place", "population", "voice", "article", "source", "measure",
    "date", "integer", "decimal", "string", "words", "boolean", "resource", "term",
]  # fmt: skip

#: The types of parameters: an entity by id or IRI, a plain value, words to search, any resource by
#: IRI (also several), or any term: an IRI, a prefixed name, a number, or else a string.
PARAMETER_TYPES: Final = (
    "claim", "actor", "event", "place", "population", "voice", "article", "source", "measure",
    "date", "integer", "decimal", "string", "words", "boolean", "resource", "term",
)  # fmt: skip

#: A block with one variable, ``VALUES ?name { … }``: group 1 is the name, group 2 the content.
VALUES_BLOCK: Final = re.compile(r"VALUES\s+\?(\w+)\s*\{([^{}]*)\}")
_HEADER: Final = re.compile(r"^#\+.*$", re.MULTILINE)
# Patterns of defaults by type; the first match counts.
_LIKE: Final[tuple[tuple[re.Pattern[str], ParameterType], ...]] = (
    (re.compile(r"\"\d{4}-\d\d-\d\d\"\^\^\S*date\S*$"), "date"),
    (re.compile(r"[\"']"), "string"),
    (re.compile(r"[+-]?\d+$"), "integer"),
    (re.compile(r"[+-]?\d*\.\d+$"), "decimal"),
    (re.compile(r"(true|false)$"), "boolean"),
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named question; without a default it is optional and restricts nothing.

    If ``values`` are listed, no others are allowed. ``many`` takes several, separated by commas.
    """

    name: str
    type: ParameterType
    default: str | None
    description: Mapping[str, str]
    values: tuple[str, ...] = ()
    many: bool = False

    @property
    def option(self) -> str:
        """The parameter as an option of the command line."""
        return f"--{self.name.replace('_', '-')}"

    def help(self, language: str = "en") -> str:
        """Return the description, and the values that it takes where these are listed."""
        return " ".join(filter(None, (self.description[language], ", ".join(self.values))))


class Reach(Enum):
    """What a rule must see at once to derive all that follows: a header's ``reach``."""

    #: One article with its readings.
    ARTICLE = "article"
    #: All claims of one topic: an event with its sub-events, a proposition with those that are
    #: narrower, or else one question.
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class RqFile:
    """A named question or rule: its SPARQL and the content of its header.

    ``aliases`` are further names, each with the values that it gives to parameters; ``given`` are
    those of the alias by which the question was asked for. ``needs`` is a part of a rule's pattern
    without which it derives nothing.
    """

    name: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    after: tuple[str, ...]
    text: str
    aliases: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    reach: Reach = Reach.ARTICLE
    needs: str | None = None

    def parameter(self, name: str) -> Parameter | None:
        """Return a parameter by name; hyphens and underscores are equivalent."""
        wanted = name.replace("-", "_")
        return next((one for one in self.parameters if one.name == wanted), None)


def both_languages(value: object, key: str, path: Path) -> dict[str, str]:
    """Return the English and Arabic texts of a header key.

    :raises QueryError: one of them is missing.
    """
    if isinstance(value, dict) and {"en", "ar"} <= set(value):
        return {language: str(value[language]).strip() for language in ("en", "ar")}
    raise QueryError(f"{path}: the header's {key!r} needs a text in both en and ar")


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: cannot be read: {error}") from error


def read_rq(path: Path) -> tuple[str, dict[str, Any]]:
    """Read an ``.rq`` file: its whole text, and its parsed header.

    :raises QueryError: the file cannot be read, or its header is not JSON.
    """
    text = _read(path)
    header = "\n".join(line[2:] for line in _HEADER.findall(text))
    try:
        data: Any = json.loads(header)
    except ValueError as error:
        raise QueryError(f"{path}: the #+ header is not JSON: {error}") from error
    return text, data


def _blocks(text: str) -> dict[str, str | None]:
    """Return the variables that can be given, and their defaults."""
    blocks = {match[1]: match[2].strip() for match in VALUES_BLOCK.finditer(text)}
    return {name: None if value == "UNDEF" else value for name, value in blocks.items()}


def _type_of(default: str | None) -> ParameterType:
    """Return the type of a parameter without a declared one, inferred from its default."""
    for pattern, name in _LIKE:
        if default is not None and pattern.match(default):
            return name
    return "term"


def user_rq(text: str, name: str) -> RqFile:
    """Read a user's query, in which each ``VALUES`` block of one variable is a parameter.

    A header like ours may describe the query and its parameters; every part of it is optional, and
    a text may be in one language only. A grlc header that is not JSON is ignored as a comment.

    >>> [(one.name, one.type) for one in user_rq("SELECT * { VALUES ?n { 3 } }", "q").parameters]
    [('n', 'integer')]

    :raises QueryError: the header has a parameter of an unknown type.
    """
    try:
        header = json.loads("\n".join(line[2:] for line in _HEADER.findall(text)))
    except ValueError:
        header = None
    data: dict[str, Any] = header if isinstance(header, dict) else {}
    described = data.get("parameters")
    known: dict[str, Any] = described if isinstance(described, dict) else {}
    parameters = []
    for one, default in _blocks(text).items():
        given = known.get(one)
        given = given if isinstance(given, dict) else {}
        kind = given.get("type") or _type_of(default)
        if kind not in PARAMETER_TYPES:
            raise QueryError(
                f"{name}: parameter {one!r} has the unknown type {kind!r}; use one of "
                f"{', '.join(PARAMETER_TYPES)}"
            )
        words = _in_both(given.get("description") or "")
        values = tuple(map(str, given.get("values") or ()))
        parameters.append(Parameter(one, kind, default, words, values))
    title = _in_both(data.get("title") or data.get("summary") or name)
    return RqFile(
        name, title, _in_both(data.get("description") or ""), (), tuple(parameters), (), text
    )


def _in_both(value: object) -> dict[str, str]:
    given = value if isinstance(value, dict) and value else {"en": value}
    other = next(iter(given.values()))
    return {language: str(given.get(language, other)) for language in ("en", "ar")}


def user_questions(folder: Path) -> tuple[RqFile, ...]:
    """Return the queries that a user keeps in a folder, by name.

    :raises QueryError: there is no such folder, or a file in it cannot be read.
    """
    if not folder.is_dir():
        raise QueryError(f"{folder}: is not a folder of queries; correct QAWL_QUERIES")
    return tuple(user_rq(_read(path), path.stem) for path in sorted(folder.glob("*.rq")))


def _aliases(
    data: Mapping[str, Any], parameters: list[Parameter], path: Path
) -> dict[str, dict[str, str]]:
    known = {one.name for one in parameters}
    found: dict[str, dict[str, str]] = {}
    for name, values in (data.get("aliases") or {}).items():
        if unknown := set(values) - known:
            raise QueryError(
                f"{path}: alias {name!r} gives {min(unknown)!r}, which is not a parameter"
            )
        found[name] = {key: str(value) for key, value in values.items()}
    return found


def load_rq(path: Path) -> RqFile:
    """Read an ``.rq`` file and its header.

    :raises QueryError: the file cannot be read, or its header is missing or malformed.
    """
    text, data = read_rq(path)
    blocks = _blocks(text)
    parameters = []
    for name, given in (data.get("parameters") or {}).items():
        if name not in blocks or given.get("type") not in PARAMETER_TYPES:
            raise QueryError(
                f"{path}: parameter {name!r} needs a known type and a VALUES ?{name} {{ … }} block"
            )
        parameters.append(
            Parameter(
                name,
                given["type"],
                blocks[name],
                _in_both(given.get("description") or ""),
                tuple(map(str, given.get("values") or ())),
                given.get("many") is True,
            )
        )
    try:
        reach = Reach(data.get("reach", Reach.ARTICLE.value))
    except ValueError as error:
        known = ", ".join(one.value for one in Reach)
        raise QueryError(
            f"{path}: the header's 'reach' is {data['reach']!r}; use {known}"
        ) from error
    return RqFile(
        name=path.stem,
        title=both_languages(data.get("title"), "title", path),
        description=both_languages(data.get("description"), "description", path),
        tags=tuple(data.get("tags") or ()),
        parameters=tuple(parameters),
        after=tuple(data.get("after") or ()),
        text=text,
        aliases=_aliases(data, parameters, path),
        reach=reach,
        needs=data.get("needs"),
    )


@cache
def shipped_rq(folder: str, name: str) -> RqFile:
    """Return an ``.rq`` file in a folder of ``queries/``, which is read once.

    :raises QueryError: as :func:`load_rq` does.
    """
    return load_rq(shipped.queries_dir() / folder / f"{name}.rq")
