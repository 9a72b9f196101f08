"""A new build is followed, whatever comes in between."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from damaged import QUADS, made_build
from web_parts import SITE

from kg.errors import StoreError
from kg.store.builds import POINTER
from kg.web.server.build_follower import BuildFollower
from kg.web.settings import Settings
from kg.web.source import Source, SourceKind
from kg.web.template_config import Loaded, TemplateConfig

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


@dataclass
class FakePool:
    """A pool whose next exchanges fail as the test says."""

    failures: list[Exception] = field(default_factory=list)
    exchanges: int = 0
    loaded: Loaded = field(default_factory=lambda: Loaded("1", QUADS, in_memory=True))

    async def exchange(self, _: TemplateConfig) -> None:
        self.exchanges += 1
        if self.failures:
            raise self.failures.pop(0)
        self.loaded = Loaded(f"after {self.exchanges}", QUADS, in_memory=True)


class FakeDownloads:
    """Remembers of how many versions a release was made."""

    made = 0

    async def make(self, _source: Source, _quads: int | None) -> None:
        self.made += 1


def followed(home: Path, pool: FakePool) -> FakeDownloads:
    """Swap the build once and follow until it is taken up or refused."""
    config = TemplateConfig(Source(SourceKind.BUILDS, (str(home),)), SITE, Settings())

    async def run() -> FakeDownloads:
        downloads: Any = FakeDownloads()
        follower = BuildFollower(pool, config, downloads)  # type: ignore[arg-type]
        (home / POINTER).write_text("build-another0")
        try:
            async with asyncio.timeout(0):
                await follower.follow()
        except TimeoutError:
            pass
        for _ in range(5):
            try:
                await follower._release()
                if follower._present != "build-another0":
                    await follower._take_up("build-another0")
            except OSError:
                continue
        await follower._release()
        return downloads

    return asyncio.run(run())


def test_a_build_that_came_while_loading_is_new(tmp_path: Path) -> None:
    made_build(tmp_path)
    pool = FakePool()
    assert followed(tmp_path, pool).made == 2
    assert pool.exchanges == 1


def test_what_failed_for_want_of_something_is_tried_again(tmp_path: Path) -> None:
    made_build(tmp_path)
    pool = FakePool([OSError("too many open files"), BrokenPipeError()])
    followed(tmp_path, pool)
    assert pool.exchanges == 3
    assert pool.loaded.version == "after 3"


def test_a_build_that_is_damaged_is_not_tried_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    made_build(tmp_path)
    pool = FakePool([StoreError("is damaged")])
    assert followed(tmp_path, pool).made == 1
    assert pool.exchanges == 1
    assert "could not be loaded: is damaged" in capsys.readouterr().err
