"""What names in two scripts and languages have in common."""

from __future__ import annotations

import pytest

from kg.meeting.name_codes import WordClass, acronym, likeness, office_before


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nadim Qasrani", "نديم القصراني"),
        ("Nadeem al-Qasrani", "نديم القصراني"),
        ("Tell Hamra", "تل الحمراء"),
        ("تل حمرا", "تل الحمراء"),
        ("Ministry of Health", "وزارة الصحة"),
        ("the newspaper Al-Sahil", "صحيفة الساحل"),
        ("Basra", "Basrah"),
        ("Sheikh Khalid", "شيخ خالد"),
    ],
)
def test_a_name_is_like_its_transcription_and_its_translation(one: str, other: str) -> None:
    assert likeness(one).codes == likeness(other).codes
    assert likeness(one).tells


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tal Hamra", "the Tal Hamra dam"),
        ("وزارة الصحة", "وزارة الداخلية"),
        ("Salim Qasrani", "Nadim Qasrani"),
        ("Ministry of Health", "Minister of Health"),
    ],
)
def test_other_names_are_not_alike(one: str, other: str) -> None:
    assert likeness(one).codes != likeness(other).codes


@pytest.mark.parametrize(
    "name", ["Ministry", "الوزارة", "صحيفة", "the minister", "Ali", "وزير الري"]
)
def test_a_word_for_anything_of_its_sort_tells_nothing(name: str) -> None:
    assert not likeness(name).tells


def test_an_office_is_known_by_its_role() -> None:
    assert WordClass.ROLE in likeness("وزير الري").classes
    assert likeness("وزير الري").codes == office_before("وقال وزير الري ")
    assert office_before("Irrigation Minister ") == likeness("وزير الري").codes
    assert office_before("the minister said that ") == frozenset()
    assert office_before("وقال ") == frozenset()


def test_initials() -> None:
    assert acronym("The World Relief Union") == acronym("WRU") == "wru"
    assert {acronym(name) for name in ("World Union", "Reuters", "الاتحاد", "A")} == {""}
