"""Prefixes and forms of queries, whatever stands around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import QuerySyntaxError
from kg.rdf.iris import PREFIXES
from kg.sparql.prologue import query_form, with_prefixes

QAWL = "PREFIX qawl: <https://w3id.org/qawl/ontology#> "
SKOS = "PREFIX skos: <http://www.w3.org/2004/02/skos/core#> "


@pytest.mark.parametrize(
    ("text", "added"),
    [
        ("ASK { ?s a qawl:Claim }", QAWL),
        ("ASK { ?s a qawl:Claim ; skos:prefLabel ?l }", QAWL + SKOS),
        ("ASK{?s qawl:answers/skos:prefLabel|^qawl:partClaim ?l}", QAWL + SKOS),
        ("PREFIX qawl: <http://example.org/> ASK { ?s a qawl:Claim }", ""),
        ("prefix qawl:<http://example.org/> ASK { ?s a qawl:Claim ; skos:note 1 }", SKOS),
        ("# PREFIX qawl: <http://example.org/>\nASK { ?s a qawl:Claim }", QAWL),
        ("ASK { ?s a <https://example.org/qawl:Claim> }", ""),
        ('ASK { ?s ?p "qawl:Claim", \'skos:x\', """a "quoted" qawl:x""" }', ""),
        ("ASK { ?s ?p 'it is # no comment', qawl:Claim }", QAWL),
        ("ASK { ?s a other:Claim, :Claim, _:blank }", ""),
        ("ASK { ?s ?p 'x'^^xsd:date }", "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "),
        ("BASE <http://example.org/>\nASK { ?qawl ?p 3 FILTER(?qawl<3 && ?p>qawl:x) }", QAWL),
    ],
)
def test_prefixes_that_are_used_and_not_declared_are_declared(text: str, added: str) -> None:
    assert with_prefixes(text) == added + text


def test_what_is_declared_stays_so() -> None:
    once = with_prefixes("ASK { ?s a qawl:Claim ; skos:note 1 }")
    assert with_prefixes(once) == once


def test_the_lines_that_a_server_may_complain_of_stay_the_same() -> None:
    text = "SELECT *\nWHERE {\n  ?s a qawl:Claim\n"
    assert with_prefixes(text).splitlines()[1:] == text.splitlines()[1:]


@given(st.sets(st.sampled_from(sorted(PREFIXES))))
def test_each_of_our_prefixes_is_known(names: set[str]) -> None:
    text = "ASK { " + " ".join(f"?s ?p {name}:x ." for name in sorted(names)) + " }"
    added = with_prefixes(text).removesuffix(text)
    assert added == "".join(f"PREFIX {name}: <{PREFIXES[name]}> " for name in sorted(names))


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("SELECT * { }", "SELECT"),
        ("ask{}", "ASK"),
        ("# SELECT\nPREFIX select: <http://example.org/ASK>\nCoNsTrUcT WHERE { }", "CONSTRUCT"),
        ("BASE <http://x/SELECT> DESCRIBE <a>", "DESCRIBE"),
        ("ASK { ?select ?p 'DESCRIBE' }", "ASK"),
    ],
)
def test_the_form_is_the_first_word_that_is_one(text: str, form: str) -> None:
    assert query_form(text) == form


@pytest.mark.parametrize("text", ["", "INSERT DATA { }", "# SELECT", "'ASK'", "?select", "<ASK>"])
def test_what_is_no_query_is_refused(text: str) -> None:
    with pytest.raises(QuerySyntaxError, match="has no SELECT, ASK, CONSTRUCT or DESCRIBE"):
        query_form(text)


@given(st.text())
def test_any_text_is_read_to_its_end(text: str) -> None:
    assert with_prefixes(text).endswith(text)
