"""Small graphs at random, for hypothesis: names that meet often, and text that is hard to quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import strategies as st
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_CLAIM = "https://w3id.org/qawl/id/claim/article/reading/"
_IRIS = st.sampled_from(
    [
        NamedNode(f"{_CLAIM}one"),
        NamedNode(f"{_CLAIM}one/quantity"),
        NamedNode(f"{_CLAIM}two"),
        NamedNode("https://w3id.org/qawl/id/actor/somebody"),
        NamedNode("http://example.org/a?b=1#c"),
        NamedNode("http://example.org/غ"),
    ]
)
_XSD = "http://www.w3.org/2001/XMLSchema#"
# A store keeps the value of a number and not how it is written: canonical forms alone come back.
_LITERALS = st.one_of(
    st.text("\\uU0041\"'\n\r\t#.<>{} غ\U0001f600\u2028\x07", max_size=8).map(Literal),
    st.text("aغ\\u", max_size=3).map(lambda text: Literal(text, language="ar")),
    st.integers(-3, 3).map(lambda value: Literal(str(value), datatype=NamedNode(f"{_XSD}integer"))),
    st.sampled_from(["2003-03-19", "2011-12-31"]).map(
        lambda value: Literal(value, datatype=NamedNode(f"{_XSD}date"))
    ),
)


def graphs(*, blank: bool = False) -> SearchStrategy[set[Quad]]:
    """Return graphs of up to a dozen quads, in named graphs and out of them.

    :param blank: whether there are blank nodes, too.
    """
    nodes = st.one_of(_IRIS, st.sampled_from("xy").map(BlankNode)) if blank else _IRIS
    plain = st.one_of(nodes, _LITERALS)
    values = st.one_of(plain, st.builds(Triple, nodes, _IRIS, plain))
    names = st.one_of(_IRIS, st.just(DefaultGraph()))
    return st.sets(st.builds(Quad, nodes, _IRIS, values, names), max_size=12)
