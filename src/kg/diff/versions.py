"""Two versions of a graph, from wherever they lie, made ready to be compared quad by quad."""

from __future__ import annotations

import gzip
import shutil
import tempfile
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from pyoxigraph import (
    CanonicalizationAlgorithm,
    Dataset,
    DefaultGraph,
    Quad,
    Store,
    parse,
)

from kg.errors import StoreError
from kg.rdf.read import refuse_deep_rdf
from kg.sparql.update import has_blank_nodes
from kg.store.builds import FORMATS, POINTER, open_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Set

__all__ = ["GraphVersions", "load_versions"]

#: How much is unpacked at once, in bytes.
_PIECE: Final = 1 << 20
#: What a folder of dumps, or a release, holds the whole graph in.
_DUMP: Final = "qawl.nq"


@dataclass(frozen=True, slots=True)
class GraphVersions:
    """The quads of two versions, and what had to be done to them: sentences by language."""

    before: Set[Quad]
    after: Set[Quad]
    notes: tuple[dict[str, str], ...]


_ALONE: Final = {
    "en": "one of the two has no named graphs, so the triples alone are compared",
    "ar": "ليس في أحدهما رسوم بيانية مسماة، فقورنت الثلاثيات وحدها",
}
_BLANK: Final = {
    "en": "there are blank nodes; both were canonicalized (RDFC-1.0), and the nodes have the names "
    "that this gave them, which may differ from one version to the next",
    "ar": "توجد عقد بلا أسماء، فوُحّد شكل الاثنين (RDFC-1.0)، وأسماء العقد هي ما نتج عن ذلك، وقد "
    "تختلف من نسخة إلى أخرى",
}


def _gunzip(packed: BinaryIO, target: BinaryIO) -> None:
    with gzip.GzipFile(fileobj=packed) as stream:
        shutil.copyfileobj(stream, target)


def _unzstd(packed: BinaryIO, target: BinaryIO) -> None:
    import zstandard  # needed by nothing else, and not everybody has it

    decompressor = zstandard.ZstdDecompressor()
    frame = None
    while piece := packed.read(_PIECE):
        while piece:
            frame = frame or decompressor.decompressobj()
            try:
                target.write(frame.decompress(piece))
            except zstandard.ZstdError as error:
                raise zlib.error(str(error)) from error
            piece = frame.unused_data if frame.eof else b""
            frame = None if frame.eof else frame
    if frame is not None:
        raise EOFError("it ends in the middle")


@contextmanager
def _unpacked(path: Path) -> Iterator[Path]:
    """Give the file itself, or for a compressed one a temporary file with what is in it."""
    unpack = _UNPACK.get(path.suffix)
    if unpack is None:
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="qawl-") as folder:
        plain = Path(folder) / path.stem
        with path.open("rb") as packed, plain.open("wb") as target:
            try:
                unpack(packed, target)
            except ImportError as error:
                raise StoreError(
                    f"{path}: cannot be unpacked here; install zstandard, or run: unzstd {path}"
                ) from error
            except (gzip.BadGzipFile, EOFError, zlib.error) as error:
                raise StoreError(
                    f"{path}: cannot be unpacked ({error}); fetch it or write it again"
                ) from error
        yield plain


_UNPACK: Final[dict[str, Callable[[BinaryIO, BinaryIO], None]]] = {".gz": _gunzip, ".zst": _unzstd}


def _parsed(path: Path) -> set[Quad]:
    """Return the quads of a file, its literals as they are written."""
    name = path.name.removesuffix(path.suffix) if path.suffix in _UNPACK else path.name
    if (rdf_format := FORMATS.get(Path(name).suffix)) is None:
        raise StoreError(
            f"{path}: the ending is not one of {', '.join(FORMATS)}, alone or with "
            f"{' or '.join(_UNPACK)} after it"
        )
    try:
        with _unpacked(path) as plain:
            try:
                refuse_deep_rdf(plain, StoreError)
                return set(parse(path=plain, format=rdf_format))
            except StoreError as error:
                raise StoreError(str(error).replace(str(plain), str(path))) from error
    except OSError as error:
        raise StoreError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        place = f"{path}:{line}" if line else str(path)
        raise StoreError(
            f"{place}: is not {rdf_format.name}: {getattr(error, 'msg', error)}; correct it"
        ) from error


def _is_build(path: Path) -> bool:
    return (path / POINTER).is_file()


def _quads(path: Path) -> set[Quad]:
    if not path.is_dir():
        return _parsed(path)
    if _is_build(path):
        return set(open_store(path))
    for name in (_DUMP, *(_DUMP + ending for ending in _UNPACK)):
        if (path / name).is_file():
            return _parsed(path / name)
    raise StoreError(
        f"{path}: is neither a folder of builds (.qawl) nor one that holds {_DUMP}; name one, or "
        "an RDF file"
    )


def _stored(quads: set[Quad]) -> set[Quad]:
    """Return quads as a store gives them back: it keeps the values of numbers, not how written."""
    store = Store()
    store.extend(quads)
    return set(store)


def _triples(quads: Set[Quad]) -> set[Quad]:
    return {Quad(one.subject, one.predicate, one.object) for one in quads}


def _plain(quads: Set[Quad]) -> bool:
    return all(isinstance(quad.graph_name, DefaultGraph) for quad in quads)


def _canonical(quads: Set[Quad]) -> set[Quad]:
    dataset = Dataset(quads)
    dataset.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return set(dataset)


def load_versions(before: Path, after: Path) -> GraphVersions:
    """Load two versions: RDF files, also compressed, folders of builds, or folders of dumps.

    Where one of them has no named graphs those of the other are left out, and where there are
    blank nodes both are canonicalized; ``notes`` say so.

    :raises StoreError: one of them is missing, of an unknown ending, or malformed.
    """
    paths = (before, after)
    sides = [_quads(path) for path in paths]
    if any(map(_is_build, paths)):
        sides = [_stored(quads) for quads in sides]
    notes = []
    if all(sides) and _plain(sides[0]) != _plain(sides[1]):
        sides = [_triples(quads) for quads in sides]
        notes.append(_ALONE)
    if any(has_blank_nodes(quad) for quads in sides for quad in quads):
        sides = [_canonical(quads) for quads in sides]
        notes.append(_BLANK)
    return GraphVersions(sides[0], sides[1], tuple(notes))
