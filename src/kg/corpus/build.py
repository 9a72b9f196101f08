"""Building a corpus: from the sources to a store that every command can open.

A build that is killed and run again continues with the parts that are complete. The store and the
tables of the previous build stay in place until those of the new one are complete.
"""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from kg.corpus.build_state import Counts, State, counted
from kg.corpus.changed_articles import survey
from kg.corpus.engines.base import Here
from kg.corpus.home import CorpusHome, Source
from kg.corpus.layout import slices
from kg.corpus.load import content_digest, fill, point_tables
from kg.corpus.part import MANIFEST, UNFINISHED, PartJob, PartManifest, make_part
from kg.corpus.progress import Progress, Step
from kg.corpus.record import Refused
from kg.corpus.relations import UNFINISHED as UNFINISHED_RELATIONS
from kg.corpus.relations import RelationManifest, make_relations, relation_jobs
from kg.corpus.sources import check_source
from kg.corpus.workshop import workshop
from kg.errors import CorpusError
from kg.store.builds import STORE_FOLDER
from kg.store.swap import current_name, swap_in, sweep

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from kg.corpus.changed_articles import Survey
    from kg.corpus.engines.base import Engine
    from kg.corpus.relations import RelationJob

__all__ = ["CorpusReport", "add_source", "build_corpus"]

#: How many articles a part has at most.
MOST_ARTICLES: Final = 64
_STAGE: Final = ".stage-"


@dataclass(frozen=True, slots=True)
class CorpusReport:
    """What a build of a corpus did.

    ``fresh`` records were read in this build, ``kept`` ones in an earlier one, and ``removed``
    articles are no longer in the sources.
    """

    counts: Counts
    refused: tuple[Refused, ...]
    fresh: int
    kept: int
    removed: int
    store: Path | None


def add_source(
    folder: Path, source: Path, columns: Mapping[str, str], made: str | None = None
) -> CorpusHome:
    """Add a source to a corpus, which is made if there is none.

    :param columns: the table columns that the user named, by their content.
    :param made: the date assigned to drafts, for a new corpus; default today.
    :raises CorpusError: the folder is neither a corpus nor empty, or the source cannot be read.
    :raises OutputError: the folder cannot be written.
    """
    check_source(source)
    home = CorpusHome.create(folder, made)
    new = Source(str(source.resolve()), dict(columns))
    others = tuple(one for one in home.sources if one.path != new.path)
    if new not in home.sources:
        home = CorpusHome(home.folder, (*others, new), home.made)
        home.save()
    return home


def build_corpus(
    home: CorpusHome,
    engine: Engine | None = None,
    *,
    load: bool = True,
    progress: Progress | None = None,
) -> CorpusReport:
    """Bring a corpus up to date with its sources.

    :param engine: makes the parts; default this process.
    :param load: whether to make the store and the tables.
    :raises CorpusError: a source cannot be used, or the folder cannot be written; the previous
        store and tables are untouched.
    :raises KgError: an authority file cannot be used.
    """
    engine, progress = engine or Here(), progress or Progress()
    with home.locked():
        try:
            return _Build(home, engine, progress).run(load)
        except (OSError, RuntimeError) as error:
            reason = getattr(error, "strerror", None) or error
            raise CorpusError(
                f"{home.folder}: cannot be written: {reason}; the completed parts are kept. Free "
                "some space, and run the same command again"
            ) from error
        finally:
            progress.end()


