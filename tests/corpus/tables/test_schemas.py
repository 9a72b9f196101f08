"""The schemas of the tables are documented and can be written."""

from __future__ import annotations

import pyarrow
from examples import ROOT

from kg.corpus.tables.schemas import arrow_schema, tables, voice_fields


def test_every_table_has_a_schema_with_its_columns() -> None:
    for name, columns in tables().items():
        assert arrow_schema(name).names == [one.name for one in columns]
    chain = arrow_schema("claims").field("chain").type
    assert pyarrow.types.is_list(chain)
    fields = [chain.value_type.field(number).name for number in range(chain.value_type.num_fields)]
    assert fields == [one.name for one in voice_fields()]


def test_every_column_is_documented_as_it_is() -> None:
    page = (ROOT / "docs" / "corpus-tables.md").read_text(encoding="utf-8")
    for name, columns in tables().items():
        section = page.partition(f"## `{name}`\n")[2].partition("\n## ")[0]
        for one in columns:
            assert f"| `{one.name}` | {one.holds.value} | {one.meaning} |" in section, one.name
