"""Web archives (WARC), as produced by news crawls: each HTML response is a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.corpus.record import Record, Refused
from kg.errors import CorpusError
from kg.text.article import LARGEST_ARTICLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import Any

__all__ = ["archive_records", "is_archive"]

_OK = "200"
_PAGES = ("text/html", "application/xhtml+xml")


def is_archive(path: Path) -> bool:
    """Return whether a file name has the extension of a web archive."""
    return path.name.lower().removesuffix(".gz").endswith(".warc")


def archive_records(path: Path, name: str) -> Iterator[Record | Refused]:
    """Yield the pages of an archive, by URL; other responses are left out.

    :param name: the file's name in messages.
    :raises CorpusError: warcio is not installed.
    """
    try:
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    except ImportError as error:
        raise CorpusError(
            f"{path}: is a web archive; to read it, install: pip install 'qawl[corpus]'"
        ) from error
    number = 0
    try:
        with path.open("rb") as stream:
            for number, record in enumerate(ArchiveIterator(stream), 1):
                if record.rec_type == "response" and _is_page(record):
                    yield _page(record, f"{name}#{number}")
    except (OSError, EOFError, ArchiveLoadFailed, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        yield Refused("", f"{name}#{number + 1}", f"the rest of the file cannot be read: {reason}")


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    if headers is None or headers.get_statuscode() != _OK:
        return False
    return str(headers.get_header("Content-Type", "")).lower().startswith(_PAGES)


def _page(record: Any, place: str) -> Record | Refused:
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    if not address:
        return Refused("", place, "has no WARC-Target-URI")
    content = record.content_stream().read(LARGEST_ARTICLE + 1)
    return Record(address, place, content, "html", {"url": address})
