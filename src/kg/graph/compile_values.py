"""The parts that claims and voices share, as quads: passages, time spans, quantities, questions."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from kg.edtf import corners
from kg.errors import AuthorityError, ReadingError, did_you_mean
from kg.knowledge.ontology import ENTITY_KINDS, Ontology
from kg.rdf.iris import (
    EDTF,
    ClaimName,
    concept,
    digest,
    kind_of,
    local_name,
    part_of,
    resource,
    term,
)
from kg.rdf.quads import QuadSink, boolean, date, decimal, integer, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import NamedNode

    from kg.knowledge.authority import Authority
    from kg.reading.parts import Answer, Question, Time
    from kg.text.article import Article
    from kg.text.spans import Span

__all__ = ["ValueCompiler", "describe_times", "entity_kind", "located"]

# How much of the text stands in a quote selector's prefix and suffix, in code points.
_CONTEXT = 32


@contextmanager
def located(place: str) -> Iterator[None]:
    """Add the place in the file to an error about a word that the vocabularies do not have."""
    try:
        yield
    except AuthorityError as error:
        raise ReadingError(f"{place}: {error}") from error


def describe_times(sink: QuadSink, node: NamedNode, edtf: str, prefix: str = "") -> None:
    """Add an EDTF literal and the four corners of it."""
    sink.add(node, "qawl:edtf", Literal(edtf, datatype=EDTF))
    found = corners(edtf)
    for name in ("earliestStart", "latestStart", "earliestEnd", "latestEnd"):
        day = getattr(found, "".join(f"_{c.lower()}" if c.isupper() else c for c in name))
        if day is not None:
            sink.add(node, f"qawl:{prefix}{name}", date(day))


@dataclass(frozen=True, slots=True)
class ValueCompiler:
    """Writes the parts of one reading's claims and voices into that reading's graph.

    What readings share has one graph of its own, so that no triple stands in two graphs and a query
    over the union of all graphs meets it once: passages lie with their article, questions together.
    """

    article: Article
    ontology: Ontology
    authority: Authority
    sink: QuadSink
    passages: QuadSink
    questions: QuadSink
    local: dict[str, NamedNode] = field(default_factory=dict)
    local_labels: dict[NamedNode, dict[str, str]] = field(default_factory=dict)

    def entity(self, name: str, place: str, *kinds: str) -> NamedNode:
        """Return the IRI of an entity by its id.

        :raises ReadingError: neither the authority files nor the reading have it, or it is of
            another kind than the place calls for.
        """
        node = self.local.get(name) or self.authority.entities.get(name)
        if node is None:
            known = [*self.local, *self.authority.entities]
            raise ReadingError(
                f"{place}: {name!r} is in no authority file and not among this reading's "
                f"entities{did_you_mean(name, known)}"
            )
        if kinds and kind_of(node.value) not in kinds:
            raise ReadingError(
                f"{place}: {name!r} is of kind {kind_of(node.value)}, but {' or '.join(kinds)} "
                "is needed here"
            )
        return node

    def label(self, node: NamedNode, language: str) -> str:
        """Return an entity's or a concept's label, or the end of its IRI."""
        for labels in (self.local_labels, self.authority.labels, self.ontology.labels):
            if found := labels.get(node, {}).get(language):
                return found
        return local_name(node.value)

    def passage(self, span: Span) -> NamedNode:
        """Describe a passage of the article with its two selectors."""
        passage_text = self.article.text
        node = resource("passage", self.article.slug, f"{span.start}-{span.end}")
        position, quote = part_of(node, "position"), part_of(node, "quote")
        add = self.passages.add
        self.passages.add_types(node, term("qawl:Passage"), term("oa:SpecificResource"))
        add(node, "oa:hasSource", resource("article", self.article.slug))
        add(node, "oa:hasSelector", position)
        add(node, "oa:hasSelector", quote)
        self.passages.add_types(position, term("oa:TextPositionSelector"))
        add(position, "oa:start", integer(span.start))
        add(position, "oa:end", integer(span.end))
        self.passages.add_types(quote, term("oa:TextQuoteSelector"))
        add(quote, "oa:exact", text(span.of(passage_text)))
        before = passage_text[max(0, span.start - _CONTEXT) : span.start]
        add(quote, "oa:prefix", text(before))
        add(quote, "oa:suffix", text(passage_text[span.end : span.end + _CONTEXT]))
        return node

    def _surface(self, node: NamedNode, span: Span | None) -> None:
        if span is not None:
            self.sink.add(node, "qawl:surface", text(span.of(self.article.text)))
            self.sink.add(node, "qawl:evidence", self.passage(span))

    def time(self, node: NamedNode, time: Time, words: Span | None, place: str) -> NamedNode:
        """Describe a time span, given in these words of the article."""
        add = self.sink.add
        self.sink.add_types(node, term("qawl:TimeSpan"))
        if time.edtf is not None:
            describe_times(self.sink, node, time.edtf)
        if time.modifier is not None:
            add(node, "qawl:modifier", concept("time-modifier", time.modifier))
        add(node, "qawl:dateStatus", concept("date-status", time.status or "explicit"))
        if time.relation is not None:
            add(node, "qawl:timeRelation", concept("time-relation", time.relation))
        if time.anchor is not None:
            add(node, "qawl:anchorEvent", self.entity(time.anchor, place, "event"))
        if time.duration is not None:
            add(node, "qawl:duration", Literal(time.duration, datatype=term("xsd:duration")))
        if time.emended is not None:
            add(node, "qawl:emendedEdtf", Literal(time.emended, datatype=EDTF))
        if time.why is not None:
            add(node, "qawl:readerNote", text(time.why, "en"))
        self._surface(node, words)
        return node

    def quantity(
        self, node: NamedNode, answer: Answer, words: Span | None, place: str
    ) -> NamedNode:
        """Describe an amount, given in these words of the article."""
        add = self.sink.add
        self.sink.add_types(node, term("qawl:Quantity"))
        for name, value in (
            ("numericValue", answer.value),
            ("lower", answer.lower),
            ("upper", answer.upper),
            ("emendedValue", answer.emended),
        ):
            if value is not None:
                add(node, f"qawl:{name}", decimal(value))
        with located(place):
            default = None if answer.value is None else "exactly"
            if (code := answer.comparator or default) is not None:
                add(node, "qawl:comparator", self.ontology.concept("comparator", code))
            unit, counted = self.ontology.unit(answer.unit or "")
        add(node, "qawl:unit", unit)
        add(node, "qawl:counts", counted)
        add(node, "qawl:approximate", boolean(answer.approximate))
        if answer.garbled:
            add(node, "qawl:garbled", boolean(True))
        self._surface(node, words)
        return node

    def question(self, question: Question, claim: ClaimName, place: str) -> NamedNode:
        """Describe a question under the IRI that its dimensions make, and return it."""
        asks = question.asks
        parts: dict[str, NamedNode] = {}
        with located(place):
            parts["asks"] = self.ontology.concept("question-kind", asks)
            if question.how_many:
                parts["measure"] = self.ontology.concept("measure", question.how_many)
        if question.when:
            parts["aspect"] = concept("aspect", question.when)
        if question.who:
            parts["askedRole"] = concept("role", question.who)
        event = question.where or question.did or question.event
        for name, kind, entity in (
            ("population", "population", question.of),
            ("ofEvent", "event", event),
            ("ofActor", "actor", question.actor),
            ("atPlace", "place", question.place),
        ):
            if entity is not None:
                parts[name] = self.entity(entity, place, kind)
        dimensions = (question.of, question.actor, event, question.place, question.during)
        # A bare "how many?" of one claim is not that of another.
        own = (asks == "is-it-so" and question.is_it_so is None) or (
            asks == "how-many" and not any(dimensions)
        )
        key = " ".join(f"{name}={node.value}" for name, node in sorted(parts.items()))
        key += f" during={question.during or ''} proposition={question.is_it_so or ''}"
        key += f" of={claim.node.value}" if own else ""
        topic = question.is_it_so or question.how_many or question.when or question.who or asks
        focus = claim.id if own else question.of or question.actor or event or ""
        name = "-".join(dict.fromkeys(word for word in (asks, topic, focus) if word))
        node = resource("question", f"{name}-{digest(key)}")
        add = self.questions.add
        self.questions.add_types(node, *self.ontology.types(_QUESTION_CLASSES[asks]))
        for predicate, value in parts.items():
            add(node, f"qawl:{predicate}", value)
        if question.is_it_so:
            add(node, "qawl:proposition", text(question.is_it_so))
        if question.during is not None:
            span = part_of(node, "during")
            self.questions.add_types(span, term("qawl:TimeSpan"))
            describe_times(self.questions, span, question.during)
            add(node, "qawl:during", span)
        for language in ("en", "ar"):
            words = [self.label(value, language) for value in parts.values()]
            subject = question.is_it_so or (claim.id if own else None)
            words += [word for word in (subject, question.during) if word]
            add(node, "rdfs:label", text(" · ".join(words), language))
        return node


_QUESTION_CLASSES = {
    "how-many": "QuantityQuestion",
    "when": "TimeQuestion",
    "who": "EntityQuestion",
    "where": "EntityQuestion",
    "did": "TruthQuestion",
    "is-it-so": "TruthQuestion",
}


def entity_kind(ontology: Ontology, class_name: str) -> str | None:
    """Return the kind of entity, such as ``actor``, that a class of the ontology is."""
    for kind, top in ENTITY_KINDS.items():
        if ontology.is_a(class_name, top):
            return kind
    return None
