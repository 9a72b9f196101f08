"""Slips of the hand: each ends in one message whose remedy works when it is typed."""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING, NamedTuple

import pytest

from kg.cli import main

if TYPE_CHECKING:
    from pathlib import Path

    from examples import Workspace


class Slip(NamedTuple):
    """What was typed, the remedy in the message, and what is typed then.

    Where ``then`` is empty, what the message suggests is pasted: see :func:`pasted`.
    """

    typed: str
    remedy: str
    then: str = ""


# How messages suggest something: a command, a likely word, one of the words that there are.
SUGGESTED = (
    re.compile(r"with: kg (?P<command>.+)$"),
    re.compile(r"[Dd]id you mean (?:one of: )?'?(?P<word>[^',?]+?)'?(?: or [^?]+|, [^?]+)?\?"),
    re.compile(r"use (?:one of )?(?P<word>[\w-]+)(?:, |$)"),
    re.compile(r"is not one of '(?P<word>[^']+)'"),
    re.compile(r"(?:such as|Write it like) (?P<word>[^\s,]+)"),
)
WRONG = re.compile(r"'([^']+)'")


def pasted(typed: str, told: str) -> str:
    """Return what somebody types who takes a message at its word: the wrong word is replaced."""
    line = told.strip().splitlines()[-1]
    found = next(filter(None, (one.search(line) for one in SUGGESTED)))
    if command := found.groupdict().get("command"):
        return command
    words = shlex.split(typed)
    wrong = {one.lstrip("-") for one in WRONG.findall(line)}
    at = max(number for number, word in enumerate(words) if word.lstrip("-") in wrong)
    dashes = "--" if words[at].startswith("--") else ""
    words[at] = dashes + found["word"].removeprefix("--")
    return shlex.join(words)


