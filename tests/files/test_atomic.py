"""A file is written whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.errors import OutputError
from kg.files.atomic import new_folder, replacing

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_takes_its_place_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "answer.csv"
    path.write_text("before")
    path.chmod(0o640)
    with replacing(path) as stream:
        stream.write(b"after")
        assert path.read_text() == "before"
    assert path.read_text() == "after"
    assert path.stat().st_mode & 0o777 == 0o640
    assert [one.name for one in tmp_path.iterdir()] == ["answer.csv"]


def test_an_interrupted_file_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "answer.csv"
    path.write_text("before")
    with pytest.raises(KeyboardInterrupt), replacing(path) as stream:
        stream.write(b"half")
        raise KeyboardInterrupt
    assert path.read_text() == "before"
    assert [one.name for one in tmp_path.iterdir()] == ["answer.csv"]


def test_a_link_keeps_its_target(tmp_path: Path) -> None:
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("before")
    link.symlink_to(target)
    with replacing(link) as stream:
        stream.write(b"after")
    assert link.is_symlink()
    assert target.read_text() == "after"


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    with (
        pytest.raises(OutputError, match=r"none/answer\.csv: cannot be written: No such file"),
        replacing(tmp_path / "none" / "answer.csv"),
    ):
        pass


def test_a_folder_takes_its_name_when_it_is_whole(tmp_path: Path) -> None:
    folder = tmp_path / "part"
    with new_folder(folder, ".new-", "last") as unfinished:
        (unfinished / "last").write_text("all")
        assert not folder.exists()
        assert unfinished.name.startswith(".new-")
    assert (folder / "last").read_text() == "all"
    assert folder.stat().st_mode & 0o777 == 0o755
    assert list(tmp_path.iterdir()) == [folder]


def test_an_interrupted_folder_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(KeyboardInterrupt), new_folder(tmp_path / "part", ".new-", "last") as new:
        (new / "first").write_text("half")
        raise KeyboardInterrupt
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_another_process_made_meanwhile_stays(tmp_path: Path) -> None:
    folder = tmp_path / "part"
    with new_folder(folder, ".new-", "last") as unfinished:
        (unfinished / "last").write_text("ours")
        folder.mkdir()
        (folder / "last").write_text("theirs")
    assert (folder / "last").read_text() == "theirs"
    assert list(tmp_path.iterdir()) == [folder]


def test_a_folder_that_is_something_else_is_not_replaced(tmp_path: Path) -> None:
    folder = tmp_path / "part"
    folder.mkdir()
    (folder / "letter").write_text("mine")
    with pytest.raises(OSError, match="not empty"), new_folder(folder, ".new-", "last") as new:
        (new / "last").write_text("all")
    assert (folder / "letter").read_text() == "mine"
