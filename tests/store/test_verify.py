"""A build is compared with what its manifest says."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from damaged import QUADS, flip, made_build

from kg.errors import StoreError
from kg.graph.build import build
from kg.store.builds import MANIFEST, STORE_FOLDER
from kg.store.verify import verify

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from examples import Workspace


def test_a_build_is_as_it_was_made(workspace: Workspace, tmp_path: Path) -> None:
    report = build(workspace.graph, tmp_path / "store", validate=False)
    found = verify(tmp_path / "store")
    assert (found.sha256, found.quads) == (report.digest, report.quads)


@pytest.mark.parametrize(
    ("noted", "reason"),
    [
        ({"quads": 1}, f"has {QUADS} quads, but 1 were built"),
        ({"sha256": "0" * 64}, "but 0{64} was built"),
        ({"files": {}}, "differs from what was built"),
        ({"files": ["a"]}, "is not a complete store"),
    ],
)
def test_what_differs_from_the_manifest_is_named(
    tmp_path: Path, noted: dict[str, object], reason: str
) -> None:
    folder = made_build(tmp_path)
    manifest = json.loads((folder / MANIFEST).read_text())
    (folder / MANIFEST).write_text(json.dumps({**manifest, **noted}))
    with pytest.raises(StoreError, match=reason):
        verify(tmp_path)


def test_a_deeply_nested_manifest_is_not_one(tmp_path: Path) -> None:
    folder = made_build(tmp_path)
    (folder / MANIFEST).write_text("[" * 100_000)
    with pytest.raises(StoreError, match="is not a complete store"):
        verify(tmp_path)


def test_the_command_names_the_damaged_file(
    kg: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    folder = made_build(tmp_path / "home")
    done = kg("verify", "--store", tmp_path / "home")
    assert (done.returncode, f"{QUADS} quads" in done.stdout) == (0, True)
    flip(folder / STORE_FOLDER / "CURRENT")
    done = kg("verify", "--store", tmp_path / "home")
    assert done.returncode != 0
    assert "CURRENT" in done.stderr
    assert done.stdout == ""
