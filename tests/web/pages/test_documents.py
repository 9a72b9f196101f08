"""What pages and documents are made of, from a small graph and without a server."""

from __future__ import annotations

import json
import re

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse
from web_parts import ACTOR, SITE, small_graph

from kg.errors import QuerySyntaxError
from kg.rdf.iris import ID, term
from kg.store.local import Graph
from kg.store.queryable import named_question, named_questions
from kg.web import requests
from kg.web.formats import RDF_FORMATS, RESULT_FORMATS
from kg.web.pages.content import Content, json_document, rdf_document
from kg.web.pages.dispatch import document_for
from kg.web.pages.endpoint import endpoint_document, sparql_error_page, sparql_page
from kg.web.pages.examples import example_triples, query_body
from kg.web.pages.home import home_page
from kg.web.pages.ontology import ontology_document
from kg.web.pages.openapi import openapi_document
from kg.web.pages.questions import decorated, question_list, question_page
from kg.web.pages.resource import resource_document
from kg.web.pages.results import ROWS_OF_A_PAGE, Cell, cell, result_of
from kg.web.pages.service_description import service_description
from kg.web.refusal import RequestRefused
from kg.web.sparql_request import SparqlRequest

RELATED = NamedNode("http://www.w3.org/2004/02/skos/core#related")


def text(content: Content) -> str:
    return content.data.decode()


def test_a_page_has_the_words_of_its_language() -> None:
    shown = text(home_page(small_graph(), SITE, "ar"))
    assert "4 رباعيات" in shown
    assert 'href="/qawl/sparql?lang=ar"' in shown
    one = Store()
    one.add(Quad(RELATED, RELATED, RELATED))
    found = home_page(Graph(one), SITE, "en")
    assert found.content_type == "text/html; charset=utf-8"
    assert "1 quad, read-only" in text(found)


def test_triples_are_given_sorted_and_once() -> None:
    one, two = (Triple(NamedNode(f"urn:{name}"), RELATED, Literal("x")) for name in "ab")
    turtle = next(form for form in RDF_FORMATS if form.syntax == RdfFormat.N_TRIPLES)
    found = rdf_document([two, one, two], turtle)
    assert found.content_type == "application/n-triples"
    assert text(found) == "".join(f'<urn:{name}> <{RELATED.value}> "x" .\n' for name in "ab")


def test_json_is_not_escaped() -> None:
    assert text(json_document({"a": "قال"}, "application/json")) == '{\n "a": "قال"\n}'


@pytest.mark.parametrize(
    ("node", "shown"),
    [
        (NamedNode(ACTOR), Cell("actor:agency", "/qawl/id/actor/agency")),
        (NamedNode("urn:x"), Cell("<urn:x>", "")),
        (Literal("قال", language="ar"), Cell("قال", "", "ar")),
        (Literal("1", datatype=term("xsd:integer")), Cell("1")),
        (Literal("P1D", datatype=term("xsd:duration")), Cell("P1D", "", "", "xsd:duration")),
    ],
)
def test_a_term_as_a_page_shows_it(node: NamedNode | Literal, shown: Cell) -> None:
    found = cell(SITE, node)
    assert (found.href, found.language, found.datatype) == (
        shown.href, shown.language, shown.datatype,
    )  # fmt: skip
    assert found.text.strip("<>") == shown.text.strip("<>")


def test_a_result_is_cut_to_a_page() -> None:
    graph = small_graph()
    values = " ".join(map(str, range(ROWS_OF_A_PAGE + 1)))
    found = result_of(SITE, graph.run(f"SELECT ?x {{ VALUES ?x {{ {values} }} }}"), graph, "en")
    assert len(found.rows) == ROWS_OF_A_PAGE
    assert found.more
    assert found.formats == RESULT_FORMATS
    unbound = result_of(SITE, graph.run("SELECT ?x ?y { VALUES ?x { 1 } }"), graph, "en")
    assert unbound.rows == ((Cell("1", number="1"), None),)
    assert result_of(SITE, graph.run("ASK {}"), graph, "en").boolean is True
    triples = result_of(SITE, graph.run("CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }"), graph, "en")
    assert triples.columns == ("subject", "predicate", "object")
    assert triples.formats == RDF_FORMATS


