"""``kg verify``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import store_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@store_option
def command(store: Path | None) -> None:
    """Check that the store still holds what was built.

    Compares its files, its quads and their hash with the build's manifest. If the store differs,
    the message names the store and the file, and the exit status is not 0.
    """
    from kg.errors import StoreError
    from kg.store.builds import find_home
    from kg.store.verify import verify

    home = store or find_home()
    if home is None:
        raise StoreError("there is no store in this folder or its parents; name one with --store")
    build = verify(home)
    click.echo(f"{build.folder}: {build.quads} quads, SHA-256 {build.sha256}, as built")
