"""JSON-LD nodes for what schema.org claims refer to: actors, places, sources and amounts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from pyoxigraph import Literal

from kg.publish.profiles.base import LICENCE
from kg.rdf.iris import concept, local_name
from kg.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import NamedNode

    from kg.publish.profiles.base import Description

__all__ = [
    "Node",
    "agent_node",
    "article_node",
    "entity_node",
    "in_text_order",
    "is_date",
    "names_of",
    "plain",
    "quantity_node",
    "reading_node",
    "ref",
    "refs",
    "tagged",
]

Node: TypeAlias = dict[str, Any]

# An entity's type is that of its first class listed here. Any other source is a CreativeWork;
# everything else, including events and counted people, is a Thing.
_TYPES: Final[Mapping[str, str]] = {
    "qawl:UnnamedActor": "Thing",  # one person, many, or a body
    "qawl:Person": "Person",
    "qawl:GovernmentBody": "GovernmentOrganization",
    "qawl:MediaOutlet": "NewsMediaOrganization",
    "qawl:ResearchBody": "ResearchOrganization",
    "qawl:Organization": "Organization",
    "qawl:Place": "Place",
    "qawl:Source": "CreativeWork",
}
_SOURCE_TYPES: Final[Mapping[str, str]] = {
    "article": "Article",
    "news-report": "NewsArticle",
    "dataset": "Dataset",
    "web-site": "WebSite",
    "book": "Book",
    "social-media-post": "SocialMediaPosting",
    "legal-text": "Legislation",
}
# The bound that a number is, by its comparator; with any other comparator it is the value.
_BOUNDS: Final[Mapping[str, str]] = {
    "at-least": "minValue",
    "more-than": "minValue",
    "at-most": "maxValue",
    "less-than": "maxValue",
}
_DATE: Final = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
# JSON numbers with more digits are not exact in most programs.
_EXACT: Final = 10**15


def ref(node: NamedNode) -> Node:
    """Return a reference to a node."""
    return {"@id": node.value}


def refs(nodes: Iterable[NamedNode]) -> list[Node]:
    """Return references to nodes, without duplicates."""
    return [ref(node) for node in dict.fromkeys(nodes)]


def tagged(value: str, language: str) -> Node:
    """Return a language-tagged text."""
    return {"@value": value, "@language": language}


def plain(literal: Literal) -> object:
    """Return a literal in JSON-LD, without its datatype."""
    return tagged(literal.value, literal.language) if literal.language else literal.value


def is_date(literal: Literal) -> bool:
    """Return whether an EDTF date is an ISO 8601 year, month or day, as schema.org requires."""
    return _DATE.fullmatch(literal.value) is not None


def _texts(about: Description, node: NamedNode, predicate: str) -> list[object]:
    return [plain(one) for one in about.all(node, predicate) if isinstance(one, Literal)]


def names_of(about: Description, node: NamedNode) -> list[object]:
    """Return a node's names in each language."""
    return _texts(about, node, "skos:prefLabel") or _texts(about, node, "rdfs:label")


def reading_node(record: Description, reading: NamedNode) -> Node:
    """Return a reading as the dataset that its claims are part of."""
    made = record.literal(reading, "dcterms:created")
    return {
        "@id": reading.value,
        "@type": "Dataset",
        "name": names_of(record, reading),
        "creator": refs(record.nodes(reading, "prov:wasAttributedTo")),
        "dateCreated": made.value if made else None,
        "isBasedOn": refs(record.nodes(reading, "qawl:ofArticle")),
        "license": LICENCE.value,
    }


def agent_node(record: Description, agent: NamedNode) -> Node:
    """Return a reader; the graph gives a type only to software."""
    software = record.is_a(agent, "prov:SoftwareAgent")
    return {
        "@id": agent.value,
        "@type": "SoftwareApplication" if software else "Thing",
        "name": names_of(record, agent),
        "softwareVersion": _texts(record, agent, "schema:softwareVersion") if software else [],
    }


