"""HTTP login with credentials from the environment: Basic (RFC 7617) and Digest (RFC 7616).

urllib answers a challenge only after sending the whole body, which a server that refuses the
request need not read. So a challenge is remembered and answered with each later request.
"""

from __future__ import annotations

import base64
import os
import urllib.request
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urljoin, urlsplit

from kg.errors import QueryError

if TYPE_CHECKING:
    from email.message import Message

__all__ = [
    "PASSWORD_VARIABLE",
    "USER_VARIABLE",
    "Credentials",
    "Login",
    "best_challenge",
    "credentials",
]

USER_VARIABLE: Final = "QAWL_ENDPOINT_USER"
PASSWORD_VARIABLE: Final = "QAWL_ENDPOINT_PASSWORD"  # noqa: S105  (a name, not a password)

_MOST_STALE = 3


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user name and password."""

    user: str
    password: str = field(repr=False)


def credentials() -> Credentials | None:
    """Return the credentials from the environment, if they are set.

    :raises QueryError: only one of the two variables is set.
    """
    user, password = os.environ.get(USER_VARIABLE), os.environ.get(PASSWORD_VARIABLE)
    if bool(user) != bool(password):
        raise QueryError(f"set both {USER_VARIABLE} and {PASSWORD_VARIABLE}, or neither")
    return Credentials(user, password) if user and password else None


class Login(urllib.request.BaseHandler):
    """Answers the challenges of one server, and of none that it redirects to."""

    handler_order = 490

    def __init__(self, given: Credentials, url: str) -> None:
        self._origin = _origin(url)
        self._given = given
        self._challenge: str | None = None
        self._stale_left = _MOST_STALE
        passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        passwords.add_password(None, urljoin(url, "/"), given.user, given.password)
        self._digest = urllib.request.AbstractDigestAuthHandler(passwords)

    def _answer(self, request: urllib.request.Request, challenge: str) -> str | None:
        scheme, _, details = challenge.partition(" ")
        if scheme.lower() == "basic":
            pair = f"{self._given.user}:{self._given.password}".encode()
            return f"Basic {base64.b64encode(pair).decode('ascii')}"
        values = urllib.request.parse_keqv_list(
            [one for one in urllib.request.parse_http_list(details) if "=" in one]
        )
        try:
            answer = self._digest.get_authorization(request, values)
        except (OSError, ValueError):  # an algorithm or qop that urllib does not support
            return None
        return f"Digest {answer}" if answer else None

    def http_request(self, request: urllib.request.Request) -> urllib.request.Request:
        """Add the answer to the last challenge, if any."""
        if self._challenge and _origin(request.full_url) == self._origin:
            answer = self._answer(request, self._challenge)
            if answer:
                request.add_unredirected_header("Authorization", answer)
        return request

    https_request = http_request

    def http_error_401(
        self,
        request: urllib.request.Request,
        response: Any,
        _code: int,
        _reason: str,
        head: Message,
    ) -> Any:
        """Retry the request with the answer to its challenge, once."""
        challenge = best_challenge(head.get_all("WWW-Authenticate", []))
        if challenge is None or _origin(request.full_url) != self._origin:
            return None
        if request.has_header("Authorization"):
            if "stale=true" not in challenge.lower().replace('"', "") or not self._stale_left:
                return None
            self._stale_left -= 1
        if self._answer(request, challenge) is None:
            return None
        self._challenge = challenge
        response.close()
        return self.parent.open(request, timeout=request.timeout)


def best_challenge(challenges: list[str]) -> str | None:
    """Return the most secure of a server's challenges that can be answered, if any."""
    for scheme in ("digest", "basic"):
        for challenge in challenges:
            if challenge.lower().startswith(scheme):
                return challenge
    return None


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port
