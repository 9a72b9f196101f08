"""Queries run as they are on any server: each declares the prefixes that it uses, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples import ROOT

from kg.sparql.lexer import Kind, significant

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("path", sorted((ROOT / "queries").rglob("*.rq")), ids=lambda one: one.stem)
def test_a_query_declares_its_prefixes(path: Path) -> None:
    declared, used, before = set(), set(), ""
    for token in significant(path.read_text(encoding="utf-8")):
        if token.kind is Kind.NAME:
            prefix = token.text.partition(":")[0]
            (declared if before == "PREFIX" else used).add(prefix)
        before = token.text.upper()
    assert declared == used
