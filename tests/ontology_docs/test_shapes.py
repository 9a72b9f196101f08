"""SHACL shapes in words: targets, paths and constraints of every kind, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ontology_turtle import GIVEN, QAWL, SHAPE, VOCAB, index, names

from kg.errors import ShapesError
from kg.ontology_docs import load_ontology_docs
from kg.ontology_docs.model import plain
from kg.ontology_docs.shape_words import ShapeWords
from kg.ontology_docs.shapes import read_shapes

if TYPE_CHECKING:
    from kg.ontology_docs import OntologyDocs
    from kg.ontology_docs.model import Shape, Term


@pytest.fixture(scope="module")
def docs() -> OntologyDocs:
    return load_ontology_docs()


def term(docs: OntologyDocs, name: str) -> Term:
    return docs.terms[QAWL + name]


def shape(docs: OntologyDocs, name: str) -> Shape:
    return docs.shapes[SHAPE + name]


def test_shapes_say_in_words_what_they_demand(docs: OntologyDocs) -> None:
    def english(name: str) -> tuple[str, ...]:
        return tuple(map(plain, shape(docs, name).constraints.en))

    assert english("Claim-voice") == ("exactly 1", "an IRI", "instance of Voice")
    assert english("confidence") == (
        "at most 1", "datatype xsd:decimal", "0 or greater", "1 or less",
    )  # fmt: skip
    assert english("Voice-marking") == (
        "exactly 1",
        "one of marking:explicit, marking:inherited, marking:inferred",
    )
    assert english("label-ar") == ("at least 1 that conforms to shape:Arabic",)
    assert english("Claim") == ("no properties other than these and rdf:type",)
    assert english("VoiceInReading-outer") == ("the same values as inReading",)
    assert english("altLabel") == (
        "datatype rdf:langString", "no value in common with skos:prefLabel",
        "conforms to shape:CleanText",
    )  # fmt: skip
    assert english("AnyEntity") == (
        (
            "conforms to at least one of shape:SomeActor, shape:SomeEvent, shape:SomePlace, "
            "shape:SomeSource, shape:SomePopulationGroup, shape:SomeArtefact, "
            "shape:SomeTopic"
        ),
    )
    assert english("identifier")[2] == "matches ^[a-z0-9]+(-[a-z0-9]+)*$"


def test_shapes_say_it_in_arabic_too(docs: OntologyDocs) -> None:
    def arabic(name: str) -> tuple[str, ...]:
        return tuple(map(plain, shape(docs, name).constraints.ar))

    assert arabic("Claim-voice") == ("العدد 1 بالضبط", "معرّف IRI", "من صنف Voice")
    assert arabic("label")[1:3] == ("بإحدى اللغات en، ar", "قيمة واحدة على الأكثر بكل لغة")
    for one in docs.shapes.values():
        assert len(one.constraints.ar) == len(one.constraints.en), one.name
        assert len(one.targets.ar) == len(one.targets.en), one.name


def test_paths_are_written_as_in_sparql(docs: OntologyDocs) -> None:
    assert plain(shape(docs, "VoiceInReading-outer").path) == "quotedIn / inReading"
    assert plain(shape(docs, "VoiceUse-says").path) == (
        "^voice | ^candidate | ^quotedIn | ^reportsSpeech"
    )


@pytest.mark.parametrize(
    ("turtle", "expected"),
    [
        ("( :p [ sh:zeroOrMorePath :q ] )", ":p / (:q*)"),
        ("[ sh:inversePath ( :p :q ) ]", "^(:p / :q)"),
        ("[ sh:oneOrMorePath [ sh:alternativePath ( :p :q ) ] ]", "(:p | :q)+"),
        ("[ sh:zeroOrOnePath [ sh:inversePath :p ] ]", "^:p?"),
    ],
)
def test_paths_of_every_kind(turtle: str, expected: str) -> None:
    given = index(f":Given sh:path {turtle} .")
    node = given.value(GIVEN, "sh:path")
    assert node is not None
    assert plain(ShapeWords(given, names()).path(node)) == expected


@pytest.mark.parametrize(
    ("turtle", "expected"),
    [
        ("sh:minCount 1 ; sh:maxCount 3", "1–3"),
        ("sh:maxCount 0", "no value"),
        ("sh:minExclusive 0 ; sh:maxExclusive 9", "greater than 0; less than 9"),
        ("sh:maxLength 5", "length 5 or less"),
        ('sh:pattern "^a" ; sh:flags "i"', "matches /^a/i"),
        ("sh:nodeKind sh:BlankNodeOrIRI", "an IRI or a blank node"),
        ("sh:lessThanOrEquals :q", "not greater than the values of :q"),
        ("sh:uniqueLang false ; sh:closed false", ""),
        ("sh:closed true", "no properties other than these"),
        ("sh:not :Other", "does not conform to :Other"),
        (
            "sh:xone ( :Other [ sh:class :C ; sh:minCount 1 ] )",
            "conforms to exactly one of :Other, (at least 1, instance of :C)",
        ),
        (
            "sh:node [ sh:property [ sh:path :q ; sh:hasValue 1 ] ]",
            "conforms to ((:q, includes the value 1))",
        ),
        ("sh:expression :e", "sh:expression :e"),
    ],
)
def test_constraints_of_every_kind(turtle: str, expected: str) -> None:
    given = index(f":Given {turtle} .")
    words = ShapeWords(given, names())
    lines = words.constraints(GIVEN, "en")
    assert "; ".join(map(plain, lines)) == expected


def test_a_shape_that_is_a_part_of_itself_is_refused() -> None:
    given = index(":Given a sh:NodeShape ; sh:not _:x . _:x sh:not _:x .")
    with pytest.raises(ShapesError, match="contains itself"):
        read_shapes(given, names())


def test_nothing_of_our_shapes_is_left_without_words(docs: OntologyDocs) -> None:
    strange = [
        plain(line)
        for one in docs.shapes.values()
        for line in (*one.constraints.en, *one.constraints.ar)
        if plain(line).startswith("sh:")
    ]
    assert strange == []


def test_shapes_stand_beside_what_they_are_for(docs: OntologyDocs) -> None:
    assert SHAPE + "Claim" in term(docs, "Claim").shapes
    assert SHAPE + "Claim-voice" in [one.iri for one in docs.demands(term(docs, "Claim"))]
    assert SHAPE + "Claim-voice" in term(docs, "voice").constraints
    assert SHAPE + "Voice-marking" in docs.concepts[VOCAB + "marking/inferred"].constraints
    assert shape(docs, "CleanText").used_by
    assert shape(docs, "VoiceUse-says").severity == "Warning"
    assert shape(docs, "Concept-acyclic").query.startswith("SELECT $this\nWHERE {\n  $this")
