"""Blank nodes of two versions: what hangs on them decides which are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from kg.diff import blank_nodes
from kg.diff.blank_nodes import with_common_names
from kg.errors import StoreError

PREFIX = "@prefix e: <http://ex.org/> . "


def quads(turtle: str) -> set[Quad]:
    end = "" if turtle.endswith(". ") else " ."
    return set(parse(PREFIX + turtle + end, format=RdfFormat.TURTLE))


def changes(before: str, after: str) -> tuple[int, int]:
    """How many quads are added and removed."""
    first, second = with_common_names(quads(before), quads(after))
    assert (len(first), len(second)) == (len(quads(before)), len(quads(after)))
    return len(second - first), len(first - second)


LIST = "e:c e:one-of ( e:x e:y ( e:z ) ) . "
RESTRICTION = "e:a e:sub [ e:on e:p ; e:min 1 ] . "
CHANGES = {
    "nothing": (LIST + RESTRICTION, RESTRICTION + LIST, (0, 0)),
    "another class with a restriction": (
        LIST + RESTRICTION,
        LIST + RESTRICTION + "e:b e:sub [ e:on e:q ; e:min 1 ]",
        (3, 0),
    ),
    "the same restriction elsewhere": (
        RESTRICTION, RESTRICTION + "e:b e:sub [ e:on e:p ; e:min 1 ]", (3, 0),
    ),
    "one of two that are alike, the first": (
        RESTRICTION + "e:b e:sub [ e:on e:p ; e:min 1 ]",
        "e:b e:sub [ e:on e:p ; e:min 1 ]",
        (0, 3),
    ),
    "one more of those with the same triples": ("e:a e:p [], []", "e:a e:p [], [], []", (1, 0)),
    "a value deep inside": (
        "e:a e:p [ e:q [ e:r 1 ] ]", "e:a e:p [ e:q [ e:r 2 ] ]", (3, 3),
    ),
    "a circle, as it is": ("_:a e:p _:b . _:b e:p _:a", "_:y e:p _:x . _:x e:p _:y", (0, 0)),
    "a node that refers to itself": ("_:a e:p _:a", "_:b e:p _:b . e:x e:p _:b", (1, 0)),
    "a circle of three among others": (
        "_:a e:p _:b . _:b e:p _:c . _:c e:p _:a . e:x e:y 1",
        "_:b e:p _:c . _:c e:p _:d . _:d e:p _:b . e:x e:y 2",
        (1, 1),
    ),
    "a node in a triple that is a value": (
        "e:a e:p <<( _:x e:q 1 )>> . _:x e:r 3", "e:a e:p <<( _:y e:q 1 )>> . _:y e:r 3", (0, 0),
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", CHANGES)
def test_only_what_changed_is_a_change(kind: str) -> None:
    before, after, expected = CHANGES[kind]
    assert changes(before, after) == expected


def clique(size: int, name: str) -> str:
    return "".join(
        f"_:{name}{one} e:p _:{name}{other} . "
        for one in range(size)
        for other in range(size)
        if one != other
    )


@pytest.mark.parametrize("size", [2, 5, 9, 12])
def test_a_clique_is_like_itself(size: int) -> None:
    assert changes(clique(size, "a"), clique(size, "b")) == (0, 0)
    assert changes(clique(size, "a"), clique(size, "b") + "e:x e:q e:y") == (1, 0)


def test_a_graph_of_too_many_that_are_alike_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(blank_nodes, "MOST_WORK", 1000)
    with pytest.raises(StoreError, match="12 blank nodes refer to each other in cycles"):
        changes(clique(12, "a"), clique(12, "b"))


TREES = st.recursive(
    st.sampled_from(["e:x", "e:y", "1", '"a"']),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda some: f"( {' '.join(some)} )"),
        st.lists(st.tuples(st.sampled_from("pqr"), inner), min_size=1, max_size=3).map(
            lambda some: "[ " + " ; ".join(f"e:{name} {value}" for name, value in some) + " ]"
        ),
    ),
    max_leaves=8,
)


@given(st.lists(TREES, min_size=1, max_size=4), TREES)
def test_what_is_added_is_all_that_is_added(trees: list[str], one_more: str) -> None:
    """However nodes are nested, and in whatever order they come: only the new tree is new."""
    before = "".join(f"e:s{number} e:has {tree} . " for number, tree in enumerate(trees))
    more = f"e:new e:has {one_more} . "
    assert changes(before, more + before) == (len(quads(more)), 0)
    assert changes(more + before, before) == (0, len(quads(more)))


@given(
    st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=12),
    st.permutations(range(6)),
)
def test_names_that_are_given_do_not_matter_where_one_node_has_an_anchor(
    arrows: set[tuple[int, int]], names: list[int]
) -> None:
    """Every node has a value of its own, so that all can be told apart, whatever their arrows."""

    def graph(name: str, order: list[int]) -> set[Quad]:
        nodes = [BlankNode(f"{name}{order[number]}") for number in range(6)]
        edge, value = NamedNode("urn:p"), NamedNode("urn:v")
        found = {Quad(nodes[one], edge, nodes[other]) for one, other in arrows}
        return found | {Quad(node, value, NamedNode(f"urn:{i}")) for i, node in enumerate(nodes)}

    first, second = with_common_names(graph("a", list(range(6))), graph("b", list(names)))
    assert first == second
