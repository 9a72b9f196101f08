"""The command line, from the outside: answers, errors, exit codes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from examples import Workspace

    Kg = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def built(workspace: Workspace, kg: Kg) -> Workspace:
    """Build the small graph where the commands of a test run."""
    done = kg("build", "--no-validate")
    assert done.returncode == 0, done.stderr
    return workspace


@pytest.mark.usefixtures("built")
def test_a_question_is_answered_in_each_format(kg: Kg) -> None:
    assert "The Ministry" in kg("query", "who-said", "--claim", "drowned").stdout
    found = json.loads(kg("query", "who-said", "--claim=drowned", "-f", "json").stdout)
    assert [row["depth"]["value"] for row in found["results"]["bindings"]] == ["1", "2", "3"]
    assert kg("query", "claims", "-f", "csv").stdout.startswith(
        "id,gloss,said_by,marking,relayed_by,possibly,start,claim\r\n"
    )
    assert (
        "@prefix qawl:" in kg("query", "chain-as-graph", "--claim", "drowned", "-f", "ttl").stdout
    )


@pytest.mark.usefixtures("built")
def test_sparql_comes_from_a_file_or_standard_input(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "ask.rq").write_text("ASK { ?s a qawl:Claim }")
    assert kg("query", "ask.rq").stdout == "yes\n"
    assert kg("query", "-", stdin="ASK { ?s a qawl:Nothing }").stdout == "no\n"


@pytest.mark.usefixtures("built")
def test_claims_are_found_by_filters(kg: Kg) -> None:
    assert "drowned-by-agency" not in kg("claims", "--speaker", "ministry").stdout
    assert "(2 rows)" in kg("claims", "--kind", "CasualtyClaim").stdout
    assert "(1 row)" in kg("claims", "--from", "2001-05-03", "--to", "2001-12-31").stdout
    assert "(0 rows)" in kg("claims", "--to", "2001-05-02", "--from", "2000-01-01").stdout
    assert "(1 row)" in kg("claims", "--text", "الغرقى").stdout


@pytest.mark.usefixtures("built")
def test_a_claim_is_shown_with_arabic_isolated(kg: Kg) -> None:
    shown = kg("show", "drowned").stdout
    assert "\u2068غرق 12 شخصا في الوادي منذ 3 مايو 2001\u2069" in shown
    assert "1. The Ministry (announce)" in shown
    assert "[drowned-by-agency], says The Agency (difference 3" in shown
    assert json.loads(kg("show", "drowned", "--json").stdout)["chain"][0]["depth"] == 1


def test_without_a_store_the_shipped_graph_answers(kg: Kg) -> None:
    assert "US Department of Defense" in kg("query", "who-said").stdout


def test_validation_tells_by_its_exit_code(built: Workspace, kg: Kg) -> None:
    assert kg("validate").returncode == 0
    (built.root / "bad.ttl").write_text(
        "<https://w3id.org/qawl/id/claim/a/b/c> a <https://w3id.org/qawl/ontology#Claim> ."
    )
    bad = kg("validate", "bad.ttl", "--report", "report.ttl")
    assert bad.returncode == 1
    assert "qawl:voice" in bad.stdout
    assert "sh:ValidationReport" in (built.root / "report.ttl").read_text(encoding="utf-8")
    assert kg("validate", "missing.ttl").returncode == 2


def test_dumps_are_checked(built: Workspace, kg: Kg) -> None:
    assert kg("dump").returncode == 0
    assert kg("dump", "--check").returncode == 0
    built.edit("15 people drowned", "15 people drowned there")
    stale = kg("dump", "--check")
    assert stale.returncode == 1
    assert "out of date" in stale.stdout


def test_coverage_fails_on_what_is_not_explained(built: Workspace, kg: Kg) -> None:
    assert kg("coverage").returncode == 0
    built.edit("cue: وتقول الوكالة نفسها إن", "cue: وتقول الوكالة")
    bad = kg("coverage")
    assert bad.returncode == 1
    assert "NOT EXPLAINED" in bad.stdout


READING_FAULTS = {
    "utf-16": ("\ufeffarticle: flood".encode("utf-16"), "is UTF-16"),
    "bom": (b"\xef\xbb\xbfarticle: flood", "byte order mark"),
    "bytes": (b"article: flood\nreader: \xff", "curated.yaml:2: byte 0xff"),
    "nul": (b"article: fl\0od", "NUL"),
    "empty": (b"", "is empty"),
    "bomb": (b"a: &a [1]\nb: [*a, *a]", "anchors and aliases"),
    "tag": (b"!!python/object/apply:os.system [id]", "tags"),
    "deep": (b"[" * 5000 + b"]" * 5000, "nested more than"),
    "list": (b"- 1", "the file"),
    "not-yaml": (b"a: [", "is not YAML"),
}


@pytest.mark.parametrize("name", READING_FAULTS)
def test_a_file_that_is_no_reading_changes_nothing(built: Workspace, kg: Kg, name: str) -> None:
    content, message = READING_FAULTS[name]
    built.reading.write_bytes(content)
    refused(built, kg, message)


EDITS = {
    "voices in a circle": (
        "ministry: {in: agency",
        "ministry: {in: ministry",
        "form a cycle: ministry in ministry",
    ),
    "a missing voice": ("voice: ministry", "voice: minister", "'minister'"),
    "an unknown unit": ("person, surface: 12", "persons, surface: 12", "did you mean person"),
    "an impossible date": ("2001-05-03/..", "2001-02-30/..", "'2001-02-30/..' is not an EDTF date"),
    "an id taken": ("id: drowned-by-agency", "id: drowned", "is already used"),
    "a key twice": ("made: 2026", "made: 2026-11-22\nmade: 2026", "'made' is a duplicate"),
    "an unknown key": ("gloss: 15", "glos: 15", "glos"),
    "a quote that is not there": ("quote: غرق 12", "quote: غرق 13", "is not in flood"),
    "no unit": ("unit: person, surface: 12", "surface: 12", "needs a unit"),
    "another article": ("article: flood", "article: other", "is a reading of 'other'"),
    "an unknown entity": ("speaker: ministry", "speaker: minstry", "did you mean ministry"),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
def test_a_faulty_reading_changes_nothing(built: Workspace, kg: Kg, name: str) -> None:
    old, new, message = EDITS[name]
    built.edit(old, new)
    refused(built, kg, message)


def refused(built: Workspace, kg: Kg, message: str) -> None:
    before = sorted(path.name for path in (built.root / ".qawl").iterdir())
    done = kg("build", "--no-validate")
    assert done.returncode == 2
    assert message in done.stderr
    assert "curated.yaml" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in (built.root / ".qawl").iterdir()) == before
    assert "(2 rows)" in kg("claims").stdout


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda folder: (folder / "text.txt").unlink(), "cannot be read"),
        (lambda folder: (folder / "text.txt").write_text("غير"), "the text has changed"),
        (lambda folder: (folder / "text.txt").write_bytes(b"\xff\xfe\x00"), "UTF-16"),
        (lambda folder: (folder / "article.yaml").unlink(), "article.yaml"),
        (lambda folder: (folder / "article.yaml").write_text("text: ../x"), "article.yaml:1"),
    ],
)
def test_a_faulty_article_changes_nothing(
    built: Workspace, kg: Kg, change: Callable[[Path], object], message: str
) -> None:
    change(built.article)
    done = kg("build", "--no-validate")
    assert done.returncode == 2
    assert message in done.stderr
    assert "(2 rows)" in kg("claims").stdout


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["query", "who-sayd"], "did you mean who-said"),
        (["query", "who-said", "--claim", "nobody"], "there is no claim 'nobody'"),
        (["query", "who-said", "--colour", "red"], "has no parameter 'colour'"),
        (["query", "who-said", "--claim"], "a value is missing"),
        (["query", "who-said", "-f", "ttl"], "cannot be written as 'ttl'"),
        (["query", "missing.rq"], "cannot be read"),
        (["query", "who-said", "--store", "nowhere"], "create one with: kg build"),
        (["query", "who-said", "--data", "data.xyz"], "the extension is not one of"),
        (["query", "who-said", "-o", "no/such/folder/x"], "cannot be written"),
        (["build", "--graph", "nowhere"], "has no articles/SLUG/"),
        (["show", "nobody"], "there is no claim"),
        (["frobnicate"], "no such command"),
    ],
)
@pytest.mark.usefixtures("built")
def test_wrong_commands_end_in_one_message(kg: Kg, arguments: list[str], message: str) -> None:
    done = kg(*arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("built")
def test_broken_utf8_on_standard_input_is_refused(kg: Kg) -> None:
    done = kg("query", "-", stdin=b"ASK { ?s ?p '\xff' }")
    assert done.returncode == 2
    assert "byte 13 is not UTF-8; convert it" in done.stderr


def test_every_command_explains_itself(kg: Kg) -> None:
    overview = kg("--help").stdout
    for name in ("build", "validate", "query", "queries", "claims", "show", "coverage", "dump"):
        assert f"  {name} " in overview
        assert "Usage: kg" in kg(name, "--help").stdout
