"""The graph during editing: only what changed is compiled and validated, then the rules run.

What does not change while a desk is open is loaded once: the ontology, the authority files, the
shapes. A reading is compiled and validated again when its file changes; if it is invalid, the graph
keeps its last valid version.
"""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Store

from kg.desk.faults import Fault, faults_of
from kg.errors import KgError
from kg.files import shipped
from kg.graph.compile_article import compile_article
from kg.graph.compile_reading import compile_grounded
from kg.graph.compile_search_texts import with_searched_labels
from kg.graph.derive import derive_apart, load_rules
from kg.knowledge.authority import load_authority
from kg.knowledge.ontology import load_ontology
from kg.rdf.iris import ReadingName
from kg.reading.file import load_reading
from kg.reading.grounded import ground_reading
from kg.shacl.validate import Validator
from kg.store.views import reading_kinds
from kg.text.article import load_article

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from pyoxigraph import Quad

    from kg.graph.derive import Derived
    from kg.knowledge.authority import Authority
    from kg.knowledge.ontology import Ontology
    from kg.reading.grounded import GroundedReading
    from kg.shacl.columns import Columns
    from kg.text.article import Article

__all__ = ["Known", "LiveGraph", "Snapshot", "file_stamp"]

_Stamp = tuple[int, int, int]
_AUTHORITY: Final = "authority"
_PERSON: Final = "person"


def file_stamp(path: Path) -> _Stamp:
    """Return what changes when a file does; cheap."""
    found = path.stat()
    return found.st_mtime_ns, found.st_size, found.st_ino


