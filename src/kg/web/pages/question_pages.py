"""Named questions over HTTP: the list, one with its answer, and what describes them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from kg.rdf.iris import PREFIXES, term
from kg.rdf.quads import serialized, text
from kg.store.queryable import named_question, named_questions
from kg.store.views import READERS
from kg.web.formats import HTML, RDF_FORMATS, Format, choose
from kg.web.pages.templating import render

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.sparql.rq_file import Parameter, RqFile
    from kg.store.local import Graph
    from kg.web.pages.result_page import Result
    from kg.web.site import Site
    from kg.web.worker.answering import Reply

__all__ = [
    "decorated",
    "example_queries",
    "example_triples",
    "openapi",
    "write_question_list",
    "write_question_page",
]

_JSON: Final = Format("json", "application/json", "JSON", None)
_SCHEMA_TYPES: Final = {
    "integer": {"type": "integer"},
    "decimal": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
}


def write_question_list(graph: Graph, site: Site, request: Mapping[str, Any], reply: Reply) -> None:
    """Write the list of named questions: HTML, JSON, or SIB's examples as RDF."""
    del graph
    offers = (HTML, _JSON, *RDF_FORMATS)
    chosen = choose(request["accept"], offers)
    if request.get("format"):
        chosen = next((one for one in offers if one.ending == request["format"]), None)
    if chosen is None:
        listed = ", ".join(one.media_type for one in offers)
        reply.refuse(406, f"the list is not to be had so; accept one of {listed}")
    elif chosen is HTML:
        reply.page(render("questions", site, questions=named_questions()))
    elif chosen is _JSON:
        reply.head(200, _JSON.content_type)
        reply.write(json.dumps([_as_json(site, one) for one in named_questions()],
                               ensure_ascii=False, indent=1).encode())  # fmt: skip
    else:
        assert isinstance(chosen.syntax, RdfFormat)
        reply.head(200, chosen.content_type)
        triples = sorted(set(example_triples(site)), key=str)
        reply.write(serialized(triples, chosen.syntax))


def _as_json(site: Site, question: RqFile) -> dict[str, Any]:
    return {
        "name": question.name,
        "url": site.absolute(f"/queries/{question.name}"),
        "title": dict(question.title),
        "description": dict(question.description),
        "tags": list(question.tags),
        "parameters": [
            {
                "name": one.name,
                "type": one.type,
                "default": one.default,
                "description": one.description,
            }
            for one in question.parameters
        ],
    }


def example_triples(site: Site) -> Iterator[Triple]:
    """Yield the named questions as SIB's examples: ``sh:SPARQLExecutable`` with ``spex:`` terms.

    Source: https://github.com/sib-swiss/sparql-examples.
    """
    keyword, target = (
        NamedNode("https://schema.org/keywords"),
        NamedNode("https://schema.org/target"),
    )
    prefixes = NamedNode(site.absolute("/prefixes"))
    for question in named_questions():
        node = NamedNode(site.absolute(f"/queries/{question.name}"))
        form = "construct" if "CONSTRUCT" in question.text else "select"
        yield Triple(node, term("rdf:type"), term("sh:SPARQLExecutable"))
        yield Triple(node, term("rdf:type"), term(f"sh:SPARQL{form.capitalize()}Executable"))
        for language, words in question.title.items():
            yield Triple(node, term("rdfs:label"), text(words, language))
        for language, words in question.description.items():
            yield Triple(node, term("rdfs:comment"), text(words, language))
        yield Triple(node, term(f"sh:{form}"), Literal(_body(question)))
        yield Triple(node, term("sh:prefixes"), prefixes)
        yield Triple(node, target, NamedNode(site.absolute("/sparql")))
        for tag in question.tags:
            yield Triple(node, keyword, Literal(tag))
    for prefix, namespace in PREFIXES.items():
        declaration = NamedNode(site.absolute(f"/prefixes#{prefix}"))
        yield Triple(prefixes, term("sh:declare"), declaration)
        yield Triple(declaration, term("sh:prefix"), Literal(prefix))
        yield Triple(
            declaration, term("sh:namespace"), Literal(namespace, datatype=term("xsd:anyURI"))
        )


def example_queries() -> tuple[RqFile, ...]:
    """Return questions that stand as examples beside the editor: those without parameters."""
    return tuple(one for one in named_questions() if not one.parameters)


def decorated(site: Site, question: RqFile) -> str:
    """Return a question's SPARQL under the decorators that grlc reads.

    Source: the README of grlc, section "Decorator syntax".
    """
    lines = {
        "summary": f"{question.title['en']} / {question.title['ar']}",
        "description": f"{question.description['en']} {question.description['ar']}",
        "endpoint": site.absolute("/sparql"),
        "method": "GET",
        "tags": list(question.tags),
        "defaults": [{one.name: _plain(one.default)} for one in question.parameters if one.default],
    }
    head = "\n".join(
        f"#+ {key}: {json.dumps(value, ensure_ascii=False)}"
        for key, value in lines.items()
        if value
    )
    return f"{head}\n{_body(question)}"


def _body(question: RqFile) -> str:
    lines = question.text.splitlines()
    return "\n".join(line for line in lines if not line.startswith("#+")).strip() + "\n"


def write_question_page(
    site: Site, request: Mapping[str, Any], reply: Reply, result: Result
) -> None:
    """Write the page of a question with its answer."""
    question = named_question(request["name"])
    given = {name.replace("-", "_"): value for name, value in request["parameters"].items()}
    reply.page(
        render(
            "question",
            site,
            question=question,
            body=_body(question),
            fields=[_field(one, given.get(one.name, "")) for one in question.parameters],
            readers=READERS,
            chosen_readers=given.get("readers", ""),
            result=result,
            search=urlencode(request["parameters"]),
        )
    )


