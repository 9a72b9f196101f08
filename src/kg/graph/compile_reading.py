"""The compiler: a reading of an article becomes quads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from kg.errors import ReadingError
from kg.graph.compile_article import author_of
from kg.graph.compile_values import ValueCompiler, entity_kind, located
from kg.knowledge.ontology import ENTITY_KINDS, Ontology
from kg.rdf.iris import (
    AGENTS_GRAPH,
    QUESTIONS_GRAPH,
    ClaimName,
    ReadingName,
    article_graph,
    concept,
    digest,
    kind_of,
    part_of,
    resource,
    slugify,
    term,
)
from kg.rdf.quads import QuadSink, boolean, date, decimal, text
from kg.reading.grounded import ground_reading
from kg.reading.parts import ARTICLE_SPEAKER

if TYPE_CHECKING:
    from pyoxigraph import NamedNode, Quad

    from kg.knowledge.authority import Authority
    from kg.reading.file import ReadingFile
    from kg.reading.grounded import GroundedClaim, GroundedReading, GroundedVoice
    from kg.reading.model import Claim, Reading, Relation, Voice
    from kg.text.article import Article

__all__ = ["compile_reading"]

_ABOUT = {
    "actor": "qawl:aboutActor",
    "event": "qawl:aboutEvent",
    "place": "qawl:aboutPlace",
    "population": "qawl:aboutPopulation",
    "source": "qawl:aboutSource",
}
_PAIRS = {
    "contrasts": ("Contrast", "qawl:contrastsWith"),
    "refines": ("Refinement", "qawl:refines"),
    "supersedes": ("Supersession", "qawl:supersedes"),
    "part-of": ("PartWhole", "qawl:countedWithin"),
}


def compile_reading(
    file: ReadingFile, article: Article, ontology: Ontology, authority: Authority
) -> set[Quad]:
    """Compile a reading into the quads of the graph that the reading's IRI names.

    :raises ReadingError: the reading names another article; an entity, unit, measure or speech act
        is unknown, or used for what it is not.
    :raises GroundingError: a quote is not in the text exactly once.
    """
    return _ReadingCompiler(ground_reading(file, article), ontology, authority).compile()


class _ReadingCompiler:
    def __init__(self, grounded: GroundedReading, ontology: Ontology, authority: Authority) -> None:
        self.grounded = grounded
        self.file = file = grounded.file
        self.reading: Reading = file.reading
        self.article = article = grounded.article
        self.ontology = ontology
        self.name = ReadingName(article.slug, file.id)
        self.node = self.name.node
        self.sink = QuadSink(self.node)
        self.agents = QuadSink(AGENTS_GRAPH)
        self.values = ValueCompiler(
            article,
            ontology,
            authority,
            self.sink,
            passages=QuadSink(article_graph(article.slug)),
            questions=QuadSink(QUESTIONS_GRAPH),
        )
        self.values.local[ARTICLE_SPEAKER] = author_of(article, authority)
        self.values.local_labels[self.values.local[ARTICLE_SPEAKER]] = {
            "en": "The article",
            "ar": "المقالة",
        }
        self.claims: dict[str, NamedNode] = {}

    def compile(self) -> set[Quad]:
        self._describe_reading()
        for name in self.reading.entities:
            self._entity(name)
        for name, voice in self.grounded.voices.items():
            self._voice(name, voice)
        for claim in self.grounded.claims:
            self._claim(claim)
        for relation in self.reading.relations:
            self._relation(relation)
        self._mentions()
        for judgement in self.reading.judgements:
            nodes = [self._named(one) for one in judgement.about] or [self.node]
            for node in nodes:
                self.sink.add(node, "qawl:readerNote", text(judgement.note, "en"))
        shared = (self.agents, self.values.passages, self.values.questions)
        return self.sink.quads.union(*(sink.quads for sink in shared))

    def _named(self, name: str) -> NamedNode:
        return self.claims.get(name) or self.name.member("voice", name)

    def _describe_reading(self) -> None:
        add, node, reader = self.sink.add, self.node, self.reading.reader
        self.sink.add_types(node, *self.ontology.types("Reading"), term("prov:Entity"))
        add(node, "rdfs:label", text(f"Reading {self.file.id} of {self.article.slug}", "en"))
        add(node, "rdfs:label", text(f"قراءة {self.file.id} للمقالة {self.article.slug}", "ar"))
        add(node, "qawl:ofArticle", resource("article", self.article.slug))
        add(node, "qawl:readerKind", concept("reader-kind", reader.kind))
        add(node, "dcterms:created", date(self.reading.made))
        agent = resource("agent", slugify(reader.name) or f"reader-{digest(reader.name)}")
        kind = "prov:Agent" if reader.kind == "person" else "prov:SoftwareAgent"
        self.agents.add_types(agent, term("prov:Agent"), term(kind))
        self.agents.add(agent, "rdfs:label", text(reader.name))
        if reader.version:
            self.agents.add(agent, "schema:softwareVersion", text(reader.version))
        add(node, "prov:wasAttributedTo", agent)
        activity = part_of(node, "activity")
        self.sink.add_types(activity, term("prov:Activity"))
        add(node, "prov:wasGeneratedBy", activity)
        add(activity, "prov:used", resource("article", self.article.slug))
        add(activity, "prov:wasAssociatedWith", agent)
        if reader.parameters:
            parameters = json.dumps(reader.parameters, sort_keys=True, ensure_ascii=False)
            add(activity, "qawl:modelParameters", text(parameters))
        if reader.prompt is not None:
            add(activity, "qawl:promptHash", text(reader.prompt))
        if self.reading.note:
            add(node, "qawl:readerNote", text(self.reading.note, "en"))

    def _entity(self, name: str) -> None:
        entity = self.reading.entities[name]
        place = self.file.place("entities", name)
        with located(place):
            types = self.ontology.types(entity.type)
        kind = entity_kind(self.ontology, entity.type)
        if kind is None:
            raise ReadingError(
                f"{place}: {entity.type!r} is not an entity: use a kind of "
                f"{', '.join(ENTITY_KINDS.values())}"
            )
        if name in self.values.authority.entities or name == ARTICLE_SPEAKER:
            raise ReadingError(
                f"{place}: {name!r} stands in the authority files already: rename it"
            )
        node = self.name.member(kind, name)
        self.values.local[name] = node
        self.values.local_labels[node] = {str(one): label for one, label in entity.label.items()}
        self.sink.add_types(node, *types)
        for language, label in entity.label.items():
            self.sink.add(node, "skos:prefLabel", text(label, language))
        if kind == "source":
            self.sink.add(node, "qawl:knownOnlyVia", resource("article", self.article.slug))
        if kind == "event":
            self.sink.add(node, "qawl:eventType", concept("event-type", "situation"))
        if entity.note:
            self.sink.add(node, "qawl:readerNote", text(entity.note, "en"))

    def _voice(self, name: str, grounded: GroundedVoice) -> None:
        add, node = self.sink.add, self.name.member("voice", name)
        voice, place = grounded.voice, grounded.place
        self.sink.add_types(node, *self.ontology.types("Voice"))
        speakers = [self.values.entity(one, place, "actor") for one in voice.speaker]
        for speaker in speakers:
            add(node, "qawl:speaker", speaker)
        for addressee in voice.addressee:
            add(node, "qawl:addressee", self.values.entity(addressee, place, "actor", "population"))
        if voice.in_ is None:
            self.sink.add_types(node, *self.ontology.types("ArticleVoice"))
            add(node, "qawl:inSource", resource("article", self.article.slug))
        else:
            add(node, "qawl:quotedIn", self.name.member("voice", voice.in_))
        if voice.source is not None:
            add(node, "qawl:inSource", self.values.entity(voice.source, place, "source"))
        with located(place):
            act = self.ontology.concept("speech-act", voice.act)
        add(node, "qawl:speechAct", act)
        add(node, "qawl:marking", concept("marking", voice.marking))
        add(node, "qawl:transmission", concept("transmission", voice.transmission))
        add(node, "qawl:inReading", self.node)
        add(node, "dcterms:identifier", text(name))
        for language in ("en", "ar"):
            people = ", ".join(self.values.label(one, language) for one in speakers)
            label = f"{people} ({self.values.label(act, language)})"
            add(node, "rdfs:label", text(label, language))
        self._interpretation(node, voice)
        for span in grounded.cues:
            add(node, "qawl:cue", self.values.passage(span))
        for predicate, part, time, words in (
            ("qawl:saidDuring", "said", voice.said, grounded.said),
            ("qawl:asOf", "as-of", voice.as_of, grounded.as_of),
        ):
            if time is not None:
                where = self.file.place("voices", name, part)
                add(node, predicate, self.values.time(part_of(node, part), time, words, where))

    def _interpretation(self, node: NamedNode, part: Voice | Claim) -> None:
        if part.confidence is not None:
            self.sink.add(node, "qawl:confidence", decimal(part.confidence))
        if part.why is not None:
            self.sink.add(node, "qawl:readerNote", text(part.why, "en"))

    def _claim_types(self, claim: Claim, place: str) -> list[NamedNode]:
        names = []
        if claim.kind is not None:
            names.append("".join(word.capitalize() for word in claim.kind.split("-")) + "Claim")
        if claim.question.how_many is not None:
            names.append(self.ontology.claim_kinds.get(claim.question.how_many, "QuantityClaim"))
        elif claim.kind is None:
            names.append("OccurrenceClaim")
        with located(place):
            return [one for name in names for one in self.ontology.types(name)]

    def _claim(self, grounded: GroundedClaim) -> None:
        add, values = self.sink.add, self.values
        claim, place = grounded.claim, grounded.place
        name = ClaimName(self.name.article, self.name.id, claim.id)
        node = name.node
        self.claims[claim.id] = node
        self.sink.add_types(node, *self._claim_types(claim, place))
        add(node, "dcterms:identifier", text(claim.id))
        add(node, "qawl:inReading", self.node)
        add(node, "qawl:voice", self.name.member("voice", claim.voice))
        for one in claim.possible_voices:
            possible = part_of(node, "possible", one.voice)
            self.sink.add_types(possible, *self.ontology.types("PossibleVoice"))
            add(possible, "qawl:candidate", self.name.member("voice", one.voice))
            if one.confidence is not None:
                add(possible, "qawl:confidence", decimal(one.confidence))
            add(node, "qawl:possibleVoice", possible)
        for span in grounded.quotes:
            add(node, "qawl:evidence", values.passage(span))
        add(node, "qawl:polarity", concept("polarity", claim.polarity))
        add(node, "qawl:stance", concept("stance", claim.stance))
        for predicate in ("qawl:gloss", "rdfs:label"):
            add(node, predicate, text(claim.gloss, "en"))
        if claim.gloss_ar is not None:
            add(node, "qawl:gloss", text(claim.gloss_ar, "ar"))
        if claim.reports is not None:
            add(node, "qawl:reportsSpeech", self.name.member("voice", claim.reports))
        self._interpretation(node, claim)
        add(node, "qawl:answers", values.question(claim.question, name, place))
        self._answer(node, grounded)
        for number, (time, words) in enumerate(zip(claim.time, grounded.times, strict=True)):
            inner = part_of(node, f"circumstance-{number + 1}" if number else "circumstance")
            add(node, "qawl:claimedTime", values.time(inner, time, words, place))
        question = claim.question
        named = (question.of, question.event, question.where, question.did, question.actor)
        for actor in claim.against:
            add(node, "qawl:against", values.entity(actor, place, "actor"))
        for about in filter(None, (*claim.about, *claim.against, *named, question.place)):
            entity = values.entity(about, place)
            add(node, _ABOUT[kind_of(entity.value)], entity)

    def _answer(self, node: NamedNode, grounded: GroundedClaim) -> None:
        add, values = self.sink.add, self.values
        claim, place, answer = grounded.claim, grounded.place, grounded.claim.answer
        if answer.is_quantity:
            quantity = values.quantity(part_of(node, "quantity"), answer, grounded.answer, place)
            add(node, "qawl:answerQuantity", quantity)
        elif answer.time is not None:
            span = part_of(node, "time-span")
            add(node, "qawl:answerTime", values.time(span, answer.time, grounded.answer, place))
        elif answer.entity:
            for name in answer.entity:
                entity = values.entity(name, place)
                add(node, "qawl:answerEntity", entity)
                add(node, _ABOUT[kind_of(entity.value)], entity)
        else:
            truth = claim.polarity == "positive" if answer.truth is None else answer.truth
            add(node, "qawl:answerTruth", boolean(truth))

    def _relation(self, relation: Relation) -> None:
        add, node = self.sink.add, self.name.member("relation", relation.id)
        add(node, "qawl:basis", concept("basis", relation.basis))
        add(node, "qawl:inReading", self.node)
        if relation.why is not None:
            add(node, "qawl:readerNote", text(relation.why, "en"))
        if relation.kind == "sum":
            self.sink.add_types(node, *self.ontology.types("SumRelation"))
            whole = self.claims[relation.claims[0]]
            parts = [self.claims[one] for one in relation.parts]
            add(node, "qawl:exhaustive", boolean(relation.exhaustive))
        else:
            name, shortcut = _PAIRS[relation.kind]
            self.sink.add_types(node, *self.ontology.types(name))
            first, second = (self.claims[one] for one in relation.claims)
            add(first, shortcut, second)
            if relation.kind == "contrasts":
                add(second, shortcut, first)
            if relation.kind != "part-of":
                add(node, "qawl:relates", first)
                add(node, "qawl:relates", second)
                return
            whole, parts = second, [first]
        add(node, "qawl:wholeClaim", whole)
        for one in parts:
            add(node, "qawl:partClaim", one)
            add(one, "qawl:countedWithin", whole)

    def _mentions(self) -> None:
        for name, spans in self.grounded.mentions.items():
            entity = self.values.entity(name, self.file.place("mentions", name))
            for span in spans:
                node = self.name.member("mention", f"{span.start}-{span.end}")
                self.sink.add_types(node, *self.ontology.types("Mention"))
                self.sink.add_types(node, term("oa:Annotation"))
                self.sink.add(node, "oa:motivatedBy", term("oa:identifying"))
                self.sink.add(node, "oa:hasTarget", self.values.passage(span))
                self.sink.add(node, "oa:hasBody", entity)
                self.sink.add(node, "qawl:inReading", self.node)
