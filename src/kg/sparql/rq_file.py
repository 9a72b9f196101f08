"""``.rq`` files: SPARQL with a ``#+`` header that says what is asked.

The header is JSON, and so also the YAML that grlc reads; JSON is parsed in a fraction of the time.
The header uses the keys of grlc's decorators (``summary``, ``description``, ``tags``) and adds
Arabic and typed parameters. The query runs as it stands in any SPARQL 1.1 engine: a parameter is
a ``VALUES ?name { … }`` block of one variable, which holds its default.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = [
    "PARAMETER_TYPES",
    "VALUES_BLOCK",
    "Parameter",
    "RqFile",
    "bare_rq",
    "both_languages",
    "load_rq",
    "read_rq",
    "user_rq",
]

ParameterType = Literal[
    "claim", "actor", "event", "place", "voice", "article", "measure",
    "date", "integer", "decimal", "string", "boolean", "resource", "term",
]  # fmt: skip

#: What a parameter may be: an entity named by id or IRI, a plain value, any resource by its IRI
#: (then also several), or any term: an IRI, a prefixed name, a number, or else a string.
PARAMETER_TYPES: Final = (
    "claim", "actor", "event", "place", "voice", "article", "measure",
    "date", "integer", "decimal", "string", "boolean", "resource", "term",
)  # fmt: skip

#: A block of one variable, ``VALUES ?name { … }``: group 1 is the name, group 2 the content.
VALUES_BLOCK: Final = re.compile(r"VALUES\s+\?(\w+)\s*\{([^{}]*)\}")
_HEADER: Final = re.compile(r"^#\+.*$", re.MULTILINE)
# What defaults of a type look like, the first that fits.
_LIKE: Final[tuple[tuple[re.Pattern[str], ParameterType], ...]] = (
    (re.compile(r"\"\d{4}-\d\d-\d\d\"\^\^\S*date\S*$"), "date"),
    (re.compile(r"[\"']"), "string"),
    (re.compile(r"[+-]?\d+$"), "integer"),
    (re.compile(r"[+-]?\d*\.\d+$"), "decimal"),
    (re.compile(r"(true|false)$"), "boolean"),
)


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named question; without a default it restricts nothing unless given.

    Where ``values`` are listed it takes no others.
    """

    name: str
    type: ParameterType
    default: str | None
    description: str
    values: tuple[str, ...] = ()

    @property
    def option(self) -> str:
        """The parameter as an option of the command line."""
        return f"--{self.name.replace('_', '-')}"

    @property
    def help(self) -> str:
        """The description, and the values that it takes where these are listed."""
        return " ".join(filter(None, (self.description, ", ".join(self.values))))


@dataclass(frozen=True, slots=True)
class RqFile:
    """A named question or rule: its SPARQL and what its header says."""

    name: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    after: tuple[str, ...]
    text: str

    def parameter(self, name: str) -> Parameter | None:
        """Return a parameter by its name, hyphens and underscores alike."""
        wanted = name.replace("-", "_")
        return next((one for one in self.parameters if one.name == wanted), None)


def both_languages(value: object, key: str, path: Path) -> dict[str, str]:
    """Return the English and the Arabic text of a header's key.

    :raises QueryError: one is missing.
    """
    if isinstance(value, dict) and {"en", "ar"} <= set(value):
        return {language: str(value[language]).strip() for language in ("en", "ar")}
    raise QueryError(f"{path}: the header's {key!r} must have a text in en and one in ar")


def read_rq(path: Path) -> tuple[str, dict[str, Any]]:
    """Read an ``.rq`` file: its whole text, and its header as it stands.

    :raises QueryError: the file cannot be read, or its header is not JSON.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: cannot be read: {error}") from error
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
    """Return what a parameter without a description takes: what its default is, else anything."""
    for pattern, name in _LIKE:
        if default is not None and pattern.match(default):
            return name
    return "term"


def bare_rq(text: str, name: str) -> RqFile:
    """Return a query without a header: what stands in ``VALUES`` of one variable can be given.

    >>> [(one.name, one.type) for one in bare_rq("SELECT * { VALUES ?n { 3 } }", "q").parameters]
    [('n', 'integer')]
    """
    parameters = tuple(
        Parameter(one, _type_of(default), default, "") for one, default in _blocks(text).items()
    )
    titles = {"en": name, "ar": name}
    return RqFile(name, titles, {"en": "", "ar": ""}, (), parameters, (), text)


def user_rq(path: Path) -> RqFile:
    """Read a query that a user keeps in a file: with a header as ours have it, or without.

    :raises QueryError: the file cannot be read, or its header is malformed.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: cannot be read: {error}") from error
    return load_rq(path) if _HEADER.search(text) else bare_rq(text, path.stem)


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
                str(given.get("description", "")),
                tuple(map(str, given.get("values") or ())),
            )
        )
    return RqFile(
        name=path.stem,
        title=both_languages(data.get("title"), "title", path),
        description=both_languages(data.get("description"), "description", path),
        tags=tuple(data.get("tags") or ()),
        parameters=tuple(parameters),
        after=tuple(data.get("after") or ()),
        text=text,
    )