@dataclass(frozen=True, slots=True)
class Known:
    """What all readings in a graph folder depend on."""

    ontology: Ontology
    authority: Authority
    base: Columns
    quads: tuple[Quad, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A graph with everything derived, and the readings that could not be included.

    ``faults`` lists the faults of each reading whose current file is not in the graph, by article
    and reading.
    """

    store: Store
    faults: dict[tuple[str, str], tuple[Fault, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class _Part:
    stamp: _Stamp
    quads: AbstractSet[Quad]
    faults: tuple[Fault, ...] = ()


class LiveGraph:
    """A graph folder of which only the changed parts are recomputed.

    :param graph: a folder with ``articles/`` and ``authority/``.
    :raises KgError: the authority files or the ontology cannot be used.
    """

    def __init__(self, graph: Path) -> None:
        self.graph = graph
        self._validator = Validator()
        self._rules = load_rules(shipped.queries_dir() / "rules")
        self._ontology = load_ontology(shipped.ontology_dir())
        self._lock = threading.Lock()
        self._known: Known | None = None
        self._known_stamp: tuple[Any, ...] = ()
        self._articles: dict[str, tuple[_Stamp, Article, set[Quad], Columns]] = {}
        self._parts: dict[Path, _Part] = {}
        self._derived: dict[str, Derived] = {}
        self._drafts: frozenset[tuple[Path, _Stamp]] = frozenset()
        self._read: dict[Path, tuple[str, GroundedReading]] = {}

    @property
    def known(self) -> Known:
        """The ontology and the authority files as they are now.

        :raises KgError: an authority file cannot be used.
        """
        folder = self.graph / _AUTHORITY
        metadata = sorted(self.graph.glob("articles/*/article.yaml"))
        stamp = tuple((path, file_stamp(path)) for path in (*sorted(folder.glob("*")), *metadata))
        if self._known is None or stamp != self._known_stamp:
            authority = load_authority(folder, self._ontology)
            works = {}
            for path in metadata:
                article = load_article(path.parent)
                works[article.slug] = article.metadata.label.model_dump()
            authority = authority.with_works(works)
            quads = (*self._ontology.quads(), *with_searched_labels(authority.quads()))
            self._known = Known(self._ontology, authority, self._validator.base(quads), quads)
            self._known_stamp = stamp
            self._articles.clear()
            self._parts.clear()
            self._derived.clear()
        return self._known

    def article(self, slug: str) -> Article:
        """Return an article.

        :raises KgError: there is none, or it cannot be used.
        """
        return self._article(slug)[1]

    def article_quads(self, slug: str) -> AbstractSet[Quad]:
        """Return the quads of an article without its readings.

        :raises KgError: there is none, or it cannot be used.
        """
        return self._article(slug)[2]

    def _article(self, slug: str) -> tuple[_Stamp, Article, set[Quad], Columns]:
        folder = self.graph / "articles" / slug
        path = folder / "article.yaml"
        known = self.known
        found = self._articles.get(slug)
        if found is None or found[0] != file_stamp(path):
            article = load_article(folder)
            quads = compile_article(article, known.ontology, known.authority)
            columns = self._validator.base([*known.quads, *quads])
            found = self._articles[slug] = (file_stamp(path), article, quads, columns)
        return found

    def stamp(self) -> tuple[object, ...]:
        """Return a value that changes whenever a file of the graph does; cheap."""
        paths = (
            *self.graph.glob("articles/*/article.yaml"),
            *self.graph.glob("articles/*/readings/*.yaml"),
            *self.graph.glob("authority/*"),
        )
        return tuple((path, file_stamp(path)) for path in sorted(paths) if path.exists())

    def remember(self, path: Path, sha256: str, grounded: GroundedReading) -> None:
        """Save :meth:`refresh` from rereading a file that has just been written.

        :param sha256: of the file's text.
        """
        self._read[path] = (sha256, grounded)

    def compiled(self, grounded: GroundedReading) -> set[Quad]:
        """Return the quads of a reading, including undecided proposals.

        :raises ReadingError: it names something unknown, or uses something as the wrong kind.
        """
        known = self.known
        return compile_grounded(grounded, known.ontology, known.authority)

    def refresh(self) -> Snapshot:
        """Return the graph for the current files.

        :raises KgError: shared data cannot be used; articles and readings that cannot be used are
            reported in the snapshot.
        """
        with self._lock:
            known = self.known
            store = Store()
            store.extend(known.quads)
            faults: dict[tuple[str, str], tuple[Fault, ...]] = {}
            for folder in sorted(self.graph.glob("articles/*/article.yaml")):
                slug = folder.parent.name
                try:
                    store.extend(self._article(slug)[2])
                except KgError as error:
                    faults[slug, ""] = (Fault("", "", str(error)),)
                    continue
                for path in sorted(folder.parent.glob("readings/*.yaml")):
                    part = self._reading(slug, path)
                    store.extend(part.quads)
                    if part.faults:
                        faults[slug, path.stem] = part.faults
            self._derive(store)
            return Snapshot(store, faults)

    def _derive(self, store: Store) -> None:
        """Run the rules; recompute what follows from drafts alone only if one has changed."""
        kinds = reading_kinds(store)
        drafts = frozenset(
            (path, part.stamp)
            for path, part in self._parts.items()
            if kinds.get(ReadingName(path.parent.parent.name, path.stem).node.value) != _PERSON
        )
        if drafts != self._drafts:
            self._drafts = drafts
            self._derived.clear()
        self._derived.pop(_PERSON, None)
        derive_apart(store, self._rules, self._derived)

    def _reading(self, slug: str, path: Path) -> _Part:
        stamp = file_stamp(path)
        before = self._parts.get(path)
        if before is not None and before.stamp == stamp:
            return before
        _, article, _, base = self._article(slug)
        try:
            quads = self.compiled(self._grounded(path, article).decided())
            report = self._validator.validate(quads, base=base)
            found = faults_of(report, quads)
        except KgError as error:
            quads, found = set(), (Fault("", "", str(error)),)
        if found and before is not None:
            part = _Part(stamp, before.quads, found)
        else:
            part = _Part(stamp, set() if found else quads, found)
        self._parts[path] = part
        return part

    def _grounded(self, path: Path, article: Article) -> GroundedReading:
        known = self._read.get(path)
        if known is not None and hashlib.sha256(path.read_bytes()).hexdigest() == known[0]:
            return known[1]
        file = load_reading(path)
        return ground_reading(file, article.at_version(file.reading.version))
