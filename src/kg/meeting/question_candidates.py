"""Claims that may answer the same question, where a reading could not tell: proposed only.

Amounts of one measure and unit are brought together where their articles name an entity that few
articles name, so the work grows with the number of claims.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from kg.files import shipped
from kg.meeting.entities import entities_in
from kg.rdf.iris import ID, local_name
from kg.sparql.results import Table, plain
from kg.sparql.rq_file import load_rq

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kg.knowledge.decisions import QuestionDecisions
    from kg.meeting.entities import Entity
    from kg.store.queryable import Queryable

__all__ = ["Amount", "QuestionCandidate", "amounts_in", "question_candidates"]

#: Measures of whatever is counted: two of them need not measure the same.
_GENERIC: Final = frozenset({"count", "share", "money", "extent", "rank"})
#: An entity that more articles name does not tell what an amount is of.
_MOST_ARTICLES: Final = 50


@dataclass(frozen=True, slots=True)
class Amount:
    """A claim that gives an amount: named ``SLUG/READING/ID``, as decisions do.

    ``told`` says whether its question says what the amount belongs to.
    """

    ref: str
    question: str
    measure: str
    unit: str
    value: str
    told: bool

    @property
    def article(self) -> str:
        """The slug of its article."""
        return self.ref.partition("/")[0]


@dataclass(frozen=True, slots=True)
class QuestionCandidate:
    """Claims that may answer the same question, and the entities named in all their articles."""

    measure: str
    unit: str
    shared: tuple[str, ...]
    claims: tuple[Amount, ...]


def amounts_in(graph: Queryable) -> tuple[Amount, ...]:
    """Return the claims of a graph that give amounts, by name.

    :raises QueryError: the graph cannot be queried.
    """
    answer = graph.sparql(load_rq(shipped.queries_dir() / "meeting" / "claims.rq").text)
    assert isinstance(answer, Table)
    found: dict[str, Amount] = {}
    for *nodes, value, told in answer.rows:
        iris = [one.value for one in nodes if isinstance(one, NamedNode)]
        if len(iris) == len(nodes):
            claim, question, measure, unit = iris
            ref = claim.removeprefix(f"{ID}claim/")
            found[ref] = Amount(
                ref,
                question,
                local_name(measure),
                local_name(unit),
                "" if value is None else f"{plain(value):g}",
                told is not None,
            )
    return tuple(found[ref] for ref in sorted(found))


def question_candidates(
    graph: Queryable, decisions: QuestionDecisions
) -> tuple[QuestionCandidate, ...]:
    """Return which claims may answer the same question; at least one of them is unspecific.

    :param decisions: claims that were decided to answer different questions are not paired.
    :raises QueryError: the graph cannot be queried.
    """
    return tuple(_candidates(amounts_in(graph), entities_in(graph).values(), decisions))


def _candidates(
    amounts: Iterable[Amount], entities: Iterable[Entity], decisions: QuestionDecisions
) -> Iterator[QuestionCandidate]:
    named: dict[str, set[str]] = defaultdict(set)
    for entity in entities:
        if not entity.proposed and 1 < len(entity.articles) <= _MOST_ARTICLES:
            for slug in entity.articles:
                named[slug].add(entity.ref)
    met: dict[tuple[str, str, str], list[Amount]] = defaultdict(list)
    for one in amounts:
        if one.measure not in _GENERIC:
            for ref in named[one.article]:
                met[one.measure, one.unit, ref].append(one)
    groups: dict[tuple[str, str, tuple[Amount, ...]], list[str]] = defaultdict(list)
    for (measure, unit, ref), claims in sorted(met.items()):
        groups[measure, unit, tuple(claims)].append(ref)
    for (measure, unit, together), shared in groups.items():
        if _is_open(together, decisions):
            yield QuestionCandidate(measure, unit, tuple(shared), together)


def _is_open(claims: tuple[Amount, ...], decisions: QuestionDecisions) -> bool:
    """Return whether claims of several articles and questions may be joined and are undecided."""
    refs = {one.ref for one in claims}
    apart = any(len(refs & set(line.different)) > 1 for line in decisions.different)
    return (
        len({one.article for one in claims}) > 1
        and len({one.question for one in claims}) > 1
        and any(not one.told for one in claims)
        and not apart
    )
