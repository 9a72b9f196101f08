"""``kg new``."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from kg.text.input import Form


@click.command()
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--slug", help="The article's id and its folder's name [default: from FILE's name].")
@click.option(
    "--language", help="The language, such as ar or en [default: detected from the text]."
)
@click.option("--title")
@click.option("--author", help="Id or label of an actor in the authority files.")
@click.option("--publisher", help="Id or label of an actor in the authority files.")
@click.option("--published", help="Publication date, EDTF: 2014-03-12, 2014-03, 2014.")
@click.option("--url", help="Where it was published.")
@click.option(
    "--as",
    "form",
    type=click.Choice(["text", "html", "pdf"]),
    help="File type of FILE [default: detected from its content].",
)
@click.option("--encoding", help="FILE's encoding [default: detected from its bytes].")
@click.option(
    "--graph",
    type=click.Path(path_type=Path),
    default=Path("graph"),
    show_default=True,
    help="The folder with articles/ and authority/; created if missing.",
)
def command(
    file: Path,
    slug: str | None,
    form: Form | None,
    encoding: str | None,
    graph: Path,
    **given: str | None,
) -> None:
    """Create an article's folder from FILE: a text, an HTML page or a PDF; - is standard input.

    Anything not known about the article stays unknown. Next step: kg read SLUG --with rules
    """
    from kg.errors import ArticleError
    from kg.reading.new_article import new_article
    from kg.text.article import LARGEST_ARTICLE
    from kg.text.input import read_text

    if str(file) == "-":
        raw, source = sys.stdin.buffer.read(LARGEST_ARTICLE + 1), "standard input"
    else:
        try:
            if re.match(r"https?:/", str(file)):
                raise ArticleError(
                    f"{file}: Qawl does not fetch pages; save the page, and pass its file"
                )
            if not file.is_file():
                raise ArticleError(f"{file}: is not a file; pass the file with the article's text")
            with file.open("rb") as stream:
                raw, source = stream.read(LARGEST_ARTICLE + 1), str(file)
        except OSError as error:
            raise ArticleError(f"{file}: cannot be read: {error.strerror or error}") from error
    text = read_text(raw, source, form=form, encoding=encoding)
    made = new_article(text, source, graph, slug=slug, given=given)
    for note in made.notes:
        click.echo(f"note: {note}", err=True)
    click.echo(f"{made.folder}: {len(text.text)} characters, language {made.language}")
    click.echo(f"next: kg read {made.slug} --with rules")
