"""Processes on this machine: they may be killed, and the run ends whole."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from kg.corpus.engines.pool import Pool
from kg.errors import CorpusError, OutputError


def _square(number: int) -> int:
    return number * number


def _killed_once(path: str) -> str:
    """Kill this worker at the first attempt."""
    try:
        Path(path).touch(exist_ok=False)
    except FileExistsError:
        return path
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


def _always_killed(_: str) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _refuse(number: int) -> None:
    raise OutputError(f"{number}: is no good")


def test_every_job_is_done_once() -> None:
    assert sorted(Pool(2).run(_square, range(20))) == [one * one for one in range(20)]
    assert list(Pool(2).run(_square, [])) == []


def test_a_job_whose_worker_is_killed_is_done_again(tmp_path: Path) -> None:
    jobs = [str(tmp_path / str(number)) for number in range(3)]
    found = list(Pool(1).run(_killed_once, jobs))
    assert set(found) == set(jobs)


def test_a_job_that_kills_every_worker_is_said() -> None:
    with pytest.raises(CorpusError, match="a worker died 3 times"):
        list(Pool(1).run(_always_killed, ["x"]))


def test_an_error_comes_through() -> None:
    with pytest.raises(OutputError, match="is no good"):
        list(Pool(2).run(_refuse, [1, 2, 3]))
