"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path

import click

__all__ = ["data_option", "graph_option", "store_option"]

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
