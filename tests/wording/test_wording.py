"""The catalogue of sentences: complete in both languages, and all of it used."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, Any

import pytest
from babel import Locale
from examples import ROOT

from kg.wording import LANGUAGES, by_language, listed, wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PACKAGE = ROOT / "src" / "kg"
ARABIC = re.compile("[\u0600-\u06ff]")
# The folders that may use a section; common sentences may be used anywhere.
ROOMS = {
    "ontology-docs": ["ontology_docs"],
    "shapes": ["ontology_docs"],
    "comparison": ["compare"],
    "diff": ["diff"],
    "amounts": ["graph", "display"],
    "scales": ["graph", "display", "pictures"],
    "pictures": ["pictures"],
    "networks": ["cli"],
    "severities": ["shacl", "ontology_docs"],
    "validation": ["shacl"],
    "web": ["web", "desk"],
    "display": ["display"],
    "cli": ["cli", "corpus"],
    "export": ["publish"],
    "graph": ["graph"],
    "common": [""],
}
# Keys that the data gives: local names of SHACL, OWL and ours, statuses, booleans.
FROM_DATA = {
    "shapes.constraints": {
        "class", "datatype", "minExclusive", "minInclusive", "maxExclusive", "maxInclusive",
        "minLength", "maxLength", "equals", "disjoint", "lessThan", "lessThanOrEquals", "hasValue",
    },
    "shapes.node-kinds": {
        "IRI", "Literal", "BlankNode", "BlankNodeOrIRI", "BlankNodeOrLiteral", "IRIOrLiteral",
    },
    "shapes.targets": {"targetSubjectsOf", "targetObjectsOf", "targetNode"},
    "ontology-docs": {
        "functional", "inversefunctional", "transitive", "symmetric", "asymmetric", "reflexive",
        "irreflexive", "draft", "published",
    },
    "web.desk.page": {
        "status-open", "status-accepted", "status-changed", "status-own", "graph-fresh",
        "graph-building", "graph-invalid", "doubt-confidence", "doubt-inferred", "doubt-disputed",
        "doubt-contradicted",
    },
    "pictures.events": {"after"},
    "amounts": {
        "at-least", "more-than", "at-most", "less-than", "most-of", "many", "large-amount",
        "not-equal", "order-of", "per-hour", "per-day", "per-week", "per-month", "per-year",
        "per-person",
    },
    "web.values": {
        "generous", "strict", "another voice", "another reading", "a doubtful date",
        "a garbled figure", "left open by its voice", "a judgement",
    },
    "web.article": {
        "by-voice", "by-kind", "by-stance", "by-measure", "only-contradicted", "only-inferred",
        "only-proposed", "whole", "part",
    },
    "web.boards": {
        f"{board}-{part}"
        for board in ("how-many", "contradictions", "timeline", "voices", "speakers")
        for part in ("title", "about")
    },
    "display.amounts": {
        "at-least", "more-than", "at-most", "less-than", "most-of", "many", "large-amount",
        "not-equal", "order-of", "usd", "gbp", "eur", "iqd",
    },
    "pictures.answers": {"false"},
    "web.desk": {"field-of"},
    "web.mistakes": {"variable", "iri", "text", "number", "function", "operator", "prefix"},
}  # fmt: skip
# The same in both languages: names and abbreviations.
NAMES = {"F1", "{values}", "{amount} {unit}", "{bound} {amount}", "{amount} {rate}", "–"}


def entries(language: str) -> dict[str, str | Mapping[str, str]]:
    """Return what a catalogue has by section and key; a plural is a mapping of its forms."""
    categories = Locale.parse(language).plural_form.tags | {"other"}

    def walk(table: Mapping[str, Any], path: str) -> Iterator[tuple[str, Any]]:
        for key, value in table.items():
            if isinstance(value, dict) and not set(value) <= categories:
                yield from walk(value, f"{path}{key}.")
            else:
                yield f"{path}{key}", value

    text = (PACKAGE / "wording" / f"{language}.toml").read_text(encoding="utf-8")
    return dict(walk(tomllib.loads(text), ""))


ENGLISH, OTHER = entries("en"), entries("ar")


def forms(entry: str | Mapping[str, str]) -> list[str]:
    return [entry] if isinstance(entry, str) else list(entry.values())


def fields(text: str) -> set[tuple[str, str | None]]:
    return {(name, spec) for _, name, spec, _ in Formatter().parse(text) if name is not None}


def test_every_key_has_both_languages_in_the_same_order() -> None:
    assert list(ENGLISH) == list(OTHER)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_in_its_language(language: str) -> None:
    for key, entry in entries(language).items():
        for text in forms(entry):
            assert text, key
            assert text.strip() == text or key.startswith(
                ("common.", "shapes.", "export.schema.")
            ), key
            in_arabic = bool(ARABIC.search(text)) or text in NAMES
            if key != "common.and" and not key.endswith((".to", ".doubt")):
                assert in_arabic == (language == "ar") or text in NAMES, key


def test_every_place_to_fill_is_in_both_languages() -> None:
    for key, english in ENGLISH.items():
        other = OTHER[key]
        assert isinstance(english, str) == isinstance(other, str), key
        wanted = fields(english if isinstance(english, str) else english["other"])
        assert fields(other if isinstance(other, str) else other["other"]) == wanted, key
        for text in (*forms(english), *forms(other)):
            assert fields(text) <= wanted, f"{key}: {text}"


@pytest.mark.parametrize(
    ("language", "categories"),
    [
        # Unicode CLDR, Language Plural Rules.
        ("en", {"one", "other"}),
        ("ar", {"zero", "one", "two", "few", "many", "other"}),
    ],
)
def test_every_plural_has_the_forms_of_its_language(language: str, categories: set[str]) -> None:
    plurals = {key: one for key, one in entries(language).items() if isinstance(one, dict)}
    assert plurals
    for key, found in plurals.items():
        assert set(found) == categories, key


@cache
def sources(room: str) -> str:
    """Return all that a room's code and templates say."""
    folders = [PACKAGE / room, *([ROOT / "ui" / "src"] if room == "web" else [])]
    files = [
        path
        for folder in folders
        for path in folder.rglob("*")
        if path.suffix in {".py", ".html", ".svg", ".js", ".ts"} and "readers" not in path.parts
    ]
    texts = "\n".join(path.read_text(encoding="utf-8") for path in files)
    # TypeScript writes words.accept and `graph-${state}`.
    written = texts.replace("`", '"').replace("${", "{")
    return re.sub(r"\bwords\.(\w+)", r'"\1"', written)


