"""The quads of a corpus as one file, without loading them."""

from __future__ import annotations

import gzip
import io
import shutil
from typing import TYPE_CHECKING, BinaryIO, cast

import zstandard

from kg.corpus.load import Chained, quad_files
from kg.corpus.workshop import workshop
from kg.errors import CorpusError
from kg.files.atomic import replacing

if TYPE_CHECKING:
    from pathlib import Path

    from kg.corpus.home import CorpusHome

__all__ = ["export_quads"]


def export_quads(home: CorpusHome, output: Path) -> int:
    """Write all quads of a corpus as N-Quads, and return the number of bytes.

    A quad that several articles have in common, such as one about a shared question, is written for
    each. ``.gz`` and ``.zst`` are compressed.

    :raises CorpusError: no build of the corpus has finished.
    :raises OutputError: the file cannot be written.
    """
    from kg.corpus.part import sorted_lines

    state = home.state()
    if state is None:
        raise CorpusError(f"{home.folder}: no build has finished; build the corpus first")
    files = quad_files(
        (home.parts / name for name in state.parts),
        (home.relations / name for name in state.relations),
    )
    with replacing(output) as stream:
        packed: BinaryIO = stream
        if output.name.endswith(".gz"):
            packed = cast("BinaryIO", gzip.GzipFile(fileobj=stream, mode="wb", mtime=0))
        elif output.name.endswith(".zst"):
            writer = zstandard.ZstdCompressor().stream_writer(stream, closefd=False)
            packed = cast("BinaryIO", writer)
        packed.write(sorted_lines(workshop(home.setting()).shared()))
        with io.BufferedReader(Chained(files), 1 << 20) as source:
            shutil.copyfileobj(source, packed, 1 << 20)
        if packed is not stream:
            packed.close()
        return stream.tell()
