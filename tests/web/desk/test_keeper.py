"""The served graph follows the files, whoever changed them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from desk_world import draft_of, sitting_of

from kg.desk.decision_requests import Accept
from kg.desk.live import LiveGraph
from kg.web.desk.keeper import GraphKeeper, GraphState

if TYPE_CHECKING:
    from pathlib import Path

    from examples import Workspace


class Pool:
    """Stands for the pool: counts how often it is told to load, and what it would load."""

    def __init__(self, target: Path) -> None:
        self._target = target
        self.loaded: asyncio.Queue[str] = asyncio.Queue()

    async def reload(self) -> None:
        self.loaded.put_nowait(self._target.read_text(encoding="utf-8"))


def test_a_decision_and_an_editors_change_are_served(workspace: Workspace, tmp_path: Path) -> None:
    draft_of(workspace)
    target = tmp_path / "graph.nq"

    async def follow() -> None:
        keeper = GraphKeeper(LiveGraph(workspace.graph), target)
        assert "lina-haddad" not in target.read_text(encoding="utf-8")
        pool = Pool(target)
        following = asyncio.create_task(keeper.follow(pool))  # type: ignore[arg-type]
        sitting = sitting_of(workspace)
        seen = sitting.decide(Accept(claim="drowned"), sitting.look().sha256)
        keeper.ask()
        assert keeper.state("flood", "lina-haddad") == (GraphState.BUILDING, ())
        while "claim/flood/lina-haddad/drowned" not in await pool.loaded.get():
            pass
        text = seen.text.replace("value: 12", "value: -12")
        sitting.path.write_text(text, encoding="utf-8")
        await pool.loaded.get()
        while keeper.state("flood", "lina-haddad")[0] is not GraphState.INVALID:
            await asyncio.sleep(0.01)
        assert "claim/flood/lina-haddad/drowned" in target.read_text(encoding="utf-8")
        following.cancel()

    asyncio.run(follow())
