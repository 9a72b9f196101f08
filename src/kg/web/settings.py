"""The settings of ``kg serve``, from which its options, its help and the documentation follow."""

from __future__ import annotations

import os
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["CORES", "Settings", "explained"]

#: The processor cores that this process may use.
CORES: Final = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 2


def _setting(default: Any, help_text: str) -> Any:
    return field(default=default, metadata={"help": help_text})


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting by name, with its default; ``metadata["help"]`` of a field explains it."""

    host: str = _setting("127.0.0.1", "Address to listen on.")
    port: int = _setting(7878, "Port to listen on; 0 takes a free one.")
    public_url: str = _setting(
        "",
        "Where people reach this server, such as https://example.org/qawl; links, downloads and "
        "descriptions name it [default: the address listened on].",
    )
    time_limit: float = _setting(30.0, "Seconds that one query may compute before it is ended.")
    max_rows: int = _setting(1_000_000, "Rows or triples of one answer; more are cut, and said so.")
    max_bytes: int = _setting(
        256_000_000, "Bytes of one answer; it is cut at the next row, and said so."
    )
    max_queries: int = _setting(
        16, "Long queries in work at the same time; a further one gets 503 with Retry-After."
    )
    max_waiting: int = _setting(64, "Queries that wait for a worker; the oldest gets 503.")
    max_wait: float = _setting(10.0, "Seconds that a query waits for its turn before it gets 503.")
    short_query: float = _setting(
        0.25, "Seconds after which a query is a long one and makes room for short ones."
    )
    long_queries: int = _setting(
        0, "Of those, how many compute at the same time; the others pause [default: one per core]."
    )
    memory_limit: int = _setting(
        2_000_000_000, "Bytes of memory that one query may take before it is ended."
    )
    max_request_bytes: int = _setting(1_000_000, "Bytes of a query; a request with more gets 413.")
    request_timeout: float = _setting(
        10.0, "Seconds in which a client must have sent its request; idle connections count too."
    )
    send_timeout: float = _setting(
        60.0, "Seconds that a client may read nothing before its connection is closed."
    )
    max_connections: int = _setting(1000, "Open connections; further ones get 503.")
    cache_bytes: int = _setting(
        64_000_000, "Bytes of answers kept to be given again while the graph is the same; 0: none."
    )
    in_memory_quads: int = _setting(
        2_000_000, "A graph of up to this many quads is held in memory (about 600 MB a million)."
    )
    allow_service: tuple[str, ...] = _setting(
        (), "A SPARQL endpoint that queries may ask with SERVICE. May be repeated."
    )

    @property
    def long_slots(self) -> int:
        """How many long queries compute at the same time."""
        return min(self.long_queries or CORES, self.max_queries)


def explained() -> Iterator[tuple[str, Any, str]]:
    """Yield name, default and explanation of every setting, in the order of the class."""
    for one in fields(Settings):
        yield one.name, one.default, one.metadata["help"]
