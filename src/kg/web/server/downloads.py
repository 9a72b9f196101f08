"""Downloads: releases as folders and files, under ``/dumps/``."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import os
import re
import shutil
import sys
import tempfile
from dataclasses import replace
from enum import StrEnum
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles

from kg.web.log import log
from kg.web.page import page_text
from kg.web.page_language import page_language
from kg.web.refusal import RequestRefused
from kg.web.source import Source, SourceKind
from kg.wording import wording

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import BinaryIO

    from starlette.types import Scope

    from kg.web.site import Site
    from kg.wording import Language

__all__ = ["Downloads", "sent_file"]

# Quads up to which a release is made in passing.
_MOST_QUADS: Final = 200_000
_BYTES: Final = re.compile(r"(?=-?[0-9])([0-9]{0,18})-([0-9]{0,18})")
_PREFIX: Final = "qawl-dumps-"
_HELD: Final = ".held"
#: ``kg`` in a process that ends with the server, even where that is killed.
_RELEASE: Final = (
    "from kg.web.parent import die_with_parent; die_with_parent(); from kg.cli import main; main()"
)
_TYPES: Final = {
    ".ttl": "text/turtle; charset=utf-8",
    ".trig": "application/trig",
    ".nq": "application/n-quads",
    ".nt": "application/n-triples",
    ".jsonld": "application/ld+json",
    ".gz": "application/gzip",
    ".zst": "application/zstd",
}


class _State(StrEnum):
    """The state of the server's own release; the catalogue has a sentence for each."""

    PENDING = "pending"
    TOO_LARGE = "too-large"
    FAILED = "failed"


def _release_command(source: Source, folder: Path, site: Site) -> Sequence[str]:
    """Return the command that makes a release of what is served."""
    option = "--store" if source.kind is SourceKind.BUILDS else "--data"
    given = [part for path in source.paths for part in (option, path)]
    address = ("--base", site.absolute("/dumps/"), "--endpoint", site.absolute("/sparql"))
    return (sys.executable, "-c", _RELEASE, "release", str(folder), *given, *address)


def _own_folder() -> tuple[tempfile.TemporaryDirectory[str], BinaryIO]:
    """Return a folder for this server's release, and what holds it until the server ends.

    Folders of servers that were killed are removed: nobody holds them any more.
    """
    for left in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*/{_HELD}"):
        with contextlib.suppress(OSError), left.open("rb") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left.parent, ignore_errors=True)
    folder = tempfile.TemporaryDirectory(prefix=_PREFIX)
    held = (Path(folder.name) / _HELD).open("wb")
    fcntl.flock(held, fcntl.LOCK_EX)
    return folder, held


def _is_range(given: str) -> bool:
    """Return whether a header asks for bytes, with no range that ends before it begins."""
    unit, _, ranges = given.partition("=")
    found = [_BYTES.fullmatch(one.strip()) for one in ranges.split(",")]
    return unit.strip().lower() == "bytes" and all(
        one is not None and (not (one[1] and one[2]) or int(one[1]) <= int(one[2])) for one in found
    )


def sent_file(scope: Scope, path: Path, media_type: str) -> Response:
    """Return a file, or the response that it has not changed."""
    response = FileResponse(
        path,
        media_type=media_type,
        stat_result=path.stat(),
        headers={"cache-control": "no-cache"},
    )
    # A unit that we do not know is ignored, and what is no range may be: RFC 9110, section 14.2.
    if not _is_range(Headers(scope=scope).get("range", "")):
        scope["headers"] = [one for one in scope["headers"] if one[0] != b"range"]
    files = StaticFiles(directory=path.parent)
    if files.is_not_modified(response.headers, Headers(scope=scope)):
        return NotModifiedResponse(response.headers)
    return response


class Downloads:
    """A folder of releases: the configured one, or a temporary one with a release of our own."""

    def __init__(self, folder: str, site: Site) -> None:
        self._site = site
        self._own = None if folder else _own_folder()
        self._folder = Path(self._own[0].name if self._own else folder).resolve()
        self._state = _State.PENDING

    async def make(self, source: Source, quads: int | None) -> None:
        """Make a release of what is served now, unless a folder of releases was configured.

        :param quads: the number of quads; no release is made of a large graph or a database.
        """
        if self._own is None:
            return
        if source.kind is SourceKind.DATABASE or quads is None or quads > _MOST_QUADS:
            self._state = _State.TOO_LARGE
            return
        process = await asyncio.create_subprocess_exec(
            *_release_command(source, self._folder, self._site),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, 10)
        try:
            _, complaint = await process.communicate()
        except asyncio.CancelledError:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
            raise
        if process.returncode:
            reason = complaint.decode("utf-8", "replace").strip()
            self._state = _State.FAILED
            log(f"no release for /dumps/: {reason}")

    def close(self) -> None:
        """Remove the folder, if it is our own."""
        if self._own is not None:
            folder, held = self._own
            held.close()
            folder.cleanup()

    def response(self, scope: Scope) -> Response:
        """Return a file, or the page of a folder.

        :raises RequestRefused: no such file, or not yet.
        """
        path = scope["path"].removeprefix("/dumps").strip("/")
        try:
            found = (self._folder / path).resolve()
            hidden = any(part.startswith(".") for part in path.split("/"))
            inside = found.is_relative_to(self._folder) and not hidden
            kind = "folder" if found.is_dir() else "file" if found.is_file() else ""
        except (OSError, ValueError):
            inside, kind = False, ""
        if not inside or not kind:
            if not any(self._folder.glob("*/")) and self._own is not None:
                waiting = self._state is _State.PENDING
                raise RequestRefused(
                    HTTPStatus.SERVICE_UNAVAILABLE if waiting else HTTPStatus.NOT_FOUND,
                    wording("web", "en")[f"release-{self._state}"],
                    **({"retry-after": "5"} if waiting else {}),
                )
            raise RequestRefused(HTTPStatus.NOT_FOUND, f"{scope['path']}: no such file")
        if kind == "file":
            return sent_file(scope, found, _TYPES.get(found.suffix, "text/plain; charset=utf-8"))
        if not scope["path"].endswith("/"):
            return RedirectResponse(self._site.here(f"{scope['path']}/"), HTTPStatus.SEE_OTHER)
        language = page_language(scope["query_string"])
        return HTMLResponse(
            self._listing(found, path, language, keep=scope.get("keep_language", False)),
            headers={"vary": "Accept-Language"},
        )

    def _listing(self, folder: Path, path: str, language: Language, *, keep: bool) -> str:
        shown = [one for one in folder.iterdir() if not one.name.startswith(".")]
        entries = sorted(shown, key=lambda one: (one.is_file(), one.name))
        return page_text(
            "folder",
            replace(self._site, keeps_language=keep),
            language,
            path=path,
            state="" if any(entries) or self._own is None else self._state,
            entries=[
                (
                    one.name + ("/" if one.is_dir() else ""),
                    one.stat().st_size if one.is_file() else None,
                    one.readlink().name if one.is_symlink() else "",
                )
                for one in entries
            ],
        )
