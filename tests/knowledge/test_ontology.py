"""What compilers and readers ask of the ontology and its vocabularies."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import AuthorityError
from kg.files import shipped
from kg.knowledge.ontology import ENTITY_KINDS, Ontology, load_ontology
from kg.rdf.iris import ONTOLOGY_GRAPH, VOCAB_GRAPH, term

if TYPE_CHECKING:
    from pathlib import Path

CORE = """\
@prefix qawl: <https://w3id.org/qawl/ontology#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
qawl:Actor a owl:Class .
qawl:Organization a owl:Class ; rdfs:subClassOf qawl:Actor .
qawl:Court a owl:Class ; rdfs:subClassOf qawl:Organization ,
    [ a owl:Restriction ; owl:onProperty qawl:of ; owl:cardinality 1 ] .
"""
UNITS = """\
@prefix qawl: <https://w3id.org/qawl/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix unitcode: <https://w3id.org/qawl/vocab/unit/> .
@prefix counted: <https://w3id.org/qawl/vocab/counted/> .
unitcode:person a skos:Concept ; skos:prefLabel "person"@en , "شخص"@ar ;
    qawl:qudtUnit <http://qudt.org/vocab/unit/NUM> ; qawl:countedThing counted:persons .
unitcode:metre a skos:Concept ; qawl:qudtUnit <http://qudt.org/vocab/unit/M> .
"""


@pytest.fixture
def small(tmp_path: Path) -> Ontology:
    (tmp_path / "vocab").mkdir()
    (tmp_path / "qawl.ttl").write_text(CORE)
    (tmp_path / "vocab" / "unit.ttl").write_text(UNITS, encoding="utf-8")
    return load_ontology(tmp_path)


def test_classes_know_all_that_is_above_them(small: Ontology) -> None:
    assert small.types("Court") == (
        term("qawl:Court"),
        term("qawl:Actor"),
        term("qawl:Organization"),
    )
    assert small.is_a("Court", "Actor")
    assert not small.is_a("Actor", "Court")


def test_units_have_a_qudt_unit_and_what_they_count(small: Ontology) -> None:
    assert small.unit("person") == (term("unit:NUM"), term("counted:persons"))
    assert small.unit("metre") == (term("unit:M"), None)
    assert small.labels[term("unitcode:person")] == {"en": "person", "ar": "شخص"}


def test_class_expressions_are_not_published(small: Ontology) -> None:
    graphs = [quad.graph_name for quad in small.quads()]
    # Three classes and two named superclasses; seven triples of the two units.
    assert graphs.count(ONTOLOGY_GRAPH) == 5
    assert graphs.count(VOCAB_GRAPH) == 7


def test_an_unknown_class_names_the_nearest(small: Ontology) -> None:
    with pytest.raises(AuthorityError, match=r"'Cuort' is not a class .*; did you mean Court\?"):
        small.types("Cuort")


def test_an_unknown_code_lists_the_known(small: Ontology) -> None:
    with pytest.raises(
        AuthorityError, match="'persom' is not in the unit vocabulary; did you mean person"
    ):
        small.unit("persom")


def test_a_file_that_is_not_turtle_gives_its_line(tmp_path: Path) -> None:
    (tmp_path / "qawl.ttl").write_text("@prefix a: <urn:a> .\n\na:b a:c .\n")
    with pytest.raises(AuthorityError, match=r"qawl\.ttl:3:9: is not Turtle"):
        load_ontology(tmp_path)


def test_every_kind_of_entity_has_a_class() -> None:
    ontology = load_ontology(shipped.ontology_dir())
    assert all(ontology.types(name) for name in ENTITY_KINDS.values())