def test_cells_name_resources_and_lead_claims_to_their_words() -> None:
    graph = small_graph()
    claim = f"{ID}claim/flood/curated/drowned"
    query = f"SELECT * {{ VALUES (?a ?b ?c) {{ (<{ACTOR}> <{claim}> 12.5) }} }}"
    ((actor, said, number),) = result_of(SITE, graph.run(query), graph, "ar").rows
    assert actor == Cell("actor:agency", "/qawl/id/actor/agency", name="الوكالة")
    assert said is not None
    assert said.name == "drowned"
    assert said.words == "/qawl/articles/flood?lang=ar#claim=drowned"
    assert said.href == "/qawl/id/claim/flood/curated/drowned"
    assert number == Cell("12.5", number="12.5")


def test_the_endpoint_shows_the_editor_or_describes_itself() -> None:
    graph = small_graph()
    editor = text(endpoint_document(graph, SITE, "text/html", "en"))
    assert "<textarea" in editor
    described = endpoint_document(graph, SITE, "text/turtle", "en")
    assert described.content_type == "text/turtle; charset=utf-8"
    assert set(service_description(graph, SITE)) == {
        quad.triple for quad in parse(described.data, format=RdfFormat.TURTLE)
    }


def test_the_other_formats_of_an_answer_ask_the_same() -> None:
    asked = SparqlRequest("ASK { }", ("urn:a b",), ("urn:c",))
    page_ = text(sparql_page(small_graph(), SITE, "en", asked, small_graph().run("ASK { }")))
    search = "query=ASK+%7B+%7D&amp;default-graph-uri=urn%3Aa+b&amp;named-graph-uri=urn%3Ac"
    assert f'href="/qawl/sparql?{search}&amp;format=csv"' in page_
    assert "yes (true)" in page_


def test_a_mistake_is_shown_at_its_place_as_a_form_counts() -> None:
    asked = SparqlRequest("ASK { # \U0001f4b0 قال\r\n  ?s ?p\r\n}")
    with pytest.raises(QuerySyntaxError) as caught:
        small_graph().run(asked.query)
    shown = text(sparql_error_page(SITE, "ar", asked, "…", caught.value.place))
    # In UTF-16 units, of which the coin has two, and without the carriage returns.
    assert 'data-start="23" data-end="24"' in shown
    assert "السطر 3، العمود 1" in shown
    assert "<code><mark>}</mark></code>" in shown
    unknown = text(sparql_error_page(SITE, "en", asked, "out of <luck>", None))
    assert "out of &lt;luck&gt;" in unknown
    assert "data-start" not in unknown


def test_the_questions_are_examples_as_sib_has_them() -> None:
    bodies = {query_body(one) for one in named_questions()}
    assert all("#+" not in body and "WHERE" in body for body in bodies)
    texts = {one.object.value for one in example_triples(SITE) if isinstance(one.object, Literal)}
    assert bodies <= texts
    editor = text(endpoint_document(small_graph(), SITE, "text/html", "en"))
    assert editor.count('data-name="') == len(bodies)


def test_the_list_of_questions_by_ending_and_by_accept() -> None:
    names = [one["name"] for one in json.loads(question_list(SITE, "", "json").data)]
    assert "who-said" in names
    assert json.loads(question_list(SITE, "application/json").data)[0]["url"].startswith(
        "https://example.org/qawl/queries/"
    )
    turtle = question_list(SITE, "", "ttl")
    assert len(rdflib.Graph().parse(data=turtle.data, format="turtle")) > len(names)
    assert "أسئلة جاهزة" in text(question_list(SITE, "text/html", language="ar"))
    for accept, ending in (("image/png", ""), ("", "csv")):
        with pytest.raises(RequestRefused) as refused:
            question_list(SITE, accept, ending)
        assert refused.value.status == 406


