"""``kg draw``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kg.cli.network_options import network_options
from kg.cli.options import output_option
from kg.cli.query_input import read_query
from kg.errors import ParameterError

if TYPE_CHECKING:
    from pathlib import Path

    from kg.pictures.theme import ThemeName
    from kg.store.local import Graph


@click.command()
@click.argument("name", required=False, metavar="[NAME|FILE|-]")
@output_option("Write to this file: .svg, .png, .pdf, or .html (one page that works offline).")
@click.option(
    "--theme",
    type=click.Choice(["auto", "light", "dark"]),
    default="auto",
    show_default=True,
    help="auto follows the viewer in SVG and HTML, and is light in PNG and PDF.",
)
@click.option("--claim", help="The claim whose voices to draw (voices only).")
@network_options
def command(
    name: str | None,
    output: Path | None,
    theme: ThemeName,
    claim: str | None,
    lang: str,
    graph: Graph,
    **choices: Any,
) -> None:
    """Draw a network, events in time, competing answers, or the voices of one claim.

    Without NAME, lists the pictures. Instead of NAME you can pass a SPARQL file (.rq) or - for
    standard input, as in kg networks. Needs Graphviz.
    """
    if name is None:
        from kg.pictures import pictures
        from kg.sparql.terminal import isolate

        for one, title in pictures().items():
            click.echo(f"{one}: {isolate(title[lang])}")
        return
    if output is None:
        raise ParameterError(f"{name}: name the file to draw to: -o {name}.svg")
    text = read_query(name)
    if text is None:
        from kg.pictures import draw

        draw(name, output, graph, lang=lang, theme=theme, claim=claim, **choices)
    else:
        from kg.networks import query_network
        from kg.pictures import draw_network

        if choices or claim:
            raise ParameterError(
                f"{name}: your own query takes no filter options; put the filters in the query"
            )
        draw_network(query_network(text, graph, lang=lang), output, theme=theme)
    click.echo(str(output))
