"""Who says what in English texts."""

from __future__ import annotations

import pytest
from rules_reading import chains


@pytest.mark.parametrize(
    ("text", "words", "chain", "stance"),
    [
        (
            "The company insisted that the spill was small.",
            "the spill was small",
            ["The company"],
            "certain",
        ),
        ("“We are ready,” said coach Owen Marsh.", "We are ready", ["coach Owen Marsh"], "certain"),
        (
            "The storm hit, the National Relief Board said.",
            "The storm hit",
            ["the National Relief Board"],
            "certain",
        ),
        ("According to the office, prices fell.", "prices fell", ["the office"], "certain"),
        ("It is reported that the boat left.", "the boat left", ["unnamed"], "certain"),
        (
            "Officials denied that the road was closed.",
            "the road was closed",
            ["Officials"],
            "certainly-not",
        ),
    ],
)
def test_english(text: str, words: str, chain: list[str], stance: str) -> None:
    assert chains(text, "en") == [(words, chain, stance)]


def test_english_chain() -> None:
    text = "Reuters quoted the minister as saying that the bank expected losses."
    assert chains(text, "en") == [("losses", ["the bank", "the minister", "Reuters"], "probable")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Jane Carter accused the board of fraud, a charge the minister rejected.",
            [
                ("the board of fraud", ["Jane Carter"], "certain"),
                ("the board of fraud", ["the minister"], "certainly-not"),
            ],
        ),
        (
            "The bank said that profits rose, and that no jobs would be cut.",
            [
                ("profits rose", ["The bank"], "certain"),
                ("no jobs would be cut", ["The bank"], "certainly-not"),
            ],
        ),
        (
            "The ministry rejected claims that the water was unsafe.",
            [("the water was unsafe", ["The ministry"], "certainly-not")],
        ),
        (
            "The spokesman said in a statement on Monday that talks would resume.",
            [("talks would resume", ["The spokesman"], "certain")],
        ),
        (
            "There are reports that the dam has collapsed.",
            [("the dam has collapsed", ["unnamed"], "certain")],
        ),
        (
            "The general was quoted as saying the war was over.",
            [("the war was over", ["The general"], "certain")],
        ),
        (
            "“It was dark,” the pilot said. “Nobody came.”",
            [
                ("It was dark", ["the pilot"], "certain"),
                ("Nobody came", ["the pilot"], "certainly-not"),
            ],
        ),
    ],
)
def test_who_says_what_in_english(text: str, expected: list[tuple[str, list[str], str]]) -> None:
    assert chains(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The two sides are expected to meet again in March, according to a diplomat.",
            [
                (
                    "The two sides are expected to meet again in March",
                    ["unnamed", "a diplomat"],
                    "probable",
                )
            ],
        ),
        (
            "A court is reported to have opened an inquiry.",
            [("A court is reported to have opened an inquiry", ["unnamed"], "certain")],
        ),
        (
            '"We know how many are inside," its spokesman, Karim Daoud, told reporters on Tuesday.',
            [("We know how many are inside", ["Karim Daoud"], "certain")],
        ),
        (
            "Two officials told Reuters the bank had lost money.",
            [("the bank had lost money", ["Two officials"], "certain")],
        ),
        (
            "But a senior officer, on the phone, told the daily al-Ufuq that ten men fell.",
            [("ten men fell", ["a senior officer"], "certain")],
        ),
        (
            "Prices will rise, the fund warned in a report published last week.",
            [("Prices will rise", ["the fund"], "possible")],
        ),
        (
            "The agency said it had counted 212 graves. Officials in the capital disputed that.",
            [
                ("it had counted 212 graves", ["The agency"], "certain"),
                ("it had counted 212 graves", ["Officials in the capital"], "certainly-not"),
            ],
        ),
        (
            "The fire began on Friday, witnesses said, adding that four people were hurt.",
            [
                ("The fire began on Friday", ["witnesses"], "certain"),
                ("four people were hurt", ["witnesses"], "certain"),
            ],
        ),
        (
            "The court has not confirmed that the man died.",
            [("the man died", ["The court"], "unknown")],
        ),
        (
            "No independent body has confirmed the count.",
            [("the count", ["No independent body"], "unknown")],
        ),
        (
            "The army does not believe that the town fell.",
            [("the town fell", ["The army"], "probably-not")],
        ),
        (
            "Rebels put the toll at 65.",
            [("the toll at 65", ["Rebels"], "probable")],
        ),
        (
            "Earlier reports had spoken of 30 dead.",
            [("30 dead", ["Earlier reports"], "certain")],
        ),
        (
            "The president has repeatedly accused his rivals of theft.",
            [("his rivals of theft", ["The president"], "certain")],
        ),
        (
            "A survey estimated 655 deaths, a number that both governments rejected at the time.",
            [
                ("655 deaths", ["A survey"], "probable"),
                ("655 deaths", ["both governments"], "certainly-not"),
            ],
        ),
        (
            "Leaks showed that field reports had logged ten deaths.",
            [("field reports had logged ten deaths", ["Leaks"], "certain")],
        ),
        (
            "A spokesman, Colonel Dave Lopez, left. He had told aides in 2008 that it would end.",
            [
                ("A spokesman, Colonel Dave Lopez, left", [], "certain"),
                ("it would end", ["Dave Lopez"], "certain"),
            ],
        ),
        (
            "Economists calculated last month that the United States would pay.",
            [("the United States would pay", ["Economists"], "probable")],
        ),
        (
            "The loss was nearly double its earlier estimate.",
            [("The loss was nearly double its earlier estimate", [], "certain")],
        ),
    ],
)
def test_who_says_what_in_longer_english(
    text: str, expected: list[tuple[str, list[str], str]]
) -> None:
    assert chains(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The minister said on Monday, Jan. 5, that 12 people died.",
            [("12 people died", ["The minister"])],
        ),
        (
            "The agency reported on Friday, 3 May, that the dam broke.",
            [("the dam broke", ["The agency"])],
        ),
        (
            '"I was alarmed when Gov. Adams spoke," Smith said.',
            [("I was alarmed when Gov. Adams spoke", ["Smith"])],
        ),
        (
            "Gen. Hall and Sen. Jones met in Oslo, the agency said.",
            [("Gen. Hall and Sen. Jones met in Oslo", ["the agency"])],
        ),
        (
            '"We will not leave," grumbled the governor, "until the army goes."',
            [("We will not leave", ["the governor"]), ("until the army goes", ["the governor"])],
        ),
        (
            '"It will rain," joked the mayor, "for a year."',
            [("It will rain", ["the mayor"]), ("for a year", ["the mayor"])],
        ),
        ('"We stop here," shouted the guard.', [("We stop here", ["the guard"])]),
        (
            "The minister said the twentieth century was long.",
            [("the twentieth century was long", ["The minister"])],
        ),
        (
            "The minister said they would leave the day after.",
            [("they would leave the day after", ["The minister"])],
        ),
        ("The minister said it cost 500¥.", [("it cost 500¥", ["The minister"])]),
    ],
)
def test_words_and_marks_that_end_neither_sentence_nor_clause(
    text: str, expected: list[tuple[str, list[str]]]
) -> None:
    assert [(words, chain) for words, chain, _ in chains(text, "en")] == expected
