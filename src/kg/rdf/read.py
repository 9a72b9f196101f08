"""Reading RDF files: formats, compression, base IRIs, and errors with their place.

Files are checked before they reach a parser. Oxigraph's parsers recurse in JSON and in nested
triples, so a few kilobytes of brackets overflow the stack and kill the process; nested entities in
RDF/XML can expand to gigabytes; and the RDF/XML parser accepts a truncated file without an error.
"""

from __future__ import annotations

import mmap
import re
import warnings
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse

from kg.errors import LeftOutWarning, QueryError
from kg.files.utf8 import encoding_by_mark
from kg.rdf.iris import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import BinaryIO

    from pyoxigraph import QuadParser, Store

    from kg.errors import KgError

__all__ = [
    "COMPRESSIONS",
    "ENDINGS",
    "RdfFile",
    "load_rdf",
    "read_rdf",
    "refuse_deep_answer",
]

#: RDF formats by file ending. ``.owl`` can also be Turtle, which is detected from the content; of
#: N3, only the Turtle subset is supported.
ENDINGS: Final[Mapping[str, RdfFormat]] = {
    ".nq": RdfFormat.N_QUADS,
    ".nt": RdfFormat.N_TRIPLES,
    ".trig": RdfFormat.TRIG,
    ".ttl": RdfFormat.TURTLE,
    ".n3": RdfFormat.TURTLE,
    ".jsonld": RdfFormat.JSON_LD,
    ".rdf": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
}
#: Compression endings that may follow such an ending.
COMPRESSIONS: Final = (".gz", ".zst", ".bz2", ".xz")

#: Maximum nesting of brackets in an RDF file; the stack can hold a few times as much.
DEEPEST: Final = 100
#: Maximum nesting of elements in RDF/XML: parsing time is quadratic in it.
DEEPEST_XML: Final = 1000
#: Maximum length of an entity in an RDF/XML file; entities are meant to abbreviate namespaces.
LONGEST_ENTITY: Final = 1000

_UNPACKERS: Final = {".gz": "gzip", ".bz2": "bz2", ".xz": "lzma"}
_PIECE: Final = 1 << 20
_JSON_TOKEN = re.compile(rb'"(?:[^"\\]|\\.)*+"|[][{}]', re.DOTALL)
_TRIPLE_TERM = re.compile(rb"<<\(|\)>>")
_ENTITY = re.compile(rb"<!ENTITY\s+\S+\s+(\"[^\"]*\"|'[^']*')")
_CONTEXT = re.compile(rb'"@context"\s*:\s*(?:\[\s*)?"([^"]*)"')
_XML_BEGINS = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:[?!]|[\w.:-]+\s[^<>]*xmlns)")
_OWL_TEXT_BEGINS = re.compile(rb"\s*(?:Prefix|Ontology)\s*[(:]")
_RDF_ROOT: Final = f"{PREFIXES['rdf']}RDF"
_OWL_ROOT: Final = f"{PREFIXES['owl']}Ontology"
# The parser's own description of the place, which our messages already start with.
_TOLD_PLACE = re.compile(r"^Parser error at [^:]*: ")
_REMOTE_CONTEXT: Final = "No LoadDocumentCallback"


