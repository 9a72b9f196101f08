"""``kg validate`` as a user has it: whose shapes, what is checked, who judges, how it exits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import RdfFormat, parse

from kg.shacl.columns import Columns
from kg.shacl.vocabulary import sh

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from subprocess import CompletedProcess

    from examples import Workspace

    Kg = Callable[..., CompletedProcess[str]]

DATA = "@prefix ex: <https://example.org/> . ex:a ex:size 1 , 2 ; ex:name 3 ."
SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
ex:S sh:targetSubjectsOf ex:size ; sh:path ex:size ; sh:maxCount 1 ; sh:severity sh:Warning .
"""
GRAVE = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
ex:T sh:targetSubjectsOf ex:name ; sh:path ex:name ; sh:maxCount 0 .
"""


@pytest.fixture
def files(tmp_path: Path) -> None:
    for name, text in (("data", DATA), ("shapes", SHAPES), ("grave", GRAVE)):
        (tmp_path / f"{name}.ttl").write_text(text, encoding="utf-8")


@pytest.mark.usefixtures("files")
@pytest.mark.parametrize("engine", ["qawl", "pyshacl"])
def test_others_shapes_judge_others_data(kg: Kg, tmp_path: Path, engine: str) -> None:
    options = ("--engine", engine, "--report", "report.ttl")
    warned = kg("validate", "data.ttl", "--shapes", "shapes.ttl", *options)
    assert warned.returncode == 0, warned.stderr
    assert "The graph passes, with warnings: 0 violations, 1 warning (3 triples, 1 shape, " in (
        warned.stdout
    )
    report = Columns(parse(path=tmp_path / "report.ttl", format=RdfFormat.TURTLE))
    (root,) = report.instances(sh("ValidationReport"))
    (conforms,) = report.values(root, sh("conforms"))
    assert getattr(conforms, "value", "") == "false"
    both = kg("validate", "data.ttl", "--shapes", "shapes.ttl", "--shapes", "grave.ttl", *options)
    assert both.returncode == 1
    assert "1 violation, 1 warning" in both.stdout


def test_a_graph_without_focus_nodes_is_told(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "data.ttl").write_text(DATA, encoding="utf-8")
    done = kg("validate", "data.ttl")
    assert done.returncode == 0
    assert "Nothing was validated: no shape has a focus node in this graph" in done.stdout
    assert "conforms" not in done.stdout
    assert "لم يُفحص شيء" in kg("validate", "data.ttl", "--lang", "ar").stdout


@pytest.mark.usefixtures("files")
def test_shapes_that_are_malformed_or_missing(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "bad.ttl").write_text(SHAPES.replace("sh:maxCount 1", "sh:maxCount 'one'"))
    for name, fault in (("bad.ttl", "sh:maxCount takes an xsd:integer"), ("no.ttl", "cannot be")):
        done = kg("validate", "data.ttl", "--shapes", name)
        assert done.returncode == 2
        assert fault in done.stderr
        assert "Traceback" not in done.stderr


def test_an_article_or_a_reading_is_checked_alone(kg: Kg, workspace: Workspace) -> None:
    whole = kg("validate", "--graph", workspace.graph, "--article", "flood")
    assert whole.returncode == 0, whole.stdout + whole.stderr
    assert f"checked: {workspace.graph}: flood\n" in whole.stdout
    reading = kg("validate", "--graph", workspace.graph, "--article", "flood/curated")
    assert reading.returncode == 0
    assert "nodes validated" in reading.stdout


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (("--article", "drought"), "articles: there is no article 'drought'; there are: flood"),
        (("--article", "flood/mine"), "flood/readings: there is no reading 'mine'; there are: "),
        (
            ("--article", "flood", "data.ttl"),
            "--article flood: cannot be combined with FILES or --store",
        ),
    ],
)
def test_an_article_that_is_not_there(
    kg: Kg, workspace: Workspace, arguments: tuple[str, ...], fault: str
) -> None:
    done = kg("validate", "--graph", workspace.graph, *arguments)
    assert done.returncode == 2
    assert fault in done.stderr
