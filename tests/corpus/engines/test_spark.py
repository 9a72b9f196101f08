"""A Spark cluster makes the same parts, and goes on where a worker is killed."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from small_corpus import MADE, contents, kg_command, many_texts, write_jsonl
from spark_cluster import cluster

from kg.corpus.build import add_source, build_corpus
from kg.corpus.engines.spark import Spark

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.java, pytest.mark.slow]


def test_no_jobs_need_no_cluster() -> None:
    assert list(Spark("spark://127.0.0.1:1").run(len, [])) == []


def test_the_same_bytes_and_a_worker_killed_in_the_middle(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", many_texts(200))
    build_corpus(add_source(tmp_path / "here", source, {}, MADE), load=False)
    wanted = contents(tmp_path / "here")
    with cluster(tmp_path) as spark:
        common = ("corpus", "build", source, "--made", MADE, "--no-load", "--spark", spark.url)
        whole = kg_command(*common, "-o", tmp_path / "whole")
        _, errors = whole.communicate()
        assert whole.returncode == 0, errors.decode()
        assert contents(tmp_path / "whole") == wanted
        cut = kg_command(*common, "-o", tmp_path / "cut")
        _wait_for_a_part(tmp_path / "cut" / "parts", cut)
        assert len(list((tmp_path / "cut" / "parts").glob("[01]*"))) < len(
            list((tmp_path / "here" / "parts").iterdir())
        )
        spark.kill_worker(0)
        _, errors = cut.communicate()
        assert cut.returncode == 0, errors.decode()
        assert contents(tmp_path / "cut") == wanted


def _wait_for_a_part(parts: Path, process: object) -> None:
    """Wait until the first part is whole."""
    pause = threading.Event()
    while not list(parts.glob("[01]*")):
        assert process.poll() is None  # type: ignore[attr-defined]
        pause.wait(0.02)
