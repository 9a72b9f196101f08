"""VoID and DCAT descriptions of dumps and releases, with sizes and checksums."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple

from kg.rdf.curies import OURS
from kg.rdf.iris import ID, NAMESPACE, PREFIXES, QAWL, digest, part_of, resource, term
from kg.rdf.order import in_order
from kg.rdf.quads import date, serialized, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import Quad

    from kg.publish.release_parts import Part
    from kg.sparql.results import Term

__all__ = ["dataset_triples", "describe", "describe_release", "latest_day", "union_of"]

#: The URL below which the published dumps can be downloaded.
DOWNLOADS: Final = f"{NAMESPACE}dumps/"

_TYPE: Final = term("rdf:type")
_LICENCE: Final = NamedNode("https://creativecommons.org/licenses/by/4.0/")
_WHOLE: Final = resource("dataset", "qawl")
_CATALOG: Final = resource("catalog", "qawl")
_IANA: Final = "https://www.iana.org/assignments/media-types/"
#: Media type and name of each format, by file ending.
_FORMATS: Final = {
    "nq": ("application/n-quads", "N-Quads"),
    "trig": ("application/trig", "TriG"),
    "ttl": ("text/turtle", "Turtle"),
    "jsonld": ("application/ld+json", "JSON-LD"),
}
_VOCABULARIES: Final = (*(PREFIXES[name] for name in ("skos", "oa", "prov", "dcterms")), QAWL)
_COMPRESSIONS: Final = {"gz": "application/gzip", "zst": "application/zstd"}


def _about(node: NamedNode, values: Mapping[str, Term | Sequence[Term]]) -> list[Triple]:
    """Return triples about a node, from its values by prefixed predicate name."""
    return [
        Triple(node, term(predicate), one)
        for predicate, value in values.items()
        for one in (value if isinstance(value, tuple | list) else (value,))
    ]


def _both(english: str, arabic: str) -> tuple[Literal, Literal]:
    return text(english, "en"), text(arabic, "ar")


def _integer(value: int) -> Literal:
    return Literal(str(value), datatype=term("xsd:integer"))


def _dataset() -> list[Triple]:
    return _about(
        _WHOLE,
        {
            "dcterms:title": _both("Qawl: who said what", "قَوْل: من قال ماذا"),
            "dcterms:description": _both(
                "News articles as attributed claims, with every voice of each chain.",
                "مقالات إخبارية في صورة أقوال مسندة إلى أصحابها، بكل أصوات السلسلة.",
            ),
            "dcterms:license": _LICENCE,
            "dcterms:publisher": resource("agent", "the-qawl-project"),
        },
    )


def union_of(quads: Iterable[Quad]) -> list[Triple]:
    """Return the triples of all graphs, sorted and without duplicates."""
    return in_order(quad.triple for quad in quads)


def latest_day(quads: Iterable[Quad]) -> str | None:
    """Return the day of the latest reading as an ISO date; ``None`` if there is no reading."""
    days = [quad.object.value for quad in quads if quad.predicate == term("dcterms:created")
            and isinstance(quad.object, Literal)]  # fmt: skip
    return max(days, default=None)


def _void(
    quads: Sequence[Quad], union: Sequence[Triple], dumps: Iterable[str], endpoint: str = ""
) -> list[Triple]:
    return [
        *_about(_WHOLE, {"rdf:type": term("void:Dataset")}),
        *_dataset(),
        *_about(
            _WHOLE,
            {
                **_modified(quads),
                "void:dataDump": [NamedNode(url) for url in dumps],
                "void:sparqlEndpoint": [NamedNode(endpoint)] if endpoint else [],
                "void:uriSpace": Literal(ID),
                "void:triples": _integer(len(union)),
                "void:distinctSubjects": _integer(len({one.subject for one in union})),
                "void:distinctObjects": _integer(len({one.object for one in union})),
                "void:vocabulary": [NamedNode(one) for one in _VOCABULARIES],
            },
        ),
        *_partitions("class", "entities", [one.object for one in union if one.predicate == _TYPE]),
        *_partitions("property", "triples", [one.predicate for one in union]),
        *_graphs(quads),
    ]


def _partitions(kind: str, counted: str, nodes: Iterable[Term]) -> Iterator[Triple]:
    """Yield the partitions of the graph by class or property.

    :param counted: what each partition has a number of: entities or triples.
    :param nodes: the class or property of each of these.
    """
    counts = Counter(nodes)
    plural = "classes" if kind == "class" else "properties"
    yield from _about(_WHOLE, {f"void:{plural}": _integer(len(counts))})
    for node, count in counts.items():
        assert isinstance(node, NamedNode)
        part = resource("dataset", "qawl", kind, _partition_name(node))
        yield from _about(_WHOLE, {f"void:{kind}Partition": part})
        yield from _about(part, {f"void:{kind}": node, f"void:{counted}": _integer(count)})


def _graphs(quads: Iterable[Quad]) -> Iterator[Triple]:
    """Yield the named graphs as subsets of the whole."""
    for graph, count in Counter(quad.graph_name for quad in quads).items():
        assert isinstance(graph, NamedNode)
        part = resource("dataset", "qawl", "graph", _partition_name(graph))
        yield from _about(_WHOLE, {"void:subset": part})
        yield from _about(
            part,
            {
                "rdf:type": term("void:Dataset"),
                "dcterms:source": graph,
                "void:triples": _integer(count),
            },
        )


def _partition_name(node: NamedNode) -> str:
    if split := OURS.split(node.value):
        return "-".join(split).replace("/", "-").strip("-")
    return digest(node.value)


def _dcat(quads: Sequence[Quad], files: Mapping[str, bytes]) -> list[Triple]:
    triples = [
        *_catalog("Dumps of Qawl", "ملفات «قَوْل» للتنزيل"),
        *_about(_CATALOG, {"dcat:dataset": _WHOLE}),
        *_about(_WHOLE, {"rdf:type": term("dcat:Dataset"), **_modified(quads)}),
    ]
    for name, content in files.items():
        label = _format(name)[1]
        titles = (f"The whole graph in {label}", f"الرسم البياني كاملا بصيغة {label}")
        node = part_of(_WHOLE, "distribution", name)
        triples += _about(_WHOLE, {"dcat:distribution": node})
        triples += _distribution(node, name, content, titles, DOWNLOADS + name)
    return triples


def _catalog(english: str, arabic: str) -> list[Triple]:
    titles = _both(english, arabic)
    about = _about(_CATALOG, {"rdf:type": term("dcat:Catalog"), "dcterms:title": titles})
    return [*about, *_dataset()]


def _modified(quads: Iterable[Quad]) -> dict[str, Term]:
    day = latest_day(quads)
    return {} if day is None else {"dcterms:modified": date(day)}


def _format(name: str) -> tuple[str, str]:
    """Return a file's media type and the name of its format, including the compression."""
    stem, _, last = name.rpartition(".")
    if last not in _COMPRESSIONS:
        return _FORMATS[last]
    media_type, label = _FORMATS[stem.rpartition(".")[2]]
    return media_type, f"{label}, {last}"