CLAIM = "us-dead-2003-2011"
SLIPS = (
    # Commands
    Slip("qery sums", "query"),
    Slip("claim", "claims"),
    Slip("netwroks", "networks"),
    Slip("frobnicate", "kg --help"),
    Slip("compair", "compare", "compare --help"),
    # Options
    Slip("claims --knd CostClaim", "--kind"),
    Slip("claims --foo x", "--from", "claims --from 2010-01-01"),
    Slip("query sums --formt csv", "--format"),
    Slip("query sums -f cvs", "csv"),
    Slip("networks attribution --mde strict", "--mode"),
    Slip("show us-dead-2003-2011 --jsn", "--json"),
    # Questions and their parameters
    Slip("query who-sayd", "who-said"),
    Slip("query xyzzy", "kg queries"),
    Slip("queries who-sad", "who-said"),
    Slip(f"query who-said --clam {CLAIM}", "claim"),
    Slip("query who-said --foo", "claim, mode", f"query who-said --claim {CLAIM}"),
    Slip("query who-said --claim", "a value is missing", f"query who-said --claim {CLAIM}"),
    Slip(f"query who-said {CLAIM}", "--name value", f"query who-said --claim {CLAIM}"),
    Slip("query who-said --mode foo", "generous, strict"),
    Slip("query said-by --actor BBCC", "bbc"),
    Slip("query between-dates --date-from 2010-02-30", "2010-08-31"),
    # Values
    Slip("claims --kind Casualty", "CasualtyClaim"),
    Slip("claims --kind casualty-claim", "CasualtyClaim"),
    Slip("claims --stance sure", "certain"),
    Slip("claims --stance probabel", "probable"),
    Slip("claims --polarity yes", "positive, negative"),
    Slip("claims --marking infered", "inferred"),
    Slip("claims --speaker Pentagonn", "pentagon"),
    Slip("claims --from yesterday", "2010-08-31"),
    Slip("claims --readers peson", "person"),
    Slip("show us-dead-2003-2012", "us-dead-2003-2011"),
    Slip("show iraq-war-2003-2011/us-dead-2003-201", f"iraq-war-2003-2011/{CLAIM}"),
    Slip("networks atribution", "attribution"),
    Slip("networks attribution --kind Nonsense", "StateClaim",
         "networks attribution --kind StateClaim"),
    Slip(f"export nanopubs --claim {CLAIM}", "nanopub"),
    Slip("networks timelin", "there are actors-events", "networks actors-events"),
    Slip("draw timelin -o t.svg", "timeline", "draw"),
    Slip("query figures --measure deths", "deaths", "query figures --measure deaths"),
    Slip("query figures --measure 7", "there are aid-cost", "query figures --measure aid-cost"),
    Slip("claims --source bbc", "bbc-report-2011", "claims --source bbc-report-2011"),
    Slip("claims --source 7", "there are bbc-report-2011", "claims --source bbc-report-2011"),
    Slip("claims --from 2011-01-01 --to 2010-01-01", "swap the two",
         "claims --from 2010-01-01 --to 2011-01-01"),
    Slip("query causes --because-of samara", "samarra", "query causes"),
    Slip("queries --tag figure", "figures", "queries --tag figures"),
    Slip("entities link minstry The_Ministry", "did you mean ministry",
         "entities link ministry The_Ministry"),
    Slip("entities link ministry flod/curated/x", "did you mean flood", "entities list"),
    Slip("questions link flood/curated/drownd --ask '{how-many: deaths}'", "did you mean drowned",
         "questions link flood/curated/drowned --ask '{how-many: deaths, event: flood}'"),
    Slip("questions split flood/curated/drownd flood/curated/drowned", "did you mean drowned",
         "questions split flood/curated/drowned flood/curated/drowned-by-agency"),
    Slip("questions link flood/curated/drowned --ask deaths", "{how-many: deaths, event:",
         "questions link flood/curated/drowned --ask '{how-many: deaths, event: flood}'"),
    # The order of arguments
    Slip(f"show --claim {CLAIM}", "kg show CLAIM", f"show {CLAIM}"),
    Slip(f"query --claim {CLAIM} who-said", "comes first", f"query who-said --claim {CLAIM}"),
    Slip("query SELECT ?s WHERE { ?s ?p ?o }", "in quotes", "query 'SELECT ?s WHERE { ?s ?p ?o }'"),
    # A server's settings
    Slip("serve --port 99999", "65535", "serve --help"),
    Slip("serve --dumps nowhere", "kg release nowhere", "release nowhere"),
    Slip("serve --public-url example.org", "https://example.org/qawl", "serve --help"),
    Slip("serve --cors-origin example.org", "https://example.org", "serve --help"),
    Slip("serve --trusted-proxy my-proxy", "10.0.0.2", "serve --help"),
    Slip("serve --allow-service example.org", "https://example.org/sparql", "serve --help"),
    # Files and folders
    Slip("query missing.rq", "No such file", "query sums"),
    Slip("query sums --data missing.ttl", "No such file", "query objects.rq --data data.ttl"),
    Slip("query sums --data notes.docx", ".ttl", "query objects.rq --data data.ttl"),
    Slip("query sums --store nowhere", "kg build"),
    Slip("query sums -o no/such/x.csv", "choose another file", "query sums -f csv -o x.csv"),
    Slip("query sums -f csv -o locked.csv", "name another file", "query sums -f csv -o y.csv"),
    Slip("read flod --with rules", "flood", "read flood --with rules -o -"),
    Slip("new missing.txt", "pass the file with the article's text", "new news.txt"),
    Slip("new news.txt --slug 'My News'", "iraq-war-2003"),
    Slip("new news.txt --published yesterday", "2010-06"),
    Slip("compare flood/curatd flood/curated", "did you mean curated",
         "compare flood/curated flood/curated"),
    Slip("compare flood flood", "flood/curated", "compare flood/curated flood/curated"),
    Slip("compare flod/curated flood/curated", "did you mean flood",
         "compare flood/curated flood/curated"),
    Slip("annotations flood/curatd -f brat -o x.ann", "curated",
         "annotations flood/curated -f brat -o x.ann"),
    Slip("validate --article flod", "flood", "validate --article flood"),
    Slip("validate --article flood/curatd", "curated", "validate --article flood/curated"),
    Slip("coverage flod", "flood"),
    Slip("read flood --with rule", "rules", "read flood --with rules -o -"),
    Slip("read flood --with missing.ann", "or rules, or llm", "read flood --with rules -o -"),
    Slip("corpus build data.ttl -o c", ".jsonl", "corpus build texts -o c --no-load"),
    Slip("new https://example.org/news.html", "save the page", "new news.txt"),
    Slip("new news.txt --slug n --language English", "ar or en-GB",
         "new news.txt --slug n --language en-GB"),
    Slip("new news.txt --slug n --url example.org", "https://example.org/news/1",
         "new news.txt --slug n --url https://example.org/news/1"),
    Slip("diff data.ttl missing.ttl", "No such file", "diff data.ttl data.ttl"),
)  # fmt: skip


