"""Compare two readings of one article: what both found, and where they differ.

Items are paired one to one by position (:mod:`kg.compare.matching`), then judged. One reading is
the reference; precision, recall and F1 measure the other against it. ``docs/compare.md`` defines
every measure and names its source.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, Literal, TypeVar

from kg.compare.agreement import (
    same_chain,
    same_claim_date,
    same_claim_quantity,
    same_date,
    same_entity,
    same_quantity,
    same_unit,
    same_value,
    same_voice,
    strict,
)
from kg.compare.matching import pair_up

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from kg.compare.findings import (
        Findings,
        FoundClaim,
        FoundCue,
        FoundDate,
        FoundMention,
        FoundQuantity,
    )
    from kg.compare.matching import Placed

__all__ = [
    "CATEGORIES",
    "Case",
    "Comparison",
    "Score",
    "compare",
    "pooled",
]

Category = Literal[
    "dates",
    "dates-relative",
    "dates-implied",
    "quantities",
    "cues",
    "claims",
    "mentions",
    "mentions-events",
]
#: Categories in report order.
CATEGORIES: Final[tuple[Category, ...]] = (
    "dates", "dates-relative", "dates-implied", "quantities", "cues", "claims", "mentions",
    "mentions-events",
)  # fmt: skip
_DATE_CATEGORIES: Final[dict[str, Category]] = {
    "explicit": "dates",
    "relative": "dates-relative",
    "anaphoric": "dates-relative",
    "implied": "dates-implied",
}

#: Verbs and descriptions express events and sources as often as names do: سقطت بغداد, تقرير.
_EVENTS: Final = frozenset({"Event", "Source"})

Verdict = Literal["missing", "extra", "different"]
_Item = TypeVar("_Item", bound="Placed")
#: A measure's name, and a function that returns whether a pair passes it.
_Judge = tuple[str, "Callable[[_Item, _Item], bool]"]


@dataclass(frozen=True, slots=True)
class Score:
    """One measure of one category.

    ``reference`` and ``found`` count the items of the two readings, ``paired`` the pairs with
    overlapping spans, ``right`` the pairs that pass the measure.
    """

    category: Category
    measure: str
    reference: int
    found: int
    paired: int
    right: int

    @property
    def precision(self) -> float | None:
        """``right / found``; ``None`` if nothing was found."""
        return self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """``right / reference``; ``None`` if the reference has no items."""
        return self.right / self.reference if self.reference else None

    @property
    def f1(self) -> float | None:
        """Harmonic mean of precision and recall; ``None`` if neither reading has items."""
        both = self.reference + self.found
        return 2 * self.right / both if both else None

    @property
    def accuracy(self) -> float | None:
        """``right / paired``; ``None`` if nothing was paired."""
        return self.right / self.paired if self.paired else None


@dataclass(frozen=True, slots=True)
class Case:
    """A difference: a missing item, an extra item, or a pair that fails a measure.

    ``faults`` names the measures that the pair fails; ``reference`` and ``other`` are the items.
    """

    category: Category
    verdict: Verdict
    faults: tuple[str, ...]
    reference: Placed | None
    other: Placed | None

    @property
    def start(self) -> int:
        """Offset of the case in the text."""
        first = self.reference or self.other
        return first.place.start if first else 0


@dataclass(frozen=True, slots=True)
class Comparison:
    """All scores, and every case where the readings differ."""

    text: str
    scores: tuple[Score, ...]
    cases: tuple[Case, ...]

    def score(self, category: str, measure: str) -> Score:
        """Return one score.

        :raises KeyError: no score has this category and measure.
        """
        for score in self.scores:
            if (score.category, score.measure) == (category, measure):
                return score
        raise KeyError(f"{category} {measure}")


_DATES: Final[tuple[_Judge[FoundDate], ...]] = (("edtf", same_date),)
_QUANTITIES: Final[tuple[_Judge[FoundQuantity], ...]] = (
    ("value", same_value),
    ("value+unit", same_unit),
    ("value+unit+comparator", same_quantity),
)
_CUES: Final[tuple[_Judge[FoundCue], ...]] = ()
_CLAIMS: Final[tuple[_Judge[FoundClaim], ...]] = (
    ("speaker", lambda one, other: same_voice(one.chain[0], other.chain[0])),
    ("chain", lambda one, other: same_chain(one.chain, other.chain)),
    ("strict-chain", lambda one, other: same_chain(strict(one.chain), strict(other.chain))),
    ("polarity", lambda one, other: one.polarity == other.polarity),
    ("stance", lambda one, other: one.stance == other.stance),
    ("quantity", same_claim_quantity),
    ("date", same_claim_date),
)
_MENTIONS: Final[tuple[_Judge[FoundMention], ...]] = (
    ("type", lambda one, other: one.type == other.type),
    ("entity", same_entity),
)


@dataclass(frozen=True, slots=True)
class _Group:
    """Scores and cases of one kind of item."""

    scores: tuple[Score, ...]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class _Matched(Generic[_Item]):
    """The items of two readings after pairing; a pair belongs to its reference item's category."""

    pairs: Sequence[tuple[_Item, _Item]]
    missing: Sequence[_Item]
    extra: Sequence[_Item]
    category: Callable[[_Item], Category]

    def scores(self, name: Category, measures: Sequence[_Judge[_Item]]) -> Iterator[Score]:
        """Yield the scores of one category."""
        here = [(one, other) for one, other in self.pairs if self.category(one) == name]
        reference = len(here) + sum(self.category(one) == name for one in self.missing)
        found = len(here) + sum(self.category(one) == name for one in self.extra)
        for measure, judge in measures:
            right = sum(judge(one, other) for one, other in here)
            yield Score(name, measure, reference, found, len(here), right)

    def cases(self, measures: Sequence[_Judge[_Item]]) -> Iterator[Case]:
        """Yield the differences: missing items, extra items, pairs that fail a measure."""
        for one in self.missing:
            yield Case(self.category(one), "missing", (), one, None)
        for one in self.extra:
            yield Case(self.category(one), "extra", (), None, one)
        for one, other in self.pairs:
            faults = tuple(name for name, judge in measures if not judge(one, other))
            if faults:
                yield Case(self.category(one), "different", faults, one, other)


