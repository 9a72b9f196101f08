"""Reading files: all that is wrong with one is said at once, each fault with its line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import ReadingError
from kg.reading.file import load_reading

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "article: flood\nreader: {name: A}\nmade: '2026-01-01'\n"
VOICES = "voices:\n  article: {speaker: the-article}\n"
CLAIM = "  - {id: c1, voice: article, kind: state, quote: x, gloss: x}\n"


def faults(folder: Path, text: str) -> list[str]:
    path = folder / "mine.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(ReadingError) as told:
        load_reading(path)
    return [line.removeprefix(f"{path}:") for line in str(told.value).splitlines()]


def test_every_fault_of_the_schema_is_listed(tmp_path: Path) -> None:
    claims = "claims:\n" + CLAIM.replace("state", "stat") + CLAIM.replace("gloss: x", "glos: x")
    found = faults(tmp_path, VOICES + claims)
    assert [line.partition(":")[0] for line in found] == ["7", "8", "8"]


def test_every_reference_that_leads_nowhere_is_listed(tmp_path: Path) -> None:
    claims = CLAIM + CLAIM + CLAIM.replace("c1", "c2").replace("article", "artcle")
    relations = "relations:\n  - {id: r, contrasts: [c1, c9]}\n"
    found = faults(tmp_path, f"{VOICES}claims:\n{claims}{relations}")
    assert [line.partition(":")[0] for line in found] == ["8", "9", "11"]
    assert "the id 'c1' is already used" in found[0]
    assert found[1].endswith("'artcle', which is not in this file's voices; did you mean article?")
    assert "names the claim 'c9', which is not in this file" in found[2]


def test_voices_in_a_circle_and_voices_in_none_are_both_listed(tmp_path: Path) -> None:
    voices = VOICES + (
        "  a: {speaker: x, in: b}\n  b: {speaker: x, in: a}\n  c: {speaker: x, in: d}\n"
        "  e: {speaker: x}\n"
    )
    found = faults(tmp_path, voices + "claims:\n" + CLAIM)
    assert "exactly one voice" in found[0]
    assert "form a cycle: a in b in a" in found[1]
    assert "voice 'c' is in 'd', which is not in this file" in found[2]
    assert len(found) == 3


def test_of_many_faults_the_first_are_listed_and_the_others_counted(tmp_path: Path) -> None:
    claims = "".join(CLAIM.replace("c1", f"c{n}").replace("article", "x") for n in range(25))
    found = faults(tmp_path, f"{VOICES}claims:\n{claims}")
    assert len(found) == 11
    assert found[-1] == "… and 15 more"


def test_a_claim_under_one_that_is_missing_is_told_with_all_the_rest(tmp_path: Path) -> None:
    claims = "claims:\n" + CLAIM + CLAIM.replace("c1", "c2").replace("kind", "under: c11, kind")
    wrong = CLAIM.replace("c1", "c3").replace("voice: article", "voice: artcle")
    found = faults(tmp_path, VOICES + claims + wrong)
    assert found == [
        "8: claim 'c2' is under 'c11', which is not a claim of this file; did you mean c1?",
        (
            "9: claim 'c3' names the voice 'artcle', which is not in this file's voices; "
            "did you mean article?"
        ),
    ]


def test_only_a_change_is_below_zero(tmp_path: Path) -> None:
    fell = "  - {id: c1, voice: article, quote: x, gloss: x, answer: {value: -5, unit: person},\n"
    told = "    question: {how-many: deaths, during: 2002}}\n"
    (fault,) = faults(tmp_path, f"{VOICES}claims:\n{fell}{told}")
    assert "add change-from" in fault
    path = tmp_path / "mine.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("2002}", "2002, change-from: 2001}"), encoding="utf-8")
    assert load_reading(path).reading.claims[0].answer.value == -5
