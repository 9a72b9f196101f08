"""A part of a corpus: the articles of one slice, written by one worker, all or nothing.

Its folder is named after its slice and a digest of its inputs. It holds the quads of its articles
and what follows from each alone, with one Zstandard frame per article; the claims of topics that
other articles may share; the tables; and, written last, the manifest ``part.json``.
"""

from __future__ import annotations

import gc
import hashlib
import io
import json
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import zstandard
from pyoxigraph import RdfFormat, serialize

from kg.corpus.article import compile_record
from kg.corpus.derivation import derivation, read_by_rules, topics_of
from kg.corpus.layout import bits_of
from kg.corpus.stage import Staged, read_staged
from kg.corpus.tables.parquet import read_rows, write_tables
from kg.corpus.tables.rows import rows_of
from kg.corpus.tables.schemas import tables
from kg.corpus.workshop import Setting, Workshop, workshop
from kg.errors import KgError
from kg.files.atomic import new_folder
from kg.shacl.columns import Columns

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import Quad

    from kg.corpus.article import CompiledArticle
    from kg.corpus.derivation import Topic
    from kg.corpus.record import Record
    from kg.corpus.tables.rows import Row

__all__ = [
    "ArticleEntry",
    "PartJob",
    "PartManifest",
    "Wanted",
    "frame",
    "make_part",
    "part_name",
    "sorted_lines",
    "topic_lines",
]

MANIFEST: Final = "part.json"
QUADS: Final = "quads.nq.zst"
DERIVED: Final = "derived.nq.zst"
TOPICS: Final = "topics.zst"
#: How the names of parts begin that are not yet whole.
UNFINISHED: Final = ".part-"
_LEVEL = 3
# Validation costs less for each of several articles: the rest of the graph is loaded once.
_TOGETHER: Final = 8
# What can go wrong with an article that nobody has seen before.
_FAULTS: Final = (
    KgError, ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError,
    TypeError, ValueError,
)  # fmt: skip
_MOST_REASON = 600
# The claims of topics are kept in so many frames, by the first bits of the topic's hash.
_FRAME_BITS: Final = 8


