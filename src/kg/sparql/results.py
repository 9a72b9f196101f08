"""Query results: immutable, and convertible to Python values, data frames and W3C formats."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse_query_results,
)

from kg.errors import OutputError, QueryError
from kg.rdf.iris import PREFIXES
from kg.rdf.quads import serialized

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pandas
    import rdflib

__all__ = [
    "GRAPH_FORMATS",
    "TABLE_FORMATS",
    "Table",
    "Term",
    "Triples",
    "answer_format",
    "plain",
    "refuse_what_xml_cannot_hold",
]

Term = NamedNode | BlankNode | Literal | Triple

#: Formats of SELECT and ASK results, by name.
TABLE_FORMATS: Final = {
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
}
#: Formats of CONSTRUCT and DESCRIBE results, by name.
GRAPH_FORMATS: Final = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}


def answer_format(name: str, *, triples: bool) -> Any:
    """Return a result format by name.

    :param triples: whether the result is triples; otherwise it is a table.
    :raises QueryError: this kind of result has no such format.
    """
    formats: Mapping[str, Any] = GRAPH_FORMATS if triples else TABLE_FORMATS
    if name not in formats:
        raise QueryError(
            f"the result is {'triples' if triples else 'a table'}, which cannot be written as "
            f"{name!r}; use {', '.join(formats)}"
        )
    return formats[name]


_XML_NAME_AT_END: Final = re.compile(r"[^\W\d][\w.-]*$")
_NO_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_XSD: Final = PREFIXES["xsd"]
_INTEGERS: Final = frozenset(
    _XSD + name for name in ("integer", "nonNegativeInteger", "positiveInteger", "long", "int")
)
_NUMBERS: Final = frozenset(_XSD + name for name in ("decimal", "double", "float"))


def plain(term: Term | None) -> str | int | float | bool | None:
    """Return a term as a plain Python value; an IRI becomes a string."""
    if term is None or isinstance(term, NamedNode):
        return None if term is None else term.value
    if not isinstance(term, Literal):
        return str(term)
    kind = term.datatype.value
    try:
        if kind in _INTEGERS:
            return int(term.value)
        if kind in _NUMBERS:
            return float(term.value)
    except ValueError:  # an ill-typed literal stays a string
        return term.value
    if kind == f"{_XSD}boolean":
        return term.value in {"true", "1"}
    return term.value


@dataclass(frozen=True, slots=True)
class Table:
    """The solutions of a SELECT, or the boolean of an ASK (``columns`` is then empty).

    ``rows`` holds tuples of RDF terms in the order of ``columns``, ``None`` if unbound.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]
    boolean: bool | None = None
    _json: bytes = field(default=b"", repr=False, compare=False)

    @classmethod
    def from_json(cls, payload: bytes) -> Table:
        """Read SPARQL 1.1 Query Results JSON."""
        results = parse_query_results(payload, format=QueryResultsFormat.JSON)
        if isinstance(results, QuerySolutions):
            columns = tuple(variable.value for variable in results.variables)
            rows = tuple(tuple(row[column] for column in columns) for row in results)
            return cls(columns, rows, None, payload)
        return cls((), (), bool(results), payload)

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[tuple[Term | None, ...]]:
        return iter(self.rows)

    def dicts(self) -> list[dict[str, str | int | float | bool | None]]:
        """Return a dict of plain Python values for each row."""
        return [dict(zip(self.columns, map(plain, row), strict=True)) for row in self.rows]

    def dataframe(self) -> pandas.DataFrame:
        """Return a pandas data frame; requires the extra ``qawl[pandas]``."""
        import pandas

        return pandas.DataFrame(self.dicts(), columns=list(self.columns))

    def serialize(self, name: str) -> bytes:
        """Return the table in a W3C results format: csv, tsv, json or xml.

        :raises OutputError: there is no such format, or XML cannot represent a character of a
            literal.
        """
        if name not in TABLE_FORMATS:
            raise OutputError(
                f"a table cannot be written as {name!r}; use {', '.join(TABLE_FORMATS)}"
            )
        if name == "xml":
            for number, row in enumerate(self.rows, 1):
                for column, term in zip(self.columns, row, strict=True):
                    _refuse_control(term, f"row {number}, ?{column}", "csv, tsv or json")
        results = parse_query_results(self._json, format=QueryResultsFormat.JSON)
        payload = results.serialize(format=TABLE_FORMATS[name])
        return bytes(payload or b"")


def refuse_what_xml_cannot_hold(triple: Triple) -> None:
    """Refuse a triple that RDF/XML cannot represent.

    :raises OutputError: the predicate does not end in an XML name, or the literal has a character
        that XML cannot represent.
    """
    if not _XML_NAME_AT_END.search(triple.predicate.value):
        raise OutputError(
            f"{triple.predicate}: does not end in an XML name, so RDF/XML cannot represent it; "
            "use ttl, nt or jsonld"
        )
    _refuse_control(triple.object, f"{triple.subject} {triple.predicate}", "ttl, nt or jsonld")


def _refuse_control(term: Term | None, place: str, others: str) -> None:
    if isinstance(term, Literal) and (found := _NO_XML.search(term.value)):
        raise OutputError(
            f"{place}: contains U+{ord(found[0]):04X}, which XML cannot represent; use {others}"
        )


@dataclass(frozen=True, slots=True)
class Triples:
    """The triples of a CONSTRUCT or DESCRIBE, sorted and without duplicates."""

    triples: tuple[Triple, ...]

    def __len__(self) -> int:
        return len(self.triples)

    def __iter__(self) -> Iterator[Triple]:
        return iter(self.triples)

    def serialize(self, name: str) -> bytes:
        """Return the triples in an RDF format: ttl, nt, rdf or jsonld.

        :raises OutputError: there is no such format.
        """
        if name not in GRAPH_FORMATS:
            raise OutputError(
                f"triples cannot be written as {name!r}; use {', '.join(GRAPH_FORMATS)}"
            )
        if name == "rdf":
            for one in self.triples:
                refuse_what_xml_cannot_hold(one)
        return serialized(self.triples, GRAPH_FORMATS[name])

    def rdflib(self) -> rdflib.Graph:
        """Return the triples as an rdflib graph."""
        import rdflib

        graph = rdflib.Graph()
        graph.parse(data=self.serialize("nt"), format="nt")
        return graph
