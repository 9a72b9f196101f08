"""The rows of an article say what its text says."""

from __future__ import annotations

from kg.corpus.article import compile_record
from kg.corpus.record import Record
from kg.corpus.tables.rows import rows_of
from kg.corpus.tables.schemas import tables
from kg.corpus.workshop import Setting, workshop
from kg.shacl.columns import Columns

SHOP = workshop(Setting("/nowhere", "/nowhere", "2031-03-09", "software", "rows-test"))
TEXT = (
    "The Red Crescent said on Tuesday that about 14 people were killed in Rivertown.\n"
    "The minister, Salim Haddad, told Reuters that 12 people died on 3 March 2031."
)
RECORD = Record(
    "flood", "f:1", TEXT.encode(), "text", {"publisher": "The Post", "published": "2031-03-05"}
)
COMPILED = compile_record(RECORD, SHOP)
ROWS = rows_of(RECORD, COMPILED, Columns(COMPILED.quads, SHOP.base), SHOP.ontology)


def test_each_table_has_its_columns_and_no_others() -> None:
    for name, columns in tables().items():
        known = {one.name for one in columns}
        assert all(set(row) <= known for row in ROWS[name]), name
        assert {row["article"] for row in ROWS[name]} <= {"flood"}


def test_the_article() -> None:
    (row,) = ROWS["articles"]
    assert (row["id"], row["publisher"], row["published"]) == ("flood", "The Post", "2031-03-05")
    assert (row["characters"], row["claims"], row["language"]) == (len(TEXT), 2, "en")


def test_claims_with_their_amounts_and_places_in_the_text() -> None:
    first, second = ROWS["claims"]
    assert [row["value"] for row in (first, second)] == [14.0, 12.0]
    assert [row["approximate"] for row in (first, second)] == [True, False]
    assert {row["kind"] for row in (first, second)} == {"QuantityClaim"}
    for row in (first, second):
        assert TEXT[row["start"] : row["end"]] == row["quote"]
        assert (row["reader"], row["reading"]) == ("rules", "rules")


def test_the_chain_leads_outwards_to_the_article() -> None:
    for row, name in zip(ROWS["claims"], ("the Red Crescent", "Salim Haddad"), strict=True):
        chain = row["chain"]
        assert name.casefold() in " ".join(chain[0]["names"]).casefold()
        assert chain[-1]["source"].endswith("/source/flood")
        assert {one["marking"] for one in chain} <= {"explicit", "inherited", "inferred"}
    voices = {row["voice"]: row for row in ROWS["voices"]}
    for row in ROWS["claims"]:
        outer = [voices[one["voice"]]["quoted_in"] for one in row["chain"]]
        assert outer == [*(one["voice"] for one in row["chain"][1:]), None]


def test_mentions_and_entities() -> None:
    for row in ROWS["mentions"]:
        assert TEXT[row["start"] : row["end"]] == row["surface"]
    entities = {row["entity"] for row in ROWS["entities"]}
    assert {row["entity"] for row in ROWS["mentions"]} <= entities
    assert all(row["label_en"] and row["type"] for row in ROWS["entities"])


def test_times_and_quantities() -> None:
    assert {row["claim"] for row in ROWS["quantities"]} == {row["claim"] for row in ROWS["claims"]}
    assert "2031-03-03" in {row["edtf"] for row in ROWS["times"]}
    assert all(row["earliest_start"] for row in ROWS["times"])
    # The article is published on a day for which it has no words.
    assert {row["status"] for row in ROWS["times"] if row["edtf"] == "2031-03-05"} == {"implied"}
