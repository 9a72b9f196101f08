"""Graphviz, an external program, lays pictures out; its Pango shapes Arabic text."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, Final, Literal

from kg.errors import PictureError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Engine", "OutputKind", "render"]

Engine = Literal["dot", "neato"]
OutputKind = Literal["svg", "png", "pdf", "json"]

#: Timeout for a layout, in seconds.
_LONGEST: Final = 120
_COMMAND: Final = "dot"


def render(text: str, engine: Engine, kind: OutputKind, options: Sequence[str] = ()) -> bytes:
    """Return DOT text rendered as a picture.

    :raises PictureError: Graphviz is missing, times out, or cannot draw it.
    """
    command = [_COMMAND, f"-K{engine}", f"-T{kind}", *options]
    try:
        done = subprocess.run(  # noqa: S603 - no argument comes from outside
            command,
            input=text.encode("utf-8", "replace"),
            capture_output=True,
            timeout=_LONGEST,
            check=False,
            env={**os.environ, "LC_ALL": "C.UTF-8"},
        )
    except FileNotFoundError as error:
        raise PictureError(
            "Graphviz, which draws the pictures, is not installed (no 'dot' was found); install it "
            "(Debian: apt install graphviz; macOS: brew install graphviz), or write the network to "
            "a file for another program with: kg networks"
        ) from error
    except subprocess.TimeoutExpired as error:
        raise PictureError(
            f"Graphviz did not finish within {_LONGEST} seconds: the network is too large to draw; "
            "narrow it with filters, or write it for Gephi with: kg networks NAME -o x.gexf"
        ) from error
    if done.returncode or not done.stdout:
        reason = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
        raise PictureError(f"Graphviz failed ({reason}); check that its version is 2.40 or newer")
    return done.stdout
