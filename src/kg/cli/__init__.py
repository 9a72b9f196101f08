"""The command line: parses arguments, calls one function, and formats the answer."""

from __future__ import annotations

import io
import os
import re
import sys
import warnings
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kg.errors import KgError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["main"]

# Command, module and one line of help: a command's module is imported only when it is run.
_COMMANDS = {
    "build": ("build", "Compile the graph, apply the rules, validate it and replace the store."),
    "validate": ("validate", "Check the graph, or RDF files, against the SHACL shapes."),
    "query": ("query", "Run a named question, or SPARQL from a file or standard input."),
    "queries": ("queries", "List the named questions, or explain one."),
    "claims": ("claims", "Find claims: by voice, actor, event, place, date, kind, words …"),
    "show": ("show", "Show one claim: its chain of voices, its words, its relations."),
    "new": ("new", "Create an article's folder from a text, an HTML page or a PDF."),
    "read": ("read", "Write a draft reading: by the rules, a model or an annotation file."),
    "desk": ("desk", "Correct a draft on a page, by keyboard, mouse or touch."),
    "questions": ("questions", "List and join claims that may answer the same question."),
    "entities": ("entities", "List, link and split entities named in several articles."),
    "compare": ("compare", "Compare two readings of one article."),
    "annotations": ("annotations", "Write a reading as Web Annotations, brat or UIMA CAS."),
    "networks": ("networks", "List the networks of the graph, or write one for another program."),
    "draw": ("draw", "Draw a network, a timeline, competing answers, or a claim's voices."),
    "verify": ("verify", "Check that the store still holds what was built."),
    "serve": ("serve", "Serve SPARQL, named questions, linked data and downloads over HTTP."),
    "corpus": ("corpus", "Build a graph from many articles, and keep it up to date."),
    "coverage": ("coverage", "Report which characters of an article no passage covers, and why."),
    "diff": ("diff", "Show what changed between two versions of the graph."),
    "dump": ("dump", "Write the graph as Turtle, TriG, N-Quads and JSON-LD, with checksums."),
    "publish": ("publish", "Load the graph into a SPARQL server."),
    "docs": ("docs", "Write the documentation of the ontology as HTML pages."),
    "export": ("export", "Export claims as nanopublications, schema.org, RDF 1.2 or flattened."),
    "release": ("release", "Write a versioned release for download, described by DCAT and VoID."),
    "schema": ("schema", "Print the JSON Schema of reading files."),
}


# What could move the cursor, colour or reorder the text: C0 (but for new lines) and C1 controls.
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]")


class _LazyGroup(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = import_module(f"kg.cli.{_COMMANDS[cmd_name][0]}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in _COMMANDS:
            hint = did_you_mean(args[0], _COMMANDS, otherwise="see them all with: kg --help")
            raise click.UsageError(f"no such command: {args[0]!r}{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()])


def _version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value:
        from importlib.metadata import PackageNotFoundError, version

        try:
            click.echo(f"qawl {version('qawl')}")
        except PackageNotFoundError:
            click.echo("qawl, run from source without installation")
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

    Exit status: 0 success; 1 the graph does not conform, or something is out of date or not found;
    2 the input or the command cannot be used (the message says what is wrong, where, and how to fix
    it).
    """


def _open_streams() -> None:
    """Replace closed streams by the null device, and characters that a stream lacks by escapes."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - for the whole run
        elif mode == "w" and isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _complain(message: str) -> None:
    """Print an error or a warning; control characters in it cannot reach the terminal."""
    safe = _CONTROL.sub(lambda match: f"\\u{ord(match[0]):04x}", message)
    click.echo(f"kg: {safe}", err=True)


def _warn(message: Warning | str, *_: object, **__: object) -> None:
    _complain(str(message))


def _name_argument(error: click.NoSuchOption, ctx: click.Context) -> None:
    """Tell how an argument is given that was taken for an option."""
    name = error.option_name.lstrip("-")
    if any(isinstance(one, click.Argument) and one.name == name for one in ctx.command.params):
        _complain(f"give it without {error.option_name}: {ctx.command_path} {name.upper()}")


def _run(arguments: Sequence[str] | None) -> int:
    try:
        # Without standalone mode click returns the status that a command exits with.
        status = _kg.main(args=arguments, prog_name="kg", standalone_mode=False)
        return status if isinstance(status, int) else 0
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0
    except click.Abort:
        return 130
    except click.ClickException as error:
        error.show()
        if isinstance(error, click.NoSuchOption) and error.ctx is not None:
            _name_argument(error, error.ctx)
        return 2
    except KgError as error:
        _complain(str(error))
        return error.exit_code


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit."""
    _open_streams()
    warnings.showwarning = _warn
    try:
        status = _run(arguments)
        sys.stdout.flush()
    except OSError as error:
        status = 0
        if not isinstance(error, BrokenPipeError):  # a reader (head, less) that has seen enough
            status = 2
            reason = error.strerror or error
            place = error.filename or "standard output"
            _complain(f"{place}: {reason}; free some space, or check the folder's permissions")
        # Python must not try again, and complain, when it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception as error:
        if "QAWL_TRACEBACK" in os.environ:
            raise
        status = 2
        _complain(
            f"internal error in Qawl ({type(error).__name__}: {error}); please report it, with the "
            "output under QAWL_TRACEBACK=1"
        )
    sys.exit(status)
