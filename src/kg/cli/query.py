"""``kg query``."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.options import opened, source_options
from kg.errors import ParameterError, QueryError

if TYPE_CHECKING:
    from typing import BinaryIO

    from kg.queryable import Queryable

_LARGEST_QUERY = 1_000_000


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


def _read(query: str) -> str | None:
    """Return the SPARQL of a file or of standard input; ``None`` where a name was given."""
    if query == "-":
        raw = sys.stdin.buffer.read(_LARGEST_QUERY + 1)
        place = "standard input"
    else:
        path = Path(query)
        if path.suffix != ".rq" and not path.is_file():
            return None
        try:
            with path.open("rb") as stream:
                raw = stream.read(_LARGEST_QUERY + 1)
        except OSError as error:
            raise QueryError(f"{path}: cannot be read: {error.strerror or error}") from error
        place = str(path)
    if len(raw) > _LARGEST_QUERY:
        raise QueryError(f"{place}: a query of more than {_LARGEST_QUERY} bytes is not read")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise QueryError(f"{place}: byte {error.start} is not UTF-8; convert it") from error
    if not text.strip():
        raise QueryError(f"{place}: is empty; write a SPARQL query in it")
    return text.removeprefix("\ufeff")


@click.command(
    context_settings={
        "ignore_unknown_options": True,
        "allow_extra_args": True,
        "allow_interspersed_args": True,
    }
)
@click.argument("query", metavar="NAME|FILE|-")
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[--PARAMETER VALUE]…")
@click.option(
    "--format",
    "-f",
    "name",
    type=click.Choice(["table", "csv", "tsv", "json", "xml", "ttl", "nt", "rdf", "jsonld"]),
    default="table",
    show_default=True,
    help="table, csv, tsv, json, xml for SELECT and ASK; table, ttl, nt, rdf, jsonld for "
    "CONSTRUCT and DESCRIBE.",
)
@click.option("--output", "-o", type=click.Path(path_type=Path), help="Write to this file.")
@source_options
def command(
    query: str,
    arguments: tuple[str, ...],
    name: str,
    output: Path | None,
    store: Path | None,
    data: tuple[Path, ...],
    endpoint: str | None,
    timeout: float,
) -> None:
    """Answer a named question (see: kg queries), or SPARQL from a .rq file or standard input.

    A question's parameters are given as options: kg query who-said --claim us-dead-2003-2011
    """
    from kg.queryable import named_question

    parameters = _parameters(arguments)
    text = _read(query)
    graph = None
    if text is None:
        question = named_question(query)
        graph = opened(store, data, endpoint, timeout)
        text = graph.question_text(question, parameters)
    elif parameters:
        raise ParameterError(f"{query}: only a named question has parameters")
    graph = graph or opened(store, data, endpoint, timeout)
    if output is None:
        # Oxigraph lets no exception in: with no file to clean up, let Ctrl-C end the process.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        _write(graph, text, name, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    from kg.files import replacing

    with replacing(output) as stream:
        _write(graph, text, name, stream)


def _write(graph: Queryable, text: str, name: str, stream: BinaryIO) -> None:
    if name != "table":
        graph.write(text, name, stream)
        return
    from kg.table_text import render

    stream.write(f"{render(graph.sparql(text))}\n".encode())
