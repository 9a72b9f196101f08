"""Relations between articles: the claims of each question are brought together under the rules.

A question that several articles ask makes a group. The groups whose questions' hashes begin alike
are one part, as articles are; the rules run once over all groups of a part. The claims of a group
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
from kg.corpus.part import PartManifest, frame, meeting_lines, sorted_lines, sync_folder
from kg.corpus.workshop import Setting, workshop
from kg.rdf.iris import term

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
#: How many pairs of an article and a question a part of relations has at most.
MOST_MEETINGS: Final = 2000
_RELATES: Final = term("qawl:relates")


@dataclass(frozen=True, slots=True)
class RelationManifest:
    """What a part of relations has: how many questions and quads, and the relations by rule."""

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

    :param questions: the bits of the questions that several articles ask.
    :param sources: the names of the parts that have claims of theirs.
    :param digest: of the articles that have them.
    """

    relations: str
    parts: str
    setting: Setting
    prefix: str
    questions: frozenset[str]
    sources: tuple[str, ...]
    digest: str

    @property
    def name(self) -> str:
        """The name of the part's folder."""
        told = f"{self.setting.version} {self.digest}"
        return f"{self.prefix or 'all'}-{hashlib.sha256(told.encode()).hexdigest()[:16]}"


def relation_jobs(
    relations: Path, parts: Path, setting: Setting, manifests: Mapping[str, PartManifest]
) -> Iterator[RelationJob]:
    """Yield a job for each part of relations that the articles make.

    :param manifests: the parts of the corpus, by their names.
    """
    asked: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for name, manifest in manifests.items():
        for entry in manifest.articles:
            for bits in entry.meets:
                asked[bits].append((entry.slug, entry.input, name))
    meeting = {bits: found for bits, found in asked.items() if len(found) > 1}
    for prefix, questions in _slices(meeting):
        told = "\n".join(
            f"{bits} {slug} {fingerprint}"
            for bits in questions
            for slug, fingerprint, _ in sorted(meeting[bits])
        )
        sources = sorted({name for bits in questions for _, _, name in meeting[bits]})
        yield RelationJob(
            str(relations),
            str(parts),
            setting,
            prefix,
            frozenset(questions),
            tuple(sources),
            hashlib.sha256(told.encode()).hexdigest(),
        )


def _slices(
    meeting: Mapping[str, list[tuple[str, str, str]]], prefix: str = ""
) -> Iterator[tuple[str, list[str]]]:
    """Yield the questions that make one part, by the bits that they have in common."""
    questions = sorted(bits for bits in meeting if bits.startswith(prefix))
    if not questions:
        return
    total = sum(len(meeting[bits]) for bits in questions)
    if total <= MOST_MEETINGS or len(questions) == 1:
        yield prefix, questions
        return
    inside = {bits: meeting[bits] for bits in questions}
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
    found = rules.across_articles(shop.read_by_rules, _claims(job))
    manifest = RelationManifest(job.prefix, len(job.questions), len(found), _by_rule(found))
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


def _claims(job: RelationJob) -> Iterator[Quad]:
    """Yield the quads of the claims of a job's questions."""
    for name in job.sources:
        folder = Path(job.parts) / name
        lines = (
            line.split(" ", 2)
            for line in meeting_lines(folder, PartManifest.load(folder), job.prefix)
        )
        raw = "\n".join(quad for bits, _, quad in lines if bits in job.questions)
        yield from parse(raw.encode(), format=RdfFormat.N_QUADS)


def _by_rule(quads: Iterable[Quad]) -> dict[str, int]:
    """Return how many relations each rule found."""
    rules: dict[str, int] = defaultdict(int)
    for quad in quads:
        if quad.predicate == term("qawl:byRule"):
            rules[quad.object.value.rpartition("/")[2]] += 1  # type: ignore[union-attr]
    return dict(sorted(rules.items()))
