"""Named questions over HTTP: the list, the file of one, and one with its answer."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from kg.store.queryable import named_question, named_questions
from kg.store.views import READERS
from kg.web.formats import HTML, RDF_FORMATS, Format, RdfForm, listed, negotiated
from kg.web.pages.content import Content, json_document, page, rdf_document
from kg.web.pages.examples import example_triples, query_body
from kg.web.pages.fields import default_of, field_of
from kg.web.pages.results import result_of
from kg.web.pages.tools import tools_data
from kg.web.refusal import RequestRefused

if TYPE_CHECKING:
    from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples

    from kg.sparql.rq_file import RqFile
    from kg.store.local import Graph
    from kg.web.requests import NamedQuestion
    from kg.web.site import Site
    from kg.wording import Language

__all__ = ["decorated", "question_list", "question_page"]

_JSON: Final = Format("json", "application/json", "JSON")
_LISTS: Final[tuple[Format, ...]] = (HTML, _JSON, *RDF_FORMATS)


def question_list(
    site: Site, accept: str = "", ending: str = "", language: Language = "en"
) -> Content:
    """Return the list of named questions: HTML, JSON, or SIB's examples as RDF.

    :param ending: the path's extension, which takes precedence if there is one.
    :raises RequestRefused: the list has no such format.
    """
    form = next((one for one in _LISTS if one.ending == ending), None)
    if ending and form is None:
        raise RequestRefused(
            HTTPStatus.NOT_ACCEPTABLE,
            f"queries.{ending}: not available; available are {listed(_LISTS)}",
        )
    form = form or negotiated(accept, _LISTS)
    if isinstance(form, RdfForm):
        return rdf_document(example_triples(site), form)
    if form is _JSON:
        return json_document([_as_json(site, one) for one in named_questions()], form.content_type)
    return page("questions", site, language, questions=named_questions())


def _as_json(site: Site, question: RqFile) -> dict[str, object]:
    return {
        "name": question.name,
        "url": site.absolute(f"/queries/{question.name}"),
        "title": dict(question.title),
        "description": dict(question.description),
        "tags": list(question.tags),
        "aliases": {name: dict(given) for name, given in question.aliases.items()},
        "parameters": [
            {
                "name": one.name,
                "type": one.type,
                "default": one.default,
                "description": dict(one.description),
                "values": list(one.values),
            }
            for one in question.parameters
        ],
    }


def decorated(site: Site, question: RqFile) -> Content:
    """Return a question's SPARQL under the decorators that grlc reads.

    Source: the README of grlc, section "Decorator syntax".
    """
    lines = {
        "summary": f"{question.title['en']} / {question.title['ar']}",
        "description": f"{question.description['en']} {question.description['ar']}",
        "endpoint": site.absolute("/sparql"),
        "method": "GET",
        "tags": list(question.tags),
        "defaults": [{one.name: default_of(one)} for one in question.parameters if one.default],
    }
    head = "\n".join(
        f"#+ {key}: {json.dumps(value, ensure_ascii=False)}"
        for key, value in lines.items()
        if value
    )
    text = f"{head}\n{query_body(question)}"
    return Content("application/sparql-query; charset=utf-8", text.encode())


def question_page(
    graph: Graph,
    site: Site,
    request: NamedQuestion,
    results: QuerySolutions | QueryBoolean | QueryTriples | None,
    error: str = "",
) -> Content:
    """Return the page of a question with its answer, or with the error in its parameters."""
    question = named_question(request.name)
    given = {name.replace("-", "_"): value for name, value in request.parameters}
    search = urlencode(request.parameters)

    def address(ending: str) -> str:
        return f"{site.here(f'/queries/{question.name}.{ending}')}{'?' if search else ''}{search}"

    return page(
        "question",
        site,
        request.language,
        question=question,
        body=query_body(question),
        fields=[
            field_of(one, given.get(one.name, ""), graph.store, request.language)
            for one in question.parameters
        ],
        readers=READERS,
        chosen_readers=given.get("readers", ""),
        result=None if results is None else result_of(site, results, graph, request.language),
        error=error,
        tools=tools_data(site, request.language),
        search=search,
        address=address,
    )
