"""The parts that claims and voices share, as quads: passages, time spans, quantities, questions."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import Literal

from kg.edtf import corners, interval, stretches
from kg.errors import AuthorityError, ReadingError, did_you_mean
from kg.graph.amount_words import amount_in_words
from kg.rdf.iris import (
    EDTF,
    ClaimName,
    ReadingName,
    concept,
    digest,
    kind_of,
    local_name,
    part_of,
    resource,
    term,
)
from kg.rdf.quads import QuadSink, boolean, date, decimal, integer, text
from kg.wording import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from pyoxigraph import NamedNode, Quad

    from kg.knowledge.authority import Authority
    from kg.knowledge.ontology import Ontology
    from kg.reading.model import Claim, Voice
    from kg.reading.parts import Answer, Proposition, Question, Time
    from kg.text.article import Article
    from kg.text.spans import Span

__all__ = ["ValueCompiler", "describe_times", "located"]

_CORNERS = ("earliestStart", "latestStart", "earliestEnd", "latestEnd")
_MARKS = ("openStart", "openEnd", "approximate", "doubtful")
# Comparators that leave an amount without an upper bound, without a lower one, or without any.
_FROM_BELOW = frozenset({"at-least", "more-than"})
_FROM_ABOVE = frozenset({"at-most", "less-than"})
_UNBOUNDED = frozenset({"not-equal", "most-of", "many", "large-amount"})

# How much of the text stands in a quote selector's prefix and suffix, in code points.
_CONTEXT = 32


@contextmanager
def located(place: str) -> Iterator[None]:
    """Add the place in the file to an error about a word missing from the vocabularies."""
    try:
        yield
    except AuthorityError as error:
        raise ReadingError(f"{place}: {error}") from error


def describe_times(sink: QuadSink, node: NamedNode, edtf: str, extent: str | None) -> None:
    """Add an EDTF literal with its extent, its corners, and whether it is open or doubtful.

    A date without an extent is one within which something happens; an interval states its own
    extent, from some point in its first date to some point in its last.
    """
    if extent is None and "/" not in edtf:
        extent = "within"
    sink.add_types(node, term("qawl:TimeSpan"))
    sink.add(node, "qawl:edtf", Literal(edtf, datatype=EDTF))
    if extent is not None:
        sink.add(node, "qawl:extent", concept("extent", extent))
    found = corners(edtf, throughout=extent == "throughout")
    for name in _CORNERS:
        day = getattr(found, _snake(name))
        if day is not None:
            sink.add(node, f"qawl:{name}", date(day))
    for name in _MARKS:
        if getattr(found, _snake(name)):
            sink.add(node, f"qawl:{name}", boolean(True))
    for first, last in stretches(edtf):
        sink.add(node, "qawl:dateOption", Literal(f"{first}/{last}", datatype=EDTF))


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name)


def _low_and_high(answer: Answer) -> tuple[Decimal | None, Decimal | None]:
    """Return the effective bounds of an amount: its lowest and highest possible values."""
    value = answer.value if answer.emended is None else answer.emended
    opened = answer.comparator
    low, high = answer.lower, answer.upper
    if low is None and high is None and opened not in _UNBOUNDED:
        low = None if opened in _FROM_ABOVE else value
        high = None if opened in _FROM_BELOW else value
    return low, high


@dataclass(frozen=True, slots=True)
class ValueCompiler:
    """Writes the parts of one reading's claims and voices into that reading's graph.

    Data shared by readings has its own graph, so that no triple is in two graphs and a query over
    the union of all graphs finds it once: passages are stored with their article, questions
    together.
    """

    article: Article
    name: ReadingName
    ontology: Ontology
    authority: Authority
    sink: QuadSink
    passages: QuadSink
    questions: QuadSink
    #: Descriptions of the general entities that the reading names.
    known: set[Quad] = field(default_factory=set)
    described: dict[Span, NamedNode] = field(default_factory=dict)
    local: dict[str, NamedNode] = field(default_factory=dict)
    local_labels: dict[NamedNode, dict[str, str]] = field(default_factory=dict)
    full_labels: dict[NamedNode, Mapping[str, str]] = field(default_factory=dict)

    @property
    def work(self) -> NamedNode:
        """The article as a source, whichever version of its text was read."""
        return resource("source", self.article.slug)

    def interpretation(self, node: NamedNode, part: Voice | Claim) -> None:
        """Record the reader's confidence in a voice or a claim, and the reason."""
        if part.confidence is not None:
            self.sink.add(node, "qawl:confidence", decimal(part.confidence))
        if part.why is not None:
            self.sink.add(node, "qawl:readerNote", text(part.why, "en"))

    def entity(self, name: str, place: str, *kinds: str) -> NamedNode:
        """Return the IRI of an entity by its id.

        :raises ReadingError: neither the authority files nor the reading have it, or it is of the
            wrong kind.
        """
        known_by_all = self.authority.entities.get(name) or self.authority.works.get(name)
        if kinds == ("source",):
            known_by_all = self.authority.source(name)
        node = self.local.get(name) or known_by_all
        if node is None:
            known = [*self.local, *self.authority.entities]
            raise ReadingError(
                f"{place}: {name!r} is neither in the authority files nor among this reading's "
                f"entities{did_you_mean(name, known)}"
            )
        if kinds and kind_of(node.value) not in kinds:
            raise ReadingError(
                f"{place}: {name!r} is of kind {kind_of(node.value)}, but {' or '.join(kinds)} "
                "is needed here"
            )
        self.known.update(self.authority.general_quads(node))
        return node

    def label(self, node: NamedNode, language: str) -> str:
        """Return an entity's or a concept's label, or the end of its IRI."""
        for labels in (self.local_labels, self.authority.labels, self.ontology.labels):
            if found := labels.get(node, {}).get(language):
                return found
        return local_name(node.value)

    def full_label(self, node: NamedNode, language: str) -> str:
        """Return an entity's label; for the article's author, the one that mentions the article."""
        return self.full_labels.get(node, {}).get(language) or self.label(node, language)

    def passage(self, span: Span) -> NamedNode:
        """Describe a passage of the article's text version with its two selectors."""
        if (known := self.described.get(span)) is not None:
            return known
        passage_text = self.article.text
        version = str(self.article.version)
        node = resource("passage", self.article.slug, version, f"{span.start}-{span.end}")
        self.described[span] = node
        position, quote = part_of(node, "position"), part_of(node, "quote")
        add = self.passages.add
        self.passages.add_types(node, term("qawl:Passage"), term("oa:SpecificResource"))
        add(node, "oa:hasSource", resource("text", self.article.slug, version))
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
        """Describe a time span that the article gives in these words."""
        add = self.sink.add
        self.sink.add_types(node, term("qawl:TimeSpan"))
        if time.edtf is not None:
            describe_times(self.sink, node, time.edtf, time.extent)
        elif time.extent is not None:
            add(node, "qawl:extent", concept("extent", time.extent))
        if time.modifier is not None:
            add(node, "qawl:modifier", concept("time-modifier", time.modifier))
        add(node, "qawl:dateStatus", concept("date-status", time.status or "explicit"))
        if time.relation is not None:
            add(node, "qawl:timeRelation", concept("time-relation", time.relation))
        if time.anchor is not None:
            add(node, "qawl:anchorEvent", self.entity(time.anchor, place, "event"))
        if time.anchor_voice is not None:
            add(
                node,
                "qawl:anchorSpan",
                part_of(self.name.member("voice", time.anchor_voice), "said"),
            )
        if time.calendar is not None:
            with located(place):
                add(node, "qawl:calendar", self.ontology.concept("calendar", time.calendar))
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
        """Describe an amount that the article gives in these words."""
        add = self.sink.add
        self.sink.add_types(node, term("qawl:Quantity"))
        low, high = _low_and_high(answer)
        for name, value in (
            ("numericValue", answer.value),
            ("lower", answer.lower),
            ("upper", answer.upper),
            ("low", low),
            ("high", high),
            ("emendedValue", answer.emended),
            ("perAmount", answer.per_amount),
            ("coverage", answer.coverage),
        ):
            if value is not None:
                add(node, f"qawl:{name}", decimal(value))
        with located(place):
            # Neither a garbled figure nor an estimate with an interval is exact.
            bounded = answer.lower is not None or answer.upper is not None
            vague = answer.value is None or answer.approximate or answer.garbled or bounded
            code = answer.comparator or (None if vague else "exactly")
            comparator = None if code is None else self.ontology.concept("comparator", code)
            unit, counted = self.ontology.unit(answer.unit or "")
            if answer.per is not None:
                add(node, "qawl:per", self.ontology.concept("unit", answer.per))
        if comparator is not None:
            add(node, "qawl:comparator", comparator)
        for language in LANGUAGES:
            add(node, "rdfs:label", text(self._in_words(answer, language), language))
        add(node, "qawl:unit", unit)
        add(node, "qawl:counts", counted)
        add(node, "qawl:approximate", boolean(answer.approximate))
        if answer.price_year is not None:
            add(node, "qawl:priceYear", integer(answer.price_year))
        if answer.garbled:
            add(node, "qawl:garbled", boolean(True))
        self._surface(node, words)
        return node

    def _in_words(self, answer: Answer, language: str) -> str:
        return amount_in_words(
            answer, language, lambda code: self.label(concept("unit", code), language)
        )

    def _dimensions(self, question: Question, place: str, per: str | None) -> dict[str, NamedNode]:
        """Return the nodes that identify a question, by property, except times."""
        parts: dict[str, NamedNode] = {}
        with located(place):
            if per is not None:
                parts["per"] = self.ontology.concept("unit", per)
            parts["asks"] = self.ontology.concept("question-kind", question.asks)
            if question.how_many:
                parts["measure"] = self.ontology.concept("measure", question.how_many)
        if question.when:
            parts["aspect"] = concept("aspect", question.when)
        if question.who:
            parts["askedRole"] = concept("role", question.who)
        for name, kinds, value in (
            ("population", ("population",), question.of),
            ("ofWhole", ("population",), question.whole),
            ("ofEvent", ("event",), question.where or question.did or question.event),
            ("ofActor", ("actor",), question.actor),
            ("byActor", ("actor", "population"), question.by),
            ("atPlace", ("place",), question.place),
        ):
            if value is not None:
                parts[name] = self.entity(value, place, *kinds)
        if (told := question.told) is not None:
            parts |= self._proposition(told, place)
        return parts

    def _proposition(self, told: Proposition, place: str) -> dict[str, NamedNode]:
        with located(place):
            parts = {"askedPredicate": self.ontology.concept("predicate", told.predicate)}
        parts["askedSubject"] = self.entity(told.subject, place)
        if told.object is not None:
            parts["askedObject"] = self.entity(told.object, place)
        return parts

    def question(
        self, question: Question, claim: ClaimName, place: str, per: str | None = None
    ) -> NamedNode:
        """Describe a question under the IRI made from its dimensions, and return it.

        :param per: the unit of a rate; asking for a rate is a different question from asking for a
            count.
        """
        parts = self._dimensions(question, place, per)
        times = {
            name: interval(edtf)
            for name, edtf in (("during", question.during), ("changeFrom", question.change_from))
            if edtf is not None
        }
        # A bare "how many?" or "is it so?" of one claim is not that of another, and with a mere
        # name or time it is not that of another article.
        own = within = None
        if question.of_nothing:
            if times or question.proposition is not None:
                within = claim.article
            else:
                own = claim
        node = _question_node(question, parts, times, own, within)
        add = self.questions.add
        self.questions.add_types(node, *self.ontology.types(_QUESTION_CLASSES[question.asks]))
        for predicate, part in parts.items():
            add(node, f"qawl:{predicate}", part)
        if question.proposition is not None:
            add(node, "qawl:proposition", text(question.proposition))
        for predicate, edtf in times.items():
            span = part_of(node, _snake(predicate).replace("_", "-"))
            describe_times(self.questions, span, edtf, "throughout")
            add(node, f"qawl:{predicate}", span)
        for language in ("en", "ar"):
            words = [self.label(part, language) for part in parts.values()]
            whose = self.name.short(own.id) if own else None
            words += filter(None, (question.proposition, whose, *times.values()))
            add(node, "rdfs:label", text(" · ".join(words), language))
        return node


def _question_node(
    question: Question,
    parts: Mapping[str, NamedNode],
    times: Mapping[str, str],
    own: ClaimName | None,
    within: str | None,
) -> NamedNode:
    """Return the IRI made from a question's dimensions.

    :param own: its claim, if only that one asks it.
    :param within: its article, if only claims of that one ask it.
    """
    key = " ".join(f"{name}={node.value}" for name, node in sorted(parts.items()))
    key += f" during={times.get('during', '')} proposition={question.proposition or ''}"
    key += f" from={times['changeFrom']}" if "changeFrom" in times else ""
    key += f" of={own.node.value}" if own else ""
    key += f" in={within}" if within else ""
    topics = (*question.topics, own.id) if own else question.topics
    return resource("question", f"{'-'.join(dict.fromkeys(topics))}-{digest(key)}")


_QUESTION_CLASSES = {
    "how-many": "QuantityQuestion",
    "how-much-changed": "QuantityQuestion",
    "when": "TimeQuestion",
    "who": "EntityQuestion",
    "where": "EntityQuestion",
    "did": "TruthQuestion",
    "is-it-so": "TruthQuestion",
}
