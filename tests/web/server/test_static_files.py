"""Stylesheets and scripts: how long a browser may keep them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
import pytest

from kg.web.server import static_files
from kg.web.server.static_files import StaticAssets

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def assets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StaticAssets:
    scripts = tmp_path.resolve() / "ui"
    scripts.mkdir()
    monkeypatch.setattr(static_files, "SCRIPTS", scripts)
    for name in ("page.css", "ui/sparql-ABC.js", "ui/built.json"):
        (tmp_path / name).write_text(name)
    return StaticAssets(directory=tmp_path)


def get(assets: StaticAssets, path: str, **headers: str) -> httpx.Response:
    async def run() -> httpx.Response:
        transport = httpx.ASGITransport(assets)
        async with httpx.AsyncClient(transport=transport, base_url="http://x") as client:
            return await client.get(path, headers=headers)

    return asyncio.run(run())


def test_a_script_is_kept_for_ever_since_its_name_changes_with_it(assets: StaticAssets) -> None:
    found = get(assets, "/ui/sparql-ABC.js")
    assert found.text == "ui/sparql-ABC.js"
    assert found.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert found.headers["content-type"] == "text/javascript; charset=utf-8"


@pytest.mark.parametrize("path", ["/page.css", "/ui/built.json"])
def test_other_files_are_asked_for_again(assets: StaticAssets, path: str) -> None:
    found = get(assets, path)
    assert found.headers["cache-control"] == "no-cache"
    again = get(assets, path, **{"if-none-match": found.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == "no-cache"
