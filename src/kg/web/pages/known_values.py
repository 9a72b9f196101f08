"""The values that a graph has for a kind of parameter, with their labels."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from pyoxigraph import NamedNode

from kg.networks.node_attributes import Entities
from kg.rdf.iris import VOCAB, local_name, term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import Store

    from kg.wording import Language

__all__ = ["KINDS", "KnownValue", "known_values"]

#: Classes of the resources that parameters name, by type of parameter.
KINDS: Final = {
    "claim": "qawl:Claim", "voice": "qawl:Voice", "actor": "qawl:Actor", "event": "qawl:Event",
    "place": "qawl:Place", "article": "qawl:Source", "measure": "skos:Concept",
}  # fmt: skip
_MEASURES: Final = f"{VOCAB}measure/"
_MOST: Final = 2000


class KnownValue(NamedTuple):
    """A resource with its label."""

    iri: str
    label: str


def known_values(store: Store, kind: str, language: Language) -> tuple[KnownValue, ...]:
    """Return the resources of a kind of parameter by label, at most two thousand of them.

    :param kind: one of :data:`KINDS`; for any other, there are no values.
    """
    if kind not in KINDS:
        return ()
    entities = Entities(store, language)
    found = (KnownValue(iri, entities.label(iri)) for iri in islice(_of_kind(store, kind), _MOST))
    return tuple(sorted(found, key=lambda one: (one.label.casefold(), one.iri)))


def _of_kind(store: Store, kind: str) -> Iterator[str]:
    seen = set()
    for quad in store.quads_for_pattern(None, term("rdf:type"), term(KINDS[kind]), None):
        node = quad.subject
        if not isinstance(node, NamedNode) or node in seen or not local_name(node.value):
            continue
        seen.add(node)
        if kind != "measure" or node.value.startswith(_MEASURES):
            yield node.value
