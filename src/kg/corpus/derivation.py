"""The rules on small stores: all claims of one article, or all claims of some topics."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Quad, Store

from kg.files import shipped
from kg.graph.derive import derive_apart, load_rules
from kg.rdf.iris import (
    ID,
    PREFIXES,
    QUESTIONS_GRAPH,
    derived_graph,
    kind_of,
    local_name,
    term,
)
from kg.sparql.lexer import Kind, tokens
from kg.sparql.rq_file import Reach

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kg.sparql.rq_file import RqFile

__all__ = [
    "Derivation",
    "Topic",
    "Topics",
    "derivation",
    "reached",
    "read_by_rules",
    "relations_across",
    "topics_of",
]

_TYPE: Final = term("rdf:type")
_ANSWERS: Final = term("qawl:answers")
_EVENT: Final = term("qawl:ofEvent")
_ASKED_PREDICATE: Final = term("qawl:askedPredicate")
_ASKED_SUBJECT: Final = term("qawl:askedSubject")
_ASKED_OBJECT: Final = term("qawl:askedObject")
_SUB_EVENT: Final = term("qawl:subEventOf")
_WITHIN: Final = frozenset(map(term, ("qawl:subEventOf", "qawl:subgroupOf", "qawl:containedIn")))
_BROADER: Final = term("qawl:broaderQuestion")
_BY_RULE: Final = term("qawl:byRule")
_RELATED: Final = frozenset(map(term, ("qawl:relates", "qawl:wholeClaim", "qawl:partClaim")))
#: What the views by kind of reader look at, besides what the rules name.
_ALWAYS: Final = frozenset(map(term, ("rdf:type", "qawl:readerKind", "qawl:ofArticle")))
#: The properties of a question that one claim alone asks: none of them says about what.
_BARE: Final = frozenset(
    map(term, ("rdf:type", "rdfs:label", "qawl:asks", "qawl:measure", "qawl:per"))
)
_CLAIM_OF: Final = re.compile(rf"{re.escape(ID)}(?:claim|voice)/([^/]+)/")


@dataclass(frozen=True, slots=True)
class Derivation:
    """The rules that need one article, those that need a whole topic, and the terms they use."""

    of_articles: tuple[RqFile, ...]
    of_topics: tuple[RqFile, ...]
    terms: frozenset[NamedNode]

    def within_article(self, base: Iterable[Quad], quads: Iterable[Quad]) -> set[Quad]:
        """Return what follows from one article alone.

        :param base: what all articles share, limited to what the rules read.
        :param quads: the article's quads, limited to what the rules read.
        """
        return set(_derived(base, quads, self.of_articles))

    def within_topics(self, base: Iterable[Quad], quads: Iterable[Quad], kind: str) -> set[Quad]:
        """Return what follows from all claims of some topics, within articles and across.

        :param kind: the first kind of reader in the corpus: all readers share the questions, so its
            graph says which are part of which.
        """
        into = derived_graph(kind)
        return {
            Quad(quad.subject, quad.predicate, quad.object, into)
            if quad.predicate == _BROADER
            else quad
            for quad in _derived(base, quads, self.of_topics)
        }


def _derived(
    base: Iterable[Quad], quads: Iterable[Quad], rules: Sequence[RqFile]
) -> Iterator[Quad]:
    store = Store()
    store.extend(base)
    store.extend(quads)
    before = set(store.named_graphs())
    derive_apart(store, rules)
    for graph in store.named_graphs():
        if graph not in before:
            yield from store.quads_for_pattern(None, None, None, graph)


@cache
def derivation() -> Derivation:
    """Return the rules shipped with Qawl."""
    rules = load_rules(shipped.queries_dir() / "rules")
    by_name = {rule.name: rule for rule in rules}
    wanted = {rule.name for rule in rules if rule.reach is Reach.TOPIC}
    waiting = list(wanted)
    while waiting:
        for name in by_name[waiting.pop()].after:
            if name not in wanted:
                wanted.add(name)
                waiting.append(name)
    return Derivation(
        tuple(rule for rule in rules if rule.reach is Reach.ARTICLE),
        tuple(rule for rule in rules if rule.name in wanted),
        frozenset(one for rule in rules for one in _terms(rule.text)) | _ALWAYS,
    )


def _terms(text: str) -> Iterator[NamedNode]:
    """Yield the IRIs that a rule names."""
    for token in tokens(text):
        if token.kind is Kind.NAME:
            prefix, _, name = token.text.partition(":")
            if name and prefix in PREFIXES:
                yield NamedNode(PREFIXES[prefix] + name)


def read_by_rules(quads: Iterable[Quad], terms: frozenset[NamedNode]) -> list[Quad]:
    """Return the quads that rules can read: those whose predicate or class a rule names."""
    return [
        quad
        for quad in quads
        if quad.predicate in terms and (quad.predicate != _TYPE or quad.object in terms)
    ]


class Topics:
    """The topics of questions, by which claims of different articles are grouped.

    :param base: what all articles share, limited to what the rules read.
    """

    def __init__(self, base: Iterable[Quad]) -> None:
        self._events = _Families()
        self._things = _Families()
        for quad in base:
            if quad.predicate == _SUB_EVENT:
                self._events.join(quad.subject, quad.object)
            if quad.predicate in _WITHIN:
                self._things.join(quad.subject, quad.object)

    def of(self, question: object, told: Mapping[object, object]) -> list[str]:
        """Return the topics of a question; none if only one claim can answer it.

        :param told: its properties.
        """
        found = []
        if _EVENT in told:
            found.append(f"event {self._events.eldest(told[_EVENT])}")
        if _ASKED_SUBJECT in told:
            things = (told.get(one) for one in (_ASKED_SUBJECT, _ASKED_OBJECT))
            names = " ".join(str(self._things.eldest(one)) for one in things)
            found.append(f"proposition {told.get(_ASKED_PREDICATE)} {names}")
        return found or ([] if told.keys() <= _BARE else [f"question {question}"])


class _Families:
    """Nodes that are linked to one another, directly or indirectly."""

    def __init__(self) -> None:
        self._elder: dict[object, object] = {}

    def eldest(self, node: object) -> object:
        """Return the node that represents a family: the first in code point order."""
        while (elder := self._elder.get(node, node)) != node:
            node = elder
        return node

    def join(self, one: object, other: object) -> None:
        elder, younger = sorted((self.eldest(one), self.eldest(other)), key=str)
        self._elder[younger] = elder


@dataclass(frozen=True, slots=True)
class Topic:
    """The data that rules need about an article's claims in a topic, and the number of claims."""

    claims: int
    quads: frozenset[Quad]


