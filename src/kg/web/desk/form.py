"""The fields of a claim's and a voice's card in the page's form.

A field is empty if the file leaves it out. A form returns an
:class:`kg.desk.decision_requests.Edit`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.reading.draft import plain_part

if TYPE_CHECKING:
    from decimal import Decimal

    from kg.reading.grounded import GroundedClaim, GroundedVoice
    from kg.reading.parts import Time

__all__ = ["ENTITY_FIELDS", "claim_form", "voice_form"]

#: The fields that hold ids of entities, which the page shows by their names.
ENTITY_FIELDS: Final = (
    "about", "entity", "speaker",
    "question.of", "question.event", "question.actor", "question.by", "question.whole",
    "question.place", "question.where", "question.did",
)  # fmt: skip


def _number(value: Decimal | None) -> str:
    return "" if value is None else format(value, "f")


def _date(*times: Time | None) -> str:
    return next((time.edtf for time in times if time is not None and time.edtf), "")


def claim_form(one: GroundedClaim) -> dict[str, Any]:
    """Return the values of a claim's fields."""
    claim = one.claim
    answer, question = claim.answer, plain_part(claim.question)
    asked = {f"question.{key}": value for key, value in question.items() if isinstance(value, str)}
    times = (answer.time,) if claim.question.when else claim.time
    return {
        "voice": claim.voice,
        "gloss": claim.gloss,
        "gloss-ar": claim.gloss_ar or "",
        "kind": claim.kind or "",
        "stance": claim.stance or "",
        "polarity": claim.polarity,
        "modality": claim.modality or "",
        "value": _number(answer.value),
        "lower": _number(answer.lower),
        "upper": _number(answer.upper),
        "comparator": answer.comparator or "",
        "approximate": answer.approximate,
        "unit": answer.unit or "",
        "truth": "" if answer.truth is None else str(answer.truth).lower(),
        "entity": list(answer.entity),
        "about": list(claim.about),
        "time": _date(*times),
        "confidence": _number(claim.confidence),
        "why": claim.why or "",
        **asked,
    }


def voice_form(one: GroundedVoice) -> dict[str, Any]:
    """Return the values of a voice's fields."""
    voice = one.voice
    return {
        "in": voice.in_ or "",
        "speaker": list(voice.speaker),
        "source": voice.source or "",
        "act": voice.act,
        "said": _date(voice.said),
        "marking": voice.marking,
        "transmission": voice.transmission,
        "confidence": _number(voice.confidence),
        "why": voice.why or "",
    }
