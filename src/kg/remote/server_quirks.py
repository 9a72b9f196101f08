"""Where SPARQL servers deviate from the standards, and the workarounds.

All knowledge of particular servers is in this module; docs/servers.md lists where each deviation
was observed, and those without a workaround.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal
from urllib.parse import urlsplit, urlunsplit

from kg.errors import QueryError
from kg.rdf.iris import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from email.message import Message

__all__ = ["UNION_PARAMETERS", "Via", "mended_json", "refuse_partial", "writing"]

Via = Literal["gsp", "update"]

#: Parameters with which some servers make the union of their graphs the default graph; for others,
#: the graphs are listed one by one, with the parameters of the SPARQL 1.1 Protocol.
UNION_PARAMETERS: Final[tuple[Mapping[str, str], ...]] = (
    {"union-default-graph": "true"},  # Oxigraph
)

# Virtuoso answers an ASK with a table that has this one column.
_ASK_COLUMN: Final = "__ASK_RETVAL"
_BOOLEAN: Final = f"{PREFIXES['xsd']}boolean"
_LEXICAL: Final = {"1": "true", "0": "false"}


@dataclass(frozen=True, slots=True)
class _Writing:
    """How to write to a URL, and the last path segment of the query endpoint."""

    via: Via
    query_path: str


# By the ending of the URL to write to.
_WRITING: Final[Mapping[str, _Writing]] = {
    "/store": _Writing("gsp", "/query"),  # Oxigraph
    "/data": _Writing("gsp", "/query"),  # Jena Fuseki
    "/update": _Writing("update", "/query"),  # Oxigraph, Jena Fuseki
    "/sparql-graph-crud-auth": _Writing("gsp", "/sparql"),  # Virtuoso
    "/sparql-auth": _Writing("update", "/sparql"),  # Virtuoso
}


def writing(url: str) -> tuple[Via | None, str | None]:
    """Return how to write to a URL and its query endpoint; ``None`` for what is unknown."""
    parts = urlsplit(url)
    for end, known in _WRITING.items():
        if parts.path.endswith(end):
            path = parts.path.removesuffix(end) + known.query_path
            return known.via, urlunsplit((parts.scheme, parts.netloc, path, "", ""))
    return None, None


def mended_json(payload: bytes) -> bytes:
    """Return JSON query results in their standard form.

    Virtuoso writes booleans as 1 and 0, and an ASK as a table.

    :raises ValueError: the payload is not SPARQL results JSON.
    """
    if _ASK_COLUMN.encode() not in payload and _BOOLEAN.encode() not in payload:
        return payload
    data: Any = json.loads(payload)
    try:
        rows = data.get("results", {}).get("bindings", ())
        if data["head"].get("vars") == [_ASK_COLUMN]:
            yes = any(row[_ASK_COLUMN]["value"] == "1" for row in rows)
            return json.dumps({"head": {}, "boolean": yes}).encode()
        for row in rows:
            for term in row.values():
                if term.get("datatype") == _BOOLEAN:
                    term["value"] = _LEXICAL.get(term["value"], term["value"])
    except (AttributeError, KeyError, TypeError) as error:
        raise ValueError("it is not SPARQL results JSON") from error
    return json.dumps(data).encode()


def refuse_partial(headers: Message) -> None:
    """Refuse an answer that the server says it has truncated.

    :raises QueryError: it is truncated; the caller adds the server to the message.
    """
    most = headers.get("X-SPARQL-MaxRows", "")  # Virtuoso's ResultSetMaxRows
    if most:
        raise QueryError(
            f"the answer was cut off at {most[:20]} rows, the server's limit; fetch it in parts "
            "with ORDER BY, LIMIT and OFFSET, or have the limit raised"
        )
    if headers.get("X-SPARQL-Anytime"):  # Virtuoso with a time limit
        raise QueryError(
            "the answer is incomplete: the server's time limit was exceeded; narrow the query"
        )
