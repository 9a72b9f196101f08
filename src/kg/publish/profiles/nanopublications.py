"""Nanopublications: each claim as an assertion, its provenance, and information on both.

As https://nanopub.net/guidelines/working_draft/ has them: four named graphs, of which the head
names the other three.

**Names.** The claim's IRI is the nanopublication's, unchanged. The graphs are CLAIM/Head,
CLAIM/assertion, CLAIM/provenance and CLAIM/pubinfo: the guidelines want them all different and say
no more, but tools that sign a nanopublication carry over what lies under ``CLAIM/``, where the
claim's own parts (``CLAIM/quantity``) lie already.

**The assertion** is what the claim's voice claims, as our model gives it: the claim as a node that
answers a question with an amount, a time, an entity or a truth, with its polarity and stance. The
community writes the bare triple there (*trastuzumab is-indicated-for breast-cancer*) and lets the
provenance say whose it is. We do not: graphs get merged, and a triple that has lost its graph says
of the world what only somebody says. The claim's node says *it is claimed that*, wherever it ends
up. Whoever wants the bare triple takes the profile ``rdf12`` or ``flattened``.

**The provenance** says whose assertion it is (``prov:wasAttributedTo`` the speakers of the
innermost voice; ``prov:qualifiedAttribution`` the voice itself, with its scope and the reader's
confidence), through which voices it came (``qawl:quotedIn``), from which words of which article
(``prov:wasDerivedFrom``), and by whose reading (``prov:wasGeneratedBy``), with what is the
article's and the reader's own: the words as written, the gloss, confidence, notes, emendations,
other voices that the claim may belong to.

**The publication information** says who made the nanopublication, the reader; when; under which
licence; with which software; and what the things that are mentioned are called.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeGuard

from pyoxigraph import Literal, NamedNode, Triple

from kg.files.shipped import software_version
from kg.publish.profiles.base import (
    LICENCE,
    Description,
    Profile,
    claim_triples,
    describe,
    in_graph,
    serialized,
)
from kg.rdf.iris import PREFIXES, ConceptName, kind_of, part_of, resource, term
from kg.rdf.quads import text
from kg.wording import by_language

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import Quad

    from kg.publish.profiles.base import ClaimTriples, SelectedClaim
    from kg.store.local import Graph

__all__ = ["GRAPHS", "PROFILE", "SOFTWARE", "nanopublications", "software_triples"]

NP: Final = "http://www.nanopub.org/nschema#"
NPX: Final = "http://purl.org/nanopub/x/"
PAV: Final = "http://purl.org/pav/"
SOFTWARE: Final = resource("software", "kg")
#: The graphs of a nanopublication, which are parts of its claim, in the order of the standard.
GRAPHS: Final = ("Head", "assertion", "provenance", "pubinfo")


def _terms(*names: str) -> frozenset[NamedNode]:
    return frozenset(map(term, names))


# What the voice claims, of all that the graph says of a claim's node.
_SAID: Final = _terms(
    "rdf:type", "qawl:answers", "qawl:answerQuantity", "qawl:answerTime", "qawl:answerEntity",
    "qawl:answerTruth", "qawl:claimedTime", "qawl:polarity", "qawl:stance", "qawl:force",
    "qawl:modality", "qawl:under", "qawl:asOf", "qawl:against", "qawl:aboutActor",
    "qawl:aboutArtefact", "qawl:aboutEvent", "qawl:aboutPlace", "qawl:aboutPopulation",
    "qawl:aboutSource", "qawl:aboutTopic", "qawl:reportsSpeech", "qawl:raises",
)  # fmt: skip
# What is the article's or the reader's own; how claims relate to each other is left out.
_RECORDED: Final = _terms(
    "dcterms:identifier", "qawl:gloss", "qawl:voice", "qawl:possibleVoice", "qawl:evidence",
    "qawl:quote", "qawl:startsAt", "qawl:endsAt", "qawl:transmission", "qawl:confidence",
    "qawl:readerNote", "qawl:inReading", "qawl:inArticle",
)  # fmt: skip
# The same of an amount or a time.
_READERS: Final = _terms(
    "qawl:surface", "qawl:evidence", "qawl:confidence", "qawl:readerNote", "qawl:dateStatus",
    "qawl:emendedValue", "qawl:emendedEdtf", "qawl:garbled",
)  # fmt: skip
_NAMED = frozenset({"actor", "event", "place", "population", "source", "question"})


def _of_claim(
    claim: NamedNode, triples: Iterable[Triple], about: Description
) -> tuple[list[Triple], list[Triple]]:
    """Divide what the graph says of a claim and its parts into what its voice says and the rest."""
    possible = about.nodes(claim, "qawl:possibleVoice")
    said, added = [], []
    for triple in triples:
        if triple.subject in possible:
            added.append(triple)
        elif triple.subject == claim:
            if triple.predicate in _SAID:
                said.append(triple)
            elif triple.predicate in _RECORDED:
                added.append(triple)
        else:
            (added if triple.predicate in _READERS else said).append(triple)
    return said, added


def _provenance(
    claim: NamedNode, assertion: NamedNode, about: Description, record: Description
) -> Iterator[Triple]:
    for voice in about.nodes(claim, "qawl:voice"):
        yield Triple(assertion, term("prov:qualifiedAttribution"), voice)
        yield Triple(voice, term("rdf:type"), term("prov:Attribution"))
        for speaker in about.nodes(voice, "qawl:speaker"):
            yield Triple(assertion, term("prov:wasAttributedTo"), speaker)
            yield Triple(voice, term("prov:agent"), speaker)
    for passage in about.nodes(claim, "qawl:evidence"):
        yield Triple(assertion, term("prov:wasDerivedFrom"), passage)
    for reading in about.nodes(claim, "qawl:inReading"):
        for article in record.nodes(reading, "qawl:ofArticle"):
            yield Triple(assertion, term("prov:wasDerivedFrom"), article)
        for activity in record.nodes(reading, "prov:wasGeneratedBy"):
            yield Triple(assertion, term("prov:wasGeneratedBy"), activity)


def _publication(claim: NamedNode, about: Description, record: Description) -> Iterator[Triple]:
    yield Triple(claim, term("dcterms:license"), LICENCE)
    for label in about.all(claim, "qawl:gloss"):
        yield Triple(claim, term("rdfs:label"), label)
    for kind in about.nodes(claim, "rdf:type"):
        yield Triple(claim, NamedNode(f"{NPX}hasNanopubType"), kind)
    for reading in about.nodes(claim, "qawl:inReading"):
        for agent in record.nodes(reading, "prov:wasAttributedTo"):
            yield Triple(claim, term("dcterms:creator"), agent)
        if (day := record.literal(reading, "dcterms:created")) is not None:
            # As XPath casts a day; tools for nanopublications look for a time and nothing else.
            moment = Literal(f"{day.value}T00:00:00", datatype=term("xsd:dateTime"))
            yield Triple(claim, term("dcterms:created"), moment)
            for language, comment in by_language("export.nanopub", "midnight").items():
                yield Triple(claim, term("rdfs:comment"), text(comment, language))
    yield Triple(claim, NamedNode(f"{PAV}createdWith"), SOFTWARE)
    yield from software_triples()


def software_triples() -> Iterator[Triple]:
    """Return what is said of the software that makes nanopublications."""
    yield Triple(SOFTWARE, term("rdf:type"), term("prov:SoftwareAgent"))
    yield Triple(SOFTWARE, term("rdfs:label"), text("kg export (Qawl)"))
    if (version := software_version()) is not None:
        yield Triple(SOFTWARE, term("schema:softwareVersion"), text(version))


def _is_named(node: object) -> TypeGuard[NamedNode]:
    return isinstance(node, NamedNode) and bool(
        kind_of(node.value) in _NAMED or ConceptName.of(node.value)
    )


@dataclass(frozen=True, slots=True)
class _Nanopublication:
    """A claim's nanopublication in the making: the triples of its three graphs."""

    claim: NamedNode
    assertion: list[Triple]
    provenance: list[Triple]
    information: list[Triple]

    def quads(self) -> Iterator[Quad]:
        graphs = [part_of(self.claim, name) for name in GRAPHS]
        named = zip(("Assertion", "Provenance", "PublicationInfo"), graphs[1:], strict=True)
        head = [
            Triple(self.claim, term("rdf:type"), NamedNode(f"{NP}Nanopublication")),
            *(Triple(self.claim, NamedNode(f"{NP}has{name}"), graph) for name, graph in named),
        ]
        parts = (head, self.assertion, self.provenance, self.information)
        for graph, triples in zip(graphs, parts, strict=True):
            yield from in_graph(triples, graph)


