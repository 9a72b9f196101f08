"""Read access: for everybody, or only with a token."""

from __future__ import annotations

import base64
import binascii
import hmac
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.web.refusal import RequestRefused
from kg.web.server.gateway import header

if TYPE_CHECKING:
    from starlette.types import Scope

__all__ = ["Access"]


def _tokens(path: Path) -> tuple[bytes, ...]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(f"{path}: the file of tokens cannot be read: {error}") from error
    found = tuple(line.strip().encode() for line in lines if line.strip())
    if not found:
        raise StoreError(f"{path}: has no token; write one on each line")
    return found


def _given(scope: Scope) -> bytes:
    """Return the token of a request: a Bearer token (RFC 6750), or the password of a browser."""
    scheme, _, credentials = header(scope, b"authorization").partition(" ")
    match scheme.lower():
        case "bearer":
            return credentials.strip().encode("latin-1")
        case "basic":
            try:
                decoded = base64.b64decode(credentials.strip(), validate=True)
            except (binascii.Error, ValueError):
                return b""
            return decoded.partition(b":")[2]
        case _:
            return b""


class Access:
    """Admits requests that carry a token.

    :param path: a file of tokens, one per line; if empty, everybody may read.
    :raises StoreError: it cannot be read, or has none.
    """

    def __init__(self, path: str) -> None:
        self._tokens = _tokens(Path(path)) if path else ()

    def check(self, scope: Scope) -> None:
        """Check that a request may pass.

        :raises RequestRefused: it has no valid token.
        """
        if not self._tokens:
            return
        given = _given(scope)
        # All are compared, so that the time it takes tells nothing.
        if not sum(hmac.compare_digest(given, one) for one in self._tokens):
            raise RequestRefused(
                HTTPStatus.UNAUTHORIZED,
                "this server requires a token: send Authorization: Bearer TOKEN, or the token as "
                "the password",
                www_authenticate='Basic realm="Qawl", charset="UTF-8", Bearer',
            )
