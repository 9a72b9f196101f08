"""The graph follows the files, and what is invalid never takes the place of what was right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desk_world import draft_of, sitting_of
from pyoxigraph import QuerySolutions

from kg.desk.decision_requests import Accept, Edit, Reject
from kg.desk.live import LiveGraph
from kg.graph.build import compile_graph
from kg.rdf.iris import PREFIXES

if TYPE_CHECKING:
    from examples import Workspace
    from pyoxigraph import Store

READING = "<https://w3id.org/qawl/id/reading/flood/lina-haddad>"


def values(store: Store, pattern: str) -> list[str]:
    rows = store.query(
        f"SELECT ?x {{ {pattern} }} ORDER BY ?x", prefixes=PREFIXES, use_default_graph_as_union=True
    )
    assert isinstance(rows, QuerySolutions)
    return [str(getattr(row["x"], "value", row["x"])) for row in rows]


def test_it_is_what_a_build_of_the_same_files_is(workspace: Workspace) -> None:
    live = LiveGraph(workspace.graph)
    assert set(live.refresh().store) == set(compile_graph(workspace.graph).store)
    draft_of(workspace)
    sitting = sitting_of(workspace)
    for decision in (
        Accept(claim="drowned"),
        # A question of its own comes, and goes again, while the draft stays as it is.
        Edit(claim="drowned-by-agency", changes={"question.place": "valley"}),
        Reject(claim="drowned-by-agency"),
    ):
        sitting.decide(decision, sitting.look().sha256)
        assert set(live.refresh().store) == set(compile_graph(workspace.graph).store)


def test_only_what_is_decided_is_a_persons(workspace: Workspace) -> None:
    draft_of(workspace)
    live = LiveGraph(workspace.graph)
    sitting = sitting_of(workspace)
    sitting.decide(Accept(claim="drowned"), sitting.look().sha256)
    store = live.refresh().store
    [claim] = values(store, f"?x qawl:inReading {READING} ; a qawl:Claim")
    assert claim.endswith("/claim/flood/lina-haddad/drowned")
    [accepted] = values(store, f"{READING} qawl:acceptsProposal ?x")
    assert accepted.endswith("/claim/flood/rules/drowned")
    derived = values(store, f"{READING} prov:wasDerivedFrom ?x")
    assert [one.partition("/id/")[2] for one in derived] == ["reading/flood/rules", "text/flood/1"]
    assert not values(store, f"?x qawl:inReading {READING} ; oa:hasTarget ?any")


def test_an_invalid_state_is_told_at_its_field_and_never_swapped_in(workspace: Workspace) -> None:
    draft_of(workspace)
    live = LiveGraph(workspace.graph)
    sitting = sitting_of(workspace)
    sitting.decide(Accept(claim="drowned"), sitting.look().sha256)
    before = live.refresh()
    assert before.faults == {}
    # The schema lets a value above its upper bound pass; the shapes do not.
    edit = Edit(claim="drowned", changes={"upper": "5"})
    sitting.decide(edit, sitting.look().sha256)
    after = live.refresh()
    [fault, *_] = after.faults["flood", "lina-haddad"]
    assert (fault.part, fault.field) == ("claims.drowned", "value")
    assert fault.message
    assert fault.message_ar
    assert set(after.store) == set(before.store)
    sitting.undo(sitting.look().sha256)
    assert live.refresh().faults == {}


def test_a_file_that_cannot_be_read_is_told_too(workspace: Workspace) -> None:
    live = LiveGraph(workspace.graph)
    good = live.refresh()
    workspace.reading.write_text("article: [", encoding="utf-8")
    broken = live.refresh()
    [fault] = broken.faults["flood", "curated"]
    assert "is not YAML" in fault.message
    assert set(broken.store) == set(good.store)


def test_a_new_article_and_a_new_authority_are_seen(workspace: Workspace) -> None:
    live = LiveGraph(workspace.graph)
    stamp = live.stamp()
    entities = workspace.graph / "authority" / "entities.ttl"
    text = entities.read_text(encoding="utf-8")
    entities.write_text(text.replace('"The Ministry"@en', '"A Ministry"@en'), encoding="utf-8")
    assert live.stamp() != stamp
    assert "A Ministry" in values(live.refresh().store, "?any skos:prefLabel ?x")
