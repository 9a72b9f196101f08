"""What the visible part of a graph says about a node, looked up once and cached."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from kg.rdf.curies import shorten
from kg.rdf.iris import local_name, term
from kg.sparql.results import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyoxigraph import Quad

    from kg.sparql.results import Term
    from kg.store.local import Graph
    from kg.wording import Language

__all__ = ["Facts", "Name"]

_LABELS: Final = ("skos:prefLabel", "rdfs:label", "qawl:gloss", "dcterms:title")


@lru_cache(maxsize=256)
def _iri(prefixed: str) -> str:
    return term(prefixed).value


def _named(iri: str) -> NamedNode | None:
    """Return a node; ``None`` if a visitor's input is not an IRI."""
    try:
        return NamedNode(iri)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True, order=True)
class Name:
    """A resource by its IRI, and its label in either language, empty if it has none."""

    iri: str
    en: str = ""
    ar: str = ""

    def best(self, language: Language) -> str:
        """Return the label in a language, else in the other, else the IRI's last part."""
        first, second = (self.ar, self.en) if language == "ar" else (self.en, self.ar)
        return first or second or local_name(self.iri) or shorten(self.iri)

    @property
    def code(self) -> str:
        """The last part of the IRI, which is the code of a concept."""
        return local_name(self.iri)


class Facts:
    """Looks up nodes in the visible part of a graph."""

    def __init__(self, graph: Graph) -> None:
        self._store = graph.store
        self._visible = None if graph.graphs is None else frozenset(graph.graphs)
        self._known: dict[str, Mapping[str, tuple[Term, ...]]] = {}
        self._names: dict[str, Name] = {}

    def _seen(self, quad: Quad) -> bool:
        return self._visible is None or quad.graph_name in self._visible

    def of(self, iri: str) -> Mapping[str, tuple[Term, ...]]:
        """Return the values of a node's properties, by the IRI of the property."""
        known = self._known.get(iri)
        if known is None:
            found: dict[str, dict[Term, None]] = {}
            node = _named(iri)
            quads = self._store.quads_for_pattern(node, None, None, None) if node else ()
            for quad in quads:
                if self._seen(quad):
                    found.setdefault(quad.predicate.value, {})[quad.object] = None
            known = self._known[iri] = {name: tuple(values) for name, values in found.items()}
        return known

    def values(self, iri: str, prefixed: str) -> tuple[Term, ...]:
        """Return all values of a property, such as ``qawl:cue``."""
        return self.of(iri).get(_iri(prefixed), ())

    def nodes(self, iri: str, prefixed: str) -> list[str]:
        """Return the IRIs that a property has as values, sorted."""
        values = self.values(iri, prefixed)
        return sorted(one.value for one in values if isinstance(one, NamedNode))

    def node(self, iri: str, prefixed: str) -> str:
        """Return the first IRI of a property; empty if there is none."""
        return next(iter(self.nodes(iri, prefixed)), "")

    def texts(self, iri: str, prefixed: str) -> list[str]:
        """Return the values of a property as text, in the order of the code points."""
        return sorted(one.value for one in self.values(iri, prefixed) if isinstance(one, Literal))

    def text(self, iri: str, prefixed: str) -> str:
        """Return the first value of a property as text; empty if there is none."""
        return next(iter(self.texts(iri, prefixed)), "")

    def number(self, iri: str, prefixed: str) -> float | None:
        """Return a number; ``None`` if there is none."""
        for one in self.values(iri, prefixed):
            value = plain(one)
            if isinstance(value, int | float) and not isinstance(value, bool):
                return float(value)
        return None

    def truth(self, iri: str, prefixed: str) -> bool | None:
        """Return a boolean; ``None`` if there is none."""
        values = [plain(one) for one in self.values(iri, prefixed)]
        return next((one for one in values if isinstance(one, bool)), None)

    def name(self, iri: str) -> Name:
        """Return a resource with its labels."""
        known = self._names.get(iri)
        if known is None:
            found: dict[str, str] = {}
            for prefixed in _LABELS:
                for one in sorted(self.values(iri, prefixed), key=str):
                    if isinstance(one, Literal):
                        found.setdefault((one.language or "en").partition("-")[0], one.value)
            other = next((text for code, text in found.items() if code not in {"en", "ar"}), "")
            known = Name(iri, found.get("en", other), found.get("ar", ""))
            self._names[iri] = known
        return known

    def said(self, iri: str, prefixed: str) -> Name:
        """Return a property's text in both languages as a name for the node itself."""
        found = {
            (one.language or "en").partition("-")[0]: one.value
            for one in sorted(self.values(iri, prefixed), key=str)
            if isinstance(one, Literal)
        }
        return Name(iri, found.get("en", ""), found.get("ar", ""))

    def named(self, iri: str, prefixed: str) -> tuple[Name, ...]:
        """Return the resources that a property has as values."""
        return tuple(self.name(one) for one in self.nodes(iri, prefixed))

    def first_named(self, iri: str, prefixed: str) -> Name | None:
        """Return the first resource that a property has; ``None`` if there is none."""
        return next(iter(self.named(iri, prefixed)), None)

    def subjects(self, prefixed: str, value: str) -> list[str]:
        """Return the IRIs of the nodes that have this node as the value of a property, sorted."""
        if (node := _named(value)) is None:
            return []
        quads = self._store.quads_for_pattern(None, term(prefixed), node, None)
        return sorted(
            {
                quad.subject.value
                for quad in quads
                if isinstance(quad.subject, NamedNode) and self._seen(quad)
            }
        )

    def pairs(self, prefixed: str) -> Iterator[tuple[str, Term]]:
        """Yield every visible subject with its value of a property."""
        for quad in self._store.quads_for_pattern(None, term(prefixed), None, None):
            if isinstance(quad.subject, NamedNode) and self._seen(quad):
                yield quad.subject.value, quad.object