@dataclass(frozen=True, slots=True)
class ArticleEntry:
    """An article in a part, or the reason why it was left out.

    ``quads`` and ``derived`` are its offset and length in the files of quads; ``topics`` the number
    of its claims per topic, by the topic's bits; ``kinds`` the kinds of reader.
    """

    slug: str
    id: str
    input: str
    refused: str | None = None
    readings: int = 0
    claims: int = 0
    quads_number: int = 0
    quads: tuple[int, int] = (0, 0)
    derived: tuple[int, int] = (0, 0)
    topics: Mapping[str, int] = field(default_factory=dict)
    kinds: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PartManifest:
    """The content of a part: its articles, and the position of each topic's claims."""

    prefix: str
    version: str
    articles: tuple[ArticleEntry, ...]
    frames: Mapping[str, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> PartManifest:
        """Read the manifest of a part.

        :raises OSError: there is none.
        """
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        entries = tuple(map(_entry, data["articles"]))
        frames = {bits: (int(a), int(b)) for bits, (a, b) in data["frames"].items()}
        return cls(data["prefix"], data["version"], entries, frames)


def _entry(data: Mapping[str, Any]) -> ArticleEntry:
    told: dict[str, Any] = {
        key: tuple(one) if isinstance(one, list) else one for key, one in data.items()
    }
    return ArticleEntry(**told)


@dataclass(frozen=True, slots=True)
class Wanted:
    """An article that a part must contain: on the stage, or in an existing part.

    :param works: the locations of other articles that it may name as sources.
    """

    slug: str
    input: str
    staged: Staged | None = None
    works: tuple[Staged, ...] = ()
    kept_in: str | None = None


@dataclass(frozen=True, slots=True)
class PartJob:
    """What a worker needs to make a part; it can be sent to another process."""

    parts: str
    stage: str
    setting: Setting
    prefix: str
    articles: tuple[Wanted, ...]

    @property
    def name(self) -> str:
        """The name of the part's folder."""
        return part_name(self.prefix, self.setting, self.articles)


def part_name(prefix: str, setting: Setting, articles: Iterable[Wanted]) -> str:
    """Return the name of a part's folder: its slice, and a digest of its inputs."""
    found = hashlib.sha256(setting.version.encode())
    for one in articles:
        found.update(f"\n{one.slug} {one.input}".encode())
    return f"{prefix or 'all'}-{found.hexdigest()[:16]}"


@dataclass(slots=True)
class _Piece:
    """One article's share of a part."""

    entry: ArticleEntry
    quads: bytes = b""
    derived: bytes = b""
    topics: list[str] = field(default_factory=list)
    rows: dict[str, list[Row]] = field(default_factory=dict)


def make_part(job: PartJob) -> PartManifest:
    """Make a part, unless it already exists.

    :raises KgError: the shared knowledge cannot be used.
    :raises OSError: the disk is full, or a file cannot be read.
    """
    parts = Path(job.parts)
    folder = parts / job.name
    if (folder / MANIFEST).is_file():
        return PartManifest.load(folder)
    shop = workshop(job.setting)
    with _uncollected():
        pieces = {one.entry.slug: one for one in (*_kept(parts, job.articles), *_made(job, shop))}
    ordered = [pieces[one.slug] for one in job.articles]
    with new_folder(folder, UNFINISHED, MANIFEST) as unfinished:
        return _write(unfinished, job, ordered)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Disable garbage collection of cycles: articles create many objects but hardly any cycles."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


# Fresh articles


def _made(job: PartJob, shop: Workshop) -> Iterator[_Piece]:
    """Yield the pieces of the articles to read, validated several at a time."""
    together: list[_Read] = []
    for one in job.articles:
        if one.staged is None:
            continue
        stage = Path(job.stage)
        record = read_staged(stage, one.staged)
        works = [read_staged(stage, work) for work in one.works]
        try:
            read = _Read(record, one, compile_record(record, shop, works))
        except _FAULTS as error:
            yield _refused(record, one, error)
            continue
        if works:
            yield from _judged([read], shop)
            continue
        together.append(read)
        if len(together) == _TOGETHER:
            yield from _judged(together, shop)
            together = []
    yield from _judged(together, shop)


@dataclass(frozen=True, slots=True)
class _Read:
    """An article that has been read but not yet validated."""

    record: Record
    wanted: Wanted
    compiled: CompiledArticle


def _judged(together: Sequence[_Read], shop: Workshop) -> Iterator[_Piece]:
    """Validate articles together, or one by one if any of them violates a shape."""
    if not together:
        return
    works = [quad for one in together for quad in one.compiled.works]
    base = Columns(works, shop.base) if works else shop.base
    graph = Columns([quad for one in together for quad in one.compiled.quads], base)
    try:
        report = shop.validator.judge(graph)
        if report.passes:
            for one in together:
                yield _accepted(one, shop, graph)
            return
        reason: Exception | str = report.text()
    except _FAULTS as error:
        reason = error
    if len(together) == 1:
        yield _refused(together[0].record, together[0].wanted, reason)
        return
    for one in together:
        yield from _judged([one], shop)


def _refused(record: Record, wanted: Wanted, reason: Exception | str) -> _Piece:
    if isinstance(reason, KgError | str):
        told = str(reason)
    else:
        # One article that we have a fault with must not stop the others.
        told = f"internal error in Qawl ({type(reason).__name__}: {reason}); please report it"
    told = told if len(told) <= _MOST_REASON else f"{told[:_MOST_REASON]}…"
    return _Piece(ArticleEntry(wanted.slug, record.id, wanted.input, told))


def _accepted(read: _Read, shop: Workshop, graph: Columns) -> _Piece:
    rules, compiled = derivation(), read.compiled
    core = read_by_rules(compiled.quads, rules.terms)
    works = read_by_rules(compiled.works, rules.terms)
    derived = rules.within_article([*shop.read_by_rules, *works], core)
    topics = topics_of(shop.topics, compiled.quads, [*core, *works])
    entry = ArticleEntry(
        read.wanted.slug,
        read.record.id,
        read.wanted.input,
        readings=len(compiled.readings),
        claims=sum(len(one.reading.claims) for one in compiled.readings),
        quads_number=len(compiled.quads) + len(derived),
        topics={bits_of(name): topic.claims for name, topic in sorted(topics.items())},
        kinds=tuple(sorted({one.reading.reader.kind for one in compiled.readings})),
        notes=compiled.notes,
    )
    return _Piece(
        entry,
        frame(sorted_lines(compiled.quads)),
        frame(sorted_lines(derived)),
        _topic_lines(read.wanted.slug, topics),
        rows_of(read.record, compiled, graph, shop.ontology),
    )


def _topic_lines(slug: str, topics: Mapping[str, Topic]) -> list[str]:
    return sorted(
        f"{bits_of(name)} {slug} {line}"
        for name, topic in topics.items()
        for line in sorted_lines(topic.quads).decode().split("\n")[:-1]
    )


def sorted_lines(quads: Iterable[Quad]) -> bytes:
    """Return quads as N-Quads, sorted by line."""
    buffer = io.BytesIO()
    serialize(quads, buffer, format=RdfFormat.N_QUADS)
    return b"".join(sorted(buffer.getvalue().splitlines(keepends=True)))


def frame(content: bytes) -> bytes:
    """Return bytes as a Zstandard frame; empty input stays empty."""
    return zstandard.ZstdCompressor(level=_LEVEL).compress(content) if content else b""


# Articles that an earlier part has


def _kept(parts: Path, articles: Sequence[Wanted]) -> Iterator[_Piece]:
    by_folder: dict[str, list[Wanted]] = {}
    for one in articles:
        if one.kept_in is not None:
            by_folder.setdefault(one.kept_in, []).append(one)
    for name, wanted in sorted(by_folder.items()):
        yield from _pieces_of(parts / name, {one.slug for one in wanted})


def _pieces_of(folder: Path, slugs: set[str]) -> Iterator[_Piece]:
    manifest = PartManifest.load(folder)
    rows = read_rows(folder, slugs)
    topics: dict[str, list[str]] = {slug: [] for slug in slugs}
    for line in topic_lines(folder, manifest, ""):
        slug = line.split(" ", 2)[1]
        if slug in topics:
            topics[slug].append(line)
    with (folder / QUADS).open("rb") as quads, (folder / DERIVED).open("rb") as derived:
        for entry in manifest.articles:
            if entry.slug in slugs:
                yield _Piece(
                    entry,
                    _slice(quads, entry.quads),
                    _slice(derived, entry.derived),
                    topics[entry.slug],
                    rows[entry.slug],
                )


def _slice(stream: Any, place: tuple[int, int]) -> bytes:
    stream.seek(place[0])
    return bytes(stream.read(place[1]))


def topic_lines(folder: Path, manifest: PartManifest, prefix: str) -> Iterator[str]:
    """Yield the lines of topics whose bits have a given prefix.

    A line has the topic's bits, the article's slug and a quad.
    """
    with (folder / TOPICS).open("rb") as stream:
        for bits, place in manifest.frames.items():
            if bits.startswith(prefix) or prefix.startswith(bits):
                raw = zstandard.ZstdDecompressor().decompress(_slice(stream, place))
                for line in raw.decode().split("\n")[:-1]:
                    if line.startswith(prefix):
                        yield line


# Writing


def _write(folder: Path, job: PartJob, pieces: Sequence[_Piece]) -> PartManifest:
    entries = [one.entry for one in pieces]
    for name, key in ((QUADS, "quads"), (DERIVED, "derived")):
        with (folder / name).open("wb") as stream:
            for number, piece in enumerate(pieces):
                content = getattr(piece, key)
                place = (stream.tell(), len(content))
                entries[number] = _placed(entries[number], key, place)
                stream.write(content)
    frames = _write_topics(folder / TOPICS, [line for one in pieces for line in one.topics])
    rows = {name: [row for one in pieces for row in one.rows.get(name, ())] for name in tables()}
    write_tables(folder, rows)
    manifest = PartManifest(job.prefix, job.setting.version, tuple(entries), frames)
    text = json.dumps(asdict(manifest), ensure_ascii=False, indent=1, sort_keys=True)
    (folder / MANIFEST).write_text(text, encoding="utf-8")
    return manifest


def _placed(entry: ArticleEntry, key: str, place: tuple[int, int]) -> ArticleEntry:
    return replace(entry, quads=place) if key == "quads" else replace(entry, derived=place)


def _write_topics(path: Path, lines: Iterable[str]) -> dict[str, tuple[int, int]]:
    by_bits: dict[str, list[str]] = {}
    for line in lines:
        by_bits.setdefault(line[:_FRAME_BITS], []).append(line)
    frames = {}
    with path.open("wb") as stream:
        for bits in sorted(by_bits):
            content = frame("".join(f"{line}\n" for line in sorted(by_bits[bits])).encode())
            frames[bits] = (stream.tell(), len(content))
            stream.write(content)
    return frames
