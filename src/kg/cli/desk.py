"""``kg desk``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import graph_option

if TYPE_CHECKING:
    from pathlib import Path

    from kg.desk.desk import Desk


def _person() -> str:
    """Return Git's user name, else the user's name on this machine."""
    import getpass
    import shutil
    import subprocess

    if (git := shutil.which("git")) is not None:
        done = subprocess.run(  # noqa: S603 - no part of it comes from outside
            [git, "config", "user.name"], capture_output=True, text=True, check=False
        )
        if name := done.stdout.strip():
            return name
    return getpass.getuser()


def _opened(desk: Desk, slug: str | None) -> Desk:
    """Return the desk, after checking that the article can be opened."""
    if slug is not None:
        desk.sitting(slug)
    return desk


@click.command()
@click.argument("slug", required=False)
@click.option(
    "--as", "person", help="The name to record your decisions under [default: Git's user.name]."
)
@click.option("--reading", help="The reading to correct [default: yours, else the newest draft].")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=7879,
    show_default=True,
    help="The port to listen on; 0 picks a free one.",
)
@graph_option
def command(
    slug: str | None,
    person: str | None,
    reading: str | None,
    host: str,
    port: int,
    graph: Path | None,
) -> None:
    """Correct a draft on a page: accept, reject or edit claims, by keyboard, mouse or touch.

    Starts a server for you alone and prints its link, with a token that lets you record decisions.
    Each decision is written to the reading's file, readings/NAME.yaml, before the page confirms it,
    and the server's graph is updated at once. NAME.decisions.jsonl beside it is the undo log.
    Without SLUG, it opens on the list of articles, where you can paste a text.
    """
    from kg.desk.desk import Desk
    from kg.graph.build import default_graph
    from kg.web.desk.run import run_desk
    from kg.web.settings import Settings

    folder = graph or default_graph()
    settings = Settings(host=host, port=port, readers="all", cors_origin="")
    name = person or _person()
    run_desk(
        settings,
        lambda live: _opened(Desk(live, name, reading), slug),
        folder,
        f"/desk/{slug}" if slug else "/desk",
        lambda link: click.echo(f"desk of {name}: {link}"),
    )
