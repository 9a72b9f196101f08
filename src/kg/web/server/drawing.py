"""Pictures: a worker says what to draw, and the server runs Graphviz, which a worker cannot."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import shutil
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final, cast

from kg.errors import PictureError
from kg.pictures.graphviz import render
from kg.pictures.svg import style_rules, styled
from kg.web.refusal import RequestRefused
from kg.web.server.gateway import refuse

if TYPE_CHECKING:
    from starlette.types import Message, Receive, Scope, Send

    from kg.pictures.theme import ThemeName
    from kg.web.requests import Picture
    from kg.web.server.gateway import Gateway

__all__ = ["Drawing", "theme_named"]

_THEMES: Final = ("auto", "light", "dark")
_AT_ONCE: Final = 2
_KEPT: Final = 100


class Drawing:
    """Has pictures drawn, and caches the latest."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._turn = asyncio.Semaphore(_AT_ONCE)
        self._drawn: dict[bytes, bytes] = {}

    async def answer(
        self, picture: Picture, theme: ThemeName, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Answer with a picture as SVG, or pass on the worker's answer if it has no picture."""
        messages: list[Message] = []

        async def keep(message: Message) -> None:
            messages.append(message)

        await self._gateway.answer(picture, {**scope, "method": "GET"}, receive, keep)
        start = messages[0]
        if start["status"] != HTTPStatus.OK:
            for message in messages:
                await send(message)
            return
        scene = b"".join(one.get("body", b"") for one in messages[1:])
        try:
            svg = await self._svg(scene)
        except PictureError as error:
            missing = shutil.which("dot") is None
            status = HTTPStatus.NOT_IMPLEMENTED if missing else HTTPStatus.SERVICE_UNAVAILABLE
            await refuse(scope, send, RequestRefused(status, str(error)))
            return
        content = styled(svg, theme)
        kept = [one for one in start["headers"] if one[0] in {b"etag", b"cache-control", b"vary"}]
        headers = [
            *kept,
            (b"content-type", b"image/svg+xml"),
            (b"content-length", str(len(content)).encode()),
            (b"content-security-policy", _policy(theme)),
        ]
        await send({"type": "http.response.start", "status": start["status"], "headers": headers})
        body = b"" if scope["method"] == "HEAD" else content
        await send({"type": "http.response.body", "body": body})

    async def _svg(self, scene: bytes) -> bytes:
        """Return what Graphviz draws.

        :raises PictureError: it is missing, or takes too long.
        """
        if (known := self._drawn.get(scene)) is not None:
            return known
        given: dict[str, Any] = json.loads(scene)
        async with self._turn:
            found = await asyncio.to_thread(
                render, given["text"], given["engine"], "svg", given["options"]
            )
        while len(self._drawn) >= _KEPT:
            self._drawn.pop(next(iter(self._drawn)))
        self._drawn[scene] = found
        return found


def theme_named(word: str) -> ThemeName:
    """Return the theme that a request names.

    :raises RequestRefused: there is none of this name.
    """
    if word not in _THEMES:
        raise RequestRefused(
            HTTPStatus.BAD_REQUEST, f"theme={word}: use one of {', '.join(_THEMES)}"
        )
    return cast("ThemeName", word)


def _policy(theme: ThemeName) -> bytes:
    """Return the policy of a picture opened on its own: its own style sheet and no more."""
    digest = hashlib.sha256(style_rules(theme).encode()).digest()
    style = base64.b64encode(digest).decode()
    return f"default-src 'none'; style-src 'sha256-{style}'; frame-ancestors 'none'".encode()
