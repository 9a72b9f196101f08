"""A query on the command line ends when its time or its memory is up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.cli.limits import limited

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

CROSS_JOIN = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
EVERYTHING = "SELECT * { ?a ?b ?c . ?d ?e ?f }"


@pytest.mark.parametrize(
    ("text", "limit", "told"),
    [
        (CROSS_JOIN, ["--timeout", "1"], "takes longer than 1 seconds; narrow the query, or raise"),
        (EVERYTHING, ["--memory", "200", "--timeout", "500", "-f", "xml"], "more than 200 MB"),
    ],
)
@pytest.mark.parametrize("to_file", [True, False])
def test_a_heavy_query_is_ended_and_leaves_nothing(
    kg: Callable[..., subprocess.CompletedProcess[str]],
    tmp_path: Path,
    text: str,
    limit: list[str],
    told: str,
    to_file: bool,
) -> None:
    (tmp_path / "x.csv").write_text("before")
    done = kg("query", text, *limit, *(["-o", "x.csv"] if to_file else []))
    assert done.returncode == 2
    assert told in done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"x.csv"}
    assert (tmp_path / "x.csv").read_text() == "before"


def test_what_ends_in_time_is_left_alone() -> None:
    with limited(600, 1_000_000, lambda: pytest.fail("is within its limits")):
        assert sum(range(1000)) == 499500


def test_a_dash_is_standard_output(
    kg: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    assert kg("query", "ASK {}", "-f", "csv", "-o", "-").stdout == "true"
    assert list(tmp_path.iterdir()) == []
