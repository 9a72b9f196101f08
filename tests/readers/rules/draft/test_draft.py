"""Parts of a draft: quotes, names of entities, speakers."""

from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rules_reading import READER

from kg.readers.rules.draft.assembly import Assembly
from kg.readers.rules.draft.found import Found
from kg.readers.rules.draft.naming import Register, romanised
from kg.readers.rules.draft.quoting import Quoter
from kg.readers.rules.draft.speakers import ROOT, Speakers
from kg.reading.parts import Quote
from kg.text.article import Article, ArticleMetadata
from kg.text.spans import Span, find_all


def speakers_of(text: str) -> Speakers:
    found, state = READER.find(text, "ar", None)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    label = {"en": "A text", "ar": "نص"}
    metadata = ArticleMetadata.model_validate(
        {"text": "text.txt", "sha256": sha256, "language": "ar", "label": label, "rights": label}
    )
    return Assembly(Article("a-text", text, sha256, metadata), "ar", None, found, state)


@given(st.text("اب \n", min_size=1, max_size=60), st.data())
def test_quotes_stand_for_their_place_alone(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(text))))
    quote = Quoter(text, [span]).quote(span, Quote)
    if quote is None:
        return
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append(Span(at, at + len(line)))
        at += len(line) + 1
    fitting = [
        hit
        for hit in find_all(text, quote.exact)
        if text.endswith(quote.prefix, 0, hit.start)
        and text.startswith(quote.suffix, hit.end)
        and (quote.paragraph is None or lines[quote.paragraph - 1].contains(hit))
    ]
    assert fitting == [span]


def test_words_that_stand_in_several_lines_name_theirs() -> None:
    text = "قال زيد\nقال عمرو"
    assert Quoter(text, [Span(8, 11)]).quote(Span(8, 11), Quote) == Quote(
        exact="قال", prefix="قال زيد\n"
    )
    assert Quoter(text, []).within(Span(8, 11), Span(8, 16)) == Quote(exact="قال")


def test_a_name_is_one_entity_however_often_it_is_named() -> None:
    register = Register(None)
    first = register.new("سامر الحداد", "Person", "ar")
    assert first == "samr-al-hdad"
    assert register.new("سامر الحداد", "Person", "ar") == first
    assert register.new("سامر الحداد", "Place", "ar") == "samr-al-hdad-2"
    assert register.person("الحداد") == first
    assert (register.kind(first), register.label(first)) == ("actor", "سامر الحداد")
    assert romanised("سامر الحداد") == "Samr al-hdad"


def test_speakers_are_people_bodies_or_their_words() -> None:
    text = (
        "وقال الوزير سامر الحداد إن الجسر سقط. ويعتقد أن الطريق مغلق. وقال سكان الحي إن الجسر سليم."
    )
    speakers = speakers_of(text)
    names = [speakers._speaker(voice) for voice in speakers.state.voices]
    labels = [speakers.register.entities[name].label["ar"] for (name,) in names]
    assert labels == ["سامر الحداد", "متحدث لم يُسمَّ", "سكان الحي"]
    assert speakers.voices[ROOT].speaker == ("the-article",)


def test_what_is_found_in_a_block_has_dates_and_amounts() -> None:
    ([found], _) = READER.find("قتل 12 شخصا في مايو 2003", "ar", None)
    assert isinstance(found, Found)
    assert [one.edtf for one in found.dates] == ["2003-05"]
    assert [(one.value, one.unit) for one in found.amounts] == [(12, "person")]


@pytest.mark.parametrize(
    ("text", "measures"),
    [
        ("قال الوزير إن خمسة جنود قتلوا في الهجوم.", ["deaths"]),
        ("قال الوزير إن ثلاثة جنود جرحوا في الكمين.", ["wounded"]),
        ("قال الوزير إن عشرين جنديا اعتقلوا.", ["arrests"]),
        ("قال الوزير إن القوة تضم خمسة آلاف جندي.", ["force-level"]),
        ("قال الوزير إن امرأتين قتلتا.", ["deaths"]),
        ("قال الوزير إن طفلتين أصيبتا.", ["wounded"]),
        ("قال الوزير إن شابين استشهدا.", ["deaths"]),
        ("قال الوزير إن شرطيين قتلا وجرح ثلاثة.", ["deaths", "wounded"]),
        ("قال الوزير إن رجلين جرحا وقتل سبعة.", ["wounded", "deaths"]),
    ],
)
def test_what_an_amount_of_people_measures(text: str, measures: list[str]) -> None:
    draft = speakers_of(text)
    assert isinstance(draft, Assembly)
    found = [one.question.how_many for one in draft.draft().reading.claims if one.question]
    assert found == measures
