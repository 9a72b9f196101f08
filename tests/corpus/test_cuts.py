"""A topic that is too large is cut: agreement stays whole, other rules see each answer once."""

from __future__ import annotations

from itertools import combinations

from pyoxigraph import Literal, NamedNode, Quad

from kg.corpus.cuts import cut
from kg.rdf.iris import derived_graph, resource, term

GRAPH = derived_graph("person")


def _claim(name: str, question: str, value: int) -> list[Quad]:
    node = resource("claim", name, "me", "c")
    quantity = NamedNode(f"{node.value}.quantity")
    told = [
        (node, "qawl:answers", resource("question", question)),
        (node, "qawl:answerQuantity", quantity),
        (node, "qawl:voice", resource("voice", name, "me", "v")),
        (quantity, "qawl:low", Literal(value)),
    ]
    return [Quad(subject, term(name), value, GRAPH) for subject, name, value in told]


def _claims(quads: set[Quad]) -> set[str]:
    return {quad.subject.value for quad in quads if quad.predicate == term("qawl:answers")}  # type: ignore[union-attr]


def test_every_pair_that_agrees_is_together_and_every_answer_meets_every_other() -> None:
    claims = {(f"a{n}", "q", n % 3) for n in range(9)} | {(f"b{n}", "r", 1) for n in range(4)}
    quads = [quad for one in claims for quad in _claim(*one)]
    parts = [_claims(part) for part in cut(quads, 20)]
    answers: dict[tuple[str, int], set[str]] = {}
    for name, question, value in claims:
        iri = resource("claim", name, "me", "c").value
        answers.setdefault((question, value), set()).add(iri)
    for own in answers.values():
        assert any(own <= part for part in parts)
    firsts = {min(own) for own in answers.values()}
    assert firsts in parts
    assert sum(map(len, parts)) < len(list(combinations(claims, 2)))


def test_no_part_is_too_large_and_none_is_left_out() -> None:
    quads = [quad for n in range(50) for quad in _claim(f"a{n:02}", "q", 1)]
    parts = [_claims(part) for part in cut(quads, 10)]
    assert max(map(len, parts)) <= 10
    assert set().union(*parts) == _claims(set(quads))
    first = min(_claims(set(quads)))
    assert all(first in part for part in parts)


def test_what_the_rules_must_see_comes_along() -> None:
    quads = _claim("a", "q", 1)
    (part,) = cut(quads, 10)
    assert part == set(quads)
