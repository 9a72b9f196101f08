"""Applying a decision to a reading: plain data in, plain data out, nothing else touched.

Plain data is the content of the YAML, in whichever short form a person chose.
"""

from __future__ import annotations

import copy
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, assert_never

from kg.desk.decision_requests import (
    CLAIM_FIELDS,
    VOICE_FIELDS,
    Accept,
    Edit,
    EditVoice,
    LeaveUnread,
    Merge,
    Move,
    NewClaim,
    NewVoice,
    Reject,
    SameQuestion,
)
from kg.desk.references import renamed, voices_in_use, without_claim
from kg.errors import DecisionError
from kg.files.yaml_input import plain_value
from kg.rdf.iris import slugify
from kg.reading.draft import plain_part
from kg.reading.model import Claim, Voice
from kg.reading.parts import Answer, Part, Question, listed
from kg.reading.quoting import quote_at
from kg.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.desk.decision_requests import Decision
    from kg.reading.grounded import GroundedClaim, GroundedReading

__all__ = ["applied"]

_Data = dict[str, Any]
#: The lists of decisions, in the order in which a file has them.
_LISTS: Final = ("open", "accepted", "changed", "rejected")
_AMOUNT: Final = ("value", "lower", "upper", "comparator", "approximate", "unit", "surface")
_NUMBERS: Final = frozenset({"value", "lower", "upper", "confidence"})
_MANY: Final = frozenset({"about", "against", "entity", "speaker", "on-behalf-of"})
# Claims whose question is of a kind that tells what they are.
_PLAIN_KIND: Final = "state"


def applied(grounded: GroundedReading, decision: Decision, order: Sequence[str] = ()) -> _Data:
    """Return the plain data of a reading after a decision.

    :param order: the draft's claims in order, which is the order of the lists of decisions.
    :raises DecisionError: the decision names something that does not exist, or changes nothing.
    """
    work = _Work(grounded, copy.deepcopy(_plain(grounded)), tuple(order))
    match decision:
        case Accept():
            work.decide(decision.claim, "accepted")
        case Reject():
            work.reject(decision.claim)
        case Edit():
            work.edit(decision.claim, decision.changes)
        case EditVoice():
            work.edit_voice(decision.voice, decision.changes)
        case Move():
            work.edit(decision.claim, {"voice": work.next_voice(decision.claim, decision.way)})
        case Merge():
            work.merge(decision.entity, decision.into)
        case SameQuestion():
            work.ask(decision.claim, decision.question)
        case NewClaim():
            work.add_claim(decision)
        case NewVoice():
            work.add_voice(decision)
        case LeaveUnread():
            work.leave_unread(decision)
        case _:
            assert_never(decision)
    if work.data == _plain(grounded):
        raise DecisionError("nothing would change")
    return work.data


def _plain(grounded: GroundedReading) -> _Data:
    data: Any = grounded.file.source.data
    assert isinstance(data, dict)
    return data


