"""What SPARQL servers do otherwise than the standards say, and what makes up for it.

All that the code knows of particular servers stands here; docs/servers.md says where it was seen
and what cannot be made up for.
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

#: Parameters by which some servers make the union of their graphs the default graph; the others
#: are told the graphs one by one, by the parameters of the SPARQL 1.1 Protocol.
UNION_PARAMETERS: Final[tuple[Mapping[str, str], ...]] = (
    {"union-default-graph": "true"},  # Oxigraph
)

# Virtuoso answers an ASK with a table of this one column.
_ASK_COLUMN: Final = "__ASK_RETVAL"
_BOOLEAN: Final = f"{PREFIXES['xsd']}boolean"
_LEXICAL: Final = {"1": "true", "0": "false"}


@dataclass(frozen=True, slots=True)
class _Writing:
    """How an address is written to, and the last part of the path that answers queries."""

    via: Via
    query_path: str


# By the end of the address that is written to.
_WRITING: Final[Mapping[str, _Writing]] = {
    "/store": _Writing("gsp", "/query"),  # Oxigraph
    "/data": _Writing("gsp", "/query"),  # Jena Fuseki
    "/update": _Writing("update", "/query"),  # Oxigraph, Jena Fuseki
    "/sparql-graph-crud-auth": _Writing("gsp", "/sparql"),  # Virtuoso
    "/sparql-auth": _Writing("update", "/sparql"),  # Virtuoso
}


def writing(url: str) -> tuple[Via | None, str | None]:
    """Return how an address is written to and which one answers queries, as far as it tells."""
    parts = urlsplit(url)
    for end, known in _WRITING.items():
        if parts.path.endswith(end):
            path = parts.path.removesuffix(end) + known.query_path
            return known.via, urlunsplit((parts.scheme, parts.netloc, path, "", ""))
    return None, None


def mended_json(payload: bytes) -> bytes:
    """Return query results in JSON as the standard has them.

    Virtuoso gives booleans as 1 and 0, and an ASK as a table.

    :raises ValueError: it is not JSON, or not of the form of results.
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
    """Refuse an answer that the server has cut off at a limit of its own and says so.

    :raises QueryError: it has; the message leaves it to the caller to say which server.
    """
    most = headers.get("X-SPARQL-MaxRows", "")  # Virtuoso's ResultSetMaxRows
    if most:
        raise QueryError(
            f"the answer was cut off at {most[:20]} rows, the server's limit; ask in parts with "
            "ORDER BY, LIMIT and OFFSET, or have the limit raised"
        )
    if headers.get("X-SPARQL-Anytime"):  # Virtuoso, where it was given a time limit
        raise QueryError("the answer is incomplete: the server ran out of its time; ask for less")
