"""Relations between articles: the claims of each question are brought together under the rules.

A question that several articles ask makes a group; so do all questions of one measure and event,
which may be part of one another. The groups whose hashes begin alike are one part, as articles are;
the rules run once over all groups of a part. The claims of a group
that is too large for one store are cut (:mod:`kg.corpus.cuts`).
"""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, parse

from kg.corpus.derivation import derivation
from kg.corpus.part import (
    MEETING,
    QUESTIONS,
    PartManifest,
    frame,
    group_lines,
    sorted_lines,
    sync_folder,
)
from kg.corpus.workshop import Setting, workshop
from kg.rdf.iris import derived_graph, term
from kg.store.views import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pyoxigraph import Quad

__all__ = [
    "RelationJob",
    "RelationManifest",
    "make_relations",
    "relation_jobs",
]

MANIFEST: Final = "relations.json"
RELATIONS: Final = "relations.nq.zst"
UNFINISHED: Final = ".relations-"
#: How many pairs of an article and a group a part of relations has at most.
MOST_MEETINGS: Final = 2000


@dataclass(frozen=True, slots=True)
class RelationManifest:
    """What a part of relations has: how many groups and quads, and the relations by rule.

    ``questions`` is how many questions several articles ask, none where the groups are others.
    """

    prefix: str
    questions: int
    quads: int
    rules: Mapping[str, int]

    @classmethod
    def load(cls, folder: Path) -> RelationManifest:
        """Read the manifest of a part of relations.

        :raises OSError: there is none.
        """
        return cls(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class RelationJob:
    """What a worker needs to make a part of relations; it can be sent to another process.

    :param grouped: the file of groups in the parts: :data:`MEETING` or :data:`QUESTIONS`.
    :param groups: the bits of the groups.
    :param sources: the names of the parts that have something of theirs.
    :param digest: of the articles that have it.
    :param kind: the kind of reader whose graph says which questions are part of which.
    """

    relations: str
    parts: str
    setting: Setting
    grouped: str
    prefix: str
    groups: frozenset[str]
    sources: tuple[str, ...]
    digest: str
    kind: str

    @property
    def name(self) -> str:
        """The name of the part's folder."""
        told = f"{self.setting.version} {self.digest} {self.kind}"
        what = self.grouped.partition(".")[0]
        return f"{what}-{self.prefix or 'all'}-{hashlib.sha256(told.encode()).hexdigest()[:16]}"


def relation_jobs(
    relations: Path, parts: Path, setting: Setting, manifests: Mapping[str, PartManifest]
) -> Iterator[RelationJob]:
    """Yield a job for each part of relations that the articles make.

    :param manifests: the parts of the corpus, by their names.
    """
    kinds = {kind for one in manifests.values() for entry in one.articles for kind in entry.kinds}
    kind = next((one for one in KINDS if one in kinds), KINDS[0])
    for grouped, fewest in ((MEETING, 2), (QUESTIONS, 1)):
        groups: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        for name, manifest in manifests.items():
            for entry in manifest.articles:
                for bits in entry.meets if grouped == MEETING else entry.groups:
                    groups[bits].append((entry.slug, entry.input, name))
        wanted = {bits: found for bits, found in groups.items() if len(found) >= fewest}
        for prefix, inside in _slices(wanted):
            told = "\n".join(
                f"{bits} {slug} {fingerprint}"
                for bits in inside
                for slug, fingerprint, _ in sorted(wanted[bits])
            )
            yield RelationJob(
                str(relations),
                str(parts),
                setting,
                grouped,
                prefix,
                frozenset(inside),
                tuple(sorted({name for bits in inside for _, _, name in wanted[bits]})),
                hashlib.sha256(told.encode()).hexdigest(),
                kind,
            )


def _slices(
    groups: Mapping[str, list[tuple[str, str, str]]], prefix: str = ""
) -> Iterator[tuple[str, list[str]]]:
    """Yield the groups that make one part, by the bits that they have in common."""
    found = sorted(bits for bits in groups if bits.startswith(prefix))
    if not found:
        return
    total = sum(len(groups[bits]) for bits in found)
    if total <= MOST_MEETINGS or len(found) == 1:
        yield prefix, found
        return
    inside = {bits: groups[bits] for bits in found}
    for bit in "01":
        yield from _slices(inside, prefix + bit)


def make_relations(job: RelationJob) -> RelationManifest:
    """Make a part of relations, unless it is there already.

    :raises OSError: the disk is full, or a part cannot be read.
    """
    relations = Path(job.relations)
    folder = relations / job.name
    if (folder / MANIFEST).is_file():
        return RelationManifest.load(folder)
    rules, shop = derivation(), workshop(job.setting)
    if job.grouped == MEETING:
        found, questions = rules.across_articles(shop.read_by_rules, _quads(job)), len(job.groups)
    else:
        into = derived_graph(job.kind)
        found, questions = rules.between_questions(shop.read_by_rules, _quads(job), into), 0
    manifest = RelationManifest(job.prefix, questions, len(found), _by_rule(found))
    unfinished = Path(tempfile.mkdtemp(prefix=UNFINISHED, dir=relations))
    try:
        (unfinished / RELATIONS).write_bytes(frame(sorted_lines(found)))
        text = json.dumps(asdict(manifest), sort_keys=True, indent=1)
        (unfinished / MANIFEST).write_text(text, encoding="utf-8")
        sync_folder(unfinished)
        unfinished.chmod(0o755)
        try:
            unfinished.rename(folder)
        except OSError:
            if not (folder / MANIFEST).is_file():
                raise
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return manifest


def _quads(job: RelationJob) -> Iterator[Quad]:
    """Yield the quads of a job's groups."""
    for name in job.sources:
        folder = Path(job.parts) / name
        lines = group_lines(folder, PartManifest.load(folder), job.grouped, job.prefix)
        told = (line.split(" ", 2) for line in lines)
        raw = "\n".join(quad for bits, _, quad in told if bits in job.groups)
        yield from parse(raw.encode(), format=RdfFormat.N_QUADS)


def _by_rule(quads: Iterable[Quad]) -> dict[str, int]:
    """Return how many relations each rule found."""
    rules: dict[str, int] = defaultdict(int)
    for quad in quads:
        if quad.predicate == term("qawl:byRule"):
            rules[quad.object.value.rpartition("/")[2]] += 1  # type: ignore[union-attr]
    return dict(sorted(rules.items()))
