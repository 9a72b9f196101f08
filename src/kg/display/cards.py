"""A claim with everything on its card: its relations, and how many say the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.display.origins import Origin, independent, origins
from kg.rdf.iris import QAWL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.display.claims import Claim, ClaimBook, Relation
    from kg.text.spans import Span

__all__ = ["ClaimCard", "Meeting", "card", "is_contradicted", "shared_words"]

_CONTRADICTION: Final = f"{QAWL}Contradiction"


@dataclass(frozen=True, slots=True)
class Meeting:
    """A relation of a claim with another claim, or one that concerns only itself."""

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


def _length(claim: Claim) -> int:
    return sum(span.end - span.start for span in claim.passages)


def shared_words(claims: Iterable[Claim]) -> Mapping[str, tuple[Claim, ...]]:
    """Return, by the IRI of each claim of a text, those that share words with it.

    The smallest come first.
    """
    marks = sorted(
        ((span, claim) for claim in claims for span in claim.passages),
        key=lambda one: (one[0], one[1].iri),
    )
    found: dict[str, dict[str, Claim]] = {}
    present: list[tuple[Span, Claim]] = []
    for span, claim in marks:
        present = [one for one in present if one[0].end > span.start]
        for _, other in present:
            if other is not claim:
                found.setdefault(claim.iri, {})[other.iri] = other
                found.setdefault(other.iri, {})[claim.iri] = claim
        present.append((span, claim))
    return {
        iri: tuple(sorted(others.values(), key=lambda one: (_length(one), one.iri)))
        for iri, others in found.items()
    }


def card(book: ClaimBook, claim: Claim, overlapping: tuple[Claim, ...] = ()) -> ClaimCard:
    """Return the card of a claim.

    :param overlapping: the claims that share words with it, see :func:`shared_words`.
    """
    meetings = tuple(
        Meeting(one, book.claim(one.other) if one.other else None)
        for one in book.relations(claim.iri)
    )
    same = [book.claim(one) for one in book.facts.nodes(claim.iri, "qawl:agreesWith")]
    together = (claim, *same)
    return ClaimCard(
        claim,
        meetings,
        is_contradicted(book, claim),
        origins(together),
        independent(together),
        overlapping,
        tuple(book.claim(one) for one in claim.under),
    )
