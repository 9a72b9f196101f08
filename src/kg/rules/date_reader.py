"""Dates in a text: calendar dates, intervals, relative and anaphoric dates, feasts, Hijri dates."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.rules.calendar_words import CalendarWords, calendar_words
from kg.rules.dates import (
    DateExpression,
    DateKind,
    Day,
    feast,
    hijri,
    hijri_month_in,
    negative_year,
    of_date,
    shifted,
    week_of,
)
from kg.rules.words import is_adjective, is_definite, is_function, is_verb, is_verbal_noun

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.rules.tokens import Token

__all__ = ["Clock", "DateReader", "article_day", "date_reader"]

_MODIFIERS: Final = {
    "dawn": "dawn",
    "morning": "morning",
    "early": "early",
    "mid": "mid",
    "late": "late",
}
_CENTURY, _DECADE = 100, 10
#: How far before a weekday a verb in the future may stand.
_REACH: Final = 14


@dataclass(slots=True)
class Clock:
    """What dates are told by: the day of the article, and the dates that the text has named."""

    article: Day | None = None
    last: Day | None = None
    named: list[Day] = field(default_factory=list)

    def name(self, day: Day | None) -> None:
        """Note a date that the text has named."""
        if day is not None and day.year is not None:
            self.last = day
            self.named = [*self.named[-1:], day]


@dataclass(frozen=True, slots=True)
class _Core:
    """A date without what opens an interval: where it ends, and what it is."""

    end: int
    rule: str
    edtf: str | None = None
    day: Day | None = None
    kind: DateKind = "explicit"
    modifier: str | None = None
    partial: bool = False
    why: str | None = None


class DateReader:
    """Reads the dates of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.words: CalendarWords = calendar_words(language)

    def find(self, tokens: Sequence[Token], clock: Clock) -> tuple[DateExpression, ...]:
        """Return the date expressions among tokens, left to right; rule ``name`` marks names."""
        found: list[DateExpression] = []
        index = 0
        while index < len(tokens):
            if not self.words.starts(tokens[index]):
                index += 1
                continue
            one = self._at(tokens, index, clock)
            if one is None:
                index += 1
                continue
            found.append(one)
            if one.rule != "name":
                clock.name(one.day)
            index = max(one.end, index + 1)
            if one.day is not None and one.day.month is None:
                index = self._listed_years(tokens, index, found, clock)
        return tuple(found)

    def _listed_years(
        self, tokens: Sequence[Token], index: int, found: list[DateExpression], clock: Clock
    ) -> int:
        """Read more years of a list: عامي 2006 و2007."""
        while index + 1 < len(tokens) and tokens[index].text in ("و", "and"):
            year = self.words.year(tokens, index + 1, bare=True)
            if year is None or year.end != index + 2 or self._counts(tokens, year.end):
                break
            day = Day(year.year)
            found.append(DateExpression(index + 1, year.end, 0, "year", edtf=day.edtf, day=day))
            clock.name(day)
            index = year.end
        return index

    # ---- one expression

    def _at(self, tokens: Sequence[Token], index: int, clock: Clock) -> DateExpression | None:
        if self._in_name(tokens, index):
            core = self._core(tokens, index, clock, opened=True)
            if (
                core is not None
                and core.rule in ("day", "month and day")
                and (self.words.digits(tokens, core.end - 1) or 0) < 1000
            ):
                return DateExpression(index, core.end, 0, "name")
        token = tokens[index]
        hints = self.words.hints(token)
        found = None
        if token.kind == "number" or hints & _INTERVALS:
            found = self._interval(tokens, index, clock)
        opens = bool(hints & _OPENERS)
        if found is None and (opens or self.language == "en"):
            found = self._ago(tokens, index, clock)
        if found is None and opens:
            found = self._opened(tokens, index, clock)
        found = found or self._plain(tokens, index, clock)
        return self._event(tokens, index) if found is None and opens else found

    def _in_name(self, tokens: Sequence[Token], index: int) -> bool:
        return bool(index) and self.words.match("name-head", tokens, index - 1) is not None

    def _plain(self, tokens: Sequence[Token], index: int, clock: Clock) -> DateExpression | None:
        start, mark, at = index, "", index
        about = self.words.match("about", tokens, index)
        doubt = self.words.match("doubt", tokens, index)
        if about or doubt:
            opener = about or doubt
            assert opener is not None
            at, mark = opener.end, "~" if about else "?"
            at = self.words.skip("in", tokens, at)
            if at >= len(tokens):
                return None
        opened = bool(mark) or self._allows_bare(tokens, index)
        core = self._core(tokens, at, clock, opened=opened)
        if core is None or core.partial:
            return None
        cut = self._cut(tokens, start)
        expression = self._expression(start, cut, core)
        if expression.edtf and mark and "/" not in expression.edtf:
            expression = replace(expression, edtf=expression.edtf.rstrip("~") + mark)
        return self._doubted(tokens, expression)

    def _doubted(self, tokens: Sequence[Token], one: DateExpression) -> DateExpression:
        """Take in what follows: "or 1912", "most likely"."""
        after = self.words.match("or", tokens, one.end)
        if after is not None and one.day is not None and one.day.month is None and one.edtf:
            year = self.words.year(tokens, after.end, bare=True)
            if year is not None and not self._counts(tokens, year.end):
                return replace(one, end=year.end, edtf=f"[{one.edtf},{Day(year.year).edtf}]")
        doubt = self.words.match("doubt-after", tokens, one.end)
        if doubt is not None and one.edtf and one.edtf[-1].isdigit() and "/" not in one.edtf:
            return replace(one, end=doubt.end, edtf=f"{one.edtf}?")
        return one

    def _expression(self, start: int, cut: int, core: _Core) -> DateExpression:
        return DateExpression(
            start,
            core.end,
            cut,
            core.rule,
            core.kind,
            core.edtf,
            core.day,
            core.modifier,
            why=core.why,
        )

    def _cut(self, tokens: Sequence[Token], index: int) -> int:
        """Return how many letters of a date's first word are clitics."""
        text = tokens[index].text
        if tokens[index].kind != "word":
            return 0
        for stem in self.words.take(text):
            if stem.text in self.words.triggers or stem.text in self._openers():
                return stem.cut
        return 0

    @lru_cache(maxsize=2)  # noqa: B019 - one reader a language, kept for good
    def _openers(self) -> frozenset[str]:
        names = ("since", "until", "after", "between", "from", "about", "doubt")
        return frozenset(
            word
            for name in names
            if name in self.words.classes
            for word in self.words.classes[name].entries
        )

    def _allows_bare(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell whether four digits at a token may be a year: after في, منذ, in a bracket …"""
        if not index:
            return False
        before = tokens[index - 1].text
        if before in "(" or self.words.match("in", tokens, index - 1) is not None:
            return True
        return False

    def _counts(self, tokens: Sequence[Token], index: int) -> bool:
        """Tell whether a noun that is counted follows a number: 2010 أشجار is no year."""
        if index >= len(tokens):
            return False
        token = tokens[index]
        if token.kind != "word":
            return token.text in "%٪$€£"
        from kg.rules.amounts import amounts_of

        amounts = amounts_of(self.language)
        if token.text in amounts.nouns or token.text in amounts.currencies.names:
            return True
        name = self.words.numerals.words.get(token.text, ("",))[0]
        return name.startswith("scale")

    # ---- intervals

    def _interval(self, tokens: Sequence[Token], index: int, clock: Clock) -> DateExpression | None:
        """Read between X and Y, from X to Y, X-Y."""
        start = index
        period = self.words.match("period", tokens, index)
        at = period.end if period else index
        between = self.words.match("between", tokens, at)
        opener = between or (self.words.match("from", tokens, at) if at < len(tokens) else None)
        if opener is None:
            return None if period else self._hyphen(tokens, index, clock)
        first = self._bound(tokens, opener.end, clock)
        if first is None:
            return None
        middle = first.end
        if between is not None:
            if middle >= len(tokens):
                return None
            text = tokens[middle].text
            if text in ("و", "and"):
                second_at = middle + 1
            elif text.startswith("و") and len(text) > 1:
                second_at = middle
            else:
                return None
        else:
            joint = self.words.match("to", tokens, middle)
            if joint is None:
                return None
            second_at = joint.end
        second = self._bound(tokens, second_at, clock, last=True)
        if second is None or second.partial:
            return None
        if (
            first.partial
            and second.day is not None
            and second.day.day is None
            and (second.day.month is None)
        ):
            return None
        return self._joined(start, self._cut(tokens, start), first, second)

    def _bound(
        self, tokens: Sequence[Token], index: int, clock: Clock, *, last: bool = False
    ) -> _Core | None:
        """Read one end of an interval; the first may be a bare day or month."""
        if index >= len(tokens):
            return None
        core = self._core(tokens, index, clock, opened=True)
        if core is not None or last:
            return core
        number = self.words.day_number(tokens, index)
        if number is not None:
            return _Core(number[1], "day", day=Day(None, None, number[0]), partial=True)
        return None

    def _joined(self, start: int, cut: int, first: _Core, second: _Core) -> DateExpression | None:
        one, two = first.day, second.day
        if one is None or two is None:
            return None
        if first.partial or one.year is None or (first.why == _NO_YEAR and two.month is not None):
            one = Day(two.year, one.month or two.month, one.day)
            if one.month and two.month and one.month > two.month and two.year is not None:
                one = replace(one, year=two.year - 1)
        begin, end = one.edtf, two.edtf
        kind: DateKind = "explicit" if first.kind == second.kind == "explicit" else "relative"
        if begin is None or end is None:
            return DateExpression(start, second.end, cut, "interval", kind, day=two)
        if begin.lstrip("-") > end.lstrip("-") and not begin.startswith("-"):
            return None
        return DateExpression(start, second.end, cut, "interval", kind, f"{begin}/{end}", two)

    def _hyphen(self, tokens: Sequence[Token], index: int, clock: Clock) -> DateExpression | None:
        """Read 2003-2011, or 3-7 May 2010."""
        word = self.words.match("year-word", tokens, index)
        at = word.end if word else index
        if (
            at + 2 >= len(tokens)
            or tokens[at].kind != "number"
            or tokens[at + 1].text not in "-–—/"
        ):
            return None
        one, two = self.words.digits(tokens, at), self.words.digits(tokens, at + 2)
        if one is None or two is None:
            return None
        if len(tokens[at].text) == 4 and len(tokens[at + 2].text) == 4:
            if not 1000 <= one < two <= 2100 or self._counts(tokens, at + 3):
                return None
            bare = self._allows_bare(tokens, index)
            if not word and not bare:
                return None
            return DateExpression(
                index,
                at + 3,
                self._cut(tokens, index) if word else 0,
                "interval",
                edtf=f"{one:04d}/{two:04d}",
                day=Day(two),
            )
        if len(tokens[at].text) <= 2 and one < two <= 31:
            second = self._core(tokens, at + 2, clock, opened=False)
            if second is not None and second.day is not None and second.day.day == two:
                first = _Core(at, "day", day=Day(None, None, one), partial=True)
                return self._joined(index, 0, first, second)
        return None

    def _opened(self, tokens: Sequence[Token], index: int, clock: Clock) -> DateExpression | None:
        """Read since X, until X, after X."""
        for name, form in (("since", "{}/.."), ("until", "../{}"), ("after", "{}/..")):
            opener = self.words.match(name, tokens, index)
            if opener is None or opener.end >= len(tokens):
                continue
            core = self._core(tokens, opener.end, clock, opened=True)
            if core is None or core.partial:
                continue
            edtf = core.edtf
            if name == "after" and core.rule == "period":
                continue
            if edtf is not None:
                if "[" in edtf:
                    edtf = None
                elif "/" in edtf:
                    begin, _, end = edtf.partition("/")
                    edtf = form.format(begin if name == "since" else end)
                else:
                    edtf = form.format(edtf.rstrip("~?"))
            relation = {"since": "since", "until": "until", "after": "after"}[name]
            return DateExpression(
                index,
                core.end,
                opener.cut,
                f"{name} {core.rule}",
                core.kind,
                edtf,
                core.day,
                core.modifier,
                relation,
                why=core.why,
            )
        return None

    def _event(self, tokens: Sequence[Token], index: int) -> DateExpression | None:
        """Read a time told by an event alone: قبل سقوط المدينة, بعد انتهاء الحرب."""
        for name in ("since", "until", "after", "event-only"):
            opener = self.words.match(name, tokens, index)
            if opener is None or opener.end >= len(tokens):
                continue
            end = self._event_end(tokens, opener.end)
            if end is None:
                continue
            relation = {"until": "before", "event-only": "after"}.get(name, name)
            return DateExpression(
                index,
                end,
                opener.cut,
                "event",
                "relative",
                relation=relation,
                anchor=(opener.end, end),
            )
        return None

    def _event_end(self, tokens: Sequence[Token], index: int) -> int | None:
        from kg.rules.amounts import amounts_of

        token = tokens[index]
        if token.kind != "word":
            return None
        if self.language == "en":
            at = index + (token.text in ("the", "its", "his", "their"))
            if at < len(tokens) and self.words.match("event-word", tokens, at) is not None:
                return at + 1
            return None
        event = self.words.match("event-word", tokens, index)
        if event is None and not (is_verbal_noun(token.text) and not is_definite(token.text)):
            # A thing with the article, but for people, is taken for what happened to it.
            amounts = amounts_of(self.language)
            bare = token.text.removeprefix("ال")
            noun = amounts.nouns.get(bare)
            thing = noun is None or noun.unit == "item"
            plain = is_definite(token.text) and len(bare) > 2 and not is_adjective(token.text)
            return index + 1 if thing and plain and not is_function(token.text) else None
        end = event.end if event else index + 1
        if is_definite(token.text):
            return end
        taken = 0
        while end < len(tokens) and taken < 3 and tokens[end].kind == "word":
            text = tokens[end].text
            if text in ("هذا", "هذه", "تلك", "ذلك"):
                end, taken = end + 1, taken + 1
                continue
            if is_function(text) or is_verb(text) or (text[0] in "وف" and len(text) > 4):
                break
            end, taken = end + 1, taken + 1
            if is_definite(text):
                break
        return end

    # ---- relative to the article, or to the date before

    def _ago(self, tokens: Sequence[Token], index: int, clock: Clock) -> DateExpression | None:
        """Read قبل ثلاثة أيام, منذ أربعة أيام, بعد ذلك بعامين, three days ago."""
        if self.language == "en":
            return self._english_ago(tokens, index, clock)
        for name, sign in (("ago", -1), ("since", -1), ("after", 1)):
            opener = self.words.match(name, tokens, index)
            if opener is None or opener.end >= len(tokens):
                continue
            at, anaphoric = opener.end, name == "after"
            if tokens[at].text in ("ذلك", "هذا") and at + 1 < len(tokens):
                at, anaphoric = at + 1, True
                if not tokens[at].text.startswith("ب"):
                    continue
            span = self._span_of_time(tokens, at)
            if span is None:
                continue
            count, unit, end = span
            base = clock.last if anaphoric else clock.article
            edtf, day = shifted(base, unit, sign * count) if base else (None, None)
            kind: DateKind = "anaphoric" if anaphoric else "relative"
            if name == "since" and edtf is not None:
                edtf = f"{edtf.rstrip('~')}/.."
            return DateExpression(index, end, opener.cut, f"{name} a span", kind, edtf, day)
        after = self.words.match("after-it", tokens, index)
        if after is not None and after.end < len(tokens) and tokens[after.end].text.startswith("ب"):
            span = self._span_of_time(tokens, after.end)
            if span is not None:
                sign = -1 if after.value == "before" else 1
                found = shifted(clock.last, span[1], sign * span[0]) if clock.last else (None, None)
                return DateExpression(
                    index, span[2], after.cut, "after a span", "anaphoric", *found
                )
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
            return DateExpression(index, end + 1, 0, "ago a span", "relative", *found)
        if word in ("later", "earlier", "afterwards"):
            sign = -1 if word == "earlier" else 1
            found = shifted(clock.last, unit, sign * count) if clock.last else (None, None)
            return DateExpression(index, end + 1, 0, "after a span", "anaphoric", *found)
        return None

    def _span_of_time(self, tokens: Sequence[Token], index: int) -> tuple[int, str, int] | None:
        """Return count, unit and end of a length of time: ثلاثة أيام, عامين, three days."""
        from kg.rules.amounts import amounts_of

        nouns = amounts_of(self.language).nouns
        if index >= len(tokens):
            return None
        number = self.words.numerals.at(tokens, index)
        if number is not None and number.end < len(tokens) and not number.fraction:
            noun = nouns.get(tokens[number.end].text)
            if noun is not None and noun.unit in _TIME_UNITS and number.value == int(number.value):
                count = int(number.value)
                return (count, noun.unit, number.end + 1) if count < 5000 else None
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

    # ---- the core

    def _core(
        self, tokens: Sequence[Token], index: int, clock: Clock, *, opened: bool
    ) -> _Core | None:
        """Read a date without opener: prefixes (part of day, qualifier), then one of its kinds."""
        at, modifier, prefixed = index, None, False
        while at < len(tokens):
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
    ) -> _Core | None:
        token = tokens[index]
        hints = self.words.hints(token)
        if token.kind == "number" and (numeric := self.words.numeric(tokens, index)) is not None:
            day, end = numeric
            return _Core(end, "digits", day.edtf, day)
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

    def _year(self, tokens: Sequence[Token], index: int, *, opened: bool) -> _Core | None:
        worded = self.words.match("year-word", tokens, index) is not None
        if not worded and tokens[index].kind != "number":
            return None
        year = self.words.year(tokens, index, bare=opened)
        if year is None:
            return None
        if not worded and self._counts(tokens, year.end):
            return None
        if year.era == "ah":
            return _Core(year.end, "Hijri year", hijri(year.year), self._first_of(hijri(year.year)))
        if year.era == "bce":
            return _Core(year.end, "year", negative_year(year.year), Day(year.year))
        day = Day(year.year)
        return _Core(year.end, "year", day.edtf, day)

    @staticmethod
    def _first_of(edtf: str | None) -> Day | None:
        if not edtf:
            return None
        year, month, day = edtf.partition("/")[0].split("-")
        return Day(int(year), int(month), int(day))

    def _calendar(
        self, tokens: Sequence[Token], index: int, clock: Clock, *, opened: bool
    ) -> _Core | None:
        """Read [day-word] [weekday] [day] month [year], and a weekday alone."""
        at = self.words.skip("day-word", tokens, index)
        weekday = self.words.match("weekday", tokens, at)
        if weekday is not None:
            at = weekday.end
            part = self.words.match("part", tokens, at)
            if part is not None and self.language == "en":
                at = part.end
            if at < len(tokens) and tokens[at].text in ",،(" and at + 1 < len(tokens):
                inner = self._day_month(tokens, at + 1, clock, opened=opened)
                if inner is not None:
                    return self._checked(inner, int(weekday.value), tokens)
            inner = self._day_month(tokens, at, clock, opened=opened)
            if inner is not None:
                return self._checked(inner, int(weekday.value), tokens)
            return self._weekday(tokens, index, at, int(weekday.value), clock)
        return self._day_month(tokens, at, clock, opened=opened or at > index)

    def _checked(self, core: _Core, weekday: int, tokens: Sequence[Token]) -> _Core:
        exact = core.day.exact if core.day else None
        end = core.end
        if end < len(tokens) and tokens[end].text == ")":
            end += 1
        if exact is not None and exact.isoweekday() != weekday:
            return replace(core, end=end, why="the weekday is not that of the date")
        return replace(core, end=end)

    def _weekday(
        self, tokens: Sequence[Token], start: int, end: int, weekday: int, clock: Clock
    ) -> _Core | None:
        """Resolve a weekday alone to the nearest such day that the tense allows."""
        last = self.words.match("last", tokens, end)
        coming = self.words.match("next", tokens, end)
        after = last or coming
        finish = after.end if after else end
        if self.language == "en" and start:
            coming = coming or self.words.match("next", tokens, start - 1)
        today = clock.article.exact if clock.article else None
        if today is None:
            return _Core(finish, "weekday", kind="relative")
        from datetime import timedelta

        ahead = coming is not None or (last is None and self._is_future(tokens, start))
        difference = (weekday - today.isoweekday()) % 7
        if ahead:
            days = difference or 7
        else:
            days = difference - 7 if difference else (-7 if last else 0)
        day = of_date(today + timedelta(days=days))
        return _Core(finish, "weekday", day.edtf, day, "relative")

    def _is_future(self, tokens: Sequence[Token], index: int) -> bool:
        for position in range(index - 1, max(-1, index - _REACH), -1):
            text = tokens[position].text
            if text in ".؛\n،" or (self.language == "en" and text == ","):
                return False
            if self.language == "en":
                if text in ("will", "shall", "would", "due"):
                    return True
            elif text in ("سوف", "المقرر", "المنتظر", "المتوقع") or is_verb(text) == "future":
                return True
            elif is_verb(text) == "perfect":
                return False
        return False

    def _day_month(
        self, tokens: Sequence[Token], index: int, clock: Clock, *, opened: bool
    ) -> _Core | None:
        if self.language == "en":
            found = self._english_day_month(tokens, index, clock, opened=opened)
            if found is not None:
                return found
        day = self.words.day_number(tokens, index)
        at = index
        if day is not None:
            at = self.words.skip("of", tokens, day[1])
            if at < len(tokens) and tokens[at].text == "/":
                at += 1
        month_word = self.words.match("month-word", tokens, at)
        at = month_word.end if month_word else at
        hijri_month = self.words.match("hijri-month", tokens, at)
        if hijri_month is not None:
            found = self._hijri(
                tokens,
                hijri_month.end,
                int(hijri_month.value),
                day,
                clock,
                sure=day is not None or month_word is not None,
            )
            if found is not None:
                return found
        month = self.words.month(tokens, at)
        if month is None:
            return None
        if (
            day is None
            and month_word is None
            and not self._sure_month(tokens, at, month[1], opened)
        ):
            return None
        return self._with_year(tokens, month[1], month[0], day[0] if day else None, clock)

    def _english_day_month(
        self, tokens: Sequence[Token], index: int, clock: Clock, *, opened: bool
    ) -> _Core | None:
        """Read May 4, 1932."""
        month = self.words.month(tokens, index)
        if month is None:
            return None
        day = self.words.day_number(tokens, month[1])
        if day is not None and tokens[month[1]].kind == "number":
            at = day[1]
            if at < len(tokens) and tokens[at].text == ",":
                year = self.words.year(tokens, at + 1, bare=True)
                if year is not None:
                    at += 1
            return self._with_year(tokens, at, month[0], day[0], clock)
        if not opened and not self._sure_month(tokens, index, month[1], opened):
            return None
        return self._with_year(tokens, month[1], month[0], None, clock)

    def _sure_month(self, tokens: Sequence[Token], index: int, end: int, opened: bool) -> bool:
        """Tell whether a month's name without a day is one: names and words are spelt alike."""
        if end > index + 1:
            return True
        if self.words.year(tokens, end, bare=True) is not None or self._same_year(tokens, end):
            return True
        if self.words.match("last", tokens, end) or self.words.match("next", tokens, end):
            return True
        if self.words.match("this", tokens, end):
            return True
        if opened:
            return True
        stem = tokens[index].text
        if self.words.match("doubtful-month", tokens, index) is None:
            return bool(stem)
        before = index and (
            self.words.match("in", tokens, index - 1) or tokens[index - 1].text in ("ب", "و")
        )
        return bool(before)

    def _same_year(self, tokens: Sequence[Token], index: int) -> tuple[int, str] | None:
        """Return the end and the meaning of "(of) the same year", "this year", "last year"."""
        at = self.words.skip("of", tokens, index)
        if at >= len(tokens):
            return None
        found = self.words.phrases.at(tokens, at)
        if found is not None and found.value[0] in ("same-year", "then-year+1", "then-year-1"):
            return found.end, found.value[0]
        unit = self.words.match("year", tokens, at)
        if unit is not None:
            for name, meaning in (("last", "year-1"), ("next", "year+1"), ("this", "year+0")):
                after = self.words.match(name, tokens, unit.end)
                if after is not None:
                    return after.end, meaning
        for name, meaning in (
            ("this-before", "year+0"),
            ("last-before", "year-1"),
            ("next-before", "year+1"),
        ):
            before = self.words.match(name, tokens, at)
            if before is not None and (unit := self.words.match("year", tokens, before.end)):
                return unit.end, meaning
        return None

    @staticmethod
    def _meant_year(meaning: str, clock: Clock) -> tuple[int | None, DateKind]:
        base = clock.article if meaning.startswith("year") else clock.last
        kind: DateKind = "relative" if meaning.startswith("year") else "anaphoric"
        if base is None or base.year is None:
            return None, kind
        offset = int(meaning[-2:]) if meaning[-2] in "+-" else 0
        return base.year + offset, kind

    def _with_year(
        self, tokens: Sequence[Token], end: int, month: int, day: int | None, clock: Clock
    ) -> _Core:
        rule = "month" if day is None else "day"
        year = self.words.year(tokens, end, bare=True)
        if year is None and end < len(tokens) and tokens[end].text in ",،":
            year = self.words.year(tokens, end + 1, bare=self.language == "en")
        if (
            year is not None
            and year.era != "ah"
            and not (
                self._counts(tokens, year.end)
                and self.words.match("year-word", tokens, end) is None
            )
        ):
            date = Day(year.year, month, day)
            return self._agreeing(tokens, _Core(year.end, rule, date.edtf, date), clock)
        same = self._same_year(tokens, end)
        if same is not None:
            meant, kind = self._meant_year(same[1], clock)
            date = Day(meant, month, day)
            return _Core(same[0], rule, date.edtf, date, kind)
        article, finish = clock.article, end
        for name in ("last", "next", "this"):
            found = self.words.match(name, tokens, end)
            if found is None:
                continue
            finish, guess = found.end, None
            if article is not None and article.year is not None:
                here = (article.month or 1, article.day or 1)
                there = (month, day or (1 if name == "last" else 31))
                guess = article.year
                if name == "last" and (month, day or 0) >= here:
                    guess -= 1
                elif name == "next" and there <= here:
                    guess += 1
            date = Day(guess, month, day)
            return _Core(finish, rule, date.edtf, date, "relative")
        base = clock.article or clock.last
        date = Day(base.year if base else None, month, day)
        return _Core(end, rule, date.edtf, date, why=_NO_YEAR)

    def _agreeing(self, tokens: Sequence[Token], core: _Core, clock: Clock) -> _Core:
        """Take in the same day by the other calendar: … الموافق 10 ذي الحجة 1431."""
        joint = self.words.match("agreeing", tokens, core.end)
        at = joint.end if joint else core.end
        if joint is None:
            if at >= len(tokens) or tokens[at].text != "(":
                return core
            at += 1
        at = self.words.skip("of", tokens, at) if at < len(tokens) else at
        other = self._calendar(tokens, at, clock, opened=True) if at < len(tokens) else None
        if other is None or (other.rule == core.rule and joint is None):
            return core
        end = other.end
        if joint is None:
            if end >= len(tokens) or tokens[end].text != ")":
                return core
            end += 1
        better = other if core.rule.startswith("Hijri") else core
        return replace(better, end=end)

    def _hijri(
        self,
        tokens: Sequence[Token],
        end: int,
        month: int,
        day: tuple[int, int] | None,
        clock: Clock,
        *,
        sure: bool,
    ) -> _Core | None:
        year = self.words.year(tokens, end, bare=True, hijri=True)
        number = day[0] if day else None
        rule = "Hijri date" if day else "Hijri month"
        if year is None:
            if not sure and month != 9:
                return None
            if not sure and not any(
                self.words.match(name, tokens, end) for name in ("last", "next", "this")
            ):
                return None
            return _Core(end, rule, kind="relative")
        if year.era == "ah":
            edtf = hijri(year.year, month, number)
        elif number is None:
            edtf = hijri_month_in(year.year, month)
        else:
            edtf = feast(f"h{month:02d}-{number:02d}", year.year, is_hijri=False)
        core = _Core(
            year.end, rule, edtf, self._first_of(edtf) if edtf and "[" not in edtf else None
        )
        return self._agreeing(tokens, core, clock)

    def _feast(self, tokens: Sequence[Token], index: int, clock: Clock) -> _Core | None:
        at, shift = index, 0
        part = self.words.match("feast-part", tokens, at)
        if part is not None:
            shift = int(part.value or 0)
            at = part.end
        found = self.words.match("feast", tokens, at)
        if found is None:
            return None
        end = found.end
        if end < len(tokens) and tokens[end].text in ("المبارك", "الشريف", "السعيد", "المجيد"):
            end += 1
        year = self.words.year(tokens, end, bare=True, hijri=True)
        if year is not None:
            edtf = feast(found.value, year.year, is_hijri=year.era == "ah", shift=shift)
            return _Core(
                year.end, "feast", edtf, self._first_of(edtf) if edtf and "[" not in edtf else None
            )
        same = self._same_year(tokens, end)
        if same is not None:
            meant, kind = self._meant_year(same[1], clock)
            edtf = feast(found.value, meant, is_hijri=False, shift=shift) if meant else None
            return _Core(same[0], "feast", edtf, None, kind)
        if self.language == "ar" and tokens[at].text not in ("عيد", "العيد") and part is None:
            return None
        last = self.words.match("last", tokens, end) or self.words.match("next", tokens, end)
        return _Core(last.end if last else end, "feast", kind="relative")

    def _part_of_year(self, tokens: Sequence[Token], index: int, clock: Clock) -> _Core | None:
        """Read quarters, halves and seasons with their year."""
        for name in ("quarter", "half", "season"):
            found = self.words.match(name, tokens, index)
            if found is None:
                continue
            fiscal = self.words.match("fiscal", tokens, self.words.skip("of", tokens, found.end))
            if fiscal is not None:
                year = self.words.year(tokens, fiscal.end, bare=True)
                if year is not None:
                    return _Core(year.end, name, f"{year.year:04d}-{found.value}", Day(year.year))
            year = self.words.year(tokens, found.end, bare=True)
            if (
                year is not None
                and not year.era
                and not (
                    self._counts(tokens, year.end)
                    and self.words.match("year-word", tokens, found.end) is None
                )
            ):
                return _Core(year.end, name, f"{year.year:04d}-{found.value}", Day(year.year))
            same = self._same_year(tokens, found.end)
            if same is not None:
                meant, kind = self._meant_year(same[1], clock)
                edtf = f"{meant:04d}-{found.value}" if meant else None
                return _Core(same[0], name, edtf, Day(meant) if meant else None, kind)
            for word, step in (("last", -1), ("next", 1), ("this", 0)):
                after = self.words.match(word, tokens, found.end)
                if after is None or name != "season":
                    continue
                year_of = clock.article.year if clock.article else None
                if year_of is not None:
                    starts = {"21": 3, "22": 6, "23": 9, "24": 12}[found.value]
                    now = clock.article.month or 6 if clock.article else 6
                    passed = starts + 2 < now
                    if step < 0:
                        year_of -= 0 if passed and found.value != "24" else 1
                    elif step > 0:
                        year_of += 1 if starts <= now else 0
                edtf = f"{year_of:04d}-{found.value}" if year_of else None
                return _Core(after.end, name, edtf, Day(year_of) if year_of else None, "relative")
        return None

    def _decade(self, tokens: Sequence[Token], index: int, clock: Clock) -> _Core | None:
        """Read التسعينيات, سبعينيات القرن الماضي, القرن التاسع عشر, the 1980s."""
        if self.language == "en":
            token = tokens[index]
            at = index + (token.text == "the")
            if (
                at + 1 < len(tokens)
                and tokens[at].kind == "number"
                and tokens[at + 1].text == "s"
                and (len(tokens[at].text) == 4 and tokens[at].text.endswith("0"))
            ):
                return _Core(at + 2, "decade", f"{tokens[at].text[:3]}X", Day(int(tokens[at].text)))
        at = self.words.skip("decade-word", tokens, index)
        name = self.words.match("decade-name", tokens, at)
        if name is not None:
            end = name.end
            century = self._century(tokens, self.words.skip("of", tokens, end), clock)
            base = 1900
            if century is not None and century.edtf:
                base, end = int(century.edtf[:2]) * _CENTURY, century.end
            year = base + int(name.value)
            return _Core(end, "decade", f"{year // _DECADE}X", Day(year))
        return self._century(tokens, index, clock)

    def _century(self, tokens: Sequence[Token], index: int, clock: Clock) -> _Core | None:
        at = index
        if self.language == "en":
            at += index < len(tokens) and tokens[index].text == "the"
            number = self.words.day_number(tokens, at)
            if number is None or self.words.match("century", tokens, number[1]) is None:
                return None
            value, end = number[0], number[1] + 1
        else:
            found = self.words.match("century", tokens, index)
            if found is None or found.end >= len(tokens):
                return None
            at = found.end
            last = self.words.match("last", tokens, at)
            if last is not None:
                now = clock.article.year if clock.article and clock.article.year else 2000
                return _Core(
                    last.end,
                    "century",
                    f"{now // _CENTURY - 1:02d}XX",
                    Day((now // _CENTURY - 1) * _CENTURY),
                )
            at += tokens[at].text == "ال"
            number = self.words.day_number(tokens, at)
            if number is None:
                return None
            value, end = number
        era = self.words.match("era", tokens, end)
        if era is not None and era.value == "bce":
            return _Core(
                era.end, "century", f"-{value - 1:02d}XX", Day(-(value - 1) * _CENTURY - 1)
            )
        if era is not None and era.value == "ce" and end < len(tokens):
            end = era.end
        return _Core(end, "century", f"{value - 1:02d}XX", Day((value - 1) * _CENTURY))

    def _fiscal(self, tokens: Sequence[Token], index: int) -> _Core | None:
        """Read العام المالي 2011, السنة المالية 2010/2011, العام الدراسي 2009-2010."""
        for name in ("fiscal", "school"):
            found = self.words.match(name, tokens, index)
            if found is None or found.end >= len(tokens):
                continue
            year = self.words.year(tokens, found.end, bare=True)
            if year is None:
                continue
            end = year.end
            if end + 1 < len(tokens) and tokens[end].text in "/-–":
                second = self.words.digits(tokens, end + 1)
                if second is not None:
                    if second < _CENTURY:
                        second += year.year // _CENTURY * _CENTURY
                    if second == year.year + 1:
                        edtf = f"{year.year:04d}/{second:04d}"
                        return _Core(end + 2, f"{name} year", edtf, Day(second))
            return _Core(end, f"{name} year", f"{year.year:04d}", Day(year.year))
        return None

    def _phrase(self, tokens: Sequence[Token], index: int, clock: Clock) -> _Core | None:
        found = self.words.phrases.at(tokens, index)
        if found is None:
            return None
        value, kind = found.value
        relative: DateKind = "relative" if kind == "relative" else "anaphoric"
        end = found.end
        if value.startswith("day"):
            return self._near_day(tokens, end, value, clock)
        if value == "between-two":
            if len(clock.named) == 2:
                one, two = (day.edtf for day in clock.named)
                if one and two and one <= two:
                    return _Core(end, "between two dates", f"{one}/{two}", None, relative)
            return None
        last = clock.last
        if last is None:
            return _Core(end, "anaphora", kind=relative) if kind == "anaphoric" else None
        if value == "since-then":
            return _Core(
                end, "since then", f"{last.edtf}/.." if last.edtf else None, last, relative
            )
        if value.startswith("then-"):
            unit, count = value[5:-2], int(value[-2:])
            if unit == "week":
                edtf = week_of(last.exact, count) if last.exact else None
                return _Core(end, "anaphora", edtf, None, relative)
            return _Core(end, "anaphora", *shifted(last, unit, count), kind=relative)
        precision = value.partition("-")[2]
        day = last
        if precision == "year":
            day = Day(last.year)
        elif precision == "month":
            day = Day(last.year, last.month)
        return _Core(end, "anaphora", day.edtf, day, relative)

    def _near_day(self, tokens: Sequence[Token], end: int, value: str, clock: Clock) -> _Core:
        """Resolve today, yesterday, tomorrow; a weekday or date beside it is taken in."""
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
        return _Core(end, "relative day", edtf, day, "relative")

    def _unit(self, tokens: Sequence[Token], index: int, clock: Clock) -> _Core | None:
        """Read العام الماضي, الشهر المقبل, هذا الأسبوع, last year."""
        before = None
        for name, step in (("this-before", 0), ("last-before", -1), ("next-before", 1)):
            match = self.words.match(name, tokens, index)
            if match is not None:
                before = (match.end, step)
                break
        at = before[0] if before else index
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

    def _bare_unit(self, tokens: Sequence[Token], index: int, clock: Clock) -> _Core | None:
        """Read the year in نهاية العام: the article's own."""
        if self.language != "ar" or self.words.year(tokens, index) is not None:
            return None
        for name, unit in (("year", "year"), ("month-unit", "month"), ("week-unit", "week")):
            found = self.words.match(name, tokens, index)
            if found is not None and tokens[index].text.startswith("ال"):
                return self._shifted_unit(found.end, unit, 0, clock)
        return None

    @staticmethod
    def _shifted_unit(end: int, unit: str, step: int, clock: Clock) -> _Core:
        article = clock.article
        if article is None:
            return _Core(end, f"relative {unit}", kind="relative")
        if unit == "week":
            edtf = week_of(article.exact, step) if article.exact else None
            return _Core(end, "relative week", edtf, None, "relative")
        edtf, day = shifted(article, unit, step)
        return _Core(end, f"relative {unit}", edtf, day, "relative")

    def _period(self, tokens: Sequence[Token], index: int, clock: Clock) -> _Core | None:
        """Read الأيام الثلاثة الماضية, the past three days."""
        from kg.rules.amounts import amounts_of

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
            return _Core(end, "period", kind="relative")
        edtf, day = shifted(clock.article, unit, step * count)
        if edtf is None or day is None:
            return _Core(end, "period", kind="relative")
        here = clock.article
        if unit == "month":
            here = Day(here.year, here.month)
        elif unit in ("year", "decade"):
            here = Day(here.year)
        begin, finish = (day, here) if step < 0 else (here, day)
        return _Core(end, "period", f"{begin.edtf}/{finish.edtf}", None, "relative")


_TIME_UNITS: Final = frozenset({"hour", "day", "week", "month", "year", "decade"})
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
_OPENERS: Final = frozenset({"since", "until", "after", "ago", "after-it", "event-only"})
_INTERVALS: Final = frozenset({"period", "between", "from", "year-word"})
_NO_YEAR: Final = "the year is not written"


@lru_cache(maxsize=4)
def date_reader(language: str) -> DateReader:
    """Return the reader of a language's dates."""
    return DateReader(language)


def article_day(edtf: str | None) -> Day | None:
    """Return the day, month or year of an article's date, ``None`` where it is another EDTF."""
    import re

    found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", edtf or "")
    if found is None:
        return None
    year, month, day = (int(one) if one else None for one in found.groups())
    assert year is not None
    return Day(year, month, day) if month is None or month <= 12 else Day(year)