def _field(parameter: Parameter, value: str) -> dict[str, str]:
    kinds = {"integer": "number", "date": "date"}
    return {
        "name": parameter.name.replace("_", "-"),
        "type": parameter.type,
        "input": kinds.get(parameter.type, "text"),
        "description": parameter.description,
        "default": _plain(parameter.default),
        "value": value,
    }


def _plain(default: str | None) -> str:
    """Return a parameter's default as a person would write it.

    >>> _plain('"generous"'), _plain("<https://w3id.org/qawl/id/actor/bbc>"), _plain(None)
    ('generous', 'actor:bbc', '')
    """
    if default is None:
        return ""
    if default.startswith("<"):
        from kg.rdf.curies import shorten

        return shorten(default[1:-1])
    return default.partition("^^")[0].strip('"')


def openapi(site: Site) -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of the named questions and the endpoint."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Qawl: who said what",
            "version": site.package_version or "0",
            "description": "Named questions and SPARQL over attributed claims; read-only.",
            "license": {"name": "CC BY 4.0", "identifier": "CC-BY-4.0"},
        },
        "servers": [{"url": site.url}],
        "paths": {
            "/queries": {"get": _list_operation()},
            "/sparql": {"get": _sparql_operation(), "post": _sparql_post_operation()},
            **{
                f"/queries/{question.name}": {"get": _operation(question)}
                for question in named_questions()
            },
        },
    }


_REFUSALS: Final = {
    "400": {"description": "A parameter or the query cannot be used; the text says why."},
    "406": {"description": "None of the formats is acceptable."},
    "503": {"description": "The server is busy, or the query took too long; try again later."},
}
_TABLES: Final = {
    "application/sparql-results+json": {"schema": {"type": "object"}},
    "application/sparql-results+xml": {"schema": {"type": "string"}},
    "text/csv": {"schema": {"type": "string"}},
    "text/tab-separated-values": {"schema": {"type": "string"}},
    "text/html": {"schema": {"type": "string"}},
}
_TRIPLES: Final = {one.media_type: {"schema": {"type": "string"}} for one in (*RDF_FORMATS, HTML)}


def _list_operation() -> dict[str, Any]:
    content = {"application/json": {"schema": {"type": "array", "items": {"type": "object"}}}}
    return {
        "operationId": "list-questions",
        "summary": "The named questions",
        "responses": {
            "200": {
                "description": "All of them",
                "content": {
                    **content,
                    **{one.media_type: {"schema": {"type": ["string", "object", "array"]}}
                       for one in (HTML, *RDF_FORMATS)},
                },
            },
            "406": _REFUSALS["406"],
        },
    }  # fmt: skip


_GRAPHS: Final = {"type": "array", "items": {"type": "string", "format": "uri"}}


def _sparql_operation() -> dict[str, Any]:
    return {
        "operationId": "sparql",
        "summary": "SPARQL 1.1 Protocol, query operation",
        "parameters": [
            {"name": "query", "in": "query", "schema": {"type": "string"}},
            *(
                {"name": f"{kind}-graph-uri", "in": "query", "schema": _GRAPHS}
                for kind in ("default", "named")
            ),
        ],
        "responses": {
            "200": {"description": "The answer", "content": {**_TABLES, **_TRIPLES}},
            **_REFUSALS,
            "403": {"description": "An update, or SERVICE that is not allowed."},
        },
    }


def _sparql_post_operation() -> dict[str, Any]:
    by_url = _sparql_operation()
    fields = {one["name"]: one["schema"] for one in by_url["parameters"]}
    form = {"type": "object", "properties": fields, "required": ["query"]}
    content = {
        "application/x-www-form-urlencoded": {"schema": form},
        "application/sparql-query": {"schema": {"type": "string"}},
    }
    return {
        **by_url,
        "operationId": "sparql-post",
        "parameters": by_url["parameters"][1:],
        "requestBody": {"required": True, "content": content},
        "responses": {
            **by_url["responses"],
            "413": {"description": "The query is too long."},
            "415": {"description": "The query is sent as another type than these two."},
        },
    }


_READERS_PARAMETER: Final = {
    "name": "readers",
    "in": "query",
    "description": "Whose claims: those of persons, what the rules or a model propose, or all; "
    "without it, those that the server shows.",
    "schema": {"type": "string", "enum": list(READERS)},
}


def _operation(question: RqFile) -> dict[str, Any]:
    graph = "CONSTRUCT" in question.text
    return {
        "operationId": question.name,
        "summary": question.title["en"],
        "description": f"{question.description['en']}\n\n{question.description['ar']}",
        "tags": list(question.tags),
        "parameters": [
            {
                "name": one.name.replace("_", "-"),
                "in": "query",
                "description": one.description,
                "schema": {
                    **_SCHEMA_TYPES.get(one.type, {"type": "string"}),
                    **({"default": _typed(one)} if one.default is not None else {}),
                },
            }
            for one in question.parameters
        ]
        + [_READERS_PARAMETER],
        "responses": {
            "200": {"description": "The answer", "content": _TRIPLES if graph else _TABLES},
            **_REFUSALS,
        },
    }


def _typed(parameter: Parameter) -> str | int | float | bool:
    value = _plain(parameter.default)
    match parameter.type:
        case "integer":
            return int(value)
        case "decimal":
            return float(value)
        case "boolean":
            return value == "true"
        case _:
            return value
