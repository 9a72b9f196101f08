"""Relative and anaphoric dates: yesterday, last year, three days ago, the same month."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.readers.rules.dates.calendar_dates import year_of
from kg.readers.rules.dates.calendar_days import Clock, Core
from kg.readers.rules.dates.meaning import DateExpression, DateForm, DateKind, Day, shifted, week_of
from kg.readers.rules.dates.year_parts import YearParts
from kg.readers.rules.lexicon.words import is_definite

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.matching.tokens import Token

__all__ = ["RelativeDates"]

_MODIFIERS: Final = {
    "dawn": "dawn",
    "morning": "morning",
    "early": "early",
    "mid": "mid",
    "late": "late",
}
_ARTICLES: Final = frozenset({"a", "an"})
_TIME_UNITS: Final = frozenset({"hour", "day", "week", "month", "year", "decade"})
_PREFIXES: Final = frozenset({"part", "qualifier"})
_FEASTS: Final = frozenset({"feast", "feast-part"})
_CALENDAR: Final = frozenset(
    {"day-word", "weekday", "month", "month-word", "hijri-month", "ordinal"}
)
_PARTS: Final = frozenset({"quarter", "half", "season"})
_AGES: Final = frozenset({"decade-word", "decade-name", "century", "ordinal"})
_FISCAL: Final = frozenset({"fiscal", "school"})
_UNITS: Final = frozenset(
    {"this-before", "last-before", "next-before", "year", "month-unit", "week-unit"}
)
_PERIODS: Final = frozenset({"period-word", "last-before"})

#: Longer spans than this many units are not dates in a news article.
_MOST_SPANS: Final = 5000


class RelativeDates(YearParts):
    """Reads dates that are relative to another date."""

    def _ago(self, tokens: Sequence[Token], index: int, clock: Clock) -> DateExpression | None:
        """Read قبل ثلاثة أيام, منذ أربعة أيام, بعد ذلك بعامين, three days ago."""
        if self.language == "en":
            return self._english_ago(tokens, index, clock)
        for name, sign in (("ago", -1), ("since", -1), ("after", 1)):
            opener = self.words.match(name, tokens, index)
            if opener is None or opener.end >= len(tokens):
                continue
            at, anaphoric = opener.end, name == "after"
            about = self.words.match("about", tokens, at)
            at = about.end if about is not None else at  # قبل نحو عقدين
            if at >= len(tokens):
                continue
            if tokens[at].text in ("ذلك", "هذا") and at + 1 < len(tokens):
                at, anaphoric = at + 1, True
                if not tokens[at].text.startswith("ب"):
                    continue
            span = self._span_of_time(tokens, at)
            if span is None:
                continue
            count, unit, end = span
            base = clock.last if anaphoric else clock.article
            of_event = name == "after" and end < len(tokens) and tokens[end].text == "من"
            if of_event:
                base = None  # بعد عام من تخرجه
            edtf, day = shifted(base, unit, sign * count) if base else (None, None)
            kind: DateKind = "anaphoric" if anaphoric and not of_event else "relative"
            if about is not None and edtf is not None:
                edtf = f"{edtf.rstrip('~')}~"
            if name == "since" and edtf is not None:
                edtf = f"{edtf.rstrip('~')}/.."
            return DateExpression(index, end, opener.cut, DateForm.SPAN, kind, edtf, day)
        after = self.words.match("after-it", tokens, index)
        if after is not None and after.end < len(tokens) and tokens[after.end].text.startswith("ب"):
            span = self._span_of_time(tokens, after.end)
            if span is not None:
                sign = -1 if after.value == "before" else 1
                found = shifted(clock.last, span[1], sign * span[0]) if clock.last else (None, None)
                return DateExpression(index, span[2], after.cut, DateForm.SPAN, "anaphoric", *found)
        return None

    def _english_ago(
        self, tokens: Sequence[Token], index: int, clock: Clock
    ) -> DateExpression | None:
        span = self._span_of_time(tokens, index)
        if span is None or span[2] >= len(tokens):
            return None
        count, unit, end = span
        word = tokens[end].text
        if word == "ago":
            found = shifted(clock.article, unit, -count) if clock.article else (None, None)
            return DateExpression(index, end + 1, 0, DateForm.SPAN, "relative", *found)
        if word in ("later", "earlier", "afterwards"):
            sign = -1 if word == "earlier" else 1
            found = shifted(clock.last, unit, sign * count) if clock.last else (None, None)
            return DateExpression(index, end + 1, 0, DateForm.SPAN, "anaphoric", *found)
        return None

    def _span_of_time(self, tokens: Sequence[Token], index: int) -> tuple[int, str, int] | None:
        """Return count, unit and end of a duration: ثلاثة أيام, عامين, three days."""
        from kg.readers.rules.amounts.amounts import amounts_of

        nouns = amounts_of(self.language).nouns
        if index >= len(tokens):
            return None
        number = self.words.numerals.at(tokens, index)
        if number is not None and number.end < len(tokens) and not number.fraction:
            noun = nouns.get(tokens[number.end].text)
            if noun is not None and noun.unit in _TIME_UNITS and number.value == int(number.value):
                count = int(number.value)
                end = self._past_a_half(tokens, number.end + 1)
                return (count, noun.unit, end) if count < _MOST_SPANS else None
        if tokens[index].text in _ARTICLES and index + 1 < len(tokens):  # a year ago
            noun = nouns.get(tokens[index + 1].text)
            return (1, noun.unit, index + 2) if noun and noun.unit in _TIME_UNITS else None
        for stem in self.words.take(tokens[index].text):
            noun = nouns.get(stem.text)
            if noun is None or noun.unit not in _TIME_UNITS or noun.number == "plural":
                continue
            if self.language == "en" or is_definite(stem.text):
                continue
            end = index + 1
            if noun.number == "singular":
                if end < len(tokens) and tokens[end].text in ("واحد", "واحده"):
                    end += 1
                elif (
                    stem.text in ("يوم", "ليله")
                    or (end < len(tokens) and tokens[end].kind == "number")
                    or (end < len(tokens) and is_definite(tokens[end].text))
                ):
                    return None
            return (2 if noun.number == "dual" else 1), noun.unit, end
        return None

    def _past_a_half(self, tokens: Sequence[Token], index: int) -> int:
        """Return the index after ونصف (السنة), which does not shift a date by its unit."""
        if index < len(tokens) and tokens[index].text == "ونصف":
            index += 1
            if index < len(tokens) and tokens[index].text in ("السنه", "العام", "الشهر", "اليوم"):
                index += 1
        return index

    def _core(
        self, tokens: Sequence[Token], index: int, clock: Clock, *, opened: bool
    ) -> Core | None:
        """Read a date without opener: prefixes (part of day, qualifier), then the date proper."""
        at, modifier, prefixed = index, None, False
        while at < len(tokens) and self.words.hints(tokens[at]) & _PREFIXES:
            part = self.words.match("part", tokens, at) or self.words.match("qualifier", tokens, at)
            if part is None:
                break
            modifier = modifier or part.value
            at, prefixed = part.end, True
            if self.language == "en":
                at = self.words.skip("of", tokens, at)
        if at >= len(tokens):
            return None
        core = self._base(tokens, at, clock, opened=opened or prefixed, prefixed=prefixed)
        if core is None:
            return None
        return replace(core, modifier=_MODIFIERS.get(modifier or "")) if prefixed else core

    def _base(
        self, tokens: Sequence[Token], index: int, clock: Clock, *, opened: bool, prefixed: bool
    ) -> Core | None:
        token = tokens[index]
        hints = self.words.hints(token)
        if token.kind == "number" and (numeric := self.words.numeric(tokens, index)) is not None:
            day, end = numeric
            return Core(end, DateForm.DIGITS, day.edtf, day)
        core = self._feast(tokens, index, clock) if hints & _FEASTS else None
        if core is None and (token.kind == "number" or hints & _CALENDAR):
            core = self._calendar(tokens, index, clock, opened=opened)
        if core is None and "phrase" in hints:
            core = self._phrase(tokens, index, clock)
        if core is None and hints & _PARTS:
            core = self._part_of_year(tokens, index, clock)
        if core is None and (token.kind == "number" or hints & _AGES or token.text == "the"):
            core = self._decade(tokens, index, clock)
        if core is None and hints & _FISCAL:
            core = self._fiscal(tokens, index)
        if core is None and hints & _UNITS:
            core = self._unit(tokens, index, clock)
        if core is None and prefixed and (named := self._bare_unit(tokens, index, clock)):
            core = named
        if core is None and (hints & _PERIODS or token.text == "the"):
            core = self._period(tokens, index, clock)
        if core is None and (token.kind == "number" or "year-word" in hints):
            core = self._year(tokens, index, opened=opened)
        return core

    def _phrase(self, tokens: Sequence[Token], index: int, clock: Clock) -> Core | None:
        found = self.words.phrases.at(tokens, index)
        if found is None:
            return None
        value, kind = found.value
        relative: DateKind = "relative" if kind == "relative" else "anaphoric"
        end = found.end
        if value == "day+0" and self._is_rate(tokens, index, end):
            return None
        if value.startswith("day"):
            return self._near_day(tokens, end, value, clock)
        if value == "between-two":
            if len(clock.named) == 2:
                one, two = (day.edtf for day in clock.named)
                if one and two and one <= two:
                    return Core(end, DateForm.BETWEEN, f"{one}/{two}", None, relative)
            return None
        last = clock.last
        if last is None:
            return Core(end, DateForm.ANAPHORA, kind=relative) if kind == "anaphoric" else None
        if value == "since-then":
            return Core(
                end, DateForm.SINCE_THEN, f"{last.edtf}/.." if last.edtf else None, last, relative
            )
        if value.startswith("then-"):
            unit, count = value[5:-2], int(value[-2:])
            if unit == "week":
                edtf = week_of(last.exact, count) if last.exact else None
                return Core(end, DateForm.ANAPHORA, edtf, None, relative)
            return Core(end, DateForm.ANAPHORA, *shifted(last, unit, count), kind=relative)
        precision = value.partition("-")[2]
        day = last
        if precision == "year":
            day = Day(last.year)
        elif precision == "month":
            day = Day(last.year, last.month)
            of_year = self._year_told(tokens, end, clock)
            if of_year is not None and last.month is not None:
                day = Day(of_year[0], last.month)  # الشهر نفسه من العام الماضي
                end = of_year[1]
        return Core(end, DateForm.ANAPHORA, day.edtf, day, relative)

    @staticmethod
    def _is_rate(tokens: Sequence[Token], index: int, end: int) -> bool:
        """Return whether في اليوم is a rate: خمسة آلاف إصابة في اليوم."""
        before = tokens[index - 1].text if index else ""
        last = end >= len(tokens) or tokens[end].kind != "word"
        return before == "في" and tokens[index].text == "اليوم" and last

    def _year_told(
        self, tokens: Sequence[Token], index: int, clock: Clock
    ) -> tuple[int, int] | None:
        """Return the year of من العام الماضي, of 2012, and the index after it."""
        at = self.words.skip("of", tokens, index)
        if at == index or at >= len(tokens):
            return None
        core = self._core(tokens, at, clock, opened=True)
        if core is None or core.day is None or core.day.month is not None or core.day.year is None:
            return None
        return core.day.year, core.end

    def _near_day(self, tokens: Sequence[Token], end: int, value: str, clock: Clock) -> Core:
        """Resolve today, yesterday, tomorrow, together with an adjacent weekday or date."""
        weekday = self.words.match("weekday", tokens, end)
        if weekday is None and end + 1 < len(tokens) and tokens[end].text == "(":
            weekday = self.words.match("weekday", tokens, end + 1)
            if weekday is not None:
                end = weekday.end + (weekday.end < len(tokens) and tokens[weekday.end].text == ")")
        elif weekday is not None:
            end = weekday.end
            inner = self._day_month(tokens, end, clock, opened=False)
            if inner is not None and inner.day is not None and inner.day.day is not None:
                return replace(inner, kind="relative")
        edtf, day = shifted(clock.article, "day", int(value[3:])) if clock.article else (None, None)
        return Core(end, DateForm.RELATIVE_DAY, edtf, day, "relative")

    def _unit(self, tokens: Sequence[Token], index: int, clock: Clock) -> Core | None:
        """Read العام الماضي, الشهر المقبل, هذا الأسبوع, last year."""
        before = None
        for name, step in (("this-before", 0), ("last-before", -1), ("next-before", 1)):
            match = self.words.match(name, tokens, index)
            if match is not None:
                before = (match.end, step)
                break
        at = before[0] if before else index
        if before is not None and self.language == "en":
            month = self.words.month(tokens, at)
            if month is not None:  # last December
                day = Day(year_of(month[0], None, before[1], clock), month[0])
                return Core(month[1], DateForm.MONTH, day.edtf, day, "relative")
        for name, unit in (("year", "year"), ("month-unit", "month"), ("week-unit", "week")):
            found = self.words.match(name, tokens, at)
            if found is None:
                continue
            if before is not None:
                return self._shifted_unit(found.end, unit, before[1], clock)
            for word, step in (("last", -1), ("next", 1), ("this", 0)):
                after = self.words.match(word, tokens, found.end)
                if (after is not None and tokens[at].text.lstrip("وبلف").startswith("ال")) or (
                    after is not None and tokens[at].text.startswith("لل")
                ):
                    return self._shifted_unit(after.end, unit, step, clock)
        return None

    def _bare_unit(self, tokens: Sequence[Token], index: int, clock: Clock) -> Core | None:
        """Read the year in نهاية العام: the article's own."""
        if self.language != "ar" or self.words.year(tokens, index) is not None:
            return None
        for name, unit in (("year", "year"), ("month-unit", "month"), ("week-unit", "week")):
            found = self.words.match(name, tokens, index)
            if found is not None and tokens[index].text.startswith("ال"):
                return self._shifted_unit(found.end, unit, 0, clock)
        return None

    @staticmethod
    def _shifted_unit(end: int, unit: str, step: int, clock: Clock) -> Core:
        article = clock.article
        if article is None:
            return Core(end, DateForm.RELATIVE_UNIT, kind="relative")
        if unit == "week":
            edtf = week_of(article.exact, step) if article.exact else None
            return Core(end, DateForm.RELATIVE_UNIT, edtf, None, "relative")
        edtf, day = shifted(article, unit, step)
        return Core(end, DateForm.RELATIVE_UNIT, edtf, day, "relative")

    def _period(self, tokens: Sequence[Token], index: int, clock: Clock) -> Core | None:
        """Read الأيام الثلاثة الماضية, the past three days."""
        from kg.readers.rules.amounts.amounts import amounts_of

        nouns = amounts_of(self.language).nouns
        count, unit, end, step = None, "", index, -1
        if self.language == "en":
            at = index + (tokens[index].text == "the")
            word = self.words.match("last-before", tokens, at)
            if word is None:
                return None
            span = self._span_of_time(tokens, word.end)
            if span is None:
                return None
            count, unit, end = span
        else:
            stem = next(
                (s.text for s in self.words.take(tokens[index].text) if is_definite(s.text)), ""
            )
            noun = nouns.get(stem.removeprefix("ال"))
            if (
                not stem
                or noun is None
                or noun.unit not in _TIME_UNITS
                or noun.number == "singular"
            ):
                return None
            at = index + 1
            if noun.number == "dual":
                count = 2
            elif at < len(tokens):
                token = tokens[at]
                if token.text == "ال" and at + 1 < len(tokens):
                    at += 1
                    token = tokens[at]
                digits = self.words.digits(tokens, at)
                name, value = self.words.numerals.words.get(
                    token.text.removeprefix("ال"), ("", None)
                )
                if digits is not None:
                    count = digits
                elif name in ("unit", "ten", "tens") and value is not None:
                    count = int(value)
                if count is not None:
                    at += 1
                    if name == "unit" and at < len(tokens) and tokens[at].text in ("عشر", "عشره"):
                        count, at = count + 10, at + 1
            last = self.words.match("last", tokens, at)
            coming = self.words.match("next", tokens, at)
            if (
                last is None
                and coming is None
                and at < len(tokens)
                and tokens[at].text in ("القليله",)
            ):
                last = self.words.match("last", tokens, at + 1)
                coming = self.words.match("next", tokens, at + 1)
            after = last or coming
            if after is None:
                return None
            end, unit, step = after.end, noun.unit, -1 if last else 1
        if clock.article is None or count is None:
            return Core(end, DateForm.PERIOD, kind="relative")
        edtf, day = shifted(clock.article, unit, step * count)
        if edtf is None or day is None:
            return Core(end, DateForm.PERIOD, kind="relative")
        here = clock.article
        if unit == "month":
            here = Day(here.year, here.month)
        elif unit in ("year", "decade"):
            here = Day(here.year)
        begin, finish = (day, here) if step < 0 else (here, day)
        return Core(end, DateForm.PERIOD, f"{begin.edtf}/{finish.edtf}", None, "relative")
