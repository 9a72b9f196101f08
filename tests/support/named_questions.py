"""The named questions, their answers on any engine, and the answers expected of them."""

from __future__ import annotations

import csv
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from examples import ROOT

from kg.rdf.curies import shorten
from kg.remote.connect import RemoteGraph
from kg.sparql.results import Table
from kg.store.local import Graph

if TYPE_CHECKING:
    from collections.abc import Iterable

DUMPS = ROOT / "graph" / "dumps"
QUERIES = ROOT / "queries"
EXPECTED = QUERIES / "expected"
NAMES = sorted(path.stem for path in QUERIES.glob("*.rq"))

Row = tuple[object, ...]


def cell(value: object) -> object:
    """Return a cell so that engines agree: numbers as numbers, IRIs as prefixed names."""
    text = "" if value is None else str(value)
    if text.startswith(("https://w3id.org/qawl/", "http://")):
        return shorten(text)
    try:
        return Decimal(text)
    except InvalidOperation:
        return text


def rows_of(table: Iterable[Iterable[object]]) -> list[Row]:
    return [tuple(cell(value) for value in row) for row in table]


def answer(engine: Any, text: str) -> tuple[tuple[str, ...], list[Row]]:
    if isinstance(engine, Graph | RemoteGraph):
        result = engine.sparql(text)
        if isinstance(result, Table):
            plain_rows = [[getattr(one, "value", one) for one in row] for row in result]
            return result.columns, rows_of(plain_rows)
        triples = [[getattr(part, "value", part) for part in triple] for triple in result]
        return ("subject", "predicate", "object"), sorted(rows_of(triples), key=str)
    result = engine.query(text)
    if result.type == "CONSTRUCT":
        return ("subject", "predicate", "object"), sorted(rows_of(result.graph), key=str)
    return tuple(str(one) for one in result.vars), rows_of(result)


def expected(name: str) -> tuple[tuple[str, ...], list[Row]]:
    with (EXPECTED / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        head, *rows = csv.reader(stream)
    return tuple(head), rows_of(rows)
