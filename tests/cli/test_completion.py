"""What the shell offers for half a word."""

from __future__ import annotations

import click
import pytest
from click.shell_completion import ShellComplete

from kg.cli import _kg as group
from kg.cli import completion, query_input


def offered(*words: str) -> list[str]:
    """Return what is offered for the last of some words after ``kg``."""
    shell = ShellComplete(group, {}, "kg", "_KG_COMPLETE")
    return [one.value for one in shell.get_completions(list(words[:-1]), words[-1])]


@pytest.fixture(autouse=True)
def _no_store(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QAWL_STORE", "QAWL_ENDPOINT", "QAWL_QUERIES"):
        monkeypatch.delenv(name, raising=False)
    completion._claims.cache_clear()
    completion._labelled.cache_clear()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["que"], ["query", "queries", "questions"]),
        (["query", "who-s"], ["who-said"]),
        (["query", "who-said", "--cl"], ["--claim"]),
        (["query", "who-said", "--mode", "s"], ["strict"]),
        (["query", "who-said", "--mode", ""], ["generous", "strict"]),
        (["query", "who-said", "--claim", "us-dead-2"], ["us-dead-2003-2011"]),
        (["query", "no-such-question", "--mode", ""], []),
        (["queries", "su"], ["sums"]),
        (["claims", "--stance", "prob"], ["probable", "probably-not"]),
        (["claims", "--kind", "Cas"], ["CasualtyClaim"]),
        (["networks", "attribution", "--kind", "Cost"], ["CostClaim"]),
        (["networks", "attr"], ["attribution"]),
        (["claims", "--place", "العِرا"], ["iraq"]),
        (["claims", "--speaker", "tony"], ["tony-blair"]),
        (["query", "about-actor", "--actor", "صدّام"], ["saddam-hussein"]),
        (["query", "about-actor", "--actor", "،"], []),
        (["show", "us-dead-2"], ["us-dead-2003-2011"]),
    ],
)
def test_what_fits_is_offered(words: list[str], expected: list[str]) -> None:
    assert offered(*words) == expected


def test_files_are_offered_where_no_question_begins_so() -> None:
    shell = ShellComplete(group, {}, "kg", "_KG_COMPLETE")
    assert [one.type for one in shell.get_completions(["query"], "./my")] == ["file"]
    assert [one.type for one in shell.get_completions(["networks"], "./my")] == ["file"]


def test_a_store_that_cannot_be_opened_offers_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QAWL_STORE", "nowhere")
    assert offered("show", "us-") == []
    monkeypatch.setenv("QAWL_QUERIES", "nowhere")
    assert offered("query", "who-s") == ["who-s"]  # the shell's own offer of files


def test_the_group_is_one_of_click() -> None:
    assert isinstance(group, click.Group)
    assert query_input.read_query("SELECT * { ?s ?p ?o }") == "SELECT * { ?s ?p ?o }"
    assert query_input.read_query("describe qevent:flood") == "describe qevent:flood"
    assert query_input.read_query("who-said") is None
    assert query_input.read_query("ask-me") is None
