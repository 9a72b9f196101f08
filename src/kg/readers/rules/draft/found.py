"""What the rules found in a block, before it becomes a reading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.readers.rules.amounts.counted_units import Amount
    from kg.readers.rules.dates.meaning import DateExpression
    from kg.readers.rules.names.noun_phrases import Page

__all__ = ["Found"]


@dataclass(frozen=True, slots=True)
class Found:
    """Everything the rules found in one block."""

    page: Page
    dates: tuple[DateExpression, ...]
    amounts: tuple[Amount, ...]