@dataclass(frozen=True, slots=True)
class RdfFile:
    """The quads of an RDF file in their order, and its prefixes."""

    quads: tuple[Quad, ...]
    prefixes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Source:
    """A file to be parsed: its given name, and the path of its unpacked content."""

    path: Path
    plain: Path
    format: RdfFormat
    error: type[KgError]

    def fault(self, reason: str, line: int | None = None, column: int | None = None) -> KgError:
        place = ":".join(str(one) for one in (self.path, line, column) if one is not None)
        return self.error(f"{place}: {reason}")

    def fault_at(self, content: mmap.mmap, offset: int, reason: str) -> KgError:
        return self.fault(reason, content[:offset].count(b"\n") + 1)

    def malformed(self, cause: SyntaxError) -> KgError:
        reason = _TOLD_PLACE.sub("", cause.msg)
        if reason.startswith(_REMOTE_CONTEXT):
            found = _CONTEXT.search(self.plain.read_bytes())
            name = found[1].decode("utf-8", "replace") if found else "another document"
            return self.fault(
                f"needs the context {name}, but contexts are not fetched; copy the "
                f"context into the file, or convert it with: rdfpipe -i json-ld -o nquads "
                f"{self.path} > {self.path.stem}.nq"
            )
        what = self.format.name + (
            ", the only supported part of N3" if self.path.suffix == ".n3" else ""
        )
        return self.fault(f"is not {what}: {reason}; correct it", cause.lineno, cause.offset)

    @property
    def base(self) -> str:
        """The file's own IRI, which does not depend on compression."""
        packed = self.path.suffix.lower() in COMPRESSIONS
        return (self.path.with_suffix("") if packed else self.path).absolute().as_uri()

    def parse(self, *, strict: bool = False, lenient: bool = False) -> QuadParser:
        return parse(
            path=self.plain,
            format=self.format,
            base_iri=None if strict else self.base,
            # Blank nodes of different files must stay distinct.
            rename_blank_nodes=True,
            lenient=lenient,
        )

    def warn(self, reason: str, line: int | None = None) -> None:
        place = f"{self.path}:{line}" if line else self.path
        warnings.warn(f"{place}: {reason}", LeftOutWarning, stacklevel=4)


def read_rdf(path: Path, error: type[KgError], *, strict: bool = False) -> RdfFile:
    """Read an RDF file.

    Relative IRIs are resolved against the file's own. A statement with a malformed IRI or language
    tag is left out with a :class:`~kg.errors.LeftOutWarning`.

    :param error: the class of error to raise; the message gives the line, if known, and the remedy.
    :param strict: raise an error for such a statement, and for any relative IRI, instead.
    :raises KgError: an ``error`` if the file cannot be read, is not in the format of its extension,
        is empty, is nested too deeply, or needs an external context.
    """
    with _opened(path, error) as source:
        try:
            # JSON-LD silently drops malformed statements unless it is read leniently.
            if source.format == RdfFormat.JSON_LD and not strict:
                return _read_leniently(source)
            parser = source.parse(strict=strict)
            quads = tuple(parser)
        except SyntaxError as cause:
            if strict:
                raise source.malformed(cause) from cause
            return _read_leniently(source, cause)
        if not quads and not strict:
            source.warn("contains no triples")
        return RdfFile(quads, parser.prefixes)


def load_rdf(store: Store, path: Path, error: type[KgError]) -> None:
    """Load an RDF file into a store, keeping named graphs, as :func:`read_rdf` reads it.

    :raises KgError: an ``error``; the store is unchanged.
    """
    with _opened(path, error) as source:
        if source.format == RdfFormat.JSON_LD:
            store.bulk_extend(_read_leniently(source).quads)
            return
        try:
            if next(source.parse(), None) is None:
                source.warn("contains no triples")
            store.bulk_load(path=str(source.plain), format=source.format, base_iri=source.base)
        except SyntaxError as cause:
            store.bulk_extend(_read_leniently(source, cause).quads)


@contextmanager
def _opened(path: Path, error: type[KgError]) -> Iterator[_Source]:
    """Yield a file after unpacking and checking it."""
    packed = path.suffix.lower() in COMPRESSIONS
    ending = (path.with_suffix("") if packed else path).suffix.lower()
    if (rdf_format := ENDINGS.get(ending)) is None:
        raise error(
            f"{path}: the extension is not one of {', '.join(ENDINGS)}, optionally followed by "
            f"{', '.join(COMPRESSIONS)}; rename or convert the file"
        )
    try:
        with _unpacked(path, error) if packed else nullcontext(path) as plain:
            source = _Source(path, plain, rdf_format, error)
            if plain.is_fifo() or plain.is_char_device():
                raise source.fault("is a device or a pipe; pass a file")
            if plain.stat().st_size:
                with (
                    plain.open("rb") as stream,
                    mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ) as content,
                ):
                    source = _looked_at(source, ending, content)
            elif rdf_format in {RdfFormat.RDF_XML, RdfFormat.JSON_LD}:
                raise source.fault("is empty; pass a file with content")
            yield source
    except OSError as cause:
        raise error(f"{path}: cannot be read: {cause.strerror or cause}") from cause


