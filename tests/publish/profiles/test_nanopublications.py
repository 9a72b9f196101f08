"""Nanopublications: well-formed by the guidelines and by the community's own package."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

import pytest
from profile_examples import (
    CLAIM,
    CLAIMS,
    READING,
    TOLL,
    forbid_network,
    graph_of,
    quads,
    shipped,
)
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, parse

from kg.knowledge.ontology import ENTITY_KINDS
from kg.publish.profiles import export, profile
from kg.publish.profiles.base import LICENCE, SelectedClaim, select_claims
from kg.publish.profiles.nanopublications import nanopublications
from kg.rdf.iris import kind_of, term
from kg.rdf.quads import serialized

if TYPE_CHECKING:
    from collections.abc import Iterable

NP = "http://www.nanopub.org/nschema#"
TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")

# What the guidelines call well-formed, of the assertion of the claim that README begins with.
# By hand, from the reading: what the voice says, and no word of the reader's.
ASSERTION = """
c:us-dead-2003-2011 a qawl:Claim , qawl:QuantityClaim , qawl:CasualtyClaim ;
    qawl:answers question:how-many-deaths-us-forces-04194a8b89b8 ;
    qawl:answerQuantity toll:quantity ; qawl:claimedTime toll:claimed-time ;
    qawl:polarity polarity:positive ; qawl:stance stance:certain ;
    qawl:force speechact:publish-figures ;
    qawl:aboutActor actor:us-armed-forces , actor:united-states ; qawl:aboutPlace qplace:iraq ;
    qawl:aboutEvent qevent:iraq-war ; qawl:aboutPopulation population:us-forces .
toll:quantity a qawl:Quantity ; qawl:numericValue "4487"^^xsd:decimal ; qawl:unit unit:NUM ;
    qawl:counts counted:person ; qawl:comparator comparator:exactly ; qawl:approximate false ;
    qawl:low "4487"^^xsd:decimal ; qawl:high "4487"^^xsd:decimal .
toll:claimed-time a qawl:TimeSpan ; qawl:edtf "2003-03-19/.."^^edtf:EDTF ; qawl:openEnd true ;
    qawl:earliestStart "2003-03-19"^^xsd:date ; qawl:latestStart "2003-03-19"^^xsd:date ;
    qawl:timeRelation timerel:since ; qawl:anchorEvent qevent:iraq-invasion-2003 .
question:how-many-deaths-us-forces-04194a8b89b8 a qawl:Question , qawl:QuantityQuestion ;
    qawl:asks qkind:how-many ; qawl:measure measure:deaths ; qawl:population population:us-forces ;
    qawl:ofEvent qevent:iraq-war ; qawl:atPlace qplace:iraq ;
    qawl:during question:how-many-deaths-us-forces-04194a8b89b8.during .
question:how-many-deaths-us-forces-04194a8b89b8.during a qawl:TimeSpan ;
    qawl:edtf "2003-03-19/.."^^edtf:EDTF ; qawl:openEnd true ; qawl:extent extent:throughout ;
    qawl:earliestStart "2003-03-19"^^xsd:date ; qawl:latestStart "2003-03-19"^^xsd:date .
"""
HEAD = """
c:us-dead-2003-2011 a np:Nanopublication ; np:hasAssertion toll:assertion ;
    np:hasProvenance toll:provenance ; np:hasPublicationInfo toll:pubinfo .
"""
VOICES = "https://w3id.org/qawl/id/voice/iraq-war-2003-2011/curated/"
# Of each of these nodes, all that the provenance says.
PROVENANCE = f"""
@prefix v: <{VOICES}> .
@prefix p: <https://w3id.org/qawl/id/passage/iraq-war-2003-2011/1/> .
toll:assertion prov:wasAttributedTo actor:us-department-of-defense ;
    prov:qualifiedAttribution v:pentagon ;
    prov:wasDerivedFrom p:1778-1839 , source:iraq-war-2003-2011 ;
    prov:wasGeneratedBy <{READING}.activity> .
