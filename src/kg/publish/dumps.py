"""Dumps: the whole graph in four formats, byte for byte reproducible."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat

from kg.errors import OutputError
from kg.files.atomic import replacing
from kg.publish.catalog import describe, union_of
from kg.publish.checksums import SUMS, checksums
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


def serializations(ordered: Sequence[Quad]) -> dict[str, bytes]:
    """Return quads in every format of the dumps, by file extension; Turtle merges the graphs.

    :param ordered: quads sorted by :func:`~kg.rdf.order.in_order`, without blank nodes.
    """
    return {
        "nq": serialized(ordered, RdfFormat.N_QUADS),
        "trig": serialized(ordered, RdfFormat.TRIG),
        "ttl": serialized(union_of(ordered), RdfFormat.TURTLE),
        "jsonld": serialized(ordered, RdfFormat.JSON_LD),
    }


def dump_files(quads: Iterable[Quad]) -> dict[str, bytes]:
    """Return the content of every file in the dumps folder, by name.

    :param quads: the graph, without blank nodes.
    """
    ordered = in_order(quads)
    files = {f"qawl.{ending}": content for ending, content in serializations(ordered).items()}
    files |= describe(ordered, union_of(ordered), files)
    return {**files, SUMS: checksums(files)}


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
