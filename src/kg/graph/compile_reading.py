"""The compiler: turns a reading of an article into quads."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pyoxigraph import Quad

from kg.errors import ArticleError, ReadingError
from kg.graph.compile_article import author_names, author_of
from kg.graph.compile_claim import compile_claim
from kg.graph.compile_search_texts import with_searched_labels
from kg.graph.compile_values import ValueCompiler, located
from kg.graph.compile_voice import compile_voice
from kg.knowledge.gazetteer import described_entity
from kg.rdf.iris import (
    AGENTS_GRAPH,
    QUESTIONS_GRAPH,
    ReadingName,
    article_graph,
    concept,
    digest,
    kind_of,
    local_name,
    part_of,
    resource,
    slugify,
    term,
)
from kg.rdf.quads import QuadSink, boolean, date, text
from kg.reading.grounded import ground_reading
from kg.reading.parts import ARTICLE_SPEAKER

if TYPE_CHECKING:
    from pyoxigraph import NamedNode

    from kg.knowledge.authority import Authority
    from kg.knowledge.ontology import Ontology
    from kg.reading.file import ReadingFile
    from kg.reading.grounded import GroundedReading
    from kg.reading.model import Reading, Relation
    from kg.text.article import Article

__all__ = ["compile_grounded", "compile_reading"]

#: The class of each relation between two claims, and the direct links that say the same.
_PAIRS: Final = {
    "contrasts": ("Contrast", ("qawl:contrastsWith",)),
    "refines": ("Refinement", ("qawl:refines",)),
    "updates": ("Update", ("qawl:updates",)),
    "supersedes": ("Supersession", ("qawl:supersedes", "qawl:updates")),
    "retracts": ("Retraction", ("qawl:retracts", "qawl:supersedes", "qawl:updates")),
    "supports": ("Support", ("qawl:supports",)),
    "part-of": ("PartWhole", ("qawl:countedWithin",)),
}


def compile_reading(
    file: ReadingFile, article: Article, ontology: Ontology, authority: Authority
) -> set[Quad]:
    """Compile a reading into the quads of its named graph.

    :raises ReadingError: the reading names another article; an entity, unit, measure or speech act
        is unknown or of the wrong kind.
    :raises GroundingError: a quote is not in the text exactly once.
    """
    try:
        read = article.at_version(file.reading.version)
    except ArticleError as error:
        raise ReadingError(f"{file.source.place('version')}: {error}") from error
    return compile_grounded(ground_reading(file, read).decided(), ontology, authority)


def compile_grounded(
    grounded: GroundedReading, ontology: Ontology, authority: Authority
) -> set[Quad]:
    """Compile a reading whose quotes have been found, with everything that is in it.

    :raises ReadingError: as for :func:`compile_reading`.
    """
    return _ReadingCompiler(grounded, ontology, authority).compile()


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
            self.name,
            ontology,
            authority,
            self.sink,
            passages=QuadSink(article_graph(article.slug)),
            questions=QuadSink(QUESTIONS_GRAPH),
        )
        self.values.local[ARTICLE_SPEAKER] = author_of(article, authority)
        author = self.values.local[ARTICLE_SPEAKER]
        self.values.local_labels[author] = {"en": "The article", "ar": "المقال"}
        self.values.full_labels[author] = author_names(article, authority)
        self.claims: dict[str, NamedNode] = {}

    def compile(self) -> set[Quad]:
        self._describe_reading()
        for name in self.reading.entities:
            self._entity(name)
        for name in self.reading.implies:
            event = self.values.entity(name, self.file.place("implies"), "event")
            self.sink.add(self.node, "qawl:implies", event)
        for name in self.grounded.voices:
            compile_voice(self.grounded, self.values, name)
        for claim in self.grounded.claims:
            self.claims[claim.claim.id] = compile_claim(self.grounded, self.values, claim)
        for relation in self.reading.relations:
            self._relation(relation)
        self._mentions()
        for judgement in self.reading.judgements:
            nodes = [self._named(one) for one in judgement.about] or [self.node]
            for node in nodes:
                self.sink.add(node, "qawl:readerNote", text(judgement.note, "en"))
        shared = (self.agents, self.values.passages, self.values.questions)
        described = with_searched_labels(self.sink.quads | self.values.known)
        return described.union(*(sink.quads for sink in shared))

    def _named(self, name: str) -> NamedNode:
        return self.claims.get(name) or self.name.member("voice", name)

    def _describe_reading(self) -> None:
        add, node, reader = self.sink.add, self.node, self.reading.reader
        self.sink.add_types(node, *self.ontology.types("Reading"), term("prov:Entity"))
        add(node, "rdfs:label", text(f"Reading {self.file.id} of {self.article.slug}", "en"))
        add(node, "rdfs:label", text(f"قراءة {self.file.id} للمقال {self.article.slug}", "ar"))
        add(node, "qawl:ofArticle", self.values.work)
        stored = resource("text", self.article.slug, str(self.article.version))
        add(node, "prov:wasDerivedFrom", stored)
        add(node, "qawl:readerKind", concept("reader-kind", reader.kind))
        add(node, "dcterms:created", date(self.reading.made))
        agent = resource("agent", slugify(reader.name) or f"reader-{digest(reader.name)}")
        kind = "prov:Agent" if reader.kind == "person" else "prov:SoftwareAgent"
        self.agents.add_types(agent, term("prov:Agent"), term(kind))
        self.agents.add(agent, "rdfs:label", text(reader.name))
        if reader.version:
            self.agents.add(agent, "schema:softwareVersion", text(reader.version))
        add(node, "prov:wasAttributedTo", agent)
        activity = part_of(self.node, "activity")
        self.sink.add_types(activity, term("prov:Activity"))
        add(node, "prov:wasGeneratedBy", activity)
        add(activity, "prov:used", stored)
        add(activity, "prov:wasAssociatedWith", agent)
        if reader.parameters:
            parameters = json.dumps(reader.parameters, sort_keys=True, ensure_ascii=False)
            add(activity, "qawl:modelParameters", text(parameters))
        if reader.prompt is not None:
            add(activity, "qawl:promptHash", text(reader.prompt))
        if self.reading.note:
            add(node, "qawl:readerNote", text(self.reading.note, "en"))
        self._describe_decisions(activity)

    def _describe_decisions(self, activity: NamedNode) -> None:
        """Describe which draft was corrected, and what became of its claims."""
        decisions = self.reading.decisions
        if decisions is None:
            return
        draft = ReadingName(self.article.slug, decisions.draft)
        self.sink.add(self.node, "prov:wasDerivedFrom", draft.node)
        self.sink.add(activity, "prov:used", draft.node)
        for predicate, claims in (
            ("qawl:acceptsProposal", decisions.accepted),
            ("qawl:changesProposal", decisions.changed),
            ("qawl:rejectsProposal", decisions.rejected),
        ):
            for claim in claims:
                self.sink.add(self.node, predicate, draft.member("claim", claim))

    def _entity(self, name: str) -> None:
        entity = self.reading.entities[name]
        place = self.file.place("entities", name)
        authority = self.values.authority
        if authority.describes(name) or name == ARTICLE_SPEAKER:
            raise ReadingError(f"{place}: {name!r} is already in the authority files: rename it")
        with located(place):
            labels = {str(language): label for language, label in entity.label.items()}
            proposed = described_entity(name, entity.type, labels, self.ontology)
        kind = kind_of(proposed.node.value)
        node = self.name.member(kind, name)
        written = f"{self.article.slug}/{self.file.id}/{name}"
        decided = authority.decided(written, kind, labels.values())
        if decided is not None:
            if kind_of(decided.value) != kind:
                raise ReadingError(
                    f"{place}: {name!r} is of kind {kind}, but {authority.same.place()} "
                    f"identifies it with {local_name(decided.value)!r}, of kind "
                    f"{kind_of(decided.value)}"
                )
            self.values.known.update(authority.general_quads(decided))
            self.values.local[name] = decided
            if written not in authority.same.merged:  # else the authority graph says so
                self.sink.add(node, "dcterms:isReplacedBy", decided)
            return
        self.values.local[name] = node
        self.values.local_labels[node] = labels
        for triple in replace(proposed, node=node).triples():
            quad = Quad(triple.subject, triple.predicate, triple.object, self.node)
            self.sink.quads.add(quad)
        if entity.note:
            self.sink.add(node, "qawl:readerNote", text(entity.note, "en"))

    def _relation(self, relation: Relation) -> None:
        add, node = self.sink.add, self.name.member("relation", relation.id)
        one, *others = (self.claims[name] for name in relation.claims)
        if relation.kind == "alternative":
            for first, second in ((one, others[0]), (others[0], one)):
                add(first, "qawl:alternativeTo", second)
            return
        add(node, "qawl:basis", concept("basis", relation.basis))
        add(node, "qawl:inReading", self.node)
        if relation.why is not None:
            add(node, "qawl:readerNote", text(relation.why, "en"))
        if relation.kind == "sum":
            self.sink.add_types(node, *self.ontology.types("SumRelation"))
            add(node, "qawl:exhaustive", boolean(relation.exhaustive))
            self._parts(node, one, others)
        else:
            self._pair(node, relation.kind, one, others[0])

    def _pair(self, node: NamedNode, kind: str, one: NamedNode, other: NamedNode) -> None:
        name, links = _PAIRS[kind]
        self.sink.add_types(node, *self.ontology.types(name))
        for link in links:
            self.sink.add(one, link, other)
        if kind == "part-of":
            self._parts(node, other, [one])
            return
        for claim in (one, other):
            self.sink.add(node, "qawl:relates", claim)
        if kind == "contrasts":
            self.sink.add(other, links[0], one)
        else:
            self.sink.add(node, "qawl:fromClaim", one)
            self.sink.add(node, "qawl:toClaim", other)

    def _parts(self, node: NamedNode, whole: NamedNode, parts: list[NamedNode]) -> None:
        self.sink.add(node, "qawl:wholeClaim", whole)
        for part in parts:
            self.sink.add(node, "qawl:partClaim", part)
            self.sink.add(part, "qawl:countedWithin", whole)

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
