"""``kg dump``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.options import graph_option


@click.command()
@graph_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="The folder to write to [default: dumps/ in the graph folder].",
)
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if a dump is out of date.")
def command(graph: Path | None, out: Path | None, check: bool) -> None:
    """Write the graph as Turtle, TriG, N-Quads and JSON-LD, with VoID, DCAT and checksums."""
    from kg.errors import OutputError
    from kg.files import shipped
    from kg.graph.build import compile_graph, default_graph
    from kg.publish.dumps import dump_files, outdated, write_dumps

    graph = graph or default_graph()
    if out is None and not check and graph == shipped.graph_dir():
        raise OutputError(
            f"{Path('graph').absolute()}: is not a graph folder, and the graph shipped with Qawl "
            "is read-only; say where to write its dumps: kg dump --out dumps"
        )
    out = out or graph / "dumps"
    files = dump_files(compile_graph(graph).store)
    if check:
        if stale := outdated(out, files):
            click.echo(f"out of date in {out}: {', '.join(stale)}; run: kg dump")
            sys.exit(1)
        click.echo(f"{out}: up to date")
        return
    write_dumps(out, files)
    for name, content in files.items():
        click.echo(f"{out / name}  {len(content):,} bytes")
