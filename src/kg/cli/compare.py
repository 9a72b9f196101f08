"""``kg compare``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from kg.cli.options import graph_option, language_option


@click.command()
@click.argument("reference", type=click.Path(path_type=Path))
@click.argument("other", type=click.Path(path_type=Path))
@graph_option
@click.option("--json", "as_json_", is_flag=True, help="Print JSON instead of text.")
@click.option("--html", type=click.Path(path_type=Path), help="Write one HTML page to this file.")
@click.option("--scores-only", is_flag=True, help="Print only the scores, not the differences.")
@language_option()
def command(
    reference: Path,
    other: Path,
    graph: Path | None,
    as_json_: bool,
    html: Path | None,
    scores_only: bool,
    lang: str,
) -> None:
    """Compare two readings of one article: OTHER is measured against REFERENCE.

    Each is a reading file, or SLUG/READING. The report gives precision, recall and F1 for
    dates, quantities, cues, claims with their speakers and chains, and mentions of entities; then
    every difference.
    """
    from kg.cli.places import article_of_reading, reading_file
    from kg.compare.compare import compare
    from kg.compare.findings import known_entities
    from kg.compare.findings_of_reading import find_all_of
    from kg.compare.page import html_page
    from kg.compare.report import as_json, text_report
    from kg.errors import ReadingError
    from kg.files.atomic import replacing
    from kg.reading.file import load_reading

    reference, other = reading_file(reference, graph), reading_file(other, graph)
    one, two = load_reading(reference), load_reading(other)
    slug = one.reading.article
    if slug != two.reading.article:
        raise ReadingError(
            f"{other}: is a reading of {two.reading.article!r}, but {reference} one of {slug!r}; "
            "name two readings of the same article"
        )
    place = article_of_reading((reference, other), slug, graph)
    known = known_entities(place.authority, place.ontology)
    found = compare(*(find_all_of(file, place.article, known) for file in (one, two)))
    if html is not None:
        with replacing(html) as stream:
            stream.write(html_page(found, slug, one.id, two.id, lang).encode())
    if as_json_:
        names = {"article": slug, "reference": one.id, "other": two.id}
        click.echo(json.dumps({**names, **as_json(found)}, ensure_ascii=False, indent=1))
    else:
        click.echo(text_report(found, lang, cases=not scores_only))
