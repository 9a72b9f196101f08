"""Names of currencies to ISO 4217 codes, with Babel's territories and currencies.

A name that several countries use (دينار) is resolved by the adjective after it (دينار عراقي), else
by the countries that the text mentions.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from kg.readers.rules.lexicon.tables import folded, rows
from kg.readers.rules.lexicon.words import inflections, nationality

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.matching.tokens import Token

__all__ = [
    "Currencies",
    "Money",
    "currencies",
    "currency_codes",
    "currency_symbols",
    "english_nationality",
    "english_peoples",
]


@dataclass(frozen=True, slots=True)
class Money:
    """The name of a currency: the index after it, and its code in lower case."""

    end: int
    code: str


@dataclass(frozen=True, slots=True)
class _Name:
    code: str
    fallback: str
    countries: frozenset[str]


class Currencies:
    """Reads the currencies of one language."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.names: dict[str, _Name] = {}
        self.phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        self.symbols = currency_symbols()
        for row in rows(language, "currencies"):
            self._name(
                row["code"], row["fallback"], row["words"], frozenset(row["countries"].split())
            )

    def _name(self, code: str, fallback: str, entries: str, countries: frozenset[str]) -> None:
        for entry in entries.split():
            singular, _, plurals = entry.partition("/")
            if "_" in singular:
                phrase = tuple(folded(singular).split("_"))
                self.phrases.setdefault(phrase[0], []).append((phrase, code.lower()))
                continue
            name = _Name(code.lower(), fallback.lower(), countries)
            noun = folded(singular)
            forms = list(inflections(singular)) if self.language == "ar" else [noun, noun + "s"]
            for form in (*forms, *(folded(one) for one in plurals.split(",") if one)):
                self.names.setdefault(form, name)

    def at(self, tokens: Sequence[Token], index: int, countries: Sequence[str]) -> Money | None:
        """Return the currency whose name begins with a token.

        :param countries: the countries that the text mentions, the nearest first.
        """
        text = tokens[index].text
        for phrase, code in self.phrases.get(text, ()):
            end = index + len(phrase)
            if tuple(token.text for token in tokens[index:end]) == phrase:
                return Money(end, code)
        name = self.names.get(text)
        if self.language == "en":
            return self._english(tokens, index, name, countries)
        if name is None:
            return None
        after = tokens[index + 1].text if index + 1 < len(tokens) else ""
        found = nationality(after) if after and not after.startswith("ال") else None
        if found is not None and found[0]:
            return Money(index + 2, self._of_country(name, found[0]))
        return Money(index + 1, self._told(name, countries))

    def _english(
        self, tokens: Sequence[Token], index: int, name: _Name | None, countries: Sequence[str]
    ) -> Money | None:
        if name is not None:
            return Money(index + 1, self._told(name, countries))
        found = english_nationality(tokens[index].text)
        if found and index + 1 < len(tokens):
            name = self.names.get(tokens[index + 1].text)
            if name is not None:
                return Money(index + 2, self._of_country(name, found))
        return None

    @staticmethod
    def _told(name: _Name, countries: Sequence[str]) -> str:
        if name.code != "*":
            return name.code
        for country in countries:
            if country in name.countries:
                return _currency_of(country)
        return name.fallback

    @staticmethod
    def _of_country(name: _Name, country: str) -> str:
        """Return the code of a currency whose name includes its country: دولار كندي."""
        if name.code not in ("*", "usd") or (name.code == "usd" and country == "US"):
            return name.code
        return _currency_of(country) or name.fallback or name.code


@lru_cache(maxsize=1)
def currency_symbols() -> dict[str, str]:
    """Return the signs of currencies, with their codes in lower case."""
    return {row["words"]: row["code"].lower() for row in rows("common", "currency_symbols")}


@lru_cache(maxsize=400)
def _currency_of(country: str) -> str:
    """Return the code of a country's currency, in lower case."""
    from babel.numbers import get_territory_currencies

    codes = get_territory_currencies(country)
    return str(codes[0]).lower() if codes else ""


@lru_cache(maxsize=1)
def _english_nationalities() -> dict[str, str]:
    return {
        folded(word): row["country"]
        for row in rows("en", "nationalities")
        for word in row["words"].split()
    }


def english_nationality(word: str) -> str:
    """Return the country of an English adjective of nationality, empty for other words."""
    return _english_nationalities().get(word, "")


@lru_cache(maxsize=1)
def english_peoples() -> frozenset[str]:
    """Return the English names of peoples: Iraqis, Germans."""
    return frozenset(
        folded(word) for row in rows("en", "nationalities") for word in row["people"].split()
    )


@lru_cache(maxsize=4)
def currencies(language: str) -> Currencies:
    """Return the currency reader for a language."""
    return Currencies(language)


@lru_cache(maxsize=1)
def currency_codes() -> frozenset[str]:
    """Return the codes of all currencies, in lower case."""
    from babel import Locale

    return frozenset(str(code).lower() for code in Locale("en").currencies)