@contextmanager
def _unpacked(path: Path, error: type[KgError]) -> Iterator[Path]:
    import lzma  # slow to import and rarely needed, like the others here
    import shutil
    import tempfile
    import zlib

    with tempfile.TemporaryDirectory(prefix="qawl-") as folder, path.open("rb") as packed:
        plain = Path(folder) / path.stem
        with plain.open("wb") as target:
            try:
                if (module := _UNPACKERS.get(path.suffix.lower())) is None:
                    _unzstd(packed, target)
                else:
                    with import_module(module).open(packed) as stream:
                        shutil.copyfileobj(stream, target, _PIECE)
            except (EOFError, zlib.error, OSError, lzma.LZMAError) as cause:
                if getattr(cause, "errno", None) is not None:
                    raise
                raise error(
                    f"{path}: cannot be unpacked ({cause}); download or create it again"
                ) from cause
        yield plain


def _unzstd(packed: BinaryIO, target: BinaryIO) -> None:
    import zstandard

    decompressor = zstandard.ZstdDecompressor()
    frame = None
    while piece := packed.read(_PIECE):
        while piece:
            frame = frame or decompressor.decompressobj()
            try:
                target.write(frame.decompress(piece))
            except zstandard.ZstdError as error:
                raise EOFError(str(error)) from error
            piece = frame.unused_data if frame.eof else b""
            frame = None if frame.eof else frame
    if frame is not None:
        raise EOFError("the data is truncated")


def _looked_at(source: _Source, ending: str, content: mmap.mmap) -> _Source:
    """Return a file with its format detected; refuse it if it is not safe to parse."""
    if source.format == RdfFormat.RDF_XML:
        if ending != ".owl" or _XML_BEGINS.match(content):
            _check_xml(source, ending, content)
            return source
        if _OWL_TEXT_BEGINS.match(content):
            raise source.fault(
                "is OWL in functional or Manchester syntax; convert it to Turtle or RDF/XML"
            )
        source = replace(source, format=RdfFormat.TURTLE)
    if fault := _fault(content, is_json=source.format == RdfFormat.JSON_LD):
        raise source.fault_at(content, *fault)
    return source


#: How compressed files begin, and the extensions by which they are recognised.
_PACKED: Final = (
    (b"\x1f\x8b", ".gz"),
    (b"\x28\xb5\x2f\xfd", ".zst"),
    (b"BZh", ".bz2"),
    (b"\xfd7zXZ\x00", ".xz"),
)


def _fault(content: mmap.mmap | bytes, *, is_json: bool) -> tuple[int, str] | None:
    """Return the position and the reason if a text is not safe to parse."""
    if encoding := encoding_by_mark(content[:3]):
        return 0, f"is {encoding}; save it as UTF-8 without a byte order mark"
    for begins, extension in _PACKED:
        if content[: len(begins)] == begins:
            return 0, f"is compressed; add {extension} to its name"
    if not is_json and content.find(b"<<(") < 0:
        return None
    depth = 0
    for match in (_JSON_TOKEN if is_json else _TRIPLE_TERM).finditer(content):
        depth += 1 if match[0] in {b"{", b"[", b"<<("} else -1 if match[0][:1] != b'"' else 0
        if depth > DEEPEST:
            return match.start(), f"is nested more than {DEEPEST} levels deep; reduce the nesting"
    return None


def refuse_deep_answer(content: bytes, *, is_json: bool) -> None:
    """Refuse an answer of a server that is nested too deeply to be parsed.

    :param is_json: whether it is JSON; otherwise it is N-Triples or Turtle.
    :raises QueryError: it is nested too deeply; the caller adds the server to the message.
    """
    if fault := _fault(content, is_json=is_json):
        raise QueryError(fault[1])


