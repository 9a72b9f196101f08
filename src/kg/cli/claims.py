"""``kg claims``: the named question ``claims`` with its parameters as options."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kg.cli.completion import listed_values
from kg.cli.options import format_option, source_options

if TYPE_CHECKING:
    from kg.cli.options import Source


@click.command()
@click.option(
    "--speaker",
    shell_complete=listed_values("claims", "speaker"),
    help="Made by this actor, as the innermost voice (id, label or IRI).",
)
@click.option(
    "--via",
    shell_complete=listed_values("claims", "via"),
    help="Reached us through this actor's voice, at any depth.",
)
@click.option("--actor", shell_complete=listed_values("claims", "actor"), help="About this actor.")
@click.option("--event", shell_complete=listed_values("claims", "event"), help="About this event.")
@click.option("--place", shell_complete=listed_values("claims", "place"), help="About this place.")
@click.option(
    "--kind",
    shell_complete=listed_values("claims", "kind"),
    help="Of this class: CasualtyClaim, CostClaim, Allegation …",
)
@click.option("--from", "date_from", help="Possibly on or after this date (YYYY-MM-DD).")
@click.option("--to", "date_to", help="Possibly on or before this date (YYYY-MM-DD).")
@click.option("--text", help="With these words in the quote or the gloss.")
@click.option(
    "--stance",
    shell_complete=listed_values("claims", "stance"),
    help="certain, probable, possible, unknown …",
)
@click.option(
    "--polarity", shell_complete=listed_values("claims", "polarity"), help="positive or negative."
)
@click.option(
    "--marking",
    shell_complete=listed_values("claims", "marking"),
    help="In an explicit, inherited or inferred voice.",
)
@click.option("--article", help="Of this article.")
@click.option("--source", "said_in", help="Said in this source, at any depth.")
@click.option(
    "--mode",
    shell_complete=listed_values("claims", "mode"),
    help="strict: leave out voices that the reader only infers.",
)
@format_option(["table", "csv", "tsv", "json", "xml"])
@source_options
def command(name: str, source: Source, said_in: str | None, **filters: str | None) -> None:
    """Find claims. Each filter narrows the list; without filters, all claims are listed."""
    from kg.sparql.terminal import render

    table = source.open().table("claims", source=said_in, **filters)
    if name == "table":
        click.echo(render(table))
    else:
        sys.stdout.buffer.write(table.serialize(name))