def _distribution(
    node: NamedNode, name: str, content: bytes, titles: tuple[str, str], url: str
) -> list[Triple]:
    """Return the description of a file to download, with its size and checksum."""
    packed = _COMPRESSIONS.get(name.rpartition(".")[2])
    checksum = part_of(node, "checksum")
    size = Literal(str(len(content)), datatype=term("xsd:nonNegativeInteger"))
    sha256 = Literal(hashlib.sha256(content).hexdigest(), datatype=term("xsd:hexBinary"))
    return [
        *_about(
            node,
            {
                "rdf:type": term("dcat:Distribution"),
                "dcterms:title": _both(*titles),
                "dcterms:license": _LICENCE,
                "dcat:downloadURL": NamedNode(url),
                "dcat:mediaType": NamedNode(_IANA + _format(name)[0]),
                "dcat:byteSize": size,
                "spdx:checksum": checksum,
                "dcat:compressFormat": [NamedNode(_IANA + packed)] if packed else [],
            },
        ),
        *_about(
            checksum,
            {
                "rdf:type": term("spdx:Checksum"),
                "spdx:algorithm": term("spdx:checksumAlgorithm_sha256"),
                "spdx:checksumValue": sha256,
            },
        ),
    ]


def _turtle(triples: Sequence[Triple]) -> bytes:
    return serialized(in_order(triples), RdfFormat.TURTLE)


