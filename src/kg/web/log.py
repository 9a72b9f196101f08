"""What the server's processes tell the operator."""

from __future__ import annotations

import sys
from contextlib import suppress

__all__ = ["log"]


def log(message: str) -> None:
    """Write a line to standard error; whoever read it may have gone, which stops nothing."""
    with suppress(OSError, ValueError):
        print(f"kg serve: {message}", file=sys.stderr, flush=True)  # noqa: T201 - the log is standard error
