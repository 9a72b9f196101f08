"""The rows of one article, taken from its quads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, NamedNode

from kg.knowledge.ontology import ENTITY_KINDS
from kg.rdf.iris import ReadingName, kind_of, local_name, ontology_name, resource, term

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from kg.corpus.article import CompiledArticle
    from kg.corpus.record import Record
    from kg.knowledge.ontology import Ontology
    from kg.shacl.columns import Column, Columns
    from kg.shacl.vocabulary import Term

__all__ = ["Row", "rows_of"]

Row = dict[str, Any]

_TYPE = term("rdf:type")
_CORNERS = ("earliestStart", "latestStart", "earliestEnd", "latestEnd")
_SPANS = ("answerTime", "claimedTime", "asOf", "saidDuring")


class _Facts:
    """The values of a graph by property, as in the tables."""

    def __init__(
        self,
        graph: Columns,
        superclasses: Mapping[str, Sequence[str]],
        nodes: frozenset[NamedNode],
    ) -> None:
        self.graph = graph
        self.nodes = nodes
        self.superclasses = superclasses
        self._columns: dict[str, Column] = {}

    def all(self, node: Term, name: str) -> Sequence[Term]:
        column = self._columns.get(name)
        if column is None:
            column = self._columns[name] = self.graph.forward(term(name))
        return column[node]

    def one(self, node: Term, name: str) -> Term | None:
        found = self.all(node, name)
        return min(found, key=str) if len(found) > 1 else (found[0] if found else None)

    def text(self, node: Term, name: str, language: str | None = None) -> str | None:
        """Return the text of a literal, or an IRI; of several the first in code point order."""
        values = self.all(node, name)
        if not values:
            return None
        found = [
            one.value
            for one in values
            if not isinstance(one, BlankNode)
            and (language is None or getattr(one, "language", None) == language)
        ]
        return min(found, default=None)

    def code(self, node: Term, name: str) -> str | None:
        found = self.text(node, name)
        return None if found is None else local_name(found)

    def number(self, node: Term, name: str) -> float | None:
        found = self.text(node, name)
        return None if found is None else float(found)

    def count(self, node: Term, name: str) -> int | None:
        found = self.text(node, name)
        return None if found is None else int(found)

    def truth(self, node: Term, name: str) -> bool | None:
        found = self.text(node, name)
        return None if found is None else found in ("true", "1")

    def iris(self, node: Term, name: str) -> list[str]:
        return sorted(one.value for one in self.all(node, name) if isinstance(one, NamedNode))

    def edtf(self, node: Term, name: str) -> str | None:
        span = self.one(node, name)
        return None if span is None else self.text(span, "qawl:edtf")

    def of_class(self, name: str) -> list[NamedNode]:
        """Return the article's nodes of a class, in order."""
        found = self.graph.instances_by_layer(term(name))[0]
        return sorted(self.nodes & found, key=lambda one: one.value)

    def kind(self, node: Term) -> str | None:
        """Return the most specific of a node's classes in our ontology."""
        names = {local_name(one) for one in self.iris(node, "rdf:type") if ontology_name(one)}
        above = {up for name in names for up in self.superclasses.get(name, ())}
        return min(names - above, default=None)


def rows_of(
    record: Record, compiled: CompiledArticle, graph: Columns, ontology: Ontology
) -> dict[str, list[Row]]:
    """Return the rows of an article, by table, each table in order.

    :param graph: the quads of the article and possibly of others, on top of what all articles
        share.
    """
    subjects = {one.subject for one in compiled.quads}
    own = frozenset(
        one
        for one in subjects.union(one.object for one in compiled.quads)
        if isinstance(one, NamedNode)
    )
    facts, slug = _Facts(graph, ontology.superclasses, own), compiled.article.slug
    claims = [_claim(facts, slug, node) for node in facts.of_class("qawl:Claim")]
    return {
        "articles": [_article(record, compiled, len(claims))],
        "claims": claims,
        "voices": [_voice(facts, slug, node) for node in facts.of_class("qawl:Voice")],
        "quantities": list(_quantities(facts, slug)),
        "times": list(_times(facts, slug)),
        "mentions": [_mention(facts, slug, node) for node in facts.of_class("qawl:Mention")],
        "entities": list(_entities(facts, slug, subjects)),
    }


