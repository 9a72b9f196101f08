"""The rules' data files: every code in them is one of the vocabularies, every row is used."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from kg.files import shipped
from kg.knowledge.ontology import load_ontology
from kg.readers.rules.amounts.currencies import currency_codes
from kg.readers.rules.lexicon import tables
from kg.readers.rules.lexicon.tables import (
    LexiconError,
    Phrases,
    folded,
    lexicon_dir,
    rows,
    word_class,
    word_sets,
    word_stems,
)
from kg.readers.rules.matching.tokens import tokenise

if TYPE_CHECKING:
    from pathlib import Path

ONTOLOGY = load_ontology(shipped.ontology_dir())
STANCES = set(ONTOLOGY.codes["stance"]) | {""}


@pytest.mark.parametrize(
    "path",
    sorted(lexicon_dir("ar").parent.glob("*/*.tsv")),
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_every_table_can_be_read(path: Path) -> None:
    assert rows(path.parent.name, path.stem)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_codes_are_in_the_vocabularies(language: str) -> None:
    for row in rows(language, "speech_verbs"):
        ONTOLOGY.concept("speech-act", row["act"])
        assert row["stance"] in STANCES
    for row in rows(language, "comparators"):
        ONTOLOGY.concept("comparator", row["comparator"] or "exactly")
    for row in rows(language, "vague"):
        ONTOLOGY.concept("comparator", row["comparator"])
    for row in rows(language, "counted"):
        # Decades become years.
        ONTOLOGY.unit("year" if row["unit"] == "decade" else row["unit"])
    for row in rows(language, "currencies"):
        codes = (row["code"], row["fallback"]) if row["code"] == "*" else (row["code"],)
        for code in set(codes) - {"*"}:
            ONTOLOGY.unit(code.lower())


def test_arabic_codes_are_in_the_vocabularies() -> None:
    for row in (*rows("ar", "according"), *rows("ar", "passives")):
        ONTOLOGY.concept("speech-act", row["act"])
        assert row["stance"] in STANCES
    for row in rows("ar", "measures"):
        ONTOLOGY.concept("measure", row["measure"])
        for unit in row["units"].split():
            ONTOLOGY.unit(unit)
    for row in (*rows("ar", "organisations"),):
        ONTOLOGY.types(row["type"])


def test_currencies_that_are_used_today_are_units() -> None:
    from babel import Locale
    from babel.numbers import get_territory_currencies

    for country in Locale("en").territories:
        if len(country) == 2 and country.isalpha():
            for code in get_territory_currencies(country):
                if code in Locale("en").currencies and code in Locale("ar").currencies:
                    ONTOLOGY.unit(code.lower())
    assert "usd" in currency_codes()


def test_phrases_take_the_longest_and_leave_proclitics_out() -> None:
    table = Phrases.of([("بحسب", 1), ("بحسب ما", 2)], word_stems("ar"))
    tokens = tokenise(folded("وبحسب ما قال"))
    match = table.at(tokens, 0)
    assert match is not None
    assert (match.value, match.end, match.cut) == (2, 2, 1)
    assert table.at(tokens, 2) is None


def test_a_row_with_too_many_fields_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bad.tsv").write_text("# a comment\nwords\na\tb\n", encoding="utf-8")
    monkeypatch.setattr(tables, "lexicon_dir", lambda _language: tmp_path)
    with pytest.raises(LexiconError, match=r"bad.tsv:3: has 2 fields, but the header has 1"):
        rows("xx", "bad")
    with pytest.raises(LexiconError, match="cannot be read"):
        rows("xx", "missing")


def test_every_word_class_is_told_and_used() -> None:
    rules = lexicon_dir("ar").parent.parent
    code = "\n".join(path.read_text(encoding="utf-8") for path in rules.rglob("*.py"))
    used = set(re.findall(r'word_class\("(\w+)", "([\w-]+)"\)', code))
    told = [(language, row) for language in ("ar", "en") for row in rows(language, "word_classes")]
    assert {(language, row["name"]) for language, row in told} == used
    assert all(row["about"].endswith((".", ":")) for _, row in told)


def test_a_word_class_that_is_missing_says_so() -> None:
    with pytest.raises(LexiconError, match=r"word_classes\.tsv: has no row 'nothing'; restore it"):
        word_class("ar", "nothing")


def test_a_missing_row_of_a_table_of_word_sets_says_so() -> None:
    with pytest.raises(LexiconError, match=r"amount_words\.tsv: has no row 'nothing'; restore it"):
        word_sets("en", "amount_words")["nothing"]
