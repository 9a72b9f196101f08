"""Clients, and the limits for each."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from functools import lru_cache
from http import HTTPStatus
from ipaddress import IPv6Address, ip_address, ip_network
from typing import TYPE_CHECKING, Final

from kg.web.refusal import RequestRefused
from kg.web.server.gateway import header

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import Scope

__all__ = ["Clients", "client_name"]

# What one household or office is given of IPv6 addresses (RFC 6177).
_IPV6_PREFIX: Final = 64


@lru_cache(maxsize=1024)
def client_name(address: str) -> str:
    """Return the key for counting a client: its IPv4 address or its IPv6 /64 network.

    >>> client_name("::ffff:192.0.2.1"), client_name("2001:db8::1")
    ('192.0.2.1', '2001:db8::/64')
    """
    try:
        found = ip_address(address)
    except ValueError:
        return address[:100]
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ip_network((found, _IPV6_PREFIX), strict=False))


class Clients:
    """Counts the requests in progress of each client.

    :param most: requests of one client at the same time; 0: no limit.
    :param proxies: addresses whose ``X-Forwarded-For`` header is believed.
    """

    def __init__(self, most: int, proxies: tuple[str, ...]) -> None:
        self._most = most
        self._proxies = frozenset(map(client_name, proxies))
        self._at_work: Counter[str] = Counter()

    def name(self, scope: Scope) -> str:
        """Return the client of a request: the last address that is not a trusted proxy."""
        name = client_name(scope["client"][0]) if scope.get("client") else ""
        if name in self._proxies:
            for hop in reversed(header(scope, b"x-forwarded-for").split(",")):
                if hop.strip():
                    name = client_name(hop.strip()[:100])
                if name not in self._proxies:
                    break
        return name

    @contextmanager
    def admitted(self, scope: Scope) -> Iterator[None]:
        """Count a request while it is answered.

        :raises RequestRefused: the client has reached its limit.
        """
        name = self.name(scope)
        if self._most and self._at_work[name] >= self._most:
            raise RequestRefused(
                HTTPStatus.TOO_MANY_REQUESTS,
                f"{self._most} requests of yours are in progress; wait until one is answered",
                retry_after="3",
            )
        self._at_work[name] += 1
        try:
            yield
        finally:
            self._at_work[name] -= 1
            if not self._at_work[name]:
                del self._at_work[name]
