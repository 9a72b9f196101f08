"""What refers to what: a claim goes with its relations, an entity is renamed wherever it stands."""

from __future__ import annotations

from typing import Any

from kg.desk.references import renamed, voices_in_use, without_claim


def reading() -> dict[str, Any]:
    return {
        "entities": {"x": {"type": "Person"}},
        "voices": {"article": {}, "v": {"in": "article", "speaker": ["x", "y"]}, "w": {"in": "v"}},
        "claims": [
            {"id": "a", "voice": "v", "about": "x", "question": {"did": "x"}},
            {"id": "b", "voice": "article", "under": "a", "time": {"anchor": "x"}},
        ],
        "relations": [{"id": "r", "contrasts": ["a", "b"]}],
        "judgements": [{"about": ["a"], "note": "n"}, {"note": "of the whole"}],
        "mentions": {"x": "X", "y": {"exact": "Y"}},
        "implies": ["x"],
    }


def test_a_voice_is_in_use_through_what_it_relays() -> None:
    assert voices_in_use(reading()) == {"article", "v"}


def test_a_claim_goes_with_what_relates_to_it() -> None:
    data = reading()
    without_claim(data, "a")
    assert [one["id"] for one in data["claims"]] == ["b"]
    assert "under" not in data["claims"][0]
    assert "relations" not in data
    assert data["judgements"] == [{"note": "of the whole"}]


def test_an_entity_is_another_wherever_it_stands() -> None:
    data = renamed(reading(), "x", "y")
    assert "entities" not in data
    assert data["voices"]["v"]["speaker"] == ["y"]
    assert data["claims"][0]["about"] == "y"
    assert data["claims"][0]["question"] == {"did": "y"}
    assert data["claims"][1]["time"] == {"anchor": "y"}
    assert data["implies"] == ["y"]
    assert data["mentions"] == {"y": [{"exact": "Y"}, "X"]}
