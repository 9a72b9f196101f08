"""Assigns the faults of a reading to fields of claims and voices, where the page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from kg.rdf.iris import kind_of, local_name
from kg.shacl.report import message, rank

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pyoxigraph import Quad

    from kg.shacl.model import Result
    from kg.shacl.validate import ValidationReport

__all__ = ["Fault", "faults_of"]

_GROUPS: Final = {"claim": "claims", "voice": "voices"}
#: What a claim's node has in parts, and the field that holds them.
_PARTS: Final = {"quantity": "value", "time-span": "time", "claimed-time": "time", "said": "said"}
#: The field in which a property of a claim, a voice, an amount or a time stands.
_FIELDS: Final = {
    "qawl:voice": "voice", "qawl:evidence": "quote", "qawl:stance": "stance",
    "qawl:polarity": "polarity", "qawl:answersQuestion": "question", "qawl:unit": "unit",
    "qawl:comparator": "comparator", "qawl:value": "value", "qawl:lower": "lower",
    "qawl:upper": "upper", "qawl:edtf": "time", "qawl:speaker": "speaker", "qawl:cue": "cue",
    "qawl:speechAct": "act", "qawl:quotedIn": "in", "qawl:confidence": "confidence",
    "qawl:readerNote": "why", "qawl:answerEntity": "entity", "skos:prefLabel": "gloss",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault: ``part`` such as ``claims.toll``, its field, and the remedy, by language."""

    part: str
    field: str
    message: str
    message_ar: str = ""


def faults_of(report: ValidationReport, quads: Iterable[Quad]) -> tuple[Fault, ...]:
    """Return the violations of a report, each assigned to its part.

    :param quads: what was validated; a part without a name of its own is found through it.
    """
    violations = [result for result in report.results if rank(result) == 0]
    if not violations:
        return ()
    owners = {
        quad.object.value: quad.subject.value
        for quad in quads
        if isinstance(quad.object, NamedNode) and isinstance(quad.subject, NamedNode)
        and kind_of(quad.subject.value) in _GROUPS
    }  # fmt: skip
    return tuple(_fault(result, owners) for result in violations)


def _fault(result: Result, owners: dict[str, str]) -> Fault:
    focus = result.focus.value if isinstance(result.focus, NamedNode) else ""
    if kind_of(focus) not in _GROUPS:
        focus = owners.get(focus, focus)
    name, _, inner = local_name(focus).partition(".")
    group = _GROUPS.get(kind_of(focus))
    field = _PARTS.get(inner, "")
    if result.path is not None and not field:
        field = _FIELDS.get(_path(result), "")
    return Fault(
        f"{group}.{name}" if group else "", field, message(result, "en"), message(result, "ar")
    )


def _path(result: Result) -> str:
    from kg.shacl.report import path_text

    return path_text(result)
