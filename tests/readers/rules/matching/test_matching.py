"""Tokens, sentences and quotations: where they begin and end in raw and folded text."""

from __future__ import annotations

import itertools

import pytest

from kg.readers.rules.lexicon.words import abbreviations
from kg.readers.rules.matching.quotations import Quotation, quotations
from kg.readers.rules.matching.sentences import sentences
from kg.readers.rules.matching.tokens import Block, blocks, stems


def block(text: str) -> Block:
    (found,) = blocks(text)
    return found


def test_a_token_has_its_place_in_the_raw_text() -> None:
    text = "قالَ إنّ 1.5 مليون"
    found = block(text)
    assert [token.text for token in found.tokens] == ["قال", "ان", "1.5", "مليون"]
    assert [found.raw_word(index) for index in range(4)] == ["قالَ", "إنّ", "1.5", "مليون"]
    assert found.span(1, 3).of(text) == "إنّ 1.5"


def test_proclitics_come_off_one_by_one() -> None:
    assert [stem.text for stem in stems("وبالقاهرة")] == ["وبالقاهرة", "بالقاهرة", "القاهرة"]
    assert [(stem.text, stem.cut) for stem in stems("من")] == [("من", 0)]


def test_blocks_cover_a_text_of_one_line() -> None:
    text = "قال الوزير إن 5 جنود قتلوا. " * 4000
    spans = [(one.offset, one.offset + len(one.raw)) for one in blocks(text)]
    assert spans[0][0] == 0
    assert spans[-1][1] == len(text)
    assert all(before[1] == after[0] for before, after in itertools.pairwise(spans))


def test_a_full_stop_in_a_name_ends_no_sentence() -> None:
    text = "Mr. Smith left. He paid 1.5 dollars.\nShe stayed"
    found = block(text)
    assert [
        found.span(one.start, one.end).of(text) for one in sentences(found, abbreviations())
    ] == [
        "Mr. Smith left.",
        "He paid 1.5 dollars.",
        "She stayed",
    ]
    assert [one.paragraph for one in sentences(found, abbreviations())] == [0, 0, 1]


def test_an_inner_quotation_closes_no_outer_one() -> None:
    # قال : « جاء « زيد » أمس » .
    assert quotations(block("قال: «جاء «زيد» أمس».")) == (Quotation(2, 8),)
    assert quotations(block('قال "لا" و"نعم"')) == (Quotation(1, 3), Quotation(5, 7))
    assert quotations(block("قال: «لا\nثم")) == (Quotation(2, 4, open_ended=True),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was Sept. 4. It rained.", ["It was Sept. 4.", "It rained."]),
        ("He met Gov. Adams. It rained.", ["He met Gov. Adams.", "It rained."]),
        ("See No. 7. It rained.", ["See No. 7.", "It rained."]),
        ("It ended in Sept. The mayor left.", ["It ended in Sept.", "The mayor left."]),
        ("He said no. It rained.", ["He said no.", "It rained."]),
    ],
)
def test_abbreviations_end_no_sentence(text: str, expected: list[str]) -> None:
    (found,) = blocks(text)
    assert [
        found.span(one.start, one.end).of(text) for one in sentences(found, abbreviations())
    ] == expected
