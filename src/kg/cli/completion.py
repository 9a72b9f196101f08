"""Shell completion: questions, claims, networks, values."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Final

from click.shell_completion import CompletionItem

from kg.errors import KgError
from kg.text.search_spelling import search_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import click

    from kg.sparql.rq_file import Parameter, RqFile

__all__ = [
    "claims",
    "listed_values",
    "networks",
    "parameter_names",
    "parameter_values",
    "questions",
]

_CLAIMS: Final = """
SELECT ?id ?gloss { ?claim a qawl:Claim ; dcterms:identifier|qawl:shortId ?id ; qawl:gloss ?gloss
FILTER (LANG(?gloss) = "en") } ORDER BY ?id"""
_LABELLED: Final = """
SELECT ?node ?label {{ ?node a qawl:{kind} ; skos:prefLabel|skos:altLabel ?label
OPTIONAL {{ ?node skos:prefLabel ?label BIND (LANG(?label) AS ?language) }}
BIND (IF(BOUND(?language), IF(?language = "en", 0, 1), 2) AS ?rank) }}
ORDER BY ?node ?rank ?label"""


def _beginning(items: Iterable[tuple[str, str]], incomplete: str) -> list[CompletionItem]:
    return [
        CompletionItem(name, help=words) for name, words in items if name.startswith(incomplete)
    ]


def questions(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the matching named questions, or file names if there are none."""
    from kg.store.queryable import named_questions

    try:
        known = [(one.name, one.title["en"]) for one in named_questions()]
    except KgError:
        known = []
    return _beginning(known, incomplete) or [CompletionItem(incomplete, type="file")]


def networks(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the names of the networks, or files."""
    from kg.networks import projections

    found = _beginning([(one.name, one.title["en"]) for one in projections()], incomplete)
    return found or [CompletionItem(incomplete, type="file")]


def claims(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Return the ids of the claims in the default graph."""
    return _beginning(_claims(), incomplete)


@cache
def _claims() -> tuple[tuple[str, str], ...]:
    from kg.sparql.results import Table
    from kg.store.local import open_graph

    try:
        found = open_graph().sparql(_CLAIMS)
    except KgError:
        return ()
    rows = found.dicts() if isinstance(found, Table) else []
    return tuple((str(row["id"]), str(row["gloss"])) for row in rows)


def _entities(kind: str, incomplete: str) -> list[CompletionItem]:
    """Return the ids of the entities whose id or label begins with the input, in any spelling."""
    wanted = search_text(incomplete)
    return [
        CompletionItem(name, help=labels[0])
        for name, labels in _labelled(kind)
        if name.startswith(incomplete)
        or (wanted and any(search_text(one).startswith(wanted) for one in labels))
    ]


@cache
def _labelled(kind: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the id and the labels of each entity of a kind, the English one first."""
    from kg.rdf.iris import local_name
    from kg.sparql.results import Table
    from kg.store.local import open_graph

    try:
        found = open_graph().sparql(_LABELLED.format(kind=kind.capitalize()))
    except KgError:
        return ()
    labels: dict[str, list[str]] = {}
    for row in found.dicts() if isinstance(found, Table) else ():
        labels.setdefault(local_name(str(row["node"])), []).append(str(row["label"]))
    return tuple((name, tuple(every)) for name, every in labels.items())


def _asked(ctx: click.Context) -> RqFile | None:
    from kg.store.queryable import named_question

    try:
        return named_question(str(ctx.params.get("query")))
    except KgError:
        return None


def parameter_names(ctx: click.Context) -> list[CompletionItem]:
    """Return the question's parameters as options."""
    question = _asked(ctx)
    return [
        CompletionItem(one.option, help=one.help()) for one in getattr(question, "parameters", ())
    ]


def parameter_values(
    ctx: click.Context, _: click.Parameter, incomplete: str
) -> list[CompletionItem]:
    """Return the values of the last parameter typed."""
    question = _asked(ctx)
    before = ctx.params.get("arguments") or ()
    if question is None or not before:
        return []
    parameter = question.parameter(str(before[-1]).removeprefix("--"))
    return [] if parameter is None else _values(parameter, incomplete)


def _values(parameter: Parameter, incomplete: str) -> list[CompletionItem]:
    if parameter.type == "claim":
        return _beginning(_claims(), incomplete)
    if parameter.type in {"actor", "event", "place"}:
        return _entities(parameter.type, incomplete)
    return _beginning([(one, "") for one in parameter.values], incomplete)


def listed_values(question: str, name: str) -> Callable[..., list[CompletionItem]]:
    """Return the completion for an option that is passed on as a question's parameter."""

    def complete(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from kg.store.queryable import named_question

        parameter = named_question(question).parameter(name)
        return [] if parameter is None else _values(parameter, incomplete)

    return complete
