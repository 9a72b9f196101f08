"""Fields of forms, and the values that a graph knows for them."""

from __future__ import annotations

import json

import pytest
from web_parts import SITE, small_graph

from kg.sparql.rq_file import Parameter
from kg.store.local import open_graph
from kg.store.queryable import named_question, named_questions
from kg.web.pages.fields import Option, default_of, field_of
from kg.web.pages.known_values import KINDS, known_values
from kg.web.pages.terms import terms_document
from kg.web.pages.tools import tools_data


def parameter(kind: str, values: tuple[str, ...] = ()) -> Parameter:
    return Parameter("date_from", kind, None, {"en": "…", "ar": "…"}, values)  # type: ignore[arg-type]


def test_known_values_have_labels_of_the_language() -> None:
    store = small_graph().store
    # The data does not say that an outlet is an actor.
    assert known_values(store, "actor", "ar") == ()
    graph = open_graph()
    actors = {
        one.iri.rpartition("/")[2]: one.label for one in known_values(graph.store, "actor", "ar")
    }
    assert actors["tony-blair"] == "توني بلير"
    measures = known_values(graph.store, "measure", "en")
    assert {one.iri.rpartition("/")[2] for one in measures} >= {"deaths", "cost"}
    assert len({one.iri for one in measures}) == len(measures)
    assert known_values(graph.store, "string", "en") == ()


def test_a_few_values_are_chosen_and_many_are_suggested() -> None:
    store = open_graph().store
    place = field_of(parameter("place"), "", store, "en")
    assert place.closed
    assert Option("baghdad", "Baghdad") in place.options
    assert not field_of(parameter("place"), "Bagdad", store, "en").closed, "it would be lost"
    claim = field_of(parameter("claim"), "", store, "en")
    assert not claim.closed
    assert len(claim.options) > 100


def test_a_field_has_its_kind_of_input() -> None:
    store = small_graph().store
    date = field_of(parameter("date"), "2003-01-01", store, "en")
    assert (date.name, date.input, date.value, date.options) == (
        "date-from",
        "date",
        "2003-01-01",
        (),
    )
    assert field_of(parameter("decimal"), "", store, "en").input == "number"
    listed = field_of(parameter("string", ("a", "b")), "A", store, "en")
    assert listed.closed
    assert listed.options == (Option("a"), Option("b"))
    assert field_of(parameter("boolean"), "", store, "en").options == (
        Option("true"), Option("false"),
    )  # fmt: skip


def test_every_value_of_every_question_has_an_arabic_name() -> None:
    store = open_graph().store
    for question in named_questions():
        for one in question.parameters:
            for option in field_of(one, "", store, "ar").options if one.values else ():
                assert any("\u0600" <= letter <= "\u06ff" for letter in option.label), (
                    question.name,
                    option,
                )
    mode = next(one for one in named_question("who-said").parameters if one.name == "mode")
    assert field_of(mode, "", store, "ar").shown_default.startswith("موسّع")
    assert field_of(mode, "", store, "en").shown_default == "generous"


@pytest.mark.parametrize("name", ["claims", "who-said"])
def test_defaults_are_written_as_a_person_would(name: str) -> None:
    assert not any('"' in default_of(one) for one in named_question(name).parameters)


def test_the_editor_completes_what_the_graph_has() -> None:
    found = json.loads(terms_document(open_graph(), "en").data)
    assert found["prefixes"]["qawl"] == "https://w3id.org/qawl/ontology#"
    properties = {name: (label, count) for name, label, count in found["properties"]}
    assert properties["qawl:gloss"][1] > 100
    assert "qawl:Claim" in {name for name, _, _ in found["classes"]}
    assert ["measure:deaths", "deaths"] in found["concepts"]
    assert ["actor:bbc", "BBC"] in found["resources"]["actor"]
    assert {*found["resources"]} == {*KINDS}


def test_scripts_get_sentences_and_addresses() -> None:
    data = tools_data(SITE, "ar")
    assert data["terms"] == "/qawl/sparql/terms.json?lang=ar"
    assert data["words"]["stop"] == "أوقف"  # type: ignore[index]
