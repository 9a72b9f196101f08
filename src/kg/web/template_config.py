"""The configuration of the process that holds the graph, and its reply."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any, Final

from kg.errors import StoreError
from kg.web.settings import Settings
from kg.web.site import Site
from kg.web.source import Source, SourceKind

__all__ = ["RELOAD", "Loaded", "TemplateConfig"]

#: What asks the process that holds the graph to load it again; it replies as when it started.
RELOAD: Final = b"reload"


@dataclass(frozen=True, slots=True)
class TemplateConfig:
    """What a template process loads and answers with."""

    source: Source
    site: Site
    settings: Settings

    def packed(self) -> str:
        """Return the configuration as a process argument."""
        return json.dumps(asdict(self))

    @classmethod
    def read(cls, packed: str) -> TemplateConfig:
        """Return what :meth:`packed` wrote."""
        given = json.loads(packed)
        source = given["source"]
        settings: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value
            for name, value in given["settings"].items()
        }
        return cls(
            Source(SourceKind(source["kind"]), tuple(source["paths"])),
            Site(**given["site"]),
            Settings(**settings),
        )


@dataclass(frozen=True, slots=True)
class Loaded:
    """The graph that a template has loaded; ``quads`` is ``None`` if nobody has counted."""

    version: str
    quads: int | None
    in_memory: bool

    def packed(self) -> bytes:
        """Return the reply as one line."""
        return json.dumps(asdict(self)).encode() + b"\n"

    @staticmethod
    def packed_error(error: Exception) -> bytes:
        """Return, as one line, why nothing was loaded."""
        return json.dumps({"error": str(error)}).encode() + b"\n"

    @classmethod
    def read(cls, line: bytes) -> Loaded:
        """Return what :meth:`packed` wrote.

        :raises StoreError: the graph was not loaded.
        """
        found = json.loads(line) if line else {"error": "the graph could not be loaded"}
        if "error" in found:
            raise StoreError(found["error"])
        return cls(**found)
