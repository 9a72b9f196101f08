"""Turns what the rules found into a draft reading, with a quote from the text for every part."""

from __future__ import annotations

from bisect import bisect_left
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from kg.edtf import corners
from kg.errors import DateError
from kg.files.shipped import software_version
from kg.readers.rules.amounts.currencies import currency_codes
from kg.readers.rules.draft.speakers import ROOT, Speakers
from kg.readers.rules.lexicon.tables import folded, rows
from kg.readers.rules.lexicon.words import is_verb
from kg.readers.rules.matching.tokens import stems
from kg.reading.draft import Draft, Note
from kg.reading.model import Claim, Mention, Reader, Reading, Voice
from kg.reading.parts import Answer, Question, Quote, Time

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.amounts.counted_units import Amount
    from kg.readers.rules.dates.meaning import DateExpression
    from kg.readers.rules.names.noun_phrases import Page
    from kg.readers.rules.names.person_names import FoundName
    from kg.readers.rules.voices.reports import FoundClaim, FoundVoice
    from kg.text.spans import Span

__all__ = ["Assembly"]

_Placed = TypeVar("_Placed", "DateExpression", "Amount")
_DIMENSIONAL: Final = frozenset({"deaths", "wounded", "displaced", "returned", "arrests"})
_LENGTHS: Final = frozenset((
    "kilometre", "metre", "centimetre", "millimetre", "mile", "hectare", "acre",
    "square-kilometre", "square-metre", "cubic-metre", "tonne", "kilogram", "gram", "barrel",
    "litre", "gallon", "megawatt", "kilowatt-hour", "degree", "second", "minute", "hour", "day",
    "week", "month", "year",
))  # fmt: skip


def _goes_on(act: str) -> str:
    """Return the act of a voice that goes on: who has denied something does not deny the rest."""
    return "state" if act == "deny" else act


