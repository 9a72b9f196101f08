"""Slices: a function of the set of names alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.corpus.layout import bits_of, slices

NAMES = st.sets(st.text(min_size=1, max_size=8), max_size=80)


@given(NAMES, st.integers(1, 20))
def test_slices_have_every_name_once_and_none_too_many(names: set[str], most: int) -> None:
    found = list(slices(dict.fromkeys(names, 1), most))
    assert sorted(name for _, inside in found for name in inside) == sorted(names)
    assert all(len(inside) <= most for _, inside in found)
    assert all(bits_of(name).startswith(prefix) for prefix, inside in found for name in inside)


@given(NAMES, st.text(min_size=1, max_size=8))
def test_a_new_name_changes_only_the_slice_that_it_falls_in(names: set[str], new: str) -> None:
    before = dict(slices(dict.fromkeys(names, 1), 5))
    after = dict(slices(dict.fromkeys({*names, new}, 1), 5))
    bits = bits_of(new)
    untouched = {prefix for prefix in before if not bits.startswith(prefix)}
    assert all(after[prefix] == before[prefix] for prefix in untouched)


def test_a_name_that_weighs_too_much_stays_alone() -> None:
    found = list(slices({"heavy": 100, "light": 1, "other": 1}, 10))
    assert sorted(inside for _, inside in found if "heavy" in inside) == [("heavy",)]
