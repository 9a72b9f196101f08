"""What goes on beside the requests does not die silently."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import TYPE_CHECKING

import pytest

from kg.web.log import log
from kg.web.server.kept_going import kept_going

if TYPE_CHECKING:
    from collections.abc import Callable


def failing(times: int, error: Exception) -> tuple[Callable[[], object], list[int]]:
    calls: list[int] = []

    async def work() -> None:
        calls.append(1)
        if len(calls) <= times:
            raise error

    return work, calls


@pytest.mark.parametrize("error", [OSError("no room"), BrokenPipeError(), RuntimeError("a fault")])
def test_work_that_fails_begins_anew_and_is_told(
    error: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    work, calls = failing(3, error)
    asyncio.run(kept_going("the work", work, pause=0))  # type: ignore[arg-type]
    assert len(calls) == 4
    told = capsys.readouterr().err.splitlines()
    assert len(told) == 3
    assert all(line.startswith("kg serve: the work failed and is restarting") for line in told)
    assert type(error).__name__ in told[0]


def test_work_that_is_cancelled_ends() -> None:
    async def run() -> None:
        task = asyncio.create_task(kept_going("the work", asyncio.Event().wait))  # type: ignore[arg-type]
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())


def test_a_log_that_nobody_reads_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w", buffering=1) as stream:
        monkeypatch.setattr(sys, "stderr", stream)
        log("heard by nobody")
        monkeypatch.undo()
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
