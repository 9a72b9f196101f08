"""The OpenAPI document of the named questions, the endpoint, the networks and the pictures."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from kg.networks.named_projections import projections
from kg.pictures.drawing import pictures
from kg.store.queryable import named_questions
from kg.store.views import READERS
from kg.web.formats import NETWORK_FORMATS
from kg.web.pages.content import json_document
from kg.web.pages.fields import default_of
from kg.web.pages.networks import NETWORK_FILTERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.sparql.rq_file import Parameter, RqFile
    from kg.web.pages.content import Content
    from kg.web.site import Site

__all__ = ["openapi_document"]


@cache
def _parts() -> dict[str, Any]:
    text = Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


def openapi_document(site: Site) -> Content:
    """Return the OpenAPI 3.1 document."""
    fixed = _parts()["document"]
    questions = {
        f"/queries/{question.name}": {"get": _operation(question)} for question in named_questions()
    }
    document = {
        **fixed,
        "info": {**fixed["info"], "version": site.package_version or "0"},
        "servers": [{"url": site.url}],
        "paths": {
            **fixed["paths"],
            **questions,
            "/networks/{name}.{ending}": {"get": _networks()},
            "/pictures/{name}.svg": {"get": _pictures()},
        },
    }
    return json_document(document, "application/vnd.oai.openapi+json;version=3.1")


def _operation(question: RqFile) -> dict[str, Any]:
    parts = _parts()
    content = parts["triples" if "CONSTRUCT" in question.text else "tables"]
    readers = {**parts["readers"], "schema": {"type": "string", "enum": list(READERS)}}
    return {
        "operationId": question.name,
        "summary": question.title["en"],
        "description": f"{question.description['en']}\n\n{question.description['ar']}",
        "tags": list(question.tags),
        "parameters": [*map(_parameter, question.parameters), readers],
        "responses": {
            "200": {"description": "The answer", "content": content},
            **parts["refusals"],
        },
    }


def _networks() -> dict[str, Any]:
    named = (one.name for one in projections())
    endings = (one.ending for one in NETWORK_FORMATS)
    return {
        **_parts()["networks"],
        "parameters": [
            _in_path("name", named),
            _in_path("ending", endings),
            *map(_filter, (*NETWORK_FILTERS, "lang")),
        ],
    }


def _pictures() -> dict[str, Any]:
    return {
        **_parts()["pictures"],
        "parameters": [
            _in_path("name", pictures()),
            *map(_filter, (*NETWORK_FILTERS, "claim", "lang", "theme")),
        ],
    }


def _in_path(name: str, values: Iterable[str]) -> dict[str, Any]:
    schema = {"type": "string", "enum": list(values)}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _filter(name: str) -> dict[str, Any]:
    name = name.replace("_", "-")
    parts = _parts()
    schema: dict[str, Any] = {"type": "string"}
    if name.startswith("date-"):
        schema["format"] = "date"
    if name in parts["values"]:
        schema["enum"] = parts["values"][name]
    return {"name": name, "in": "query", "description": parts["filters"][name], "schema": schema}


def _parameter(one: Parameter) -> dict[str, Any]:
    schema = dict(_parts()["parameter-types"].get(one.type, {"type": "string"}))
    if one.default is not None:
        schema["default"] = _typed(one)
    if one.values:
        schema["enum"] = list(one.values)
    return {
        "name": one.name.replace("_", "-"),
        "in": "query",
        "description": "\n\n".join(filter(None, one.description.values())),
        "schema": schema,
    }


def _typed(parameter: Parameter) -> str | int | float | bool:
    value = default_of(parameter)
    match parameter.type:
        case "integer":
            return int(value)
        case "decimal":
            return float(value)
        case "boolean":
            return value == "true"
        case _:
            return value
