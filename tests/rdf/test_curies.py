"""Prefixed names: the longest namespace is taken, and names lead back to their IRIs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.rdf.curies import OURS, Namespaces, expand, shorten
from kg.rdf.iris import PREFIXES


@given(st.sampled_from(sorted(PREFIXES)), st.from_regex(r"[a-zA-Z][\w-]{0,12}", fullmatch=True))
def test_names_lead_back_to_their_iris(prefix: str, local: str) -> None:
    iri = PREFIXES[prefix] + local
    assert OURS.split(iri) == (prefix, local)
    assert shorten(iri) == OURS.name(iri) == f"{prefix}:{local}"
    assert expand(shorten(iri)) == iri


@pytest.mark.parametrize("iri", ["https://example.org/x", "urn:isbn:9", ""])
def test_other_iris_stay_as_they_are(iri: str) -> None:
    assert OURS.split(iri) is None
    assert shorten(iri) == iri
    assert OURS.name(iri) == f"<{iri}>"


@pytest.mark.parametrize(
    ("local", "plain"),
    [("flood/curated/toll", True), ("", True), ("a.b", True), ("a.", False), ("a?b", False)],
)
def test_names_that_would_need_escapes_are_written_as_iris(local: str, plain: bool) -> None:
    iri = PREFIXES["claim"] + local
    assert OURS.name(iri) == (f"claim:{local}" if plain else f"<{iri}>")


def test_the_longest_namespace_is_taken() -> None:
    namespaces = Namespaces({"a": "http://e/", "b": "http://e/b/", "c": "http://e/b#"})
    assert namespaces.split("http://e/b/x") == ("b", "x")
    assert namespaces.split("http://e/b#x") == ("c", "x")
    assert namespaces.split("http://e/x") == ("a", "x")


@pytest.mark.parametrize("text", ["tony-blair", "unknown:x", "", "12:30"])
def test_what_is_neither_a_name_nor_an_iri_stands_for_nothing(text: str) -> None:
    assert expand(text) is None


def test_an_iri_stands_for_itself() -> None:
    assert expand("http://example.org/x") == "http://example.org/x"


def test_iris_are_shortened_with_the_longest_prefix() -> None:
    assert shorten("https://w3id.org/qawl/vocab/speech-act/deny") == "speechact:deny"
    assert shorten("https://example.org/x") == "https://example.org/x"
