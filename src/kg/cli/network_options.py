"""Options of the commands that make networks: which claims, which language, which graph."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, Final

import click

from kg.cli.completion import listed_values
from kg.cli.options import source_options

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.cli.options import Source

__all__ = ["network_options"]

_OPTIONS = (
    click.option(
        "--lang", type=click.Choice(["en", "ar"]), default="en", help="The language of the labels."
    ),
    click.option(
        "--mode",
        type=click.Choice(["generous", "strict"]),
        help="strict: without inferred voices (attribution, timeline, answers).",
    ),
    click.option("--from", "date_from", help="Only claims possibly on or after this date."),
    click.option("--to", "date_to", help="Only claims possibly on or before this date."),
    click.option("--speaker", help="Only claims made by this actor."),
    click.option("--via", help="Only claims that reach us through this actor, at any depth."),
    click.option(
        "--stance",
        shell_complete=listed_values("claims", "stance"),
        help="Only claims with this stance: certain, probable, possible …",
    ),
    click.option("--actor", help="Only claims about this actor."),
    click.option("--event", help="Only claims about this event."),
    click.option("--place", help="Only claims about this place."),
    click.option(
        "--kind",
        shell_complete=listed_values("claims", "kind"),
        help="Only claims of this class: CasualtyClaim, Allegation …",
    ),
    click.option("--article", help="Only claims of this article."),
)
# What a command gets only where it was chosen.
_CHOICES: Final = frozenset(
    ("mode", "date_from", "date_to", "speaker", "via", "stance", "actor", "event", "place", "kind",
     "article")
)  # fmt: skip


def network_options(run: Callable[..., None]) -> Callable[..., None]:
    """Add the options of networks to a command.

    It receives ``lang``, ``graph`` and the other options that were given.
    """

    @functools.wraps(run)
    def opened(source: Source, lang: str, **given: Any) -> None:
        chosen = {
            name: value
            for name, value in given.items()
            if value is not None or name not in _CHOICES
        }
        run(lang=lang, graph=source.open_whole(), **chosen)

    command = source_options(opened)
    for option in reversed(_OPTIONS):
        command = option(command)
    return command
