"""Progress is told in the order of the steps."""

from __future__ import annotations

from kg.corpus.progress import Progress, Step


def test_silence() -> None:
    progress = Progress()
    progress.begin(Step.SURVEY, None)
    progress.advance(1, 1)
    progress.end()
    assert [step.value for step in Step] == ["survey", "articles", "relations", "store"]
