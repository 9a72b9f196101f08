"""Dates in a text: calendar dates, intervals, relative and anaphoric dates, feasts, Hijri dates."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.readers.rules.dates.intervals import DateIntervals
from kg.readers.rules.dates.meaning import DateExpression, DateForm, Day
from kg.readers.rules.lexicon.words import (
    is_adjective,
    is_definite,
    is_function,
    is_verb,
    is_verbal_noun,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.dates.calendar_days import Clock, Core
    from kg.readers.rules.matching.tokens import Token

__all__ = ["DateReader", "article_day", "date_reader"]

_OPENERS: Final = frozenset({"since", "until", "after", "ago", "after-it", "event-only"})
_INTERVALS: Final = frozenset({"period", "between", "from", "year-word"})
#: Longest name in quotation marks, in tokens.
_LONGEST_QUOTED: Final = 6
_OPENING: Final = frozenset('"«“„')


class DateReader(DateIntervals):
    """Reads the dates of one language."""

    def find(self, tokens: Sequence[Token], clock: Clock) -> tuple[DateExpression, ...]:
        """Return the date expressions in a token sequence, left to right; ``NAME`` marks names."""
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
            until_now = one.kind == "relative" and (one.edtf or "").startswith("../")
            if one.form != DateForm.NAME and not until_now:
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
            found.append(
                DateExpression(index + 1, year.end, 0, DateForm.YEAR, edtf=day.edtf, day=day)
            )
            clock.name(day)
            index = year.end
        return index

    def _at(self, tokens: Sequence[Token], index: int, clock: Clock) -> DateExpression | None:
        if self._in_name(tokens, index):
            core = self._core(tokens, index, clock, opened=True)
            if (
                core is not None
                and core.form == DateForm.DAY
                and (self.words.digits(tokens, core.end - 1) or 0) < 1000
            ):
                return DateExpression(index, core.end, 0, DateForm.NAME)
        token = tokens[index]
        hints = self.words.hints(token)
        found = None
        if hints and self._in_quoted_name(tokens, index):
            return None
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

    def _in_quoted_name(self, tokens: Sequence[Token], index: int) -> bool:
        """Return whether a token is in a name in quotation marks: جريدة "أخبار الغد"."""
        for at in range(index - 1, max(0, index - _LONGEST_QUOTED), -1):
            if tokens[at].kind == "mark":
                return tokens[at].text in _OPENING and self._in_name(tokens, at)
        return False

    def _plain(self, tokens: Sequence[Token], index: int, clock: Clock) -> DateExpression | None:
        start, mark, at = index, "", index
        hints = self.words.hints(tokens[index])
        about = self.words.match("about", tokens, index) if "about" in hints else None
        doubt = self.words.match("doubt", tokens, index) if "doubt" in hints else None
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
        """Extend a date by what follows: "or 1912", "most likely"."""
        after = self.words.match("or", tokens, one.end)
        if after is not None and one.day is not None and one.day.month is None and one.edtf:
            year = self.words.year(tokens, after.end, bare=True)
            if year is not None and not self._counts(tokens, year.end):
                return replace(one, end=year.end, edtf=f"[{one.edtf},{Day(year.year).edtf}]")
        doubt = self.words.match("doubt-after", tokens, one.end)
        if doubt is not None and one.edtf and one.edtf[-1].isdigit() and "/" not in one.edtf:
            return replace(one, end=doubt.end, edtf=f"{one.edtf}?")
        return one

    def _expression(self, start: int, cut: int, core: Core) -> DateExpression:
        return DateExpression(
            start,
            core.end,
            cut,
            core.form,
            core.kind,
            core.edtf,
            core.day,
            core.modifier,
            why=core.why,
        )

    def _event(self, tokens: Sequence[Token], index: int) -> DateExpression | None:
        """Read a time given only by an event: قبل سقوط المدينة, بعد انتهاء الحرب."""
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
                DateForm.EVENT,
                "relative",
                relation=relation,
                anchor=(opener.end, end),
            )
        return None

    def _event_end(self, tokens: Sequence[Token], index: int) -> int | None:
        from kg.readers.rules.amounts.amounts import amounts_of

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
            # A definite noun for a thing is taken to mean an event, one for people is not.
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


@lru_cache(maxsize=4)
def date_reader(language: str) -> DateReader:
    """Return the date reader for a language."""
    return DateReader(language)


def article_day(edtf: str | None) -> Day | None:
    """Return the day, month or year of an article's date, ``None`` for any other EDTF."""
    import re

    found = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", edtf or "")
    if found is None:
        return None
    year, month, day = (int(one) if one else None for one in found.groups())
    assert year is not None
    return Day(year, month, day) if month is None or month <= 12 else Day(year)
