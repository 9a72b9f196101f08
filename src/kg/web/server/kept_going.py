"""Background work for as long as the server runs."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from kg.web.log import log

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

__all__ = ["kept_going"]

_PAUSE: Final = 2.0


async def kept_going(
    name: str, work: Callable[[], Awaitable[None]], *, pause: float = _PAUSE
) -> None:
    """Do background work; if it fails, log that and restart.

    :param name: the name for the operator's log.
    :param pause: seconds before it restarts.
    """
    while True:
        try:
            await work()
        except Exception as error:  # noqa: BLE001, RUF100 - a task that dies dies silently
            log(f"{name} failed and is restarting: {type(error).__name__}: {error}")
            await asyncio.sleep(pause)
        else:
            return
