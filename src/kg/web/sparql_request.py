"""SPARQL 1.1 Protocol: from an HTTP request to a query (section 2.1 of the specification)."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final
from urllib.parse import parse_qsl

from kg.web.refusal import RequestRefused

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["SparqlRequest", "parameters", "sparql_request"]

_FORM: Final = "application/x-www-form-urlencoded"
_QUERY: Final = "application/sparql-query"
_UPDATE: Final = "application/sparql-update"
_MOST_PARAMETERS: Final = 1000
_UTF8: Final = frozenset({"", "utf-8", "utf8"})
_FORMAT_WORDS: Final = ("format", "output", "results")
_UPDATES: Final = frozenset({"update", "using-graph-uri", "using-named-graph-uri"})


@dataclass(frozen=True, slots=True)
class SparqlRequest:
    """A query operation: the query, its dataset, and the format that a parameter asks for."""

    query: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str = ""


def parameters(encoded: bytes, place: str) -> list[tuple[str, str]]:
    """Return the parameters of a query string or a form.

    :param place: what the error message calls it.
    :raises RequestRefused: they are not UTF-8, or too many.
    """
    try:
        return parse_qsl(
            encoded.decode("utf-8"),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_PARAMETERS,
        )
    except UnicodeDecodeError as error:
        raise RequestRefused(HTTPStatus.BAD_REQUEST, f"{place}: is not UTF-8") from error
    except ValueError as error:
        raise RequestRefused(
            HTTPStatus.BAD_REQUEST, f"{place}: has more than {_MOST_PARAMETERS} parameters"
        ) from error


def _media_type(content_type: str) -> tuple[str, str]:
    kind, _, rest = content_type.partition(";")
    charset = ""
    for part in rest.split(";"):
        name, _, value = part.partition("=")
        if name.strip().lower() == "charset":
            charset = value.strip().strip('"').lower()
    return kind.strip().lower(), charset


def sparql_request(
    query_string: bytes,
    body: bytes | None = None,
    *,
    content_type: str = "",
    content_encoding: str = "",
) -> SparqlRequest | None:
    """Return a request's query; ``None`` for a GET or HEAD without one.

    :param body: of a POST; ``None`` for a GET or HEAD.
    :raises RequestRefused: it is not a valid query operation, or is an update.
    """
    given = parameters(query_string, "the query string")
    if body is None:
        if not any(name in {"query", *_UPDATES} for name, _ in given):
            return None
        return _from(given)
    content_type, charset = _media_type(content_type)
    if content_type == _UPDATE:
        raise _no_updates()
    if content_type not in {_FORM, _QUERY}:
        raise RequestRefused(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"Content-Type {content_type or '(none)'}: send {_FORM} or {_QUERY}",
            accept_post=f"{_FORM}, {_QUERY}",
        )
    if charset not in _UTF8:
        raise RequestRefused(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"charset {charset}: a query must be sent in UTF-8"
        )
    encoding = content_encoding.strip().lower()
    if encoding not in {"", "identity"}:
        raise RequestRefused(
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"Content-Encoding {encoding}: a query must be sent without one",
            accept_encoding="identity",
        )
    if content_type == _FORM:
        return _from([*given, *parameters(body, "the form")])
    if any(name == "query" for name, _ in given):
        raise RequestRefused(
            HTTPStatus.BAD_REQUEST, "there is a query both in the body and in the URL"
        )
    try:
        return _from([*given, ("query", body.decode("utf-8"))])
    except UnicodeDecodeError as error:
        raise RequestRefused(
            HTTPStatus.BAD_REQUEST, f"the query: byte {error.start} is not UTF-8"
        ) from error


def _no_updates() -> RequestRefused:
    return RequestRefused(
        HTTPStatus.FORBIDDEN, "this endpoint is read-only: it does not accept updates"
    )


def _from(given: Sequence[tuple[str, str]]) -> SparqlRequest:
    if any(name in _UPDATES for name, _ in given):
        raise _no_updates()
    queries = [value for name, value in given if name == "query"]
    if len(queries) != 1:
        raise RequestRefused(
            HTTPStatus.BAD_REQUEST, f"expected one parameter 'query', got {len(queries)}"
        )
    if "\0" in queries[0]:
        raise RequestRefused(HTTPStatus.BAD_REQUEST, "the query: has the character U+0000")
    words = {name: value for name, value in reversed(given) if name in _FORMAT_WORDS}
    return SparqlRequest(
        queries[0].removeprefix("\ufeff"),
        # Clients with a form for them send these parameters also where nothing is filled in.
        tuple(value for name, value in given if name == "default-graph-uri" and value),
        tuple(value for name, value in given if name == "named-graph-uri" and value),
        next((words[name] for name in _FORMAT_WORDS if words.get(name)), ""),
    )
