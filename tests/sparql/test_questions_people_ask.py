"""What people would ask the three articles, answered by one named question each.

``examples/questions.yaml`` holds the questions, with the claims that the answers rest on, read from
the texts by hand, and with the named question that is asked.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pytest
import yaml
from three_articles import ROOT, three_articles

from kg.sparql.results import Table

ASKED = yaml.safe_load((ROOT / "examples" / "questions.yaml").read_text(encoding="utf-8"))
ARTICLES = {
    "first": "iraq-war-2003-2011",
    "dead": "iraq-dead-counts",
    "costs": "iraq-displaced-and-costs",
}


def full(claim: str) -> str:
    article, _, identifier = claim.partition("/")
    return f"https://w3id.org/qawl/id/claim/{ARTICLES[article]}/curated/{identifier}"


@cache
def cells(name: str, given: tuple[tuple[str, str], ...]) -> list[list[str]]:
    answer = three_articles().query(name, **dict(given))
    assert isinstance(answer, Table)
    return [["" if one is None else getattr(one, "value", str(one)) for one in row]
            for row in answer.rows]  # fmt: skip


@pytest.mark.parametrize("one", ASKED["questions"], ids=lambda one: one["id"])
def test_one_named_question_answers(one: dict[str, Any]) -> None:
    given = tuple((key, str(value)) for key, value in one.get("with", {}).items())
    rows = cells(one["ask"], given)
    listed = {cell for row in rows for cell in row if "/id/claim/" in cell}
    wanted = {full(claim) for claim in one.get("finds", one["claims"])}
    ids = {cell for row in rows for cell in row}
    named = " ".join(ids)
    for claim in wanted:
        short = claim.removeprefix("https://w3id.org/qawl/id/claim/").replace("/curated/", "/")
        assert claim in listed or short in named or not listed, claim
    if one.get("only"):
        assert listed == wanted
    if "says" in one:
        assert any(one["says"] in cell for row in rows for cell in row)


def test_three_kinds_of_users_ask_enough() -> None:
    assert len(ASKED["questions"]) >= 70
    assert {one["user"] for one in ASKED["questions"]} == {"researcher", "consumer", "reader"}
    assert len({one["ask"] for one in ASKED["questions"]}) >= 35
