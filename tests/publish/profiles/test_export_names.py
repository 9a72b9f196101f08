"""IRIs that exports have and the graph has not."""

from __future__ import annotations

import pytest
from examples import ROOT

from kg.publish.profiles.export_names import claim_of_export, export_triples
from kg.publish.profiles.flattened import FLATTENED
from kg.publish.profiles.nanopublications import SOFTWARE
from kg.rdf.iris import ID, term
from kg.store.local import open_graph

CLAIM = f"{ID}claim/a/b/c"


@pytest.mark.parametrize(
    ("iri", "claim"),
    [
        (f"{CLAIM}.Head", CLAIM),
        (f"{CLAIM}.flat.0123abcdef01", CLAIM),
        (f"{CLAIM}.quantity", None),
        (CLAIM, None),
        ("https://example.org/Head", None),
    ],
)
def test_the_claim_that_an_export_is_of(iri: str, claim: str | None) -> None:
    assert claim_of_export(iri) == claim


def test_exports_are_dereferenced() -> None:
    graph = open_graph(data=[ROOT / "graph" / "dumps" / "qawl.nq"])
    assert export_triples(graph, f"{CLAIM}.Head") == ()
    assert export_triples(graph, f"{ID}actor/bbc") == ()
    assert {one.subject for one in export_triples(graph, SOFTWARE.value)} == {SOFTWARE}
    claim = graph.table("claims", speaker="pentagon").dicts()[0]["claim"]
    head = export_triples(graph, f"{claim}.Head")
    assert len(head) == 4
    assert all(one.subject.value == claim for one in head)
    flattened = export_triples(graph, FLATTENED.value)
    assert term("prov:wasDerivedFrom") in {one.predicate for one in flattened}
