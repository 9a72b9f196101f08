"""Values of parameters become terms of SPARQL, and nothing but terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, NamedNode

from kg.errors import ParameterError
from kg.sparql.parameters import bind
from kg.sparql.results import Table
from kg.sparql.rq_file import load_rq

if TYPE_CHECKING:
    from pathlib import Path

    from kg.sparql.rq_file import RqFile

HEADER = """#+ {"title": {"en": "Q", "ar": "س"}, "description": {"en": "d", "ar": "و"},
#+  "parameters": {"value": {"type": "TYPE"}}}
SELECT * { VALUES ?value { UNDEF } }
"""


def question(folder: Path, kind: str) -> RqFile:
    path = folder / "question.rq"
    path.write_text(HEADER.replace("TYPE", kind), encoding="utf-8")
    return load_rq(path)


def nothing(_: str) -> Table:
    return Table((), (), boolean=False)


@pytest.mark.parametrize(
    ("kind", "value", "written"),
    [
        ("integer", "012", '"12"^^<http://www.w3.org/2001/XMLSchema#integer>'),
        ("decimal", "1.50", '"1.50"^^<http://www.w3.org/2001/XMLSchema#decimal>'),
        ("date", "2010-08-31", '"2010-08-31"^^<http://www.w3.org/2001/XMLSchema#date>'),
        ("boolean", "Yes", '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>'),
        ("string", 'a " } b', '"a \\" } b"'),
        ("resource", ("urn:a", "urn:b"), "<urn:a> <urn:b>"),
    ],
)
def test_values_of_each_type(tmp_path: Path, kind: str, value: object, written: str) -> None:
    text = bind(question(tmp_path, kind), {"value": value}, nothing)
    assert text.endswith(f"SELECT * {{ VALUES ?value {{ {written} }} }}\n")


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        ("integer", "1.5", "'1.5' is not a whole number"),
        ("decimal", "NaN", "'NaN' is not a number such as"),
        ("date", "2010-02-30", "is not a date such as"),
        ("boolean", "maybe", "is not true or false"),
        ("words", "،", "'،' has no letters or digits to search for"),
        ("resource", "no iri", "'no iri' is not an absolute IRI"),
        ("actor", "https://example.org/x", "there is no actor <https://example.org/x>"),
        ("string", " ", "expected 1 to"),
    ],
)
def test_what_is_no_value_is_refused(tmp_path: Path, kind: str, value: str, message: str) -> None:
    with pytest.raises(ParameterError, match=message):
        bind(question(tmp_path, kind), {"value": value}, nothing)


def test_unknown_parameters_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ParameterError, match="has no parameter 'other'; it has value"):
        bind(question(tmp_path, "string"), {"other": "x"}, nothing)


def test_what_is_not_given_restricts_nothing(tmp_path: Path) -> None:
    asked = question(tmp_path, "string")
    assert bind(asked, {"value": None}, nothing) == asked.text


@pytest.mark.parametrize(
    ("value", "known", "written"),
    [
        ("العِـراق", set(), "عراق"),
        ("للعراق", {"عراق"}, "عراق"),
        ("ولبوش الابن", {"بوش"}, "بوش ابن"),
        ("ولبوش", {"لبوش"}, "لبوش"),
        ("وزير", {"وزير"}, "وزير"),
        ("البنوك", {"نوك"}, "بنوك"),
    ],
)
def test_a_proclitic_is_dropped_before_a_word_of_the_graph(
    tmp_path: Path, value: str, known: set[str], written: str
) -> None:
    def ask(text: str) -> Table:
        return Table((), (), boolean=any(f'" {one} "' in text for one in known))

    text = bind(question(tmp_path, "words"), {"value": value}, ask)
    assert f'VALUES ?value {{ "{written}" }}' in text


def test_a_name_is_known_in_other_spellings(tmp_path: Path) -> None:
    table = Table(("node", "name"), ((NamedNode("urn:iraq"), Literal("العراق")),))
    text = bind(question(tmp_path, "place"), {"value": "العـِراق"}, lambda _: table)
    assert "VALUES ?value { <urn:iraq> }" in text
