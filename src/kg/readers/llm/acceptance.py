"""Which parts of a model's answer are kept: quotes found in the paragraph, known codes.

Anything else is a fault, with a reason that can be sent back to the model.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from kg.errors import GroundingError, KgError, ReadingError
from kg.files.schema_faults import first_fault
from kg.reading.grounding import find_quote
from kg.reading.model import Claim, Mention, Voice
from kg.reading.parts import ARTICLE_SPEAKER, Quote, check_date
from kg.reading.quoting import quote_at
from kg.text.spans import find_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.knowledge.ontology import Ontology
    from kg.readers.llm.proposal import (
        Proposal,
        ProposedAmount,
        ProposedClaim,
        ProposedDate,
        ProposedMention,
        ProposedVoice,
    )
    from kg.reading.entity_names import EntityNames
    from kg.text.article import Article
    from kg.text.spans import Span

__all__ = ["ROOT_VOICE", "Acceptance", "Fault", "Piece"]

#: Id of the article's own voice.
ROOT_VOICE: Final = "article"
_LONGEST_TEXT = 1000
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, or a piece of a long one; ``number`` counts from 1."""

    number: int
    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A rejected part of an answer, and the reason."""

    part: str
    reason: str


class _RefusedError(ReadingError):
    """A part cannot be kept; the message gives the reason."""


class Acceptance:
    """Collects the acceptable parts of the answers for a whole article."""

    def __init__(self, article: Article, ontology: Ontology, names: EntityNames) -> None:
        self.article, self.ontology, self.names = article, ontology, names
        self.voices: dict[str, Voice] = {
            ROOT_VOICE: Voice.model_validate({"speaker": ARTICLE_SPEAKER})
        }
        self.claims: list[Claim] = []
        self.mentions: dict[str, list[Mention]] = {}
        self._local: dict[str, str] = {}
        self._taken: set[tuple[str, str]] = set()

    def begin(self, piece: Piece) -> None:
        """Start a new piece, with its own ids for voices and claims."""
        self.piece = piece
        self._local = {}
        self._taken = set()

    def take(self, proposal: Proposal) -> tuple[Fault, ...]:
        """Keep the acceptable parts of an answer for the piece; return the faults of the rest.

        Parts that were already kept under the same id for this piece are skipped.
        """
        faults = []
        waiting = list(proposal.voices)
        # A voice may be listed before the voice that relays it.
        while waiting:
            ready = [one for one in waiting if self._voice_id(one.in_) is not None]
            if not ready:
                reason = "the voice that relays it was rejected: "
                faults += [Fault(f"voice {one.id}", reason + repr(one.in_)) for one in waiting]
                break
            waiting = [one for one in waiting if one not in ready]
            faults += self._each("voice", [(one.id, one) for one in ready], self._voice)
        faults += self._each("claim", [(one.id, one) for one in proposal.claims], self._claim)
        faults += self._each(
            "mention", [(one.words, one) for one in proposal.mentions], self._mention
        )
        return tuple(faults)

    def _each(self, kind: str, parts: Sequence[tuple[str, Any]], keep: Any) -> list[Fault]:
        faults = []
        for name, part in parts:
            if (kind, name) in self._taken:
                continue
            try:
                keep(part)
            except ValidationError as error:
                faults.append(Fault(f"{kind} {name}", first_fault(error).told()))
            except KgError as error:
                faults.append(Fault(f"{kind} {name}", str(error)))
            else:
                self._taken.add((kind, name))
        return faults

    def _voice_id(self, name: str) -> str | None:
        if name in self._local:
            return self._local[name]
        return name if name in self.voices else None

    def _found(self, words: str, frame: Span) -> Span:
        if not words.strip():
            raise _RefusedError("an empty string is not a quote")
        return find_quote(self.article, Quote(exact=words), "the quote", [frame])

    def _text(self, words: str, what: str) -> str:
        clean = _CONTROL.sub(" ", words).strip()
        if not clean or len(clean) > _LONGEST_TEXT:
            raise _RefusedError(f"{what} must have 1 to {_LONGEST_TEXT} characters")
        return clean

    def _voice(self, one: ProposedVoice) -> None:
        if one.id == ROOT_VOICE or one.id in self.voices:
            raise _RefusedError(f"the id {one.id!r} is taken: give the voice a new one")
        name = f"{self.piece.name}-v{len(self._local) + 1}"
        data: dict[str, Any] = {
            "in": self._voice_id(one.in_),
            "speaker": self._speaker(one, name),
            "act": one.act,
            "transmission": "verbatim" if one.verbatim else "paraphrase",
            "confidence": Decimal(repr(one.confidence)),
        }
        self.ontology.concept("speech-act", one.act)
        if one.cue is None:
            data["marking"] = "inferred"
            data["why"] = self._text(one.why or "", "why you infer a voice without a cue")
        else:
            span = self._found(one.cue, self.piece.span)
            data["cue"] = [quote_at(self.article, span)]
            if one.said is not None:
                data["said"] = self._time(one.said, span)
        self.voices[name] = Voice.model_validate(data)
        self._local[one.id] = name

    def _speaker(self, one: ProposedVoice, voice: str) -> str:
        english = self._text(one.speaker_in_english, "speaker_in_english")
        if one.speaker is None:
            return self.names.resolve(f"{english} ({voice})", "UnnamedActor")
        frame = self.piece.span
        inferred = one.cue is None
        if one.speaker not in (self.article.text if inferred else frame.of(self.article.text)):
            raise GroundingError(
                f"the speaker {one.speaker!r} is not in the paragraph; quote the words that "
                "name the speaker there, or null"
            )
        return self.names.resolve(self._text(one.speaker, "speaker"), one.speaker_type, english)

    def _time(self, one: ProposedDate, frame: Span) -> dict[str, Any]:
        span = self._found(one.words, frame)
        try:
            if one.edtf is not None:
                check_date(one.edtf)
        except ValueError as error:
            raise _RefusedError(str(error)) from error
        surface = quote_at(self.article, span, [frame])
        return {"edtf": one.edtf, "surface": surface, "status": one.status}

    def _amount(self, one: ProposedAmount, frame: Span) -> dict[str, Any]:
        for scheme, code in (("measure", one.measure), ("comparator", one.comparator)):
            self.ontology.concept(scheme, code)
        self.ontology.unit(one.unit)
        span = self._found(one.words, frame)
        numbers = {"value": one.value, "lower": one.lower, "upper": one.upper}
        given = {key: Decimal(repr(value)) for key, value in numbers.items() if value is not None}
        if not given and one.comparator == "exactly":
            raise _RefusedError("an exact amount needs value, or lower and upper")
        return {
            **given,
            "unit": one.unit,
            "comparator": None if one.comparator == "exactly" else one.comparator,
            "approximate": one.approximate,
            "surface": quote_at(self.article, span, [frame]),
        }

    def _claim(self, one: ProposedClaim) -> None:
        voice = self._voice_id(one.voice)
        if voice is None:
            raise _RefusedError(f"its voice {one.voice!r} was rejected")
        span = self._found(one.quote, self.piece.span)
        data: dict[str, Any] = {
            "id": f"{self.piece.name}-c{sum(kind == 'claim' for kind, _ in self._taken) + 1}",
            "voice": voice,
            "quote": [quote_at(self.article, span)],
            "gloss": self._text(one.gloss, "gloss"),
            "polarity": one.polarity,
            "stance": one.stance,
            "confidence": Decimal(repr(one.confidence)),
        }
        if one.amount is None:
            data["kind"] = one.kind
        else:
            data["question"] = {"how-many": one.amount.measure}
            data["answer"] = self._amount(one.amount, span)
        if one.date is not None:
            data["time"] = [self._time(one.date, span)]
        self.claims.append(Claim.model_validate(data))

    def _mention(self, one: ProposedMention) -> None:
        """Keep every place in the piece where the words occur: one name in one paragraph."""
        text = self.article.text
        frame = self.piece.span
        places = find_words(text, one.words) if one.words else ()
        hits = [hit for hit in places if frame.contains(hit)]
        if not hits:
            raise GroundingError(
                f"{one.words!r} is not in the paragraph as whole words; quote the name exactly, "
                "without و ف ب ل ك before it"
            )
        english = self._text(one.in_english, "in_english")
        entity = self.names.resolve(self._text(one.words, "words"), one.type, english)
        for hit in hits:
            quote = quote_at(self.article, hit)
            mention = Mention.model_validate(quote.model_dump())
            if mention not in self.mentions.setdefault(entity, []):
                self.mentions[entity].append(mention)