def test_every_sentence_is_used() -> None:
    unused = []
    for path in ENGLISH:
        section, _, key = path.rpartition(".")
        text = "".join(map(sources, ROOMS[section.partition(".")[0]]))
        # A key may be put together, as "one-" and the kind of a term are.
        prefix, _, rest = key.partition("-")
        quoted = re.search(rf"[\"'=]{re.escape(key)}[\"']|\bwords\.{re.escape(key)}\b", text)
        parts = re.search(rf"[\"']{prefix}-[\"{{]", text) and re.search(
            rf"[\"']{re.escape(rest)}[\"']", text
        )
        listed_all = section.startswith("export.") and prefix == "limit"
        listed_all |= section == "validation.components"
        if not (quoted or parts or listed_all or key in FROM_DATA.get(section, ())):
            unused.append(path)
    assert not unused


@pytest.mark.parametrize(
    ("number", "english", "arabic"),
    [
        (0, "0 triples", "لا ثلاثيات"),
        (1, "1 triple", "ثلاثية واحدة"),
        (2, "2 triples", "ثلاثيتان"),
        (7, "7 triples", "7 ثلاثيات"),
        (11, "11 triples", "11 ثلاثية"),
        (102, "102 triples", "102 ثلاثية"),
        (1103, "1,103 triples", "1,103 ثلاثيات"),
    ],
)
def test_counting(number: int, english: str, arabic: str) -> None:
    assert wording("validation", "en").counted("triples", number) == english
    assert wording("validation", "ar").counted("triples", number) == arabic


def test_a_key_without_a_sentence_stands_for_itself_where_data_gives_it() -> None:
    words = wording("severities", "ar")
    assert words.named("Warning") == "تنبيه"
    assert words.named("Debug") == "Debug"
    with pytest.raises(KeyError):
        words["Debug"]


def test_a_plural_is_no_sentence_by_itself() -> None:
    words = wording("validation", "en")
    with pytest.raises(KeyError):
        words["triples"]
    assert "triples" not in set(words)
    assert len(words) == len(set(words))


def test_lists_and_pairs_of_languages() -> None:
    assert listed(["a", "b"], "en") == "a, b"
    assert listed(["أ", "ب"], "ar") == "أ، ب"
    assert by_language("pictures.titles", "answers") == {
        "en": "How many, according to whom",
        "ar": "كم العدد، وبحسب من؟",
    }


def test_the_command_line_starts_without_the_catalogue() -> None:
    import subprocess
    import sys

    code = "import sys, kg.cli; assert not {'babel', 'tomllib', 'jinja2'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, env={"PYTHONPATH": str(ROOT / "src")})
