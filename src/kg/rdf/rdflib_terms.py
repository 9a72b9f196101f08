"""Terms converted between pyoxigraph and rdflib. Import this late: it imports rdflib."""

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
# XML Schema's syntax. Python accepts more: Arabic digits, 1_000, NaN as a decimal, 2024-W01-1.
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
    """A literal outside its datatype's lexical space, such as ``"2024-13-45"^^xsd:date``.

    It cannot be ordered. rdflib's own class raises a TypeError when it is compared, which would
    abort the validation instead of reporting the literal.
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
        """Return true, even if rdflib accepts it, as it does ``"perhaps"^^xsd:boolean``."""
        return True

    @property
    def value(self) -> None:
        """Return ``None``: the literal has no value."""
        return

    __hash__ = rdflib.Literal.__hash__


@contextmanager
def quiet_about_literals() -> Iterator[None]:
    """Keep rdflib from logging a traceback for every ill-typed literal."""
    logger = logging.getLogger("rdflib.term")

    def quiet(record: logging.LogRecord) -> bool:
        return not str(record.msg).startswith("Failed to convert Literal")

    logger.addFilter(quiet)
    try:
        yield
    finally:
        logger.removeFilter(quiet)


class Terms:
    """Converts terms to rdflib and returns the original terms on the way back."""

    def __init__(self) -> None:
        self._there: dict[Any, Any] = {}
        self._back: dict[Any, Any] = {}

    def graph(self, triples: Iterable[Triple]) -> rdflib.Graph:
        """Return triples as an rdflib graph.

        :raises ShapesError: a term uses RDF 1.2.
        """
        graph = rdflib.Graph(bind_namespaces="none")
        there = self.there
        for triple in triples:
            graph.add((there(triple.subject), there(triple.predicate), there(triple.object)))
        return graph

    def there(self, node: Any) -> Any:
        """Return a pyoxigraph term as an rdflib term."""
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
                f"{node}: is RDF 1.2, which SHACL does not cover; validate the RDF 1.1 form"
            )
        self._there[node] = found
        self._back[found] = node
        return found

    def back(self, node: Any) -> Any:
        """Return an rdflib term as a pyoxigraph term."""
        if (known := self._back.get(node)) is not None:
            return known
        if isinstance(node, rdflib.Literal):  # computed by a query
            datatype = None if node.datatype is None else NamedNode(str(node.datatype))
            return Literal(str(node), datatype=datatype, language=node.language)
        return BlankNode(str(node)) if isinstance(node, rdflib.BNode) else NamedNode(str(node))


def _literal(node: Literal) -> rdflib.Literal:
    if node.language is not None:
        return rdflib.Literal(node.value, lang=node.language)
    if node.datatype == _XSD_STRING:
        return rdflib.Literal(node.value)
    # Not normalized: a report shows literals as written.
    datatype = rdflib.URIRef(node.datatype.value)
    lexical = _LEXICAL.get(node.datatype.value.removeprefix(_XSD))
    if lexical is None or lexical.fullmatch(node.value):
        found = rdflib.Literal(node.value, datatype=datatype, normalize=False)
        if not found.ill_typed:
            return found
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        return _IllTyped(node.value, datatype=datatype, normalize=False)