def article_node(record: Description, article: NamedNode) -> Node:
    """Return an article, without its text."""
    issued = record.literal(article, "dcterms:issued")
    return {
        "@id": article.value,
        "@type": "Article",
        "name": names_of(record, article),
        "headline": _texts(record, article, "dcterms:title"),
        "inLanguage": _texts(record, article, "dc:language"),
        "author": refs(record.nodes(article, "dcterms:creator")),
        "publisher": refs(record.nodes(article, "dcterms:publisher")),
        "datePublished": issued.value if issued and is_date(issued) else None,
        "url": refs(record.nodes(article, "dcterms:source")),
        "copyrightNotice": _texts(record, article, "dc:rights"),
    }


def in_text_order(about: Description, claim: NamedNode) -> list[NamedNode]:
    """Return the passages of a claim in text order."""

    def start(passage: NamedNode) -> int:
        selectors = about.nodes(passage, "oa:hasSelector")
        found = (about.literal(selector, "oa:start") for selector in selectors)
        return min((int(one.value) for one in found if one is not None), default=0)

    return sorted(about.nodes(claim, "qawl:evidence"), key=start)


def entity_node(about: Description, node: NamedNode) -> Node:
    """Return an actor, a place, a source or another thing that a claim refers to."""
    types = map(local_name, (one.value for one in about.nodes(node, "qawl:sourceType")))
    kind = next((_SOURCE_TYPES[one] for one in types if one in _SOURCE_TYPES), None)
    kind = kind or next((kind for name, kind in _TYPES.items() if about.is_a(node, name)), "Thing")
    return {
        "@id": node.value,
        "@type": kind,
        "name": names_of(about, node),
        "sameAs": [one.value for one in about.nodes(node, "schema:sameAs")],
        "publisher": refs(about.nodes(node, "dcterms:publisher")),
    }


def _number(literal: Literal) -> int | float:
    value = float(literal.value)
    return int(value) if value.is_integer() and abs(value) < _EXACT else value


def _notes(about: Description, names: Description, quantity: NamedNode, language: str) -> str:
    """Return in words what schema.org cannot express about an amount; may be empty."""
    words = wording("export.schema", language)
    notes = []
    approximate = about.literal(quantity, "qawl:approximate")
    if approximate is not None and approximate.value == "true":
        notes.append(words["about"])
    comparator = about.node(quantity, "qawl:comparator")
    if comparator is not None and comparator != concept("comparator", "exactly"):
        notes.append(names.text(comparator, "skos:prefLabel", language) or comparator.value)
    emended = about.literal(quantity, "qawl:emendedValue")
    if emended is not None:
        notes.append(words["emended"].format(value=emended.value))
    return words["between"].join(notes)


def quantity_node(
    about: Description, names: Description, quantity: NamedNode, language: str
) -> Node:
    """Return an amount; a ``MonetaryAmount`` if its unit is a currency.

    :param language: the language of the article.
    """
    unit = about.node(quantity, "qawl:unit")
    code = local_name(unit.value) if unit else ""
    counted = about.node(quantity, "qawl:counts")
    comparator = about.node(quantity, "qawl:comparator")
    bound = _BOUNDS.get(local_name(comparator.value) if comparator else "", "value")
    numbers = {
        name: about.literal(quantity, predicate)
        for name, predicate in (
            (bound, "qawl:numericValue"),
            ("minValue", "qawl:lower"),
            ("maxValue", "qawl:upper"),
        )
        if about.literal(quantity, predicate) is not None
    }
    node: Node = {
        "@id": quantity.value,
        "@type": "MonetaryAmount" if code.startswith("CCY_") else "QuantitativeValue",
        "name": [
            tagged(one.value, language)
            for one in about.all(quantity, "qawl:surface")
            if isinstance(one, Literal)
        ],
        "description": [
            tagged(notes, one)
            for one in ("en", "ar")
            if (notes := _notes(about, names, quantity, one))
        ],
        **{name: _number(value) for name, value in numbers.items() if value is not None},
    }
    if code.startswith("CCY_"):
        node["currency"] = code.removeprefix("CCY_")
    else:
        node["unitCode"] = unit.value if unit else None
        node["unitText"] = names_of(names, counted) if counted else []
    return node
