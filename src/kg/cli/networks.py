"""``kg networks``."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from kg.cli.completion import networks
from kg.cli.network_options import network_options
from kg.cli.options import output_option
from kg.cli.query_input import read_query
from kg.errors import ParameterError

if TYPE_CHECKING:
    from pathlib import Path

    import networkx as nx

    from kg.store.local import Graph

_MOST_ROWS = 20


@click.command()
@click.argument("name", required=False, metavar="[NAME|FILE|-]", shell_complete=networks)
@click.option(
    "--format",
    "-f",
    "written_as",
    type=click.Choice(["graphml", "gexf", "cyjs", "d3", "dot", "csv"]),
    help="The file format [default: from the extension of --output].",
)
@output_option(
    "Write to this file: .graphml, .gexf, .cyjs, .json (D3) or .dot; .csv writes two files, one "
    "of nodes and one of edges."
)
@click.option(
    "--measures",
    is_flag=True,
    help="Print measures; with --output, add them as node attributes.",
)
@network_options
def command(
    name: str | None,
    written_as: str | None,
    output: Path | None,
    measures: bool,
    lang: str,
    graph: Graph,
    **choices: Any,
) -> None:
    """List the networks of the graph, describe one, or write it for another program.

    Instead of NAME you can pass a SPARQL file (.rq) or - for standard input: a SELECT with two
    columns (source, target) or three (weight or type), or a CONSTRUCT.
    """
    if name is None:
        if output or written_as or measures or choices:
            raise ParameterError(
                "name a network or pass a query; kg networks without arguments lists the networks"
            )
        _list(lang)
        return
    network = _network(name, lang, graph, choices)
    if measures:
        from kg.networks.measures import add_measures, measure_network, measures_text

        nodes = measure_network(network)
        if output is None and written_as is None:
            click.echo(measures_text(nodes))
            if name == "attribution":
                from kg.networks.voice_measures import measure_voices

                click.echo(f"\n{measure_voices(graph, lang=lang, **choices).text()}")
            return
        add_measures(network, nodes)
    if output is None and written_as is None:
        _describe(network)
        return
    from kg.networks.writers import stream_network, write_network

    if output is None:
        assert written_as is not None
        stream_network(network, sys.stdout.buffer, written_as)
        return
    for path in write_network(network, output, written_as):
        click.echo(f"{path}  {_size(network, lang)}")


def _network(name: str, lang: str, graph: Graph, choices: dict[str, Any]) -> nx.Graph:
    from kg.networks import network, query_network

    text = read_query(name)
    if text is None:
        return network(name, graph, lang=lang, **choices)
    if choices:
        raise ParameterError(
            f"{name}: your own query takes no filter options; put the filters in the query"
        )
    return query_network(text, graph, lang=lang)


def _list(lang: str) -> None:
    from kg.networks import projections
    from kg.sparql.terminal import isolate
    from kg.wording import wording

    words = wording("networks", lang)
    for one in projections():
        click.echo(f"{one.name}: {isolate(one.title[lang])}")
        click.echo(f"    {isolate(one.description[lang])}")
        for name, text in (("node", one.node), ("edge", one.edge), ("weight", one.weight)):
            click.echo(f"    {isolate(f'{words[name]}: {text[lang]}')}")


def _describe(network: nx.Graph) -> None:
    from kg.sparql.terminal import isolate, render_table

    for key in ("title", "description", "node_meaning", "edge_meaning", "weight_meaning"):
        if key in network.graph:
            click.echo(isolate(str(network.graph[key])))
    nodes = network.nodes(data="label")
    labels = {node: isolate(_short(str(label))) for node, label in nodes}
    heaviest = sorted(
        network.edges(data=True), key=lambda edge: (-edge[2]["weight"], edge[0], edge[1])
    )
    rows = [
        [labels[source], labels[target], isolate(data.get("type_label", "")), str(data["weight"])]
        for source, target, data in heaviest[:_MOST_ROWS]
    ]
    click.echo()
    if rows:
        click.echo(render_table(["from", "to", "type", "weight"], rows))
    more = f"; the {_MOST_ROWS} heaviest are shown" if len(heaviest) > _MOST_ROWS else ""
    click.echo(f"({_size(network, 'en')}{more})")


def _size(network: nx.Graph, lang: str) -> str:
    from kg.wording import listed, wording

    words = wording("cli", lang)
    sizes = {"nodes": network.number_of_nodes(), "edges": network.number_of_edges()}
    return listed((words.counted(name, count) for name, count in sizes.items()), lang)


def _short(text: str) -> str:
    return text if len(text) <= 50 else f"{text[:49]}…"
