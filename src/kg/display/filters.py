"""Filters of claims, as in the URL of a page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from kg.rdf.iris import ID, local_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.display.claims import Claim
    from kg.display.facts import Name
    from kg.wording import Language

__all__ = ["ClaimFilter", "Facet", "Only", "facets"]


class Only(StrEnum):
    """The restrictions that a filter can require."""

    CONTRADICTED = "contradicted"
    INFERRED = "inferred"
    PROPOSED = "proposed"


@dataclass(frozen=True, slots=True)
class Facet:
    """A field to filter by, with its values ordered by number of claims."""

    field: str
    chosen: str
    values: tuple[tuple[str, Name, int], ...]


@dataclass(frozen=True, slots=True)
class ClaimFilter:
    """Which claims to show; an empty field leaves all.

    :param voice: the end of a speaker's IRI, such as ``actor/bbc``, anywhere in the chain.
    :param only: what all of the claims must be.
    """

    voice: str = ""
    kind: str = ""
    stance: str = ""
    measure: str = ""
    only: tuple[Only, ...] = ()

    @classmethod
    def of(cls, parameters: Iterable[tuple[str, str]]) -> ClaimFilter:
        """Return the filter given by URL parameters; other parameters are ignored."""
        given = [(name, value) for name, value in parameters if value]
        only = {value for name, value in given if name == "only"}
        names = {one.name for one in fields(cls)} - {"only"}
        return cls(
            **{name: value for name, value in given if name in names},
            only=tuple(one for one in Only if one in only),
        )

    def __bool__(self) -> bool:
        return self != ClaimFilter()

    def search(self) -> str:
        """Return the filter as a URL query string."""
        pairs = [
            (name, getattr(self, name))
            for name in ("voice", "kind", "stance", "measure")
            if getattr(self, name)
        ]
        return urlencode([*pairs, *(("only", one.value) for one in self.only)], safe="/")

    def passes(self, claim: Claim, *, contradicted: bool) -> bool:
        """Return whether a claim is shown."""
        states = {
            Only.CONTRADICTED: contradicted,
            Only.INFERRED: claim.inferred,
            Only.PROPOSED: claim.proposed,
        }
        return all(states[one] for one in self.only) and all(
            not (wanted := getattr(self, name)) or wanted in values
            for name, values in _values(claim).items()
        )


_FIELDS: Final = ("voice", "kind", "stance", "measure")


def _named(claim: Claim) -> Mapping[str, list[Name]]:
    return {
        "voice": [name for voice in claim.chain for name in voice.who],
        "kind": list(claim.kinds),
        "stance": [claim.stance] if claim.stance else [],
        "measure": [claim.measure] if claim.measure else [],
    }


def _value(field: str, name: Name) -> str:
    return name.iri.removeprefix(ID) if field == "voice" else local_name(name.iri)


def _values(claim: Claim) -> Mapping[str, set[str]]:
    return {field: {_value(field, one) for one in names} for field, names in _named(claim).items()}


def facets(claims: Iterable[Claim], chosen: ClaimFilter, language: Language) -> tuple[Facet, ...]:
    """Return the fields with the values that claims have, the most frequent first."""
    counts: dict[str, Counter[Name]] = {field: Counter() for field in _FIELDS}
    for claim in claims:
        for field, names in _named(claim).items():
            counts[field].update(set(names))
    return tuple(
        Facet(
            field,
            getattr(chosen, field),
            tuple(
                (_value(field, name), name, number)
                for name, number in sorted(
                    found.items(), key=lambda one: (-one[1], one[0].best(language))
                )
            ),
        )
        for field, found in counts.items()
        if found
    )
