"""The state of a corpus after a build: its parts and their sizes."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from kg.corpus.part import PartManifest
    from kg.corpus.relations import RelationManifest

__all__ = ["Counts", "State", "counted"]


@dataclass(frozen=True, slots=True)
class Counts:
    """The size of a corpus.

    :param refused: records that were left out.
    :param notes: remarks on articles, such as a publisher that no authority file knows.
    :param quads: of the articles, and what follows from each alone.
    :param topics: topics of which several articles have claims.
    :param cut: topics with too many claims, of which only the first claim of each answer is
        compared with other answers.
    :param relations: relations between claims of different articles, by the rule that found them.
    """

    articles: int
    refused: int
    readings: int
    claims: int
    notes: int
    quads: int
    topics: int
    cut: int = 0
    relations: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """The result of the last build: the names of its parts, and whether they are in the store.

    ``articles`` are the slugs of the articles that are in the corpus.
    """

    parts: tuple[str, ...]
    relations: tuple[str, ...]
    counts: Counts
    articles: tuple[str, ...] = ()
    loaded: bool = False

    @classmethod
    def parse(cls, raw: bytes) -> State:
        """Read a state.

        :raises ValueError: it is not one.
        """
        data = json.loads(raw)
        try:
            return cls(
                tuple(data["parts"]),
                tuple(data["relations"]),
                Counts(**data["counts"]),
                tuple(data["articles"]),
                bool(data["loaded"]),
            )
        except (LookupError, TypeError) as error:
            raise ValueError(str(error)) from error

    def serialized(self) -> bytes:
        """Return the state as JSON."""
        return json.dumps(asdict(self), indent=1, sort_keys=True, ensure_ascii=False).encode()


def counted(
    parts: Collection[PartManifest], relations: Collection[RelationManifest], refused: int
) -> Counts:
    """Return the total size of some parts.

    :param refused: the number of all records that are not in the corpus.
    """
    entries = [one for part in parts for one in part.articles if one.refused is None]
    rules: Counter[str] = Counter()
    for one in relations:
        rules.update(one.rules)
    return Counts(
        articles=len(entries),
        refused=refused,
        readings=sum(one.readings for one in entries),
        claims=sum(one.claims for one in entries),
        notes=sum(len(one.notes) for one in entries),
        quads=sum(one.quads_number for one in entries),
        topics=sum(one.topics for one in relations),
        cut=sum(one.cut for one in relations),
        relations=dict(sorted(rules.items())),
    )
