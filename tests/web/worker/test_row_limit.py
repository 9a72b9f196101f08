"""Cutting results at the end of a row: whatever the rows hold and however the bytes come."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, QueryResultsFormat, QuerySolutions, Store

from kg.errors import QueryError
from kg.web.worker.row_limit import RowLimit, RowLimitReached

# Whatever looks like the end of a row in one of the formats.
NASTY = [
    'a"}},{"b', '}},{', '"', '""', "\\", '\\"', "\\\\", "{},{", "},{", "\n", "\r\n", "<result>",
    "</result><result>", "]}}", ",", ":", "قال", "", '","', ':{"', "&lt;",
]  # fmt: skip
VALUES = st.lists(
    st.tuples(
        st.none() | st.sampled_from(NASTY) | st.text('ab"\\{},:\n<>ق', max_size=8),
        st.none() | st.sampled_from(NASTY),
    ),
    max_size=12,
)
ENDINGS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}


def results(rows: list[tuple[str | None, str | None]]) -> QuerySolutions:
    """Return a result with these rows."""
    lines = " ".join(
        "(" + " ".join("UNDEF" if one is None else str(Literal(one)) for one in row) + ")"
        for row in rows
    )
    found = Store().query(f"SELECT ?x ?y {{ VALUES (?x ?y) {{ {lines} }} }}")
    assert isinstance(found, QuerySolutions)
    return found


def count(ending: str, content: bytes) -> int:
    """Return the number of rows, by a reader that is not ours."""
    text = content.decode()
    match ending:
        case "json":
            return len(json.loads(text)["results"]["bindings"])
        case "xml":
            return len(ET.fromstring(text).findall(".//{*}result"))  # noqa: S314 - our own bytes
        case "csv":
            return len(list(csv.reader(io.StringIO(text, newline="")))) - 1
        case _:
            return text.count("\n") - 1


def cut(ending: str, rows: Any, piece: int, **limits: int) -> tuple[bytes, bool]:
    """Return what passes the limit when the bytes come in pieces of a size."""
    whole = bytes(results(rows).serialize(format=ENDINGS[ending]) or b"")
    out = bytearray()
    limit = RowLimit(
        ENDINGS[ending],
        out.extend,
        limits.get("max_rows", 10**9),
        limits.get("max_bytes", 10**9),
    )
    try:
        for start in range(0, len(whole), piece):
            limit.write(whole[start : start + piece])
        limit.finish()
    except RowLimitReached:
        return bytes(out), True
    assert bytes(out) == whole
    return bytes(out), False


@pytest.mark.parametrize("ending", ENDINGS)
@given(rows=VALUES, max_rows=st.integers(1, 14), piece=st.integers(1, 60))
def test_it_cuts_after_exactly_so_many_rows(
    ending: str, rows: Any, max_rows: int, piece: int
) -> None:
    content, was_cut = cut(ending, rows, piece, max_rows=max_rows)
    assert was_cut is (len(rows) > max_rows)
    assert count(ending, content) == min(len(rows), max_rows)


@pytest.mark.parametrize("ending", ENDINGS)
@given(rows=VALUES, max_bytes=st.integers(1, 400), piece=st.integers(1, 60))
def test_it_cuts_at_a_row_after_so_many_bytes(
    ending: str, rows: Any, max_bytes: int, piece: int
) -> None:
    content, was_cut = cut(ending, rows, piece, max_bytes=max_bytes)
    assert count(ending, content) <= len(rows)
    if was_cut:
        assert count(ending, content) < len(rows)


def test_what_xml_cannot_hold_is_refused() -> None:
    with pytest.raises(QueryError, match="U\\+0001"):
        cut("xml", [("a\x01b", None)], 100)


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_serialiser_stops_when_the_limit_is_reached(ending: str) -> None:
    out = bytearray()
    limit = RowLimit(ENDINGS[ending], out.extend, 3, 10**9)
    many = Store().query(
        "SELECT ?x ?y { VALUES ?x { 1 2 3 4 5 6 7 8 9 } VALUES ?y { 1 2 3 4 5 6 7 8 9 } }"
    )
    with pytest.raises(RowLimitReached):
        many.serialize(limit, format=ENDINGS[ending])  # type: ignore[arg-type]
    assert count(ending, bytes(out)) == 3
    assert limit.rows == 3
