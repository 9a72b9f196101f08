"""Dereferencing the IRI of a resource: a page, or its description in RDF."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from itertools import chain
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode, QuerySolutions, QueryTriples

from kg.display.articles import article_of
from kg.display.cards import card, shared_words
from kg.display.claims import ClaimBook
from kg.display.origins import independent, origins
from kg.display.relays import spoken_by
from kg.display.timeline import timeline
from kg.files import shipped
from kg.publish.profiles.export_names import claim_of_export, export_triples
from kg.rdf.curies import shorten
from kg.rdf.iris import ID, QAWL, kind_of, term
from kg.sparql.parameters import bind
from kg.sparql.results import plain
from kg.sparql.rq_file import load_rq
from kg.text.language import language_of
from kg.web.formats import RDF_FORMATS, by_word
from kg.web.pages.article import article_document
from kg.web.pages.content import page, rdf_document
from kg.web.pages.links import links_of
from kg.web.pages.results import Cell, cell
from kg.web.refusal import RequestRefused
from kg.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Triple

    from kg.display.cards import ClaimCard
    from kg.display.claims import Claim
    from kg.sparql.rq_file import RqFile
    from kg.store.local import Graph
    from kg.web.formats import RdfForm
    from kg.web.pages.content import Content
    from kg.web.site import Site
    from kg.wording import Language

__all__ = ["resource_document"]

_CLAIMS_OF_A_PAGE: Final = 100
_CLAIM: Final = QAWL + "Claim"
_VERSION: Final = QAWL + "TextVersion"
_SOURCE: Final = f"{ID}source/"
_SPEAKING: Final = frozenset({"actor", "source", "population"})
_QUOTE: Final = term("qawl:quote")
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


def resource_document(
    graph: Graph, site: Site, iri: str, ending: str, language: Language = "en"
) -> Content:
    """Return what is known about a resource, in the format named by an extension.

    :raises RequestRefused: nothing is known about it, or it was merged into another entity.
    """
    if (successor := _successor(graph, iri)) is not None:
        raise RequestRefused(
            HTTPStatus.MOVED_PERMANENTLY,
            f"<{iri}> is <{successor}>",
            location=site.href(successor, ending) + ("?lang=ar" if language == "ar" else ""),
        )
    form = by_word(ending, RDF_FORMATS)
    if form is not None:
        return _rdf(graph, iri, form)
    book = ClaimBook(graph)
    if (article := article_of(book.facts, iri.removeprefix(_SOURCE))) and article.iri == iri:
        return article_document(book, site, article, (), language)
    return _page(graph, book, site, iri, language)


def _successor(graph: Graph, iri: str) -> str | None:
    """Return the entity that another was merged into."""
    rows = _rows(graph, "resource-successor", resource=iri)
    return rows[0]["successor"].value if rows else None


def _page(graph: Graph, book: ClaimBook, site: Site, iri: str, language: Language) -> Content:
    facts = _rows(graph, "resource-facts", resource=iri)
    is_graph = graph.store.contains_named_graph(NamedNode(iri))
    exported = () if facts or is_graph else export_triples(graph, iri)
    if not (facts or is_graph or exported):
        raise _unknown(iri)
    types = {
        row["value"].value
        for row in facts
        if row["property"] == term("rdf:type") and plain(row["incoming"]) is not True
    }
    name, other_name = _names(facts, iri, language)
    claims, all_claims = _concerning(graph, book, iri)
    return page(
        "resource",
        site,
        language,
        iri=iri,
        address=lambda ending: site.href(iri, ending),
        is_graph=is_graph,
        exported=len(exported),
        export_of=claim_of_export(iri) if exported else "",
        name=name,
        other_name=other_name,
        types=[cell(site, NamedNode(one)) for one in sorted(types)],
        **_reading(book, site, iri, types, language),
        claims=claims,
        all_claims=all_claims,
        outgoing=_facts(site, facts, incoming=False),
        incoming=_facts(site, facts, incoming=True),
        paragraphs=_paragraphs(graph, iri) if _VERSION in types else (),
        formats=RDF_FORMATS,
    )


def _reading(
    book: ClaimBook, site: Site, iri: str, types: set[str], language: Language
) -> dict[str, Any]:
    """Return what a page shows of a claim, a speaker, an event or a question."""
    claim = book.claim(iri) if _CLAIM in types else None
    article = claim and article_of(book.facts, claim.article.removeprefix(_SOURCE))
    kind = kind_of(iri)
    groups, relayed = spoken_by(book.by_speaker(iri), iri) if kind in _SPEAKING else ([], [])
    dates = timeline(book, book.about_event(iri)) if kind == "event" else None
    answers = book.answering(iri) if kind == "question" else []
    return {
        **links_of(site, book, language),
        "a": wording("web.article", language),
        "b": wording("web.boards", language),
        "card": _card(book, claim) if claim and article else None,
        "article": article,
        "opened": "",
        "alone": True,
        "groups": groups,
        "relayed": relayed,
        "dates": dates.events if dates else (),
        "years": dates.years if dates else (),
        "answers": answers,
        "origins": origins(answers),
        "independent": independent(answers),
    }


def _card(book: ClaimBook, claim: Claim) -> ClaimCard:
    sharing = shared_words(book.of_article(claim.article))
    return card(book, claim, sharing.get(claim.iri, ()))


def _unknown(iri: str) -> RequestRefused:
    return RequestRefused(HTTPStatus.NOT_FOUND, f"<{iri}>: the graph has no resource with this IRI")


def _rdf(graph: Graph, iri: str, form: RdfForm) -> Content:
    results = graph.run(bind(_query("resource-description"), {"resource": iri}, graph.sparql))
    assert isinstance(results, QueryTriples)
    named = graph.store.quads_for_pattern(None, None, None, NamedNode(iri))
    triples: Iterable[Triple] = chain(results, (quad.triple for quad in named))
    content = {*triples} or {*export_triples(graph, iri)}
    if not content:
        raise _unknown(iri)
    return rdf_document(content, form)


def _names(facts: Iterable[Mapping[str, Any]], iri: str, language: Language) -> tuple[str, str]:
    """Return the label of a resource in the language of a page, and in the other language."""
    found: dict[str, str] = {}
    for name in _LABELS:
        for row in facts:
            value = row["value"]
            if row["property"] == term(name) and isinstance(value, Literal):
                found.setdefault(value.language or "en", value.value)
    if "ar" not in found:  # a claim that needs no gloss in Arabic, since its quote is
        quotes = [row["value"].value for row in facts if row["property"] == _QUOTE]
        if quotes and language_of(quotes[0]) == "ar":
            found["ar"] = f"«{quotes[0]}»"
    other = found.get("en" if language == "ar" else "ar", "")
    return found.get(language) or other or shorten(iri), other


def _facts(site: Site, rows: Iterable[Mapping[str, Any]], *, incoming: bool) -> tuple[_Fact, ...]:
    """Return the properties of a resource or, incoming, those that have it as value."""
    grouped: dict[NamedNode, dict[str, tuple[Cell, str, str]]] = {}
    for row in rows:
        if (plain(row["incoming"]) is True) is not incoming:
            continue
        labels = (_text(row["label_en"]), _text(row["label_ar"]))
        values = grouped.setdefault(row["property"], {})
        values.setdefault(str(row["value"]), (cell(site, row["value"]), *labels))
    return tuple(
        _Fact(cell(site, predicate), tuple(values.values()))
        for predicate, values in grouped.items()
    )


def _text(literal: Literal | None) -> str:
    return literal.value if literal else ""


def _concerning(graph: Graph, book: ClaimBook, iri: str) -> tuple[list[Claim], int]:
    """Return the first claims that concern a resource, and how many there are."""
    rows = _rows(graph, "resource-claims", resource=iri)
    found = list(dict.fromkeys(row["claim"].value for row in rows))
    found = [one for one in found if one != iri]
    return [book.claim(one) for one in found[:_CLAIMS_OF_A_PAGE]], len(found)


def _paragraphs(graph: Graph, iri: str) -> tuple[str, ...]:
    """Return the paragraphs of a text version."""
    stored = graph.store.quads_for_pattern(NamedNode(iri), term("qawl:storedText"), None, None)
    texts = [quad.object.value for quad in stored if isinstance(quad.object, Literal)]
    return tuple(line for line in texts[0].split("\n") if line.strip()) if texts else ()
