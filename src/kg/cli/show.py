"""``kg show``."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli.completion import claims
from kg.cli.options import source_options

if TYPE_CHECKING:
    from kg.cli.options import Source


@click.command()
@click.argument("claim", shell_complete=claims)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of text.")
@source_options
def command(claim: str, as_json: bool, source: Source) -> None:
    """Show one claim, given by its id or IRI: its facts, its chain of voices and its relations."""
    from kg.store.claim_view import show

    view = show(source.open(), claim)
    if as_json:
        click.echo(json.dumps(asdict(view), ensure_ascii=False, indent=1))
    else:
        click.echo(view.text())
