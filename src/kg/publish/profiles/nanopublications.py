"""Nanopublications: each claim as an assertion, its provenance, and information about both.

They follow https://nanopub.net/guidelines/working_draft/: four named graphs, of which the head
names the other three.

**Names.** The nanopublication has the claim's own IRI. Its graphs are CLAIM.Head,
CLAIM.assertion, CLAIM.provenance and CLAIM.pubinfo: the guidelines only require distinct names, but
tools that sign a nanopublication rename every IRI that extends ``CLAIM``, as the claim's own parts
(``CLAIM.quantity``) do.

**The assertion** is what the voice claims, in Qawl's model: the claim as a node that answers a
question with an amount, a time, an entity or a truth value, with its polarity and stance. Others
put the bare triple there (*trastuzumab is-indicated-for breast-cancer*) and leave it to the
provenance to say who asserts it. Qawl does not: graphs get merged, and a triple separated from its
graph states as a fact what only a voice says. The claim's node keeps saying *it is claimed that*
wherever it ends up. For bare triples use the profile ``rdf12`` or ``flattened``.

**The provenance** gives the speakers of the innermost voice (``prov:wasAttributedTo``), the voice
itself with its scope and the reader's confidence (``prov:qualifiedAttribution``), the voices that
quote it (``qawl:quotedIn``), the passages of the article (``prov:wasDerivedFrom``) and the reading
(``prov:wasGeneratedBy``). It also has what comes from the article or the reader rather than the
voice: the words as written, the gloss, confidence, notes, emendations, and alternative voices.

**The publication information** names the nanopublication's creator (the reader), its date, licence
and software, and has labels for the things it mentions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeGuard

from pyoxigraph import Literal, NamedNode, Triple

from kg.files.shipped import software_version
from kg.knowledge.ontology import ENTITY_KINDS
from kg.publish.profiles.base import (
    LICENCE,
    RDF_FORMATS,
    Description,
    Profile,
    claim_triples,
    describe,
    in_graph,
)
from kg.rdf.iris import ConceptName, kind_of, part_of, resource, term
from kg.rdf.quads import serialized, text
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
#: The graphs of a nanopublication, as parts of the claim's IRI, in the order of the standard.
GRAPHS: Final = ("Head", "assertion", "provenance", "pubinfo")


def _terms(*names: str) -> frozenset[NamedNode]:
    return frozenset(map(term, names))


# The properties of a claim's node that express what the voice claims.
_SAID: Final = _terms(
    "rdf:type", "qawl:answers", "qawl:answerQuantity", "qawl:answerTime", "qawl:answerEntity",
    "qawl:answerTruth", "qawl:claimedTime", "qawl:polarity", "qawl:stance", "qawl:force",
    "qawl:modality", "qawl:under", "qawl:asOf", "qawl:against", "qawl:aboutActor",
    "qawl:aboutArtefact", "qawl:aboutEvent", "qawl:aboutPlace", "qawl:aboutPopulation",
    "qawl:aboutSource", "qawl:aboutTopic", "qawl:reportsSpeech", "qawl:raises",
)  # fmt: skip
# Those that come from the article or the reader; relations between claims are left out.
_RECORDED: Final = _terms(
    "dcterms:identifier", "qawl:gloss", "qawl:voice", "qawl:possibleVoice", "qawl:evidence",
    "qawl:quote", "qawl:startsAt", "qawl:endsAt", "qawl:transmission", "qawl:confidence",
    "qawl:readerNote", "qawl:inReading", "qawl:inArticle",
)  # fmt: skip
# The same for an amount or a time.
_READERS: Final = _terms(
    "qawl:surface", "qawl:evidence", "qawl:confidence", "qawl:readerNote", "qawl:dateStatus",
    "qawl:emendedValue", "qawl:emendedEdtf", "qawl:garbled", "rdfs:label",
)  # fmt: skip
# What Qawl says of a question, not the voice: its label, and other questions like it.
_COMPUTED: Final = _terms("rdfs:label", "qawl:broaderQuestion", "qawl:sameTotalAs", "qawl:overlaps")
_NAMED: Final = ENTITY_KINDS.keys() | {"question"}


def _of_claim(
    claim: NamedNode, triples: Iterable[Triple], about: Description
) -> tuple[list[Triple], list[Triple]]:
    """Split the triples of a claim and its parts into what its voice says and the rest."""
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
            # An xsd:date cast to xsd:dateTime as in XPath; nanopublication tools need a dateTime.
            moment = Literal(f"{day.value}T00:00:00", datatype=term("xsd:dateTime"))
            yield Triple(claim, term("dcterms:created"), moment)
            for language, comment in by_language("export.nanopub", "midnight").items():
                yield Triple(claim, term("rdfs:comment"), text(comment, language))
    yield Triple(claim, NamedNode(f"{PAV}createdWith"), SOFTWARE)
    yield from software_triples()


def software_triples() -> Iterator[Triple]:
    """Return the description of the software that makes nanopublications."""
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
    """Builds a claim's nanopublication: the triples of its three graphs."""

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
    said += [one for one in parts["question"][claim] if one.predicate not in _COMPUTED]
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
    """Return the nanopublications of claims, one after another, each starting with its head."""
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
    more = {"np": NP, "npx": NPX, "pav": PAV}
    return serialized(nanopublications(graph, claims), RDF_FORMATS[syntax], more)


#: The profile ``nanopub``.
PROFILE: Final = Profile("nanopub", formats=("trig", "nq"), write=_write)
