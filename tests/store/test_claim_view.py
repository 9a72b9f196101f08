"""One claim as a person reads it."""

from __future__ import annotations

import pytest
from examples import ROOT

from kg.errors import ParameterError
from kg.store.claim_view import ClaimView, show
from kg.store.local import open_graph


def test_a_claim_of_the_article_with_its_chain() -> None:
    graph = open_graph(data=[ROOT / "graph" / "dumps" / "qawl.nq"])
    view = show(graph, "us-dead-2003-2011")
    assert view.chain[0]["speaker"] == "US Department of Defense"
    lines = view.text().splitlines()
    assert lines[0].startswith("claim:")
    assert any(line.startswith("    1. US Department of Defense") for line in lines)
    with pytest.raises(ParameterError, match="there is no claim 'nothing'"):
        show(graph, "nothing")


def test_the_text_of_a_view() -> None:
    view = ClaimView(
        "https://w3id.org/qawl/id/claim/a/b/c",
        ({"property": "value", "value": 12.0}, {"property": "approximate", "value": True}),
        (
            {"depth": 1, "speaker": "BBC", "act": "report", "cue": "said"},
            {"depth": 2, "speaker": "A", "act": "say", "marking": "inferred", "confidence": 0.5},
        ),
        (),
    )
    assert view.text() == (
        "claim:a/b/c\n\n  value: 12\n  approximate: yes\n\n"
        "  who says so, from the innermost voice outward:\n    1. BBC (report)\n      “said”\n"
        "      2. A (say) [inferred, confidence 0.5]"
    )
