"""Pictures: drawn by Graphviz outside of the workers, in a theme, with a policy of their own."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import re
from typing import Any

import pytest
from programs import Program, need

from kg.errors import PictureError
from kg.web.refusal import RequestRefused
from kg.web.requests import Picture
from kg.web.server import drawing
from kg.web.server.drawing import Drawing, theme_named

SCENE = {"text": 'graph { a [label="قال", color="#0072b2"] }', "engine": "dot", "options": []}


class Gateway:
    """Answers every request with the same scene, or with an error."""

    def __init__(self, status: int = 200) -> None:
        self.status = status

    async def answer(self, request: Picture, scope: Any, receive: Any, send: Any) -> None:
        assert scope["method"] == "GET"
        headers = [(b"etag", b'W/"1"'), (b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps(SCENE).encode()})


def drawn(
    theme: str = "auto", *, status: int = 200, method: str = "GET"
) -> tuple[int, dict[str, str], str]:
    async def run() -> list[Any]:
        sent: list[Any] = []

        async def send(message: Any) -> None:
            sent.append(message)

        one = Drawing(Gateway(status))  # type: ignore[arg-type]
        scope = {"type": "http", "method": method, "headers": [], "path": "/pictures/x.svg"}
        for _ in range(2):  # the second time from what was kept
            sent.clear()
            await one.answer(Picture("x"), theme_named(theme), scope, None, send)  # type: ignore[arg-type]
        return sent

    start, *rest = asyncio.run(run())
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    return start["status"], headers, b"".join(one["body"] for one in rest).decode()


@pytest.mark.parametrize("theme", ["auto", "light", "dark"])
def test_the_policy_allows_the_style_of_the_picture_alone(theme: str) -> None:
    need(Program.GRAPHVIZ)
    status, headers, svg = drawn(theme)
    assert (status, headers["content-type"]) == (200, "image/svg+xml")
    assert headers["etag"] == 'W/"1"'
    (style,) = re.findall(r"<style>(.*?)</style>", svg, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in headers["content-security-policy"]
    assert ("prefers-color-scheme" in style) == (theme == "auto")
    assert "قال" in svg
    assert drawn(theme, method="HEAD")[2] == ""


def test_what_the_worker_refuses_is_passed_on() -> None:
    status, headers, body = drawn(status=404)
    assert status == 404
    assert headers["content-type"] == "application/json"
    assert json.loads(body) == SCENE


@pytest.mark.parametrize(("found", "status"), [(None, 501), ("/usr/bin/dot", 503)])
def test_without_graphviz_the_answer_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, found: str | None, status: int
) -> None:
    def missing(*_: object) -> bytes:
        raise PictureError("Graphviz is not installed; apt install graphviz")

    monkeypatch.setattr(drawing, "render", missing)
    monkeypatch.setattr("shutil.which", lambda _: found)
    told = drawn()
    assert told[0] == status
    assert "apt install graphviz" in told[2]


def test_a_theme_is_one_of_three() -> None:
    with pytest.raises(RequestRefused, match="use one of auto, light, dark"):
        theme_named("blue")
