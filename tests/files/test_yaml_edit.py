"""Changing a YAML file: what changes is what was meant, and nothing else moves."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import OutputError
from kg.files import shipped
from kg.files.yaml_edit import Splice, rewritten, spliced
from kg.files.yaml_input import load_yaml

if TYPE_CHECKING:
    from collections.abc import Callable

SEED = shipped.graph_dir() / "articles/iraq-war-2003-2011/readings/curated.yaml"
PATH = Path("reading.yaml")
TEXT = """\
# who reads
reader: {name: A, kind: person}   # a remark
empty:
voices:
  # the outermost
  article: {speaker: the-article}

  v: {in: article, speaker: x}  # inner
claims:
  # ---- paragraph 1
  - id: one
    quote: "أ ب"     # verbatim
    answer: {value: 15,
      unit: person}
  # ---- paragraph 2
  - id: two
    quote: ج
    why: |
      long
      words
relations:
  - {id: r, contrasts: [one, two]}
# the end
"""


def changed(change: Callable[[dict[str, Any]], object], text: str = TEXT) -> str:
    data: Any = copy.deepcopy(load_yaml(PATH, text).data)
    change(data)
    result = rewritten(text, data, PATH).text
    assert load_yaml(PATH, result).data == data
    return result


def test_the_same_data_changes_no_letter() -> None:
    assert changed(lambda _: None) == TEXT


def test_one_value_changes_in_its_place() -> None:
    result = changed(lambda data: data["claims"][0]["answer"].update(value=16))
    assert result == TEXT.replace("value: 15", "value: 16")
    result = changed(lambda data: data["voices"]["v"].update(speaker=["y", "z"]))
    assert result == TEXT.replace("speaker: x}", "speaker: [y, z]}")
    result = changed(lambda data: data.update(empty={"a": 1}))
    assert result == TEXT.replace("empty:\n", "empty: {a: 1}\n")


def test_keys_come_where_the_data_has_them_and_go_with_their_line() -> None:
    def add(data: dict[str, Any]) -> None:
        old = data["claims"][0]
        data["claims"][0] = {"id": "one", "voice": "v", **old}

    assert changed(add) == TEXT.replace("- id: one\n", "- id: one\n    voice: v\n")
    result = changed(lambda data: data["claims"][1].pop("why"))
    assert result == TEXT.replace("    why: |\n      long\n      words\n", "")


def test_items_come_and_go_and_the_comments_stay() -> None:
    result = changed(lambda data: data["claims"].pop(0))
    assert "# ---- paragraph 1\n  # ---- paragraph 2\n  - id: two" in result
    new = {"id": "three", "quote": "د"}
    result = changed(lambda data: data["claims"].insert(1, new))
    assert "unit: person}\n  - id: three\n    quote: د\n  # ---- paragraph 2" in result
    result = changed(lambda data: data["claims"].append(new))
    assert "      words\n  - id: three\n    quote: د\nrelations:" in result
    result = changed(lambda data: data.update(claims=[]))
    assert "claims: []\nrelations:" in result


def test_a_new_part_of_the_file_has_a_line_for_each_entry() -> None:
    result = changed(lambda data: data.update(decisions={"draft": "rules", "open": ["one"]}))
    assert result == TEXT.replace(
        "# the end", "decisions:\n  draft: rules\n  open: [one]\n# the end"
    )


def test_a_file_without_a_last_line_end_is_ended_first() -> None:
    assert changed(lambda data: data.update(b=2), "a: 1") == "a: 1\nb: 2\n"


def test_a_file_in_braces_is_left_alone() -> None:
    with pytest.raises(OutputError, match="a single mapping in braces"):
        rewritten('{"a": 1}', {"a": 2}, PATH)


def test_splices_apply_only_where_their_letters_stand() -> None:
    assert spliced("abcd", [Splice(3, "d", ""), Splice(1, "b", "xy")]) == "axyc"
    with pytest.raises(ValueError, match="is not there"):
        spliced("abcd", [Splice(1, "c", "")])


SEED_TEXT = SEED.read_text(encoding="utf-8")
COMMENTS = [line for line in SEED_TEXT.splitlines() if line.lstrip().startswith("#")]


@settings(deadline=None, max_examples=25)
@given(st.data())
def test_any_change_of_the_shipped_reading_keeps_its_comments(draw: st.DataObject) -> None:
    data: Any = copy.deepcopy(load_yaml(SEED, SEED_TEXT).data)
    claims = data["claims"]
    for _ in range(draw.draw(st.integers(1, 6))):
        claim = draw.draw(st.sampled_from(claims))
        match draw.draw(st.integers(0, 4)):
            case 0:
                claims.remove(claim)
            case 1:
                claim["gloss"] = draw.draw(
                    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))
                )
            case 2:
                claim["about"] = draw.draw(st.lists(st.sampled_from(["iraq", "bbc", "a"])))
            case 3:
                claims.insert(
                    draw.draw(st.integers(0, len(claims))),
                    {**claim, "id": f"n-{draw.draw(st.uuids())}"},
                )
            case _:
                claim["voice"] = draw.draw(st.sampled_from(list(data["voices"])))
    result = rewritten(SEED_TEXT, data, SEED).text
    assert load_yaml(SEED, result).data == data
    kept = [line for line in result.splitlines() if line.lstrip().startswith("#")]
    assert kept == COMMENTS
