"""``kg serve``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import store_option
from kg.web.settings import Settings, explained

if TYPE_CHECKING:
    from collections.abc import Callable


def _settings_options(command: Callable[..., None]) -> Callable[..., None]:
    for name, default, help_text in reversed(tuple(explained())):
        several = isinstance(default, tuple)
        command = click.option(
            f"--{name.replace('_', '-')}",
            type=str if several else type(default),
            multiple=several,
            default=None if several else default,
            show_default="default:" not in help_text and not several,
            help=help_text,
        )(command)
    return command


@click.command()
@click.argument("source", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE… | FOLDER]")
@store_option
@_settings_options
def command(source: tuple[Path, ...], store: Path | None, **given: Any) -> None:
    """Serve the graph: SPARQL, named questions, linked data, downloads.

    It serves the store that was built, or the RDF files or the folder named: a folder of builds, or
    one with an Oxigraph database. Named graphs are kept; a new build is taken up while serving.
    """
    from kg.web.server import serve
    from kg.web.source import describe_source

    serve(Settings(**given), describe_source(store, source))
