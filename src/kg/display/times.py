"""Times for pages: the date in EDTF, the words of the text, and what they depend on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.display.facts import Facts, Name

__all__ = ["Moment", "moment"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time span: ``edtf`` is empty if the text gives only an event or a duration.

    ``first`` and ``last`` are the ISO dates of its outer corners, empty if it is open.
    """

    iri: str
    edtf: str
    emended: str
    surface: str
    status: Name | None
    relation: Name | None
    anchor: Name | None
    modifier: Name | None
    calendar: Name | None
    duration: str
    doubtful: bool
    note: str
    first: str
    last: str

    @property
    def relative(self) -> bool:
        """Whether the date follows from something else that the text says."""
        return self.status is not None and self.status.code != "explicit"


def moment(facts: Facts, iri: str) -> Moment | None:
    """Return the time span of a node; ``None`` for an empty IRI."""
    if not iri:
        return None
    return Moment(
        iri=iri,
        edtf=facts.text(iri, "qawl:edtf"),
        emended=facts.text(iri, "qawl:emendedEdtf"),
        surface=facts.text(iri, "qawl:surface"),
        status=facts.first_named(iri, "qawl:dateStatus"),
        relation=facts.first_named(iri, "qawl:timeRelation"),
        anchor=facts.first_named(iri, "qawl:anchorEvent"),
        modifier=facts.first_named(iri, "qawl:modifier"),
        calendar=facts.first_named(iri, "qawl:calendar"),
        duration=facts.text(iri, "qawl:duration"),
        doubtful=facts.truth(iri, "qawl:doubtful") is True,
        note=facts.text(iri, "qawl:readerNote"),
        first=facts.text(iri, "qawl:earliestStart"),
        last=facts.text(iri, "qawl:latestEnd"),
    )
