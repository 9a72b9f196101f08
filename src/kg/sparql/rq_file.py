"""``.rq`` files: SPARQL with a ``#+`` header that describes the question.

The header is JSON, which grlc reads as YAML and Python parses much faster than YAML. It uses the
keys of grlc's decorators (``summary``, ``description``, ``tags``) and adds Arabic and typed
parameters. The query runs unchanged in any SPARQL 1.1 engine: a parameter is a
``VALUES ?name { … }`` block with one variable, which holds its default.
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
    "both_languages",
    "load_rq",
    "read_rq",
]

ParameterType = Literal[
    "claim", "actor", "event", "place", "voice", "article", "measure",
    "date", "integer", "decimal", "string", "boolean", "resource",
]  # fmt: skip

#: The types of parameters: an entity by id or IRI, a plain value, or any resource by IRI (also
#: several).
PARAMETER_TYPES: Final = (
    "claim", "actor", "event", "place", "voice", "article", "measure",
    "date", "integer", "decimal", "string", "boolean", "resource",
)  # fmt: skip

#: A block with one variable, ``VALUES ?name { … }``: group 1 is the name, group 2 the content.
VALUES_BLOCK: Final = re.compile(r"VALUES\s+\?(\w+)\s*\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named question; without a default it is optional and restricts nothing."""

    name: str
    type: ParameterType
    default: str | None
    description: str


@dataclass(frozen=True, slots=True)
class RqFile:
    """A named question or rule: its SPARQL and the content of its header."""

    name: str
    title: Mapping[str, str]
    description: Mapping[str, str]
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    after: tuple[str, ...]
    text: str

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


def read_rq(path: Path) -> tuple[str, dict[str, Any]]:
    """Read an ``.rq`` file: its whole text, and its parsed header.

    :raises QueryError: the file cannot be read, or its header is not JSON.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: cannot be read: {error}") from error
    header = "\n".join(line[2:] for line in re.findall(r"^#\+.*$", text, re.M))
    try:
        data: Any = json.loads(header)
    except ValueError as error:
        raise QueryError(f"{path}: the #+ header is not JSON: {error}") from error
    return text, data


def load_rq(path: Path) -> RqFile:
    """Read an ``.rq`` file and its header.

    :raises QueryError: the file cannot be read, or its header is missing or malformed.
    """
    text, data = read_rq(path)
    blocks = {match[1]: match[2].strip() for match in VALUES_BLOCK.finditer(text)}
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
                None if blocks[name] == "UNDEF" else blocks[name],
                str(given.get("description", "")),
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
