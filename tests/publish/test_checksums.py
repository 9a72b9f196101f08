"""Checksums, as ``sha256sum --check`` reads them."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from kg.publish.checksums import SUMS, checksums

if TYPE_CHECKING:
    from pathlib import Path

# SHA-256 of nothing and of "abc", as FIPS 180-4 and its examples have them.
OF_NOTHING = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


def test_a_line_for_each_file_by_name() -> None:
    assert checksums({"b": b"abc", "a/c": b""}).decode() == f"{OF_NOTHING}  a/c\n{OF_ABC}  b\n"


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed")
def test_sha256sum_agrees(tmp_path: Path) -> None:
    files = {"a.nq": b"abc", "b.ttl": "قول".encode()}
    for name, content in {**files, SUMS: checksums(files)}.items():
        (tmp_path / name).write_bytes(content)
    check = ["sha256sum", "--check", "--strict", "--quiet", SUMS]
    assert subprocess.run(check, cwd=tmp_path, check=False).returncode == 0
    (tmp_path / "a.nq").write_bytes(b"abd")
    assert subprocess.run(check, cwd=tmp_path, check=False).returncode == 1
