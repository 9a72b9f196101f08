"""``kg query``."""

from __future__ import annotations

import signal
import sys
from typing import TYPE_CHECKING

import click

from kg.cli.options import format_option, output_option, source_options
from kg.cli.query_input import read_query
from kg.errors import ParameterError

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

    from kg.cli.options import Source
    from kg.store.queryable import Queryable


def _parameters(arguments: tuple[str, ...]) -> dict[str, str]:
    """Read ``--name value`` and ``--name=value``, the parameters of a named question."""
    found: dict[str, str] = {}
    waiting = list(arguments)
    while waiting:
        option = waiting.pop(0)
        if not option.startswith("--"):
            raise ParameterError(f"{option!r}: parameters are given as --name value")
        name, equals, value = option[2:].partition("=")
        if not equals:
            if not waiting:
                raise ParameterError(f"--{name}: a value is missing")
            value = waiting.pop(0)
        if name in found:
            raise ParameterError(f"--{name}: is given twice ({found[name]!r}, {value!r})")
        found[name] = value
    return found


@click.command(
    context_settings={
        "ignore_unknown_options": True,
        "allow_extra_args": True,
        "allow_interspersed_args": True,
    }
)
@click.argument("query", metavar="NAME|FILE|-")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[--PARAMETER VALUE]…")
@format_option(
    ["table", "csv", "tsv", "json", "xml", "ttl", "nt", "rdf", "jsonld"],
    help="table, csv, tsv, json, xml for SELECT and ASK; table, ttl, nt, rdf, jsonld for "
    "CONSTRUCT and DESCRIBE.",
)
@output_option()
@source_options
def command(
    query: str,
    arguments: tuple[str, ...],
    name: str,
    output: Path | None,
    source: Source,
) -> None:
    """Answer a named question (see: kg queries), or SPARQL from a .rq file or standard input.

    A question's parameters are given as options: kg query who-said --claim us-dead-2003-2011
    """
    from kg.store.queryable import named_question

    parameters = _parameters(arguments)
    text = read_query(query)
    graph = None
    if text is None:
        question = named_question(query)
        graph = source.open()
        text = graph.question_text(question, parameters)
    elif parameters:
        raise ParameterError(f"{query}: only a named question has parameters")
    graph = graph or source.open()
    if output is None:
        # Oxigraph lets no exception in: with no file to clean up, let Ctrl-C end the process.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        _write(graph, text, name, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    from kg.files.atomic import replacing

    with replacing(output) as stream:
        _write(graph, text, name, stream)


def _write(graph: Queryable, text: str, name: str, stream: BinaryIO) -> None:
    if name != "table":
        graph.write(text, name, stream)
        return
    from kg.sparql.terminal import render

    stream.write(f"{render(graph.sparql(text))}\n".encode())
