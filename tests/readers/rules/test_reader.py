"""The rules' reader: drafts that are grounded and conform, from any text, in linear time."""

from __future__ import annotations

import hashlib
import sys
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.files import shipped
from kg.graph.compile_reading import compile_reading
from kg.knowledge.authority import load_authority
from kg.knowledge.ontology import load_ontology
from kg.readers.rules.reader import RulesReader
from kg.reading.draft import Draft, as_file
from kg.reading.grounded import ground_reading
from kg.text.article import Article, ArticleMetadata

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import FrameType

ONTOLOGY = load_ontology(shipped.ontology_dir())
AUTHORITY = load_authority(shipped.graph_dir() / "authority", ONTOLOGY)
READER = RulesReader(AUTHORITY)


def article(text: str, language: str = "ar", published: str | None = None) -> Article:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    metadata = ArticleMetadata(
        text="text.txt",
        sha256=sha256,
        language=language,
        label={"en": "A text", "ar": "نص"},  # type: ignore[arg-type]
        published=published,
        rights={"en": "ours", "ar": "لنا"},  # type: ignore[arg-type]
    )
    return Article("a-text", text, sha256, metadata)


def read(text: str, language: str = "ar", published: str | None = None) -> Draft:
    """Read a text, and make sure that every quote is where it belongs and that it compiles."""
    one = article(text, language, published)
    draft = READER.read(one)
    file = as_file(draft.reading, "rules")
    ground_reading(file, one)
    compile_reading(file, one, ONTOLOGY, AUTHORITY)
    return draft


#: Calls that a letter of a text may cost; where work grows faster than the text, far more.
MOST_CALLS = 1000


