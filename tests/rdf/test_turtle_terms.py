"""Strings, numbers and names as Turtle writes them, read back by two parsers."""

from __future__ import annotations

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.rdf.iris import term
from kg.rdf.turtle_terms import is_bare, is_local_name, shows_datatype, string

AWKWARD = st.text(
    st.sampled_from('a"\\\n\r\t\0\x1f\x7f\x85\u2028\u200fق𐀀') | st.characters(codec="utf-8")
)


@given(AWKWARD | AWKWARD.map(lambda text: f"{text}\n{text}" * 60))
def test_a_string_is_read_back_as_it_was(value: str) -> None:
    document = f"<http://e/a> <http://e/b> {string(value)} ."
    (quad,) = parse(document, format=RdfFormat.TURTLE)
    assert quad.object == Literal(value)
    ((_, _, found),) = rdflib.Graph().parse(data=document, format="turtle")
    assert str(found) == value


def test_only_a_long_string_of_several_lines_keeps_its_lines() -> None:
    line = "x" * 60
    assert string(f"{line}\n{line}") == f'"""{line}\n{line}"""'
    assert string(f"{line}{line}\n") == f'"{line}{line}\\n"'
    assert string("one\ntwo") == '"one\\ntwo"'
    assert string(f'"{line}"\n"{line}"') == f'""""{line}"\n"{line}\\""""'


@pytest.mark.parametrize(
    ("value", "datatype", "bare"),
    [
        ("12", "integer", True),
        ("-3", "integer", True),
        ("0.95", "decimal", True),
        ("1.5E30", "double", True),
        ("true", "boolean", True),
        # Without quotation marks these would be of another type, or nothing at all.
        ("4487", "decimal", False),
        ("12.", "decimal", False),
        ("12", "double", False),
        ("12", "nonNegativeInteger", False),
        ("1", "boolean", False),
        ("NaN", "double", False),
        (" 1", "integer", False),
        ("١٢", "integer", False),
    ],
)
def test_numbers_are_bare_where_that_says_the_same(value: str, datatype: str, bare: bool) -> None:
    literal = Literal(value, datatype=term(f"xsd:{datatype}"))
    assert is_bare(literal) == bare
    assert shows_datatype(literal) != bare
    if bare:
        (quad,) = parse(f"<http://e/a> <http://e/b> {value} .", format=RdfFormat.TURTLE)
        assert quad.object == literal


def test_strings_and_texts_in_a_language_show_no_datatype() -> None:
    assert not shows_datatype(Literal("a"))
    assert not shows_datatype(Literal("a", language="en"))


@given(st.text(st.characters(codec="utf-8"), max_size=4))
def test_a_local_name_is_one_that_both_parsers_take(local: str) -> None:
    if not is_local_name(local):
        return
    document = f"@prefix n: <http://e/> . <http://e/a> <http://e/b> n:{local} ."
    (quad,) = parse(document, format=RdfFormat.TURTLE)
    assert quad.object == NamedNode(f"http://e/{local}")
    ((_, _, found),) = rdflib.Graph().parse(data=document, format="turtle")
    assert str(found) == f"http://e/{local}"


@pytest.mark.parametrize("local", ["a/b", "a.", ".a", "-a", "a?b", "a b", "a:b", "a%20b", "×", "²"])
def test_other_names_would_need_an_escape_or_are_none(local: str) -> None:
    assert not is_local_name(local)
