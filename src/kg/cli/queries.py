"""``kg queries``."""

from __future__ import annotations

import click

from kg.cli.options import language_option


@click.command()
@click.argument("name", required=False)
@language_option()
@click.option("--tag", help="Only the questions with this tag.")
def command(name: str | None, lang: str, tag: str | None) -> None:
    """List the named questions, or explain one: its parameters, their defaults, its SPARQL."""
    from kg.sparql.terminal import isolate, render_table
    from kg.store.queryable import named_question, named_questions

    if name is not None:
        question = named_question(name)
        for language in ("en", "ar"):
            click.echo(isolate(question.title[language]))
            click.echo(f"  {isolate(question.description[language])}")
        for parameter in question.parameters:
            default = f" [default: {parameter.default}]" if parameter.default else ""
            option = parameter.name.replace("_", "-")
            click.echo(f"  --{option} ({parameter.type}): {parameter.description}{default}")
        click.echo(
            "\n" + "\n".join(one for one in question.text.splitlines() if not one.startswith("#+"))
        )
        return
    rows = [
        [
            one.name,
            isolate(one.title[lang]),
            " ".join(f"--{parameter.name.replace('_', '-')}" for parameter in one.parameters),
        ]
        for one in named_questions()
        if tag is None or tag in one.tags
    ]
    click.echo(render_table(["name", "title", "parameters"], rows, columns=10_000))