c:us-dead-2003-2011 dcterms:identifier "us-dead-2003-2011" ; qawl:voice v:pentagon ;
    qawl:evidence p:1778-1839 ; qawl:inReading <{READING}> ; qawl:confidence 0.95 ;
    qawl:inArticle source:iraq-war-2003-2011 ; qawl:startsAt 1778 ; qawl:endsAt 1839 ;
    qawl:quote "فقدت الولايات المتحدة 4487 عنصرا في العراق منذ غزو تلك البلاد" ;
    qawl:gloss "The United States has lost 4487 service members in Iraq since the invasion of that country"@en ;
    qawl:readerNote "فقدت (lost) is read as dead; the next paragraph counts the dead and the sum fits"@en .
toll:quantity qawl:surface "4487 عنصرا" ; qawl:evidence p:1800-1810 ;
    rdfs:label "4,487"@en , "4,487"@ar .
v:pentagon a qawl:Voice , prov:Attribution ; prov:agent actor:us-department-of-defense ;
    rdfs:label "US Department of Defense (publish figures)"@en ,
        "وزارة الدفاع الأمريكية (نشر أرقام)"@ar ; dcterms:identifier "pentagon" ;
    qawl:shortId "iraq-war-2003-2011/pentagon" ;
    qawl:speakerLabel "US Department of Defense"@en , "وزارة الدفاع الأمريكية"@ar ;
    qawl:speaker actor:us-department-of-defense ; qawl:inSource source:pentagon-figures ;
    qawl:quotedIn v:bbc-2011-continued ; qawl:speechAct speechact:publish-figures ;
    qawl:marking marking:explicit ; qawl:transmission transmission:paraphrase ;
    qawl:cue p:1725-1776 ; qawl:depth 2 ; qawl:asOf v:pentagon.as-of ; qawl:inReading <{READING}> ;
    qawl:readerNote "The latest figures are those of the day of whoever relays them. Strictly no date results; generously they are of the BBC's report of 2011"@en .
<{READING}.activity> a prov:Activity ; prov:used <https://w3id.org/qawl/id/text/iraq-war-2003-2011/1> ;
    prov:wasAssociatedWith qagent:the-qawl-project .
"""  # noqa: E501
# Of the nanopublication itself, all but the names of what is mentioned.
INFORMATION = """
c:us-dead-2003-2011 dcterms:creator qagent:the-qawl-project ;
    dcterms:created "2026-11-22T00:00:00"^^xsd:dateTime ;
    dcterms:license <https://creativecommons.org/licenses/by/4.0/> ;
    rdfs:label "The United States has lost 4487 service members in Iraq since the invasion of that country"@en ;
    rdfs:comment "Only the day is known; 00:00:00 is a placeholder for the time of day."@en ,
        "اليوم وحده معروف، و00:00:00 في مكان الساعة المجهولة."@ar ;
    npx:hasNanopubType qawl:Claim , qawl:QuantityClaim , qawl:CasualtyClaim ;
    pav:createdWith <https://w3id.org/qawl/id/software/kg> .
