"""Pictures of networks, of events in time, of competing answers, and of one claim's voices."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.pictures.drawing import draw, draw_network, pictures

__all__ = ["draw", "draw_network", "pictures"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("kg.pictures.drawing"), name)
