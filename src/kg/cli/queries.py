"""``kg queries``."""

from __future__ import annotations

import shutil

import click

from kg.cli.completion import questions
from kg.cli.options import language_option


@click.command()
@click.argument("name", required=False, shell_complete=questions)
@language_option()
@click.option("--tag", help="Only the questions with this tag.")
def command(name: str | None, lang: str, tag: str | None) -> None:
    """List the named questions, or explain one: its parameters, their defaults, its SPARQL."""
    from kg.errors import QueryError, did_you_mean
    from kg.sparql.terminal import isolate
    from kg.store.queryable import named_question, named_questions

    if name is not None:
        question = named_question(name)
        for language in ("en", "ar"):
            click.echo(isolate(question.title[language]))
            click.echo(f"  {isolate(question.description[language])}")
        for alias, given in question.aliases.items():
            values = " ".join(f"--{key.replace('_', '-')} {value}" for key, value in given.items())
            click.echo(f"  {alias} = {question.name} {values}".rstrip())
        for parameter in question.parameters:
            default = f" [default: {parameter.default}]" if parameter.default else ""
            click.echo(f"  {parameter.option} ({parameter.type}): {parameter.help(lang)}{default}")
        click.echo(
            "\n" + "\n".join(one for one in question.text.splitlines() if not one.startswith("#+"))
        )
        return
    asked = named_questions()
    tags = sorted({one for question in asked for one in question.tags})
    if tag is not None and tag not in tags:
        hint = did_you_mean(tag, tags, otherwise=f"there are {', '.join(tags)}")
        raise QueryError(f"no question has the tag {tag!r}{hint}")
    rows = [
        (
            ", ".join([one.name, *one.aliases]),
            isolate(
                " ".join([one.title[lang], *(parameter.option for parameter in one.parameters)])
            ),
        )
        for one in asked
        if tag is None or tag in one.tags
    ]
    formatter = click.HelpFormatter(width=shutil.get_terminal_size((100, 24)).columns)
    formatter.write_dl(rows)
    click.echo(formatter.getvalue(), nl=False)
