"""``kg serve``."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import store_option
from kg.web.settings import Explained, Settings, explained

if TYPE_CHECKING:
    from collections.abc import Callable


def _type(setting: Explained) -> click.ParamType[Any]:
    if setting.choices:
        return click.Choice(setting.choices)
    match setting.default:
        case int():
            return click.IntRange(min=int(setting.least), max=setting.most)
        case float():
            return click.FloatRange(min=setting.least)
        case _:
            return click.STRING


def _checked(setting: Explained) -> Callable[..., Any]:
    """Return what refuses a value that no request could match."""

    def check(_: click.Context, __: click.Parameter, value: Any) -> Any:
        for one in value if isinstance(value, tuple) else (value,):
            if one and setting.pattern and not re.fullmatch(setting.pattern, one):
                raise click.BadParameter(f"{one!r} is not valid; write it like {setting.like}")
        return value

    return check


def _settings_options(command: Callable[..., None]) -> Callable[..., None]:
    for one in reversed(explained()):
        several = isinstance(one.default, tuple)
        command = click.option(
            f"--{one.name.replace('_', '-')}",
            type=_type(one),
            multiple=several,
            default=None if several else one.default,
            show_default="default:" not in one.help and not several,
            help=one.help,
            callback=_checked(one),
        )(command)
    return command


@click.command()
@click.argument("source", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE… | FOLDER]")
@store_option
@_settings_options
def command(source: tuple[Path, ...], store: Path | None, **given: Any) -> None:
    """Serve the graph: SPARQL, named questions, linked data, downloads.

    Serves the built store, or the given RDF files or folder (a folder of builds or an Oxigraph
    database). Named graphs are kept. A new build is picked up while the server runs.
    """
    from kg.web.server.run import serve
    from kg.web.source import Source

    if given["dumps"] and not Path(given["dumps"]).is_dir():
        raise click.BadParameter(
            f"{given['dumps']!r} is not a folder; create it with: kg release {given['dumps']}",
            param_hint="--dumps",
        )
    serve(Settings(**given), Source.find(store, source))