class Assembly(Speakers):
    """Makes the draft of one article."""

    def draft(self) -> Draft:
        """Return the draft, its explanations, and what had to be dropped."""
        for voice in self.state.voices:
            self._voice(voice)
        for number, claim in enumerate(self.state.claims, 1):
            self._claim(number, claim)
        for one in self.found:
            for name in one.page.names.values():
                self._mention(one.page, name)
        for voice in self.state.voices:
            self._speaking(voice)
        reading = Reading(
            article=self.article.slug,
            reader=Reader(name="Qawl rules", kind="rules", version=software_version()),
            made=datetime.now(tz=UTC).date().isoformat(),
            note="Proposed by rules and not reviewed by a person.",
            entities=self.register.entities,
            voices=self.voices,
            claims=tuple(self.claims),
            mentions={name: tuple(found) for name, found in self.mentions.items()},
        )
        return Draft(reading, tuple(self.notes), tuple(self.dropped))

    def _voice(self, found: FoundVoice) -> None:
        cue, block = found.cue, found.page.block
        name = f"v{found.number}"
        speakers = self._speaker(found)
        span = block.span(cue.start, cue.end)
        quote = self.quoter.quote(span, Quote)
        within = f"v{found.within}" if found.within else ROOT
        if found.inferred:
            why = "rule: a report continues across paragraphs with figures and sources"
            self.voices[name] = Voice(
                in_=within,
                speaker=speakers,
                act=_goes_on(cue.act),
                marking="inferred",
                confidence=_decimal(found.confidence),
                why=why,
            )
            self.notes.append(
                Note(f"voices.{name}", "report goes on", why, _decimal(found.confidence))
            )
            return
        rule = f"rule: {cue.kind}"
        if quote is None:
            self._drop(f"voices.{name}", cue.kind.value, "its cue occurs too often to be located")
        said = self._said_time(found, span) if quote is not None else None
        confidence = _decimal(found.confidence)
        self.voices[name] = Voice(
            in_=within,
            speaker=speakers,
            act=cue.act,
            said=said,
            cue=(quote,) if quote is not None else (),
            transmission="verbatim" if cue.quoted else "paraphrase",
            confidence=confidence,
            why=rule,
        )
        self.notes.append(
            Note(f"voices.{name}", cue.kind.value, span.of(self.article.text), confidence)
        )

    def _said_time(self, found: FoundVoice, span: Span) -> Time | None:
        cue = found.cue
        end = cue.end if cue.closes else max(cue.end, cue.content)  # with an aside after it
        inside = _inside(self.by_page[id(found.page)].dates, cue.start, end)
        return self._time(found.page, inside[0], span) if inside else None

    def _claim(self, number: int, found: FoundClaim) -> None:
        page, clause = found.page, found.clause
        span = page.block.span(clause.start, clause.end)
        quote = self.quoter.quote(span, Quote)
        if quote is None:
            self._drop(f"claims.c{number}", "clause", "these words occur too often to be located")
            return
        here = self.by_page[id(page)]
        dates = _inside(here.dates, clause.start, clause.end)
        amounts = _inside(here.amounts, clause.start, clause.end)
        times = tuple(
            time for time in (self._time(page, date, span) for date in dates) if time is not None
        )
        voice = self._voice_of(found)
        about = self._about(page, clause.start, clause.end)
        rule = f"rule: {found.rule}"
        common = {
            "voice": voice,
            "quote": (quote,),
            "gloss": f"“{quote.exact}” (not translated)",
            "about": about,
            "stance": found.stance,
            "polarity": "negative" if found.stance.endswith("-not") else "positive",
            "time": times,
            "confidence": _decimal(found.confidence),
            "why": rule,
        }
        made = 0
        for amount in amounts:
            surface = self.quoter.within(
                page.block.span(amount.start, amount.end, amount.cut), span
            )
            if surface is None:
                continue
            made += 1
            name = f"c{number}" if made == 1 else f"c{number}-{made}"
            question, answer = self._quantity(page, found, amount, surface, dates, about)
            self.claims.append(Claim(id=name, question=question, answer=answer, **common))
            self._explain(
                name, f"{found.rule}, {amount.explanation}", surface.exact, amount.confidence
            )
        if not made:
            verb = any(
                is_verb(page.tokens[n].text)
                for n in range(clause.start, clause.end)
                if page.tokens[n].kind == "word"
            )
            self.claims.append(
                Claim(id=f"c{number}", kind="occurrence" if verb else "state", **common)
            )
            self._explain(f"c{number}", found.rule.value, quote.exact, _decimal(found.confidence))

    def _explain(self, claim: str, rule: str, words: str, confidence: Decimal) -> None:
        self.notes.append(Note(f"claims.{claim}", rule, words, confidence))

    def _voice_of(self, found: FoundClaim) -> str:
        """Return the voice of a claim; one that continues without a cue is a separate voice."""
        if not found.voice:
            return ROOT
        name = f"v{found.voice}"
        if found.marking == "explicit":
            return name
        inherited = f"{name}-on"
        if inherited not in self.voices:
            voice = self.voices[name]
            self.voices[inherited] = voice.model_copy(
                update={
                    "act": _goes_on(voice.act),
                    "marking": "inherited",
                    "cue": (),
                    "said": None,
                    "confidence": _decimal(found.confidence),
                    "why": "rule: a voice continues until another begins",
                }
            )
        return inherited

    def _about(self, page: Page, start: int, end: int) -> tuple[str, ...]:
        names = [page.names[at] for at in range(start, end) if at in page.names]
        return tuple(dict.fromkeys(self._entity(page, name) for name in names))

    def _quantity(
        self,
        page: Page,
        found: FoundClaim,
        amount: Amount,
        surface: Quote,
        dates: Sequence[DateExpression],
        about: Sequence[str],
    ) -> tuple[Question, Answer]:
        measure = self._measure(page, found, amount)
        answer = Answer(
            value=amount.value,
            lower=amount.lower,
            upper=amount.upper,
            comparator=amount.comparator
            if amount.comparator != "exactly" or (amount.value is None and amount.lower is None)
            else None,
            approximate=amount.approximate,
            unit=amount.unit,
            surface=surface,
            garbled=amount.garbled,
        )
        places = [one for one in about if self.register.kind(one) == "place"]
        during = next((date.edtf for date in dates if date.edtf and _sound(date.edtf)), None)
        if measure in _DIMENSIONAL and places and during:
            return Question(how_many=measure, place=places[0], during=during), answer
        return Question(how_many=measure), answer

    def _measure(self, page: Page, found: FoundClaim, amount: Amount) -> str:
        """Return what an amount measures, from the nearest words in its clause."""
        if amount.unit in ("percent", "percentage-point"):
            return "share"
        if amount.unit in currency_codes():
            return "money"
        if amount.unit in _LENGTHS:
            return "extent"
        best, nearest = "count", (True, 99)
        for index in range(found.clause.start, found.clause.end):
            if page.tokens[index].kind != "word":
                continue
            for stem in stems(page.tokens[index].text):
                for one in _measures().get(stem.text, ()):
                    rank = (one.yields, abs(index - amount.start))
                    if (not one.units or amount.unit in one.units) and rank < nearest:
                        best, nearest = one.measure, rank
        return best

    def _time(self, page: Page, date: DateExpression, frame: Span) -> Time | None:
        span = page.block.span(date.start, date.end, date.cut)
        surface = self.quoter.within(span, frame)
        if surface is None:
            return None
        edtf = date.edtf if date.edtf and _sound(date.edtf) else None
        status = date.kind
        relation = date.relation if edtf is None else None
        anchor = None
        if date.anchor is not None and edtf is None:
            words = page.block.span(*date.anchor).of(self.article.text)
            anchor = self.register.new(words, "Event", self.language)
        if edtf is None and status == "explicit":
            status = "relative"
        if anchor is None:
            relation = None
        return Time(
            edtf=edtf,
            surface=surface,
            modifier=date.modifier,
            status=status,
            relation=relation,
            anchor=anchor,
            why=date.why,
        )

    def _mention(self, page: Page, name: FoundName) -> None:
        quote = self.quoter.quote(page.block.span(name.start, name.end, name.cut), Mention)
        entity = self._entity(page, name)
        if quote is None:
            self._drop(
                f"mentions.{entity}", name.rule.value, "the name occurs too often to be located"
            )
            return
        self.mentions.setdefault(entity, []).append(quote)
        self.notes.append(
            Note(f"mentions.{entity}", name.rule.value, quote.exact, _decimal(name.confidence))
        )

    def _speaking(self, found: FoundVoice) -> None:
        """Mention a speaker whose words are not a name: the civil governor, some of them."""
        span, page = found.cue.speaker, found.page
        if span is None or found.inferred or any(n in page.names for n in range(*span)):
            return
        mention = self.quoter.quote(page.block.span(*span, found.cue.speaker_cut), Mention)
        speakers = self._speaker(found)
        if mention is None or len(speakers) != 1:
            return
        known = self.mentions.setdefault(speakers[0], [])
        if mention not in known:
            known.append(mention)
            part, rule = f"mentions.{speakers[0]}", f"speaker, {found.cue.kind}"
            self.notes.append(Note(part, rule, mention.exact, _decimal(found.confidence)))

    def _drop(self, part: str, rule: str, why: str) -> None:
        self.dropped.append(Note(part, rule, why))


@lru_cache(maxsize=256)
def _decimal(value: float) -> Decimal:
    return Decimal(str(round(value, 2)))


def _inside(found: Sequence[_Placed], start: int, end: int) -> list[_Placed]:
    """Return the items between two tokens, from a list sorted by start."""
    first = bisect_left(found, start, key=lambda one: one.start)
    result = []
    for one in found[first:]:
        if one.start >= end:
            break
        if one.end <= end:
            result.append(one)
    return result


@lru_cache(maxsize=4096)
def _sound(edtf: str) -> bool:
    """Return whether a date has bounds; a date that the calendar does not have is left relative."""
    try:
        corners(edtf)
    except DateError:
        return False
    return True


class _Measure(NamedTuple):
    """A measure, the units that it applies to, and whether any other one comes first."""

    measure: str
    units: frozenset[str]
    yields: bool


@lru_cache(maxsize=1)
def _measures() -> dict[str, list[_Measure]]:
    found: dict[str, list[_Measure]] = {}
    for row in rows("ar", "measures"):
        units = frozenset(row["units"].split())
        measure = _Measure(row["measure"], units, row["yields"] == "yes")
        for word in row["words"].split():
            found.setdefault(folded(word), []).append(measure)
    return found
