"""The shipped graph, for pages that are made in this process."""

from __future__ import annotations

import pytest
from examples import ROOT

from kg.store.local import Graph, open_graph


@pytest.fixture(scope="session")
def shipped_graph() -> Graph:
    return open_graph(data=[ROOT / "graph" / "dumps" / "qawl.nq"])
