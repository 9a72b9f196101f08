"""``kg publish``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import data_option, opened_here, readers_option, store_option, timeout_option

if TYPE_CHECKING:
    from pathlib import Path

    from kg.remote.server_quirks import Via
    from kg.store.views import Readers


@click.command()
@click.argument("url")
@click.option(
    "--via",
    type=click.Choice(["gsp", "update"]),
    help="Use the Graph Store HTTP Protocol or SPARQL Update [default: detected from URL, else "
    "gsp].",
)
@click.option(
    "--endpoint",
    metavar="URL",
    help="The address that answers queries [default: detected from URL].",
)
@click.option(
    "--prune",
    is_flag=True,
    help="Remove Qawl graphs from the server that this version does not have.",
)
@click.option("--dry-run", is_flag=True, help="Show what would be done, without doing it.")
@readers_option
@store_option
@data_option
@timeout_option
def command(
    url: str,
    via: Via | None,
    endpoint: str | None,
    prune: bool,
    dry_run: bool,
    readers: Readers,
    store: Path | None,
    data: tuple[Path, ...],
    timeout: float,
) -> None:
    """Load the graph into the SPARQL server that accepts writes at URL.

    Each named graph replaces the one with the same name; the server's other graphs are not touched.
    The login is in $QAWL_ENDPOINT_USER and $QAWL_ENDPOINT_PASSWORD. Exit status 1: the server has a
    different number of triples than was sent. See docs/servers.md for the URLs of each server.
    """
    from kg.remote.upload import publish, target

    to = target(url, via=via, endpoint=endpoint)
    graph = opened_here(store, data, readers)
    report = publish(graph, to, prune=prune, dry_run=dry_run, timeout=timeout)
    click.echo(report.text())
    if not report.agrees:
        raise click.exceptions.Exit(1)
