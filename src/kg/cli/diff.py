"""``kg diff``."""

from __future__ import annotations

import sys
from pathlib import Path

import click


@click.command()
@click.argument("before", metavar="A", type=click.Path(path_type=Path))
@click.argument("after", metavar="B", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "-f",
    "name",
    type=click.Choice(["text", "patch", "json", "sparql"]),
    default="text",
    show_default=True,
    help="text to read; patch, RDF Patch; json, the text's content; sparql, a SPARQL 1.1 Update. "
    "patch and sparql turn A into B.",
)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Write to this file.")
@click.option(
    "--language",
    type=click.Choice(["en", "ar"]),
    default="en",
    show_default=True,
    help="The language of the text and of the labels in it.",
)
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="The most graphs, resources of a kind, and values of a resource in the text; 0 for all.",
)
@click.option("--previous", metavar="IRI", help="The id of the patch before, for a log of patches.")
def command(
    before: Path,
    after: Path,
    name: str,
    output: Path | None,
    language: str,
    limit: int,
    previous: str | None,
) -> None:
    """Tell what changed from graph A to graph B.

    A and B are each an RDF file (which may be compressed), a folder of builds (.qawl), or a folder
    that holds qawl.nq.

    Exit status: 0 they are alike; 1 they differ; 2 one of them cannot be used.
    """
    from kg.diff.resources import graph_diff
    from kg.diff.text import DiffTexts, diff_json, diff_text
    from kg.diff.versions import load_versions
    from kg.files.atomic import replacing

    versions = load_versions(before, after)
    diff = graph_diff(versions.before, versions.after)
    texts = DiffTexts(str(before), str(after), versions.notes)
    notes = [note[language] for note in versions.notes]
    if name == "patch":
        from kg.diff.rdf_patch import write_patch

        content = write_patch(diff.removed, diff.added, previous=previous, notes=notes)
    elif name == "sparql":
        from kg.sparql.update import write_update

        content = write_update(diff.removed, diff.added, notes=notes)
    elif name == "json":
        import json

        content = f"{json.dumps(diff_json(diff, texts), ensure_ascii=False, indent=1)}\n".encode()
    else:
        content = f"{diff_text(diff, texts, language=language, limit=limit or None)}\n".encode()
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        with replacing(output) as stream:
            stream.write(content)
    sys.exit(1 if diff else 0)
