"""Damaged files of every kind through their commands: a message, or all of what is in them.

How many are made of each kind is set by ``QAWL_MUTATIONS``.
"""

from __future__ import annotations

import csv
import io
import logging
import os
import random
import re
import warnings
from typing import TYPE_CHECKING

import pytest
import rdflib
import yaml
from news_page import PAGE
from small_pdf import pdf

from kg.cli import main
from kg.rdf.rdflib_terms import quiet_about_literals

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from examples import Workspace

COUNT = int(os.environ.get("QAWL_MUTATIONS", "12"))
PIECES = [
    b"\x00", b"\xff", b"\x0c", b"\r\n", b'"', b"<", b">", b"{", b"}", b"]", b":", b"&", b"#", b".",
    b"\\", b"\\u0000", b"-1", b"9" * 400, "\u202e".encode(), "٣".encode(), b"[" * 50, b"null",
]  # fmt: skip

TURTLE = """@prefix e: <http://ex.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
e:a e:p e:b , "x"@en , "y"@ar-EG , 12 , 1.5 , true ; e:q [ e:r ( e:s e:t ) ] .
<#me> e:wrote <> ; e:on "2010-08-31"^^xsd:date .
"""
JSON_LD = """{"@context": {"@vocab": "http://ex.org/", "knows": {"@type": "@id"}},
 "@graph": [{"@id": "#me", "name": "x", "age": 12, "knows": "http://ex.org/b"},
  {"@id": "http://ex.org/b", "@type": "Person", "name": {"@value": "y", "@language": "ar"}}]}
"""
NEWS = "The minister said that 12 people died. The army denied it."


def mutated(content: bytes, chance: random.Random) -> bytes:
    """Return a content with one to three slips in it."""
    for _ in range(chance.randint(1, 3)):
        start = chance.randrange(len(content) + 1)
        end = min(len(content), start + chance.choice([1, 1, 2, 5, 20, 100]))
        match chance.randrange(6):
            case 0:
                content = content[:start] + content[end:]
            case 1:
                content = content[:start]
            case 2:
                content = content[:end] + content[start:]
            case 3:
                content = content[:start] + chance.choice(PIECES) + content[start:]
            case 4:
                content = content[:start] + chance.choice(PIECES) + content[end:]
            case _:
                lines = content.splitlines(keepends=True)
                chance.shuffle(lines)
                content = b"".join(lines)
    return content


def annotated(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], form: str, ending: str
) -> bytes:
    """Return the reading of the workspace as a file of annotations."""
    path = workspace.root / f"made-{form}"
    arguments = ["annotations", str(workspace.reading), "-f", form, "-o", str(path)]
    status, _, told = run(arguments, capsys)
    assert status == 0, told
    return path.with_suffix(ending).read_bytes()


def run(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str, str]:
    capsys.readouterr()
    with pytest.raises(SystemExit) as stop, warnings.catch_warnings():
        warnings.simplefilter("always")  # of what is left out, the commands warn
        main(arguments)
    told = capsys.readouterr()
    return int(stop.value.code or 0), told.out, told.err


def checked(arguments: list[str], capsys: pytest.CaptureFixture[str], content: bytes) -> str | None:
    """Return what a command wrote where it ended well and had nothing to say, else nothing."""
    status, out, told = run(arguments, capsys)
    assert status in {0, 1, 2}, content
    assert "Traceback" not in told, content
    assert "internal error in Qawl" not in told, (told, content)
    assert status == 0 or told.strip(), content
    return out if status == 0 and not told.strip() else None


@pytest.fixture(autouse=True)
def _here(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(workspace.root)
    for name in ("QAWL_STORE", "QAWL_ENDPOINT", "QAWL_QUERIES"):
        monkeypatch.delenv(name, raising=False)
    (workspace.root / "objects.rq").write_text("SELECT ?s ?p ?o { ?s ?p ?o }")
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.mark.parametrize(
    ("ending", "syntax", "content"),
    [("ttl", "turtle", TURTLE), ("jsonld", "json-ld", JSON_LD)],
    ids=["ttl", "jsonld"],
)
def test_rdf(
    ending: str, syntax: str, content: str, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    """As many triples as rdflib finds, unless something is said."""
    chance = random.Random(f"{ending} 1")  # noqa: S311
    path = workspace.root / f"m.{ending}"
    for _ in range(COUNT):
        damaged = mutated(content.encode(), chance)
        path.write_bytes(damaged)
        out = checked(["query", "objects.rq", "--data", path.name, "-f", "csv"], capsys, damaged)
        if out is None:
            continue
        with quiet_about_literals():
            try:
                graph = rdflib.Graph().parse(path, format=syntax)
            except Exception:  # noqa: S112 - rdflib has no error of its own
                continue
        rows = list(csv.reader(io.StringIO(out)))[1:]
        assert len(rows) == len(graph), damaged


@pytest.mark.parametrize(
    ("form", "ending", "mark"),
    [
        ("brat", ".ann", r"^T\d+\tClaim "),
        ("web-annotation", ".jsonld", r'"type": "Claim"'),
        ("cas-xmi", ".xmi", ""),
        ("cas-json", ".json", ""),
    ],
)
def test_annotations(
    form: str, ending: str, mark: str, workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    """As many claims as the file has marks of claims, unless something is said."""
    chance = random.Random(f"{form} 1")  # noqa: S311
    content = annotated(workspace, capsys, form, ending)
    path = workspace.root / f"m{ending}"
    for _ in range(COUNT):
        damaged = mutated(content, chance)
        path.write_bytes(damaged)
        out = checked(["read", "flood", "--with", path.name, "-o", "-"], capsys, damaged)
        if out is not None and mark:
            there = len(re.findall(mark, damaged.decode(errors="replace"), re.MULTILINE))
            assert len(yaml.safe_load(out).get("claims") or ()) >= there, damaged


def test_readings(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """As many claims as the YAML has ids of claims."""
    chance = random.Random("yaml 1")  # noqa: S311
    content = workspace.reading.read_bytes()
    for _ in range(COUNT):
        damaged = mutated(content, chance)
        workspace.reading.write_bytes(damaged)
        arguments = ["annotations", str(workspace.reading), "-f", "web-annotation", "-o", "out"]
        if checked(arguments, capsys, damaged) is not None:
            there = len(yaml.safe_load(damaged).get("claims") or ())
            written = (workspace.root / "out").read_text(encoding="utf-8")
            assert written.count('"type": "Claim"') == there, damaged


@pytest.mark.parametrize("form", ["html", "pdf", "txt"])
def test_texts(form: str, workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder with a text in it, or a message."""
    chance = random.Random(f"{form} 1")  # noqa: S311
    content = {
        "html": PAGE.replace("CHARSET", "utf-8").encode(), "pdf": pdf(NEWS), "txt": NEWS.encode(),
    }[form]  # fmt: skip
    path: Path = workspace.root / f"m.{form}"
    for number in range(COUNT):
        damaged = mutated(content, chance)
        path.write_bytes(damaged)
        status, _, told = run(["new", path.name, "--slug", f"n{number}"], capsys)
        assert "Traceback" not in told, damaged
        assert "internal error in Qawl" not in told, (told, damaged)
        made = workspace.graph / "articles" / f"n{number}"
        assert made.is_dir() == (status == 0), damaged
        if status == 0:
            assert (made / "text.txt").read_text(encoding="utf-8").strip()