def _article(record: Record, compiled: CompiledArticle, claims: int) -> Row:
    article, told = compiled.article, compiled.article.metadata
    return {
        "article": article.slug,
        "id": record.id,
        "title": told.title,
        "published": told.published,
        "publisher": record.fields.get("publisher") or told.publisher,
        "url": told.url,
        "language": told.language,
        "characters": len(article.text),
        "sha256": article.sha256,
        "claims": claims,
    }


def _reading(facts: _Facts, node: NamedNode) -> tuple[str | None, str | None]:
    """Return the id of a node's reading, and its kind of reader."""
    reading = facts.one(node, "qawl:inReading")
    if not isinstance(reading, NamedNode) or (name := ReadingName.of(reading.value)) is None:
        return None, None
    return name.id, facts.code(reading, "qawl:readerKind")


def _claim(facts: _Facts, slug: str, node: NamedNode) -> Row:
    reading, reader = _reading(facts, node)
    question = facts.one(node, "qawl:answers") or node
    quantity = facts.one(node, "qawl:answerQuantity")
    row: Row = {
        "claim": node.value,
        "article": slug,
        "reading": reading,
        "reader": reader,
        "id": facts.text(node, "dcterms:identifier"),
        "kind": facts.kind(node),
        "gloss": facts.text(node, "qawl:gloss", "en"),
        "quote": facts.text(node, "qawl:quote"),
        "start": facts.count(node, "qawl:startsAt"),
        "end": facts.count(node, "qawl:endsAt"),
        "question": getattr(question, "value", None),
        "measure": facts.code(question, "qawl:measure"),
        "population": facts.text(question, "qawl:population"),
        "event": facts.text(question, "qawl:ofEvent"),
        "place": facts.text(question, "qawl:atPlace"),
        "during": facts.edtf(question, "qawl:during"),
        "polarity": facts.code(node, "qawl:polarity"),
        "stance": facts.code(node, "qawl:stance"),
        "force": facts.code(node, "qawl:force"),
        "truth": facts.truth(node, "qawl:answerTruth"),
        "time": facts.edtf(node, "qawl:answerTime"),
        "answers": facts.iris(node, "qawl:answerEntity"),
        "chain": [_in_chain(facts, voice) for voice in _chain(facts, node)],
    }
    if quantity is not None:
        amount = _amount(facts, quantity)
        names = ("value", "low", "high", "unit", "counts", "approximate")
        row |= {name: amount[name] for name in names}
    return row


def _chain(facts: _Facts, claim: NamedNode) -> Iterator[Term]:
    voice, seen = facts.one(claim, "qawl:voice"), set()
    while voice is not None and voice not in seen:
        seen.add(voice)
        yield voice
        voice = facts.one(voice, "qawl:quotedIn")


def _in_chain(facts: _Facts, voice: Term) -> Row:
    speakers = facts.iris(voice, "qawl:speaker")
    names = (
        facts.text(NamedNode(one), "skos:prefLabel", "en") or local_name(one) for one in speakers
    )
    return {
        "voice": getattr(voice, "value", None),
        "speakers": speakers,
        "names": list(names),
        "source": facts.text(voice, "qawl:inSource"),
        "act": facts.code(voice, "qawl:speechAct"),
        "marking": facts.code(voice, "qawl:marking"),
    }


def _voice(facts: _Facts, slug: str, node: NamedNode) -> Row:
    cues = sorted(facts.all(node, "qawl:cue"), key=str)
    return {
        "voice": node.value,
        "article": slug,
        "reading": _reading(facts, node)[0],
        "quoted_in": facts.text(node, "qawl:quotedIn"),
        "depth": facts.count(node, "qawl:depth"),
        "speakers": facts.iris(node, "qawl:speaker"),
        "source": facts.text(node, "qawl:inSource"),
        "act": facts.code(node, "qawl:speechAct"),
        "marking": facts.code(node, "qawl:marking"),
        "transmission": facts.code(node, "qawl:transmission"),
        "said": facts.edtf(node, "qawl:saidDuring"),
        "as_of": facts.edtf(node, "qawl:asOf"),
        "cues": list(filter(None, (_words(facts, cue)[0] for cue in cues))),
    }


