"""``kg read``: a draft reading by the rules, a language model or an annotation file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import graph_option

if TYPE_CHECKING:
    from kg.cli.places import ArticlePlace
    from kg.reading.draft import Draft

_MOST_SHOWN = 50


@click.command()
@click.argument("article")
@click.option(
    "--with",
    "reader",
    required=True,
    metavar="rules|llm|FILE",
    help="The reader: the rules, a language model, or an annotation file (Web Annotation JSON-LD, "
    "brat .ann, UIMA CAS .xmi or .json).",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    help="The reading file to write, - for standard output "
    "[default: rules.yaml, llm.yaml or FILE's name among the article's readings].",
)
@click.option("--replace", is_flag=True, help="Replace the file if it already exists.")
@click.option("--explain", is_flag=True, help="Show which rule or step made each part, and why.")
@click.option("--base-url", help="llm: address of an OpenAI-compatible server [$OPENAI_BASE_URL].")
@click.option("--model", help="llm: the model's name.")
@click.option("--cache", type=click.Path(path_type=Path), help="llm: folder for cached answers.")
@click.option("--offline", is_flag=True, help="llm: use only cached answers, without a server.")
@click.option(
    "--timeout", type=float, default=120.0, show_default=True, help="llm: timeout in seconds."
)
@graph_option
def command(
    article: str,
    reader: str,
    output: Path | None,
    replace: bool,
    explain: bool,
    base_url: str | None,
    model: str | None,
    cache: Path | None,
    offline: bool,
    timeout: float,
    graph: Path | None,
) -> None:
    """Write a draft reading of ARTICLE (a folder, or the slug of one), for a person to correct.

    Every quote in it occurs in the article; anything left out is reported on standard error. A
    draft is kept apart from people's readings: it names its reader, has its own graph, and is
    ignored by questions unless you ask for it (--readers).
    """
    from kg.cli.places import open_article
    from kg.graph.compile_reading import compile_reading
    from kg.reading.draft import DRAFT_HEAD, as_file, reading_yaml, write_draft

    place = open_article(article, graph)
    if reader == "rules":
        draft, name = _by_rules(place), "rules"
    elif reader == "llm":
        draft = _by_model(place, base_url, model, cache, offline, timeout)
        name = "llm"
    else:
        draft, name = _by_file(place, Path(reader))
    file = as_file(draft.reading, name)
    compile_reading(file, place.article, place.ontology, place.authority)
    if str(output) == "-":
        click.echo(reading_yaml(draft.reading), nl=False)
    else:
        path = output or place.folder / "readings" / f"{name}.yaml"
        if output is None:
            path.parent.mkdir(exist_ok=True)
        write_draft(draft, path, head=(DRAFT_HEAD,), replace=replace)
        reading = draft.reading
        click.echo(
            f"{path}: {len(reading.voices)} voices, {len(reading.claims)} claims, "
            f"{len(reading.mentions)} entities mentioned"
        )
    _report(draft, explain)


def _by_rules(place: ArticlePlace) -> Draft:
    from kg.readers.rules.reader import RulesReader

    names = place.folder.parent.parent / "gazetteer"
    return RulesReader(place.authority, names).read(place.article)


def _by_model(
    place: ArticlePlace,
    base_url: str | None,
    model: str | None,
    cache: Path | None,
    offline: bool,
    timeout: float,
) -> Draft:
    from kg.readers.llm.reader import read_article
    from kg.readers.llm.settings import settings

    chosen = settings(base_url, model, cache=cache, offline=offline, timeout=timeout)
    return read_article(place.article, place.authority, place.ontology, chosen)


def _by_file(place: ArticlePlace, path: Path) -> tuple[Draft, str]:
    from kg.errors import ReadingError, did_you_mean
    from kg.rdf.iris import slugify
    from kg.readers.annotations import read_annotations

    if not path.exists():
        readers = did_you_mean(str(path), ("rules", "llm"), "name one, or rules, or llm")
        raise ReadingError(f"{path}: no such file of annotations{readers}")
    draft = read_annotations(path, place.article, place.authority, place.ontology)
    return draft, slugify(path.stem) or "annotations"


def _report(draft: Draft, explain: bool) -> None:
    from kg.sparql.terminal import isolate

    if explain:
        for note in draft.explanations:
            sure = "" if note.confidence is None else f" ({note.confidence})"
            click.echo(f"  {note.part}: {note.rule}{sure}: {isolate(note.why)}")
    for note in draft.dropped[:_MOST_SHOWN]:
        click.echo(f"left out: {note.part}: {isolate(note.why)}", err=True)
    if (more := len(draft.dropped) - _MOST_SHOWN) > 0:
        click.echo(f"left out: … and {more} more", err=True)
