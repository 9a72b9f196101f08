"""The parts of the finders of names: persons, organisations, noun phrases, the gazetteer."""

from __future__ import annotations

import pytest
from rules_reading import page_of

from kg.readers.rules.matching.tokens import Block, blocks
from kg.readers.rules.names.gazetteer import load_gazetteer, territory
from kg.readers.rules.names.noun_phrases import (
    is_complement,
    is_unnamed_source,
    occasions,
    phrase_end,
)
from kg.readers.rules.names.organisation_names import OrganisationNames
from kg.readers.rules.names.person_names import NameRule, PersonNames


def block(text: str) -> Block:
    (found,) = blocks(text)
    return found


def test_a_persons_name_ends_before_what_is_none() -> None:
    # سامر 0 الحداد 1 في 2
    found = PersonNames()._person(block("سامر الحداد في بغداد"), 0, set(), [])
    assert found is not None
    assert (found.start, found.end, found.type, found.rule) == (0, 2, "Person", NameRule.GIVEN)
    assert PersonNames()._person(block("الجسر مغلق"), 0, set(), []) is None


def test_a_name_in_quotation_marks_ends_with_them() -> None:
    # صحيفة 0 « 1 البوصلة 2 » 3
    assert OrganisationNames._quoted_name(block("صحيفة «البوصلة»"), 1) == 4
    assert OrganisationNames._quoted_name(block("صحيفة البوصلة"), 1) == 0


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("الوزير الجديد قال", 2),
        ("وزير الصحة في الحكومة، قال", 4),
        ("قال الوزير", 0),
        ("سكان الحي إن", 2),
    ],
)
def test_the_end_of_a_noun_phrase(text: str, end: int) -> None:
    page = page_of(text)
    assert phrase_end(page, 0, len(page.tokens)) == end


def test_small_words_around_noun_phrases() -> None:
    assert is_complement("بانه")
    assert not is_complement("كان")
    assert "بيان" in occasions()
    assert is_unnamed_source("طلب", "عدم")
    assert not is_unnamed_source("قال", "عدم")


def test_a_country_is_known_by_its_code() -> None:
    name = territory("IQ")
    assert name is not None
    assert (name.label("en"), name.label("ar"), name.type) == ("Iraq", "العراق", "Place")
    found = load_gazetteer("ar").at(block("العراق").tokens, 0)
    assert found is not None
    assert found.end == 1