def describe(
    quads: Sequence[Quad], union: Sequence[Triple], files: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Return ``void.ttl`` and ``dcat.ttl`` for the given dumps, by name."""
    return {
        "void.ttl": _turtle(_void(quads, union, [DOWNLOADS + name for name in files])),
        "dcat.ttl": _turtle(_dcat(quads, files)),
    }


def dataset_triples(quads: Iterable[Quad], dumps: Iterable[str], endpoint: str) -> list[Triple]:
    """Return the VoID description of a graph: its size and partitions.

    :param dumps: the URLs of its dumps.
    """
    named = [quad for quad in quads if isinstance(quad.graph_name, NamedNode)]
    return _void(named, union_of(named), dumps, endpoint)


def describe_release(
    quads: Sequence[Quad],
    union: Sequence[Triple],
    files: Mapping[str, tuple[Part, bytes]],
    *,
    version: str,
    base: str,
    endpoint: str = "",
) -> dict[str, bytes]:
    """Return ``void.ttl`` and ``dcat.ttl`` of a release, by name.

    :param files: for each file name, the part of the graph and the content.
    :param base: the URL of the folder of releases; each version is a folder below it.
    """
    triples = _catalog("Releases of Qawl", "إصدارات «قَوْل»")
    rights = [one for one in union if one.predicate == term("dc:rights")]
    modified = _modified(quads)
    for name, (part, content) in files.items():
        node = _WHOLE if part.path == "qawl" else part_of(_WHOLE, *part.path.split("/"))
        triples += _part(node, part, version, rights)
        triples += _about(node, modified)
        shown = f"({_format(name)[1]})"
        titles = (f"{part.title[0]} {shown}", f"{part.title[1]} {shown}")
        distribution = part_of(_WHOLE, "distribution", version, *name.split("/"))
        url = f"{base}{version}/{name}"
        triples += _about(node, {"dcat:distribution": distribution})
        triples += _distribution(distribution, name, content, titles, url)
    if endpoint:
        triples += _service(NamedNode(endpoint))
    dumps = [f"{base}{version}/{name}" for name, (part, _) in files.items() if part.path == "qawl"]
    return {
        "void.ttl": _turtle(_void(quads, union, dumps, endpoint)),
        "dcat.ttl": _turtle(triples),
    }


def _part(node: NamedNode, part: Part, version: str, rights: Sequence[Triple]) -> list[Triple]:
    """Return the description of a part of a release, with the rights of its articles."""
    triples = _about(_CATALOG, {"dcat:dataset": node})
    # The text of an article is not ours to license.
    subjects = {quad.subject for quad in part.quads} if rights else set()
    triples += _about(
        node,
        {
            "rdf:type": term("dcat:Dataset"),
            "dcat:version": Literal(version),
            "dcterms:license": _LICENCE,
            "dc:rights": [one.object for one in rights if one.subject in subjects],
        },
    )
    if node != _WHOLE:
        triples += _about(node, {"dcterms:title": _both(*part.title), "dcterms:isPartOf": _WHOLE})
        triples += _about(_WHOLE, {"dcterms:hasPart": node})
    return triples


def _service(endpoint: NamedNode) -> list[Triple]:
    return [
        *_about(
            endpoint,
            {
                "rdf:type": term("dcat:DataService"),
                "dcterms:title": _both("SPARQL endpoint of Qawl", "نقطة استعلام «قَوْل»"),
                "dcat:endpointURL": endpoint,
                "dcat:servesDataset": _WHOLE,
            },
        ),
        *_about(_CATALOG, {"dcat:service": endpoint}),
    ]
