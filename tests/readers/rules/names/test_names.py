"""Names in Arabic and English texts, and the gazetteer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.readers.rules.lexicon.tables import LexiconError
from kg.readers.rules.matching.tokens import blocks
from kg.readers.rules.names.english_names import english_names
from kg.readers.rules.names.entities import entities_of
from kg.readers.rules.names.gazetteer import load_gazetteer

if TYPE_CHECKING:
    from pathlib import Path


def names(text: str, language: str = "ar", counted: set[int] | None = None) -> set[tuple[str, str]]:
    (block,) = blocks(text)
    gazetteer = load_gazetteer(language)
    found = (
        entities_of().find(block, gazetteer, set(), counted or set())
        if language == "ar"
        else english_names().find(block, gazetteer, set())
    )
    return {(block.span(one.start, one.end, one.cut).of(text), one.type) for one in found}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وللعراق حدود مع سوريا", {("لعراق", "Place"), ("سوريا", "Place")}),
        ("وصل إلى بالقاهرة", {("القاهرة", "Place")}),
        ("قال المهندس مايو فرحات إن", {("مايو فرحات", "Person")}),
        ("قال وزير الزراعة فراس العوضي إن", {("فراس العوضي", "Person")}),
        ("وأيده العميد الركن عبد الله بن خلف قائلا", {("عبد الله بن خلف", "Person")}),
        ("وصرح المتحدث باسم الشرطة", set()),
        ("قالت شركة الساحل للنقل إن", {("شركة الساحل للنقل", "Organization")}),
        ("وفقا للمكتب الوطني للإحصاء", {("لمكتب الوطني للإحصاء", "Organization")}),
        ("من شركة تركية", {("تركية", "Place")}),
        ("وزعم موقع إلكتروني محلي", set()),
        ("باع التجار العراقيون تمورهم", {("العراقيون", "PopulationGroup")}),
        ("في شارع الحمراء", {("شارع الحمراء", "Place")}),
        ("ضحايا ثورة 25 يناير", {("ثورة 25 يناير", "Event")}),
        ("رفعوا صور الضحايا", set()),
        ("وصلوا إلى مدينة صور", {("صور", "Place")}),
    ],
)
def test_arabic(text: str, expected: set[tuple[str, str]]) -> None:
    assert names(text) == expected


def test_a_counted_nationality_is_people() -> None:
    assert names("يقيم 75 سوريا فيه", counted={2}) == {("سوريا", "PopulationGroup")}


def test_a_family_name_alone_comes_back_later() -> None:
    found = names("قال الباحث جاسم البدري إن الماء قليل. وزار البدري القرية")
    assert ("البدري", "Person") in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Mayor Helen Ashdown spoke", {("Helen Ashdown", "Person")}),
        ("at Corvale Airport", {("Corvale Airport", "Place")}),
        ("by the National Relief Board", {("National Relief Board", "Organization")}),
        ("Prime Minister Nuri al-Maliki left", {("Nuri al-Maliki", "Person")}),
        ("a Turkish firm", {("Turkish", "Place")}),
    ],
)
def test_english(text: str, expected: set[tuple[str, str]]) -> None:
    assert names(text, "en") == expected


ENTRY = """
@prefix gaz: <https://w3id.org/qawl/gazetteer/> .
@prefix qawl: <https://w3id.org/qawl/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
gaz:green-valley a qawl:Place ; skos:prefLabel "Green Valley"@en, "الوادي الأخضر"@ar .
"""


def test_users_add_turtle_files(tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(ENTRY, encoding="utf-8")
    gazetteer = load_gazetteer("ar", folder=tmp_path)
    (block,) = blocks("بالوادي الأخضر")
    match = gazetteer.at(block.tokens, 0)
    assert match is not None
    assert (match.value.id, match.cut, match.end) == ("green-valley", 1, 2)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("gaz:x a", "Turtle"),
        (ENTRY.replace(', "الوادي الأخضر"@ar', ""), "in English and in Arabic"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "bad.ttl").write_text(content, encoding="utf-8")
    with pytest.raises(LexiconError, match=f"bad.ttl.*{reason}"):
        load_gazetteer("ar", folder=tmp_path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال محمد باركيندو أمين عام المنظمة ذلك", {"محمد باركيندو": "Person"}),
        (
            "قالت الوكالة الدولية للطاقة ذلك",
            {"الوكالة الدولية للطاقة": "Organization"},
        ),
        ("ذكر المتحدث باسمه ياسين بن رجب ذلك", {"ياسين بن رجب": "Person"}),
        ("قالت الوزيرة، غادة والي، ذلك", {"غادة والي": "Person"}),
        (
            "بحث أجراه الجهاز المركزي للتعبئة العامة والإحصاء",
            {"الجهاز المركزي للتعبئة العامة والإحصاء": "GovernmentBody"},
        ),
    ],
)
def test_names_of_newspapers(text: str, expected: dict[str, str]) -> None:
    assert dict(names(text)) == expected
