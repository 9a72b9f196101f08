"""Putting a new build in the place of the previous one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Store

from kg.store.builds import POINTER, STORE_FOLDER, current_build
from kg.store.swap import BUILD_NAME, current_name, swap_in, sweep

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = {"sha256": "0", "quads": 0}


def _fill(folder: Path) -> None:
    Store(folder / STORE_FOLDER).flush()


def test_a_build_is_current_when_it_is_whole(tmp_path: Path) -> None:
    folder = swap_in(tmp_path, MANIFEST, _fill)
    assert BUILD_NAME.fullmatch(folder.name)
    assert current_name(tmp_path) == folder.name
    current_build(tmp_path).check_files()


def test_a_build_that_fails_leaves_the_previous_one(tmp_path: Path) -> None:
    folder = swap_in(tmp_path, MANIFEST, _fill)

    def fail(new: Path) -> None:
        _fill(new)
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        swap_in(tmp_path, MANIFEST, fail)
    assert {path.name for path in tmp_path.iterdir()} == {folder.name, POINTER}
    assert current_name(tmp_path) == folder.name


def test_old_builds_are_swept_and_other_things_are_kept(tmp_path: Path) -> None:
    first, second = (swap_in(tmp_path, MANIFEST, _fill) for _ in range(2))
    (tmp_path / "build-notes").mkdir()
    (first / "mine.txt").write_text("kept")
    third = swap_in(tmp_path, MANIFEST, _fill)
    sweep(tmp_path, {current_name(tmp_path)})
    left = {path.name for path in tmp_path.glob("build-*")}
    assert left == {"build-notes", first.name, third.name}
    assert second.name not in left
