"""The settings of ``kg serve``, from which its options, its help and the documentation follow."""

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
        "Where people reach this server, such as https://example.org/qawl; links, downloads and "
        "descriptions name it [default: the address listened on].",
        pattern=_URL,
        like="https://example.org/qawl",
    )
    readers: Readers = _setting(  # noqa: RUF009 - it makes a field
        "person",
        "Whose claims are served: those of persons, what the rules or a model propose, or all; a "
        "named question may ask for others with `?readers=`, a query with FROM.",
        choices=READERS,
    )
    dumps: str = _setting(
        "",
        "A folder of releases, as `kg release` makes them, to offer under /dumps/ [default: a "
        "release is made when the server starts, of a graph of up to 200,000 quads].",
    )
    time_limit: float = _setting(
        30.0, "Seconds that one query may compute before it is ended.", least=0.01
    )
    max_rows: int = _setting(
        1_000_000, "Rows or triples of one answer; more are cut, and said so.", least=1
    )
    max_bytes: int = _setting(
        256_000_000, "Bytes of one answer; it is cut at the next row, and said so.", least=1
    )
    max_queries: int = _setting(
        8,
        "Long queries in work at the same time; a further one gets 503 with Retry-After.",
        least=1,
    )
    max_waiting: int = _setting(64, "Queries that wait for a worker; the oldest gets 503.", least=1)
    max_wait: float = _setting(
        10.0, "Seconds that a query waits for its turn before it gets 503.", least=0.01
    )
    short_query: float = _setting(
        0.25, "Seconds after which a query is a long one and makes room for short ones.", least=0.01
    )
    long_queries: int = _setting(
        0, "Of those, how many compute at the same time; the others pause [default: one per core]."
    )
    memory_limit: int = _setting(
        2_000_000_000, "Bytes of memory that one query may take before it is ended."
    )
    max_request_bytes: int = _setting(
        1_000_000, "Bytes of a query; a request with more gets 413.", least=1
    )
    request_timeout: float = _setting(
        10.0,
        "Seconds in which a client must have sent its request; idle connections count too.",
        least=0.1,
    )
    send_timeout: float = _setting(
        60.0, "Seconds that a client may read nothing before its connection is closed.", least=0.1
    )
    max_connections: int = _setting(1000, "Open connections; further ones get 503.", least=1)
    max_client_connections: int = _setting(
        500, "Open connections of one client; further ones get 429. 0: no limit of its own."
    )
    max_client_requests: int = _setting(
        32,
        "Requests of one client in work at the same time; further ones get 429. 0: no limit of "
        "its own.",
    )
    trusted_proxy: tuple[str, ...] = _setting(
        (),
        "Address of a proxy before the server, whose X-Forwarded-For names the client. May be "
        "repeated.",
        pattern=r"[0-9.]+|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]+",
        like="10.0.0.2",
    )
    cors_origin: str = _setting(
        "*",
        "Origin whose web pages may read answers, such as https://example.org; `*` is any, and "
        "nothing is none.",
        pattern=r"\*|https?://[^\s/?#]+",
        like="https://example.org",
    )
    tokens: str = _setting(
        "", "A file of tokens, one a line; who has none of them gets 401 [default: all may read]."
    )
    max_spool_bytes: int = _setting(
        2_000_000_000,
        "Bytes of temporary files for answers that wait for slow readers; where they are used up, "
        "the largest answer is broken off.",
        least=1,
    )
    cache_bytes: int = _setting(
        64_000_000, "Bytes of answers kept to be given again while the graph is the same; 0: none."
    )
    in_memory_quads: int = _setting(
        1_000_000,
        "A graph of up to this many quads is held in memory: about 600 MB a million, and up to 350 "
        "MB more for each query at work that reads all of it.",
    )
    allow_service: tuple[str, ...] = _setting(
        (),
        "A SPARQL endpoint that queries may ask with SERVICE. May be repeated.",
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

    ``least`` is the least it may be, ``most`` the most, ``choices`` what it may be, where it is one
    of a few. A text that is not empty matches ``pattern``, and ``like`` is one that does.
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