def _judged(
    text: str,
    first: Sequence[_Item],
    second: Sequence[_Item],
    judges: Sequence[_Judge[_Item]],
    category: Callable[[_Item], Category],
    categories: Sequence[Category],
) -> _Group:
    """Pair two lists and count; a pair belongs to the category of its reference item."""
    pairs = pair_up(
        text, first, second, lambda one, other: sum(judge(one, other) for _, judge in judges)
    )
    met = {pair.reference for pair in pairs}
    met_others = {pair.other for pair in pairs}
    matched = _Matched(
        pairs=[(first[pair.reference], second[pair.other]) for pair in pairs],
        missing=[one for n, one in enumerate(first) if n not in met],
        extra=[one for n, one in enumerate(second) if n not in met_others],
        category=category,
    )
    exact: _Judge[_Item] = ("exact", lambda a, b: a.place == b.place)
    overlap: _Judge[_Item] = ("overlap", lambda _a, _b: True)
    measures = (exact, overlap, *judges)
    scores = tuple(score for name in categories for score in matched.scores(name, measures))
    return _Group(scores, tuple(matched.cases(measures)))


def compare(reference: Findings, other: Findings) -> Comparison:
    """Compare what two readings of one text found.

    :raises ValueError: the texts differ.
    """
    if reference.text != other.text:
        raise ValueError("only readings of the same text can be compared")
    text = reference.text
    groups = (
        _judged(
            text, reference.dates, other.dates, _DATES,
            lambda one: _DATE_CATEGORIES[one.kind], CATEGORIES[:3],
        ),
        _judged(
            text, reference.quantities, other.quantities, _QUANTITIES,
            lambda _: "quantities", ("quantities",),
        ),
        _judged(text, reference.cues, other.cues, _CUES, lambda _: "cues", ("cues",)),
        _judged(
            text, reference.claims, other.claims, _CLAIMS, lambda _: "claims", ("claims",)
        ),
        _judged(
            text, reference.mentions, other.mentions, _MENTIONS,
            lambda one: "mentions-events" if one.type in _EVENTS else "mentions", CATEGORIES[-2:],
        ),
    )  # fmt: skip
    cases = sorted(
        (case for group in groups for case in group.cases),
        key=lambda case: (CATEGORIES.index(case.category), case.start, case.verdict),
    )
    return Comparison(text, tuple(one for group in groups for one in group.scores), tuple(cases))


def pooled(comparisons: Iterable[Comparison]) -> tuple[Score, ...]:
    """Add up the scores of several texts, so that each item counts once (micro-average)."""
    totals: dict[tuple[Category, str], Score] = {}
    for comparison in comparisons:
        for score in comparison.scores:
            key = (score.category, score.measure)
            before = totals.get(key, Score(*key, 0, 0, 0, 0))
            totals[key] = Score(
                *key,
                before.reference + score.reference,
                before.found + score.found,
                before.paired + score.paired,
                before.right + score.right,
            )
    return tuple(totals.values())
