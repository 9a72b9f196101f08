"""``kg export``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import (
    data_option,
    language_option,
    opened_here,
    output_option,
    readers_option,
    store_option,
    write_out,
)

if TYPE_CHECKING:
    from pathlib import Path

    from kg.store.views import Readers


class _Command(click.Command):
    """Lists the profiles in the help; they are loaded only on request."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from kg.publish.profiles import PROFILE_NAMES, profile

        with formatter.section("Profiles"):
            formatter.write_dl([(name, profile(name).summary["en"]) for name in PROFILE_NAMES])
        super().format_epilog(ctx, formatter)


@click.command(cls=_Command)
@click.argument("profile", metavar="PROFILE")
@click.option(
    "--claim", "claims", multiple=True, help="Only this claim (id or IRI). May be repeated."
)
@click.option("--article", help="Only the claims of this article.")
@click.option("--reading", help="Only the claims of this reading (IRI, or reading:SLUG/ID).")
@click.option("--format", "-f", "syntax", help="One of the profile's formats [default: its first].")
@output_option()
@click.option("--limits", is_flag=True, help="Write nothing; list what the profile cannot express.")
@language_option("--language", "The language of that list.")
@readers_option
@store_option
@data_option
def command(
    profile: str,
    claims: tuple[str, ...],
    article: str | None,
    reading: str | None,
    syntax: str | None,
    output: Path | None,
    limits: bool,
    language: str,
    readers: Readers,
    store: Path | None,
    data: tuple[Path, ...],
) -> None:
    """Export claims in another community's format; without a filter, all claims."""
    from kg.publish.profiles import export
    from kg.publish.profiles import profile as find

    found = find(profile)
    if limits:
        click.echo(f"{found.summary[language]}\n{', '.join(found.formats)}\n")
        for limit in found.limits:
            click.echo(f"- {limit[language]}")
        return
    content = export(
        opened_here(store, data, readers),
        profile,
        claims=claims,
        article=article,
        reading=reading,
        syntax=syntax,
    )
    write_out(content, output)
