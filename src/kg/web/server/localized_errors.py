"""Errors for readers of Arabic: a sentence in Arabic before the English one."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

from kg.wording import wording

if TYPE_CHECKING:
    from starlette.types import Message, Scope, Send

    from kg.wording import Language

__all__ = ["in_language"]


def _sentence(status: int, language: Language) -> bytes:
    words = wording("web.refusals", language)
    if status == HTTPStatus.NOT_FOUND:
        said = words["not-found"]
    elif status == HTTPStatus.SERVICE_UNAVAILABLE:
        said = words["unavailable"]
    else:
        said = words["server" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else "asked"]
    return f"{said}\n".encode()


def in_language(scope: Scope, send: Send, language: Language) -> Send:
    """Return a ``send`` that puts a sentence in the language before each plain-text error.

    The text itself stays English: it names values, places and remedies.
    """
    before = b""

    async def sent(message: Message) -> None:
        nonlocal before
        if message["type"] == "http.response.start" and message["status"] >= HTTPStatus.BAD_REQUEST:
            headers = dict(message["headers"])
            if headers.get(b"content-type", b"").startswith(b"text/plain"):
                before = _sentence(message["status"], language)
                if (length := headers.get(b"content-length")) is not None:
                    headers[b"content-length"] = str(int(length) + len(before)).encode()
                message = {**message, "headers": list(headers.items())}
        elif message["type"] == "http.response.body" and before:
            if scope["method"] != "HEAD":
                message = {**message, "body": before + message.get("body", b"")}
            before = b""
        await send(message)

    return sent
