"""Pair the positions of two readings one to one, for the highest total similarity.

Uses the Kuhn-Munkres assignment over span similarity, as CEAF does for entities (Luo 2005), so
that the result does not depend on the order of the lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from kg.text.spans import Span, merge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["Pair", "Place", "Placed", "pair_up", "place_of", "trimmed"]

# What counts at the ends of a place: letters, marks, digits, and signs of an amount.
_CORE = re.compile(r"[\w%٪‰$€£¥₪]")
# Similarity is counted in whole steps, so that sums are exact and agreement only breaks ties.
_STEPS = 10_000
_MOST_AGREEMENT = 100


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One or more spans of a text, sorted and not touching."""

    spans: tuple[Span, ...]

    @property
    def start(self) -> int:
        """Offset of the first character."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """Offset after the last character."""
        return self.spans[-1].end

    def __len__(self) -> int:
        return sum(span.end - span.start for span in self.spans)

    def shared(self, other: Place) -> tuple[Span, ...]:
        """Return the spans that both places cover."""
        found = []
        for one in self.spans:
            for two in other.spans:
                start, end = max(one.start, two.start), min(one.end, two.end)
                if start < end:
                    found.append(Span(start, end))
        return tuple(found)


class Placed(Protocol):
    """Anything that has a place in the text."""

    @property
    def place(self) -> Place:
        """Its place in the text."""


_Item = TypeVar("_Item", bound=Placed)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two paired items, by their indexes in the two lists."""

    reference: int
    other: int
    exact: bool


def trimmed(text: str, span: Span) -> Span:
    """Return a span without the blanks, punctuation and quotation marks at its ends.

    >>> trimmed("«قال»:", Span(0, 6))
    Span(start=1, end=4)
    """
    hits = list(_CORE.finditer(text, span.start, span.end))
    return Span(hits[0].start(), hits[-1].end()) if hits else span


def place_of(text: str, spans: Iterable[Span]) -> Place:
    """Return the place that the spans form, each trimmed at its ends."""
    return Place(merge(trimmed(text, span) for span in spans))


def _components(
    first: Sequence[Placed], second: Sequence[Placed]
) -> Iterable[tuple[list[int], list[int]]]:
    """Yield groups of indexes from both lists; only members of one group can overlap."""
    everything = sorted(
        [(one.place.start, one.place.end, 0, n) for n, one in enumerate(first)]
        + [(one.place.start, one.place.end, 1, n) for n, one in enumerate(second)]
    )
    group: tuple[list[int], list[int]] = ([], [])
    reach = -1
    for start, end, side, number in everything:
        if start >= reach and reach >= 0:
            yield group
            group = ([], [])
        group[side].append(number)
        reach = max(reach, end)
    yield group


def pair_up(
    text: str,
    first: Sequence[_Item],
    second: Sequence[_Item],
    agreement: Callable[[_Item, _Item], int],
) -> tuple[Pair, ...]:
    """Pair items of two lists whose places share a letter or a digit, each at most once.

    Maximises the sum of the similarities (Jaccard: shared characters over all characters of the
    two); ties go to the pairing with the most agreement.

    :param agreement: how well two items agree, from 0 to 100.
    :returns: the pairs in the order of the first list.
    """
    import networkx

    pairs = []
    for left, right in _components(first, second):
        graph = networkx.Graph()
        for m in left:
            for n in right:
                here, there = first[m].place, second[n].place
                shared = here.shared(there)
                if not any(map(str.isalnum, "".join(span.of(text) for span in shared))):
                    continue
                both = sum(span.end - span.start for span in shared)
                likeness = _STEPS * both // (len(here) + len(there) - both)
                agreed = min(agreement(first[m], second[n]), _MOST_AGREEMENT)
                weight = (likeness + 1) * (_MOST_AGREEMENT + 1) * len(left) + agreed
                # Nodes are numbers: even for the first list, odd for the second.
                graph.add_edge(2 * m, 2 * n + 1, weight=weight)
        for edge in networkx.max_weight_matching(graph):
            m, n = (node // 2 for node in sorted(edge, key=lambda node: node % 2))
            pairs.append(Pair(m, n, first[m].place == second[n].place))
    return tuple(sorted(pairs, key=lambda pair: pair.reference))
