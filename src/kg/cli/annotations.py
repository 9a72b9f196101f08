"""``kg annotations``."""

from __future__ import annotations

from pathlib import Path

import click

from kg.cli.options import graph_option


@click.command()
@click.argument("reading", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "-f",
    "name",
    type=click.Choice(["web-annotation", "brat", "cas-xmi", "cas-json"]),
    required=True,
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    required=True,
    help="The file to write; the text and a configuration are written beside it for brat, and a "
    "type system for XMI.",
)
@graph_option
def command(reading: Path, name: str, output: Path, graph: Path | None) -> None:
    """Write READING's annotations as files of an annotation tool.

    READING is a file, or SLUG/READING. The command lists what the tool keeps but does not show. To
    read the files back: kg read --with FILE
    """
    from kg.cli.places import article_of_reading, reading_file
    from kg.compare.findings import known_entities
    from kg.files.atomic import replacing
    from kg.readers.annotations import annotation_files
    from kg.readers.annotations.document import unshown
    from kg.readers.annotations.from_reading import document_of
    from kg.reading.file import load_reading

    reading = reading_file(reading, graph)
    file = load_reading(reading)
    place = article_of_reading((reading,), file.reading.article, graph)
    known = known_entities(place.authority, place.ontology)

    def class_of(entity: str) -> str:
        local = file.reading.entities.get(entity)
        return local.type if local else known.narrowest(entity)

    document = document_of(file, place.article, class_of)
    for ending, content in annotation_files(document, name).items():
        path = output.with_suffix(ending) if ending.startswith(".") else output.parent / ending
        with replacing(path) as stream:
            stream.write(content)
        click.echo(f"{path}  {len(content):,} bytes")
    for line in unshown(document):
        click.echo(f"kept in the file but not shown by tools: {line}", err=True)
