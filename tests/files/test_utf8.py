"""Text files are read exactly as stored, or refused with the place and the remedy."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ArticleError
from kg.files.utf8 import encoding_by_mark, read_utf8

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("text", ["", "قول\n", "a\r\nb\rc\u2028d", "\ufeff"[:0] + "e\u0301"])
def test_text_is_what_was_stored(tmp_path: Path, text: str) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(text.encode())
    assert read_utf8(path, ArticleError, largest=100) == text


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xef\xbb\xbfa", r"text\.txt: is UTF-8 with a byte order mark; save it"),
        ("قول".encode("utf-16"), r"text\.txt: is UTF-16; save it as UTF-8"),
        (b"first\nse\xe9cond", r"text\.txt:2: byte 0xe9 at offset 8 is not UTF-8; convert"),
        (b"one\ntwo\nth\0ree", r"text\.txt:3: contains a NUL character; remove it"),
        (b"x" * 101, "is 101 bytes, over the limit of 100"),
    ],
)
def test_what_is_not_utf8_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(content)
    with pytest.raises(ArticleError, match=message):
        read_utf8(path, ArticleError, largest=100)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="cannot be read: No such file"):
        read_utf8(tmp_path / "none.txt", ArticleError, largest=100)
    with pytest.raises(ArticleError, match="cannot be read: Is a directory"):
        read_utf8(tmp_path, ArticleError, largest=10_000)


@given(st.text(min_size=1))
def test_a_text_without_a_mark_has_none(text: str) -> None:
    assert (encoding_by_mark(text.encode()) is None) == (not text.startswith("\ufeff"))
