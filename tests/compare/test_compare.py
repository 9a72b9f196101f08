"""Two readings of one article side by side, with figures counted by hand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from examples import TEXT

from kg.compare.compare import Comparison, compare, pooled
from kg.compare.findings import KnownEntities, known_entities
from kg.compare.findings_of_reading import find_all_of
from kg.compare.page import html_page
from kg.compare.report import as_json, scores_text, sentence_around, text_report
from kg.files import shipped
from kg.knowledge.authority import load_authority
from kg.knowledge.ontology import load_ontology
from kg.reading.file import load_reading
from kg.text.article import load_article
from kg.text.spans import Span

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from examples import Workspace

OTHER = """\
article: flood
reader: {name: The rules, kind: rules}
made: 2026-11-23
entities:
  spokesman: {type: UnnamedActor, label: {en: "?", ar: الوزارة}}
  wadi: {type: Place, label: {en: "?", ar: الوادي}}
voices:
  article: {speaker: the-article}
  v1: {in: article, speaker: agency, cue: ذكرت الوكالة}
  v2: {in: article, speaker: spokesman, cue: الوزارة أعلنت}
claims:
  - id: c1
    voice: v2
    quote: 12 شخصا في الوادي منذ 3 مايو 2001
    gloss: "?"
    stance: probable
    question: {how-many: deaths}
    answer: {value: 12, unit: soldier, comparator: at-least, surface: 12 شخصا}
    time: {edtf: 2001-05-03, surface: 3 مايو 2001}
  - {id: c2, voice: v2, kind: speech-act, quote: الوزارة أعلنت, gloss: "?"}
mentions:
  agency: {exact: الوكالة, nth: [1]}
  wadi: الوادي
