"""What kind of word a folded Arabic word may be."""

from __future__ import annotations

import pytest

from kg.readers.rules.lexicon.words import (
    function_class,
    inflections,
    is_adjective,
    is_definite,
    is_function,
    is_noun,
    is_verb,
    is_verbal_noun,
    nationality,
    verb_forms,
)


@pytest.mark.parametrize(
    ("word", "tense"),
    [("قال", "perfect"), ("وقالت", "perfect"), ("يقول", "imperfect"), ("سيقول", "future"),
     ("كتاب", ""), ("في", ""), ("القول", "")],
)  # fmt: skip
def test_verbs(word: str, tense: str) -> None:
    assert is_verb(word) == tense


def test_verb_forms_have_gender_and_number() -> None:
    found = {(form.stem, form.tense, form.feminine, form.plural) for form in verb_forms("قالت")}
    assert ("قال", "perfect", True, False) in found


def test_small_words() -> None:
    assert function_class("في") == "preposition"
    assert is_function("وفي")
    assert not is_function("كتاب")


def test_nouns() -> None:
    assert is_verbal_noun("انفجار")
    assert not is_verbal_noun("تقرير")
    assert is_definite("الجسر")
    assert not is_definite("الف")
    assert is_noun("جسر")
    assert is_adjective("العراقيون")
    assert inflections("سفينة")["سفينتان"] == "dual"


def test_nationalities() -> None:
    assert nationality("العراقيون") == ("IQ", True)
    assert nationality("عراقي") == ("IQ", False)
    assert nationality("جسر") is None
