"""The operator's log: one line to standard error, which never stops the server."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from kg.web.log import log

if TYPE_CHECKING:
    from pathlib import Path


def test_a_message_is_a_line_on_standard_error(capsys: pytest.CaptureFixture[str]) -> None:
    log("a worker was started")
    assert capsys.readouterr() == ("", "kg serve: a worker was started\n")


@pytest.mark.parametrize("gone", ["closed", "read-only"])
def test_a_log_that_nobody_takes_stops_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gone: str
) -> None:
    path = tmp_path / "log"
    path.touch()
    # Writing to a closed file is a ValueError, to one open for reading an OSError.
    with path.open(encoding="utf-8") as stream:
        if gone == "closed":
            stream.close()
        monkeypatch.setattr(sys, "stderr", stream)
        log("unheard")
    assert path.read_text(encoding="utf-8") == ""
