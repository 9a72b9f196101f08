"""What is nested too deeply is refused before a parser that recurses meets it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import StoreError
from kg.rdf.read import refuse_deep_rdf
from kg.store.builds import load_files

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deep.jsonld", "[" * 50_000 + "]" * 50_000),
        ("deep.nt", "<urn:s> <urn:p> " + "<<( <urn:s> <urn:p> " * 500 + "1" + " )>>" * 500 + " ."),
    ],
)
def test_a_deep_file_is_refused(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / name).write_text(content)
    with pytest.raises(StoreError, match=rf"{name}:1: is nested"):
        refuse_deep_rdf(tmp_path / name, StoreError)


def test_blank_nodes_in_turtle_may_be_deep(tmp_path: Path) -> None:
    path = tmp_path / "deep.ttl"
    path.write_text("<urn:s> <urn:p> " + "[ <urn:p> " * 5_000 + "1" + " ]" * 5_000 + " .")
    assert len(load_files((path,))) == 5_001
