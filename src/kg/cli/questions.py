"""``kg questions``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kg.cli.options import graph_option, source_options

if TYPE_CHECKING:
    from pathlib import Path

    from kg.cli.options import Source
    from kg.knowledge.authority import Authority


@click.group()
def command() -> None:
    """Decide which claims of several articles answer the same question.

    Claims are joined automatically if their questions are identical. If a reading could not tell
    what an amount belongs to, its question stays separate until you decide. Each decision is a line
    in authority/questions.yaml that you can read, change or delete; the next build applies it.

    For the questions that you can ask Qawl, see: kg queries.
    """


def _folder(graph: Path | None) -> Path:
    from kg.graph.build import default_graph

    return (graph or default_graph()) / "authority"


@command.command("candidates")
@graph_option
@source_options
def list_candidates(source: Source, graph: Path | None) -> None:
    """List claims that may answer the same question.

    They have the same measure, in articles that name the same entities.
    """
    from kg.knowledge.decisions import load_question_decisions
    from kg.meeting.question_candidates import question_candidates

    found = question_candidates(source.open(), load_question_decisions(_folder(graph)))
    for one in found:
        click.echo(f"{one.measure} ({one.unit}), in articles that name {', '.join(one.shared)}")
        for claim in one.claims:
            click.echo(f"  {claim.ref}  {claim.value}{'' if claim.told else '  (unspecific)'}")
    click.echo(f"{len(found)} candidates", err=True)


@command.command("link")
@click.argument("claims", nargs=-1, required=True)
@click.option(
    "--ask",
    required=True,
    metavar="QUESTION",
    help="The question, as written in a reading: '{how-many: deaths, event: tal-hamra-flood}'.",
)
@click.option("--why", help="The reason, for people who read the decision.")
@graph_option
def link(claims: tuple[str, ...], ask: str, why: str | None, graph: Path | None) -> None:
    """Decide that CLAIMS (SLUG/READING/ID) answer QUESTION."""
    from kg.errors import ReadingError
    from kg.files.yaml_input import load_yaml
    from kg.knowledge.decisions import QUESTIONS_FILE
    from kg.meeting.write_decisions import check_refs, decided

    folder = _folder(graph)
    try:
        question = load_yaml(folder / QUESTIONS_FILE, ask).data
    except ReadingError as error:
        raise click.BadParameter(f"{ask!r} is not YAML", param_hint="--ask") from error
    if not isinstance(question, dict):
        raise click.BadParameter(
            f"{ask!r} is not a question; write it like '{{how-many: deaths, event: iraq-war}}'",
            param_hint="--ask",
        )
    check_refs(folder, claims, "claims")
    decision = {"ask": question, "claims": list(claims)} | ({"why": why} if why else {})
    text = decided(folder / QUESTIONS_FILE, decision)
    _write(folder, text)
    click.echo(f"{folder / QUESTIONS_FILE}: {text.splitlines()[-1].removeprefix('- ')}")


@command.command("split")
@click.argument("claim")
@click.argument("other", required=False)
@click.option("--why", help="The reason, for people who read the decision.")
@graph_option
def split(claim: str, other: str | None, why: str | None, graph: Path | None) -> None:
    """Undo the decision on CLAIM, or decide that CLAIM and OTHER answer different questions."""
    from kg.knowledge.decisions import QUESTIONS_FILE
    from kg.meeting.write_decisions import check_refs, decided, taken_back

    folder = _folder(graph)
    path = folder / QUESTIONS_FILE
    if other is not None:
        check_refs(folder, (claim, other), "claims")
        _write(folder, decided(path, {"different": [claim, other]} | ({"why": why} if why else {})))
        click.echo(f"{path}: {claim} and {other} answer different questions")
        return
    text, found = taken_back(path, claim, ("claims", "different"))
    if not found:
        click.echo(f"{path}: has no decision on {claim!r}", err=True)
        raise click.exceptions.Exit(1)
    _write(folder, text)
    click.echo(f"{path}: no decision mentions {claim!r} any more")


def _write(folder: Path, text: str) -> None:
    """Write decisions on questions, checking that their entities exist."""
    from kg.knowledge.decisions import QUESTIONS_FILE, load_question_decisions
    from kg.meeting.write_decisions import authority_here, write_decisions

    authority = authority_here(folder)

    def check(new: str) -> None:
        for asked in load_question_decisions(folder, new).asked.values():
            _check(asked, authority)

    write_decisions(folder / QUESTIONS_FILE, text, check)


def _check(asked: object, authority: Authority) -> None:
    from pydantic import ValidationError

    from kg.errors import AuthorityError, did_you_mean
    from kg.files.schema_faults import first_fault
    from kg.reading.parts import QUESTION_OF_NOTHING, Question

    try:
        question = Question.model_validate(asked)
    except ValidationError as error:
        raise AuthorityError(f"--ask: {first_fault(error).told('the question')}") from error
    if question.of_nothing:
        raise AuthorityError(f"--ask: {QUESTION_OF_NOTHING}")
    told = question.told
    named = (
        question.of,
        question.event,
        question.where,
        question.did,
        question.place,
        question.actor,
        question.by,
        question.whole,
        *((told.subject, told.object) if told else ()),
    )
    for name in filter(None, named):
        if name not in authority.entities:
            raise AuthorityError(
                f"--ask: {name!r} is not in the authority "
                f"files{did_you_mean(name, authority.entities)}"
            )
