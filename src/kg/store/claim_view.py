"""One claim for display: its words, voices, answer and relations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import QueryError
from kg.rdf.curies import shorten
from kg.sparql.results import plain
from kg.sparql.terminal import isolate

if TYPE_CHECKING:
    from kg.store.queryable import Queryable

__all__ = ["ClaimView", "show"]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim with its facts, its chain of voices (innermost first) and its relations.

    ``facts``, ``chain`` and ``relations`` are the rows of the questions ``claim-details``,
    ``who-said`` (without the voices that are only possible, which are among the facts) and
    ``claim-relations``.
    """

    iri: str
    facts: tuple[dict[str, str | int | float | bool | None], ...]
    chain: tuple[dict[str, str | int | float | bool | None], ...]
    relations: tuple[dict[str, str | int | float | bool | None], ...]

    def text(self) -> str:
        """Return the claim as lines for a terminal, with right-to-left text isolated."""
        lines = [shorten(self.iri), ""]
        lines += [f"  {row['property']}: {_shown(row['value'])}" for row in self.facts]
        lines += ["", "  who says so, from the innermost voice outward:"]
        for row in self.chain:
            lines.append(f"  {'  ' * int(row['depth'] or 1)}{_voice(row)}")
            if row.get("cue"):
                lines.append(f"  {'  ' * int(row['depth'] or 1)}  “{_shown(row['cue'])}”")
        if self.relations:
            lines += ["", "  relations:"]
            for row in self.relations:
                lines.append(_relation(row))
        return "\n".join(lines)


def _kept(row: dict[str, str | int | float | bool | None]) -> bool:
    return row["standing"] == "kept"


def _shown(value: str | int | float | bool | None) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else f"{value:.4g}"
    if isinstance(value, str) and value.startswith("https://"):
        return shorten(value)
    return isolate(str(value))


def _voice(row: dict[str, str | int | float | bool | None]) -> str:
    parts = [f"{row['depth']}. {_shown(row['speaker'])}"]
    if row.get("source"):
        parts.append(f"in {_shown(row['source'])}")
    parts.append(f"({_shown(row['act'])})")
    if row.get("said"):
        parts.append(f"said {_shown(row['said'])}")
    if row.get("marking") not in {None, "explicit"}:
        confidence = row.get("confidence")
        parts.append(f"[{row['marking']}{f', confidence {confidence}' if confidence else ''}]")
    return " ".join(parts)


def _relation(row: dict[str, str | int | float | bool | None]) -> str:
    figures = [
        f"{name.replace('_', ' ')} {_shown(row[name])}"
        for name in ("difference", "ratio", "residual", "gap_days", "holds")
        if row.get(name) is not None
    ]
    extra = ", ".join([*figures, str(row["basis"])])
    what = f"{row['relation']}, {row['other_is']}" if row.get("other_is") else row["relation"]
    who = _shown(row["said_by"])
    if row["marking"] != "explicit":
        who = f"{who} [{row['marking']}]"
    if row.get("possibly"):
        who = f"{who}, possibly {_shown(row['possibly'])}"
    return f"    {what}: {_shown(row['other_gloss'])} [{row['other_id']}], says {who} ({extra})"


def show(graph: Queryable, claim: str) -> ClaimView:
    """Return the view of one claim.

    :param claim: an id, prefixed name or IRI.
    :raises ParameterError: there is no such claim, or the id is ambiguous.
    :raises QueryError: the graph has the claim but nothing about it.
    """
    details = graph.table("claim-details", claim=claim)
    if not details.rows:
        raise QueryError(f"claim {claim!r}: has no details in the graph; see: kg claims")
    iri = str(plain(details.rows[0][details.columns.index("claim")]))
    return ClaimView(
        iri,
        tuple(details.dicts()),
        tuple(row for row in graph.table("who-said", claim=iri).dicts() if _kept(row)),
        tuple(graph.table("claim-relations", claim=iri).dicts()),
    )
