"""Who may decide: anyone with the link that ``kg desk`` printed, from a page of this server.

The token comes after the ``#`` of the link, so that no request, log or referrer contains it; the
page keeps it for its own origin and sends it in a header with every write. No cookie is set, so
pages from elsewhere cannot use one.
"""

from __future__ import annotations

import hmac
import secrets
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from kg.web.refusal import RequestRefused
from kg.web.server.gateway import header

if TYPE_CHECKING:
    from starlette.types import Scope

__all__ = ["PROOF_HEADER", "Guard"]

PROOF_HEADER: Final = "qawl-token"
_JSON: Final = "application/json"


class Guard:
    """Accepts requests addressed to this server, and writes sent by its own pages.

    :param hosts: the accepted values of ``Host``, such as ``127.0.0.1:7879``.
    """

    def __init__(self, hosts: frozenset[str]) -> None:
        self._hosts = hosts
        self.token: Final = secrets.token_urlsafe(24)

    def check_host(self, scope: Scope) -> None:
        """Accept a request that names this server, which one via a rebound DNS name does not.

        :raises RequestRefused: it names another host.
        """
        host = header(scope, b"host").lower()
        if host not in self._hosts:
            raise RequestRefused(
                HTTPStatus.MISDIRECTED_REQUEST,
                f"{host[:100]!r} is not the host of this desk; open the link that kg desk printed",
            )

    def check_write(self, scope: Scope) -> None:
        """Accept a write from a page of this server with the right token.

        :raises RequestRefused: its origin, its content type or its token is wrong.
        """
        self.check_host(scope)
        origin = header(scope, b"origin").lower()
        if origin.removeprefix("http://") not in self._hosts or not origin.startswith("http://"):
            raise RequestRefused(
                HTTPStatus.FORBIDDEN, f"requests from the origin {origin[:100]!r} are not accepted"
            )
        kind = header(scope, b"content-type").partition(";")[0].strip().lower()
        if kind != _JSON:
            raise RequestRefused(
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"decisions must be sent as {_JSON}"
            )
        given = header(scope, PROOF_HEADER.encode()).encode("latin-1")
        if not hmac.compare_digest(given, self.token.encode()):
            raise RequestRefused(
                HTTPStatus.FORBIDDEN,
                "this page has no valid token; open the link that kg desk printed",
            )
