"""Cutting a topic with more claims than the rules can compare at once.

Its claims are compared where they answer one question alike, which is what agreement needs; and the
first claim of each answer with the first of every other, which is what all other rules need to tell
that answers contradict, update or contain each other. What is left out are the relations of further
claims to other answers: they follow from those of the first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import NamedNode

from kg.corpus.derivation import reached
from kg.rdf.iris import term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pyoxigraph import Quad

__all__ = ["cut"]

_ANSWERS: Final = term("qawl:answers")
#: What tells one answer from another: of an amount or a time what stands at its node.
_OF_CLAIM: Final = frozenset(map(term, ("qawl:answerEntity", "qawl:answerTruth", "qawl:stance")))
_NODES: Final = frozenset(map(term, ("qawl:answerQuantity", "qawl:answerTime")))
_OF_NODE: Final = frozenset(map(term, ("qawl:unit", "qawl:low", "qawl:high", "qawl:edtf")))


def cut(quads: Iterable[Quad], most: int) -> Iterator[set[Quad]]:
    """Yield parts of a topic, each with what the rules must see of its claims.

    :param quads: what rules must see of all claims of the topic.
    :param most: how many claims a part has at most.
    """
    by_subject: dict[object, list[Quad]] = {}
    for quad in quads:
        by_subject.setdefault(quad.subject, []).append(quad)
    alike: dict[tuple[str, ...], list[NamedNode]] = {}
    for subject in sorted(by_subject, key=str):
        if isinstance(subject, NamedNode) and (answer := _answer(by_subject, subject)):
            alike.setdefault(answer, []).append(subject)
    firsts = [claims[0] for _, claims in sorted(alike.items())]
    for claims in (firsts, *(one for _, one in sorted(alike.items()) if len(one) > 1)):
        for part in _parts(claims, most):
            yield reached(by_subject, part)


def _parts(claims: Sequence[NamedNode], most: int) -> Iterator[Sequence[NamedNode]]:
    """Yield runs of claims, each beginning with the first of all."""
    yield claims[:most]
    for start in range(most, len(claims), most - 1):
        yield [claims[0], *claims[start : start + most - 1]]


def _answer(by_subject: dict[object, list[Quad]], claim: NamedNode) -> tuple[str, ...]:
    """Return what a claim answers and how; nothing for what is no claim."""
    question, told = "", []
    for quad in by_subject[claim]:
        if quad.predicate == _ANSWERS:
            question = str(quad.object)
        elif quad.predicate in _OF_CLAIM:
            told.append(f"{quad.predicate} {quad.object}")
        elif quad.predicate in _NODES:
            told += (
                f"{one.predicate} {one.object}"
                for one in by_subject.get(quad.object, ())
                if one.predicate in _OF_NODE
            )
    return (question, *sorted(told)) if question else ()