"""


@pytest.fixture(scope="session")
def known() -> KnownEntities:
    ontology = load_ontology(shipped.ontology_dir())
    return known_entities(load_authority(shipped.graph_dir() / "authority", ontology), ontology)


@pytest.fixture
def other(workspace: Workspace) -> Path:
    path = workspace.root / "other.yaml"
    path.write_text(OTHER, encoding="utf-8")
    return path


@pytest.fixture
def comparison(workspace: Workspace, other: Path) -> Comparison:
    ontology = load_ontology(shipped.ontology_dir())
    own = known_entities(load_authority(workspace.graph / "authority", ontology), ontology)
    article = load_article(workspace.article)
    found = [find_all_of(load_reading(path), article, own) for path in (workspace.reading, other)]
    return compare(*found)


# category, measure: reference, found, paired, right
COUNTED = {
    # منذ 3 مايو 2001 against 3 مايو 2001: overlapping, another interval.
    ("dates", "exact"): (1, 1, 1, 0),
    ("dates", "overlap"): (1, 1, 1, 1),
    ("dates", "edtf"): (1, 1, 1, 0),
    # 12 شخصا in both, at least 12 in one; 15 شخصا in one alone. Soldiers count as persons.
    ("quantities", "exact"): (2, 1, 1, 1),
    ("quantities", "value+unit"): (2, 1, 1, 1),
    ("quantities", "value+unit+comparator"): (2, 1, 1, 0),
    # ذكرت الوكالة is inside the reference's longer cue.
    ("cues", "exact"): (3, 2, 2, 1),
    ("cues", "overlap"): (3, 2, 2, 2),
    # The claim that only reports a voice is not counted.
    ("claims", "exact"): (2, 1, 1, 0),
    ("claims", "overlap"): (2, 1, 1, 1),
    ("claims", "speaker"): (2, 1, 1, 1),
    ("claims", "chain"): (2, 1, 1, 0),
    ("claims", "polarity"): (2, 1, 1, 1),
    ("claims", "stance"): (2, 1, 1, 0),
    ("claims", "quantity"): (2, 1, 1, 0),
    ("claims", "date"): (2, 1, 1, 0),
    # The agency is mentioned twice, the valley by one reading only.
    ("mentions", "exact"): (2, 2, 1, 1),
    ("mentions", "entity"): (2, 2, 1, 1),
}


@pytest.mark.parametrize(("category", "measure"), COUNTED)
def test_everything_is_counted_as_by_hand(
    comparison: Comparison, category: str, measure: str
) -> None:
    score = comparison.score(category, measure)
    counted = (score.reference, score.found, score.paired, score.right)
    assert counted == COUNTED[category, measure]


def test_precision_recall_and_f1(comparison: Comparison) -> None:
    score = comparison.score("cues", "exact")
    assert score.precision == pytest.approx(1 / 2)
    assert score.recall == pytest.approx(1 / 3)
    assert score.f1 == pytest.approx(2 / 5)
    nothing = comparison.score("dates-relative", "edtf")
    assert (nothing.precision, nothing.recall, nothing.f1, nothing.accuracy) == (None,) * 4


def test_every_difference_is_a_case(comparison: Comparison) -> None:
    cases = [(case.category, case.verdict, case.faults) for case in comparison.cases]
    assert cases == [
        ("dates", "different", ("exact", "edtf")),
        ("quantities", "different", ("value+unit+comparator",)),
        ("quantities", "missing", ()),
        ("cues", "different", ("exact",)),
        ("cues", "missing", ()),
        ("claims", "different", ("exact", "chain", "strict-chain", "stance", "quantity", "date")),
        ("claims", "missing", ()),
        ("mentions", "extra", ()),
        ("mentions", "missing", ()),
    ]


def test_a_reading_agrees_with_itself(known: KnownEntities) -> None:
    folder = shipped.graph_dir() / "articles" / "iraq-war-2003-2011"
    found = find_all_of(
        load_reading(folder / "readings" / "curated.yaml"), load_article(folder), known
    )
    same = compare(found, found)
    assert same.cases == ()
    assert {score.right for score in same.scores} == {score.reference for score in same.scores}
    assert same.score("quantities", "exact").reference == 24


def test_turning_a_comparison_round_swaps_precision_and_recall(
    workspace: Workspace, other: Path, known: KnownEntities
) -> None:
    article = load_article(workspace.article)
    one, two = (
        find_all_of(load_reading(path), article, known) for path in (workspace.reading, other)
    )
    there, back = compare(one, two), compare(two, one)
    for score in there.scores:
        turned = back.score(score.category, score.measure)
        assert (score.precision, score.recall) == (turned.recall, turned.precision)


def test_texts_that_differ_cannot_be_compared(comparison: Comparison) -> None:
    from kg.compare.findings import Findings

    with pytest.raises(ValueError, match="only readings of the same text"):
        compare(Findings("a"), Findings("b"))


def test_scores_of_many_texts_are_added_up(comparison: Comparison) -> None:
    both = {(one.category, one.measure): one for one in pooled([comparison, comparison])}
    assert both["cues", "overlap"].reference == 6
    assert both["cues", "overlap"].f1 == comparison.score("cues", "overlap").f1


def test_the_text_report_shows_differences_in_their_sentences(comparison: Comparison) -> None:
    report = text_report(comparison)
    assert "Dates (reference 1, found 1, paired 1)" in report
    assert "− ⁨منذ 3 مايو 2001⁩  2001-05-03/.. (explicit)" in report
    assert "+ ⁨3 مايو 2001⁩  2001-05-03 (explicit)" in report
    assert "    ⁨ذكرت الوكالة في نشرتها أن الوزارة أعلنت غرق" in report
    assert "التواريخ" in scores_text(comparison.scores, "ar")


def test_json_has_scores_and_cases_with_offsets(comparison: Comparison) -> None:
    data = json.loads(json.dumps(as_json(comparison)))
    case = next(case for case in data["cases"] if case["category"] == "dates")
    [[start, end]] = case["reference"]["spans"]
    assert TEXT[start:end] == "منذ 3 مايو 2001"
    assert {"category": "cues", "measure": "exact", "f1": 0.4}.items() <= next(
        one for one in data["scores"] if (one["category"], one["measure"]) == ("cues", "exact")
    ).items()


def test_the_page_loads_nothing_and_escapes_everything(comparison: Comparison) -> None:
    page = html_page(comparison, "<flood>", "a&b", "c", "ar")
    assert 'lang="ar" dir="rtl"' in page
    assert "&lt;flood&gt;" in page
    assert "a&amp;b" in page
    for loading in ("<script", "<link", "src=", "url(", "http://", "https://"):
        assert loading not in page
    assert "<del>منذ </del><del><ins>3 مايو 2001</ins></del>" in page


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("One. Two three. Four", "three", "Two three."),
        ("في 3.5 كم. ثم قال: نعم؟ لا", "قال", "ثم قال: نعم؟"),
        ("سطر\nقال كذا\nسطر", "كذا", "قال كذا"),
        ("x" * 300 + " y " + "z" * 300, "y", "x" * 159 + " y " + "z" * 159),
    ],
)
def test_a_sentence_ends_at_its_mark_and_not_in_a_number(
    text: str, words: str, sentence: str
) -> None:
    start = text.index(words)
    found = sentence_around(text, Span(start, start + len(words)))
    assert found.text == sentence
    assert text[found.start :].startswith(sentence)


def test_the_command(
    workspace: Workspace, other: Path, kg: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    done = kg("compare", workspace.reading, other, "--html", "page.html", "--scores-only")
    assert done.returncode == 0, done.stderr
    assert "Differences" not in done.stdout
    assert (workspace.root / "page.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert json.loads(kg("compare", workspace.reading, other, "--json").stdout)["other"] == "other"
    other.write_text(OTHER.replace("article: flood", "article: dam"), encoding="utf-8")
    refused = kg("compare", workspace.reading, other)
    assert refused.returncode == 2
    assert "is a reading of 'dam'" in refused.stderr
    other.write_text(OTHER.replace("الوزارة أعلنت}", "الوزارة قالت}"), encoding="utf-8")
    assert "is not in flood" in kg("compare", workspace.reading, other).stderr
