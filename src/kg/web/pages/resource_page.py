"""What the IRI of a resource dereferences to: a page, or its description in RDF."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from http import HTTPStatus
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode, QuerySolutions, QueryTriples, RdfFormat

from kg.files import shipped
from kg.publish.profiles.export_names import claim_of_export, export_triples
from kg.rdf.iris import QAWL, term
from kg.rdf.quads import serialized
from kg.sparql.parameters import bind
from kg.sparql.results import plain, shorten
from kg.sparql.rq_file import load_rq
from kg.store.claim_view import show
from kg.web.formats import RDF_FORMATS, by_word
from kg.web.pages.result_page import Cell, cell
from kg.web.pages.templating import render

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Triple

    from kg.sparql.rq_file import RqFile
    from kg.store.local import Graph
    from kg.web.site import Site
    from kg.web.worker.answering import Reply

__all__ = ["write_resource"]

_CLAIMS_OF_A_PAGE: Final = 100
_CLAIM: Final = QAWL + "Claim"
_WITH_TEXT: Final = {QAWL + "Source", QAWL + "TextVersion"}
_LABELS: Final = ("skos:prefLabel", "rdfs:label", "dcterms:title", "qawl:gloss")


@cache
def _query(name: str) -> RqFile:
    return load_rq(shipped.queries_dir() / "pages" / f"{name}.rq")


def _rows(graph: Graph, name: str, **parameters: object) -> list[dict[str, Any]]:
    results = graph.run(bind(_query(name), parameters, graph.sparql))
    assert isinstance(results, QuerySolutions)
    columns = [variable.value for variable in results.variables]
    return [{column: row[column] for column in columns} for row in results]


@dataclass(frozen=True, slots=True)
class _Fact:
    """A property of a resource with all its values."""

    property: Cell
    values: tuple[tuple[Cell, str, str], ...]


@dataclass(slots=True)
class _Claim:
    """A claim as a page lists it: what it says, in what words, by which voices."""

    iri: str
    gloss_en: str = ""
    gloss_ar: str = ""
    passages: list[tuple[str, str]] = field(default_factory=list)
    voices: list[tuple[int, Cell, str, str, bool]] = field(default_factory=list)


def write_resource(graph: Graph, site: Site, request: Mapping[str, Any], reply: Reply) -> None:
    """Write what is known of the resource ``request["iri"]`` in ``request["format"]``."""
    iri = request["iri"]
    if request["format"] != "html":
        _write_rdf(graph, iri, request["format"], reply)
        return
    facts = _rows(graph, "resource-facts", resource=iri)
    is_graph = graph.store.contains_named_graph(NamedNode(iri))
    exported = () if facts or is_graph else export_triples(graph, iri)
    if not (facts or is_graph or exported):
        _not_there(iri, reply)
        return
    types = {
        row["value"].value
        for row in facts
        if not row["incoming"] or row["incoming"].value == "false"
        if row["property"] == term("rdf:type")
    }
    labels = _labels(facts)
    claims, more_claims = _claims(graph, iri)
    reply.page(
        render(
            "resource",
            site,
            iri=iri,
            label_en=labels.get("en", ""),
            label_ar=labels.get("ar", ""),
            is_graph=is_graph,
            exported=len(exported),
            export_of=claim_of_export(iri) if exported else "",
            name=labels.get("en") or labels.get("ar") or shorten(iri),
            types=[cell(site, NamedNode(one)) for one in sorted(types)],
            view=show(graph, iri) if _CLAIM in types else None,
            claims=claims,
            more_claims=more_claims,
            outgoing=_facts(site, facts, incoming=False),
            incoming=_facts(site, facts, incoming=True),
            paragraphs=_paragraphs(graph, iri) if _WITH_TEXT & set(types) else (),
            formats=RDF_FORMATS,
        )
    )


def _not_there(iri: str, reply: Reply) -> None:
    reply.refuse(HTTPStatus.NOT_FOUND, f"<{iri}>: the graph has nothing of this name")


def _write_rdf(graph: Graph, iri: str, ending: str, reply: Reply) -> None:
    results = graph.run(bind(_query("resource-description"), {"resource": iri}, graph.sparql))
    assert isinstance(results, QueryTriples)
    named = graph.store.quads_for_pattern(None, None, None, NamedNode(iri))
    triples: Iterable[Triple] = chain(results, (quad.triple for quad in named))
    content = sorted({*triples} or {*export_triples(graph, iri)}, key=str)
    if not content:
        _not_there(iri, reply)
        return
    chosen = by_word(ending, RDF_FORMATS)
    assert chosen is not None
    assert isinstance(chosen.syntax, RdfFormat)
    reply.head(HTTPStatus.OK, chosen.content_type)
    reply.write(serialized(content, chosen.syntax))


def _labels(facts: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in _LABELS:
        for row in facts:
            value = row["value"]
            if row["property"] == term(name) and isinstance(value, Literal):
                found.setdefault(value.language or "en", value.value)
    return found


def _facts(site: Site, rows: Iterable[Mapping[str, Any]], *, incoming: bool) -> tuple[_Fact, ...]:
    grouped: dict[NamedNode, dict[str, tuple[Cell, str, str]]] = {}
    for row in rows:
        if (plain(row["incoming"]) is True) is not incoming:
            continue
        shown = cell(site, row["value"])
        assert shown is not None
        label_en = row["label_en"].value if row["label_en"] else ""
        label_ar = row["label_ar"].value if row["label_ar"] else ""
        values = grouped.setdefault(row["property"], {})
        values.setdefault(str(row["value"]), (shown, label_en, label_ar))
    found = []
    for predicate, values in grouped.items():
        named = cell(site, predicate)
        assert named is not None
        found.append(_Fact(named, tuple(values.values())))
    return tuple(found)


def _claims(graph: Graph, iri: str) -> tuple[list[_Claim], int]:
    """Return the first claims that concern a resource, and how many more there are."""
    found: dict[str, _Claim] = {}
    more: set[str] = set()
    for row in _rows(graph, "resource-claims", resource=iri):
        name = row["claim"].value
        if name == iri:
            continue
        if name not in found and len(found) >= _CLAIMS_OF_A_PAGE:
            more.add(name)
            continue
        one = found.setdefault(name, _Claim(name))
        one.gloss_en = row["gloss_en"].value if row["gloss_en"] else one.gloss_en
        one.gloss_ar = row["gloss_ar"].value if row["gloss_ar"] else one.gloss_ar
        if row["passage"] and (row["passage"].value, row["exact"].value) not in one.passages:
            one.passages.append((row["passage"].value, row["exact"].value))
    if not found:
        return [], 0
    for row in _rows(graph, "claim-voices", claim=tuple(found)):
        speaker = row["speaker"]
        found[row["claim"].value].voices.append(
            (
                int(row["depth"].value),
                Cell(shorten(speaker.value), speaker.value),
                row["speaker_en"].value if row["speaker_en"] else "",
                row["speaker_ar"].value if row["speaker_ar"] else "",
                row["inferred"].value == "true",
            )
        )
    return list(found.values()), len(more)


def _paragraphs(graph: Graph, iri: str) -> tuple[str, ...]:
    """Return the paragraphs of a text version, or of the newest text of a source."""
    store, stored, of = graph.store, term("qawl:storedText"), term("prov:specializationOf")
    versions = {quad.subject for quad in store.quads_for_pattern(None, of, NamedNode(iri), None)}
    revised = {
        quad.object
        for one in versions
        for quad in store.quads_for_pattern(one, term("prov:wasRevisionOf"), None, None)
    }
    texts = [
        quad.object.value
        for node in (NamedNode(iri), *(versions - revised))
        for quad in store.quads_for_pattern(node, stored, None, None)
        if isinstance(quad.object, Literal)
    ]
    return tuple(line for line in texts[0].split("\n") if line.strip()) if texts else ()
