"""The drawing of who relays whom has a node for each voice and a line for each relay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.display.claims import ClaimBook
from kg.display.relays import relays
from kg.web.pages.relay_drawing import Drawing, relay_drawing

if TYPE_CHECKING:
    from kg.store.local import Graph


def test_nodes_and_lines(shipped_graph: Graph) -> None:
    found = relays(ClaimBook(shipped_graph).all())
    drawn = relay_drawing(found, "en")
    assert isinstance(drawn, Drawing)
    assert len(drawn.nodes) == len({one.key for each in found for one in (each.outer, each.inner)})
    assert [one.number for one in drawn.edges] == [
        number for number, one in enumerate(found, 1) if one.outer.key != one.inner.key
    ]
    places = {(one.x, one.y) for one in drawn.nodes}
    assert len(places) == len(drawn.nodes)
    assert all(0 <= x <= drawn.width and 0 <= y <= drawn.height for x, y in places)
    # The thickest line is the relay of most claims; dashed is what is only inferred.
    thickest = max(drawn.edges, key=lambda one: one.width)
    assert len(found[thickest.number - 1].claims) == max(len(one.claims) for one in found)
    assert {one.number for one in drawn.edges if one.inferred} == {
        number for number, one in enumerate(found, 1) if one.inferred == len(one.claims)
    }


def test_arabic_runs_from_the_right(shipped_graph: Graph) -> None:
    found = relays(ClaimBook(shipped_graph).all())
    english, arabic = relay_drawing(found, "en"), relay_drawing(found, "ar")
    assert [one.x for one in arabic.nodes] == [english.width - one.x for one in english.nodes]
    assert relay_drawing([], "en").nodes == ()
