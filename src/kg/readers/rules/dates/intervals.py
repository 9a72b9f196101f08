"""Intervals: from X to Y, between X and Y, since X, until X."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.readers.rules.dates.calendar_dates import NO_YEAR
from kg.readers.rules.dates.calendar_days import Clock, Core
from kg.readers.rules.dates.meaning import DateExpression, DateForm, DateKind, Day
from kg.readers.rules.dates.relative_dates import RelativeDates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.matching.tokens import Token

__all__ = ["DateIntervals"]

#: How far before "since" a verb of beginning may be, in tokens.
_REACH: Final = 10

_ARTICLES: Final = frozenset({"a", "an", "the", "its", "his", "her", "their", "this"})


class DateIntervals(RelativeDates):
    """Reads intervals, closed and open."""

    def _cut(self, tokens: Sequence[Token], index: int) -> int:
        """Return the number of letters of a date's first word that are clitics."""
        text = tokens[index].text
        if tokens[index].kind != "word":
            return 0
        for stem in self.words.take(text):
            if stem.text in self.words.triggers or stem.text in self.words.openers:
                return stem.cut
        return 0

    def _allows_bare(self, tokens: Sequence[Token], index: int) -> bool:
        """Return whether four digits at a token may be a year: after في, منذ, or in brackets."""
        if not index:
            return False
        before = tokens[index - 1].text
        after = tokens[index + 1].text if index + 1 < len(tokens) else ""
        return bool(
            before in "("
            or (before in _ARTICLES and after.isalpha() and self.language == "en")  # a 2006 survey
            or self.words.match("in", tokens, index - 1) is not None
            or self.words.match("yearly", tokens, index - 1) is not None
        )

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
    ) -> Core | None:
        """Read one end of an interval; the first may be a bare day or month."""
        if index >= len(tokens):
            return None
        core = self._core(tokens, index, clock, opened=True)
        if core is not None or last:
            return core
        number = self.words.day_number(tokens, index)
        if number is not None:
            return Core(number[1], DateForm.DAY, day=Day(None, None, number[0]), partial=True)
        return None

    def _joined(self, start: int, cut: int, first: Core, second: Core) -> DateExpression | None:
        one, two = first.day, second.day
        if one is None or two is None:
            return None
        if first.partial or one.year is None or (first.why == NO_YEAR and two.month is not None):
            one = Day(two.year, one.month or two.month, one.day)
            if one.month and two.month and one.month > two.month and two.year is not None:
                one = replace(one, year=two.year - 1)
        begin, end = one.edtf, two.edtf
        kind: DateKind = "explicit" if first.kind == second.kind == "explicit" else "relative"
        if begin is None or end is None:
            return DateExpression(start, second.end, cut, DateForm.INTERVAL, kind, day=two)
        if begin.lstrip("-") > end.lstrip("-") and not begin.startswith("-"):
            return None
        return DateExpression(
            start, second.end, cut, DateForm.INTERVAL, kind, f"{begin}/{end}", two
        )

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
                DateForm.INTERVAL,
                edtf=f"{one:04d}/{two:04d}",
                day=Day(two),
            )
        if len(tokens[at].text) <= 2 and one < two <= 31:
            second = self._core(tokens, at + 2, clock, opened=False)
            if second is not None and second.day is not None and second.day.day == two:
                first = Core(at, DateForm.DAY, day=Day(None, None, one), partial=True)
                return self._joined(index, 0, first, second)
        return None

    def _begins(self, tokens: Sequence[Token], index: int) -> bool:
        """Return whether a verb of beginning precedes "since" in its clause."""
        for position in range(index - 1, max(-1, index - _REACH), -1):
            text = tokens[position].text
            if text in ".؛;!?؟\n،,":
                return False
            if self.words.match("beginning", tokens, position) is not None:
                return True
        return False

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
            if name == "after" and core.form == DateForm.PERIOD:
                continue
            if name == "since" and self._begins(tokens, index):
                form = "{}"  # بدأ العنف منذ عام 2005: it is the beginning that is dated
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
                DateForm.OPEN_INTERVAL,
                core.kind,
                edtf,
                core.day,
                core.modifier,
                relation,
                why=core.why,
            )
        return None
