"""One spelling for every way to write a word, and what must stay apart."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.text.folding import fold
from kg.text.search_spelling import SearchedText, search_text, searched_words, stems
from kg.text.spans import Span

WORDS = st.lists(
    st.text(st.sampled_from("ابتجدرسشعقكلمنوهيءأؤئةى0123"), min_size=1, max_size=8),
    min_size=1,
    max_size=4,
).map(" ".join)
MARKS = st.lists(st.sampled_from("\u0640\u064b\u064e\u0651\u0652\u0670\u200f\u200c"), max_size=3)
RESPELLED = {
    "ا": "اأإآٱ", "ي": "يىیے", "ك": "كکڪ", "ه": "هةہھ",
    "0": "0٠۰", "1": "1١۱", "2": "2٢۲", "3": "3٣۳",
}  # fmt: skip


@st.composite
def respelled(draw: st.DrawFn, text: str) -> str:
    """Another way to write a text: other letters and digits, with marks between them."""
    letters = [draw(st.sampled_from(RESPELLED.get(one, one))) for one in text]
    return "".join(one + "".join(draw(MARKS) if one != " " else ()) for one in letters)


def presented(text: str) -> str:
    """Return a text in the presentation forms of its letters, where Unicode has isolated ones."""
    isolated = {}
    for code in range(0xFE80, 0xFEF5):
        if unicodedata.decomposition(chr(code)).startswith("<isolated>"):
            isolated[unicodedata.normalize("NFKC", chr(code))] = chr(code)
    return "".join(isolated.get(one, one) for one in text)


@given(WORDS.map(lambda text: fold(text).folded), st.data())
def test_however_it_is_written_it_is_the_same(text: str, data: st.DataObject) -> None:
    assert search_text(data.draw(respelled(text))) == search_text(text)


@given(WORDS)
def test_presentation_forms_are_letters(text: str) -> None:
    assert search_text(presented(text)) == search_text(text)


@given(st.sampled_from(["عراق", "قوات", "حكومة", "أمريكيون", "نفط", "٢٠٠٣"]), st.data())
def test_a_word_is_found_whatever_is_written_onto_it(word: str, data: st.DataObject) -> None:
    before = data.draw(st.sampled_from(["", "ال", "وال", "فال", "بال", "كال", "وبال", "لل", "ولل"]))
    joined = data.draw(st.sampled_from(["", "و", "ف", "ب", "ل", "ك", "وب", "ول"]))
    assert search_text(word) in search_text(before + word)
    assert search_text(word) in search_text(joined + word)
    assert search_text(f"ال{word}") in search_text(joined + word)
    assert search_text(word) in {search_text(before + word), *stems(before + word)}
    assert search_text(word) in {search_text(joined + word), *stems(joined + word)}


@given(st.text())
def test_words_stand_one_space_apart(text: str) -> None:
    searched = search_text(text)
    assert searched == " ".join(searched.split())
    assert "|" not in searched


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("مسؤول", "مسئول"),
        ("شؤون", "شئون"),
        ("رؤوس", "رءوس"),
        ("شيء", "شئ"),
        ("ألمانيا", "المانيا"),
        ("إلكتروني", "الكتروني"),
        ("car-bomb", "Car bomb"),
        ("٣٫٥", "3.5"),
        ("«العراق»، والشام", "العراق والشام"),
    ],
)
def test_other_spellings(one: str, other: str) -> None:
    assert search_text(one) == search_text(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ألمانيا", "رومانيا"),
        ("ألبانيا", "إسبانيا"),
        ("آليات", "عمليات"),
        ("آلاف", "أف"),
        ("الله", "له"),
        ("وزير", "زير"),
        ("بغداد", "غداد"),
        ("اللجنة", "الجنة"),
    ],
)
def test_letters_of_the_word_stay(one: str, other: str) -> None:
    assert search_text(one) != search_text(other)


def test_the_article_of_one_word_is_no_letter_of_another() -> None:
    assert search_text("ألمانيا") not in search_text("رومانيا")
    assert search_text("ألبانيا") not in search_text("إسبانيا")
    assert search_text("آليات عسكرية") not in search_text("عمليات عسكرية")


@pytest.mark.parametrize("text", ["", "،؛", "\u0640", "  \n", "_"])
def test_without_letters_and_digits_there_is_nothing_to_search(text: str) -> None:
    assert search_text(text) == ""
    assert stems(text) == ()


# A hamza that stands alone is no letter to search by.
@given(st.lists(WORDS.filter(search_text), min_size=1, max_size=5), st.data())
def test_words_are_found_where_they_are_written(lines: list[str], data: st.DataObject) -> None:
    text = "، ".join(data.draw(respelled(one)) for one in lines)
    found = SearchedText.of(text)
    assert found.searched == search_text(text)
    for line in lines:
        words = search_text(line)
        hits = found.find(words)
        assert hits
        assert all(words in search_text(hit.of(text)) for hit in hits)


def test_a_hit_is_whole_words() -> None:
    text = "والقوات الأمريكيّة، وأمريكـا"
    assert [one.of(text) for one in SearchedText.of(text).find(search_text("أمريك"))] == [
        "الأمريكيّة",
        "وأمريكـا",
    ]
    assert SearchedText.of(text).find("") == ()
    assert SearchedText.of("").find("ا") == ()
    assert SearchedText.of(text).find("قوات") == (Span(0, 7),)


def test_proclitics_are_dropped_before_known_words_only() -> None:
    assert searched_words("ولبوش", {"بوش", "لبوش"}.__contains__) == "بوش"
    assert searched_words("ولبوش", {"لبوش"}.__contains__) == "لبوش"
    assert searched_words("ولبوش", lambda _: False) == "ولبوش"
