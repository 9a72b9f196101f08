"""IRIs and prefixes."""

from __future__ import annotations

import json

import pytest
import rdflib
from examples import ROOT

from kg.rdf.iris import PREFIXES, digest, slugify


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