@pytest.fixture
def here(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lay out a graph of one article, and some files."""
    folder = workspace.root
    monkeypatch.chdir(folder)
    for name in ("QAWL_STORE", "QAWL_ENDPOINT", "QAWL_QUERIES"):
        monkeypatch.delenv(name, raising=False)
    (folder / "news.txt").write_text("The minister said that 12 people died.\n")
    (folder / "texts").mkdir()
    (folder / "texts" / "news.txt").write_text("The minister said that 12 people died.\n")
    (folder / "data.ttl").write_text("<urn:a> <urn:p> 1 .\n")
    (folder / "objects.rq").write_text("SELECT ?o { ?s ?p ?o }")
    (folder / "notes.docx").write_bytes(b"PK")
    (folder / "locked.csv").write_text("kept")
    (folder / "locked.csv").chmod(0o444)
    return folder


def run(line: str, capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    capsys.readouterr()
    with pytest.raises(SystemExit) as stop:
        main(shlex.split(line))
    told = capsys.readouterr()
    return int(stop.value.code or 0), told.err


@pytest.mark.parametrize("slip", SLIPS, ids=[slip.typed for slip in SLIPS])
@pytest.mark.usefixtures("here")
def test_the_remedy_of_a_slip_works(slip: Slip, capsys: pytest.CaptureFixture[str]) -> None:
    status, told = run(slip.typed, capsys)
    assert status == 2, told
    assert slip.remedy in told
    assert "Traceback" not in told
    assert "internal error in Qawl" not in told
    then = slip.then or pasted(slip.typed, told)
    status, told = run(then, capsys)
    assert status == 0, f"{then}: {told}"


@pytest.mark.usefixtures("here")
def test_a_name_that_the_ontology_lacks_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    status, told = run("query 'SELECT ?s { ?s a qawl:CasualtyClam }'", capsys)
    assert status == 0
    assert "qawl:CasualtyClam is not in the ontology; did you mean qawl:CasualtyClaim" in told
    status, told = run("query 'SELECT ?s { ?s a qawl:CasualtyClaim }'", capsys)
    assert (status, told) == (0, "")


def test_a_source_that_cannot_be_read_leaves_no_corpus(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("corpus build data.ttl -o c", capsys)[0] == 2
    assert not (here / "c").exists()


def test_what_is_read_only_is_kept(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("query sums -f csv -o locked.csv", capsys)[0] == 2
    assert (here / "locked.csv").read_text() == "kept"


def test_dumps_are_never_written_into_the_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    status, told = run("dump", capsys)
    assert status == 2
    assert "kg dump --out dumps" in told
    assert run("dump --out dumps", capsys)[0] == 0
    assert (tmp_path / "dumps" / "qawl.ttl").is_file()


def test_a_build_says_what_it_builds(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["build", "--no-validate"])
    assert capsys.readouterr().out.splitlines()[0] == "graph: graph"
    assert (here / ".qawl").is_dir()
