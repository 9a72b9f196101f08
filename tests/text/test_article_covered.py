"""The published graph held against the article's own text.

The lists of dates and amounts below were made from the text alone, by eye, before and apart from
the reading; the graph is read from the Turtle dump with rdflib, not with the parser that wrote it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from examples import ROOT

if TYPE_CHECKING:
    import rdflib

ARTICLE = ROOT / "graph" / "articles" / "iraq-war-2003-2011"
TEXT = (ARTICLE / "iraq-war-2003-2011.ar.txt").read_text(encoding="utf-8")

# Each with the words before it where the expression stands more than once.
DATES = [
    "20 مارس عام 2003",
    "ديسمبر عام2011",
    "ما بين التاريخين",
    "الدفاعية للولايات المتحدة |عام 2000",
    "حينذاك",
    "قناة سكاي نيوز في |عام 2014",
    "أقل من شهر",
    "عيد الأضحي المبارك لعام 2006",
    "بعدها",
    "قبل سقوط صدام",
    "قبل ظهور أبوبكر البغدادي",
    "أوباما في |عام 2010",
    "موقع |عام 2011",
    "في تلك البلاد في |عام 2007",
    "منذ غزو تلك البلاد",
    "التاسع عشر من شهر مارس من عام 2003",
    "31 أغسطس/آب من عام 2010",
    "منذئذٍ",
    "الأول من شهر سبتمبر/أيلول 2010",
    "نهاية العام المالي 2011",
    "لعام 2001",
    "شهر يونيو من عام 2010",
    "أوائل عام 2005",
    "شهر فبراير من عام 2006",
    "عامي 2006 و2010",
    "أواسط عام 2010",
    "الأربعاء 6 يوليو 2016",
    "وقت الغزو",
    "بعد الغزو",
]
AMOUNTS = [
    "كمية كبري",
    "نجلاه",
    "100 و150 ألف",
    "4487",
    "4421",
    "3492",
    "32000",
    "66 عسكريا",
    "قضى منهم |38",
    "305",
    "179",
    "136",
    "139",
    "802 مليار",
    "747.6 مليار",
    "ثلاثة تريليونات مليار",
    "14.32 مليار",
    "معظمها",
    "861 مليون",
    "العديد من الأسر",
    "1.6 مليون",
    "5.5 في المئة",
    "400 ألف",
    "معظمهم",
]


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    import rdflib

    return rdflib.Graph().parse(ROOT / "graph" / "dumps" / "qawl.ttl", format="turtle")


def covered(graph: rdflib.Graph, kind: str) -> set[int]:
    """Return the offsets under the surfaces of the quantities or time spans of claims."""
    rows = graph.query(
        f"""
        PREFIX qawl: <https://w3id.org/qawl/ontology#>
        PREFIX oa: <http://www.w3.org/ns/oa#>
        SELECT ?start ?end WHERE {{
          ?claim a qawl:Claim ; {kind} ?value .
          ?value qawl:evidence ?passage .
          ?passage oa:hasSelector ?selector ;
            oa:hasSource <https://w3id.org/qawl/id/text/iraq-war-2003-2011/1> .
          ?selector oa:start ?start ; oa:end ?end .
        }}"""
    )
    return {offset for start, end in rows for offset in range(int(start), int(end))}


def place(expression: str) -> range:
    before, _, words = expression.rpartition("|")
    full = before + words
    assert TEXT.count(full) == 1, full
    start = TEXT.index(full) + len(before)
    return range(start, start + len(words))


def test_every_amount_lies_in_a_claims_quantity(graph: rdflib.Graph) -> None:
    offsets = covered(graph, "qawl:answerQuantity")
    missing = [one for one in AMOUNTS if not offsets.issuperset(place(one))]
    assert missing == []


def test_every_date_lies_in_a_claims_time(graph: rdflib.Graph) -> None:
    offsets = covered(graph, "(qawl:answerTime|qawl:claimedTime)")
    missing = [one for one in DATES if not offsets.issuperset(place(one))]
    assert missing == []


def test_every_digit_lies_in_a_claims_quantity_or_time(graph: rdflib.Graph) -> None:
    offsets = covered(graph, "(qawl:answerQuantity|qawl:answerTime|qawl:claimedTime)")
    missing = [
        match[0]
        for match in re.finditer(r"\d+(?:\.\d+)?", TEXT)
        if not offsets.issuperset(range(*match.span()))
    ]
    assert missing == []


def test_every_quote_is_the_text_at_its_offsets(graph: rdflib.Graph) -> None:
    rows = list(
        graph.query(
            """
            PREFIX qawl: <https://w3id.org/qawl/ontology#>
            PREFIX oa: <http://www.w3.org/ns/oa#>
            SELECT ?start ?end ?exact ?prefix ?suffix ?text WHERE {
              ?passage a qawl:Passage ; oa:hasSource/qawl:storedText ?text ;
                oa:hasSelector ?position ;
                oa:hasSelector ?quote .
              ?position oa:start ?start ; oa:end ?end .
              ?quote oa:exact ?exact ; oa:prefix ?prefix ; oa:suffix ?suffix .
            }"""
        )
    )
    assert len(rows) > 200
    for start, end, exact, prefix, suffix, text in rows:
        assert str(text) == TEXT
        assert TEXT[int(start) : int(end)] == str(exact)
        assert TEXT[: int(start)].endswith(str(prefix))
        assert TEXT[int(end) :].startswith(str(suffix))


def test_the_stored_text_is_the_articles_byte_for_byte() -> None:
    import hashlib

    raw = (ARTICLE / "iraq-war-2003-2011.ar.txt").read_bytes()
    assert len(raw) == 8485
    assert hashlib.sha256(raw).hexdigest() == (
        "0c2ad64ae11eb5c8c74835a4ec71ff261b2786436453ce8c6ac99ac4a2a418da"
    )
