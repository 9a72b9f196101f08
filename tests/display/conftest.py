"""The claims of the shipped graph, and of the small example."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples import ROOT

from kg.display.claims import ClaimBook
from kg.graph.build import compile_graph
from kg.store.local import Graph, open_graph

if TYPE_CHECKING:
    from examples import Workspace

    from kg.display.claims import Claim

IRAQ = "https://w3id.org/qawl/id/source/iraq-war-2003-2011"


@pytest.fixture(scope="session")
def shipped() -> ClaimBook:
    return ClaimBook(open_graph(data=[ROOT / "graph" / "dumps" / "qawl.nq"]))


@pytest.fixture(scope="session")
def iraq(shipped: ClaimBook) -> dict[str, Claim]:
    """Return the claims of the first article by their ids."""
    return {one.id: one for one in shipped.of_article(IRAQ)}


@pytest.fixture
def flood(workspace: Workspace) -> ClaimBook:
    return ClaimBook(Graph(compile_graph(workspace.graph).store))
