"""A test whose program is missing says so and is skipped, or fails where it is required."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from programs import Program, need

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def empty_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PATH", str(tmp_path))
    for program in Program:
        monkeypatch.delenv(program.variable, raising=False)
    return tmp_path


def test_a_missing_program_is_named_and_skips() -> None:
    with pytest.raises(pytest.skip.Exception, match=r"Graphviz is not .* \(apt install graphviz\)"):
        need(Program.GRAPHVIZ)


@pytest.mark.parametrize("program", Program)
def test_a_missing_program_that_is_required_fails(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(program.variable, "1")
    with pytest.raises(pytest.fail.Exception, match=f"{program.variable}=1 requires it"):
        need(program)


def test_what_requires_a_program_may_be_another_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QAWL_REQUIRE_SERVERS", "1")
    with pytest.raises(pytest.fail.Exception, match="Java is not installed"):
        need(Program.JAVA, "QAWL_REQUIRE_SERVERS")


def test_any_of_its_commands_will_do(empty_path: Path) -> None:
    command = empty_path / "google-chrome"
    command.write_text("#!/bin/sh\n")
    command.chmod(0o755)
    assert need(Program.CHROMIUM) == str(command)