@dataclass
class _Work:
    grounded: GroundedReading
    data: _Data
    order: tuple[str, ...]

    def claim(self, name: str) -> _Data:
        for one in self.data["claims"]:
            if one["id"] == name:
                found: _Data = one
                return found
        raise DecisionError(f"{name!r} is not a claim of this reading", f"claims.{name}")

    def span_of(self, name: str) -> GroundedClaim:
        return next(one for one in self.grounded.claims if one.claim.id == name)

    # Decisions about proposals

    def decide(self, name: str, kind: str) -> None:
        """Put a proposal into one of the lists; claims added by a person are in none."""
        found: _Data | None = self.data.get("decisions")
        lists = {one: _list((found or {}).get(one)) for one in _LISTS}
        if not any(name in one for one in lists.values()):
            if kind == "accepted":
                self.claim(name)
                raise DecisionError(
                    f"{name!r} was added by a person and needs no decision", f"claims.{name}"
                )
            return
        assert found is not None
        if kind == "accepted" and name not in lists["open"]:
            raise DecisionError(f"{name!r} has already been decided; use undo to take that back")
        here = [one["id"] for one in self.data["claims"]]
        rank = {one: number for number, one in enumerate((*self.order, *here))}
        for one, members in lists.items():
            kept = [each for each in members if each != name]
            if one == kind:
                kept = sorted((*kept, name), key=lambda each: rank.get(each, len(rank)))
            lists[one] = kept
        others = {key: value for key, value in found.items() if key not in _LISTS}
        self.data["decisions"] = {
            **others, **{key: value for key, value in lists.items() if value},
        }  # fmt: skip

    def reject(self, name: str) -> None:
        self.claim(name)
        self.decide(name, "rejected")
        before = voices_in_use(self.data)
        without_claim(self.data, name)
        unused = before - voices_in_use(self.data)
        voices = self.data["voices"]
        self.data["voices"] = {key: one for key, one in voices.items() if key not in unused}

    # Fields

    def edit(self, name: str, changes: Mapping[str, Any]) -> None:
        claim = self.claim(name)
        before = copy.deepcopy(claim)
        for field in sorted(changes, key=_places_last):
            _in(field, CLAIM_FIELDS, f"claims.{name}")
            self._set(claim, field, changes[field])
        if claim == before:
            raise DecisionError("nothing would change")
        self.put(claim, Claim)
        self.decide(name, "changed")

    def _set(self, claim: _Data, field: str, value: Any) -> None:
        name = claim["id"]
        if field.startswith("question."):
            question = claim.setdefault("question", {})
            _put(question, field.removeprefix("question."), _read(field, value))
            if not question:
                del claim["question"]
        elif field == "quote":
            claim["quote"] = _one([self.quote(one) for one in _places(value)])
        elif field == "time":
            self._set_time(claim, _read(field, value))
        elif field in {*_AMOUNT, "truth", "entity"}:
            self._set_answer(claim, field, value)
        elif field == "voice" and value not in self.data["voices"]:
            raise DecisionError(
                f"{value!r} is not a voice of this reading", f"claims.{name}", field
            )
        else:
            _put(claim, field, _read(field, value))

    def _set_answer(self, claim: _Data, field: str, value: Any) -> None:
        answer = claim.setdefault("answer", {})
        if not isinstance(answer, dict):  # a time in short
            answer = claim["answer"] = {"time": answer}
        if field == "surface" and value is not None:
            frames = [Span(*one) for one in _spans_of(claim, self)]
            value = self.quote(value, frames)
        else:
            value = _read(field, value)
        if field == "truth" and value is not None:
            value = value in (True, "true")
        if field == "approximate" and value is not True:
            value = None
        _put(answer, field, value)
        claim["answer"] = _in_order(answer, Answer)
        if not answer:
            del claim["answer"]

    def _set_time(self, claim: _Data, value: Any) -> None:
        """Set the date: the answer's if the question asks when, else the claimed time."""
        if "when" in claim.get("question", {}):
            answer = claim.get("answer")
            if isinstance(answer, dict) and "time" in answer:
                _put(answer, "time", _dated(answer["time"], value))
            else:
                _put(claim, "answer", _dated(answer, value))
            return
        times = listed(claim.get("time"))
        if not isinstance(times, list):
            times = [times]
        times[:1] = [] if value is None else [_dated(times[0] if times else None, value)]
        _put(claim, "time", _one(times) if times else None)

    def put(self, part: _Data, model: type[Part]) -> None:
        """Move new keys to their usual position; existing keys keep their order."""
        ordered = _in_order(part, model)
        part.clear()
        part.update(ordered)

    def edit_voice(self, name: str, changes: Mapping[str, Any]) -> None:
        voice = self.data["voices"].get(name)
        if voice is None:
            raise DecisionError(f"{name!r} is not a voice of this reading", f"voices.{name}")
        for field, value in changes.items():
            _in(field, VOICE_FIELDS, f"voices.{name}")
            if field == "cue" and value is not None:
                value = _one([self.quote(one) for one in _places(value)])
            elif field == "said" and value is not None:
                value = _dated(voice.get("said"), value)
            else:
                value = _read(field, value)
            _put(voice, field, value)
        self.put(voice, Voice)

    def quote(self, place: Any, within: Sequence[Span] | None = None) -> Any:
        """Return a place as a quote, in the shortest unambiguous form."""
        text = self.grounded.article.text
        match place:
            case [int(start), int(end)] if 0 <= start < end <= len(text):
                found = plain_part(quote_at(self.grounded.article, Span(start, end), within))
                return found["exact"] if set(found) == {"exact"} else found
            case _:
                raise DecisionError(
                    f"{place!r} is not a valid position in a text of {len(text)} characters"
                )

    # Voices, entities, questions

    def next_voice(self, name: str, way: str) -> str:
        """Return the voice next to a claim's: the outer one, or the nearest inner one."""
        claim = self.claim(name)
        voices, current = self.grounded.voices, claim["voice"]
        if way == "outward":
            outer = voices[current].voice.in_
            if outer is None:
                raise DecisionError("this is already the outermost voice", field="voice")
            return outer
        start = min(span.start for span in self.span_of(name).quotes)
        inner = [
            (min((_distance(cue, start) for cue in one.cues), default=len(self.order) + 10**9), key)
            for key, one in voices.items()
            if one.voice.in_ == current
        ]
        if not inner:
            raise DecisionError("no voice is nested in this one; press n to add one", field="voice")
        return min(inner)[1]

    def merge(self, entity: str, into: str) -> None:
        if entity == into:
            raise DecisionError(f"{entity!r} is that entity already", f"entities.{entity}")
        self.data = renamed(self.data, entity, into)

    def ask(self, name: str, question: Mapping[str, Any]) -> None:
        claim = self.claim(name)
        claim["question"] = dict(question)
        self.put(claim, Claim)
        self.decide(name, "changed")

    # What the draft does not have

    def add_claim(self, new: NewClaim) -> None:
        ids = {one["id"] for one in self.data["claims"]}
        words = slugify(new.gloss).split("-")[:5]
        claim: _Data = {
            "id": _fresh("-".join(filter(None, words)) or "claim", ids),
            "voice": new.voice,
            "quote": self.quote(list(new.place)),
            "gloss": new.gloss,
        }
        claims = self.data["claims"]
        starts = {
            one.claim.id: min(span.start for span in one.quotes) for one in self.grounded.claims
        }
        at = sum(starts.get(one["id"], 0) <= new.place[0] for one in claims)
        claims.insert(at, claim)
        for field, value in new.changes.items():
            _in(field, CLAIM_FIELDS, f"claims.{claim['id']}")
            self._set(claim, field, value)
        if "kind" not in claim and not claim.get("question"):
            claim["kind"] = _PLAIN_KIND
        self.put(claim, Claim)

    def add_voice(self, new: NewVoice) -> None:
        cue = self.quote(list(new.place))
        voices = self.data["voices"]
        if new.voice is not None:
            voice = voices.get(new.voice)
            if voice is None:
                raise DecisionError(f"{new.voice!r} is not a voice of this reading")
            _put(voice, "cue", _one([*_list(voice.get("cue")), cue]))
            self.put(voice, Voice)
            return
        if new.speaker is None or (new.speaker.id is None and new.speaker.name is None):
            raise DecisionError("say who speaks", field="speaker")
        speaker = new.speaker.id or self._new_entity(str(new.speaker.name), new.speaker.type)
        outer = new.in_ or next(
            name for name, one in self.grounded.voices.items() if one.voice.in_ is None
        )
        name = _fresh(speaker, {*voices})
        voices[name] = {"in": outer, "speaker": speaker, "act": new.act, "cue": cue}

    def leave_unread(self, left: LeaveUnread) -> None:
        place, quote = Span(*left.place), self.quote(list(left.place))
        spans = [span for span, _ in self.grounded.unread]
        here = [span.start < place.end and place.start < span.end for span in spans]
        stretches = _list(self.data.get("unread"))
        if left.why is None:
            if not any(here):
                raise DecisionError("these words have no reason yet; say why")
            stretches = [one for one, is_here in zip(stretches, here, strict=True) if not is_here]
        elif any(here):
            stretches[here.index(True)] = {**stretches[here.index(True)], "why": left.why}
        else:
            at = sum(span.start <= place.start for span in spans)
            stretches.insert(at, {"quote": quote, "why": left.why})
        _put(self.data, "unread", stretches)

    def _new_entity(self, name: str, kind: str) -> str:
        entities = self.data.setdefault("entities", {})
        entity = _fresh(slugify(name) or "speaker", {*entities})
        entities[entity] = {"type": kind, "label": {"en": name, "ar": name}}
        return entity


