"""``kg build``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kg.cli.options import graph_option

if TYPE_CHECKING:
    from pathlib import Path


def _progress(step: str) -> None:
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{step} …", nl=False, err=True)


@click.command()
@graph_option
@click.option(
    "--store",
    type=click.Path(path_type=__import__("pathlib").Path),
    help="The folder for builds [default: $QAWL_STORE, or .qawl here].",
)
@click.option("--rules/--no-rules", default=True, help="Apply the rules (contradictions, sums …).")
@click.option(
    "--validate/--no-validate",
    default=True,
    help="Validate the graph, and refuse it if there are violations.",
)
def command(graph: Path | None, store: Path | None, rules: bool, validate: bool) -> None:
    """Compile the graph, apply the rules, validate it and replace the store.

    A build that fails or is killed leaves the previous graph as it was.
    """
    import os
    from pathlib import Path

    from kg.graph.build import build, default_graph
    from kg.wording import listed, wording

    home = store or Path(os.environ.get("QAWL_STORE") or ".qawl")
    graph = graph or default_graph()
    click.echo(f"graph: {graph}")
    try:
        report = build(graph, home, rules=rules, validate=validate, progress=_progress)
    finally:
        if sys.stderr.isatty():
            click.echo("\r\033[K", nl=False, err=True)
    words = wording("cli", "en")
    counts = ("articles", "readings", "claims")
    parts = listed((words.counted(one, getattr(report, one)) for one in counts), "en")
    click.echo(f"{words.counted('quads', report.quads)}: {parts}")
    for name, count in report.rules:
        click.echo(f"  rule {name}: {count} triples")
    if report.validation is not None:
        click.echo(report.validation.text())
    click.echo(f"store: {report.store}")