def topics_of(topics: Topics, quads: Iterable[Quad], read: Iterable[Quad]) -> dict[str, Topic]:
    """Return the topics of an article's claims.

    :param quads: the article's quads.
    :param read: those of them that rules read, and the articles that it is derived from.
    """
    asked: dict[object, list[NamedNode]] = {}
    told: dict[object, dict[object, object]] = {}
    for quad in quads:
        if quad.predicate == _ANSWERS and isinstance(quad.subject, NamedNode):
            asked.setdefault(quad.object, []).append(quad.subject)
        elif quad.graph_name == QUESTIONS_GRAPH:
            told.setdefault(quad.subject, {})[quad.predicate] = quad.object
    claims: dict[str, list[NamedNode]] = {}
    for question, asked_by in asked.items():
        for topic in topics.of(question, told.get(question, {})):
            claims.setdefault(topic, []).extend(asked_by)
    by_subject: dict[object, list[Quad]] = {}
    for quad in read:
        by_subject.setdefault(quad.subject, []).append(quad)
    return {
        topic: Topic(len(own), frozenset(reached(by_subject, own))) for topic, own in claims.items()
    }


def reached(by_subject: dict[object, list[Quad]], starts: Iterable[NamedNode]) -> set[Quad]:
    """Return everything that belongs to some claims, but not to other claims that they refer to."""
    found: set[Quad] = set()
    waiting: list[object] = list(starts)
    seen = set(waiting)
    while waiting:
        for quad in by_subject.get(waiting.pop(), ()):
            found.add(quad)
            node = quad.object
            if node in seen or not isinstance(node, NamedNode):
                continue
            if kind_of(node.value) == "claim" and "." not in node.value.rpartition("/")[2]:
                continue
            seen.add(node)
            waiting.append(node)
    return found


def relations_across(quads: Iterable[Quad]) -> dict[str, int]:
    """Return the number of relations between claims of different articles that each rule found."""
    articles: dict[object, set[str | None]] = {}
    rules: dict[object, str] = {}
    for quad in quads:
        if quad.predicate in _RELATED:
            articles.setdefault(quad.subject, set()).add(_article(quad.object))
        elif quad.predicate == _BY_RULE:
            rules[quad.subject] = local_name(str(getattr(quad.object, "value", "")))
    found = Counter(rule for one, rule in rules.items() if len(articles.get(one, ())) > 1)
    return dict(sorted(found.items()))


def _article(node: object) -> str | None:
    """Return the slug of the article of a claim, a voice or a part of one."""
    match = _CLAIM_OF.match(getattr(node, "value", ""))
    return match[1] if match else None