def test_a_question_as_a_page_and_as_a_file() -> None:
    question = named_question("contradictions")
    results = small_graph().run("SELECT ?x {}")
    request = requests.NamedQuestion("contradictions", (("readers", "all"),))
    shown = text(question_page(small_graph(), SITE, request, results))
    assert "<option selected>all</option>" in shown
    assert 'href="/qawl/queries/contradictions.csv?readers=all"' in shown
    file = text(decorated(SITE, question))
    assert '#+ endpoint: "https://example.org/qawl/sparql"' in file
    assert file.endswith(query_body(question))


def test_openapi_has_an_operation_for_each_question_and_the_formats_that_there_are() -> None:
    document = json.loads(openapi_document(SITE).data)
    assert document["info"]["version"] == "1.2.3"
    assert document["servers"] == [{"url": "https://example.org/qawl"}]
    get = document["paths"]["/queries/who-said"]["get"]
    assert [one["name"] for one in get["parameters"]][-1] == "readers"
    formats = document["paths"]["/sparql"]["get"]["responses"]["200"]["content"]
    assert set(formats) == {one.media_type for one in (*RESULT_FORMATS, *RDF_FORMATS)} | {
        "text/html"
    }
    tables = get["responses"]["200"]["content"]
    assert set(tables) == {one.media_type for one in RESULT_FORMATS} | {"text/html"}


def test_a_resource_as_a_page_and_in_rdf() -> None:
    graph = small_graph()
    english = text(resource_document(graph, SITE, ACTOR, "html"))
    assert '<h1 dir="auto">The &lt;Agency&gt;</h1>' in english
    assert '<p class="title" lang="ar" dir="rtl">الوكالة</p>' in english
    assert '<h1 dir="auto">الوكالة</h1>' in text(
        resource_document(graph, SITE, ACTOR, "html", "ar")
    )
    assert "Referred to by" in english
    triples = resource_document(graph, SITE, ACTOR, "nt")
    assert {quad.triple for quad in parse(triples.data, format=RdfFormat.N_TRIPLES)} == {
        quad.triple for quad in graph.quads()
    }


def test_the_ontology_in_every_format() -> None:
    for path in ("ontology", "shapes", "vocab", "vocab/stance", "alignments", "prefixes"):
        assert '<html lang="ar" dir="rtl"' in text(ontology_document(SITE, path, "html", "ar"))
        assert ontology_document(SITE, path, "ttl", "en").data
    vocabulary = ontology_document(SITE, "vocab/stance", "ttl", "en")
    assert vocabulary.data.startswith(b"@prefix")


@pytest.mark.parametrize(
    ("request_", "media_type"),
    [
        (requests.Home(), "text/html"),
        (requests.OpenApi(), "application/vnd.oai.openapi+json"),
        (requests.QuestionFile("who-said"), "application/sparql-query"),
        (requests.QuestionList("text/turtle"), "text/turtle"),
        (requests.VoidDescription(), "text/turtle"),
        (requests.OntologyDocument("ontology", "rdf"), "application/rdf+xml"),
        (requests.Resource(ACTOR, "jsonld"), "application/ld+json"),
    ],
)
def test_every_request_for_a_document_has_one(request_: requests.Home, media_type: str) -> None:
    found = document_for(request_, small_graph(), SITE)
    assert found.content_type.partition(";")[0] == media_type
    assert found.data


def test_a_claim_without_a_gloss_in_arabic_has_the_words_of_the_text_as_its_title(
    shipped_graph: Graph,
) -> None:
    claim = f"{ID}claim/iraq-war-2003-2011/curated/"
    said = text(resource_document(shipped_graph, SITE, f"{claim}us-dead-2003-2011", "html", "ar"))
    glossed = text(resource_document(shipped_graph, SITE, f"{claim}americans-left", "html", "ar"))
    assert re.search(r"<h1[^>]*>«[^<]*4487[^<]*»</h1>", said)
    assert "رحل الأمريكيون عن العراق في ديسمبر عام 2011</h1>" in glossed
