"""Splitting a topic with more claims than the rules can compare at once.

Claims that give the same answer to the same question are compared, as agreement requires. The first
claim of each answer is compared with the first of every other, which is enough for all other rules
to find that answers contradict, update or contain each other. The relations of further claims to
other answers are left out: they follow from those of the first.
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
    """Yield parts of a topic, each with the data that the rules need about its claims.

    :param quads: the data that the rules need about all claims of the topic.
    :param most: the maximum number of claims in a part.
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
    """Return a claim's question and answer; nothing for anything else."""
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
