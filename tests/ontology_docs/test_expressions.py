"""Class expressions in the Manchester syntax: those of the ontology, and every kind of OWL 2."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import rdflib
from examples import ROOT
from ontology_turtle import GIVEN, QAWL, index, names
from rdflib import OWL, RDF, RDFS

from kg.errors import AuthorityError
from kg.ontology_docs import load_ontology_docs
from kg.ontology_docs.expressions import Expressions
from kg.ontology_docs.model import plain

if TYPE_CHECKING:
    from kg.ontology_docs import OntologyDocs


@pytest.fixture(scope="module")
def docs() -> OntologyDocs:
    return load_ontology_docs()


@pytest.fixture(scope="module")
def ontology() -> rdflib.Graph:
    return rdflib.Graph().parse(ROOT / "ontology" / "qawl.ttl")


# Written by hand from ontology/qawl.ttl: class or property, and what is said of it.
EXPECTED = {
    ("Claim", "superclass"): (
        "voice exactly 1 Voice",
        "answers exactly 1 Question",
        "evidence min 1 Passage",
    ),
    ("Allegation", "equivalent"): (
        "Claim and ((force value speechact:accuse) or (force value speechact:allege))",
    ),
    ("Estimate", "equivalent"): (
        (
            "Claim and ((force value speechact:estimate) or (QuantityClaim and "
            "((force value speechact:believe) or (stance value stance:probable) "
            "or (stance value stance:possible))))"
        ),
    ),
    ("Voice", "superclass"): (
        "(speaker some (Actor or PopulationGroup)) or (inSource some Source)",
        "marking exactly 1",
        "ArticleVoice or (quotedIn some Voice)",
    ),
    ("ArticleVoice", "superclass"): ("Voice", "quotedIn max 0"),
    ("InferredVoice", "equivalent"): ("Voice and (marking value marking:inferred)",),
    ("EntityQuestion", "equivalent"): (
        "Question and ((asks value qkind:who) or (asks value qkind:where))",
    ),
    ("EntityQuestion", "superclass"): ("Question", "ofEvent some Event"),
    ("Passage", "superclass"): (
        "oa:SpecificResource",
        "oa:hasSource some TextVersion",
        "oa:hasSelector some oa:TextPositionSelector",
        "oa:hasSelector some oa:TextQuoteSelector",
    ),
    ("SumRelation", "superclass"): ("ClaimRelation", "wholeClaim exactly 1", "partClaim min 2"),
    ("difference", "range"): ("xsd:decimal or xsd:double",),
    ("answerEntity", "range"): (
        "Actor or Place or Event or PopulationGroup or Source or Artefact or Topic",
    ),
    ("evidence", "domain"): ("Claim or Quantity or TimeSpan or ClaimRelation",),
    ("relayedBy", "chain"): ("voice o quotedWithin o speaker",),
}


@pytest.mark.parametrize(("name", "fact"), EXPECTED)
def test_expressions_of_the_ontology_are_in_manchester_syntax(
    docs: OntologyDocs, name: str, fact: str
) -> None:
    assert docs.terms[QAWL + name].fact(fact) == EXPECTED[name, fact]


def test_every_axiom_of_the_ontology_is_a_line(docs: OntologyDocs, ontology: rdflib.Graph) -> None:
    facts = {
        "superclass": RDFS.subClassOf,
        "equivalent": OWL.equivalentClass,
        "domain": RDFS.domain,
        "range": RDFS.range,
        "superproperty": RDFS.subPropertyOf,
        "chain": OWL.propertyChainAxiom,
    }
    for iri, one in docs.terms.items():
        node = rdflib.URIRef(iri)
        for name, predicate in facts.items():
            said = set(ontology.objects(node, predicate))
            assert len(one.fact(name)) == len(said), f"{one.name} {name}"


def test_every_restriction_of_the_ontology_is_rendered(
    docs: OntologyDocs, ontology: rdflib.Graph
) -> None:
    words = {"some", "only", "value", "min", "max", "exactly", "Self"}
    rendered = sum(
        token.kind == "keyword" and token.text.strip() in words
        for one in docs.terms.values()
        for fact in one.facts
        if fact.name in {"superclass", "subclass", "equivalent", "domain", "range"}
        for line in fact.lines
        for token in line
    )
    assert rendered == len(set(ontology.subjects(RDF.type, OWL.Restriction))) == 82


@pytest.mark.parametrize(
    ("turtle", "expected"),
    [
        ("[ a owl:Restriction ; owl:onProperty :p ; owl:allValuesFrom :C ]", ":p only :C"),
        (
            "[ owl:onProperty :p ; owl:allValuesFrom [ owl:complementOf :C ] ]",
            ":p only (not :C)",
        ),
        (
            "[ owl:complementOf [ owl:intersectionOf ( :C :D ) ] ]",
            "not (:C and :D)",
        ),
        (
            "[ owl:intersectionOf ( :C [ owl:unionOf ( :D :E ) ] [ owl:complementOf :F ] ) ]",
            ":C and (:D or :E) and (not :F)",
        ),
        ("[ owl:onProperty :p ; owl:hasSelf true ]", ":p Self"),
        (
            "[ owl:onProperty [ owl:inverseOf :p ] ; owl:someValuesFrom owl:Thing ]",
            "inverse :p some owl:Thing",
        ),
        (
            "[ owl:unionOf ( :C [ owl:onProperty [ owl:inverseOf :p ] ; owl:hasSelf true ] ) ]",
            ":C or (inverse :p Self)",
        ),
        (
            (
                "[ owl:onProperty :p ; owl:onClass [ owl:oneOf ( :a :b ) ] ;"
                '  owl:maxQualifiedCardinality "3"^^xsd:nonNegativeInteger ]'
            ),
            ":p max 3 {:a, :b}",
        ),
        (
            (
                "[ owl:onProperty :p ; owl:onDataRange xsd:integer ;"
                '  owl:minQualifiedCardinality "2"^^xsd:nonNegativeInteger ]'
            ),
            ":p min 2 xsd:integer",
        ),
        (
            (
                "[ owl:onProperty :p ; owl:someValuesFrom [ owl:onDatatype xsd:integer ;"
                "  owl:withRestrictions ( [ xsd:minInclusive 0 ] [ xsd:maxExclusive 9 ] ) ] ]"
            ),
            ":p some xsd:integer[>= 0, < 9]",
        ),
        (
            '[ owl:onDatatype xsd:string ; owl:withRestrictions ( [ xsd:pattern "[a-z]+" ] ) ]',
            'xsd:string[pattern "[a-z]+"]',
        ),
        ('[ owl:oneOf ( "a" "b"@en 3 1.5 true ) ]', '{"a", "b"@en, 3, 1.5, true}'),
        ('[ owl:onProperty :p ; owl:hasValue "say \\"so\\"" ]', ':p value "say \\"so\\""'),
        (
            '[ owl:onProperty :p ; owl:hasValue "2003-03-19"^^xsd:date ]',
            ':p value "2003-03-19"^^xsd:date',
        ),
        ("[ owl:datatypeComplementOf xsd:string ]", "not xsd:string"),
        ("<http://nowhere.example/a?b=c>", "<http://nowhere.example/a?b=c>"),
    ],
)
def test_constructs_of_owl_2_are_rendered(turtle: str, expected: str) -> None:
    given = index(f":Given rdfs:subClassOf {turtle} .")
    [node] = given.objects(GIVEN, "rdfs:subClassOf")
    line = Expressions(given, names()).line(node)
    assert plain(line) == expected


@pytest.mark.parametrize(
    ("turtle", "said"),
    [
        (":Given rdfs:subClassOf [ :strange :thing ] .", "http://example.org/strange"),
        (":Given rdfs:subClassOf [ owl:onProperty :p ] .", "restriction on http://example.org/p"),
        (":Given rdfs:subClassOf _:x . _:x owl:complementOf _:x .", "contains itself"),
    ],
)
def test_what_is_no_class_expression_is_refused(turtle: str, said: str) -> None:
    given = index(turtle)
    [node] = given.objects(GIVEN, "rdfs:subClassOf")
    with pytest.raises(AuthorityError, match=said):
        Expressions(given, names()).line(node)