def calls(work: Callable[[], object]) -> int:
    """Do something and count the calls and returns, of Python and of C, that it takes.

    They do not depend on how fast or how busy the machine is, as time does.
    """
    count = 0

    def note(_frame: FrameType, _event: str, _argument: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def test_a_draft_has_voices_values_and_mentions() -> None:
    text = "وقال وزير الصحة سامر الحداد أمس إن 12 شخصا قتلوا في بغداد منذ عام 2010."
    reading = read(text, published="2014-03-12").reading
    assert reading.reader.kind == "rules"
    voice = reading.voices["v1"]
    assert voice.cue[0].exact == "وقال وزير الصحة سامر الحداد أمس إن"
    assert voice.said is not None
    assert voice.said.edtf == "2014-03-11"
    (speaker,) = voice.speaker
    assert reading.entities[speaker].label["ar"] == "سامر الحداد"
    (claim,) = reading.claims
    assert (claim.voice, claim.answer.value, claim.answer.unit) == ("v1", 12, "person")
    assert claim.question.how_many == "deaths"
    assert claim.time[0].edtf == "2010/.."
    assert "baghdad" in reading.mentions


def test_every_part_names_its_rule_and_a_confidence() -> None:
    draft = read("وقال الوزير إن الجسر فتح، مؤكدا أن 3 سفن غرقت في دمشق.")
    parts = {note.part for note in draft.explanations}
    reading = draft.reading
    assert {f"voices.{name}" for name in reading.voices if name != "article"} <= parts
    assert {f"claims.{claim.id}" for claim in reading.claims} <= parts
    assert {f"mentions.{name}" for name in reading.mentions} <= parts
    assert all(note.rule and note.confidence is not None for note in draft.explanations)
    for name, voice in reading.voices.items():
        assert name == "article" or (voice.why or "").startswith("rule: ")


def test_a_relative_date_without_an_article_date_keeps_its_words() -> None:
    (claim,) = read("وصلت القافلة أمس إلى المخيم.").reading.claims
    (time_,) = claim.time
    assert time_.edtf is None
    assert (time_.status, time_.surface.exact if time_.surface else None) == ("relative", "أمس")


def test_a_bare_number_is_a_question_of_its_own() -> None:
    text = "غرقت 3 سفن. وعبرت 5 سفن."
    one = article(text)
    quads = compile_reading(as_file(READER.read(one).reading, "rules"), one, ONTOLOGY, AUTHORITY)
    answered = {str(q.object) for q in quads if q.predicate.value.endswith("#answers")}
    assert len(answered) == 2, "two counts of no one thing are not answers to one question"


def test_a_garbled_figure_keeps_what_is_written() -> None:
    (claim,) = read("بلغت الكلفة ثلاثة تريليونات مليار دولار.").reading.claims
    assert claim.answer.value == Decimal("3e21")
    assert claim.answer.garbled


def test_offsets_count_the_stored_text() -> None:
    text = "\ufeffوقال الوزير \u202bإن\u202c عدد القتلى 1\u200d2\u200d3 شخصا.\r\nوهرب اللصوص.\r\n"
    (first, *_) = read(text).reading.claims
    assert first.answer.value == 123
    assert first.answer.surface is not None
    assert first.answer.surface.exact == "1\u200d2\u200d3 شخصا"


@pytest.mark.parametrize(
    "text",
    [
        " \n\t ",
        "\0" * 50,
        "<p class='x'>قال الوزير إن 5 جنود قتلوا</p>\r\n" * 20,
        "قال \u202eالوزير\u202c إن \u2066بغداد\u2069 آمنة",
        '"' * 10_000,
        "«" * 10_000 + "قال" + "»" * 10_000,
        "قال إن " * 3000,
        "بين 3 و" * 3000,
        "ألف " * 5000,
        "و1" * 5000,
        "1" * 20_000,
        "منذ عام " * 3000,
        "وفقا ل" * 3000,
        "محمد " * 3000,
        "ا" + "\u064b" * 20_000,
    ],
    ids=lambda text: repr(text[:20]),
)
def test_hostile_texts_give_sound_drafts(text: str) -> None:
    one = article(text)
    draft = READER.read(one)
    ground_reading(as_file(draft.reading, "rules"), one)
    assert calls(lambda: READER.read(one)) < MOST_CALLS * (100 + len(text))


@pytest.mark.parametrize("text", ["Abc " * 5000, "A of " * 5000, "that said " * 3000])
def test_hostile_english(text: str) -> None:
    one = article(text, "en")
    READER.read(one)
    assert calls(lambda: READER.read(one)) < MOST_CALLS * (100 + len(text))


@pytest.mark.parametrize("unit", ["و1", "قال إن 5 جنود، ", "«قال ", "منذ 3 و", "محمد بن "])
def test_work_grows_with_the_length(unit: str) -> None:
    def work(count: int) -> int:
        return calls(lambda: READER.find(unit * count, "ar", None))

    work(100)  # what is remembered of words is remembered from here on
    assert work(8_000) < 5 * work(2_000), "four times the text takes about four times the work"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "وقال",
                "الوزير",
                "إن",
                "أن",
                ":",
                "«",
                "»",
                "،",
                ".",
                "\n",
                "12",
                "شخصا",
                "أمس",
                "في",
                "بغداد",
                "نفى",
                "مؤكدا",
                "وفقا",
                "لوزارة",
                "الدفاع",
                "2003",
                "عام",
                "قتل",
                "وأضاف",
                "عن",
                "رويترز",
                "نقلت",
                "قوله",
                "لم",
                "\u202b",
                "ً",
            ]
        ),
        max_size=60,
    )
)
def test_any_heap_of_words_is_read_and_grounded(words: list[str]) -> None:
    text = " ".join(words)
    if text.strip():
        read(text, published="2014-03-12")


@given(st.text(st.characters(codec="utf-8"), max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_is_read_and_grounded(text: str) -> None:
    if text.strip():
        read(text)


def test_the_draft_of_the_article_conforms(tmp_path: Path) -> None:
    import shutil

    from kg.graph.build import build

    graph = tmp_path / "graph"
    shutil.copytree(shipped.graph_dir() / "authority", graph / "authority")
    folder = graph / "articles" / "iraq-war-2003-2011"
    shutil.copytree(shipped.graph_dir() / "articles" / folder.name, folder)
    from kg.reading.draft import write_draft
    from kg.text.article import load_article

    write_draft(READER.read(load_article(folder)), folder / "readings" / "rules.yaml")
    build(graph, tmp_path / "store")


def test_the_country_that_the_text_speaks_of_can_speak() -> None:
    draft = read("زار باماكو. وقالت البلاد إنها فقيرة.")
    assert draft.reading.entities == {}
    assert {"bamako", "mali"} <= draft.reading.mentions.keys()
    assert "mali-state" in {name for one in draft.reading.voices.values() for name in one.speaker}