def _in(field: str, known: Sequence[str], part: str) -> None:
    dimension = field.removeprefix("question.")
    names = {info.alias or name for name, info in Question.model_fields.items()}
    if field not in known and (dimension == field or dimension not in names):
        raise DecisionError(f"{field!r} cannot be changed here", part, field)


def _places_last(field: str) -> int:
    """Rank a field: the words of an amount are in the quote, so the quote is set first."""
    return {"quote": 0, "surface": 2}.get(field, 1)


def _spans_of(claim: _Data, work: _Work) -> list[tuple[int, int]]:
    from kg.reading.grounding import find_quote
    from kg.reading.parts import Quote

    article = work.grounded.article
    quotes = (Quote.model_validate(one) for one in _list(claim["quote"]))
    spans = (find_quote(article, quote, f"claim {claim['id']!r}") for quote in quotes)
    return [(span.start, span.end) for span in spans]


def _distance(cue: Span, start: int) -> int:
    """Return the distance from a cue to a quote's start; a cue after it counts as further away."""
    return start - cue.end if cue.end <= start else (cue.start - start) * 2 + 1


def _dated(old: Any, value: Any) -> Any:
    """Return a time with another date and everything else unchanged."""
    if isinstance(old, dict) and value is not None:
        return {**old, "edtf": value}
    return value


