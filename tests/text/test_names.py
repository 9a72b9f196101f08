"""Names as they are compared."""

from __future__ import annotations

from kg.text.names import is_arabic, name_key


def test_a_name_is_compared_without_marks_case_and_punctuation() -> None:
    assert name_key("The Delta-Herald") == "the delta herald"
    assert name_key("أحمد، آل إدريس") == "احمد ال ادريس"
    assert name_key("…") == ""


def test_the_letters_tell_the_language() -> None:
    assert is_arabic("تل Hamra")
    assert not is_arabic("Tal Hamra")
