"""Packages import their names when they are used."""

from __future__ import annotations

import pytest

import kg
from kg.files.lazy import lazily


def test_a_name_is_imported_from_its_home() -> None:
    attribute = lazily("kg", {"Span": "text.spans"})
    from kg.text.spans import Span

    assert attribute("Span") is Span
    with pytest.raises(AttributeError, match="module 'kg' has no attribute 'nothing'"):
        attribute("nothing")


def test_the_package_knows_its_names_and_no_others() -> None:
    assert kg.show is __import__("kg.store.claim_view", fromlist=["show"]).show
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = kg.nothing  # type: ignore[attr-defined]
