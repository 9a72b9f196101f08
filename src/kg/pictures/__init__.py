"""Pictures: networks, events in time, competing answers, and the voices behind one claim."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.files.lazy import lazily

if TYPE_CHECKING:
    from kg.pictures.drawing import draw, draw_network, pictures

__all__ = ["draw", "draw_network", "pictures"]

__getattr__ = lazily(__name__, dict.fromkeys(__all__, "drawing"))
