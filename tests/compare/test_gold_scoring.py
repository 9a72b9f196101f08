"""How gold items are read and scored: quotes, values, chains, and figures counted by hand."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from gold_sets import GoldError, GoldItem, GoldWorld, load_gold, score_reader

from kg.compare.compare import compare, pooled
from kg.reading.model import Reading

if TYPE_CHECKING:
    from pathlib import Path

    from kg.text.article import Article

ITEM = """\
- id: x-1
  language: ar
  tags: [a]
  text: "وقال الوزير أمس إن 12 جنديا قتلوا، وإن 12 أسيرا عادوا إلى بغداد."
  article-date: 2015-02-19
  dates: [{quote: أمس, edtf: 2015-02-18, kind: relative}]
  quantities:
    - {quote: 12 جنديا, value: 12, unit: person, comparator: exactly, approximate: false}
    - {quote: {exact: "12", nth: 2}, value: 12, unit: person, comparator: exactly,
       approximate: false}
  cues: [وقال الوزير أمس إن]
  voices:
    - {id: article, speaker: article}
    - {id: v1, speaker: الوزير, in: article, cue: وقال الوزير أمس إن}
  claims:
    - {quote: 12 جنديا قتلوا, voice: v1, polarity: positive, stance: certain, quantity: 12 جنديا}
    - {quote: عادوا إلى بغداد, voice: v1, polarity: positive, stance: certain,
       quantity: {exact: "12", nth: 2}}
  mentions: [{quote: بغداد, type: Place, entity: baghdad}]
"""


@pytest.fixture(scope="module")
def world() -> GoldWorld:
    return GoldWorld.load()


@pytest.fixture
def item(tmp_path: Path) -> GoldItem:
    (tmp_path / "dev").mkdir()
    (tmp_path / "dev" / "x.yaml").write_text(ITEM, encoding="utf-8")
    [found] = load_gold("dev", tmp_path)
    return found


def test_an_item_becomes_an_article_and_findings(item: GoldItem, world: GoldWorld) -> None:
    article = item.article()
    assert (article.slug, article.metadata.published, article.metadata.language) == (
        "x-1", "2015-02-19", "ar",
    )  # fmt: skip
    found = item.findings(world.known)
    assert [sorted(date.edtf) for date in found.dates] == [["2015-02-18"]]
    assert [one.value for one in found.quantities] == [Decimal(12), Decimal(12)]
    assert found.quantities[0].place.start < found.quantities[1].place.start
    assert [voice.speakers[0].is_article for voice in found.claims[0].chain] == [False, True]
    assert found.claims[1].quantity == found.quantities[1]


@pytest.mark.parametrize("quote", ["13 جنديا", "12", {"exact": "12", "nth": 3}])
def test_a_quote_that_is_nowhere_or_anywhere_is_refused(
    item: GoldItem, quote: str | dict[str, object]
) -> None:
    with pytest.raises(GoldError, match="x-1"):
        item.place(quote)


def reading(article: Article) -> Reading:
    """Find what the item has but the second claim, and take soldiers for soldiers."""
    return Reading.model_validate(
        {
            "article": article.slug, "reader": {"name": "x", "kind": "rules"}, "made": "2026-11-22",
            "entities": {"wazir": {"type": "Person", "label": {"en": "?", "ar": "وزير"}}},
            "voices": {
                "article": {"speaker": "the-article"},
                "v": {"in": "article", "speaker": "wazir", "cue": "وقال الوزير أمس إن",
                      "said": {"edtf": "2015-02-18", "surface": "أمس", "status": "relative"}},
            },
            "claims": [
                {"id": "c", "voice": "v", "quote": "12 جنديا قتلوا", "gloss": "?",
                 "question": {"how-many": "deaths"},
                 "answer": {"value": 12, "unit": "soldier", "surface": "12 جنديا"}},
            ],
            "mentions": {"baghdad": "بغداد"},
        }
    )  # fmt: skip


def test_a_reader_is_scored_against_the_items(item: GoldItem, world: GoldWorld) -> None:
    scores = {
        (one.category, one.measure): one
        for one in pooled(score_reader((item, item), reading, world).values())
    }

    def counted(category: str, measure: str) -> tuple[int, int, int]:
        one = scores[category, measure]  # type: ignore[index]
        return one.reference, one.found, one.right

    # The same item twice has one id: it is scored once.
    assert counted("dates-relative", "edtf") == (1, 1, 1)
    assert counted("quantities", "value+unit+comparator") == (2, 1, 1)
    assert counted("cues", "exact") == (1, 1, 1)
    assert counted("claims", "chain") == (2, 1, 1)
    assert counted("claims", "quantity") == (2, 1, 1)
    assert counted("mentions", "type") == counted("mentions", "entity") == (1, 1, 1)


@pytest.mark.parametrize("split", ["dev", "held_out"])
def test_every_item_can_be_scored_and_agrees_with_itself(split: str, world: GoldWorld) -> None:
    for one in load_gold(split):
        found = one.findings(world.known)
        assert compare(found, found).cases == (), one.id
