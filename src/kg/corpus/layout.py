"""Slices of a corpus: which articles form a part.

A part has the articles whose hashes begin with the same bits, using as few bits as possible while
keeping every part small enough. The slices therefore depend only on the set of articles, and a new
article changes only its own slice.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

__all__ = ["bits_of", "slices"]

#: How many bits of a hash are used; two names that agree in all of them stay together.
_MOST_BITS: Final = 64


def bits_of(name: str) -> str:
    """Return the first bits of the SHA-256 of a name, as zeros and ones.

    >>> bits_of("flood-report-3")[:8]
    '01110111'
    """
    first = hashlib.sha256(name.encode()).digest()[: _MOST_BITS // 8]
    return f"{int.from_bytes(first):0{_MOST_BITS}b}"


def slices(weights: Mapping[str, int], most: int) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the slices of a set of names: their common bits, and the names.

    :param weights: how much each name counts.
    :param most: the maximum weight of a slice with several names.
    """
    yield from _split("", sorted((bits_of(name), name) for name in weights), weights, most)


def _split(
    prefix: str, names: Collection[tuple[str, str]], weights: Mapping[str, int], most: int
) -> Iterator[tuple[str, tuple[str, ...]]]:
    if not names:
        return
    total = sum(weights[name] for _, name in names)
    if total <= most or len(names) == 1 or len(prefix) == _MOST_BITS:
        yield prefix, tuple(sorted(name for _, name in names))
        return
    for bit in "01":
        longer = prefix + bit
        inside = [one for one in names if one[0].startswith(longer)]
        yield from _split(longer, inside, weights, most)
