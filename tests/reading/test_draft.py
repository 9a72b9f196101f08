"""Drafts: written as YAML that reads back as the same reading, grounded, never over another's."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import OutputError, ReadingError
from kg.files import shipped
from kg.files.yaml_input import load_yaml
from kg.reading.draft import Draft, as_file, reading_yaml, write_draft
from kg.reading.file import load_reading
from kg.reading.grounded import ground_reading
from kg.reading.model import Reading
from kg.text.article import load_article

if TYPE_CHECKING:
    from pathlib import Path

    from examples import Workspace

SEED = shipped.graph_dir() / "articles" / "iraq-war-2003-2011"


def test_the_shipped_reading_survives_being_written(tmp_path: Path) -> None:
    reading = load_reading(SEED / "readings" / "curated.yaml").reading
    path = tmp_path / "copy.yaml"
    write_draft(Draft(reading), path, head=("A draft.",))
    assert path.read_text(encoding="utf-8").startswith("# A draft.\narticle: iraq-war-2003-2011\n")
    assert load_reading(path).reading == reading
    ground_reading(load_reading(path), load_article(SEED))


_TEXTS = st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=30
)
_NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=3) | st.integers().map(Decimal)


@settings(deadline=None)
@given(_TEXTS, _TEXTS, _NUMBERS, st.decimals(0, 1, places=2))
def test_any_words_and_numbers_survive_being_written(
    quote: str, note: str, value: Decimal, confidence: Decimal
) -> None:
    from pathlib import Path

    reading = Reading.model_validate(
        {
            "article": "x", "reader": {"name": note, "kind": "rules", "version": note},
            "made": "2026-11-22", "note": note,
            "entities": {"e": {"type": "Person", "label": {"en": note, "ar": quote}}},
            "voices": {
                "article": {"speaker": "the-article"},
                "v": {"in": "article", "speaker": ["e", "f"], "cue": [quote, note],
                      "marking": "inferred", "confidence": confidence, "why": note},
            },
            "claims": [
                {"id": "c", "voice": "v", "quote": {"exact": quote, "prefix": note}, "gloss": note,
                 "question": {"how-many": "deaths", "change-from": "2003"},
                 "answer": {"value": value, "unit": "person", "surface": quote}},
            ],
            "mentions": {"e": [quote, {"exact": quote, "all": True}]},
            "unread": [{"quote": quote, "why": note}],
        }
    )  # fmt: skip
    written = reading_yaml(reading)
    assert Reading.model_validate(load_yaml(Path("x.yaml"), written).data) == reading


def test_what_points_nowhere_is_refused(workspace: Workspace) -> None:
    reading = load_reading(workspace.reading).reading
    astray = reading.model_copy(
        update={"claims": (reading.claims[0].model_copy(update={"voice": "nobody"}),)}
    )
    with pytest.raises(ReadingError, match="'nobody'"):
        as_file(astray, "x")


def test_a_file_that_may_have_been_corrected_is_not_written_over(workspace: Workspace) -> None:
    draft = Draft(load_reading(workspace.reading).reading)
    before = workspace.reading.read_bytes()
    with pytest.raises(OutputError, match="--replace"):
        write_draft(draft, workspace.reading)
    assert workspace.reading.read_bytes() == before
    write_draft(draft, workspace.reading, replace=True)
    assert load_reading(workspace.reading).reading == draft.reading
