"""Records: their slugs and their fingerprints."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.corpus.record import Record, slug_of
from kg.rdf.iris import SLUG

RECORD = Record("a", "file:1", b"text", "text", {"title": "T"}, None, {"me": b"reading"})


@given(st.text(max_size=200))
def test_every_id_has_a_slug(name: str) -> None:
    assert SLUG.fullmatch(slug_of(name))


def test_ids_that_look_alike_have_different_slugs() -> None:
    names = ["flood 1", "Flood 1", "flood_1", "flood-1", "فيضان 1", "سيل 1"]
    assert len({slug_of(name) for name in names}) == len(names)
    assert slug_of("flood-1") == "flood-1"


@pytest.mark.parametrize(
    "change",
    [
        {"id": "b"},
        {"content": b"other"},
        {"form": "html"},
        {"fields": {"title": "U"}},
        {"described": {"text": "text.txt"}},
        {"readings": {"me": b"other"}},
        {"readings": {}},
    ],
)
def test_the_fingerprint_follows_what_an_article_is_made_from(
    change: dict[str, object],
) -> None:
    assert replace(RECORD, **change).fingerprint() != RECORD.fingerprint()  # type: ignore[arg-type]


def test_the_fingerprint_does_not_follow_the_place() -> None:
    assert replace(RECORD, place="elsewhere").fingerprint() == RECORD.fingerprint()
