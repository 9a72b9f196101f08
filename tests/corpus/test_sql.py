"""The tables and the graph agree: who gave which number of deaths, and who relayed it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import duckdb
from examples import ROOT
from small_corpus import MADE, many_texts, write_jsonl

from kg.corpus.build import add_source, build_corpus
from kg.sparql.results import Table, plain
from kg.store.local import open_graph

if TYPE_CHECKING:
    from pathlib import Path

#: The same question in SPARQL; a voice with several speakers has its names in one string.
SPARQL = """
PREFIX qawl: <https://w3id.org/qawl/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?claim ?value ?depth ?marking (GROUP_CONCAT(?name; separator=", ") AS ?names)
WHERE {
  ?claim qawl:answers/qawl:measure <https://w3id.org/qawl/vocab/measure/deaths> ;
    qawl:answerQuantity/qawl:numericValue ?value ; qawl:voice/qawl:quotedIn* ?voice .
  ?voice qawl:depth ?depth ; qawl:marking ?marked .
  BIND (STRAFTER(STR(?marked), "marking/") AS ?marking)
  OPTIONAL { ?voice qawl:speaker/skos:prefLabel ?name FILTER (LANG(?name) = "en") }
} GROUP BY ?claim ?value ?depth ?marking
"""


def _documented() -> str:
    """Return the SQL query that the documentation shows."""
    page = (ROOT / "docs" / "corpus-tables.md").read_text(encoding="utf-8")
    return re.findall(r"```sql\n(.*?)```", page, re.DOTALL)[-1].strip().rstrip(";")


def test_sql_and_sparql_agree_on_who_gave_which_number_of_deaths(tmp_path: Path) -> None:
    texts = many_texts(16)
    source = write_jsonl(tmp_path / "a.jsonl", texts)
    build_corpus(add_source(tmp_path / "c", source, {}, MADE))
    query = _documented().replace("FOLDER", str(tmp_path / "c")).replace("article\n", "claim\n")
    by_sql = {
        (claim, value, marking, ", ".join(sorted(names)), tuple(map(_joined, relayed)))
        for value, names, marking, relayed, claim in duckdb.sql(query).fetchall()
    }
    voices: dict[tuple[str, float], dict[int, tuple[str, str]]] = {}
    table = open_graph(tmp_path / "c", readers="all").sparql(SPARQL)
    assert isinstance(table, Table)
    for terms in table.rows:
        row = dict(zip(table.columns, map(plain, terms), strict=True))
        key = str(row["claim"]), float(str(row["value"]))
        names = ", ".join(sorted(str(row["names"] or "").split(", ")))
        voices.setdefault(key, {})[int(str(row["depth"]))] = (names, str(row["marking"]))
    by_sparql = set()
    for (claim, value), chain in voices.items():
        (names, marking), *relayed = [chain[depth] for depth in sorted(chain, reverse=True)]
        by_sparql.add((claim, value, marking, names, tuple(one for one, _ in relayed)))
    assert by_sql == by_sparql
    # Each of the Arabic articles has the Red Crescent give fourteen.
    given = {claim.split("/")[-3] for claim, value, *_ in by_sql if value == 14}
    assert given == {name for name in texts if name.startswith("nahr")}
    assert all("Red Crescent" in names for _, value, _, names, _ in by_sql if value == 14)


def _joined(names: list[str]) -> str:
    return ", ".join(sorted(names))
