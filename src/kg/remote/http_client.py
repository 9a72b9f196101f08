"""An HTTP client for a server that the user names: a complete answer in time, or a clear error.

Only ``http`` and ``https`` are allowed, including in redirects.
"""

from __future__ import annotations

import re
import ssl
import time
import unicodedata
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from typing import IO, TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from kg.errors import QueryError
from kg.remote import http_login
from kg.remote.http_login import PASSWORD_VARIABLE, USER_VARIABLE

if TYPE_CHECKING:
    from email.message import Message

    from kg.remote.http_login import Credentials

__all__ = ["DEFAULT_TIMEOUT", "LARGEST_ANSWER", "Answer", "HttpClient", "checked_url"]

#: Default timeout for a complete answer, in seconds.
DEFAULT_TIMEOUT: Final = 60.0
#: Largest answer that is accepted, in bytes.
LARGEST_ANSWER: Final = 512 * 2**20
#: Maximum number of successive redirects.
MOST_REDIRECTS: Final = 5
#: Maximum number of characters of a server's own message that an error quotes.
LONGEST_WORDS: Final = 300

_CHUNK = 1 << 16
_URL_CHARACTERS = re.compile(r"[!-~]+", re.ASCII)
_MARKUP = re.compile(r"<(style|script|head)\b.*?</\1\s*>|<[^<>]*>", re.DOTALL | re.IGNORECASE)
_REMEDIES: Final = {
    400: "correct the query",
    401: f"set {USER_VARIABLE} and {PASSWORD_VARIABLE}",
    403: f"set {USER_VARIABLE} and {PASSWORD_VARIABLE} to a user with permission to do this",
    404: "correct the URL",
    405: "correct the URL",
    414: "shorten the query",
    429: "try again later",
    500: "check the server's log, or narrow the query",
    503: "try again later",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """A server's complete answer."""

    media_type: str
    headers: Message
    body: bytes


def checked_url(url: str) -> str:
    """Return a URL if requests can be sent to it.

    :raises QueryError: it is not an http or https URL, or it contains a password.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except ValueError:  # a port out of range, a bracket left open
        raise QueryError("the server's URL has a malformed host or port; correct it") from None
    if parts.username is not None or parts.password is not None:
        raise QueryError(
            f"{_shown(url)}: remove the user and password from the URL, and set "
            f"{USER_VARIABLE} and {PASSWORD_VARIABLE}"
        )
    if not usable or not _URL_CHARACTERS.fullmatch(url):
        raise QueryError(
            f"{url!r} is not the URL of a SPARQL server; give one such as "
            "http://localhost:7878/query, with non-ASCII characters percent-encoded"
        )
    return url.partition("#")[0]


def _shown(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects of queries, sending the body again."""

    max_redirections = MOST_REDIRECTS

    def redirect_request(
        self,
        req: urllib.request.Request,
        _fp: IO[bytes],
        code: int,
        _msg: str,
        _headers: Message,
        newurl: str,
    ) -> urllib.request.Request | None:
        """Return the request to the new URL; ``None`` if the redirect is not followed."""
        schemes = (urlsplit(req.full_url).scheme, urlsplit(newurl).scheme)
        if schemes not in {("http", "http"), ("http", "https"), ("https", "https")}:
            return None
        data = None if code == 303 else req.data
        head = {
            name: value
            for name, value in req.header_items()
            if name in {"Accept", "User-agent"} or (data and name == "Content-type")
        }
        return urllib.request.Request(newurl, data, head)  # noqa: S310  (judged above)


class HttpClient:
    """Sends requests to one server.

    :param url: its URL, checked by :func:`checked_url`.
    :param timeout: seconds within which an answer must be complete.
    :param writes: whether requests change data; redirects are then not followed.
    """

    def __init__(self, url: str, timeout: float = DEFAULT_TIMEOUT, *, writes: bool = False) -> None:
        self.shown = _shown(url)
        self.timeout = timeout
        self._credentials: Credentials | None = http_login.credentials()
        self._opener = urllib.request.OpenerDirector()
        handlers: list[urllib.request.BaseHandler] = [
            urllib.request.ProxyHandler(),
            urllib.request.HTTPHandler(),
            urllib.request.HTTPSHandler(),
            urllib.request.UnknownHandler(),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
        ]
        if not writes:
            handlers.append(_Redirects())
        if self._credentials:
            handlers.append(http_login.Login(self._credentials, url))
        for handler in handlers:
            self._opener.add_handler(handler)

    def send(self, request: urllib.request.Request) -> Answer:
        """Send a request and read its answer.

        :raises QueryError: there is no complete answer in time, or it reports an error.
        """
        try:
            response = self._opener.open(request, timeout=self.timeout)
        except urllib.error.HTTPError as error:
            with error:
                raise QueryError(self._refusal(error)) from error
        except (OSError, HTTPException, ValueError) as error:
            raise QueryError(f"{self.shown}: {self._failure(error)}") from error
        assert isinstance(response, HTTPResponse)
        return self._read(response)

    def _read(self, response: HTTPResponse) -> Answer:
        deadline = time.monotonic() + self.timeout
        body = bytearray()
        with response:
            try:
                while chunk := response.read1(_CHUNK):
                    body += chunk
                    if time.monotonic() > deadline:
                        raise TimeoutError
                    if len(body) > LARGEST_ANSWER:
                        raise QueryError(
                            f"{self.shown}: the answer has more than {LARGEST_ANSWER} bytes; "
                            "narrow the query"
                        )
            except (OSError, HTTPException, ValueError) as error:
                raise QueryError(f"{self.shown}: {self._failure(error)}") from error
            declared = response.headers.get("Content-Length", "")
        if declared.isascii() and declared.isdigit() and len(body) < int(declared):
            raise QueryError(
                f"{self.shown}: the answer was cut off after {len(body)} of {declared} bytes; try "
                "again"
            )
        return Answer(response.headers.get_content_type(), response.headers, bytes(body))

    def log_in(self, url: str) -> None:
        """Trigger the server's request for credentials before anything large is sent.

        :raises QueryError: the server cannot be reached, or refuses the credentials.
        """
        if self._credentials is None:
            return
        request = urllib.request.Request(url, method="HEAD")  # noqa: S310  (checked_url)
        try:
            with self._opener.open(request, timeout=self.timeout):
                pass
        except urllib.error.HTTPError as error:
            with error:
                if error.code in {401, 403}:
                    raise QueryError(self._refusal(error)) from error
        except (OSError, HTTPException, ValueError) as error:
            raise QueryError(f"{self.shown}: {self._failure(error)}") from error

    def words(self, body: bytes) -> str:
        """Return a server's message as one truncated line without markup or control characters."""
        text = body.decode("utf-8", errors="replace")
        if text.lstrip().startswith("<"):
            text = _MARKUP.sub(" ", text)
        text = "".join(" " if unicodedata.category(one)[0] == "C" else one for one in text)
        if self._credentials:
            text = text.replace(self._credentials.password, "…")
        text = " ".join(text.split())
        return text if len(text) <= LONGEST_WORDS else f"{text[:LONGEST_WORDS]}…"

    def _refusal(self, error: urllib.error.HTTPError) -> str:
        try:
            words = self.words(error.read(_CHUNK))
        except (OSError, HTTPException, ValueError):
            words = ""
        said = f": {words}" if words else ""
        if 300 <= error.code < 400:
            place = self.words(error.headers.get("Location", "").encode())
            return (
                f"{self.shown}: HTTP {error.code} redirects to {place or 'no location'}, which is "
                "not followed; use the final URL"
            )
        remedy = _REMEDIES.get(error.code, "check the server, or correct the URL")
        if error.code == 401 and self._credentials:
            known = http_login.best_challenge(error.headers.get_all("WWW-Authenticate", []))
            remedy = (
                "the user or password is not accepted; correct "
                f"{USER_VARIABLE} or {PASSWORD_VARIABLE}"
                if known
                else "it requires a login other than Basic or Digest, which Qawl does not support"
            )
        wait = _wait(error.headers.get("Retry-After"))
        return f"{self.shown}: HTTP {error.code}; {remedy}{wait}{said}"

    def _failure(self, error: Exception) -> str:
        reason: Any = getattr(error, "reason", None) or error
        if isinstance(reason, ssl.SSLError):
            what = getattr(reason, "verify_message", "") or reason.reason or str(reason)
            return f"no trusted connection can be made ({what}); correct the URL or the certificate"
        if isinstance(reason, TimeoutError):
            return (
                f"no complete answer within {self.timeout:g} seconds; narrow the query, or raise "
                "the timeout"
            )
        if isinstance(reason, HTTPException):
            return (
                f"the answer is not HTTP or is incomplete ({type(reason).__name__}); try again, or "
                "correct the URL"
            )
        what = self.words(str(getattr(reason, "strerror", None) or reason).encode())
        return f"cannot be reached ({what}); correct the URL, or start the server"


def _wait(value: str | None) -> str:
    """Return ``Retry-After`` (RFC 9110, section 10.2.3) as the end of a sentence."""
    if not value:
        return ""
    if value.strip().isascii() and value.strip().isdigit():
        return f" (in {value.strip()[:10]} seconds)"
    try:
        return f" (after {parsedate_to_datetime(value).isoformat(sep=' ')})"
    except ValueError:
        return ""
