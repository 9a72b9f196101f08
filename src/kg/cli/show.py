"""``kg show``."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from kg.cli.options import data_option, opened, readers_option, store_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("claim")
@click.option("--json", "as_json", is_flag=True, help="As JSON instead of text.")
@readers_option
@store_option
@data_option
def command(
    claim: str, as_json: bool, readers: str, store: Path | None, data: tuple[Path, ...]
) -> None:
    """Show one claim, named by its id or IRI: its facts, its chain of voices, its relations."""
    from kg.claim_view import show

    view = show(opened(store, data, readers), claim)
    if as_json:
        click.echo(json.dumps(asdict(view), ensure_ascii=False, indent=1))
    else:
        click.echo(view.text())