def _words(facts: _Facts, passage: Term) -> tuple[str | None, int | None, int | None]:
    """Return the words of a passage, and where they start and end."""
    words = start = end = None
    for selector in facts.all(passage, "oa:hasSelector"):
        words = words or facts.text(selector, "oa:exact")
        start = facts.count(selector, "oa:start") if start is None else start
        end = facts.count(selector, "oa:end") if end is None else end
    return words, start, end


def _amount(facts: _Facts, quantity: Term) -> Row:
    return {
        "value": facts.number(quantity, "qawl:numericValue"),
        "emended": facts.number(quantity, "qawl:emendedValue"),
        "lower": facts.number(quantity, "qawl:lower"),
        "upper": facts.number(quantity, "qawl:upper"),
        "low": facts.number(quantity, "qawl:low"),
        "high": facts.number(quantity, "qawl:high"),
        "comparator": facts.code(quantity, "qawl:comparator"),
        "approximate": facts.truth(quantity, "qawl:approximate"),
        "unit": facts.code(quantity, "qawl:unit"),
        "counts": facts.code(quantity, "qawl:counts"),
        "surface": facts.text(quantity, "qawl:surface"),
    }


def _quantities(facts: _Facts, slug: str) -> Iterator[Row]:
    for claim in facts.of_class("qawl:Claim"):
        for quantity in facts.all(claim, "qawl:answerQuantity"):
            yield {"claim": claim.value, "article": slug, **_amount(facts, quantity)}


def _times(facts: _Facts, slug: str) -> Iterator[Row]:
    owners = [*facts.of_class("qawl:Claim"), *facts.of_class("qawl:Voice")]
    roles = [(node, role) for node in owners for role in _SPANS]
    questions = facts.of_class("qawl:Question")
    roles += [(node, role) for node in questions for role in ("during", "changeFrom")]
    for node, role in roles:
        for span in sorted(facts.all(node, f"qawl:{role}"), key=str):
            corners = {name: facts.text(span, f"qawl:{name}") for name in _CORNERS}
            yield {
                "of": node.value,
                "role": role,
                "article": slug,
                "edtf": facts.text(span, "qawl:edtf"),
                "earliest_start": corners["earliestStart"],
                "latest_start": corners["latestStart"],
                "earliest_end": corners["earliestEnd"],
                "latest_end": corners["latestEnd"],
                "approximate": facts.truth(span, "qawl:approximate"),
                "status": facts.code(span, "qawl:dateStatus"),
                "surface": facts.text(span, "qawl:surface"),
            }


def _mention(facts: _Facts, slug: str, node: NamedNode) -> Row:
    entity = facts.text(node, "oa:hasBody")
    passage = facts.one(node, "oa:hasTarget")
    words, start, end = (None, None, None) if passage is None else _words(facts, passage)
    return {
        "mention": node.value,
        "article": slug,
        "reading": _reading(facts, node)[0],
        "entity": entity,
        "kind": kind_of(entity or ""),
        "surface": words,
        "start": start,
        "end": end,
    }


def _entities(facts: _Facts, slug: str, described: Collection[object]) -> Iterator[Row]:
    """Yield the entities that are described in the article's quads or used by them."""
    work = resource("source", slug)
    used = {
        one.value: one for one in facts.nodes if kind_of(one.value) in ENTITY_KINDS and one != work
    }
    for name, node in sorted(used.items()):
        if not facts.all(node, "rdf:type"):
            continue
        yield {
            "entity": name,
            "article": slug,
            "kind": kind_of(name),
            "type": facts.kind(node),
            "label_en": facts.text(node, "skos:prefLabel", "en"),
            "label_ar": facts.text(node, "skos:prefLabel", "ar"),
            "own": node in described,
        }
