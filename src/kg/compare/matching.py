"""Places of two readings paired one to one, as many and as alike as can be.

Kuhn and Munkres' assignment over the spans' likeness, as CEAF does for entities (Luo 2005), so
that a comparison does not hang on the order in which things are listed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar

from kg.text.spans import Span, merge

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = ["Pair", "Place", "Placed", "pair_up", "place_of", "trimmed"]

# What belongs to a place at its ends: letters, marks, digits, and the signs of an amount.
_CORE = re.compile(r"[\w%٪‰$€£¥₪]")
# Likeness is counted in whole steps, so that sums are exact and agreement only breaks ties.
_STEPS = 10_000
_MOST_AGREEMENT = 100


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """One or more stretches of a text, sorted, none touching another."""

    spans: tuple[Span, ...]

    @property
    def start(self) -> int:
        """The offset of its first character."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """The offset behind its last character."""
        return self.spans[-1].end

    def __len__(self) -> int:
        return sum(span.end - span.start for span in self.spans)

    def shared(self, other: Place) -> tuple[Span, ...]:
        """Return the stretches that both places cover."""
        found = []
        for one in self.spans:
            for two in other.spans:
                start, end = max(one.start, two.start), min(one.end, two.end)
                if start < end:
                    found.append(Span(start, end))
        return tuple(found)


class Placed(Protocol):
    """Anything that stands at a place of a text."""

    @property
    def place(self) -> Place:
        """Where it stands."""


_Item = TypeVar("_Item", bound=Placed)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things that were paired, by their numbers in the two lists."""

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
    """Return the place that spans make together, trimmed at the ends of each."""
    return Place(merge(trimmed(text, span) for span in spans))


def _components(
    first: Sequence[Placed], second: Sequence[Placed]
) -> Iterable[tuple[list[int], list[int]]]:
    """Yield groups of numbers from both lists, such that only members of one group can meet."""
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
    """Pair things of two lists whose places share a letter or a digit, each at most once.

    The sum of the likenesses (shared characters over all characters of the two, Jaccard) is the
    largest possible; among such pairings the one with the most agreement is taken.

    :param agreement: how many facets of two things agree, 0 to 100.
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
                # A node is a number: the left ones even, the right ones odd.
                graph.add_edge(2 * m, 2 * n + 1, weight=weight)
        for edge in networkx.max_weight_matching(graph):
            m, n = (node // 2 for node in sorted(edge, key=lambda node: node % 2))
            pairs.append(Pair(m, n, first[m].place == second[n].place))
    return tuple(sorted(pairs, key=lambda pair: pair.reference))
