"""A claim with all that its card shows: what it meets, and how many say the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.display.origins import Origin, independent, origins
from kg.rdf.iris import QAWL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.display.claims import Claim, ClaimBook, Relation

__all__ = ["ClaimCard", "Meeting", "card", "is_contradicted"]

_CONTRADICTION: Final = f"{QAWL}Contradiction"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A relation of a claim with the claim on its other side, or with nothing but itself."""

    relation: Relation
    other: Claim | None


@dataclass(frozen=True, slots=True)
class ClaimCard:
    """A claim, its relations, and the origins of all claims that give the same answer.

    ``overlapping`` are the claims whose words it shares, the smallest first.
    """

    claim: Claim
    meetings: tuple[Meeting, ...]
    contradicted: bool
    origins: tuple[Origin, ...]
    independent: int
    overlapping: tuple[Claim, ...]
    under: tuple[Claim, ...]


def is_contradicted(book: ClaimBook, claim: Claim) -> bool:
    """Return whether another claim contradicts this one."""
    return any(one.kind.iri == _CONTRADICTION for one in book.relations(claim.iri))


def _overlaps(one: Claim, other: Claim) -> bool:
    return any(
        mine.start < its.end and its.start < mine.end
        for mine in one.passages
        for its in other.passages
    )


def _length(claim: Claim) -> int:
    return sum(span.end - span.start for span in claim.passages)


def card(book: ClaimBook, claim: Claim, neighbours: Iterable[Claim] = ()) -> ClaimCard:
    """Return the card of a claim.

    :param neighbours: the claims of the same text that it may share words with.
    """
    meetings = tuple(
        Meeting(one, book.claim(one.other) if one.other else None)
        for one in book.relations(claim.iri)
    )
    same = [book.claim(one) for one in book.facts.nodes(claim.iri, "qawl:agreesWith")]
    together = (claim, *same)
    overlapping = [one for one in neighbours if one.iri != claim.iri and _overlaps(claim, one)]
    return ClaimCard(
        claim,
        meetings,
        is_contradicted(book, claim),
        origins(together),
        independent(together),
        tuple(sorted(overlapping, key=lambda one: (_length(one), one.iri))),
        tuple(book.claim(one) for one in claim.under),
    )
