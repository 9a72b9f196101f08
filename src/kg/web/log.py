"""Log messages of the server's processes."""

from __future__ import annotations

import sys
from contextlib import suppress

__all__ = ["log"]


def log(message: str) -> None:
    """Write a line to standard error; if nobody reads it any more, carry on."""
    with suppress(OSError, ValueError):
        print(f"kg serve: {message}", file=sys.stderr, flush=True)  # noqa: T201 - the log is standard error
