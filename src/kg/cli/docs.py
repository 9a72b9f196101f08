"""``kg docs``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.argument("folder", metavar="OUT_FOLDER", type=click.Path(path_type=Path))
def command(folder: Path) -> None:
    """Write the documentation of the ontology, vocabularies and shapes as HTML pages.

    The pages are in English and Arabic, and can be opened from disk or served by any web server.
    """
    from kg.ontology_docs import load_ontology_docs
    from kg.ontology_docs.site import site_files, write_site

    content = site_files(load_ontology_docs())
    write_site(folder, content)
    size = sum(map(len, content.values()))
    click.echo(f"{folder / 'ontology.html'}: {len(content)} files, {size:,} bytes")
