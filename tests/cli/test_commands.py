"""Each command in this process: what it prints, what it writes, how it ends."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner
from examples import ROOT, Workspace

import kg.cli.annotations as annotate
from kg.cli import (
    build,
    claims,
    compare,
    coverage,
    diff,
    docs,
    draw,
    dump,
    export,
    networks,
    new,
    publish,
    queries,
    query,
    read,
    release,
    schema,
    serve,
    show,
    validate,
)
from kg.cli.network_options import network_options
from kg.cli.places import article_of_reading, open_article
from kg.cli.query_input import read_query
from kg.errors import ArticleError, NetworkError, OutputError, ParameterError, QueryError

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

    from click.testing import Result

DUMP = str(ROOT / "graph" / "dumps" / "qawl.nq")
COMMANDS = [
    annotate, build, claims, compare, coverage, diff, docs, draw, dump, export, networks, new,
    publish, queries, query, read, release, schema, serve, show, validate,
]  # fmt: skip


def run(module: ModuleType, *arguments: object, status: int = 0) -> Result:
    done = CliRunner().invoke(module.command, [str(one) for one in arguments])
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == status, done.output
    return done


@pytest.mark.parametrize("module", COMMANDS, ids=lambda module: module.__name__)
def test_each_command_explains_itself_and_its_options(module: ModuleType) -> None:
    command = module.command
    assert isinstance(command, click.Command)
    text = " ".join(run(module, "--help").output.split())
    assert str(command.help).partition("\n")[0].partition(".")[0] in text
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.opts[0] in text


def test_a_graph_is_built_checked_dumped_and_read(workspace: Workspace) -> None:
    home = workspace.root / "home"
    assert "quads" in run(build, "--graph", workspace.graph, "--store", home).output
    assert "drowned" in run(claims, "--store", home).output
    assert "The Ministry" in run(show, "drowned", "--store", home).output
    assert json.loads(run(show, "drowned", "--json", "--store", home).output)["iri"]
    assert "conforms" in run(validate, "--store", home).output
    run(dump, "--graph", workspace.graph, "--check", status=1)
    run(dump, "--graph", workspace.graph)
    assert "up to date" in run(dump, "--graph", workspace.graph, "--check").output
    made = run(release, workspace.root / "releases", "--store", home).output
    assert "files" in made
    assert "already exists" in run(release, workspace.root / "releases", "--store", home).output


def test_readings_are_compared_covered_and_annotated(workspace: Workspace) -> None:
    same = run(compare, workspace.reading, workspace.reading, "--json", "--graph", workspace.graph)
    assert json.loads(same.output)["article"] == "flood"
    assert "letters covered" in run(coverage, "flood", "--graph", workspace.graph).output
    written = workspace.root / "out.jsonld"
    run(annotate, workspace.reading, "-f", "web-annotation", "-o", written)
    assert json.loads(written.read_text(encoding="utf-8"))
    with pytest.raises(ArticleError, match="there is no article 'flod'"):
        run(coverage, "flod", "--graph", workspace.graph)


def test_an_article_is_made_and_read(tmp_path: Path) -> None:
    (tmp_path / "news.txt").write_text("وقالت الوزارة إن 12 شخصا قتلوا في بغداد.", "utf-8")
    graph = tmp_path / "graph"
    made = run(new, tmp_path / "news.txt", "--graph", graph, "--slug", "news")
    assert "language ar" in made.output
    drafted = run(read, "news", "--with", "rules", "--graph", graph, "-o", tmp_path / "draft.yaml")
    assert "voices" in drafted.output
    assert (tmp_path / "draft.yaml").is_file()


def test_places_are_found_by_slug_and_by_reading(workspace: Workspace) -> None:
    place = open_article("flood", workspace.graph)
    assert place.article.slug == "flood"
    assert article_of_reading((workspace.reading,), "flood", None).folder == place.folder
    with pytest.raises(ArticleError, match="is neither an article's folder nor an article in"):
        open_article("flod", workspace.graph)


def test_queries_are_listed_explained_and_answered(tmp_path: Path) -> None:
    assert "who-said" in run(queries).output
    assert "--claim" in run(queries, "who-said").output
    answer = run(query, "who-said", "--claim", "us-dead-2003-2011", "-f", "csv", "--data", DUMP)
    assert answer.output.startswith("standing,depth,speaker")
    (tmp_path / "ask.rq").write_text("ASK { ?s a qawl:Claim }")
    assert run(query, tmp_path / "ask.rq", "--data", DUMP).output == "yes\n"
    assert read_query(str(tmp_path / "ask.rq")) == "ASK { ?s a qawl:Claim }"
    assert read_query("who-said") is None
    (tmp_path / "empty.rq").write_text(" ")
    with pytest.raises(QueryError, match="is empty; write a SPARQL query"):
        read_query(str(tmp_path / "empty.rq"))
    with pytest.raises(ParameterError, match="--claim: a value is missing"):
        run(query, "who-said", "--claim")
    with pytest.raises(ParameterError, match="has no parameter 'claim'"):
        run(query, tmp_path / "ask.rq", "--claim", "x")


def test_a_graph_is_exported_and_compared(tmp_path: Path) -> None:
    (tmp_path / "a.nt").write_text("<urn:a> <urn:p> <urn:b> .\n")
    (tmp_path / "b.nt").write_text("<urn:a> <urn:p> <urn:c> .\n")
    changed = run(
        diff, tmp_path / "a.nt", tmp_path / "b.nt", "-f", "sparql", "-o", tmp_path / "u", status=1
    )
    assert changed.output == ""
    assert "DELETE DATA" in (tmp_path / "u").read_text()
    assert run(diff, tmp_path / "a.nt", tmp_path / "a.nt").output
    assert "schema.org" in run(export, "schema", "--limits").output
    claim = run(export, "rdf12", "--claim", "us-dead-2003-2011", "--data", DUMP).output
    assert claim.startswith('VERSION "1.2"')
    with pytest.raises(OutputError, match="there is no export profile 'xml'"):
        run(export, "xml", "--data", DUMP)


def test_networks_are_listed_described_and_written(tmp_path: Path) -> None:
    assert "attribution: " in run(networks).output
    assert "(18 nodes, 19 edges)" in run(networks, "attribution", "--data", DUMP).output
    run(networks, "places", "--data", DUMP, "-o", tmp_path / "places.gexf")
    assert (tmp_path / "places.gexf").is_file()
    with pytest.raises(ParameterError, match="name a network"):
        run(networks, "-f", "gexf")
    with pytest.raises(NetworkError, match="did you mean places"):
        run(networks, "place", "--data", DUMP)


def test_pictures_are_listed_and_need_a_file() -> None:
    assert "timeline: " in run(draw).output
    with pytest.raises(ParameterError, match="name the file to draw to"):
        run(draw, "places")


def test_network_options_give_what_was_chosen() -> None:
    given = {}

    def command(**chosen: object) -> None:
        given.update(chosen)

    done = CliRunner().invoke(
        click.command()(network_options(command)), ["--data", DUMP, "--speaker", "bbc"]
    )
    assert done.exit_code == 0, done.output
    assert {name for name in given if name != "graph"} == {"lang", "speaker"}
    assert given["speaker"] == "bbc"


def test_the_documentation_and_the_schema_are_written(tmp_path: Path) -> None:
    run(docs, tmp_path / "site")
    assert any((tmp_path / "site").rglob("*.html"))
    assert json.loads(run(schema).output)["title"]


def test_publishing_needs_an_address_that_can_be_asked() -> None:
    with pytest.raises(OutputError, match="the query endpoint cannot be inferred"):
        run(publish, "http://127.0.0.1:1/other", "--data", DUMP)


def test_serving_needs_settings_that_hold() -> None:
    done = CliRunner().invoke(serve.command, ["--port", "-1"])
    assert done.exit_code == 2
    assert "port" in done.output
