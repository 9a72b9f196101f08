"""The desk: the articles of a graph's folder, and the reading of each that a person corrects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.compare.findings import known_entities
from kg.desk.decision_log import sha256_of
from kg.desk.doubt import Doubt, contradicted_claims, disputed_claims, doubts
from kg.desk.live import file_stamp
from kg.desk.sitting import Sitting
from kg.errors import KgError, ReadingError
from kg.files.utf8 import read_utf8
from kg.files.yaml_input import LARGEST_FILE
from kg.rdf.iris import SLUG, ReadingName, slugify
from kg.reading.draft import DRAFT_HEAD, Draft, as_file, write_draft
from kg.reading.file import load_reading, path_of_reading
from kg.reading.new_article import new_article
from kg.text.article import LARGEST_ARTICLE, unknown_article
from kg.text.input import read_text

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Store

    from kg.desk.live import Known, LiveGraph
    from kg.desk.sitting import Seen
    from kg.reading.file import ReadingFile
    from kg.reading.model import Reading

__all__ = ["Desk", "Listed"]


@dataclass(frozen=True, slots=True)
class Listed:
    """An article in the desk's list.

    ``reading`` is the reading to correct, empty if there is nothing yet; ``fault`` says why it
    cannot be shown.
    """

    slug: str
    label: dict[str, str]
    reading: str = ""
    claims: int = 0
    open: int = 0
    fault: str = ""


@dataclass(frozen=True, slots=True)
class _Head:
    """The part of a reading that says how it is corrected; an invalid file is corrected itself.

    ``proposes`` says whether it is a draft, ``draft`` which draft it corrects.
    """

    proposes: bool = False
    draft: str | None = None
    claims: tuple[str, ...] = ()
    undecided: int = 0
    fault: str = ""

    @classmethod
    def of_file(cls, path: Path) -> _Head:
        try:
            return cls.of(load_reading(path).reading)
        except ReadingError as error:
            return cls(fault=str(error))

    @classmethod
    def of(cls, reading: Reading) -> _Head:
        claims = tuple(claim.id for claim in reading.claims)
        decisions = reading.decisions
        if decisions is not None:
            return cls(False, decisions.draft, claims, len(decisions.open))
        proposes = reading.reader.kind != "person"
        return cls(proposes, None, claims, len(claims) if proposes else 0)


class Desk:
    """A person's desk over a graph's folder.

    :param person: the name to record readings and decisions under.
    :param reading: the id of the reading to correct, if not the person's own or a draft.
    """

    def __init__(self, live: LiveGraph, person: str, reading: str | None = None) -> None:
        self.live = live
        self.person = person
        self._reading = reading
        self._heads: dict[Path, tuple[object, _Head]] = {}
        self._leaned: Known | None = None
        self._known: dict[Path, dict[str, Any]] = {}
        self._disputed: dict[str, tuple[object, dict[str, list[str]]]] = {}

    def articles(self) -> list[Listed]:
        """Return all articles, starting with those with the most open proposals."""
        found = [self._listed(path.parent) for path in self._metadata()]
        return sorted(found, key=lambda one: (-one.open, one.slug))

    def _metadata(self) -> list[Path]:
        return sorted(self.live.graph.glob("articles/*/article.yaml"))

    def _listed(self, folder: Path) -> Listed:
        try:
            article = self.live.article(folder.name)
        except KgError as error:
            return Listed(folder.name, {}, fault=str(error))
        label = {str(key): value for key, value in article.metadata.label.model_dump().items()}
        try:
            sitting = self.sitting(folder.name)
        except KgError as error:
            return Listed(folder.name, label, fault=str(error))
        if sitting is None:
            return Listed(folder.name, label)
        head = self._head(sitting.source)
        name, claims = sitting.path.stem, len(head.claims)
        return Listed(folder.name, label, name, claims, head.undecided, head.fault)

    def sitting(self, slug: str) -> Sitting | None:
        """Return the reading of an article to correct; ``None`` if there is none and no draft.

        :raises ArticleError: no such article.
        :raises ReadingError: there is no reading with the given name.
        """
        folder = self.live.graph / "articles" / slug
        if not SLUG.fullmatch(slug) or not (folder / "article.yaml").is_file():
            raise unknown_article(self.live.graph / "articles", slug)
        readings = folder / "readings"
        own = readings / f"{slugify(self.person) or 'person'}.yaml"
        if self._reading in {None, own.stem}:
            chosen = own if own.is_file() else self._best(readings)
        else:
            chosen = path_of_reading(folder, self._reading)
        if chosen is None:
            return None
        return self._sitting(slug, chosen, own)

    def _sitting(self, slug: str, chosen: Path, own: Path) -> Sitting:
        draft, path, head = None, chosen, self._head(chosen)
        if head.draft is not None:
            draft = chosen.with_name(f"{head.draft}.yaml")
        elif head.proposes:
            draft = chosen
            path = own if own != chosen else own.with_name(f"{own.stem}-corrected.yaml")
        order = self._head(draft).claims if draft is not None and draft.exists() else ()
        if self.live.known is not self._leaned:  # an authority file has changed
            self._leaned = self.live.known
            self._known.clear()
        known = self._known.setdefault(path, {})
        article = self.live.article(slug)
        return Sitting(article, path, draft, self.person, self.live.compiled, order, known)

    def _head(self, path: Path) -> _Head:
        stamp = file_stamp(path)
        before = self._heads.get(path)
        if before is None or before[0] != stamp:
            before = self._heads[path] = (stamp, _Head.of_file(path))
        return before[1]

    def remember(self, path: Path, seen: Seen) -> None:
        """Save the next steps from rereading a file that has just been written."""
        self.live.remember(path, seen.sha256, seen.grounded)
        try:
            stamp = file_stamp(path)
            text = read_utf8(path, ReadingError, largest=LARGEST_FILE)
        except (OSError, ReadingError):
            return  # it has been taken away or damaged since, which is told to who comes next
        if sha256_of(text) == seen.sha256:
            self._heads[path] = (stamp, _Head.of(seen.grounded.reading))

    def doubts(self, slug: str, seen: Seen, draft: Path | None, store: Store) -> dict[str, Doubt]:
        """Return the doubt about every claim of a reading.

        :param store: the last valid graph.
        """
        names = [ReadingName(slug, seen.grounded.file.id)]
        if draft is not None:
            names.append(ReadingName(slug, draft.stem))
        disputed = self._disputed_by(slug, seen, {name.id for name in names})
        return doubts(seen.grounded, disputed, contradicted_claims(store, names))

    def _disputed_by(self, slug: str, seen: Seen, own: set[str]) -> dict[str, list[str]]:
        """Return which other readings disagree with claims; computed once for all decisions."""
        folder = self.live.graph / "articles" / slug / "readings"
        paths = [path for path in sorted(folder.glob("*.yaml")) if path.stem not in own]
        stamp = tuple((path, path.stat().st_mtime_ns) for path in paths)
        before = self._disputed.get(slug)
        if before is not None and before[0] == stamp:
            return before[1]
        others: list[ReadingFile] = []
        for path in paths:
            try:
                others.append(load_reading(path))
            except ReadingError:
                continue  # it is told where the graph is built
        known = self.live.known
        entities = known_entities(known.authority, known.ontology)
        found = disputed_claims(seen.grounded, others, entities)
        self._disputed[slug] = (stamp, found)
        return found

    def _best(self, readings: Path) -> Path | None:
        """Return what to correct if a person has no reading: the newest draft, else a reading."""
        found = [(path, self._head(path)) for path in sorted(readings.glob("*.yaml"))]
        drafts = [path for path, head in found if head.proposes]
        if drafts:
            return max(drafts, key=lambda path: path.stat().st_mtime_ns)
        return found[0][0] if found else None

    def add_article(
        self, raw: bytes, source: str, *, slug: str | None, title: str | None
    ) -> tuple[str, tuple[str, ...]]:
        """Make an article from pasted text or a dropped file, with a draft by the rules.

        :param source: the name of the file that was dropped.
        :returns: its slug, and notes for the person.
        :raises KgError: it cannot be used; nothing was written.
        """
        text = read_text(raw[: LARGEST_ARTICLE + 1], source)
        made = new_article(text, source, self.live.graph, slug=slug, given={"title": title})
        self.draft(made.slug)
        return made.slug, made.notes

    def draft(self, slug: str) -> None:
        """Have the rules write a draft of an article that has no reading.

        :raises KgError: there is one already, or it cannot be written.
        """
        from kg.readers.rules.reader import RulesReader

        article, known = self.live.article(slug), self.live.known
        draft: Draft = RulesReader(known.authority, self.live.graph / "gazetteer").read(article)
        as_file(draft.reading, "rules")
        path = self.live.graph / "articles" / slug / "readings" / "rules.yaml"
        path.parent.mkdir(exist_ok=True)
        write_draft(draft, path, head=(DRAFT_HEAD,))
