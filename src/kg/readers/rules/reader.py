"""The rules' reader: turns an article into a draft reading in milliseconds, without a model."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.readers.rules.amounts.amounts import amounts_of
from kg.readers.rules.amounts.counted_units import AmountRule, Setting
from kg.readers.rules.amounts.currencies import currency_codes, english_nationality
from kg.readers.rules.dates.calendar_days import Clock
from kg.readers.rules.dates.date_reader import article_day, date_reader
from kg.readers.rules.dates.meaning import DateForm
from kg.readers.rules.draft.assembly import Assembly
from kg.readers.rules.draft.found import Found
from kg.readers.rules.lexicon.words import nationality
from kg.readers.rules.matching.tokens import Block, blocks, stems
from kg.readers.rules.names.english_names import english_names
from kg.readers.rules.names.entities import entities_of
from kg.readers.rules.names.gazetteer import Gazetteer, load_gazetteer
from kg.readers.rules.names.noun_phrases import Page
from kg.readers.rules.names.person_names import NameRule
from kg.readers.rules.voices.reports import VoiceState
from kg.readers.rules.voices.voices import Teller

if TYPE_CHECKING:
    from pathlib import Path

    from kg.knowledge.authority import Authority
    from kg.reading.draft import Draft
    from kg.text.article import Article

__all__ = ["RulesReader", "read_article"]

#: Countries whose writers use a decimal comma and points between thousands.
_COMMA_COUNTRIES: Final = frozenset({"MA", "DZ", "TN", "MR"})
#: Amounts whose last word is counted and so is not a name.
_COUNTING: Final = (AmountRule.NATIONALITY, AmountRule.VAGUE)


@dataclass(slots=True)
class _Scene:
    """The regional context that the text has given so far."""

    countries: dict[str, int] = field(default_factory=dict)
    maghreb: bool = False

    @property
    def setting(self) -> Setting:
        ranked = sorted(self.countries, key=lambda one: -self.countries[one])
        comma = self.maghreb or bool(ranked and ranked[0] in _COMMA_COUNTRIES)
        return Setting(comma, tuple(ranked))


class RulesReader:
    """Reads articles with one gazetteer; create once, use for many articles."""

    def __init__(self, authority: Authority | None = None, names: Path | None = None) -> None:
        """Load the rules' data.

        :param names: a folder of Turtle files with more names.
        :raises LexiconError: a file of the rules' data is invalid.
        """
        self.authority = authority
        self.names = names
        self._gazetteers: dict[str, Gazetteer] = {}

    def gazetteer(self, language: str) -> Gazetteer:
        """Return the names of a language, loaded on the first call."""
        if language not in self._gazetteers:
            self._gazetteers[language] = load_gazetteer(language, self.authority, self.names)
        return self._gazetteers[language]

    def find(
        self, text: str, language: str, published: str | None
    ) -> tuple[list[Found], VoiceState]:
        """Return what the rules find in a text, block by block, with its voices and claims."""
        clock, state, scene = Clock(article_day(published)), VoiceState(), _Scene()
        found = []
        for block in blocks(text):
            one = self._block(block, language, clock, scene)
            found.append(one)
            Teller(one.page, state, language).tell()
        return found, state

    def _block(self, block: Block, language: str, clock: Clock, scene: _Scene) -> Found:
        gazetteer = self.gazetteer(language)
        self._survey(block, language, gazetteer, scene)
        tokens = block.tokens
        dates = date_reader(language).find(tokens, clock)
        taken = [False] * len(tokens)
        for date in dates:
            for index in range(date.start, date.end):
                taken[index] = True
        amounts = amounts_of(language).find(tokens, taken, scene.setting)
        busy = set()
        for date in dates:
            if date.form == DateForm.EVENT:  # قبل سقوط بغداد: the event contains names
                busy.add(date.start)
            elif date.form != DateForm.NAME:
                busy.update(range(date.start, date.end))
        counted = set()
        for amount in amounts:
            if amount.unit in currency_codes():
                busy.update(range(amount.start, amount.end))
            elif amount.rule in _COUNTING and not amount.by_verb:
                counted.add(amount.end - 1)
        if language == "ar":
            names = entities_of().find(block, gazetteer, busy, counted)
            country = next(iter(scene.setting.countries), "")
            names = tuple(
                replace(name, country=country) if name.rule == NameRule.COUNTRY_OF_TEXT else name
                for name in names
                if country or name.rule != NameRule.COUNTRY_OF_TEXT
            )
        else:
            names = english_names().find(block, gazetteer, busy)
        quoted = {
            n
            for name in names
            if name.rule == NameRule.QUOTED_NAME
            for n in range(name.start, name.end)
        }
        dates = tuple(date for date in dates if date.start not in quoted)  # «الاقتصاد اليوم»
        page = Page(
            block,
            {name.start: name for name in names},
            {name.head: name for name in names if name.head >= 0},
            {date.start: date.end for date in dates if date.form != DateForm.NAME},
            {amount.start: amount.end for amount in amounts},
        )
        return Found(page, tuple(date for date in dates if date.form != DateForm.NAME), amounts)

    def _survey(self, block: Block, language: str, gazetteer: Gazetteer, scene: _Scene) -> None:
        """Note the countries in a block, and whether it uses the Maghreb's month names."""
        words = date_reader(language).words
        for index, token in enumerate(block.tokens):
            if token.kind != "word":
                continue
            country = ""
            if token.text in words.triggers and words.match("maghreb", block.tokens, index):
                scene.maghreb = True
            if language == "ar":
                country = _country_of(token.text)
            else:
                country = english_nationality(token.text)
            known = gazetteer.at(block.tokens, index) if not country else None
            if known is not None:
                country = known.value.country
            if country:
                scene.countries[country] = scene.countries.get(country, 0) + 1

    def read(self, article: Article) -> Draft:
        """Return the draft reading of an article."""
        language = article.metadata.language.partition("-")[0]
        if language not in ("ar", "en"):
            language = (
                "ar"
                if any("\u0600" <= letter <= "\u06ff" for letter in article.text[:2000])
                else "en"
            )
        found, state = self.find(article.text, language, article.metadata.published)
        return Assembly(article, language, self.authority, found, state).draft()


@lru_cache(maxsize=20_000)
def _country_of(word: str) -> str:
    """Return the country code for an adjective of nationality, or an empty string."""
    found = (nationality(stem.text) for stem in stems(word))
    return next((one[0] for one in found if one is not None and one[0]), "")


def read_article(article: Article, authority: Authority | None = None) -> Draft:
    """Return the rules' draft reading of an article.

    :raises LexiconError: a file of the rules' data is invalid.
    """
    return RulesReader(authority).read(article)
