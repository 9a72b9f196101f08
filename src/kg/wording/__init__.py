"""The sentences of the interface, in English and Arabic: one catalogue per language.

``en.toml`` and ``ar.toml`` have the same sections and keys. A sentence may have placeholders
(``{version}``); one that counts something is a table with a form for each CLDR plural category of
its language.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias, final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from decimal import Decimal

__all__ = ["LANGUAGES", "MIRRORED", "Language", "Words", "by_language", "listed", "wording"]

Language: TypeAlias = Literal["en", "ar"]

LANGUAGES: Final[tuple[Language, ...]] = ("en", "ar")

#: Comparators that change places where a fall is told by its size: less than -5 is more than 5.
MIRRORED: Final = {
    "at-least": "at-most",
    "at-most": "at-least",
    "more-than": "less-than",
    "less-than": "more-than",
}

# Up to two of a thing Arabic counts by the noun's form alone, which no fraction has.
_DUAL: Final = 2


@cache
def _catalogue(language: str) -> dict[str, Any]:
    path = Path(__file__).with_name(f"{language}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _category_of(language: str) -> Callable[[int], str]:
    from babel import Locale  # slow to import, and only plurals need it

    category: Callable[[int], str] = Locale.parse(language).plural_form
    return category


@final
class Words(Mapping[str, str]):
    """The sentences of one section in one language, by key."""

    def __init__(self, language: str, entries: Mapping[str, Any]) -> None:
        self.language = language
        self._entries = entries

    def __getitem__(self, key: str) -> str:
        found = self._entries[key]
        if not isinstance(found, str):
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        return (key for key, value in self._entries.items() if isinstance(value, str))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def named(self, key: str) -> str:
        """Return the sentence for a key that comes from data; an unknown key is returned itself."""
        return self.get(key, key)

    def counted(self, key: str, count: int, **values: object) -> str:
        """Return a sentence in the plural form for a number.

        >>> wording("validation", "en").counted("triples", 1200)
        '1,200 triples'
        """
        form: str = self._entries[key][_category_of(self.language)(count)]
        return form.format(count=count, **values)

    def counts(self, key: str) -> bool:
        """Return whether a key has a form for each plural category."""
        return isinstance(self._entries.get(key), Mapping)

    def measured(self, key: str, amount: Decimal | float, shown: str) -> str:
        """Return an amount with the noun of its scale or unit in the form that goes with it.

        A fraction has the form of its whole part, as in "9.2 مليارات", but not that of one or two.

        :param key: a plural whose forms have the placeholder ``amount``.
        :param shown: the amount as it is written.

        >>> wording("scales", "ar").measured("billion", 9.2, "9.2")
        '9.2 مليارات'
        """
        size = abs(float(amount))
        whole = int(size)
        exact = whole == size
        return self.counted(key, whole if exact or whole > _DUAL else 0, amount=shown)


@cache
def wording(section: str, language: str) -> Words:
    """Return the sentences of a section, such as ``comparison`` or ``pictures.voices``."""
    found: Any = _catalogue(language)
    for name in section.split("."):
        found = found[name]
    return Words(language, found)


def by_language(section: str, key: str) -> dict[str, str]:
    """Return a sentence in every language."""
    return {language: wording(section, language)[key] for language in LANGUAGES}


def listed(items: Iterable[str], language: str) -> str:
    """Join items with the separators of a language."""
    return wording("common", language)["comma"].join(items)
