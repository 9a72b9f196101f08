"""``kg entities``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kg.cli.options import format_option, graph_option, source_options

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from kg.cli.options import Source

_MOST_NAMES = 6
#: The values of kg.meeting.entity_candidates.Reason, which is imported only where it is needed.
_REASONS = (
    "same-name", "spelling", "other-language", "acronym", "part-of-name", "office", "together",
)  # fmt: skip


@click.group()
def command() -> None:
    """Decide which of the entities proposed by readings are the same.

    Nothing is merged automatically: candidates are listed with reasons, and each decision is a line
    in authority/entities.yaml that you can read, change or delete. The next build applies it.
    """


def _folder(graph: Path | None) -> Path:
    from kg.graph.build import default_graph

    return (graph or default_graph()) / "authority"


def _shown(head: Sequence[str], rows: Sequence[Sequence[str]], name: str) -> None:
    """Print rows as a table, or as comma-separated values."""
    import csv
    import sys

    from kg.sparql.terminal import isolate, render_table

    if name == "csv":
        writer = csv.writer(sys.stdout)
        writer.writerow(head)
        writer.writerows(rows)
    elif rows:
        click.echo(render_table(head, [[isolate(cell) for cell in row] for row in rows]))


@command.command("list")
@click.option("--kind", help="Only this kind: actor, event, place, source, population …")
@click.option("--proposed", is_flag=True, help="Only entities that no authority file describes.")
@format_option(["table", "csv"])
@source_options
def list_entities(source: Source, kind: str | None, proposed: bool, name: str) -> None:
    """List the entities of the graph, starting with those named in the most articles."""
    from kg.meeting.entities import entities_in

    found = [
        one
        for one in entities_in(source.open()).values()
        if (kind is None or one.kind == kind) and (one.proposed or not proposed)
    ]
    found.sort(key=lambda one: (-len(one.articles), one.ref))
    rows = [
        [one.ref, one.type, one.label("en"), one.label("ar"), str(len(one.articles))]
        for one in found
    ]
    _shown(["entity", "type", "English", "Arabic", "articles"], rows, name)
    click.echo(f"{len(rows)} entities", err=True)


@command.command("candidates")
@click.option(
    "--reason",
    "wanted",
    type=click.Choice(_REASONS),
    multiple=True,
    help="Only candidates with this reason. May be repeated.",
)
@format_option(["table", "csv"])
@graph_option
@source_options
def list_candidates(source: Source, graph: Path | None, wanted: tuple[str, ...], name: str) -> None:
    """List entities that may be the same, with reasons; nothing is merged.

    Reasons: same-name; spelling (the names differ only in vowels and marks); other-language (a
    translation or transcription); acronym; part-of-name; office (the title before the person's
    name); together (named alongside the same entities elsewhere).
    """
    from kg.knowledge.decisions import load_entity_decisions
    from kg.meeting.entities import entities_in
    from kg.meeting.entity_candidates import candidates

    decisions = load_entity_decisions(_folder(graph))
    rows = []
    for one in candidates(entities_in(source.open()).values(), decisions):
        reasons = [reason.value for reason in one.reasons]
        if wanted and not set(wanted) & set(reasons):
            continue
        refs = one.one.refs if one.one is one.other else (*one.one.refs, *one.other.refs)
        rows.append(
            [one.one.name, one.other.name, ", ".join(reasons), " ".join(refs[:_MOST_NAMES])
             + (f" … and {len(refs) - _MOST_NAMES} more" if len(refs) > _MOST_NAMES else "")]
        )  # fmt: skip
    _shown(["one", "other", "reasons", "proposed as"], rows, name)
    click.echo(f"{len(rows)} candidates", err=True)
    if rows:
        click.echo("decide with: kg entities link ENTITY NAME…, or kg entities split ONE OTHER",
                   err=True)  # fmt: skip


@command.command("link")
@click.argument("entity")
@click.argument("names", nargs=-1, required=True)
@click.option("--type", "word", help="The entity's type, if it is new: MediaOutlet, Person …")
@click.option("--en", help="The entity's English label, if it is new.")
@click.option("--ar", help="The entity's Arabic label, if it is new.")
@click.option("--why", help="The reason, for people who read the decision.")
@graph_option
def link(entity: str, names: tuple[str, ...], graph: Path | None, why: str | None,
         word: str | None, en: str | None, ar: str | None) -> None:  # fmt: skip
    """Decide that NAMES all mean ENTITY.

    A name is an id from the authority files, an entity proposed by a reading (SLUG/READING/ID), or
    words, which cover every entity that a reading proposes under them. ENTITY is an id from the
    authority files or the gazetteer; a new one needs --type, --en and --ar.
    """
    import re

    from kg.errors import did_you_mean
    from kg.meeting.write_decisions import authority_here, check_refs

    folder = _folder(graph)
    authority = authority_here(folder)
    decision: dict[str, Any] = {"entity": entity}
    if entity not in authority.entities:
        missing = [o for o, v in (("--type", word), ("--en", en), ("--ar", ar)) if v is None]
        if missing:
            raise click.UsageError(
                f"{entity!r} is in neither the authority files nor the gazetteer; a new entity "
                f"needs {', '.join(missing)}{did_you_mean(entity, authority.entities)}"
            )
        decision |= {"type": word, "label": {"en": en, "ar": ar}}
    refs = [
        one
        for one in names
        if one in authority.entities or re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+){2}", one)
    ]
    check_refs(folder, refs, "entities")
    decision |= {"names": [one for one in names if one not in refs], "same": refs, "why": why}
    _decide(folder, {key: value for key, value in decision.items() if value})


@command.command("split")
@click.argument("one")
@click.argument("other", required=False)
@click.option("--why", help="The reason, for people who read the decision.")
@graph_option
def split(one: str, other: str | None, graph: Path | None, why: str | None) -> None:
    """Undo the decision on ONE, or decide that ONE and OTHER are different.

    ONE is an entity, a name or a proposed entity (SLUG/READING/ID) in a decision. Entities that you
    keep apart are no longer proposed as candidates.
    """
    from kg.knowledge.decisions import ENTITIES_FILE
    from kg.meeting.write_decisions import check_refs, taken_back

    folder = _folder(graph)
    if other is not None:
        check_refs(folder, (one, other), "entities")
        _decide(folder, {"different": [one, other]} | ({"why": why} if why else {}))
        return
    text, found = taken_back(folder / ENTITIES_FILE, one, ("entity", "same", "names", "different"))
    if not found:
        click.echo(f"{folder / ENTITIES_FILE}: has no decision on {one!r}", err=True)
        raise click.exceptions.Exit(1)
    _write(folder, text)
    click.echo(f"{folder / ENTITIES_FILE}: no decision mentions {one!r} any more")


def _decide(folder: Path, decision: dict[str, Any]) -> None:
    from kg.knowledge.decisions import ENTITIES_FILE
    from kg.meeting.write_decisions import decided

    path = folder / ENTITIES_FILE
    text = decided(path, decision)
    _write(folder, text)
    click.echo(f"{path}: {text.splitlines()[-1].removeprefix('- ')}")
    click.echo("rebuild for this to take effect", err=True)


def _write(folder: Path, text: str) -> None:
    """Write decisions on entities, checking that they can be applied."""
    from kg.files import shipped
    from kg.knowledge.authority import load_authority
    from kg.knowledge.decisions import ENTITIES_FILE, load_entity_decisions
    from kg.knowledge.ontology import load_ontology
    from kg.meeting.write_decisions import write_decisions

    ontology = load_ontology(shipped.ontology_dir())
    write_decisions(
        folder / ENTITIES_FILE,
        text,
        lambda new: load_authority(folder, ontology, load_entity_decisions(folder, new)),
    )
