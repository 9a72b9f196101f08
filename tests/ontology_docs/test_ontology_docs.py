"""The documentation as data: what is said of terms, and what leads from one thing to others."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from examples import ROOT
from ontology_turtle import EXAMPLE, GIVEN, QAWL, VOCAB, index, names
from pyoxigraph import NamedNode

from kg.errors import AuthorityError
from kg.ontology_docs import load_ontology_docs
from kg.ontology_docs.diagram import draw
from kg.ontology_docs.links import mentioned
from kg.ontology_docs.metadata import citation, metadata
from kg.ontology_docs.model import Texts, plain
from kg.ontology_docs.term_facts import TermFacts
from kg.ontology_docs.vocabularies import read_vocabularies

if TYPE_CHECKING:
    from pathlib import Path

    from kg.ontology_docs import OntologyDocs
    from kg.ontology_docs.model import Term


@pytest.fixture(scope="module")
def docs() -> OntologyDocs:
    return load_ontology_docs()


def term(docs: OntologyDocs, name: str) -> Term:
    return docs.terms[QAWL + name]


def test_a_property_has_its_characteristics_and_relatives(docs: OntologyDocs) -> None:
    quoted = term(docs, "quotedIn")
    assert quoted.fact("characteristic") == ("functional", "irreflexive", "asymmetric")
    assert quoted.fact("superproperty") == ("quotedWithin",)
    assert quoted.fact("inverse") == ("quotes",)
    assert term(docs, "quotes").fact("inverse") == ("quotedIn",)
    assert term(docs, "quotedWithin").fact("subproperty") == ("quotedIn",)
    assert term(docs, "contradicts").fact("disjoint") == ("agreesWith",)
    assert term(docs, "agreesWith").fact("disjoint") == ("contradicts",)


def test_a_class_lists_what_it_is_disjoint_with(docs: OntologyDocs) -> None:
    assert term(docs, "Person").fact("disjoint") == ("Organization",)
    assert set(term(docs, "State").fact("disjoint")) == {
        "ArmedForce", "ArmedGroup", "MediaOutlet", "Court", "InternationalOrganization",
        "GovernmentBody", "ResearchBody", "PoliticalOrganization",
    }  # fmt: skip


def test_a_class_lists_its_properties_also_of_unions_and_superclasses(docs: OntologyDocs) -> None:
    assert term(docs, "PartWhole").fact("property") == (
        "wholeClaim", "partClaim", "ratio → xsd:decimal or xsd:double", "holds → xsd:boolean",
    )  # fmt: skip
    assert "evidence → Passage" in term(docs, "Quantity").fact("property")
    assert set(term(docs, "Place").fact("value-of")) == {
        "Question → atPlace", "Place → containedIn", "aboutPlace", "Claim → answerEntity",
        "Claim → about", "TruthQuestion → askedSubject", "TruthQuestion → askedObject",
    }  # fmt: skip


def test_vocabularies_are_tied_to_the_properties_that_take_them(docs: OntologyDocs) -> None:
    assert term(docs, "stance").fact("vocabulary") == (f"<{VOCAB}stance>",)
    assert term(docs, "CostClaim").fact("vocabulary") == (
        f"polarity → <{VOCAB}polarity>",
        f"stance → <{VOCAB}stance>",
        f"force → <{VOCAB}speech-act>",
        f"modality → <{VOCAB}modality>",
        f"transmission → <{VOCAB}transmission>",
    )
    assert docs.vocabularies[VOCAB + "stance"].used_by == (QAWL + "stance",)


def test_alignments_and_definitions_lead_back_to_terms(docs: OntologyDocs) -> None:
    assert term(docs, "Place").fact("alignment") == (
        "rdfs:subClassOf schema:Place",
        "rdfs:subClassOf geo:Feature",
        "rdfs:subClassOf crm:E53_Place",
        "qawl:closeTo sem:Place",
    )
    assert term(docs, "force").fact("defines") == (
        "Allegation", "Estimate", "Denial", "Forecast", "Admission",
    )  # fmt: skip
    assert docs.concepts[VOCAB + "speech-act/accuse"].fact("defines") == ("Allegation",)


def test_deprecated_terms_lead_to_what_replaces_them(docs: OntologyDocs) -> None:
    found = {one.anchor: plain(one.replacements) for one in docs.deprecated}
    assert found["Attribution"] == "Voice"
    assert found["eventClass"] == ""
    assert not found.keys() & {one.anchor for one in docs.terms.values()}
    war = next(one for one in docs.deprecated if one.anchor == "War")
    assert [one.iri for one in war.replacements] == [QAWL + "Event", VOCAB + "event-type/war"]


def test_facts_that_our_ontology_has_none_of() -> None:
    given = index("""
        :C owl:disjointUnionOf ( :D :E ) ; owl:hasKey ( :p :q ) .
        :p a owl:ObjectProperty , owl:InverseFunctionalProperty ; owl:equivalentProperty :q ;
           owl:inverseOf :r .
        [] a owl:AllDisjointProperties ; owl:members ( :p :q :r ) .
    """)
    facts = TermFacts(given, given, names(), frozenset())
    of_class = {
        fact.name: [*map(plain, fact.lines)] for fact in facts.of_class(NamedNode(EXAMPLE + "C"))
    }
    assert of_class == {"disjoint-union": [":D, :E"], "key": [":p, :q"]}
    of_property = {
        fact.name: [*map(plain, fact.lines)]
        for fact in facts.of_property(NamedNode(EXAMPLE + "p"))
        if fact.name != "alignment"
    }
    assert of_property == {
        "characteristic": ["inversefunctional"],
        "equivalent": [":q"],
        "inverse": [":r"],
        "disjoint": [":q", ":r"],
    }


def test_the_ontology_is_described(docs: OntologyDocs) -> None:
    facts = {fact.name: [*map(plain, fact.lines)] for fact in docs.metadata}
    assert facts["iri"] == ["https://w3id.org/qawl/ontology"]
    assert facts["version-iri"] == ["https://w3id.org/qawl/ontology/0.2.0"]
    assert facts["licence"] == ["https://creativecommons.org/licenses/by/4.0/"]
    assert facts["status"] == ["draft"]
    assert facts["prefix"] == ["qawl"]
    assert docs.citation == Texts(
        (
            (
                "The Qawl project (2026). Qawl: who said what in the news, version 0.2.0. "
                "https://w3id.org/qawl/ontology/0.2.0"
            ),
        ),
        (
            (
                "The Qawl project (2026). قَوْل: من قال ماذا في الأخبار، الإصدار 0.2.0. "
                "https://w3id.org/qawl/ontology/0.2.0"
            ),
        ),
    )
    assert docs.prefixes["crm"] == "http://www.cidoc-crm.org/cidoc-crm/"


def test_metadata_that_our_ontology_has_none_of() -> None:
    given = index("""
        @prefix dcterms: <http://purl.org/dc/terms/> .
        :Given owl:priorVersion :0.9 ; owl:imports :Other ; dcterms:creator :ada , "Grace" ;
            dcterms:contributor "Hedy" ; dcterms:issued "2027-01-02"^^xsd:date .
    """)
    facts = {fact.name: [*map(plain, fact.lines)] for fact in metadata(given, GIVEN, names())}
    assert facts == {
        "iri": ["http://example.org/Given"],
        "prior-version": ["http://example.org/0.9"],
        "imports": ["http://example.org/Other"],
        "creator": ["http://example.org/ada", "Grace"],
        "contributor": ["Hedy"],
        "issued": ["2027-01-02"],
    }
    assert citation(given, GIVEN, names()).en == (
        "http://example.org/ada & Grace (2027). http://example.org/Given",
    )


def test_the_picture_shows_what_the_ontology_says(docs: OntologyDocs) -> None:
    picture = draw(docs)
    assert (len(picture.boxes), len(picture.arrows)) == (14, 17)
    for arrow in picture.arrows:
        if not arrow.terms:
            assert arrow.target.anchor in arrow.source.fact("superclass")
        for drawn in arrow.terms:
            [domain], [range_] = drawn.fact("domain"), drawn.fact("range")
            assert arrow.source.anchor in domain.split(" or "), drawn.name
            assert arrow.target.anchor in range_.split(" or "), drawn.name


def test_every_class_is_in_the_tree_below_its_superclasses(docs: OntologyDocs) -> None:
    places: dict[str, list[str]] = {}

    def walk(branches: object, above: list[str]) -> None:
        for branch in branches:  # type: ignore[attr-defined]
            places[branch.iri] = above
            walk(branch.children, [*above, branch.iri])

    walk(docs.class_tree, [])
    assert set(places) == {one.iri for one in docs.of_kind("class")}
    assert places[QAWL + "CasualtyClaim"] == [QAWL + "Claim", QAWL + "QuantityClaim"]
    assert places[QAWL + "State"] == [QAWL + "Actor", QAWL + "Organization"]


# Questions


def test_queries_name_terms_in_full_or_with_a_prefix() -> None:
    query = """#+ {"title": "qawl:Article"}
    # qawl:Reading is only mentioned here
    PREFIX q: <https://w3id.org/qawl/ontology#>
    SELECT * { ?x a q:Claim ; qawl:stance/q:cue stance:certainly-not ; <http://example.org/p> 1 }"""
    assert {
        QAWL + "Claim", QAWL + "stance", QAWL + "cue", VOCAB + "stance/certainly-not",
        "http://example.org/p",
    } == mentioned(query)  # fmt: skip


def test_terms_list_the_questions_that_ask_for_them(docs: OntologyDocs) -> None:
    assert "sums" in term(docs, "SumRelation").questions
    assert "who-said" in term(docs, "quotedIn").questions
    assert "who-said" not in term(docs, "quotes").questions
    assert docs.questions["sums"].titles.first("ar")


# Vocabularies


def test_concepts_keep_their_codes_by_system(docs: OntologyDocs) -> None:
    raid = docs.concepts[VOCAB + "event-type/air-raid"]
    assert raid.fact("code") == ("air-raid",)
    assert raid.fact(QAWL + "ploverCode") == ("ASSAULT",)
    assert raid.fact(QAWL + "cameoCode") == ("195",)
    assert raid.fact(QAWL + "acledType") == ("Air/drone strike",)
    assert raid.fact("broader") == ("evtype:attack",)
    assert docs.vocabularies[VOCAB + "event-type"].code_systems == (
        QAWL + "ploverCode", QAWL + "cameoCode", QAWL + "acledType", QAWL + "ucdpType",
    )  # fmt: skip
    assert docs.concepts[VOCAB + "unit/person"].fact(QAWL + "qudtUnit") == ("unit:NUM",)


def test_vocabularies_whose_concepts_are_declared_different(docs: OntologyDocs) -> None:
    different = {one.name for one in docs.vocabularies.values() if one.all_different}
    assert different == {
        "aspect", "basis", "calendar", "comparator", "counted", "date-status", "extent", "marking",
        "measure", "modality", "polarity", "predicate", "question-kind", "reader-kind",
        "relay-stance", "role", "rule", "speech-act", "stance", "time-relation", "transmission",
    }  # fmt: skip


def test_a_circle_of_concepts_ends() -> None:
    given = index("""
        :s a skos:ConceptScheme .
        :a skos:inScheme :s . :b skos:inScheme :s ; skos:broader :a , :c .
        :c skos:inScheme :s ; skos:broader :b .
    """)
    [vocabulary] = read_vocabularies(given, names(), {}, []).values()
    assert [branch.iri for branch in vocabulary.tree] == [EXAMPLE + "a"]
    assert vocabulary.tree[0].children[0].children[0].children == ()


# Files that cannot be used


def test_a_file_that_is_not_turtle_is_named(tmp_path: Path) -> None:
    copy = tmp_path / "ontology"
    shutil.copytree(ROOT / "ontology", copy)
    (copy / "vocab" / "stance.ttl").write_text(
        "@prefix x: <http://x.example/> .\nx:a x:b", encoding="utf-8"
    )
    with pytest.raises(AuthorityError, match=r"stance\.ttl:2:\d+: is not Turtle"):
        load_ontology_docs(copy)
    shutil.copy(ROOT / "ontology" / "vocab" / "stance.ttl", copy / "vocab")
    (copy / "qawl.ttl").write_text("", encoding="utf-8")
    with pytest.raises(AuthorityError, match=r"qawl\.ttl: does not declare an owl:Ontology"):
        load_ontology_docs(copy)
    (copy / "qawl.ttl").unlink()
    with pytest.raises(AuthorityError, match=r"qawl\.ttl"):
        load_ontology_docs(copy)
