"""``kg coverage``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from kg.cli.options import graph_option

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("slug", required=False)
@graph_option
def command(slug: str | None, graph: Path | None) -> None:
    """Report which characters of each article no passage of a reading covers, and why.

    Exits 1 if any stretch with letters is neither covered nor explained in `unread`.
    """
    from kg.errors import ArticleError
    from kg.graph.build import default_graph
    from kg.reading.coverage import coverage
    from kg.reading.file import load_reading
    from kg.sparql.terminal import isolate
    from kg.text.article import load_article, unknown_article

    articles = (graph or default_graph()) / "articles"
    folders = sorted(path for path in articles.glob("*") if path.is_dir())
    names = [path.name for path in folders]
    if not folders:
        raise ArticleError(f"{articles}: has no articles; pass the folder that contains articles/")
    if slug is not None:
        if slug not in names:
            raise unknown_article(articles, slug)
        folders = [articles / slug]
    unexplained = 0
    for folder in folders:
        article = load_article(folder)
        for path in sorted((folder / "readings").glob("*.yaml")):
            report = coverage(load_reading(path), article)
            click.echo(
                f"{article.slug}, reading {path.stem}: {report.covered} of {report.letters} "
                f"letters covered ({report.share:.1%})"
            )
            for gap in report.gaps:
                unexplained += gap.why is None
                why = gap.why or "NOT EXPLAINED: cover it, or give the reason in `unread`"
                click.echo(f"  {gap.span.start}-{gap.span.end} {isolate(gap.text)}: {why}")
    sys.exit(1 if unexplained else 0)
