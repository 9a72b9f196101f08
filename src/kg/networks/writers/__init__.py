"""Networks as files of other programs."""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kg.errors import OutputError
from kg.files.atomic import replacing
from kg.networks.flat import flatten
from kg.networks.writers import dot, gexf, graphml, json_files, tables

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

    import networkx as nx

    from kg.networks.flat import Flat

__all__ = ["FORMATS", "Format", "format_of", "stream_network", "write_network"]


@dataclass(frozen=True, slots=True)
class Format:
    """A file format: its users, its extensions, and the files it consists of.

    ``files`` maps what goes before the extension (nothing, if there is one file) to the writer.
    """

    programs: str
    endings: tuple[str, ...]
    files: dict[str, Callable[[Flat], Iterator[str]]]


#: The formats, by the word that chooses them.
FORMATS: Final[dict[str, Format]] = {
    "graphml": Format("yEd, Cytoscape, Gephi, igraph", (".graphml",), {"": graphml.write}),
    "gexf": Format("Gephi (GEXF 1.3, with times)", (".gexf",), {"": gexf.write}),
    "cyjs": Format("Cytoscape, Cytoscape.js", (".cyjs",), {"": json_files.cyjs}),
    "d3": Format("D3 (node-link)", (".json",), {"": json_files.d3}),
    "dot": Format("Graphviz", (".dot", ".gv"), {"": dot.write}),
    "csv": Format(
        "Gephi's spreadsheet import",
        (".csv",),
        {".nodes": tables.gephi_nodes, ".edges": tables.gephi_edges},
    ),
}
_CHUNK: Final = 1 << 16
_HALVES: Final = re.compile("[\ud800-\udfff]")


def format_of(path: Path) -> str:
    """Return the format for a file's extension.

    :raises OutputError: the extension is unknown.
    """
    for name, one in FORMATS.items():
        if path.suffix.lower() in one.endings:
            return name
    known = ", ".join(ending for one in FORMATS.values() for ending in one.endings)
    raise OutputError(
        f"{path}: the file extension does not indicate a format; use one of {known}, "
        f"or name the format: {', '.join(FORMATS)}"
    )


def _encoded(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:  # half a letter, as JSON of others may have it
        return _HALVES.sub("\ufffd", text).encode()


def _put(parts: Iterator[str], stream: BinaryIO) -> None:
    waiting: list[str] = []
    size = 0
    for part in parts:
        waiting.append(part)
        size += len(part)
        if size > _CHUNK:
            stream.write(_encoded("".join(waiting)))
            waiting.clear()
            size = 0
    stream.write(_encoded("".join(waiting)))


def stream_network(network: nx.Graph, stream: BinaryIO, name: str) -> None:
    """Write a networkx graph to a stream of bytes, in a format of one file.

    :raises NetworkError: the graph is empty.
    :raises OutputError: the format is unknown or has two files.
    """
    chosen = _format(name)
    if len(chosen.files) > 1:
        raise OutputError(f"{name} is written as two files; give a file name, not standard output")
    (writer,) = chosen.files.values()
    _put(writer(flatten(network)), stream)


def _format(name: str) -> Format:
    if name not in FORMATS:
        raise OutputError(f"{name!r} is not a format of networks; use {', '.join(FORMATS)}")
    return FORMATS[name]


def write_network(network: nx.Graph, path: Path | str, name: str | None = None) -> tuple[Path, ...]:
    """Write any networkx graph to a file, or to the two files of a format that has two.

    Everything is written, or nothing. Attributes may be anything: what a format cannot hold is
    converted (see docs/networks.md).

    :param name: the format; default from the path's extension.
    :returns: the files written.
    :raises NetworkError: the graph is empty.
    :raises OutputError: the format is unknown, or a file cannot be written.
    """
    path = Path(path)
    chosen = _format(name or format_of(path))
    flat = flatten(network)
    done = []
    with ExitStack() as stack:
        for part, writer in chosen.files.items():
            target = path.with_name(f"{path.stem}{part}{path.suffix or '.csv'}") if part else path
            _put(writer(flat), stack.enter_context(replacing(target)))
            done.append(target)
    return tuple(done)
