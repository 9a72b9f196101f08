"""Arabic everywhere beside English, in the words of docs/arabic.md."""

from __future__ import annotations

import re
import unicodedata

import pytest
from arabic_strings import Words, every_string
from examples import ROOT

STRINGS = every_string()
# What an article writes is kept as another name.
KEPT = re.compile(r"skos/core#altLabel$")
ARABIC = re.compile(r"[\u0621-\u064a]")


def forms() -> list[tuple[str, str]]:
    """Return the forms of the last table of docs/arabic.md, and what is said for each."""
    text = (ROOT / "docs" / "arabic.md").read_text(encoding="utf-8")
    _, _, table = text.partition("## Forms to avoid")
    return re.findall(r"^\| ([\u0600-\u06ff ]+) \| (.+) \|$", table, flags=re.MULTILINE)


def unmarked(text: str) -> str:
    """Return a text without vowel marks."""
    return "".join(one for one in text if unicodedata.category(one) != "Mn")


def found(form: str) -> re.Pattern[str]:
    """Return what finds a form as a word, whatever is joined before it."""
    return re.compile(rf"(?<![\u0621-\u064a])[وفبلك]*(?:ال)?{unmarked(form)}(?![\u0621-\u064a])")


def test_the_table_of_forms_is_read() -> None:
    assert len(forms()) > 40
    assert ("مختل", "مشوَّه") in forms()


@pytest.mark.parametrize("form", [one for one, _ in forms()])
def test_a_form_that_says_something_else_does_not_occur(form: str) -> None:
    pattern = found(form)
    places = [
        f"{one.place}: {one.ar}"
        for one in STRINGS
        if not KEPT.search(one.place) and pattern.search(unmarked(one.ar))
    ]
    assert not places


def test_a_graph_is_never_a_mere_drawing() -> None:
    bare = re.compile(
        r"(?<![\u0621-\u064a])[وفبلك]*(?:ال)?رس(?:م|وم)(?![\u0621-\u064a])(?! (?:ال)?بياني)"
    )
    places = [
        f"{one.place}: {one.ar}"
        for one in STRINGS
        if bare.search(unmarked(one.ar)) and "searchText" not in one.place
    ]
    assert not places


def test_a_shape_is_one_of_shacl() -> None:
    bare = re.compile(
        r"(?<![\u0621-\u064a])[وفبلك]*(?:ال)?(?:شكل|أشكال)(?![\u0621-\u064a]| (?:من )?SHACL)"
    )
    political = "event-type/political-change"
    assert [
        one.place for one in STRINGS if bare.search(one.ar) and political not in one.place
    ] == []


def needs_arabic(one: Words) -> bool:
    """Names by which an article calls something may exist in one language only."""
    return not one.place.endswith("altLabel") and one.kind not in {"readings", "articles"}


def test_nothing_is_in_english_alone() -> None:
    kinds = {one.kind for one in STRINGS}
    assert kinds >= {"qawl", "vocab", "shapes", "queries", "authority", "wording", "alignments"}
    assert [one.place for one in STRINGS if needs_arabic(one) and not one.ar] == []


def test_what_is_called_arabic_is() -> None:
    """Where the English has words beside its places to fill, the Arabic has Arabic words."""
    wrong = [
        one.place
        for one in STRINGS
        if one.ar and one.en != one.ar and not ARABIC.search(one.ar)
        and re.search("[a-z]", re.sub(r"\{[^}]*\}", "", one.en))
    ]  # fmt: skip
    assert wrong == []


def test_no_latin_name_stands_apart_from_its_conjunction() -> None:
    assert [one.place for one in STRINGS if re.search(r"(?<![\w])و [A-Za-z]", one.ar)] == []


def test_the_arabic_of_code_is_in_the_catalogue_or_read_here_too() -> None:
    pattern = re.compile("|".join(found(form).pattern for form, _ in forms()))
    wrong = []
    for path in sorted((ROOT / "src" / "kg").rglob("*")):
        if (
            path.suffix not in {".py", ".html"}
            or "readers" in path.parts
            or path.parent.name == "text"
        ):
            continue
        text = unmarked(path.read_text(encoding="utf-8"))
        wrong += [f"{path}: {match[0]}" for match in pattern.finditer(text)]
    assert wrong == []
