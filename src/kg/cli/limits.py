"""Time and memory limits for code in this process that cannot be interrupted.

Oxigraph has no timeout and does not heed Ctrl-C while it runs a query, so a thread watches the
process and ends it.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import click

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["limited"]

_PAUSE: Final = 0.05
_MEGABYTE: Final = 1_000_000
_STATUS: Final = 2


def _used_bytes() -> int:
    """Return the peak memory use of the process."""
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


@contextmanager
def limited(seconds: float, megabytes: int, clean_up: Callable[[], None]) -> Iterator[None]:
    """End the process with a message and status 2 if the block exceeds a limit.

    :param clean_up: called first, to remove partial output.
    """
    done = threading.Event()
    end = time.monotonic() + seconds

    def watch() -> None:
        while not done.wait(_PAUSE):
            if time.monotonic() > end:
                reason = (
                    f"takes longer than {seconds:g} seconds; narrow the query, or raise --timeout"
                )
            elif _used_bytes() > megabytes * _MEGABYTE:
                reason = (
                    f"takes more than {megabytes} MB of memory; narrow the query, or raise --memory"
                )
            else:
                continue
            clean_up()
            click.echo(f"kg: the query {reason}", err=True)
            sys.stderr.flush()
            os._exit(_STATUS)

    threading.Thread(target=watch, daemon=True).start()
    try:
        yield
    finally:
        done.set()
