"""``kg corpus``: many articles."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.corpus.build import CorpusReport
    from kg.corpus.build_state import Counts
    from kg.corpus.home import CorpusHome

_FOLDER = click.Path(path_type=Path, file_okay=False)
_MOST_SHOWN = 10


@click.group()
def command() -> None:
    """Build a graph from many articles, and keep it up to date.

    Exit status 1: some records were refused; FOLDER/refused.jsonl says which and why.
    """


def _engine_options(run: Callable[..., None]) -> Callable[..., None]:
    for option in (
        click.option(
            "--workers",
            type=click.IntRange(min=1),
            default=lambda: os.cpu_count() or 1,
            show_default="one per core",
            help="Number of processes.",
        ),
        click.option(
            "--spark", metavar="URL", help="Run on this Spark cluster: spark://HOST:PORT."
        ),
        click.option("--load/--no-load", default=True, help="Create the store and the tables."),
    ):
        run = option(run)
    return run


_columns_option = click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="WHAT=NAME",
    help="The content of a table column: WHAT is id, text, title, author, publisher, published, "
    "url or language. May be repeated.",
)


@command.command("build")
@click.argument("source", type=click.Path(path_type=Path), required=False)
@click.option("--output", "-o", "folder", type=_FOLDER, required=True, help="The corpus folder.")
@_columns_option
@click.option(
    "--made", metavar="DATE", help="The date assigned to drafts, YYYY-MM-DD [default: today]."
)
@_engine_options
def build(
    source: Path | None,
    folder: Path,
    columns: tuple[str, ...],
    made: str | None,
    **engine: Any,
) -> None:
    """Build a corpus from SOURCE, or bring it up to date with its sources.

    SOURCE is a folder of texts, HTML pages or PDFs, a table (.jsonl, .csv, .parquet) or a web
    archive (.warc). If a build was interrupted, run the same command again to continue. Only new
    and changed articles are read; those no longer in the source are removed.
    """
    from kg.corpus.build import add_source
    from kg.corpus.home import CorpusHome
    from kg.errors import CorpusError

    if source is None:
        home = CorpusHome.open(folder)
    else:
        if (folder / "corpus.json").exists():
            known = {one.path for one in CorpusHome.open(folder).sources}
            if str(source.resolve()) not in known:
                raise CorpusError(
                    f"{folder}: was built from {', '.join(sorted(known))}; to add {source}, run: "
                    f"kg corpus add {folder} {source}"
                )
        home = add_source(folder, source, _named(columns), made)
    _run(home, **engine)


@command.command("add")
@click.argument("folder", type=_FOLDER)
@click.argument("source", type=click.Path(path_type=Path))
@_columns_option
@_engine_options
def add(folder: Path, source: Path, columns: tuple[str, ...], **engine: Any) -> None:
    """Add the articles of SOURCE to the corpus in FOLDER."""
    from kg.corpus.build import add_source
    from kg.corpus.home import CorpusHome

    CorpusHome.open(folder)
    _run(add_source(folder, source, _named(columns)), **engine)


@command.command("status")
@click.argument("folder", type=_FOLDER)
def status(folder: Path) -> None:
    """Show what the corpus in FOLDER contains, what was refused, and what is left open."""
    from kg.corpus.home import CorpusHome
    from kg.errors import CorpusError

    home = CorpusHome.open(folder)
    state = home.state()
    for one in home.sources:
        click.echo(f"source: {one.path}")
    if state is None:
        raise CorpusError(
            f"{folder}: no build has finished; continue with: kg corpus build -o {folder}"
        )
    _tell(state.counts)
    if not state.loaded:
        click.echo("store: not created yet; create it with: kg corpus build -o FOLDER --load")
    if state.counts.refused:
        raise click.exceptions.Exit(1)


@command.command("export")
@click.argument("folder", type=_FOLDER)
@click.option("--output", "-o", type=click.Path(path_type=Path), required=True, help="The file.")
def export(folder: Path, output: Path) -> None:
    """Write the whole corpus in FOLDER as N-Quads, compressed if the name ends in .gz or .zst.

    The tables are already in FOLDER/tables, one folder of Parquet files each.
    """
    from kg.corpus.export import export_quads
    from kg.corpus.home import CorpusHome

    click.echo(f"{output}: {export_quads(CorpusHome.open(folder), output):,} bytes")


def _named(columns: tuple[str, ...]) -> dict[str, str]:
    from kg.corpus.sources.tables import COLUMNS

    found = {}
    for one in columns:
        wanted, equals, name = one.partition("=")
        if not equals or not name or wanted not in COLUMNS:
            raise click.BadParameter(
                f"{one!r} is not WHAT=NAME, where WHAT is {', '.join(COLUMNS)}",
                param_hint="--column",
            )
        found[wanted] = name
    return found


def _run(home: CorpusHome, *, workers: int, spark: str | None, load: bool) -> None:
    from kg.cli.progress_bar import progress_bar
    from kg.corpus.build import build_corpus
    from kg.corpus.engines import engine_for

    engine = engine_for(workers, spark)
    _summary(home, build_corpus(home, engine, load=load, progress=progress_bar(sys.stderr)))


def _summary(home: CorpusHome, report: CorpusReport) -> None:
    click.echo(f"read {report.fresh:,} articles, kept {report.kept:,}, removed {report.removed:,}")
    _tell(report.counts)
    for one in report.refused[:_MOST_SHOWN]:
        click.echo(f"refused: {one.place}: {one.reason.splitlines()[0]}", err=True)
    if (more := len(report.refused) - _MOST_SHOWN) > 0:
        click.echo(f"refused: … and {more:,} more, all in {home.refused}", err=True)
    if report.store is not None:
        click.echo(f"store: {report.store}\ntables: {home.tables}")
    if report.refused:
        raise click.exceptions.Exit(1)


def _tell(counts: Counts) -> None:
    from kg.wording import listed, wording

    words = wording("cli", "en")
    names = ("articles", "readings", "claims")
    parts = listed((words.counted(one, getattr(counts, one)) for one in names), "en")
    click.echo(f"{words.counted('quads', counts.quads)}: {parts}")
    click.echo(words.counted("refused", counts.refused))
    click.echo(words.counted("topics", counts.topics))
    for name, count in counts.relations.items():
        click.echo(f"  rule {name}: {words.counted('relations', count)}")
    if counts.cut:
        click.echo(words.counted("cut-topics", counts.cut))
    if counts.notes:
        click.echo(words.counted("open-notes", counts.notes))
