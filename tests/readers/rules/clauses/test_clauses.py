"""Where clauses begin and end, and whether they affirm, deny or doubt."""

from __future__ import annotations

import pytest
from rules_reading import chains, page_of

from kg.readers.rules.clauses.clause_signs import has_verb, is_but, is_topic, nominal, part_end
from kg.readers.rules.clauses.clauses import Clause, clauses_of
from kg.readers.rules.clauses.english_clauses import english_clauses, english_stance
from kg.readers.rules.clauses.stance import stance_of


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("وقال الوزير إن الجسر لن يفتح.", "certainly-not"),
        ("ونفت الوزارة وجود خطة.", "certainly-not"),
        ("وشكك خبراء في أن يكون النمو كبيرا.", "probably-not"),
        ("ويتوقع المعهد أن تبلغ الحرارة 47 درجة.", "probable"),
        ("وحذرت المنظمة من أن الوباء سيصل.", "possible"),
        ("وقال الوزير إن الجسر قد يسقط.", "possible"),
        ("وقال الوزير إن الجسر قد لا يسقط.", "possibly-not"),
        ("وتساءل مراقبون عما إذا كان الجسر آمنا.", "unknown"),
        ("وقال الوزير إن الجسر لا يزال مغلقا.", "certain"),
        ("وقال الوزير إن السعر لم يتجاوز 5 دولارات.", "certain"),
        ("وقال الوزير إنهم لم ينفقوا سوى 5 دولارات.", "certain"),
        ("ولم تستبعد الوزارة إغلاق الجسر.", "possible"),
    ],
)
def test_stance(text: str, stance: str) -> None:
    assert [one for _, _, one in chains(text)] == [stance]


def test_clauses_are_claims_of_their_own() -> None:
    text = "نزح الأهالي في 2012، وعادوا في 2014، فيما بقي 30 شخصا في المخيم."
    assert [words for words, _, _ in chains(text)] == [
        "نزح الأهالي في 2012",
        "وعادوا في 2014",
        "فيما بقي 30 شخصا في المخيم",
    ]


def test_bounds_of_clauses() -> None:
    # نزح الأهالي ، وعادوا أمس ، فيما بقي عشرون .
    page = page_of("نزح الأهالي، وعادوا أمس، فيما بقي عشرون.")
    assert clauses_of(page, 0, 10) == [Clause(0, 2), Clause(3, 5), Clause(6, 9)]
    page = page_of("The road is closed, and the bridge has fallen.", "en")
    assert english_clauses(page, 0, 11) == [Clause(0, 4), Clause(5, 10)]


@pytest.mark.parametrize(
    ("text", "of_verb", "stance"),
    [
        ("الجسر سقط", "", "certain"),
        ("الجسر لم يسقط", "", "certainly-not"),
        ("الجسر قد يسقط", "", "possible"),
        ("الجسر سقط", "certainly-not", "certainly-not"),
        ("الجسر لم يسقط", "probable", "probably-not"),
    ],
)
def test_stance_of_a_clause(text: str, of_verb: str, stance: str) -> None:
    page = page_of(text)
    assert stance_of(page, Clause(0, len(page.tokens)), of_verb) == stance


def test_stance_of_an_english_clause() -> None:
    page = page_of("the bridge did not fall", "en")
    assert english_stance(page, Clause(0, 5), "") == "certainly-not"
    assert english_stance(page, Clause(0, 2), "probable") == "probable"


def test_signs_of_a_clause() -> None:
    page = page_of("أما المصابون، فبلغ عددهم خمسة")
    assert is_topic(page, 0)
    assert not is_topic(page, 1)
    assert part_end(page, 0, 6) == 2
    assert (has_verb(page, 0, 6), has_verb(page, 3, 6)) == (False, True)
    assert is_but("غير", "انها")
    assert not is_but("غير", "معروف")
    assert nominal(page_of("وفيه سفارتا البلدين"), 0, 3)
    assert nominal(page_of("ورأيه معروف"), 0, 2)
    assert not nominal(page_of("والجسر مغلق"), 0, 2)
