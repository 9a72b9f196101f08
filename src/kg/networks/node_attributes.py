"""What a network says about a node: plain attributes, looked up in the store node by node.

Attributes are str, int, float or bool; what is unknown is left out, never ``None``. None is called
``id``, ``source``, ``target`` or ``value``, which file formats reserve.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from kg.errors import AuthorityError
from kg.files import shipped
from kg.networks.days import Days, days_of, hull
from kg.rdf.curies import shorten
from kg.rdf.iris import QAWL, local_name, ontology_name, term
from kg.rdf.read import read_rdf
from kg.sparql.results import plain
from kg.wording import LANGUAGES, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Quad, Store

    from kg.sparql.results import Term

__all__ = ["Entities", "Value", "shipped_hierarchy"]

Value = str | int | float | bool

#: The languages of labels; where one is missing the other stands in.

_TYPE: Final = term("rdf:type").value
_LABELS: Final = {
    term(name).value: rank
    for rank, name in enumerate(
        ("skos:prefLabel", "qawl:gloss", "rdfs:label", "dcterms:title", "foaf:name", "schema:name")
    )
}
_SUBCLASS: Final = term("rdfs:subClassOf")
_CLAIM: Final = f"{QAWL}Claim"
# Kinds by force stand across the kinds by content, which say more of what a claim is.
_FORCES: Final = frozenset(
    f"{QAWL}{name}" for name in ("Allegation", "Estimate", "Denial", "Forecast", "Admission")
)
#: The broad kinds of nodes.
_GROUPS: Final = tuple(
    f"{QAWL}{name}"
    for name in ("Claim", "Question", "Actor", "Event", "Place", "Source", "PopulationGroup")
)
# File formats keep "value" for themselves.
_QUANTITY: Final = {
    "qawl:numericValue": "amount",
    "qawl:lower": "amount_lower",
    "qawl:upper": "amount_upper",
    "qawl:surface": "amount_as_written",
}
#: After so many lookups of one property, reading all of it at once is faster.
_MANY: Final = 1000


class Entities:
    """Looks up the nodes of one graph, with labels in one language."""

    def __init__(self, store: Store, lang: str) -> None:
        self._store = store
        self.lang = lang
        self._keys: dict[str, str] = {}
        self._types: dict[frozenset[str], str] = {}
        self._labels: dict[str, str] = {}
        self._speakers: dict[str, str] = {}
        self._parents: dict[str, set[str]] | None = None
        self._lookups: Counter[str] = Counter()
        self._columns: dict[str, dict[str, list[Term]]] = {}

    def key(self, node: Term) -> str:
        """Return the name of a node: the prefixed name of an IRI, else its N-Triples form."""
        if not isinstance(node, NamedNode):
            return str(node)
        iri = node.value
        if (known := self._keys.get(iri)) is None:
            known = self._keys[iri] = shorten(iri)
        return known

    def attributes(self, node: Term) -> dict[str, Value]:
        """Return what a network says about a node."""
        if isinstance(node, Literal):
            found: dict[str, Value] = {"label": node.value, "type": "literal"}
            if node.language:
                found["language"] = node.language
            return found
        if not isinstance(node, NamedNode):
            return {"label": str(node), "type": "blank node"}
        types, labels, facts = self._scan(self._quads(node))
        found = self._labelled(labels, shorten(node.value))
        if types:
            kind = self._kind(types)
            found["type"] = ontology_name(kind) or shorten(kind)
            found["type_label"] = self.label(kind)
            if (group := next((one for one in _GROUPS if one in types), None)) is not None:
                found["group"] = local_name(group)
                found["group_label"] = self.label(group)
        if _CLAIM in types:
            self._add_claim(node, found, facts)
        found["iri"] = node.value
        return found

    def label(self, iri: str) -> str:
        """Return the label of a term or concept in the language, else its local name."""
        if (known := self._labels.get(iri)) is None:
            _, labels, _ = self._scan(self._quads(NamedNode(iri)))
            fallback = local_name(iri) or iri
            known = self._labels[iri] = str(self._labelled(labels, fallback)["label"])
        return known

    def days(self, claim: NamedNode) -> Days | None:
        """Return the days that a claim is about: of its answer or circumstance, else its question.

        ``None`` if it gives no date.
        """
        spans = [
            *self._objects(claim, "qawl:answerTime"),
            *self._objects(claim, "qawl:claimedTime"),
        ]
        dated = [days for span in spans if (days := self._span(span))]
        if not dated:
            for question in self._objects(claim, "qawl:answers"):
                during = self._objects(question, "qawl:during")
                dated += [days for span in during if (days := self._span(span))]
        return hull(dated)

    def _span(self, span: Term) -> Days | None:
        corners = {
            name: value.value
            for name in ("earliestStart", "latestEnd")
            for value in self._objects(span, f"qawl:{name}")
            if isinstance(value, Literal)
        }
        return days_of(corners.get("earliestStart"), corners.get("latestEnd"))

    def _quads(self, node: NamedNode) -> Iterable[Quad]:
        return self._store.quads_for_pattern(node, None, None, None)

    def _objects(self, node: Term, prefixed: str) -> Iterable[Term]:
        if not isinstance(node, NamedNode):
            return ()
        if (column := self._columns.get(prefixed)) is not None:
            return column.get(node.value, ())
        self._lookups[prefixed] += 1
        if self._lookups[prefixed] > _MANY:
            column = self._columns[prefixed] = self._column(prefixed)
            return column.get(node.value, ())
        return [
            quad.object for quad in self._store.quads_for_pattern(node, _term(prefixed), None, None)
        ]

    def _column(self, prefixed: str) -> dict[str, list[Term]]:
        found: dict[str, list[Term]] = {}
        for quad in self._store.quads_for_pattern(None, _term(prefixed), None, None):
            if isinstance(quad.subject, NamedNode):
                found.setdefault(quad.subject.value, []).append(quad.object)
        return found

    def _scan(
        self, quads: Iterable[Quad]
    ) -> tuple[frozenset[str], dict[str, tuple[int, str]], dict[str, list[Term]]]:
        """Separate the types, the best label by language, and all other facts."""
        types: set[str] = set()
        labels: dict[str, tuple[int, str]] = {}
        facts: dict[str, list[Term]] = {}
        for quad in quads:
            predicate, value = quad.predicate.value, quad.object
            if predicate == _TYPE:
                if isinstance(value, NamedNode):
                    types.add(value.value)
            elif predicate in _LABELS and isinstance(value, Literal):
                language = (value.language or "").partition("-")[0].lower()
                ranked = (_LABELS[predicate], value.value)
                if language not in labels or ranked < labels[language]:
                    labels[language] = ranked
            else:
                facts.setdefault(predicate, []).append(value)
        return frozenset(types), labels, facts

    def _labelled(self, labels: Mapping[str, tuple[int, str]], fallback: str) -> dict[str, Value]:
        found: dict[str, Value] = {}
        order = (self.lang, *LANGUAGES, "", *sorted(labels))
        found["label"] = next((labels[one][1] for one in order if one in labels), fallback)
        for language in LANGUAGES:
            if language in labels:
                found[f"label_{language}"] = labels[language][1]
        return found

    def _kind(self, types: frozenset[str]) -> str:
        """Return the most specific class of a node; of several, the first by IRI."""
        if (known := self._types.get(types)) is None:
            above = {parent for one in types for parent in self._ancestors(one) if parent != one}
            lowest = {one for one in types if one not in above} or set(types)
            known = self._types[types] = min(lowest - _FORCES or lowest)
        return known

    def _ancestors(self, one: str) -> set[str]:
        if self._parents is None:
            self._parents = _hierarchy(self._store)
        found: set[str] = set()
        waiting = [one]
        while waiting:
            for parent in self._parents.get(waiting.pop(), ()):
                if parent not in found:
                    found.add(parent)
                    waiting.append(parent)
        return found

    def _add_claim(
        self, node: NamedNode, found: dict[str, Value], facts: Mapping[str, list[Term]]
    ) -> None:
        def first(prefixed: str) -> Term | None:
            return next(iter(facts.get(_term(prefixed).value, ())), None)

        if isinstance(short := first("qawl:shortId"), Literal):
            found["identifier"] = short.value
        for name in ("stance", "polarity"):
            if isinstance(concept := first(f"qawl:{name}"), NamedNode):
                found[name] = local_name(concept.value)
        if voice := first("qawl:voice"):
            found["speaker"] = self.speaker(voice)
            if (marking := self.marking(voice)) is not None:
                found["marking"] = marking
        if possible := self.possible_speakers(node):
            found["possible_speakers"] = listed(possible, self.lang)
        if quote := self.quote(node):
            found["quote"] = quote
            if self.lang == "ar" and "label_ar" not in found:
                found["label"] = quote
        if quantity := first("qawl:answerQuantity"):
            found.update(self._amount(quantity))
        if days := self.days(node):
            found.update(days.attributes())

    def _amount(self, quantity: Term) -> dict[str, Value]:
        found: dict[str, Value] = {}
        for name, attribute in _QUANTITY.items():
            for value in self._objects(quantity, name):
                if (clean := plain(value)) is not None:
                    found[attribute] = clean
        if isinstance(quantity, NamedNode):
            # In words, so that no "at least" or "about" is lost.
            found["amount_in_words"] = self.label(quantity.value)
        for name in ("comparator", "unit"):
            for concept in self._objects(quantity, f"qawl:{name}"):
                found[name] = self.key(concept).rpartition(":")[2]
        return found

    def speaker(self, voice: Term) -> str:
        """Return who speaks in a voice: its speakers, or its document."""
        key = self.key(voice)
        if (known := self._speakers.get(key)) is None:
            speakers = list(self._objects(voice, "qawl:speaker"))
            speakers = speakers or list(self._objects(voice, "qawl:inSource"))
            names = sorted(self.label(one.value) for one in speakers if isinstance(one, NamedNode))
            known = self._speakers[key] = listed(names, self.lang)
        return known

    def marking(self, voice: Term) -> str | None:
        """Return how the text marks a voice: explicit, inherited or inferred."""
        found = (one for one in self._objects(voice, "qawl:marking") if isinstance(one, NamedNode))
        return next((local_name(one.value) for one in found), None)

    def possible_speakers(self, claim: NamedNode) -> list[str]:
        """Return who may have made a claim instead of the voice that the reader kept."""
        return sorted(
            self.speaker(voice)
            for possible in self._objects(claim, "qawl:possibleVoice")
            for voice in self._objects(possible, "qawl:candidate")
        )

    def quote(self, claim: NamedNode) -> str:
        """Return the words of a claim in the order of the text, parts joined by an ellipsis."""
        parts: set[tuple[int, str]] = set()
        for passage in self._objects(claim, "qawl:evidence"):
            start, exact = 0, ""
            for selector in self._objects(passage, "oa:hasSelector"):
                for offset in self._objects(selector, "oa:start"):
                    start = int(plain(offset) or 0)
                for words in self._objects(selector, "oa:exact"):
                    exact = str(plain(words))
            parts.add((start, exact))
        return " … ".join(words for _, words in sorted(parts))


_TERMS: Final[dict[str, NamedNode]] = {}


def _term(prefixed: str) -> NamedNode:
    if (known := _TERMS.get(prefixed)) is None:
        known = _TERMS[prefixed] = term(prefixed)
    return known


def _hierarchy(store: Store) -> dict[str, set[str]]:
    """Return the named superclasses of each class; by default the shipped ontology's."""
    pairs = store.quads_for_pattern(None, _SUBCLASS, None, None)
    return _parents(pairs) or shipped_hierarchy()


@cache
def shipped_hierarchy() -> dict[str, set[str]]:
    """Return the named superclasses of each class in the ontology shipped with Qawl."""
    ontology = read_rdf(shipped.ontology_dir() / "qawl.ttl", AuthorityError, strict=True)
    return _parents(quad for quad in ontology.quads if quad.predicate == _SUBCLASS)


def _parents(quads: Iterable[Quad]) -> dict[str, set[str]]:
    parents: dict[str, set[str]] = {}
    for quad in quads:
        child, parent = quad.subject, quad.object
        if isinstance(child, NamedNode) and isinstance(parent, NamedNode):
            parents.setdefault(child.value, set()).add(parent.value)
    return parents
