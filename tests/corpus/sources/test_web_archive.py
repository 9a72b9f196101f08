"""Web archives: pages are records, other answers are left out, a cut file gives what it has."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from kg.corpus.record import Record, Refused
from kg.corpus.sources.web_archive import archive_records, is_archive

if TYPE_CHECKING:
    from pathlib import Path

PAGE = b"<html><body><p>The minister said that 12 people died.</p></body></html>"


def _record(address: str, status: str, kind: str) -> bytes:
    """Return an answer as an archive has it (WARC 1.1, section 6.3)."""
    answer = b"\r\n".join(
        (f"HTTP/1.1 {status}".encode(), f"Content-Type: {kind}".encode(), b"", PAGE)
    )
    head = (
        "WARC/1.1", "WARC-Type: response", f"WARC-Target-URI: {address}",
        "WARC-Date: 2031-03-04T00:00:00Z",
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>",
        "Content-Type: application/http; msgtype=response", f"Content-Length: {len(answer)}",
    )  # fmt: skip
    return "\r\n".join((*head, "", "")).encode() + answer + b"\r\n\r\n"


def _archive(path: Path) -> Path:
    answers = [
        _record("http://news.example/1", "200 OK", "text/html; charset=utf-8"),
        _record("http://news.example/2", "404 Not Found", "text/html"),
        _record("http://news.example/3.png", "200 OK", "image/png"),
        _record("http://news.example/4", "200 OK", "application/xhtml+xml"),
    ]
    # Each record is a member of its own.
    pack = gzip.compress if path.suffix == ".gz" else bytes
    path.write_bytes(b"".join(map(pack, answers)))
    return path


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz"])
def test_pages_are_records_by_their_addresses(tmp_path: Path, name: str) -> None:
    path = _archive(tmp_path / name)
    assert is_archive(path)
    found = [one for one in archive_records(path, name) if isinstance(one, Record)]
    assert [one.id for one in found] == ["http://news.example/1", "http://news.example/4"]
    assert {one.content for one in found} == {PAGE}
    assert {one.form for one in found} == {"html"}


def test_what_is_no_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.warc"
    path.write_bytes(b"not a web archive\r\n\r\n")
    (found,) = archive_records(path, "a.warc")
    assert isinstance(found, Refused)
