"""The engine that is the process itself."""

from __future__ import annotations

from kg.corpus.engines import engine_for
from kg.corpus.engines.base import Here
from kg.corpus.engines.pool import Pool


def test_jobs_are_done_in_their_order() -> None:
    assert list(Here().run(len, ["a", "bb", ""])) == [1, 2, 0]


def test_the_engine_follows_the_number_of_workers() -> None:
    assert engine_for(1) == Here()
    assert engine_for(3) == Pool(3)
