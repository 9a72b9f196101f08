"""The formats of answers: media types, extensions, and negotiation.

Negotiation follows RFC 9110, section 12.5.1: the most specific matching range determines the
quality of a type, ``q=0`` excludes it, and the server's own order breaks ties.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, Literal, TypeVar

from pyoxigraph import QueryResultsFormat, RdfFormat

from kg.web.refusal import RequestRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    "HTML",
    "NETWORK_FORMATS",
    "RDF_FORMATS",
    "RESULT_FORMATS",
    "Format",
    "RdfForm",
    "TableForm",
    "by_word",
    "choose",
    "listed",
    "negotiated",
]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its extension, its media type, and other types that request it."""

    ending: str
    media_type: str
    label: str
    aliases: tuple[str, ...] = ()
    words: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The value of the Content-Type header."""
        text = self.media_type.startswith("text/")
        return f"{self.media_type}; charset=utf-8" if text else self.media_type


@dataclass(frozen=True, slots=True, kw_only=True)
class TableForm(Format):
    """A format of SELECT and ASK results."""

    syntax: QueryResultsFormat


@dataclass(frozen=True, slots=True, kw_only=True)
class RdfForm(Format):
    """A format of triples."""

    syntax: RdfFormat


HTML: Final = Format("html", "text/html", "HTML", ("application/xhtml+xml",))

#: Formats of SELECT and ASK results, in the order of preference.
RESULT_FORMATS: Final = (
    TableForm(
        "json", "application/sparql-results+json", "JSON",
        ("application/json", "text/json", "text/javascript", "application/javascript"),
        syntax=QueryResultsFormat.JSON,
    ),
    TableForm(
        "xml", "application/sparql-results+xml", "XML", ("application/xml", "text/xml"),
        syntax=QueryResultsFormat.XML,
    ),
    TableForm("csv", "text/csv", "CSV", syntax=QueryResultsFormat.CSV),
    TableForm("tsv", "text/tab-separated-values", "TSV", syntax=QueryResultsFormat.TSV),
)  # fmt: skip

#: Formats of triples, in the order of preference.
RDF_FORMATS: Final = (
    RdfForm(
        "ttl", "text/turtle", "Turtle",
        ("application/turtle", "application/x-turtle", "text/n3", "text/rdf+n3", "application/n3"),
        ("turtle", "n3"), syntax=RdfFormat.TURTLE,
    ),
    RdfForm(
        "jsonld", "application/ld+json", "JSON-LD", ("application/json", "text/json"),
        ("json-ld", "json"), syntax=RdfFormat.JSON_LD,
    ),
    RdfForm(
        "nt", "application/n-triples", "N-Triples", ("text/plain",), ("ntriples", "n-triples"),
        syntax=RdfFormat.N_TRIPLES,
    ),
    RdfForm(
        "rdf", "application/rdf+xml", "RDF/XML", ("application/xml", "text/xml"),
        ("rdf+xml", "rdfxml", "rdf-xml", "xml"), syntax=RdfFormat.RDF_XML,
    ),
    RdfForm(
        "nq", "application/n-quads", "N-Quads", (), ("nquads", "n-quads"),
        syntax=RdfFormat.N_QUADS,
    ),
    RdfForm("trig", "application/trig", "TriG", ("application/x-trig",), syntax=RdfFormat.TRIG),
)  # fmt: skip

#: Files of networks, for other programs.
NETWORK_FORMATS: Final = (
    Format("gexf", "application/gexf+xml", "GEXF"),
    Format("graphml", "application/graphml+xml", "GraphML"),
    Format("json", "application/json", "JSON"),
    Format("cyjs", "application/json", "Cytoscape"),
    Format("dot", "text/vnd.graphviz", "DOT"),
)

_Offer = TypeVar("_Offer", bound=Format)
_RANGE = re.compile(r"\s*([^\s;,/]+)/([^\s;,/]+)\s*((?:;(?:[^,\"]|\"[^\"]*\")*)?)\s*")
_PARAMETER = re.compile(r";\s*([\w-]+)\s*=\s*(\"[^\"]*\"|[^\s;,\"]*)")
# What follows is not looked at; it is cut before anything is remembered by it.
_LONGEST_ACCEPT: Final = 4000
_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class _Range:
    kind: str
    subtype: str
    quality: float

    def specificity(self, kind: str, subtype: str) -> Literal[0, 1, 2, 3]:
        if (self.kind, self.subtype) == (kind, subtype):
            return 3
        if self.kind == kind and self.subtype == "*":
            return 2
        return 1 if (self.kind, self.subtype) == ("*", "*") else 0


def _quality(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 1.0
    return value if 0 <= value <= 1 else 1.0


@lru_cache(maxsize=256)
def _ranges(accept: str) -> tuple[_Range, ...]:
    found = []
    for match in _RANGE.finditer(accept):
        parameters = {
            name.lower(): value.strip('"') for name, value in _PARAMETER.findall(match[3])
        }
        if parameters.get("charset", "utf-8").lower() not in {"utf-8", "utf8", "us-ascii", "*"}:
            continue  # all of our text is UTF-8
        quality = _quality(parameters.get("q", "1"))
        found.append(_Range(match[1].lower(), match[2].lower(), quality))
    return tuple(found)


def _acceptance(offer: Format, ranges: Sequence[_Range]) -> float:
    best = 0.0
    for position, media_type in enumerate((offer.media_type, *offer.aliases)):
        kind, _, subtype = media_type.partition("/")
        matching = [
            (specificity, one.quality)
            for one in ranges
            # A wildcard asks for the format itself, not for what else it may be called.
            if (specificity := one.specificity(kind, subtype)) > (2 if position else 0)
        ]
        quality = max(matching)[1] if matching else 0.0
        if not position and matching and not quality:
            return 0.0
        best = max(best, quality)
    return best


@lru_cache(maxsize=1024)
def _best(accept: str, offers: tuple[Format, ...]) -> int | None:
    ranges = _ranges(accept)
    if not ranges:
        return 0 if not _RANGE.search(accept) else None
    qualities = [_acceptance(offer, ranges) for offer in offers]
    best = max(qualities)
    return qualities.index(best) if best > 0 else None


def choose(accept: str, offers: tuple[_Offer, ...]) -> _Offer | None:
    """Return the offer that an ``Accept`` header prefers; ``None`` if it excludes all.

    :param accept: the header's value; if it has no media range, anything is accepted.
    :param offers: the available formats, in the server's order of preference.
    """
    best = _best(accept[:_LONGEST_ACCEPT], offers)
    return None if best is None else offers[best]


def by_word(word: str, offers: tuple[_Offer, ...]) -> _Offer | None:
    """Return the offer that a ``format`` parameter or an extension names; ``None`` for another."""
    word = word.strip().lower()
    for offer in offers:
        if word in {offer.ending, offer.media_type, *offer.words, *offer.aliases}:
            return offer
    return None


def listed(offers: Sequence[Format]) -> str:
    """Return the media types of formats, as listed in a message."""
    return ", ".join(one.media_type for one in offers)


def negotiated(accept: str, offers: tuple[_Offer, ...], word: str = "") -> _Offer:
    """Return the format of an answer: the one named by ``word``, else the client's preferred one.

    :raises RequestRefused: the client accepts none of the offers.
    """
    chosen = (by_word(word, offers) if word else None) or choose(accept, offers)
    if chosen is None:
        raise RequestRefused(
            HTTPStatus.NOT_ACCEPTABLE,
            f"Accept {accept[:_SHOWN]}: no such format is available; accept one of "
            f"{listed(offers)}",
        )
    return chosen
