"""The folders that the package carries are found beside it."""

from __future__ import annotations

import pytest
from examples import ROOT

from kg.errors import AuthorityError
from kg.files import shipped


def test_the_folders_of_a_checkout() -> None:
    assert shipped.ontology_dir() == ROOT / "ontology"
    assert shipped.queries_dir() == ROOT / "queries"
    assert shipped.graph_dir() == ROOT / "graph"


def test_an_incomplete_installation_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "_PACKAGE", ROOT / "docs" / "none" / "kg")
    with pytest.raises(AuthorityError, match=r"folder queries/ .* reinstall qawl"):
        shipped.queries_dir()