class _Build:
    def __init__(self, home: CorpusHome, engine: Engine, progress: Progress) -> None:
        self.home = home
        self.engine = engine
        self.progress = progress
        self.setting = home.setting()
        workshop(self.setting)  # what cannot be loaded is said before anything is done

    def run(self, load: bool) -> CorpusReport:
        self._tidy()
        before = self.home.state()
        with tempfile.NamedTemporaryFile(prefix=_STAGE, dir=self.home.folder) as stage:
            self.progress.begin(Step.SURVEY, None)
            known = self._known_articles()
            found = survey(self.home, known, stage.file, lambda _: self.progress.advance(1))
            stage.flush()
            parts = self._make_parts(found, stage.name)
        relations = self._make_relations(parts)
        refused = self._refused(found, parts)
        counts = counted(parts.values(), relations.values(), len(refused))
        store = self._load(tuple(parts), tuple(relations), counts) if load else None
        present = tuple(
            sorted(one.slug for part in parts.values() for one in part.articles if not one.refused)
        )
        state = State(tuple(parts), tuple(relations), counts, present, load)
        self.home.save_state(state, refused)
        self._sweep(parts, relations)
        fresh = sum(one.staged is not None for one in found.articles.values())
        gone = set(before.articles) - set(present) if before else set()
        return CorpusReport(counts, refused, fresh, len(found.articles) - fresh, len(gone), store)

    def _tidy(self) -> None:
        """Remove the remains of killed builds."""
        for folder in (self.home.parts, self.home.relations):
            folder.mkdir(exist_ok=True)
        for path in self.home.folder.glob(f"{_STAGE}*"):
            path.unlink()
        for path in (
            *self.home.parts.glob(f"{UNFINISHED}*"),
            *self.home.relations.glob(f"{UNFINISHED_RELATIONS}*"),
        ):
            shutil.rmtree(path, ignore_errors=True)

    def _manifests(self) -> dict[str, PartManifest]:
        """Return the existing parts that were made with the current settings."""
        found = {}
        for path in sorted(self.home.parts.glob(f"*/{MANIFEST}")):
            manifest = PartManifest.load(path.parent)
            if manifest.version == self.setting.version:
                found[path.parent.name] = manifest
        return found

    def _known_articles(self) -> dict[str, str]:
        """Return the part that contains each article, by the article's fingerprint."""
        return {
            entry.input: name
            for name, manifest in self._manifests().items()
            for entry in manifest.articles
        }

    def _make_parts(self, found: Survey, stage: str) -> dict[str, PartManifest]:
        jobs = [
            PartJob(
                str(self.home.parts),
                stage,
                self.setting,
                prefix,
                tuple(found.articles[slug] for slug in slugs),
            )
            for prefix, slugs in slices(dict.fromkeys(found.articles, 1), MOST_ARTICLES)
        ]
        self.progress.begin(Step.ARTICLES, len(found.articles))
        done = {}
        for name, manifest in self.engine.run(_named_part, jobs):
            done[name] = manifest
            refused = sum(entry.refused is not None for entry in manifest.articles)
            self.progress.advance(len(manifest.articles), refused)
        return {job.name: done[job.name] for job in jobs}

    def _make_relations(self, parts: Mapping[str, PartManifest]) -> dict[str, RelationManifest]:
        jobs = list(relation_jobs(self.home.relations, self.home.parts, self.setting, parts))
        self.progress.begin(Step.RELATIONS, len(jobs))
        done = {}
        for name, manifest in self.engine.run(_named_relations, jobs):
            done[name] = manifest
            self.progress.advance(1)
        return {job.name: done[job.name] for job in jobs}

    def _refused(self, found: Survey, parts: Mapping[str, PartManifest]) -> tuple[Refused, ...]:
        """Return all records that are not in the corpus, in the order of their places."""
        articles = (
            Refused(entry.id, found.places[entry.slug], entry.refused)
            for manifest in parts.values()
            for entry in manifest.articles
            if entry.refused is not None
        )
        return tuple(sorted((*found.refused, *articles), key=lambda one: (one.place, one.id)))

    def _load(self, parts: Iterable[str], relations: Iterable[str], counts: Counts) -> Path:
        """Make the store and the tables, and replace the previous ones."""
        part_folders = [self.home.parts / name for name in parts]
        relation_folders = [self.home.relations / name for name in relations]
        self.progress.begin(Step.STORE, 2 * len(part_folders) + len(relation_folders))
        manifest: dict[str, object] = {
            "sha256": content_digest((*parts, *relations)),
            "corpus": asdict(counts),
            "articles": counts.articles,
            "readings": counts.readings,
            "claims": counts.claims,
        }

        def write(folder: Path) -> None:
            manifest["quads"] = fill(
                folder,
                workshop(self.setting).shared(),
                part_folders,
                relation_folders,
                lambda _: self.progress.advance(1),
            )

        home = self.home.folder
        sweep(home, {current_name(home)})
        folder = swap_in(home, manifest, write)
        point_tables(home, folder)
        return folder / STORE_FOLDER

    def _sweep(self, parts: Iterable[str], relations: Iterable[str]) -> None:
        """Remove the parts that no longer belong to the corpus."""
        for folder, names in ((self.home.parts, set(parts)), (self.home.relations, set(relations))):
            for path in folder.iterdir():
                if path.is_dir() and path.name not in names:
                    shutil.rmtree(path, ignore_errors=True)


def _named_part(job: PartJob) -> tuple[str, PartManifest]:
    return job.name, make_part(job)


def _named_relations(job: RelationJob) -> tuple[str, RelationManifest]:
    return job.name, make_relations(job)