def _made(
    selected: SelectedClaim,
    parts: Mapping[str, ClaimTriples],
    of_readings: Sequence[Triple],
    record: Description,
) -> _Nanopublication:
    claim = selected.iri
    about = Description(triple for part in parts.values() for triple in part[claim])
    said, added = _of_claim(claim, parts["claim"][claim], about)
    said += [one for one in parts["question"][claim] if one.predicate != term("rdfs:label")]
    activities = record.nodes(selected.reading, "prov:wasGeneratedBy")
    agents = record.nodes(selected.reading, "prov:wasAttributedTo")
    added += parts["voice"][claim] + parts["passage"][claim]
    added += [
        one
        for one in of_readings
        if one.subject in {selected.reading, *activities}
        and one.predicate != term("qawl:readerNote")
    ]
    added += _provenance(claim, part_of(claim, "assertion"), about, record)
    information = [
        *_publication(claim, about, record),
        *(one for one in of_readings if one.subject in agents),
    ]
    return _Nanopublication(claim, said, added, information)


def nanopublications(graph: Graph, claims: Sequence[SelectedClaim]) -> tuple[Quad, ...]:
    """Return the nanopublications of claims, one after the other, each with its head first."""
    parts = {
        name: claim_triples(graph, name, claims)
        for name in ("claim", "question", "voice", "passage")
    }
    of_readings = describe(graph, "reading", "reading", (claim.reading for claim in claims))
    record = Description(of_readings)
    found = [_made(one, parts, of_readings, record) for one in claims]
    mentioned = {one.object for made in found for one in (*made.assertion, *made.provenance)}
    names: dict[object, list[Triple]] = {}
    for one in describe(graph, "name", "subject", filter(_is_named, mentioned)):
        if one.predicate in {term("skos:prefLabel"), term("rdfs:label")}:
            names.setdefault(one.subject, []).append(one)
    for made in found:
        for one in (*made.assertion, *made.provenance):
            made.information.extend(names.get(one.object, ()))
    return tuple(quad for made in found for quad in made.quads())


def _write(graph: Graph, claims: Sequence[SelectedClaim], syntax: str) -> bytes:
    return serialized(
        nanopublications(graph, claims), syntax, {**PREFIXES, "np": NP, "npx": NPX, "pav": PAV}
    )


#: The profile ``nanopub``.
PROFILE: Final = Profile("nanopub", formats=("trig", "nq"), write=_write)
