"""``kg schema``."""

from __future__ import annotations

import json

import click


@click.command()
def command() -> None:
    """Print the JSON Schema of reading files, for editors and other writers."""
    from kg.reading.model import json_schema

    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))
