"""Relations between claims: the rules are run on all claims of a topic together.

Topics whose hashes share a prefix form one part, as with articles; the rules run once over all
claims of a part. A topic with too many claims is split (:mod:`kg.corpus.cuts`).
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pyoxigraph import RdfFormat, parse

from kg.corpus.cuts import cut
from kg.corpus.derivation import derivation, relations_across
from kg.corpus.part import PartManifest, frame, sorted_lines, topic_lines
from kg.corpus.workshop import Setting, workshop
from kg.files.atomic import new_folder
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
#: How many claims a part of relations has at most where it has several topics, and how many of one
#: topic are compared at once.
MOST_CLAIMS: Final = 2000


@dataclass(frozen=True, slots=True)
class RelationManifest:
    """The content of a part of relations: topics of several articles, quads, and relations by rule.

    ``rules`` counts the relations between claims of several articles; ``cut`` are the topics with
    too many claims to compare them all.
    """

    prefix: str
    topics: int
    quads: int
    rules: Mapping[str, int]
    cut: int = 0

    @classmethod
    def load(cls, folder: Path) -> RelationManifest:
        """Read the manifest of a part of relations.

        :raises OSError: there is none.
        """
        return cls(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))


@dataclass(frozen=True, slots=True)
class RelationJob:
    """What a worker needs to make a part of relations; it can be sent to another process.

    :param topics: the bits of its topics.
    :param large: whether it is one topic with too many claims to compare them all.
    :param shared: how many of these are shared by several articles.
    :param sources: the names of the parts with claims on these topics.
    :param digest: of the articles with such claims.
    :param kind: the first kind of reader that the corpus has.
    """

    relations: str
    parts: str
    setting: Setting
    prefix: str
    topics: frozenset[str]
    large: bool
    shared: int
    sources: tuple[str, ...]
    digest: str
    kind: str

    @property
    def name(self) -> str:
        """The name of the part's folder."""
        told = f"{self.setting.version} {self.digest} {self.kind}"
        return f"{self.prefix or 'all'}-{hashlib.sha256(told.encode()).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class _Share:
    """An article's share of a topic: its claims, and the part that contains them."""

    slug: str
    input: str
    part: str
    claims: int


def relation_jobs(
    relations: Path, parts: Path, setting: Setting, manifests: Mapping[str, PartManifest]
) -> Iterator[RelationJob]:
    """Yield a job for each part of relations.

    :param manifests: the parts of the corpus, by their names.
    """
    kinds = {kind for one in manifests.values() for entry in one.articles for kind in entry.kinds}
    kind = next((one for one in KINDS if one in kinds), KINDS[0])
    shares: dict[str, list[_Share]] = defaultdict(list)
    for name, manifest in manifests.items():
        for entry in manifest.articles:
            for bits, claims in entry.topics.items():
                shares[bits].append(_Share(entry.slug, entry.input, name, claims))
    # A claim alone is in no relation.
    topics = {bits: own for bits, own in shares.items() if sum(one.claims for one in own) > 1}
    for prefix, inside in _slices(topics):
        told = "\n".join(
            f"{bits} {one.slug} {one.input}"
            for bits in inside
            for one in sorted(topics[bits], key=lambda one: one.slug)
        )
        yield RelationJob(
            str(relations),
            str(parts),
            setting,
            prefix,
            frozenset(inside),
            sum(one.claims for bits in inside for one in topics[bits]) > MOST_CLAIMS,
            sum(len(topics[bits]) > 1 for bits in inside),
            tuple(sorted({one.part for bits in inside for one in topics[bits]})),
            hashlib.sha256(told.encode()).hexdigest(),
            kind,
        )


def _slices(
    topics: Mapping[str, list[_Share]], prefix: str = ""
) -> Iterator[tuple[str, list[str]]]:
    """Yield the topics of each part, by their common bits."""
    found = sorted(bits for bits in topics if bits.startswith(prefix))
    if not found:
        return
    total = sum(one.claims for bits in found for one in topics[bits])
    if total <= MOST_CLAIMS or len(found) == 1:
        yield prefix, found
        return
    inside = {bits: topics[bits] for bits in found}
    for bit in "01":
        yield from _slices(inside, prefix + bit)


def make_relations(job: RelationJob) -> RelationManifest:
    """Make a part of relations, unless it already exists.

    :raises OSError: the disk is full, or a part cannot be read.
    """
    relations = Path(job.relations)
    folder = relations / job.name
    if (folder / MANIFEST).is_file():
        return RelationManifest.load(folder)
    rules, shop = derivation(), workshop(job.setting)
    found: set[Quad] = set()
    for quads in _stores(job):
        found |= rules.within_topics(shop.read_by_rules, quads, job.kind)
    across = relations_across(found)
    manifest = RelationManifest(
        job.prefix, job.shared, len(found), across, len(job.topics) if job.large else 0
    )
    with new_folder(folder, UNFINISHED, MANIFEST) as unfinished:
        (unfinished / RELATIONS).write_bytes(frame(sorted_lines(found)))
        text = json.dumps(asdict(manifest), sort_keys=True, indent=1)
        (unfinished / MANIFEST).write_text(text, encoding="utf-8")
    return manifest


def _stores(job: RelationJob) -> Iterator[Iterable[Quad]]:
    """Yield the quads of a job's topics, in batches that are compared at once."""
    if job.large:
        yield from cut(_quads(job), MOST_CLAIMS)
    else:
        yield _quads(job)


def _quads(job: RelationJob) -> Iterator[Quad]:
    """Yield the quads of a job's topics."""
    for name in job.sources:
        folder = Path(job.parts) / name
        lines = topic_lines(folder, PartManifest.load(folder), job.prefix)
        told = (line.split(" ", 2) for line in lines)
        raw = "\n".join(quad for bits, _, quad in told if bits in job.topics)
        yield from parse(raw.encode(), format=RdfFormat.N_QUADS)
