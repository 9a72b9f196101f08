"""Dumps: the whole graph in four formats, byte for byte reproducible."""

from __future__ import annotations

import json
from contextlib import ExitStack
from itertools import groupby
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, RdfFormat

from kg.errors import OutputError
from kg.files.atomic import replacing
from kg.publish.catalog import describe, union_of
from kg.rdf.curies import shorten
from kg.rdf.iris import PREFIXES, term
from kg.rdf.order import in_order
from kg.rdf.quads import serialized

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from pyoxigraph import Quad

__all__ = [
    "dump_files",
    "outdated",
    "serializations",
    "write_dumps",
]


_TYPE = term("rdf:type")
_STRING = term("xsd:string")


def _compact(iri: str) -> str:
    # JSON-LD reads "prefix://..." as an IRI even if the prefix is declared.
    short = shorten(iri)
    return iri if short.partition(":")[2].startswith("//") else short


def _value(node: object) -> object:
    if isinstance(node, NamedNode):
        return {"@id": _compact(node.value)}
    assert isinstance(node, Literal)
    if node.language:
        return {"@value": node.value, "@language": node.language}
    if node.datatype == _STRING:
        return node.value
    return {"@value": node.value, "@type": _compact(node.datatype.value)}


def _json_node(subject: str, quads: Iterable[Quad]) -> dict[str, object]:
    node: dict[str, object] = {"@id": _compact(subject)}
    for predicate, group in groupby(quads, key=lambda quad: quad.predicate):
        objects = [quad.object for quad in group]
        types = [_compact(one.value) for one in objects if isinstance(one, NamedNode)]
        if predicate == _TYPE and len(types) == len(objects):
            node["@type"] = types
        else:
            values = [_value(one) for one in objects]
            node[_compact(predicate.value)] = values[0] if len(values) == 1 else values
    return node


def _json_ld(quads: Iterable[Quad]) -> bytes:
    """Return JSON-LD 1.1 with our prefixes as context, one line per node."""
    lines = []
    for graph, content in groupby(quads, key=lambda quad: quad.graph_name):
        assert isinstance(graph, NamedNode)
        nodes = [
            json.dumps(_json_node(str(subject)[1:-1], group), ensure_ascii=False)
            for subject, group in groupby(content, key=lambda quad: quad.subject)
        ]
        name = json.dumps(_compact(graph.value))
        lines.append(f'{{"@id": {name}, "@graph": [\n' + ",\n".join(nodes) + "\n]}")
    context = json.dumps({"@version": 1.1, **PREFIXES}, indent=1)
    return f'{{"@context": {context},\n"@graph": [\n{",".join(lines)}\n]}}\n'.encode()


def serializations(ordered: Sequence[Quad]) -> dict[str, bytes]:
    """Return quads in every format of the dumps, by file ending; Turtle merges the graphs.

    :param ordered: quads sorted by :func:`~kg.rdf.order.in_order`, without blank nodes.
    """
    return {
        "nq": serialized(ordered, RdfFormat.N_QUADS),
        "trig": serialized(ordered, RdfFormat.TRIG),
        "ttl": serialized(union_of(ordered), RdfFormat.TURTLE),
        "jsonld": _json_ld(ordered),
    }


def dump_files(quads: Iterable[Quad]) -> dict[str, bytes]:
    """Return the content of every file in the dumps folder, by name.

    :param quads: the graph, without blank nodes.
    """
    ordered = in_order(quads)
    files = {f"qawl.{ending}": content for ending, content in serializations(ordered).items()}
    return {**files, **describe(ordered, union_of(ordered), files)}


def write_dumps(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the dumps; if one of them cannot be written, all stay unchanged.

    :raises OutputError: the folder cannot be made, or a file cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{folder}: cannot be created: {error.strerror or error}; choose another with --out"
        ) from error
    with ExitStack() as stack:
        for name, content in files.items():
            stream = stack.enter_context(replacing(folder / name))
            stream.write(content)
            stream.flush()


def outdated(folder: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Return the names of the files in a dumps folder that are missing or differ."""
    return tuple(
        name
        for name, content in files.items()
        if not (folder / name).is_file() or (folder / name).read_bytes() != content
    )
