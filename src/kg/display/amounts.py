"""Amounts for pages: a bound stays a bound, and a garbled figure stays garbled."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kg.display.facts import Name
from kg.rdf.iris import concept
from kg.wording import MIRRORED, wording

if TYPE_CHECKING:
    from kg.display.facts import Facts
    from kg.wording import Language

__all__ = ["Amount", "amount", "grouped"]

_COUNT: Final = "http://qudt.org/vocab/unit/NUM"
_MILLION: Final = 1e6
_LARGE: Final = ((1e15, ""), (1e12, "trillion"), (1e9, "billion"), (_MILLION, "million"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A quantity: ``value`` is the written number, ``emended`` the one that was meant.

    ``low`` and ``high`` are the bounds that the words allow, ``None`` if open: "at least 47" has no
    ``high``.
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
        """Return the amount with its comparator and unit; or the words of the text if it has none.

        A bound is always marked as one.
        """
        words = wording("display.amounts", language)
        if any(one is not None and one < 0 for one in (self.value, self.lower, self.upper)):
            fall = wording("amounts", language)["fall"]
            return fall.format(amount=self._size().in_words(language))
        shown = self._figure(language)
        if not shown:
            return self.surface
        if self.per is not None:
            shown = f"{shown} {self._rate(self.per, language)}"
        return words["garbled"].format(amount=shown) if self.garbled else shown

    def _size(self) -> Amount:
        """Return by how much something fell: the bounds of the negative amount change places."""

        def size(figure: float | None) -> float | None:
            return None if figure is None else -figure

        code = MIRRORED.get(self.comparator.code) if self.comparator else None
        return replace(
            self,
            value=size(self.value),
            emended=size(self.emended),
            lower=size(self.upper),
            upper=size(self.lower),
            low=size(self.high),
            high=size(self.low),
            comparator=Name(concept("comparator", code).value) if code else self.comparator,
        )

    def _figure(self, language: Language) -> str:
        words = wording("display.amounts", language)
        if self.lower is not None and self.upper is not None:
            return self._range(self.lower, self.upper, language)
        if (figure := self.meant) is None:
            return self._one_bound(language)
        shown = self._with_unit(figure, language)
        code = self.comparator.code if self.comparator else ""
        if code and code != "exactly":
            bound = self.comparator.best(language) if self.comparator else code
            shown = words.get(code, words["bound"]).format(amount=shown, bound=bound)
        return words["about"].format(amount=shown) if self.approximate else shown

    def _range(self, lower: float, upper: float, language: Language) -> str:
        """Return a range, or an estimate with its interval."""
        words = wording("amounts", language)
        if self.meant is None:
            high = self._with_unit(upper, language)
            return words["range"].format(low=grouped(lower, language), high=high)
        found = words["range"].format(low=grouped(lower, language), high=grouped(upper, language))
        if self.coverage is not None:
            level = grouped(self.coverage * 100, language)
            found = words["interval"].format(range=found, level=level)
        return f"{self._with_unit(self.meant, language)} ({found})"

    def _one_bound(self, language: Language) -> str:
        """Return "1,000 or more", "of the order of 1,000 or more", or words alone: "many"."""
        bound = self.upper if self.lower is None else self.lower
        comparator = self.comparator.best(language) if self.comparator else ""
        if bound is None:
            return comparator
        shown = self._with_unit(bound, language)
        if self.comparator is None or self.comparator.code == "order-of":
            words = wording("amounts", language)
            shown = words["up-to" if self.lower is None else "from"].format(amount=shown)
        if self.comparator is None:
            return shown
        words = wording("display.amounts", language)
        pattern = words.get(self.comparator.code, words["bound"])
        return pattern.format(amount=shown, bound=comparator)

    def _with_unit(self, figure: float, language: Language) -> str:
        shown = grouped(figure, language)
        if self.unit is None:
            return shown
        words = wording("display.amounts", language)
        if words.counts(self.unit.code):
            # After a scale in words the unit has the form that follows a hundred.
            counted = figure if abs(figure) < _MILLION else 0
            return words.measured(self.unit.code, counted, shown)
        pattern = words.get(self.unit.code, words["with-unit"])
        return pattern.format(amount=shown, unit=self.unit.best(language))

    def _rate(self, per: Name, language: Language) -> str:
        words = wording("amounts", language)
        if self.per_amount is None and (rate := words.get(f"per-{per.code}")) is not None:
            return rate
        unit = per.best(language)
        if self.per_amount is not None:
            unit = f"{grouped(self.per_amount, language)} {unit}"
        return words["per-unit"].format(unit=unit)


def grouped(figure: float, language: Language) -> str:
    """Return a number with separators; millions and more in words.

    >>> grouped(4487, "en"), grouped(14.32e9, "en"), grouped(5.5, "en")
    ('4,487', '14.32 billion', '5.5')
    """
    if not math.isfinite(figure):
        return str(figure)
    for size, name in _LARGE:
        if abs(figure) >= size:
            if not name:
                return f"{figure:.4g}"
            scaled = figure / size
            return wording("scales", language).measured(name, scaled, f"{scaled:,.6g}")
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
        iri=iri,
        value=facts.number(iri, "qawl:numericValue"),
        emended=facts.number(iri, "qawl:emendedValue"),
        lower=facts.number(iri, "qawl:lower"),
        upper=facts.number(iri, "qawl:upper"),
        low=facts.number(iri, "qawl:low"),
        high=facts.number(iri, "qawl:high"),
        comparator=facts.first_named(iri, "qawl:comparator"),
        unit=facts.name(concepts[0] if concepts else unit) if unit else None,
        counts=facts.first_named(iri, "qawl:counts"),
        per=facts.first_named(iri, "qawl:per"),
        per_amount=facts.number(iri, "qawl:perAmount"),
        approximate=facts.truth(iri, "qawl:approximate") is True,
        garbled=facts.truth(iri, "qawl:garbled") is True,
        price_year=None if price_year is None else int(price_year),
        coverage=facts.number(iri, "qawl:coverage"),
        surface=facts.text(iri, "qawl:surface"),
    )