qagent:the-qawl-project a prov:Agent ; rdfs:label "The Qawl project" .
"""  # noqa: E501


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    forbid_network(monkeypatch)


@cache
def by_claim() -> dict[str, dict[str, set[Triple]]]:
    """Return the graphs of all nanopublications, by the claim's IRI and the graph's last word."""
    found: dict[str, dict[str, set[Triple]]] = defaultdict(lambda: defaultdict(set))
    for quad in nanopublications(shipped(), select_claims(shipped())):
        claim, _, part = quad.graph_name.value.rpartition(".")
        found[claim][part].add(quad.triple)
    return found


def triples(turtle: str) -> set[Triple]:
    return {quad.triple for quad in quads(turtle)}


def of_nodes(found: Iterable[Triple], expected: Iterable[Triple]) -> set[Triple]:
    nodes = {one.subject for one in expected}
    return {one for one in found if one.subject in nodes}


def test_the_toll_that_the_pentagon_gives() -> None:
    parts = by_claim()[TOLL]
    assert set(parts) == {"Head", "assertion", "provenance", "pubinfo"}
    assert parts["Head"] == triples(HEAD)
    assert parts["assertion"] == triples(ASSERTION)
    for name, turtle in (("provenance", PROVENANCE), ("pubinfo", INFORMATION)):
        expected = triples(turtle)
        assert of_nodes(parts[name], expected) == expected
    # Every voice of the chain, and when the report was that relays it.
    voices = {one.subject.value.removeprefix(VOICES) for one in parts["provenance"]
              if one.subject.value.startswith(VOICES)}  # fmt: skip
    assert voices == {"pentagon", "pentagon.as-of", "bbc-2011-continued",
                      "bbc-2011-continued.said", "article"}  # fmt: skip
    assert triples(
        'actor:us-department-of-defense skos:prefLabel "US Department of Defense"@en ,'
        '"وزارة الدفاع الأمريكية"@ar . measure:deaths skos:prefLabel "deaths"@en .'
    ) < parts["pubinfo"]  # fmt: skip


# The package uses what rdflib deprecates.
OF_THE_PACKAGE = pytest.mark.filterwarnings("ignore:Dataset.contexts is deprecated")


@pytest.mark.slow
@OF_THE_PACKAGE
def test_every_claim_is_a_nanopublication_by_the_communitys_own_check() -> None:
    """Check each with the package ``nanopub``, which goes nowhere for it."""
    import nanopub
    import rdflib

    content: dict[str, list[Quad]] = defaultdict(list)
    for quad in nanopublications(shipped(), select_claims(shipped())):
        content[quad.graph_name.value.rpartition(".")[0]].append(quad)
    assert len(content) == CLAIMS
    for claim, statements in content.items():
        dataset = rdflib.Dataset()
        dataset.parse(data=serialized(statements, RdfFormat.TRIG), format="trig")
        found = nanopub.Nanopub(rdf=dataset)
        assert found.is_valid
        assert str(found.metadata.np_uri) == claim
        # What the package would sign under is where the claim's own parts are.
        assert str(found.metadata.namespace) == f"{claim}/"
        assert len(found.rdf) == len(statements) < nanopub.definitions.MAX_TRIPLES_PER_NANOPUB


@OF_THE_PACKAGE
def test_the_communitys_check_would_fail_without_provenance() -> None:
    import nanopub
    import rdflib

    quads_of = nanopublications(shipped(), select_claims(shipped(), claims=["no-wmd"]))
    rest = [quad for quad in quads_of if not quad.graph_name.value.endswith(".provenance")]
    dataset = rdflib.Dataset()
    dataset.parse(data=serialized(rest, RdfFormat.TRIG), format="trig")
    with pytest.raises(ValueError, match="provenance graph is empty"):
        assert nanopub.Nanopub(rdf=dataset).is_valid


def test_every_nanopublication_is_well_formed_by_the_guidelines() -> None:
    for claim, parts in by_claim().items():
        node = NamedNode(claim)
        graphs = [NamedNode(f"{claim}.{name}") for name in ("assertion", "provenance", "pubinfo")]
        assert parts["Head"] == {
            Triple(node, TYPE, NamedNode(f"{NP}Nanopublication")),
            Triple(node, NamedNode(f"{NP}hasAssertion"), graphs[0]),
            Triple(node, NamedNode(f"{NP}hasProvenance"), graphs[1]),
            Triple(node, NamedNode(f"{NP}hasPublicationInfo"), graphs[2]),
        }
        assert graphs[0] in {one.subject for one in parts["provenance"]}
        assert node in {one.subject for one in parts["pubinfo"]}
        assert not any(BlankNode in map(type, (one.subject, one.object))
                       for part in parts.values() for one in part)  # fmt: skip


def test_nothing_is_asserted_of_the_world() -> None:
    """All that an assertion describes is the claim, the question, and their parts."""
    for claim, parts in by_claim().items():
        questions = [one.object.value for one in parts["assertion"]
                     if one.predicate.value.endswith("#answers")]  # fmt: skip
        assert len(questions) == 1
        for one in parts["assertion"]:
            assert one.subject.value.startswith((claim, questions[0])), one


def test_every_claim_is_attributed_dated_and_grounded() -> None:
    """Each has a speaker, a passage, a reader, a day and a licence, as the guidelines ask.

    But for the one that memoranda of no named writer make: their voice alone is named.
    """
    prov = "http://www.w3.org/ns/prov#"
    for claim, parts in by_claim().items():
        assertion = NamedNode(f"{claim}.assertion")
        of_assertion = defaultdict(set)
        for one in parts["provenance"]:
            if one.subject == assertion:
                of_assertion[one.predicate.value.removeprefix(prov)].add(one.object)
        speaker = set() if claim == f"{CLAIM}presence-outweighs-saddam" else {"wasAttributedTo"}
        assert set(of_assertion) == speaker | {
            "qualifiedAttribution", "wasDerivedFrom", "wasGeneratedBy",
        }  # fmt: skip
        assert len(of_assertion["wasDerivedFrom"]) >= 2
        information = {one.object for one in parts["pubinfo"] if one.subject == NamedNode(claim)}
        assert LICENCE in information
        assert NamedNode("https://w3id.org/qawl/id/agent/the-qawl-project") in information


def test_what_a_claim_is_about_is_named_whatever_its_kind() -> None:
    label = term("skos:prefLabel")
    for parts in by_claim().values():
        objects = {one.object for one in parts["assertion"] if isinstance(one.object, NamedNode)}
        entities = {one for one in objects if kind_of(one.value) in ENTITY_KINDS}
        assert entities <= {one.subject for one in parts["pubinfo"] if one.predicate == label}


def test_speakers_who_speak_jointly_are_both_named() -> None:
    parts = by_claim()[f"{CLAIM}stiglitz-cost"]
    wanted = triples(
        f"<{CLAIM}stiglitz-cost.assertion> prov:wasAttributedTo "
        "actor:joseph-stiglitz , actor:linda-bilmes ."
    )
    assert wanted < parts["provenance"]
    # The number that is written is the voice's, the one that is meant is the reader's guess.
    value, emended = (NamedNode(f"https://w3id.org/qawl/ontology#{name}")
                      for name in ("numericValue", "emendedValue"))  # fmt: skip
    assert value in {one.predicate for one in parts["assertion"]}
    assert emended not in {one.predicate for one in parts["assertion"]}
    assert emended in {one.predicate for one in parts["provenance"]}


def test_a_voice_that_is_only_inferred_says_so() -> None:
    parts = by_claim()[f"{CLAIM}us-dead-to-2010"]
    assert triples(
        f"<{VOICES}pentagon-continued> a prov:Attribution ; qawl:marking marking:inferred ;"
        "qawl:confidence 0.7 ."
    ) < parts["provenance"]  # fmt: skip


def test_a_reader_that_is_software_is_named_with_its_version() -> None:
    graph = graph_of(
        'c:one a qawl:Claim ; qawl:inReading ex:r ; qawl:gloss "One"@en . ex:r a qawl:Reading ;'
        'prov:wasAttributedTo ex:rules ; dcterms:created "2026-11-22"^^xsd:date .'
        'ex:rules a prov:SoftwareAgent ; rdfs:label "Rules" ; schema:softwareVersion "9.9" .'
    )
    claims = [SelectedClaim(NamedNode(f"{CLAIM}one"), NamedNode("http://example.org/r"))]
    pubinfo = {one.triple for one in nanopublications(graph, claims)
               if one.graph_name.value.endswith(".pubinfo")}  # fmt: skip
    assert triples(
        'c:one dcterms:creator ex:rules . ex:rules a prov:SoftwareAgent ; rdfs:label "Rules" ;'
        'schema:softwareVersion "9.9" .'
    ) < pubinfo  # fmt: skip


@pytest.mark.parametrize(
    ("syntax", "rdf_format"), [("trig", RdfFormat.TRIG), ("nq", RdfFormat.N_QUADS)]
)
def test_each_format_reads_back_as_the_same(syntax: str, rdf_format: RdfFormat) -> None:
    content = export(shipped(), "nanopub", syntax=syntax)
    expected = set(nanopublications(shipped(), select_claims(shipped())))
    assert set(parse(content, format=rdf_format)) == expected


def test_each_nanopublication_stands_in_one_piece_with_its_head_first() -> None:
    """Tools that read many from one file know by the head that the next one begins."""
    names = [one.graph_name.value for one in
             parse(export(shipped(), "nanopub"), format=RdfFormat.TRIG)]  # fmt: skip
    order = list(dict.fromkeys(names))
    assert [name.rpartition(".")[2] for name in order] == [
        "Head", "assertion", "provenance", "pubinfo",
    ] * CLAIMS  # fmt: skip
    assert len({name.rpartition(".")[0] for name in order}) == CLAIMS


def test_the_profile_says_what_it_cannot_say() -> None:
    assert len(profile("nanopub").limits) == 5
