"""``.rq`` files: SPARQL with a ``#+`` header that says what is asked, in YAML.

The header uses the keys of grlc's decorators (``summary``, ``description``, ``tags``) and adds
Arabic and typed parameters. The query runs as it stands in any SPARQL 1.1 engine: a parameter is
a ``VALUES ?name { … }`` block of one variable, which holds its default.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["PARAMETER_TYPES", "Parameter", "RqFile", "load_rq", "values_block"]

ParameterType = Literal[
    "claim", "actor", "event", "place", "voice", "article", "measure",
    "date", "integer", "decimal", "string", "boolean",
]  # fmt: skip

#: What a parameter may be: an entity named by id or IRI, or a plain value.
PARAMETER_TYPES: Final = (
    "claim", "actor", "event", "place", "voice", "article", "measure",
    "date", "integer", "decimal", "string", "boolean",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a named question; without a default it restricts nothing unless given."""

    name: str
    type: ParameterType
    default: str | None
    description: str


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


def values_block(name: str) -> re.Pattern[str]:
    """Return the pattern of a parameter's ``VALUES ?name { … }`` block; group 1 is the content."""
    return re.compile(rf"VALUES\s+\?{re.escape(name)}\s*\{{([^{{}}]*)\}}")


def _both(value: object, key: str, path: Path) -> dict[str, str]:
    if isinstance(value, dict) and {"en", "ar"} <= set(value):
        return {language: str(value[language]).strip() for language in ("en", "ar")}
    raise QueryError(f"{path}: the header's {key!r} must have a text in en and one in ar")


def load_rq(path: Path) -> RqFile:
    """Read an ``.rq`` file and its header.

    :raises QueryError: the file cannot be read, or its header is missing or malformed.
    """
    import yaml

    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryError(f"{path}: cannot be read: {error}") from error
    header = "\n".join(line[2:].removeprefix(" ") for line in re.findall(r"^#\+.*$", text, re.M))
    try:
        data: Any = yaml.load(header, Loader=yaml.CSafeLoader) or {}  # noqa: S506 - a safe loader
    except yaml.YAMLError as error:
        raise QueryError(f"{path}: the #+ header is not YAML: {error}") from error
    parameters = []
    for name, given in (data.get("parameters") or {}).items():
        block = values_block(name).search(text)
        if block is None or given.get("type") not in PARAMETER_TYPES:
            raise QueryError(
                f"{path}: parameter {name!r} needs a known type and a VALUES ?{name} {{ … }} block"
            )
        content = block.group(1).strip()
        parameters.append(
            Parameter(
                name,
                given["type"],
                None if content == "UNDEF" else content,
                str(given.get("description", "")),
            )
        )
    return RqFile(
        name=path.stem,
        title=_both(data.get("title"), "title", path),
        description=_both(data.get("description"), "description", path),
        tags=tuple(data.get("tags") or ()),
        parameters=tuple(parameters),
        after=tuple(data.get("after") or ()),
        text=text,
    )
