"""``kg diff``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from kg.cli.options import format_option, language_option, output_option, write_out


@click.command()
@click.argument("before", metavar="A", type=click.Path(path_type=Path))
@click.argument("after", metavar="B", type=click.Path(path_type=Path))
@format_option(
    ["text", "patch", "json", "sparql"],
    help="text: for reading; patch: RDF Patch; json: the same content as text; sparql: a SPARQL "
    "1.1 Update. patch and sparql turn A into B.",
)
@output_option()
@language_option("--language", "The language of the text and its labels.")
@click.option(
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help=(
        "List at most this many graphs, resources of each kind and values per resource in the "
        "text; 0 lists all."
    ),
)
@click.option(
    "--previous", metavar="IRI", help="The id of the previous patch, for a log of patches."
)
def command(
    before: Path,
    after: Path,
    name: str,
    output: Path | None,
    language: str,
    limit: int,
    previous: str | None,
) -> None:
    """Show what changed from graph A to graph B.

    A and B are each an RDF file (which may be compressed), a folder of builds (.qawl), or a folder
    that contains qawl.nq.

    Exit status: 0 no differences; 1 differences; 2 one of them cannot be used.
    """
    from kg.diff.graph_diff import graph_diff
    from kg.diff.load import load_versions
    from kg.diff.report import DiffTexts, diff_json, diff_text

    versions = load_versions(before, after)
    diff = graph_diff(versions.before, versions.after)
    texts = DiffTexts(str(before), str(after), versions.notes)
    notes = [note[language] for note in versions.notes]
    match name:
        case "patch":
            from kg.diff.rdf_patch import write_patch

            content = write_patch(diff.removed, diff.added, previous=previous, notes=notes)
        case "sparql":
            from kg.sparql.update import write_update

            content = write_update(diff.removed, diff.added, notes=notes)
        case "json":
            document = json.dumps(diff_json(diff, texts), ensure_ascii=False, indent=1)
            content = f"{document}\n".encode()
        case _:
            shown = diff_text(diff, texts, language=language, limit=limit or None)
            content = f"{shown}\n".encode()
    write_out(content, output)
    sys.exit(1 if diff else 0)
