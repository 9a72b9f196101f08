"""The catalogue: VoID and DCAT descriptions of the dumps, with sizes and checksums."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from kg.iris import ID, PREFIXES, QAWL, resource, term
from kg.quads import date, serialized, text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pyoxigraph import Quad

__all__ = ["describe"]

#: Where published dumps are downloaded from.
DOWNLOADS: Final = "https://w3id.org/qawl/dumps/"

_TYPE = term("rdf:type")
_LICENCE = NamedNode("https://creativecommons.org/licenses/by/4.0/")
_MEDIA_TYPES = {
    "qawl.nq": ("application/n-quads", "N_QUADS", "N-Quads"),
    "qawl.trig": ("application/trig", "TriG", "TriG"),
    "qawl.ttl": ("text/turtle", "Turtle", "Turtle"),
    "qawl.jsonld": ("application/ld+json", "JSON-LD", "JSON-LD"),
}


def _integer(value: int) -> Literal:
    return Literal(str(value), datatype=term("xsd:integer"))


def _dataset() -> list[Triple]:
    node = resource("dataset", "qawl")
    return [
        Triple(node, term("dcterms:title"), text("Qawl: who said what", "en")),
        Triple(node, term("dcterms:title"), text("قَوْل: من قال ماذا", "ar")),
        Triple(
            node,
            term("dcterms:description"),
            text("News articles as attributed claims, with every voice of each chain.", "en"),
        ),
        Triple(
            node,
            term("dcterms:description"),
            text("مقالات إخبارية في صورة أقوال منسوبة، بكل أصوات سلسلة النقل.", "ar"),
        ),
        Triple(node, term("dcterms:license"), _LICENCE),
        Triple(node, term("dcterms:publisher"), resource("agent", "the-qawl-project")),
    ]


def _latest(quads: Sequence[Quad]) -> str | None:
    days = [quad.object.value for quad in quads if quad.predicate == term("dcterms:created")
            and isinstance(quad.object, Literal)]  # fmt: skip
    return max(days, default=None)


def _void(quads: Sequence[Quad], union: Sequence[Triple]) -> list[Triple]:
    node = resource("dataset", "qawl")
    triples = [Triple(node, _TYPE, term("void:Dataset")), *_dataset()]

    def add(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> None:
        triples.append(Triple(subject, term(predicate), value))

    if (latest := _latest(quads)) is not None:
        add(node, "dcterms:modified", date(latest))
    for name in _MEDIA_TYPES:
        add(node, "void:dataDump", NamedNode(DOWNLOADS + name))
    add(node, "void:uriSpace", Literal(ID))
    add(node, "void:triples", _integer(len(union)))
    add(node, "void:distinctSubjects", _integer(len({one.subject for one in union})))
    add(node, "void:distinctObjects", _integer(len({one.object for one in union})))
    for namespace in ("skos", "oa", "prov", "dcterms"):
        add(node, "void:vocabulary", NamedNode(PREFIXES[namespace]))
    add(node, "void:vocabulary", NamedNode(QAWL))
    classes = Counter(one.object for one in union if one.predicate == _TYPE)
    properties = Counter(one.predicate for one in union)
    add(node, "void:classes", _integer(len(classes)))
    add(node, "void:properties", _integer(len(properties)))
    for kind, counts in (("class", classes), ("property", properties)):
        for counted, count in counts.items():
            assert isinstance(counted, NamedNode)
            part = resource("dataset", "qawl", kind, _partition_name(counted))
            add(node, f"void:{kind}Partition", part)
            add(part, f"void:{kind}", counted)
            add(part, "void:entities" if kind == "class" else "void:triples", _integer(count))
    for graph, count in Counter(quad.graph_name for quad in quads).items():
        assert isinstance(graph, NamedNode)
        part = resource("dataset", "qawl", "graph", _partition_name(graph))
        add(node, "void:subset", part)
        add(part, "rdf:type", term("void:Dataset"))
        add(part, "dcterms:source", graph)
        add(part, "void:triples", _integer(count))
    return triples


def _partition_name(node: NamedNode) -> str:
    best = max(
        (item for item in PREFIXES.items() if node.value.startswith(item[1])),
        key=lambda item: len(item[1]),
        default=("", ""),
    )
    return (
        f"{best[0]}-{node.value.removeprefix(best[1])}".replace("/", "-").strip("-")
        if best[0]
        else hashlib.sha256(node.value.encode()).hexdigest()[:12]
    )


def _dcat(quads: Sequence[Quad], files: Mapping[str, bytes]) -> list[Triple]:
    node = resource("dataset", "qawl")
    catalog = resource("catalog", "qawl")
    triples = [
        Triple(catalog, _TYPE, term("dcat:Catalog")),
        Triple(catalog, term("dcterms:title"), text("Dumps of Qawl", "en")),
        Triple(catalog, term("dcterms:title"), text("ملفات «قَوْل» للتنزيل", "ar")),
        Triple(catalog, term("dcat:dataset"), node),
        Triple(node, _TYPE, term("dcat:Dataset")),
        *_dataset(),
    ]

    def add(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> None:
        triples.append(Triple(subject, term(predicate), value))

    if (latest := _latest(quads)) is not None:
        add(node, "dcterms:modified", date(latest))
    for name, content in files.items():
        media_type, _, label = _MEDIA_TYPES[name]
        distribution = resource("dataset", "qawl", "distribution", name)
        checksum = resource("dataset", "qawl", "distribution", name, "checksum")
        add(node, "dcat:distribution", distribution)
        add(distribution, "rdf:type", term("dcat:Distribution"))
        add(distribution, "dcterms:title", text(f"The whole graph in {label}", "en"))
        add(distribution, "dcterms:title", text(f"الرسم البياني كاملا بصيغة {label}", "ar"))
        add(distribution, "dcterms:license", _LICENCE)
        add(distribution, "dcat:downloadURL", NamedNode(DOWNLOADS + name))
        add(
            distribution,
            "dcat:mediaType",
            NamedNode(f"https://www.iana.org/assignments/media-types/{media_type}"),
        )
        add(
            distribution,
            "dcat:byteSize",
            Literal(str(len(content)), datatype=term("xsd:nonNegativeInteger")),
        )
        add(distribution, "spdx:checksum", checksum)
        add(checksum, "rdf:type", term("spdx:Checksum"))
        add(checksum, "spdx:algorithm", term("spdx:checksumAlgorithm_sha256"))
        add(
            checksum,
            "spdx:checksumValue",
            Literal(hashlib.sha256(content).hexdigest(), datatype=term("xsd:hexBinary")),
        )
    return triples


def _turtle(triples: Sequence[Triple]) -> bytes:
    ordered = sorted(
        set(triples),
        key=lambda one: (
            str(one.subject),
            one.predicate != _TYPE,
            str(one.predicate),
            str(one.object),
        ),
    )
    return serialized(ordered, RdfFormat.TURTLE)


def describe(
    quads: Sequence[Quad], union: Sequence[Triple], files: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return ``void.ttl``, ``dcat.ttl`` and ``SHA256SUMS`` for the given dumps."""
    described = {
        "void.ttl": _turtle(_void(quads, union)),
        "dcat.ttl": _turtle(_dcat(quads, files)),
    }
    sums = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted({**files, **described}.items())
    )
    return {**described, "SHA256SUMS": sums.encode()}
