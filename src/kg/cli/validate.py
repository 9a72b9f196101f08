"""``kg validate``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import graph_option, store_option
from kg.errors import ShapesError

if TYPE_CHECKING:
    from kg.shacl.report import ValidationReport
    from kg.shacl.validate import Engine, Validator


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@store_option
@click.option(
    "--shapes",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Check against these shapes instead: an RDF file, or a folder of Turtle files. "
    "May be repeated.",
)
@click.option(
    "--article",
    metavar="SLUG[/READING]",
    help="Check only this article, or this reading of it, in the --graph folder.",
)
@graph_option
@click.option(
    "--engine",
    type=click.Choice(["qawl", "pyshacl"]),
    default="qawl",
    show_default=True,
    help="The engine; pySHACL gives a second opinion but takes minutes per article.",
)
@click.option("--lang", type=click.Choice(["en", "ar"]), default="en", show_default=True)
@click.option("--report", type=click.Path(path_type=Path), help="Write the W3C report (Turtle).")
def command(
    files: tuple[Path, ...],
    store: Path | None,
    shapes: tuple[Path, ...],
    article: str | None,
    graph: Path | None,
    engine: str,
    lang: str,
    report: Path | None,
) -> None:
    """Check the graph, or RDF FILES, against SHACL shapes, Qawl's own or others.

    Exits 0 if there are no violations (warnings are shown), 1 if there are any, 2 if the graph
    could not be checked. As SHACL requires, the report says that a graph with warnings does not
    conform.
    """
    from kg.files.atomic import replacing
    from kg.shacl.validate import Engine, Validator, read_data

    if article and (files or store):
        raise ShapesError(f"--article {article}: cannot be combined with FILES or --store")
    if graph and not article:
        raise ShapesError(f"--graph {graph}: can only be used with --article")
    validator = Validator([quad for path in shapes for quad in read_data(path)] if shapes else None)
    if article:
        place, found = _article(validator, Engine(engine), graph, article)
    else:
        place, found = _whole(validator, Engine(engine), store, files)
    if report is not None:
        with replacing(report) as stream:
            stream.write(found.turtle().encode())
    click.echo(f"checked: {place}")
    click.echo(found.text(language=lang))
    sys.exit(0 if found.passes else 1)


def _article(
    validator: Validator, engine: Engine, graph: Path | None, name: str
) -> tuple[str, ValidationReport]:
    from kg.graph.build import default_graph
    from kg.graph.part import compile_part

    folder = graph or default_graph()
    compiled = compile_part(folder, name)
    base = validator.base(compiled.base)
    part = (*compiled.part, *compiled.derived())
    return f"{folder}: {name}", validator.validate(part, base=base, engine=engine)


def _whole(
    validator: Validator, engine: Engine, store: Path | None, files: tuple[Path, ...]
) -> tuple[str, ValidationReport]:
    from kg.store.builds import find_home, open_store

    data = open_store(store, files)
    if not len(data):
        raise ShapesError(f"{', '.join(map(str, files)) or 'the store'}: there is nothing to check")
    place = ", ".join(map(str, files)) or store or find_home() or "the graph shipped with Qawl"
    return str(place), validator.validate(data, engine=engine)
