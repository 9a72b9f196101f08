"""The catalogue: VoID and DCAT descriptions of the dumps, with sizes and checksums."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from kg.rdf.iris import ID, NAMESPACE, PREFIXES, QAWL, part_of, resource, term
from kg.rdf.quads import date, serialized, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from pyoxigraph import Quad

    from kg.publish.release_parts import Part

__all__ = ["dataset_triples", "describe", "describe_release", "latest_day", "union_of"]

#: Where published dumps are downloaded from.
DOWNLOADS: Final = f"{NAMESPACE}dumps/"

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


def union_of(quads: Iterable[Quad]) -> list[Triple]:
    """Return the triples of all graphs, each once."""
    return list({quad.triple for quad in quads})


def latest_day(quads: Iterable[Quad]) -> str | None:
    """Return the day on which the latest reading was made."""
    days = [quad.object.value for quad in quads if quad.predicate == term("dcterms:created")
            and isinstance(quad.object, Literal)]  # fmt: skip
    return max(days, default=None)


def _void(
    quads: Sequence[Quad], union: Sequence[Triple], dumps: Iterable[str], endpoint: str = ""
) -> list[Triple]:
    node = resource("dataset", "qawl")
    triples = [Triple(node, _TYPE, term("void:Dataset")), *_dataset()]

    def add(subject: NamedNode, predicate: str, value: NamedNode | Literal) -> None:
        triples.append(Triple(subject, term(predicate), value))

    if (latest := latest_day(quads)) is not None:
        add(node, "dcterms:modified", date(latest))
    for url in dumps:
        add(node, "void:dataDump", NamedNode(url))
    if endpoint:
        add(node, "void:sparqlEndpoint", NamedNode(endpoint))
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

    if (latest := latest_day(quads)) is not None:
        add(node, "dcterms:modified", date(latest))
    for name, content in files.items():
        media_type, _, label = _MEDIA_TYPES[name]
        distribution = resource("dataset", "qawl", "distribution", name)
        checksum = part_of(distribution, "checksum")
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
        "void.ttl": _turtle(_void(quads, union, [DOWNLOADS + name for name in files])),
        "dcat.ttl": _turtle(_dcat(quads, files)),
    }
    sums = "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted({**files, **described}.items())
    )
    return {**described, "SHA256SUMS": sums.encode()}


def dataset_triples(quads: Iterable[Quad], dumps: Iterable[str], endpoint: str) -> list[Triple]:
    """Return the VoID description of a graph: its size, and its partitions.

    :param dumps: URLs to download it from.
    """
    named = [quad for quad in quads if isinstance(quad.graph_name, NamedNode)]
    return _void(named, union_of(named), dumps, endpoint)


_COMPRESSIONS = {"gz": "application/gzip", "zst": "application/zstd"}
_IANA = "https://www.iana.org/assignments/media-types/"


def _file(
    name: str, content: bytes, title: tuple[str, str], version: str, base: str
) -> tuple[NamedNode, list[Triple]]:
    """Return a distribution and what describes it."""
    stem, _, last = name.rpartition(".")
    compression = _COMPRESSIONS.get(last, "")
    ending = stem.rpartition(".")[2] if compression else last
    media_type, _, label = _MEDIA_TYPES[f"qawl.{ending}"]
    label = f"{label}, {last}" if compression else label
    node = resource("dataset", "qawl", "distribution", version, *name.split("/"))
    checksum = part_of(node, "checksum")
    size = Literal(str(len(content)), datatype=term("xsd:nonNegativeInteger"))
    digest = Literal(hashlib.sha256(content).hexdigest(), datatype=term("xsd:hexBinary"))
    triples = [
        Triple(node, _TYPE, term("dcat:Distribution")),
        Triple(node, term("dcterms:title"), text(f"{title[0]} ({label})", "en")),
        Triple(node, term("dcterms:title"), text(f"{title[1]} ({label})", "ar")),
        Triple(node, term("dcterms:license"), _LICENCE),
        Triple(node, term("dcat:downloadURL"), NamedNode(f"{base}{version}/{name}")),
        Triple(node, term("dcat:mediaType"), NamedNode(_IANA + media_type)),
        Triple(node, term("dcat:byteSize"), size),
        Triple(node, term("spdx:checksum"), checksum),
        Triple(checksum, _TYPE, term("spdx:Checksum")),
        Triple(checksum, term("spdx:algorithm"), term("spdx:checksumAlgorithm_sha256")),
        Triple(checksum, term("spdx:checksumValue"), digest),
    ]
    if compression:
        triples.append(Triple(node, term("dcat:compressFormat"), NamedNode(_IANA + compression)))
    return node, triples


def describe_release(
    quads: Sequence[Quad],
    union: Sequence[Triple],
    files: Mapping[str, tuple[Part, bytes]],
    *,
    version: str,
    base: str,
    endpoint: str = "",
) -> dict[str, bytes]:
    """Return ``void.ttl`` and ``dcat.ttl`` of a release.

    :param files: by name, with the part of the graph that each has.
    :param base: the URL under which releases lie; a version is a folder below it.
    """
    whole, catalog = resource("dataset", "qawl"), resource("catalog", "qawl")
    triples = [
        Triple(catalog, _TYPE, term("dcat:Catalog")),
        Triple(catalog, term("dcterms:title"), text("Releases of Qawl", "en")),
        Triple(catalog, term("dcterms:title"), text("إصدارات «قَوْل»", "ar")),
        *_dataset(),
    ]
    rights = [one for one in union if one.predicate == term("dc:rights")]
    day = latest_day(quads)
    for name, (part, content) in files.items():
        node = whole if part.path == "qawl" else resource("dataset", "qawl", *part.path.split("/"))
        triples += [
            Triple(catalog, term("dcat:dataset"), node),
            Triple(node, _TYPE, term("dcat:Dataset")),
            Triple(node, term("dcat:version"), Literal(version)),
            Triple(node, term("dcterms:license"), _LICENCE),
        ]
        if day is not None:
            triples.append(Triple(node, term("dcterms:modified"), date(day)))
        if node != whole:
            triples += [
                Triple(node, term("dcterms:title"), text(part.title[0], "en")),
                Triple(node, term("dcterms:title"), text(part.title[1], "ar")),
                Triple(node, term("dcterms:isPartOf"), whole),
                Triple(whole, term("dcterms:hasPart"), node),
            ]
        # The text of an article is not ours to license.
        subjects = {quad.subject for quad in part.quads} if rights else set()
        triples += [
            Triple(node, one.predicate, one.object) for one in rights if one.subject in subjects
        ]
        distribution, described = _file(name, content, part.title, version, base)
        triples += [Triple(node, term("dcat:distribution"), distribution), *described]
    if endpoint:
        service = NamedNode(endpoint)
        triples += [
            Triple(service, _TYPE, term("dcat:DataService")),
            Triple(service, term("dcterms:title"), text("SPARQL endpoint of Qawl", "en")),
            Triple(service, term("dcterms:title"), text("نقطة استعلام «قَوْل»", "ar")),
            Triple(service, term("dcat:endpointURL"), service),
            Triple(service, term("dcat:servesDataset"), whole),
            Triple(catalog, term("dcat:service"), service),
        ]
    dumps = [f"{base}{version}/{name}" for name, (part, _) in files.items() if part.path == "qawl"]
    return {
        "void.ttl": _turtle(_void(quads, union, dumps, endpoint)),
        "dcat.ttl": _turtle(triples),
    }
