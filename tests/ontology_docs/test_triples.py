"""Turtle as an index in document order, and how things in it are called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from ontology_turtle import EXAMPLE, GIVEN, QAWL, index, names
from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import AuthorityError
from kg.ontology_docs.load import load_ontology_docs
from kg.ontology_docs.model import Token
from kg.ontology_docs.names import Names, keyword, listed, text
from kg.ontology_docs.pages import document_page, term_fragment
from kg.ontology_docs.triples import load_triples
from kg.rdf.iris import term

if TYPE_CHECKING:
    from pathlib import Path


def test_values_keep_the_order_of_the_file() -> None:
    found = index(':Given rdfs:seeAlso :b, :a ; rdfs:label "x"@en, "س"@ar, "y" .')
    assert found.iris(GIVEN, "rdfs:seeAlso") == (f"{EXAMPLE}b", f"{EXAMPLE}a")
    texts = found.texts(GIVEN, "rdfs:label")
    assert (texts.en, texts.ar) == (("x", "y"), ("س",))
    assert found.text(GIVEN, "rdfs:label") == "x"
    assert found.text(GIVEN, "rdfs:comment") == ""
    assert found.subjects("rdfs:seeAlso", NamedNode(f"{EXAMPLE}a")) == (GIVEN,)


def test_a_list_that_bites_its_tail_ends() -> None:
    rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
    found = index(f"_:a <{rdf}first> 1 ; <{rdf}rest> _:a . :Given rdfs:seeAlso _:a .")
    (head,) = found.objects(GIVEN, "rdfs:seeAlso")
    assert len(found.members(head)) == 1
    assert found.is_list(head)


def test_what_is_not_turtle_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text("<urn:a> <urn:b> 1 .\n<urn:a <urn:b> 1 .\n", encoding="utf-8")
    with pytest.raises(AuthorityError, match=r"a\.ttl:2\b.*is not Turtle"):
        load_triples([path])


@pytest.mark.parametrize(
    ("node", "shown"),
    [
        (NamedNode(f"{EXAMPLE}x"), Token(":x", f"{EXAMPLE}x")),
        (NamedNode(f"{QAWL}Claim"), Token("Claim", f"{QAWL}Claim")),
        (NamedNode("http://nowhere.example/x"),
         Token("<http://nowhere.example/x>", "http://nowhere.example/x")),
        (Literal("3", datatype=term("xsd:integer")), Token("3", kind="code")),
        (Literal('a"b', language="en"), Token('"a\\"b"@en', kind="code")),
        (BlankNode("b"), Token("[]", kind="code")),
    ],
)  # fmt: skip
def test_a_node_in_a_line(node: NamedNode | Literal | BlankNode, shown: Token) -> None:
    assert names().token(node) == shown


def test_prefixes_are_those_that_were_used_ours_first() -> None:
    found = Names({"zz": "http://zz.example/", "aa": "http://aa.example/"})
    for iri in ("http://zz.example/x", f"{QAWL}Claim"):
        found.prefixed(iri)
    assert list(found.prefixes) == ["qawl", "zz"]


def test_lines_are_joined_by_a_separator() -> None:
    joined = listed([(text("a"),), (text("b"),)], keyword(" or "))
    assert [(one.text, one.kind) for one in joined] == [
        ("a", "text"), (" or ", "keyword"), ("b", "text"),
    ]  # fmt: skip
    assert listed([], keyword(" or ")) == ()


def test_a_term_stands_in_a_page_and_in_a_fragment() -> None:
    docs = load_ontology_docs()
    page = document_page(docs, docs.iri, str, stylesheet="x.css", language="ar")
    assert 'id="Claim"' in page
    fragment = term_fragment(docs, f"{QAWL}Claim", str)
    assert fragment.lstrip().startswith("<section")
    assert "<html" not in fragment
    with pytest.raises(AuthorityError, match="neither a term nor a concept"):
        term_fragment(docs, f"{QAWL}Nothing", str)
