"""Options that several commands share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.store.local import Graph
    from kg.store.queryable import Queryable

__all__ = [
    "data_option",
    "graph_option",
    "opened",
    "opened_here",
    "opened_whole",
    "readers_option",
    "source_options",
    "store_option",
    "timeout_option",
]

_ENDPOINT_VARIABLE = "QAWL_ENDPOINT"

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

_endpoint_option = click.option(
    "--endpoint",
    metavar="URL",
    help="Ask this SPARQL server instead of a store [default: $QAWL_ENDPOINT]; "
    "$QAWL_ENDPOINT_USER and $QAWL_ENDPOINT_PASSWORD log in.",
)

timeout_option = click.option(
    "--timeout",
    type=click.FloatRange(min=0, max=86400, min_open=True),
    envvar="QAWL_ENDPOINT_TIMEOUT",
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="How long a server may take for an answer.",
)


readers_option = click.option(
    "--readers",
    type=click.Choice(["person", "rules", "model", "all"]),
    default="person",
    show_default=True,
    help="Whose claims: those of persons, what the rules or a model propose, or all.",
)


def source_options(command: Callable[..., None]) -> Callable[..., None]:
    """Add the options that say which graph is asked."""
    for option in (timeout_option, _endpoint_option, data_option, store_option, readers_option):
        command = option(command)
    return command


def opened(
    store: Path | None,
    data: tuple[Path, ...],
    endpoint: str | None,
    timeout: float,
    readers: str,
) -> Queryable:
    """Open the graph that the options, or else the environment, name.

    What the choice of readers leaves out is told on standard error.

    :raises QueryError: they name several, or the server cannot be asked.
    :raises StoreError: there is no complete store, or a file cannot be read.
    """
    if endpoint and (store or data):
        raise QueryError(
            f"--endpoint and {'--store' if store else '--data'} each name a graph; give one of them"
        )
    if not (endpoint or store or data):
        endpoint = os.environ.get(_ENDPOINT_VARIABLE)
        if endpoint and "QAWL_STORE" in os.environ:
            raise QueryError(
                f"{_ENDPOINT_VARIABLE} and QAWL_STORE each name a graph; unset one of them, or "
                "give --endpoint, --store or --data"
            )
    if endpoint:
        if readers != "person":
            raise QueryError(
                f"--readers {readers}: a server shows the claims that it was given; ask it for a "
                "reading with GRAPH, or leave --readers out"
            )
        from kg.remote.connect import connect

        return connect(endpoint, timeout=timeout)
    return opened_here(store, data, readers)


def opened_whole(
    store: Path | None,
    data: tuple[Path, ...],
    endpoint: str | None,
    timeout: float,
    readers: str,
) -> Graph:
    """Open a graph as :func:`opened` does; one on a server is fetched into memory."""
    from kg.store.local import local_graph

    return local_graph(opened(store, data, endpoint, timeout, readers))


def opened_here(store: Path | None, data: tuple[Path, ...], readers: str) -> Graph:
    """Open a graph on this machine, as :func:`opened` does."""
    from kg.store.local import open_graph

    graph = open_graph(store, data=data, readers=readers)  # type: ignore[arg-type]
    if hidden := graph.hidden_readings:
        click.echo(
            f"note: {hidden} reading(s) of other readers are left out; see all with --readers all",
            err=True,
        )
    return graph