def _check_xml(source: _Source, ending: str, content: mmap.mmap) -> None:
    """Refuse XML that is malformed or truncated, has expanding entities, or is not RDF/XML."""
    for match in _ENTITY.finditer(content):
        if len(match[1]) > LONGEST_ENTITY or b"&" in match[1].replace(b"&#", b""):
            raise source.fault_at(
                content, match.start(), "has long or nested entities, which are not allowed"
            )
    from xml.parsers import expat

    parser = expat.ParserCreate(namespace_separator="")
    depth = 0

    def begin(name: str, _: object) -> None:
        nonlocal depth
        if not depth and name == _OWL_ROOT:
            raise source.fault("is OWL/XML; convert it to Turtle or RDF/XML")
        if not depth and name != _RDF_ROOT and ending != ".rdf":
            raise source.fault("is XML, but not RDF/XML: it does not start with rdf:RDF")
        depth += 1
        if depth > DEEPEST_XML:
            reason = f"is nested more than {DEEPEST_XML} levels deep; reduce the nesting"
            raise source.fault(reason, parser.CurrentLineNumber)

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    def declare(_: str, encoding: str | None, __: int) -> None:
        if encoding is not None and encoding.upper() not in {"UTF-8", "US-ASCII"}:
            raise source.fault(
                f"is XML in {encoding}, but only UTF-8 is read; convert it with: xmllint --encode "
                f"UTF-8 -o {source.path.stem}-utf8.rdf {source.path}"
            )

    parser.StartElementHandler, parser.EndElementHandler = begin, end
    parser.XmlDeclHandler = declare
    try:
        with source.plain.open("rb") as stream:
            parser.ParseFile(stream)
    except expat.ExpatError as cause:
        reason = f"is not well-formed XML: {expat.ErrorString(cause.code)}; correct it"
        raise source.fault(reason, cause.lineno, cause.offset + 1) from cause


def _read_leniently(source: _Source, first: SyntaxError | None = None) -> RdfFile:
    """Read a file except for statements with malformed IRIs or language tags, with a warning.

    :param first: the parser's first error, if it has run; any other kind of error is raised.
    """
    good: list[Quad] = []
    bad: list[Quad] = []
    try:
        parser = source.parse(lenient=True)
        for quad in parser:
            (bad if any(map(_malformed, _terms(quad))) else good).append(quad)
    except SyntaxError as cause:
        raise source.malformed(cause) from cause
    if bad:
        _warn_of(source, bad)
    elif first is not None:
        raise source.malformed(first)
    elif not good:
        source.warn("contains no triples")
    return RdfFile(tuple(good), parser.prefixes)


def _terms(statement: Quad | Triple) -> Iterator[object]:
    """Yield the terms of a statement, including those of nested triples."""
    for term in (statement.subject, statement.predicate, statement.object):
        if isinstance(term, Triple):
            yield from _terms(term)
        else:
            yield term
    if isinstance(statement, Quad):
        yield statement.graph_name


def _malformed(term: object) -> tuple[str, str] | None:
    """Return a term's malformed IRI or language tag, and the reason."""
    tag = term.language if isinstance(term, Literal) else None
    iri = term.datatype if isinstance(term, Literal) else term
    value = tag or (iri.value if isinstance(iri, NamedNode) else "")
    try:
        if tag:
            Literal("", language=tag)
        elif value:
            NamedNode(value)
    except ValueError as error:
        return value, str(error)
    return None


def _warn_of(source: _Source, bad: Sequence[Quad]) -> None:
    """Warn of statements that were left out, with the first of the malformed values."""
    value, reason = next(filter(None, map(_malformed, _terms(bad[0]))))
    if source.format == RdfFormat.JSON_LD and ":" not in value:
        reason = "no @context maps it to an IRI"
    content = source.plain.read_bytes()
    offset = max(content.find(f"@{value}".encode()), content.find(value.encode()))
    line = content.count(b"\n", 0, offset) + 1 if offset >= 0 else None
    more = f", with {len(bad) - 1} more like it" if len(bad) > 1 else ""
    source.warn(f"{value!r}: {reason}; the statement is left out{more}; correct the file", line)
