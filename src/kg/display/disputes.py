"""Contradictions: questions whose answers cannot all be true, by origin."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.display.origins import independent, origins
from kg.rdf.iris import QAWL

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kg.display.claims import Claim, ClaimBook, Relation
    from kg.display.facts import Name
    from kg.display.origins import Origin

__all__ = ["Dispute", "disputes"]

_CONTRADICTION: Final = f"{QAWL}Contradiction"


@dataclass(frozen=True, slots=True)
class Dispute:
    """A question, the origins of its answers, and every pair that contradicts each other."""

    question: Name | None
    origins: tuple[Origin, ...]
    independent: int
    pairs: tuple[tuple[Claim, Claim, Relation], ...]


def disputes(book: ClaimBook, claims: Iterable[Claim]) -> list[Dispute]:
    """Return the contradictions among claims by the question that the answers are to.

    If claims answer different questions, the first one's is the heading.
    """
    found: dict[Name | None, dict[str, tuple[Claim, Claim, Relation]]] = {}
    for one in claims:
        for relation in book.relations(one.iri):
            if relation.kind.iri != _CONTRADICTION or not relation.other:
                continue
            other = book.claim(relation.other)
            first, second = sorted((one, other), key=lambda each: (each.article, each.start))
            pairs = found.setdefault(first.question, {})
            pairs.setdefault(relation.iri, (first, second, relation))
    result = []
    for question, pairs in found.items():
        members = {each.iri: each for pair in pairs.values() for each in pair[:2]}
        together = book.claims(members)
        result.append(
            Dispute(question, origins(together), independent(together), tuple(pairs.values()))
        )
    return result
