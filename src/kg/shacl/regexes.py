r"""XPath regular expressions, as used by SPARQL's ``REGEX``, run by Python's ``re``.

The two dialects mostly agree. In XPath ``$`` matches only at the very end, and ``\p{L}``, ``\i``,
``\c`` and ``[a-z-[aeiou]]``, which Python lacks, are allowed: Oxigraph runs those patterns.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, QuerySolutions, Store

from kg.errors import ShapesError

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Regex"]

_FLAGS: Final = {"i": re.IGNORECASE, "s": re.DOTALL, "m": re.MULTILINE, "x": re.VERBOSE, "q": 0}
_XPATH_ONLY: Final = re.compile(r"\\[pPiIcC]|\[[^\]]*-\[")
# An escape, a character class, or one character; escapes and classes are kept unchanged.
_PIECE: Final = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)


@dataclass(frozen=True)
class Regex:
    """A pattern with its flags.

    :raises ShapesError: it is not a regular expression.
    """

    pattern: str
    flags: str = ""

    def __post_init__(self) -> None:
        """Compile immediately, so that a malformed pattern is found when shapes are read."""
        if unknown := set(self.flags) - _FLAGS.keys():
            raise ShapesError(f"{self.flags!r}: {min(unknown)!r} is not a flag; use any of ismxq")
        if self._by_oxigraph:
            self.matching([""])
        else:
            _ = self._compiled

    @property
    def _by_oxigraph(self) -> bool:
        return "q" not in self.flags and _XPATH_ONLY.search(self.pattern) is not None

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        flags = 0
        for one in self.flags:
            flags |= _FLAGS[one]
        if "q" in self.flags:
            return re.compile(re.escape(self.pattern), flags & re.IGNORECASE)
        pattern = self.pattern
        if "m" not in self.flags:
            pattern = "".join(r"\Z" if piece == "$" else piece for piece in _PIECE.findall(pattern))
        try:
            return re.compile(pattern, flags)
        except re.error as error:
            raise ShapesError(
                f"{self.pattern!r}: is not a regular expression: {error}; correct sh:pattern"
            ) from error

    def matching(self, texts: Iterable[str]) -> set[str]:
        """Return the texts that contain a match."""
        if not self._by_oxigraph:
            search = self._compiled.search
            return {text for text in texts if search(text)}
        values = " ".join(str(Literal(text)) for text in texts)
        rows = Store().query(
            f"SELECT ?text (REGEX(?text, {Literal(self.pattern)}, {Literal(self.flags)}) "
            f"AS ?found) {{ VALUES ?text {{ {values} }} }}"
        )
        assert isinstance(rows, QuerySolutions)
        found = set()
        for row in rows:
            matched = row["found"]
            if matched is None:
                raise ShapesError(
                    f"{self.pattern!r}: is not a regular expression; correct sh:pattern"
                )
            if matched.value == "true":
                found.add(row["text"].value)
        return found
