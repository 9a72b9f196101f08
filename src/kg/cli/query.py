"""``kg query``."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.cli.completion import parameter_values, questions
from kg.cli.limits import limited
from kg.cli.options import format_option, output_option, source_options
from kg.cli.query_input import read_query, unknown_terms
from kg.errors import ParameterError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import BinaryIO

    from click.shell_completion import CompletionItem

    from kg.cli.options import Source
    from kg.sparql.rq_file import RqFile
    from kg.store.queryable import Queryable


def _parameters(question: RqFile, arguments: tuple[str, ...]) -> dict[str, str]:
    """Read ``--name value`` and ``--name=value``, the parameters of a question."""
    from kg.sparql.parameters import unknown_parameter

    found: dict[str, str] = {}
    waiting = list(arguments)
    while waiting:
        option = waiting.pop(0)
        if not option.startswith("--"):
            raise ParameterError(f"{option!r}: write parameters as --name value")
        name, equals, value = option[2:].partition("=")
        if question.parameter(name) is None:
            own = [one for param in command.params for one in param.opts if one[:2] == "--"]
            raise unknown_parameter(question, name, own)
        if not equals:
            if not waiting:
                raise ParameterError(f"--{name}: a value is missing")
            value = waiting.pop(0)
        if name in found:
            raise ParameterError(f"--{name}: given twice ({found[name]!r}, {value!r})")
        found[name] = value
    return found


class _Command(click.Command):
    """Completes the question's parameters in addition to the command's own options."""

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        from kg.cli.completion import parameter_names

        own = parameter_names(ctx) if incomplete.startswith("-") else []
        return [
            *(one for one in own if one.value.startswith(incomplete)),
            *super().shell_complete(ctx, incomplete),
        ]


@click.command(
    cls=_Command,
    context_settings={
        "ignore_unknown_options": True,
        "allow_extra_args": True,
        "allow_interspersed_args": True,
    },
)
@click.argument("query", metavar="NAME|FILE|-|SPARQL", shell_complete=questions)
@click.argument(
    "arguments",
    nargs=-1,
    type=click.UNPROCESSED,
    metavar="[--PARAMETER VALUE]…",
    shell_complete=parameter_values,
)
@format_option(
    ["table", "csv", "tsv", "json", "xml", "ttl", "nt", "rdf", "jsonld"],
    help="table, csv, tsv, json, xml for SELECT and ASK; table, ttl, nt, rdf, jsonld for "
    "CONSTRUCT and DESCRIBE.",
)
@output_option()
@click.option(
    "--memory",
    type=click.IntRange(min=100),
    default=4000,
    show_default=True,
    metavar="MB",
    help="The maximum memory for an answer.",
)
@source_options
def command(
    query: str,
    arguments: tuple[str, ...],
    name: str,
    output: Path | None,
    memory: int,
    source: Source,
) -> None:
    """Run a named question (see: kg queries), or SPARQL from a file, standard input or argument.

    A question's parameters are options: kg query who-said --claim us-dead-2003-2011. In your own
    query, each VALUES ?name { … } becomes an option --name.
    """
    from kg.sparql.rq_file import user_rq
    from kg.store.queryable import named_question

    if query.startswith("--"):
        raise ParameterError(
            f"{query}: the name of the question comes first: kg query NAME {query} …"
        )
    text = read_query(query)
    question = named_question(query) if text is None else user_rq(text, "the query")
    parameters = _parameters(question, arguments)
    graph = source.open()
    for unknown in sorted(unknown_terms(text)) if text is not None else ():
        click.echo(f"note: {unknown}", err=True)
    text = graph.question_text(question, parameters)
    if output is None:
        # Oxigraph lets no exception in: with no file to clean up, let Ctrl-C end the process.
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        with limited(source.timeout, memory, lambda: None):
            _write(graph, text, name, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    from kg.files.atomic import replacing

    with replacing(output) as stream, limited(source.timeout, memory, _removing(stream)):
        _write(graph, text, name, stream)


def _removing(stream: BinaryIO) -> Callable[[], None]:
    """Return a function that removes a partially written file; a device is left alone."""
    from kg.files.atomic import HALF_WRITTEN

    def remove() -> None:
        path = Path(stream.name)
        if path.name.startswith(HALF_WRITTEN):
            path.unlink(missing_ok=True)

    return remove


def _write(graph: Queryable, text: str, name: str, stream: BinaryIO) -> None:
    if name != "table":
        graph.write(text, name, stream)
        return
    from kg.sparql.terminal import render

    stream.write(f"{render(graph.sparql(text))}\n".encode())
