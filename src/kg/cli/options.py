"""Options that several commands share."""

from __future__ import annotations

import functools
import os
import sys
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kg.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.store.local import Graph
    from kg.store.queryable import Queryable
    from kg.store.views import Readers

__all__ = [
    "Source",
    "data_option",
    "format_option",
    "graph_option",
    "language_option",
    "opened_here",
    "output_option",
    "readers_option",
    "source_options",
    "store_option",
    "timeout_option",
    "write_out",
]

_Command = TypeVar("_Command", bound="Callable[..., Any]")

_ENDPOINT_VARIABLE = "QAWL_ENDPOINT"

store_option = click.option(
    "--store",
    type=click.Path(path_type=Path),
    help="The folder of builds [default: $QAWL_STORE, or the nearest .qawl, or else the graph "
    "shipped with Qawl].",
)

graph_option = click.option(
    "--graph",
    type=click.Path(path_type=Path),
    help=(
        "The folder with articles/ and authority/ [default: ./graph, or the one shipped with Qawl]."
    ),
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
    help="Query this SPARQL server instead of a store [default: $QAWL_ENDPOINT]; the login is in "
    "$QAWL_ENDPOINT_USER and $QAWL_ENDPOINT_PASSWORD.",
)

timeout_option = click.option(
    "--timeout",
    type=click.FloatRange(min=0, max=86400, min_open=True),
    envvar="QAWL_ENDPOINT_TIMEOUT",
    default=60,
    show_default=True,
    metavar="SECONDS",
    help="The maximum time for an answer.",
)


readers_option = click.option(
    "--readers",
    type=click.Choice(["person", "rules", "model", "all"]),
    default="person",
    show_default=True,
    help="Whose claims: those found by people, those proposed by the rules or a model, or all.",
)


def language_option(
    name: str = "--lang",
    help: str | None = None,  # noqa: A002 - as click calls it
) -> Callable[[_Command], _Command]:
    """Return the option that chooses English or Arabic.

    :param help: as in click.
    """
    return click.option(
        name, type=click.Choice(["en", "ar"]), default="en", show_default=True, help=help
    )


def output_option(help: str = "Write to this file.") -> Callable[[_Command], _Command]:  # noqa: A002 - as click calls it
    """Return the option ``--output``.

    :param help: as in click.
    """
    return click.option(
        "--output",
        "-o",
        type=click.Path(path_type=Path, allow_dash=True),
        callback=lambda _, __, path: None if str(path) == "-" else path,
        help=f"{help} - is standard output.",
    )


def format_option(names: Sequence[str], help: str | None = None) -> Callable[[_Command], _Command]:  # noqa: A002 - as click calls it
    """Return the option ``--format``, passed to the command as ``name``; the first is the default.

    :param help: as in click.
    """
    return click.option(
        "--format",
        "-f",
        "name",
        type=click.Choice(names),
        default=names[0],
        show_default=True,
        help=help,
    )


def write_out(content: bytes, output: Path | None) -> None:
    """Write to a file, completely or not at all, or else to standard output."""
    if output is None:
        sys.stdout.buffer.write(content)
        return
    from kg.files.atomic import replacing

    with replacing(output) as stream:
        stream.write(content)


@dataclass(frozen=True, slots=True)
class Source:
    """The graph to query, from the options or else the environment."""

    store: Path | None
    data: tuple[Path, ...]
    endpoint: str | None
    timeout: float
    readers: Readers

    def open(self) -> Queryable:
        """Open the graph. Readings hidden by the choice of readers are reported on standard error.

        :raises QueryError: several graphs are given, or the server cannot be queried.
        :raises StoreError: there is no complete store, or a file cannot be read.
        """
        endpoint = self._chosen_endpoint()
        if endpoint is None:
            return opened_here(self.store, self.data, self.readers)
        if self.readers != "person":
            raise QueryError(
                f"--readers {self.readers}: cannot be applied to a server, which shows all claims "
                "it was given; select a reading with GRAPH, or leave --readers out"
            )
        from kg.remote.connect import connect

        return connect(endpoint, timeout=self.timeout)

    def open_whole(self) -> Graph:
        """Open the graph as :meth:`open` does; one on a server is fetched into memory."""
        from kg.store.local import local_graph

        return local_graph(self.open())

    def _chosen_endpoint(self) -> str | None:
        if self.endpoint and (self.store or self.data):
            raise QueryError(
                f"--endpoint and {'--store' if self.store else '--data'} each name a graph; give "
                "only one"
            )
        if self.endpoint or self.store or self.data:
            return self.endpoint or None
        endpoint = os.environ.get(_ENDPOINT_VARIABLE)
        if endpoint and "QAWL_STORE" in os.environ:
            raise QueryError(
                f"{_ENDPOINT_VARIABLE} and QAWL_STORE each name a graph; unset one of them, or "
                "give --endpoint, --store or --data"
            )
        return endpoint or None


def source_options(run: Callable[..., None]) -> Callable[..., None]:
    """Add the options that select the graph; the command receives them as ``source``."""

    @functools.wraps(run)
    def command(**given: Any) -> None:
        run(source=Source(*(given.pop(one.name) for one in fields(Source))), **given)

    for option in (timeout_option, _endpoint_option, data_option, store_option, readers_option):
        command = option(command)
    return command


def opened_here(store: Path | None, data: tuple[Path, ...], readers: Readers) -> Graph:
    """Open a graph on this machine, as :meth:`Source.open` does."""
    from kg.store.local import open_graph

    graph = open_graph(store, data=data, readers=readers)
    if hidden := graph.hidden_readings:
        from kg.wording import wording

        click.echo(wording("cli", "en").counted("hidden-readings", hidden), err=True)
    return graph
