"""The rules on small stores: all of one article's claims, or all claims of some questions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode, Quad, Store

from kg.files import shipped
from kg.graph.derive import derive, derive_apart, load_rules
from kg.rdf.iris import ID, PREFIXES, QUESTIONS_GRAPH, kind_of, term
from kg.sparql.lexer import Kind, tokens
from kg.sparql.rq_file import Reach

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from kg.sparql.rq_file import RqFile

__all__ = [
    "Derivation",
    "derivation",
    "meeting_claims",
    "question_groups",
    "read_by_rules",
    "relates_articles",
    "shared_questions",
]

_TYPE: Final = term("rdf:type")
_ANSWERS: Final = term("qawl:answers")
_MEASURE: Final = term("qawl:measure")
_EVENT: Final = term("qawl:ofEvent")
_NARROWER_THAN: Final = term("skos:broader")
_SUB_EVENT: Final = term("qawl:subEventOf")
_BROADER: Final = term("qawl:broaderQuestion")
_GENERATED: Final = term("prov:wasGeneratedBy")
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
    """The rules, those that work on all claims of a question, and the terms that they name."""

    rules: tuple[RqFile, ...]
    of_questions: tuple[RqFile, ...]
    broader: tuple[RqFile, ...]
    terms: frozenset[NamedNode]

    def within_article(self, base: Iterable[Quad], quads: Iterable[Quad]) -> set[Quad]:
        """Return what follows from one article alone.

        What holds between questions is left out: it follows from all of them together.

        :param base: what all articles share, as far as rules read it.
        :param quads: the article's quads, as far as rules read them.
        """
        return {quad for quad in _derived(base, quads, self.rules) if quad.predicate != _BROADER}

    def across_articles(self, base: Iterable[Quad], quads: Iterable[Quad]) -> set[Quad]:
        """Return what follows from the claims of some questions and from no article alone."""
        return relates_articles(_derived(base, quads, self.of_questions))

    def between_questions(
        self, base: Iterable[Quad], quads: Iterable[Quad], into: NamedNode
    ) -> set[Quad]:
        """Return which of some questions are part of which, as quads of a graph."""
        store = Store()
        store.extend(base)
        store.extend(quads)
        derive(store, self.broader, into)
        return set(store.quads_for_pattern(None, _BROADER, None, into))


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
    """Return the rules that Qawl ships."""
    rules = load_rules(shipped.queries_dir() / "rules")
    by_name = {rule.name: rule for rule in rules}
    wanted = {rule.name for rule in rules if rule.reach is Reach.QUESTION}
    waiting = list(wanted)
    while waiting:
        for name in by_name[waiting.pop()].after:
            if name not in wanted:
                wanted.add(name)
                waiting.append(name)
    return Derivation(
        rules,
        tuple(rule for rule in rules if rule.name in wanted),
        tuple(rule for rule in rules if rule.reach is Reach.QUESTIONS),
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
    """Return the quads that rules can read: their predicate, or class, is named by a rule."""
    return [
        quad
        for quad in quads
        if quad.predicate in terms and (quad.predicate != _TYPE or quad.object in terms)
    ]


def shared_questions(quads: Iterable[Quad]) -> set[object]:
    """Return the questions of an article that other articles may ask too.

    One that says nothing but its measure is that of one claim alone.
    """
    asked: set[object] = set()
    told: set[object] = set()
    for quad in quads:
        if quad.predicate == _ANSWERS:
            asked.add(quad.object)
        elif quad.graph_name == QUESTIONS_GRAPH and quad.predicate not in _BARE:
            told.add(quad.subject)
    return asked & told


def meeting_claims(quads: Iterable[Quad], questions: Collection[object]) -> dict[str, set[Quad]]:
    """Return what rules must see of some questions of an article, by their IRIs.

    That is their claims with their voices, amounts, times and readings, and the questions.

    :param quads: an article's quads, as far as rules read them.
    """
    by_subject: dict[object, list[Quad]] = {}
    claims: dict[NamedNode, list[NamedNode]] = {}
    for quad in quads:
        by_subject.setdefault(quad.subject, []).append(quad)
        if (
            quad.predicate == _ANSWERS
            and quad.object in questions
            and isinstance(quad.object, NamedNode)
            and isinstance(quad.subject, NamedNode)
        ):
            claims.setdefault(quad.object, []).append(quad.subject)
    return {question.value: _reached(by_subject, asked_by) for question, asked_by in claims.items()}


def question_groups(base: Iterable[Quad], quads: Iterable[Quad]) -> dict[str, set[Quad]]:
    """Return an article's questions by what they may be part of: the same measure and event.

    Measures that are narrower and broader than one another are one group, and so are events and
    their sub-events.

    :param base: what all articles share, as far as rules read it.
    :param quads: an article's quads, as far as rules read them.
    """
    above: dict[object, object] = {}

    def top(node: object) -> object:
        while (higher := above.get(node, node)) != node:
            node = higher
        return node

    for quad in base:
        if quad.predicate in (_NARROWER_THAN, _SUB_EVENT):
            one, other = sorted((top(quad.subject), top(quad.object)), key=str)
            above[other] = one
    by_subject: dict[object, list[Quad]] = {}
    for quad in quads:
        if quad.graph_name == QUESTIONS_GRAPH:
            by_subject.setdefault(quad.subject, []).append(quad)
    found: dict[str, set[Quad]] = {}
    for own in by_subject.values():
        told = {quad.predicate: quad.object for quad in own}
        if _MEASURE in told and _EVENT in told:
            key = f"{top(told[_MEASURE])} {top(told[_EVENT])}"
            group = found.setdefault(key, set())
            group.update(own)
            for quad in own:
                group.update(by_subject.get(quad.object, ()))
    return found


def _reached(by_subject: dict[object, list[Quad]], starts: Iterable[NamedNode]) -> set[Quad]:
    """Return all that hangs on some claims, but not on other claims that they name."""
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


def relates_articles(quads: Iterable[Quad]) -> set[Quad]:
    """Return what of derived quads is about claims of several articles, with its provenance."""
    by_subject: dict[tuple[object, object], list[Quad]] = {}
    for quad in quads:
        by_subject.setdefault((quad.graph_name, quad.subject), []).append(quad)
    found: set[Quad] = set()
    activities: set[tuple[object, object]] = set()
    for (graph, subject), own in by_subject.items():
        articles = {_article(quad.object) for quad in own if quad.predicate in _RELATED}
        if len(articles) > 1:
            found.update(own)
            activities.update((graph, quad.object) for quad in own if quad.predicate == _GENERATED)
        elif (of := _article(subject)) is not None:
            found.update(quad for quad in own if _article(quad.object) not in (None, of))
    for graph, activity in activities:
        own = by_subject.get((graph, activity), [])
        found.update(own)
        for quad in own:
            found.update(by_subject.get((graph, quad.object), ()))
    return found


def _article(node: object) -> str | None:
    """Return the slug of the article of a claim, a voice or a part of one."""
    match = _CLAIM_OF.match(getattr(node, "value", ""))
    return match[1] if match else None
