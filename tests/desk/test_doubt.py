"""What is doubtful comes first, and says why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_world import draft_of, sitting_of
from pyoxigraph import NamedNode, Quad, Store

from kg.compare.findings import known_entities
from kg.desk.doubt import Reason, contradicted_claims, disputed_claims, doubts
from kg.desk.live import LiveGraph
from kg.rdf.iris import ReadingName, term
from kg.reading.file import load_reading

if TYPE_CHECKING:
    from examples import Workspace


def test_low_confidence_inference_dispute_and_contradiction_add_up(workspace: Workspace) -> None:
    path = draft_of(workspace)
    text = path.read_text(encoding="utf-8")
    text = text.replace(
        "act: announce,", "act: announce, marking: inferred, confidence: 0.6, why: x,"
    )
    path.write_text(text, encoding="utf-8")
    grounded = sitting_of(workspace).look().grounded
    found = doubts(grounded, {"drowned": ["curated"]}, {"drowned"})
    assert found["drowned"].score > found["drowned-by-agency"].score
    assert found["drowned"].reasons == tuple(Reason)
    assert found["drowned"].others == ("curated",)
    assert found["drowned-by-agency"].reasons == ()


def test_another_reading_disputes_what_it_has_otherwise(workspace: Workspace) -> None:
    other = load_reading(workspace.reading)
    draft = draft_of(workspace)
    text = draft.read_text(encoding="utf-8").replace("{value: 12, unit", "{value: 13, unit")
    draft.write_text(text.replace("surface: 12 شخصا", "surface: 12 شخصا"), encoding="utf-8")
    known = LiveGraph(workspace.graph).known
    found = disputed_claims(
        sitting_of(workspace).look().grounded,
        [other],
        known_entities(known.authority, known.ontology),
    )
    assert found == {"drowned": ["curated"]}


def test_contradictions_count_from_either_side() -> None:
    mine, other = ReadingName("flood", "lina"), ReadingName("flood", "curated")
    store = Store()
    one, two = mine.member("claim", "a"), other.member("claim", "b")
    store.add(Quad(two, term("qawl:contradicts"), one, NamedNode("urn:x")))
    assert contradicted_claims(store, [mine]) == {"a"}
    assert contradicted_claims(store, [other]) == {"b"}
