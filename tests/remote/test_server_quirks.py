"""What is known of particular servers."""

from __future__ import annotations

import json
from email.message import Message

import pytest

from kg.errors import QueryError
from kg.remote.server_quirks import mended_json, refuse_partial, writing
from kg.sparql.results import Table

BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"
INTEGER = "http://www.w3.org/2001/XMLSchema#integer"


def results(name: str, *terms: dict[str, str]) -> bytes:
    bindings = [{name: term} for term in terms]
    return json.dumps({"head": {"vars": [name]}, "results": {"bindings": bindings}}).encode()


def test_booleans_get_the_letters_that_the_standard_gives_them() -> None:
    payload = results(
        "x",
        {"type": "typed-literal", "datatype": BOOLEAN, "value": "1"},
        {"type": "typed-literal", "datatype": BOOLEAN, "value": "0"},
        {"type": "literal", "datatype": BOOLEAN, "value": "true"},
        {"type": "typed-literal", "datatype": INTEGER, "value": "1"},
        {"type": "literal", "value": "1"},
    )
    table = Table.from_json(mended_json(payload))
    assert [row["x"] for row in table.dicts()] == [True, False, True, 1, "1"]
    assert [row[0].value for row in table] == ["true", "false", "true", "1", "1"]


@pytest.mark.parametrize(
    ("terms", "answer"),
    [
        ([{"type": "typed-literal", "datatype": INTEGER, "value": "1"}], True),
        ([{"type": "typed-literal", "datatype": INTEGER, "value": "0"}], False),
        ([], False),
    ],
)
def test_an_ask_that_was_answered_by_a_table(terms: list[dict[str, str]], answer: bool) -> None:
    table = Table.from_json(mended_json(results("__ASK_RETVAL", *terms)))
    assert table.boolean is answer
    assert table.rows == ()


def test_what_has_no_booleans_is_not_touched() -> None:
    payload = b' {"head": {"vars": ["x"]},\n "results": {"bindings": []} } '
    assert mended_json(payload) is payload


@pytest.mark.parametrize("payload", [b"[]", b"{}", b"7", b'{"head": 1}', b'{"head":{"vars":[1]}}'])
def test_what_is_no_result_is_refused(payload: bytes) -> None:
    with pytest.raises((ValueError, SyntaxError)):
        Table.from_json(mended_json(payload.replace(b"1", f'"{BOOLEAN}"'.encode())))


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [("X-SPARQL-MaxRows", "10000", "10000 rows"), ("X-SPARQL-Anytime", "max; x", "incomplete")],
)
def test_an_answer_that_was_cut_off_is_refused(name: str, value: str, words: str) -> None:
    headers = Message()
    refuse_partial(headers)
    headers[name] = value
    with pytest.raises(QueryError, match=words):
        refuse_partial(headers)


@pytest.mark.parametrize(
    ("url", "via", "endpoint"),
    [
        ("http://h:7878/store", "gsp", "http://h:7878/query"),
        ("http://h:7878/update", "update", "http://h:7878/query"),
        ("https://h/ds/data", "gsp", "https://h/ds/query"),
        ("http://h/sparql-graph-crud-auth", "gsp", "http://h/sparql"),
        ("http://h/sparql-auth?x=1", "update", "http://h/sparql"),
        ("http://h/anything", None, None),
    ],
)
def test_what_an_address_tells(url: str, via: str | None, endpoint: str | None) -> None:
    assert writing(url) == (via, endpoint)
