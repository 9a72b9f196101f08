"""Results of queries as values, and the formats that each kind of answer has."""

from __future__ import annotations

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, RdfFormat, Triple

from kg.errors import OutputError, QueryError
from kg.rdf.iris import PREFIXES
from kg.sparql.results import (
    Table,
    Triples,
    answer_format,
    plain,
    refuse_what_xml_cannot_hold,
)

XSD = PREFIXES["xsd"]
S, P = NamedNode("urn:s"), NamedNode("http://example.org/p")
JSON = b"""{"head": {"vars": ["a", "b"]}, "results": {"bindings": [
 {"a": {"type": "uri", "value": "urn:s"}, "b": {"type": "literal", "value": "3",
  "datatype": "http://www.w3.org/2001/XMLSchema#integer"}},
 {"b": {"type": "literal", "value": "x", "xml:lang": "en"}}]}}"""


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (None, None),
        (S, "urn:s"),
        (BlankNode("b"), "_:b"),
        (Literal("12", datatype=NamedNode(f"{XSD}integer")), 12),
        (Literal("1.5", datatype=NamedNode(f"{XSD}decimal")), 1.5),
        (Literal("many", datatype=NamedNode(f"{XSD}integer")), "many"),
        (Literal("1", datatype=NamedNode(f"{XSD}boolean")), True),
        (Literal("2003", datatype=NamedNode(f"{XSD}gYear")), "2003"),
        (Literal("نعم", language="ar"), "نعم"),
    ],
)
def test_terms_as_python_values(term: object, value: object) -> None:
    found = plain(term)  # type: ignore[arg-type]
    assert (type(found), found) == (type(value), value)


def test_a_table_of_json() -> None:
    table = Table.from_json(JSON)
    assert table.columns == ("a", "b")
    assert table.dicts() == [{"a": "urn:s", "b": 3}, {"a": None, "b": "x"}]
    assert table.serialize("tsv") == b'?a\t?b\n<urn:s>\t3\n\t"x"@en\n'
    assert Table.from_json(b'{"head":{},"boolean":false}').boolean is False


def test_each_kind_of_answer_has_its_formats() -> None:
    assert answer_format("csv", triples=False) == QueryResultsFormat.CSV
    assert answer_format("nt", triples=True) == RdfFormat.N_TRIPLES
    with pytest.raises(QueryError, match="is triples, which cannot be written as 'csv'; use ttl"):
        answer_format("csv", triples=True)
    with pytest.raises(QueryError, match="is a table, which cannot be written as 'nt'; use csv"):
        answer_format("nt", triples=False)


def test_what_rdf_xml_cannot_hold_is_refused() -> None:
    refuse_what_xml_cannot_hold(Triple(S, P, Literal("fine")))
    with pytest.raises(OutputError, match="does not end in an XML name"):
        refuse_what_xml_cannot_hold(Triple(S, NamedNode("urn:1"), S))
    with pytest.raises(OutputError, match=r"contains U\+0001"):
        Triples((Triple(S, P, Literal("\x01")),)).serialize("rdf")
