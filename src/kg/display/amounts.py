"""Amounts as a page shows them: a bound stays a bound, and a garbled figure stays garbled."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.wording import wording

if TYPE_CHECKING:
    from kg.display.facts import Facts, Name
    from kg.wording import Language

__all__ = ["Amount", "amount", "grouped"]

_COUNT: Final = "http://qudt.org/vocab/unit/NUM"
_LARGE: Final = ((1e15, ""), (1e12, "trillion"), (1e9, "billion"), (1e6, "million"))


@dataclass(frozen=True, slots=True)
class Amount:
    """A quantity: ``value`` is what is written, ``emended`` what must be meant.

    ``low`` and ``high`` are the bounds that the words leave, ``None`` where they leave it open:
    "at least 47" has no ``high``.
    """

    iri: str
    value: float | None
    emended: float | None
    lower: float | None
    upper: float | None
    low: float | None
    high: float | None
    comparator: Name | None
    unit: Name | None
    counts: Name | None
    per: Name | None
    per_amount: float | None
    approximate: bool
    garbled: bool
    price_year: int | None
    coverage: float | None
    surface: str

    @property
    def meant(self) -> float | None:
        """The figure to place on an axis: the emended one, else the written one."""
        return self.value if self.emended is None else self.emended

    def in_words(self, language: Language) -> str:
        """Return the amount with its comparator and unit; what stands in the text if it has none.

        The sign of a bound is never left out.
        """
        words = wording("display.amounts", language)
        shown = self._figure(language)
        if not shown:
            return self.surface
        if self.unit is not None:
            shown = words["with-unit"].format(amount=shown, unit=self.unit.best(language))
        if self.per is not None:
            shown = words["per"].format(amount=shown, per=self.per.best(language))
        return words["garbled"].format(amount=shown) if self.garbled else shown

    def _figure(self, language: Language) -> str:
        words = wording("display.amounts", language)
        if self.lower is not None and self.upper is not None:
            return words["range"].format(
                low=grouped(self.lower, language), high=grouped(self.upper, language)
            )
        if (figure := self.meant) is None:
            return self.comparator.best(language) if self.comparator else ""
        shown = grouped(figure, language)
        code = self.comparator.code if self.comparator else ""
        if code and code != "exactly":
            shown = words.named(code).format(amount=shown) if code in words else (
                f"{self.comparator.best(language) if self.comparator else ''} {shown}"
            )
        return words["about"].format(amount=shown) if self.approximate else shown


def grouped(figure: float, language: Language) -> str:
    """Return a number with separators; millions and more in words.

    >>> grouped(4487, "en"), grouped(14.32e9, "en"), grouped(5.5, "en")
    ('4,487', '14.32 billion', '5.5')
    """
    words = wording("display.amounts", language)
    if not math.isfinite(figure):
        return str(figure)
    for size, name in _LARGE:
        if abs(figure) >= size:
            if not name:
                return f"{figure:.4g}"
            return words[name].format(figure=f"{figure / size:,.6g}")
    return f"{figure:,.0f}" if figure == int(figure) else f"{figure:,.6g}"


def amount(facts: Facts, iri: str) -> Amount | None:
    """Return the quantity of a node; ``None`` for an empty IRI."""
    if not iri:
        return None
    units = [one for one in facts.nodes(iri, "qawl:unit") if one != _COUNT]
    unit = units[0] if units else ""
    concepts = facts.subjects("qawl:qudtUnit", unit) if unit else []
    price_year = facts.number(iri, "qawl:priceYear")
    return Amount(
        iri,
        *(
            facts.number(iri, f"qawl:{name}")
            for name in ("numericValue", "emendedValue", "lower", "upper", "low", "high")
        ),
        facts.first_named(iri, "qawl:comparator"),
        facts.name(concepts[0] if concepts else unit) if unit else None,
        facts.first_named(iri, "qawl:counts"),
        facts.first_named(iri, "qawl:per"),
        facts.number(iri, "qawl:perAmount"),
        facts.truth(iri, "qawl:approximate") is True,
        facts.truth(iri, "qawl:garbled") is True,
        None if price_year is None else int(price_year),
        facts.number(iri, "qawl:coverage"),
        facts.text(iri, "qawl:surface"),
    )
