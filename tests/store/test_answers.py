"""Answers as people want them: columns in the query's order, each triple once, XML that parses."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from lxml import etree
from pyoxigraph import Quad, RdfFormat, Store, parse

from kg.errors import OutputError
from kg.networks.query import query_network
from kg.sparql.text import in_written_order
from kg.store.local import Graph

if TYPE_CHECKING:
    from collections.abc import Iterable

PEOPLE = """@prefix e: <http://ex.org/> .
e:a e:knows e:b ; e:name "A"@en , "B"@ar , "C"@fr .
e:d e:knows e:a ."""
PREFIX = "PREFIX e: <http://ex.org/> "


def graph(turtle: str = PEOPLE) -> Graph:
    store = Store()
    quads: Iterable[Quad] = parse(turtle, format=RdfFormat.TURTLE)
    store.extend(quads)
    return Graph(store)


def written(text: str, name: str, source: Graph | None = None) -> str:
    stream = io.BytesIO()
    (source or graph()).write(PREFIX + text, name, stream)
    return stream.getvalue().decode()


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("SELECT * { ?who e:knows ?friend }", ["who", "friend"]),
        ("select distinct * { ?z e:knows $b . ?b e:name ?a }", ["z", "b", "a"]),
        ("SELECT # * {\n * WHERE { BIND(1 AS ?y) ?x e:knows ?a }", ["y", "x", "a"]),
        ("SELECT ?b ?a { ?a e:knows ?b }", ["b", "a"]),
        ("SELECT (2*3 AS ?n) ?a { ?a e:knows ?b }", ["n", "a"]),
        # Within braces ?hidden cannot be seen, and the inner star is not the outer one.
        ("SELECT * { { SELECT ?z ?c { ?z e:knows ?c ; e:name ?hidden } } }", ["z", "c"]),
        ("SELECT ?b { { SELECT * { ?z e:knows ?b } } }", ["b"]),
        ("SELECT * { ?who e:knows ?f MINUS { ?who e:name ?aa } }", ["who", "f"]),
    ],
)
def test_columns_stand_as_the_query_has_them(text: str, columns: list[str]) -> None:
    assert list(graph().sparql(PREFIX + text).columns) == columns  # type: ignore[union-attr]
    assert written(text, "csv").splitlines()[0] == ",".join(columns)
    assert written(text, "tsv").splitlines()[0] == "\t".join(f"?{name}" for name in columns)


def test_a_query_without_a_star_is_left_as_it_is() -> None:
    for text in ("SELECT ?a { ?a a ?b }", "CONSTRUCT WHERE { ?a e:p* ?b }", "ASK { ?a ?b ?c }"):
        assert in_written_order(text, ["b", "a"]) == text


def test_a_network_of_a_star_goes_from_the_first_to_the_second() -> None:
    network = query_network(PREFIX + "SELECT * { ?who e:knows ?friend }", graph())
    assert set(network.edges()) == {
        ("http://ex.org/a", "http://ex.org/b"),
        ("http://ex.org/d", "http://ex.org/a"),
    }


CONSTRUCTS = {
    "by an OPTIONAL with three solutions": (
        "CONSTRUCT { ?x e:knows ?y } { ?x e:knows ?y OPTIONAL { ?x e:name ?n } }", 2,
    ),
    "by a UNION of the same": (
        "CONSTRUCT { ?x e:knows ?y } { { ?x e:knows ?y } UNION { ?x e:knows ?y } }", 2,
    ),
    "by a variable that is not in it": ("CONSTRUCT { e:x e:knows e:y } { ?x e:name ?n }", 1),
}  # fmt: skip


@pytest.mark.parametrize("kind", CONSTRUCTS)
def test_a_triple_that_is_made_twice_is_there_once(kind: str) -> None:
    text, count = CONSTRUCTS[kind]
    for name, rdf_format in (
        ("nt", RdfFormat.N_TRIPLES),
        ("ttl", RdfFormat.TURTLE),
        ("jsonld", RdfFormat.JSON_LD),
        ("rdf", RdfFormat.RDF_XML),
    ):
        assert len(list(parse(written(text, name), format=rdf_format))) == count, name
    network = query_network(PREFIX + text, graph())
    assert [data["weight"] for _, _, data in network.edges(data=True)] == [1] * count


@pytest.mark.parametrize("code", [0x00, 0x08, 0x0B, 0x0C, 0x1F, 0xFFFE, 0xFFFF])
def test_what_xml_cannot_hold_is_refused_in_every_form_of_xml(code: int) -> None:
    source = graph(f'<urn:a> <urn:p> "before \\u{code:04X} after" .')
    select, construct = "SELECT ?o { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"
    for text, name in ((select, "xml"), (construct, "rdf")):
        with pytest.raises(OutputError, match=f"U\\+{code:04X}"):
            written(text, name, source)
    with pytest.raises(OutputError, match=f"U\\+{code:04X}"):
        source.sparql(select).serialize("xml")
    for text, name in ((select, "csv"), (select, "json"), (construct, "nt"), (construct, "ttl")):
        assert written(text, name, source)


@pytest.mark.parametrize("words", ["tab\\tand\\nline\\rend", "\\u0085 \\u2028 & < > ]]>", "قال 😀"])
def test_what_xml_can_hold_is_written(words: str) -> None:
    source = graph(f'<urn:a> <urn:p> "{words}" .')
    xml = written("SELECT ?o { ?s ?p ?o }", "xml", source)
    assert etree.fromstring(xml.encode()) is not None
