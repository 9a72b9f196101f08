"""IRIs and prefixes."""

from __future__ import annotations

import json

import pytest
import rdflib
from examples import ROOT
from hypothesis import given
from hypothesis import strategies as st

from kg.rdf.iris import (
    PREFIXES,
    ClaimName,
    ConceptName,
    ReadingName,
    article_graph,
    article_of_graph,
    concept,
    derived_graph,
    digest,
    kind_of,
    local_name,
    ontology_name,
    owners,
    part_of,
    part_path,
    resource,
    slugify,
    term,
)

#: What slugs look like, of which names are made.
SLUGS = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6})?", fullmatch=True)
TOLL = ClaimName("flood", "curated", "toll")


def test_the_published_prefixes_are_the_ones_in_use() -> None:
    sh = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    graph = rdflib.Graph().parse(ROOT / "ontology" / "prefixes.ttl")
    declared = {
        str(graph.value(node, sh.prefix)): str(graph.value(node, sh.namespace))
        for node in graph.objects(None, sh.declare)
    }
    assert declared == PREFIXES


def test_the_json_ld_context_has_the_same_prefixes() -> None:
    context = json.loads((ROOT / "ontology" / "context.jsonld").read_text())["@context"]
    assert {name: context.get(name) for name in PREFIXES} == PREFIXES


def test_the_published_schema_is_the_one_in_use() -> None:
    from kg.reading.model import json_schema

    published = json.loads((ROOT / "ontology" / "reading.schema.json").read_text())
    assert published == json_schema()


@pytest.mark.parametrize(("text", "slug"), [("The Qawl project", "the-qawl-project"), ("قول", "")])
def test_slugs(text: str, slug: str) -> None:
    assert slugify(text) == slug


def test_a_digest_is_the_start_of_the_sha256() -> None:
    # SHA-256 of the empty string, from FIPS 180-2 test data.
    assert digest("") == "e3b0c44298fc"


@given(SLUGS, SLUGS)
def test_names_of_readings_are_taken_apart_as_they_were_made(article: str, reading: str) -> None:
    name = ReadingName(article, reading)
    assert ReadingName.of(name.node.value) == name
    assert kind_of(name.node.value) == "reading"
    assert local_name(name.member("voice", "the-mayor").value) == "the-mayor"


@pytest.mark.parametrize(
    "iri",
    [
        "https://w3id.org/qawl/id/claim/flood/curated",
        "https://w3id.org/qawl/id/reading/flood",
        "https://w3id.org/qawl/id/reading/flood/curated.activity",
        "http://example.org/reading/flood/curated",
    ],
)
def test_what_is_no_reading_has_no_name_of_one(iri: str) -> None:
    assert ReadingName.of(iri) is None


def test_a_claim_is_called_by_its_article_its_reading_and_its_id() -> None:
    assert TOLL.node.value == "https://w3id.org/qawl/id/claim/flood/curated/toll"
    assert ReadingName("flood", "curated").member("claim", "toll") == TOLL.node


@given(st.lists(SLUGS, min_size=1, max_size=3))
def test_parts_are_found_again_from_their_owner(names: list[str]) -> None:
    iri = part_of(TOLL.node, *names).value
    assert part_path(TOLL.node.value, iri) == tuple(names)
    assert TOLL.node.value in owners(iri)
    assert kind_of(iri) == "claim"


def test_owners_are_ordered_from_the_nearest() -> None:
    iri = "https://w3id.org/qawl/id/passage/flood/1/0-12.quote"
    assert owners(iri)[0] == "https://w3id.org/qawl/id/passage/flood/1/0-12"
    assert owners("http://example.org/a/b/c") == ()
    assert part_path(owners(iri)[0], iri) == ("quote",)
    assert part_path(TOLL.node.value, f"{TOLL.node.value}-2") == ()
    assert part_path(TOLL.node.value, TOLL.node.value) == ()


@pytest.mark.parametrize(
    ("iri", "name"),
    [
        ("http://www.w3.org/2004/02/skos/core#Concept", "Concept"),
        ("http://qudt.org/vocab/unit/NUM", "NUM"),
        ("http://example.org/a#b/c", "c"),
        ("http://example.org/", ""),
        ("urn:isbn:9", "urn:isbn:9"),
    ],
)
def test_local_names(iri: str, name: str) -> None:
    assert local_name(iri) == name


def test_kinds_terms_and_concepts_are_ours_alone() -> None:
    assert kind_of("http://www.wikidata.org/entity/Q9545") == ""
    assert kind_of(resource("actor", "bbc").value) == "actor"
    assert ontology_name(term("qawl:Claim").value) == "Claim"
    assert ontology_name(term("owl:Class").value) is None
    assert ConceptName.of(concept("unit", "CCY_USD").value) == ConceptName("unit", "CCY_USD")
    assert ConceptName.of("https://w3id.org/qawl/vocab/unit") is None
    assert ConceptName.of("http://qudt.org/vocab/unit/NUM") is None


def test_graphs_of_articles_and_of_derived_triples() -> None:
    assert article_of_graph(article_graph("flood").value) == "flood"
    assert article_of_graph(derived_graph("person").value) is None
    assert derived_graph("all").value == "https://w3id.org/qawl/id/graph/derived/all"
