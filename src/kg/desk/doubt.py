"""Which proposals a person should check first: the least certain, and those that others dispute."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kg.compare.compare import compare
from kg.compare.findings_of_reading import find_all_of
from kg.compare.matching import place_of
from kg.errors import ReadingError
from kg.rdf.iris import ReadingName, term

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pyoxigraph import Store

    from kg.compare.findings import KnownEntities
    from kg.reading.file import ReadingFile
    from kg.reading.grounded import GroundedReading

__all__ = ["Doubt", "Reason", "contradicted_claims", "disputed_claims", "doubts"]

#: What the rules are taken to be sure of where they do not say.
_USUAL: Final = 0.9
_BY_ANOTHER_READING: Final = 0.3
_CONTRADICTED: Final = 0.25
_INFERRED: Final = 0.1


class Reason(StrEnum):
    """Why a proposal is doubtful."""

    CONFIDENCE = "confidence"
    INFERRED = "inferred"
    DISPUTED = "disputed"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Doubt:
    """How doubtful a claim is, from 0 up, and why; ``others`` are readings that differ."""

    claim: str
    score: float
    reasons: tuple[Reason, ...]
    others: tuple[str, ...] = ()


def doubts(
    grounded: GroundedReading,
    disputed: Mapping[str, Iterable[str]],
    contradicted: Iterable[str],
) -> dict[str, Doubt]:
    """Return the doubt about every claim of a reading, by its id.

    :param disputed: by claim, the readings that disagree with it.
    :param contradicted: the claims that some other claim contradicts.
    """
    contradicted = frozenset(contradicted)
    found = {}
    for one in grounded.claims:
        claim = one.claim
        chain = [claim.voice]
        while (outer := grounded.voices[chain[-1]].voice.in_) is not None:
            chain.append(outer)
        voices = [grounded.voices[name].voice for name in chain]
        sure = [claim.confidence, *(voice.confidence for voice in voices)]
        score = 1 - min((float(one) for one in sure if one is not None), default=_USUAL)
        reasons = [Reason.CONFIDENCE] if score > 1 - _USUAL else []
        if any(voice.marking == "inferred" for voice in voices):
            score += _INFERRED
            reasons.append(Reason.INFERRED)
        others = tuple(disputed.get(claim.id, ()))
        if others:
            score += _BY_ANOTHER_READING
            reasons.append(Reason.DISPUTED)
        if claim.id in contradicted:
            score += _CONTRADICTED
            reasons.append(Reason.CONTRADICTED)
        found[claim.id] = Doubt(claim.id, round(score, 3), tuple(reasons), others)
    return found


def disputed_claims(
    grounded: GroundedReading, others: Iterable[ReadingFile], known: KnownEntities
) -> dict[str, list[str]]:
    """Return, by claim, the other readings of the article that differ on it or lack it."""
    article = grounded.article
    places = defaultdict(list)
    for one in grounded.claims:
        places[place_of(article.text, one.quotes)].append(one.claim.id)
    own = find_all_of(grounded.file, article, known)
    found: dict[str, list[str]] = defaultdict(list)
    for other in others:
        try:
            cases = compare(find_all_of(other, article, known), own).cases
        except ReadingError:
            continue  # it is of another text of the article, or faulty, and told where it is built
        for case in cases:
            if case.category == "claims" and case.other is not None:
                for claim in places.get(case.other.place, ()):
                    if other.id not in found[claim]:
                        found[claim].append(other.id)
    return found


def contradicted_claims(store: Store, readings: Iterable[ReadingName]) -> set[str]:
    """Return the ids of the claims in readings that are contradicted by a claim of the graph."""
    wanted = {reading.member("claim", "x").value.rpartition("/")[0] for reading in readings}
    found = set()
    for quad in store.quads_for_pattern(None, term("qawl:contradicts"), None, None):
        for node in (quad.subject, quad.object):
            reading, _, name = getattr(node, "value", "").rpartition("/")
            if reading in wanted:
                found.add(name)
    return found
