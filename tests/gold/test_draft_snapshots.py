"""The rules draft what they drafted when the snapshots were last brought up to date."""

from __future__ import annotations

import pytest
from draft_snapshots import DRAFTS, changed, digests, load_digests


@pytest.mark.slow
def test_drafts_are_as_before() -> None:
    assert changed(load_digests(DRAFTS), digests()) == [], (
        "if the change was meant: python tests/gold/draft_snapshots.py --write"
    )


def test_a_draft_that_differs_or_is_missing_is_named() -> None:
    assert changed({"a": "1", "b": "2", "c": "3"}, {"a": "1", "b": "4", "d": "5"}) == [
        "b",
        "c",
        "d",
    ]
