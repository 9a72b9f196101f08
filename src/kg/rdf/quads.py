"""Building quads: literals, serialization, and a collector for one named graph."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, serialize

from kg.rdf.iris import term
from kg.rdf.json_ld import json_ld
from kg.rdf.prefixes import prefixes_for
from kg.rdf.turtle import turtle

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from pyoxigraph import Triple


__all__ = ["QuadSink", "boolean", "date", "decimal", "integer", "serialized", "text"]

_NO_MORE: Final[Mapping[str, str]] = {}
_TYPE = term("rdf:type")
# Oxigraph's xsd:decimal has 128 bits with 18 fractional digits; larger values overflow.
_LARGEST_DECIMAL = 10**18
_MOST_FRACTION_DIGITS = 18


def text(value: str, language: str | None = None) -> Literal:
    """Return a plain or a language-tagged string."""
    return Literal(value, language=language) if language else Literal(value)


def boolean(value: bool) -> Literal:
    """Return an ``xsd:boolean``."""
    return Literal("true" if value else "false", datatype=term("xsd:boolean"))


def date(value: str) -> Literal:
    """Return an ``xsd:date``."""
    return Literal(value, datatype=term("xsd:date"))


def integer(value: int) -> Literal:
    """Return an ``xsd:nonNegativeInteger``."""
    return Literal(str(value), datatype=term("xsd:nonNegativeInteger"))


def decimal(value: Decimal) -> Literal:
    """Return an ``xsd:decimal``, or an ``xsd:double`` if SPARQL's decimals cannot hold it."""
    if not value:
        return Literal("0", datatype=term("xsd:decimal"))
    if abs(value) < _LARGEST_DECIMAL and value.adjusted() >= -_MOST_FRACTION_DIGITS:
        plain = format(value, "f")
        if "." in plain:
            plain = plain.rstrip("0").rstrip(".")
        return Literal(plain, datatype=term("xsd:decimal"))
    mantissa, _, exponent = f"{value:.15E}".partition("E")
    mantissa = mantissa.rstrip("0")
    mantissa += "0" if mantissa.endswith(".") else ""
    return Literal(f"{mantissa}E{int(exponent)}", datatype=term("xsd:double"))


def serialized(
    items: Iterable[Quad] | Iterable[Triple],
    rdf_format: RdfFormat,
    more: Mapping[str, str] = _NO_MORE,
) -> bytes:
    """Serialize quads or triples in the given order, with those prefixes that they use.

    :param more: prefixes beside ours, with their namespaces.
    :raises OutputError: JSON-LD has no way to write a triple term of RDF 1.2.
    """
    buffer = io.BytesIO()
    content = cast("list[Quad]", list(items))
    if rdf_format in {RdfFormat.TURTLE, RdfFormat.TRIG}:
        return turtle(content, prefixes_for(content, more))
    if rdf_format == RdfFormat.JSON_LD:
        return json_ld(content)
    prefixes = prefixes_for(content, more) if rdf_format == RdfFormat.RDF_XML else None
    serialize(content, buffer, format=rdf_format, prefixes=prefixes)
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class QuadSink:
    """Collects the quads of one named graph, without duplicates."""

    graph: NamedNode
    quads: set[Quad] = field(default_factory=set, repr=False)

    def add(self, subject: NamedNode, predicate: str, value: NamedNode | Literal | None) -> None:
        """Add a quad; the predicate is a prefixed name, and ``None`` as value adds nothing."""
        if value is not None:
            self.quads.add(Quad(subject, term(predicate), value, self.graph))

    def add_types(self, subject: NamedNode, *types: NamedNode) -> None:
        """Add the classes of a resource."""
        for one in types:
            self.quads.add(Quad(subject, _TYPE, one, self.graph))
