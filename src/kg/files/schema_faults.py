"""What is wrong with data that was checked against a schema: where, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydantic import ValidationError

__all__ = ["SchemaFault", "first_fault", "schema_faults"]


@dataclass(frozen=True, slots=True)
class SchemaFault:
    """One fault: the keys that lead to it in the data, the reason, and the value there."""

    keys: tuple[int | str, ...]
    reason: str
    value: object

    @property
    def where(self) -> str:
        """The keys, joined by dots; empty if the data as a whole is at fault."""
        return ".".join(map(str, self.keys))

    def told(self, whole: str = "") -> str:
        """Return where it is and why.

        :param whole: what to call the data as a whole.
        """
        return ": ".join(filter(None, (self.where or whole, self.reason)))


def schema_faults(error: ValidationError) -> tuple[SchemaFault, ...]:
    """Return every fault, in the order of the schema."""
    return tuple(
        SchemaFault(one["loc"], one["msg"].removeprefix("Value error, "), one["input"])
        for one in error.errors()
    )


def first_fault(error: ValidationError) -> SchemaFault:
    """Return the first fault."""
    return schema_faults(error)[0]
