"""Terms of pyoxigraph as terms of rdflib, and back. Imports rdflib: import it where it is used."""

from __future__ import annotations

import logging
import re
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Final, final

import rdflib
from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import ShapesError
from kg.rdf.iris import term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import Triple

__all__ = ["Terms", "quiet_about_literals"]

_XSD_STRING: Final = term("xsd:string")
_XSD: Final = _XSD_STRING.value.removesuffix("string")
_INTEGER: Final = re.compile(r"[+-]?[0-9]+")
_FLOAT: Final = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([Ee][+-]?[0-9]+)?|[+-]?INF|NaN")
_ZONE: Final = r"(Z|[+-][0-9]{2}:[0-9]{2})?"
# What XML Schema allows. Python reads more: Arabic digits, 1_000, NaN as a decimal, 2024-W01-1.
_LEXICAL: Final = {
    "boolean": re.compile(r"true|false|1|0"),
    "decimal": re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)"),
    "double": _FLOAT,
    "float": _FLOAT,
    "integer": _INTEGER,
    "nonNegativeInteger": _INTEGER,
    "date": re.compile(rf"-?[0-9]{{4,}}-[0-9]{{2}}-[0-9]{{2}}{_ZONE}"),
    "dateTime": re.compile(
        rf"-?[0-9]{{4,}}-[0-9]{{2}}-[0-9]{{2}}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}(\.[0-9]+)?{_ZONE}"
    ),
}


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

    @property
    def ill_typed(self) -> bool:
        """Say so even where rdflib reads it, as it does ``"perhaps"^^xsd:boolean``."""
        return True

    @property
    def value(self) -> None:
        """Have no value."""
        return

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
    # Not normalised: a report shows a literal as it was written.
    datatype = rdflib.URIRef(node.datatype.value)
    lexical = _LEXICAL.get(node.datatype.value.removeprefix(_XSD))
    if lexical is None or lexical.fullmatch(node.value):
        found = rdflib.Literal(node.value, datatype=datatype, normalize=False)
        if not found.ill_typed:
            return found
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return _IllTyped(node.value, datatype=datatype, normalize=False)
