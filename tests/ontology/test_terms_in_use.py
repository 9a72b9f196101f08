"""Every term and concept is used, or says in its status why it is not.

What counts as use: a triple of the shipped graph, of the three articles, or of the made-up article
on which the shapes are tested.
"""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from three_articles import with_examples

from kg.graph.build import compile_graph

ROOT = Path(__file__).parents[2]
QAWL = "https://w3id.org/qawl/ontology#"
VOCAB = "https://w3id.org/qawl/vocab/"
STATUS = ox.NamedNode("http://www.w3.org/2003/06/sw-vocab-status/ns#term_status")
ID = "https://w3id.org/qawl/id/"

#: Schemes that are tables to choose from: all of their concepts may stand for something.
TABLES = {"unit", "rule", "event-type", "counted"}


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    folder = with_examples(tmp_path_factory.mktemp("all"))
    found = set()
    for graph in (folder, ROOT / "tests" / "support" / "shapes_example"):
        for quad in compile_graph(graph).store:
            found.add(quad.predicate.value)
            if quad.subject.value.startswith(ID):
                found.add(getattr(quad.object, "value", ""))
    return found


def terms() -> dict[str, str | None]:
    """Return every term and concept that is not deprecated, with its status, if it has one."""
    store = ox.Store()
    for path in (ROOT / "ontology" / "qawl.ttl", *(ROOT / "ontology" / "vocab").glob("*.ttl")):
        store.load(path=path, format=ox.RdfFormat.TURTLE)
    kinds = ("Class", "ObjectProperty", "DatatypeProperty")
    wanted = [ox.NamedNode(f"http://www.w3.org/2002/07/owl#{kind}") for kind in kinds]
    wanted.append(ox.NamedNode("http://www.w3.org/2004/02/skos/core#Concept"))
    found: dict[str, str | None] = {}
    for kind in wanted:
        for quad in store.quads_for_pattern(None, None, kind):
            if quad.subject.value.startswith((QAWL, VOCAB)):
                status = next(iter(store.quads_for_pattern(quad.subject, STATUS, None)), None)
                found[quad.subject.value] = status and status.object.value
    return found


def test_every_term_is_used_or_says_why_not(used: set[str]) -> None:
    known = terms()
    unused = {
        iri
        for iri, status in known.items()
        if iri not in used
        and status is None
        and iri.removeprefix(VOCAB).partition("/")[0] not in TABLES
    }
    assert unused == set()


def test_what_is_used_is_not_called_unused(used: set[str]) -> None:
    assert {iri for iri, status in terms().items() if status is not None and iri in used} == set()
