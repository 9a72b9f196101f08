"""``kg validate``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from kg.cli.options import store_option
from kg.errors import ShapesError


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@store_option
@click.option("--lang", type=click.Choice(["en", "ar"]), default="en", show_default=True)
@click.option("--report", type=click.Path(path_type=Path), help="Write the W3C report (Turtle).")
def command(files: tuple[Path, ...], store: Path | None, lang: str, report: Path | None) -> None:
    """Check the graph, or RDF FILES, against the SHACL shapes.

    Exits 0 where the graph conforms, 1 where it does not, 2 where it could not be checked.
    """
    from kg.files.atomic import replacing
    from kg.shacl.validate import validate
    from kg.store.builds import find_home, open_store

    data = open_store(store, files)
    if not len(data):
        raise ShapesError(f"{', '.join(map(str, files)) or 'the store'}: there is nothing to check")
    found = validate(data)
    if report is not None:
        with replacing(report) as stream:
            stream.write(found.turtle().encode())
    place = ", ".join(map(str, files)) or store or find_home() or "the graph that Qawl ships"
    click.echo(f"checked: {place}")
    click.echo(found.text(language=lang))
    sys.exit(0 if found.conforms else 1)
