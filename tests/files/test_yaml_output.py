"""Plain data on one line of YAML reads back as the same data."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from kg.files.yaml_input import load_yaml
from kg.files.yaml_output import flow

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(st.dictionaries(st.sampled_from(["a", "b-c"]), TEXTS | st.integers() | st.booleans()))
def test_data_reads_back(data: dict[str, object]) -> None:
    text = flow({"x": data, "y": [data]})
    assert "\n" not in text
    assert load_yaml(Path("x.yaml"), text).data == {"x": data, "y": [data]}
