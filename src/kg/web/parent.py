"""Processes that end when their parent does, however it ends."""

from __future__ import annotations

import ctypes
import signal
from contextlib import suppress
from typing import Final

__all__ = ["die_with_parent"]

_PR_SET_PDEATHSIG: Final = 1


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent dies."""
    with suppress(OSError, AttributeError):  # Linux has it; elsewhere we end by ourselves
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
