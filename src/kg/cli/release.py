"""``kg release``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import data_option, store_option


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--base",
    default="https://w3id.org/qawl/dumps/",
    show_default=True,
    help="The URL under which the folder is published.",
)
@click.option("--endpoint", default="", help="A SPARQL endpoint with the same graph.")
@store_option
@data_option
def command(
    folder: Path, base: str, endpoint: str, store: Path | None, data: tuple[Path, ...]
) -> None:
    """Write a release to FOLDER: the whole graph and its parts, in every format, for download.

    Each version is a subfolder, and FOLDER/latest points to the newest; older ones are kept.
    """
    from kg.publish.release import write_release
    from kg.store.builds import open_store

    made = write_release(
        open_store(store, data), folder, base=f"{base.rstrip('/')}/", endpoint=endpoint
    )
    what = f"{made.files} files" if made.new else "already exists"
    click.echo(f"{made.folder}: {what}")
