"""Text in pictures: wrapped, with the right direction, escaped for DOT and HTML-like labels."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Final

__all__ = ["clean", "in_label", "lines", "short"]

#: Right-to-left mark: keeps a line of Arabic right-to-left if it begins with a digit or Latin name.
_RLM: Final = "\u200f"
#: Left-to-right mark: keeps the digits and hyphens of a date in order after Arabic letters.
_LRM: Final = "\u200e"
_FIGURES: Final = re.compile(r"(?:\.\./)?\d[\d\-./:,]*(?<=[\d./])")
_BIDI: Final = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_BREAKS: Final = re.compile(r"(?<=[/_\-·])|(?<=\w{24})(?=\w)")


def clean(text: str) -> str:
    """Return a text without control characters and direction marks."""
    return "".join(
        " "
        if letter in "\n\r\t\u2028\u2029"
        else ""
        if unicodedata.category(letter) in {"Cc", "Cs", "Cn"}
        or unicodedata.bidirectional(letter) in _BIDI
        else letter
        for letter in text
    ).strip()


def lines(text: str, width: int = 28, lang: str = "en", most: int = 12) -> list[str]:
    """Wrap a text into lines of about ``width`` letters; very long words are broken.

    After ``most`` lines the rest becomes an ellipsis.
    """
    found: list[str] = []
    line = ""
    for word in clean(text).split(" "):
        for number, part in enumerate(_parts(word, width)):
            joined = f"{line}{' ' if line and number == 0 else ''}{part}"
            if len(joined) > width and line:
                found.append(line)
                line = part
            else:
                line = joined
    found.append(line)
    if len(found) > most:
        found = [*found[: most - 1], f"{found[most - 1]} …"]
    if lang != "ar":
        return found
    return [f"{_RLM}{_FIGURES.sub(lambda token: f'{_LRM}{token[0]}{_LRM}', one)}" for one in found]


def _parts(word: str, width: int) -> list[str]:
    if len(word) <= width:
        return [word]
    return [part for part in _BREAKS.split(word) if part]


def short(text: str, most: int = 60) -> str:
    """Return a text cleaned and on one line, cut with an ellipsis after ``most`` letters."""
    text = clean(text)
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def in_label(text: str) -> str:
    """Return one line for an HTML-like label of Graphviz."""
    return html.escape(text, quote=True)