def _put(part: _Data, key: str, value: Any) -> None:
    if key in _MANY and value and _list(part.get(key)) == _list(value):
        return  # the same, in a list or not
    if value is None or value in ("", []):
        part.pop(key, None)
    else:
        part[key] = value


def _read(field: str, value: Any) -> Any:
    """Convert what a person typed to the value in a file."""
    if not isinstance(value, str):
        return _one(value) if field in _MANY and isinstance(value, list) and value else value
    if not (text := value.strip()):
        return None
    if field in _NUMBERS:
        return plain_value(_ascii_number(text))
    return text


def _ascii_number(text: str) -> str:
    """Return a number as written in a file: ``١٬٢٣٤٫٥`` as ``1234.5``."""
    found = []
    for letter in text:
        if letter in "٬,\u00a0\u202f ":
            continue
        digit = unicodedata.digit(letter, None)
        found.append("." if letter == "٫" else letter if digit is None else str(digit))
    return "".join(found)


def _places(value: Any) -> list[Any]:
    match value:
        case [int(), int()]:
            return [value]
        case [_, *_]:
            return list(value)
        case _:
            raise DecisionError(f"{value!r} is not a valid position in the text", field="quote")


def _list(value: Any) -> list[Any]:
    found = listed(value)
    return list(found) if isinstance(found, list | tuple) else [found]


def _one(values: Sequence[Any]) -> Any:
    return values[0] if len(values) == 1 else list(values)


def _fresh(wanted: str, taken: set[str]) -> str:
    name, number = wanted, 2
    while name in taken:
        name, number = f"{wanted}-{number}", number + 1
    return name


def _in_order(part: Mapping[str, Any], model: type[Part]) -> _Data:
    """Return a part with its new keys moved from the end to their usual position."""
    rank = {info.alias or name: at for at, (name, info) in enumerate(model.model_fields.items())}
    found: list[str] = []
    for key in part:
        place = len(found)
        while place and rank.get(found[place - 1], 0) > rank.get(key, 0):
            place -= 1
        found.insert(place, key)
    return {key: part[key] for key in found}
