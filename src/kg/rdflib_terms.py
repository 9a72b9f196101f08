"""Terms of pyoxigraph as terms of rdflib, and back. Imports rdflib: import it where it is used."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, final

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import ShapesError
from kg.iris import term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple

__all__ = ["Terms", "quiet_about_literals"]

_XSD_STRING: Final = term("xsd:string")


@final
class _IllTyped(rdflib.Literal):
    """A literal that is none of its datatype, such as ``"2024-13-45"^^xsd:date``.

    It stands in no order with another. rdflib's own raises a TypeError when it is compared, which
    would end the validation instead of naming the literal.
    """

    def __lt__(self, other: object) -> bool:
        return False

    def __le__(self, other: object) -> bool:
        return False

    def __gt__(self, other: object) -> bool:
        return False

    def __ge__(self, other: object) -> bool:
        return False

    __hash__ = rdflib.Literal.__hash__


@contextmanager
def quiet_about_literals() -> Iterator[None]:
    """Keep rdflib from logging a traceback for each ill-typed literal."""
    logger = logging.getLogger("rdflib.term")

    def quiet(record: logging.LogRecord) -> bool:
        return not str(record.msg).startswith("Failed to convert Literal")

    logger.addFilter(quiet)
    try:
        yield
    finally:
        logger.removeFilter(quiet)


class Terms:
    """A translation of terms that gives back the very terms that it was given."""

    def __init__(self) -> None:
        self._there: dict[Any, Any] = {}
        self._back: dict[Any, Any] = {}

    def graph(self, triples: Iterable[Triple]) -> rdflib.Graph:
        """Return triples as a graph of rdflib.

        :raises ShapesError: a term is of RDF 1.2.
        """
        graph = rdflib.Graph(bind_namespaces="none")
        there = self.there
        for triple in triples:
            graph.add((there(triple.subject), there(triple.predicate), there(triple.object)))
        return graph

    def there(self, node: Any) -> Any:
        """Return a term of pyoxigraph as one of rdflib."""
        if (known := self._there.get(node)) is not None:
            return known
        found: Any
        if isinstance(node, NamedNode):
            found = rdflib.URIRef(node.value)
        elif isinstance(node, BlankNode):
            found = rdflib.BNode(node.value)
        elif isinstance(node, Literal) and node.direction is None:
            found = _literal(node)
        else:
            raise ShapesError(
                f"{node}: is RDF 1.2, which SHACL does not judge; validate the RDF 1.1 form"
            )
        self._there[node] = found
        self._back[found] = node
        return found

    def back(self, node: Any) -> Any:
        """Return a term of rdflib as one of pyoxigraph."""
        if (known := self._back.get(node)) is not None:
            return known
        if isinstance(node, rdflib.Literal):  # one that a query computed
            datatype = None if node.datatype is None else NamedNode(str(node.datatype))
            return Literal(str(node), datatype=datatype, language=node.language)
        return BlankNode(str(node)) if isinstance(node, rdflib.BNode) else NamedNode(str(node))


def _literal(node: Literal) -> rdflib.Literal:
    if node.language is not None:
        return rdflib.Literal(node.value, lang=node.language)
    if node.datatype == _XSD_STRING:
        return rdflib.Literal(node.value)
    datatype = rdflib.URIRef(node.datatype.value)
    # Not normalised: a report shows a literal as it was written.
    found = rdflib.Literal(node.value, datatype=datatype, normalize=False)
    if found.ill_typed:
        return _IllTyped(node.value, datatype=datatype, normalize=False)
    return found
