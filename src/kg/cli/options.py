"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.graph import Graph

__all__ = ["data_option", "graph_option", "opened", "readers_option", "store_option"]

store_option = click.option(
    "--store",
    type=click.Path(path_type=Path),
    help="The folder that builds are kept in [default: $QAWL_STORE, or the nearest .qawl; where "
    "there is none, the graph that Qawl ships].",
)

graph_option = click.option(
    "--graph",
    type=click.Path(path_type=Path),
    help="The folder with articles/ and authority/ [default: ./graph, or the one Qawl ships].",
)

data_option = click.option(
    "--data",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Query these RDF files instead of a store; named graphs are kept. May be repeated.",
)

readers_option = click.option(
    "--readers",
    type=click.Choice(["person", "rules", "model", "all"]),
    default="person",
    show_default=True,
    help="Whose claims: those of persons, what the rules or a model propose, or all.",
)


def opened(store: Path | None, data: tuple[Path, ...], readers: str) -> Graph:
    """Open the graph that is asked, and tell on standard error what the view leaves out."""
    from kg.graph import open_graph

    graph = open_graph(store, data=data, readers=readers)  # type: ignore[arg-type]
    if hidden := graph.hidden_readings:
        click.echo(
            f"note: {hidden} reading(s) of other readers are left out; see all with --readers all",
            err=True,
        )
    return graph
