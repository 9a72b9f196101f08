"""The rules find in the examples of the lexicon's entries what a person finds in them."""

from __future__ import annotations

from collections import defaultdict

import pytest
from lexicon_check import LEXICON, losses
from lexicon_examples import Example, facts, faults, load_examples, text_article

from kg.readers.rules.reader import RulesReader

READER = RulesReader()
BY_TABLE: defaultdict[str, list[Example]] = defaultdict(list)
for example in load_examples():
    BY_TABLE[example.table].append(example)


@pytest.mark.parametrize("table", BY_TABLE)
def test_the_entries_of_a_table_are_read(table: str) -> None:
    found = {one.text: faults(one, READER) for one in BY_TABLE[table]}
    assert {text: failing for text, failing in found.items() if failing} == {}


def test_examples_are_of_tables_that_exist() -> None:
    assert {*BY_TABLE} <= {loss.table for loss in losses()}


def test_a_word_that_is_not_read_so_is_a_fault() -> None:
    example = Example("en/counted", "en", "At noon 12 cows left.", ("amount: 12 person",))
    assert faults(example, READER) == ["missing: amount: 12 person"]
    example = Example("en/counted", "en", "At noon 12 cows left.", (), ("amount: 12 item",))
    assert faults(example, READER) == ["unwanted: amount: 12 item"]


def test_what_a_reading_says_is_told_in_lines() -> None:
    text = "The minister warned that about 12 soldiers left Basra in early 2004."
    assert facts(READER.read(text_article(text, "en")).reading) == {
        "cue: The minister warned that",
        "act: state",
        "speaker: The minister",
        "claim: about 12 soldiers left Basra in early 2004",
        "stance: possible",
        "measure: count",
        "amount: 12 person about",
        "date: 2004 early",
        "mention: UnnamedActor The minister",
        "label: The minister",
        "mention: Place Basra",
        "label: Basra",
    }


def test_a_table_loses_a_third_in_each_way() -> None:
    found = {loss.way: loss for loss in losses(["common/currency_symbols"])}
    signs = {
        way: [line.split("\t")[1] for line in loss.text.splitlines()[1:]]
        for way, loss in found.items()
    }
    assert signs == {
        "first third": ["₪", "₹", "₽", "₩", "₴", "₺"],
        "middle third": ["$", "€", "£", "₽", "₩", "₴", "₺"],
        "last third": ["$", "€", "£", "¥", "₪", "₹"],
        "every third": ["€", "£", "₪", "₹", "₩", "₴"],
    }
    assert found["first third"].text.startswith("code\twords\n")
    (words,) = losses(["ar/adjectives"], ["every third word"])
    before = (LEXICON / "ar" / "adjectives.tsv").read_text(encoding="utf-8").split()
    assert len(words.text.split()) < len(before)
