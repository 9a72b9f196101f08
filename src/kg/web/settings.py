"""The settings of ``kg serve``, the source of its options, help and documentation."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields
from typing import Any, Final

from kg.store.views import READERS, Readers

__all__ = ["CORES", "Explained", "Settings", "explained"]

#: The processor cores that this process may use.
CORES: Final = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2

_URL: Final = r"https?://[^\s<>\"{}|^`\\]+"


def _setting(
    default: Any,
    help_text: str,
    *,
    least: float = 0,
    most: int | None = None,
    choices: tuple[str, ...] = (),
    pattern: str = "",
    like: str = "",
) -> Any:
    told = {"help": help_text, "least": least, "most": most, "choices": choices,
            "pattern": pattern, "like": like}  # fmt: skip
    return field(default=default, metadata=told)


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting by name, with its default; ``metadata["help"]`` of a field explains it."""

    host: str = _setting("127.0.0.1", "The address to listen on.")
    port: int = _setting(7878, "The port to listen on; 0 picks a free one.", most=65535)
    public_url: str = _setting(
        "",
        "The public address of this server, such as https://example.org/qawl, used in links, "
        "downloads and descriptions [default: the address listened on].",
        pattern=_URL,
        like="https://example.org/qawl",
    )
    readers: Readers = _setting(  # noqa: RUF009 - it makes a field
        "person",
        "Whose claims are served: those found by people, those proposed by the rules or a model, "
        "or all; a named question can select others with `?readers=`, and a query with FROM.",
        choices=READERS,
    )
    dumps: str = _setting(
        "",
        "A folder of releases, made by `kg release`, to serve under /dumps/ [default: on "
        "starting, the server makes a release of a graph of up to 200,000 quads].",
    )
    time_limit: float = _setting(
        30.0, "The maximum computing time of a query, in seconds.", least=0.01
    )
    max_rows: int = _setting(
        1_000_000,
        "The maximum number of rows or triples in an answer; longer answers are truncated, with a "
        "notice.",
        least=1,
    )
    max_bytes: int = _setting(
        256_000_000,
        "The maximum size of an answer in bytes; longer answers are truncated at the next row, "
        "with a notice.",
        least=1,
    )
    max_queries: int = _setting(
        8,
        "The maximum number of concurrent long queries; further ones get 503 with Retry-After.",
        least=1,
    )
    max_waiting: int = _setting(
        64,
        "The maximum number of queries waiting for a worker; beyond that, the oldest gets a 503.",
        least=1,
    )
    max_wait: float = _setting(
        10.0,
        "The maximum time that a query waits for its turn, in seconds; then it gets a 503.",
        least=0.01,
    )
    short_query: float = _setting(
        0.25,
        "Seconds after which a query counts as long and makes room for short ones.",
        least=0.01,
    )
    long_queries: int = _setting(
        0,
        "How many long queries compute at the same time; the others pause [default: one per core].",
    )
    memory_limit: int = _setting(2_000_000_000, "The maximum memory of a query, in bytes.")
    max_request_bytes: int = _setting(
        1_000_000, "The maximum size of a request in bytes; larger ones get 413.", least=1
    )
    request_timeout: float = _setting(
        10.0,
        "Seconds within which a client must send its request; this includes idle connections.",
        least=0.1,
    )
    send_timeout: float = _setting(
        60.0, "Seconds after which a client that reads nothing is disconnected.", least=0.1
    )
    max_connections: int = _setting(
        1000, "The maximum number of open connections; further ones get 503.", least=1
    )
    max_client_connections: int = _setting(
        500,
        "The maximum number of open connections per client; further ones get 429. 0: no limit per "
        "client.",
    )
    max_client_requests: int = _setting(
        32,
        "The maximum number of concurrent requests per client; further ones get 429. 0: no limit "
        "per client.",
    )
    trusted_proxy: tuple[str, ...] = _setting(
        (),
        "The address of a proxy in front of the server, whose X-Forwarded-For identifies the "
        "client. "
        "May be repeated.",
        pattern=r"[0-9.]+|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]+",
        like="10.0.0.2",
    )
    cors_origin: str = _setting(
        "*",
        "The origin whose web pages may read answers, such as https://example.org; `*` allows "
        "any, an empty value none.",
        pattern=r"\*|https?://[^\s/?#]+",
        like="https://example.org",
    )
    tokens: str = _setting(
        "",
        "A file of tokens, one per line; requests without one of them get 401 [default: no token "
        "needed].",
    )
    max_spool_bytes: int = _setting(
        2_000_000_000,
        "The maximum size in bytes of temporary files for answers to slow readers; when it is "
        "exceeded, the largest answer is aborted.",
        least=1,
    )
    cache_bytes: int = _setting(64_000_000, "The size of the answer cache in bytes; 0: no cache.")
    in_memory_quads: int = _setting(
        1_000_000,
        "A graph of up to this many quads is held in memory: about 600 MB per million, plus up to "
        "350 MB for each running query that reads all of it.",
    )
    allow_service: tuple[str, ...] = _setting(
        (),
        "A SPARQL endpoint that queries may call with SERVICE. May be repeated.",
        pattern=_URL,
        like="https://example.org/sparql",
    )

    @property
    def long_slots(self) -> int:
        """How many long queries compute at the same time."""
        return min(self.long_queries or CORES, self.max_queries)


@dataclass(frozen=True, slots=True)
class Explained:
    """A setting as its option and its documentation show it.

    ``least`` and ``most`` are its bounds, ``choices`` the allowed values, if listed. A text that is
    not empty matches ``pattern``, and ``like`` is one that does.
    """

    name: str
    default: Any
    help: str
    least: float
    most: int | None
    choices: tuple[str, ...]
    pattern: str
    like: str


def explained() -> tuple[Explained, ...]:
    """Return every setting, in the order of the class."""
    return tuple(Explained(one.name, one.default, **one.metadata) for one in fields(Settings))
