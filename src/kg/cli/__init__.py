"""The command line: it parses what a person typed, calls one function, and formats the answer."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import click

from kg.errors import KgError

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

# Command, module and one line of help: a command's module is imported only when it is run.
_COMMANDS = {
    "build": ("build", "Compile, derive and validate the graph, and swap it in."),
    "validate": ("validate", "Check the graph, or RDF files, against the SHACL shapes."),
    "query": ("query", "Answer a named question, or SPARQL from a file or standard input."),
    "queries": ("queries", "List the named questions, or explain one."),
    "claims": ("claims", "Find claims: by voice, actor, event, place, date, kind, words …"),
    "show": ("show", "Show one claim: its chain of voices, its words, its relations."),
    "coverage": ("coverage", "Report which characters of an article no passage covers, and why."),
    "dump": ("dump", "Write the graph as Turtle, TriG, N-Quads and JSON-LD, with checksums."),
    "schema": ("schema", "Print the JSON Schema of reading files."),
}


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(f"kg.cli.{_COMMANDS[cmd_name][0]}").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()])


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        from importlib.metadata import version

        click.echo(f"qawl {version('qawl')}")
        ctx.exit()


@click.group(cls=_LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version and exit.",
)
def _kg() -> None:
    """Qawl: who said what, as a graph.

    Exit status: 0 done; 1 the graph does not conform, or something is out of date or not found;
    2 the input or the command cannot be used (one message says what, where and how to mend it).
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit."""
    try:
        _kg.main(args=arguments, prog_name="kg", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except KgError as error:
        click.echo(f"kg: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader (head, less) has seen enough; Python must not complain at shutdown either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        click.echo(
            f"kg: {error.strerror or error}: {error.filename or 'standard output'}", err=True
        )
        sys.exit(2)
