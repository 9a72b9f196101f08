"""Programs from outside that tests need: a test without its program says so and is skipped.

Where the program's variable is set to 1, as ``.ci/run`` sets all of them, the test fails instead.
"""

from __future__ import annotations

import os
import shutil
from enum import Enum
from typing import NoReturn

import pytest

__all__ = ["Program", "missing", "need"]


class Program(Enum):
    """A program: what it is called, its commands (any will do), its variable, where to get it."""

    GRAPHVIZ = ("Graphviz", ("dot",), "QAWL_REQUIRE_GRAPHVIZ", "apt install graphviz")
    CHROMIUM = (
        "Chromium",
        ("chromium", "chromium-browser", "google-chrome"),
        "QAWL_REQUIRE_BROWSER",
        "apt install chromium",
    )
    JAVA = ("Java", ("java",), "QAWL_REQUIRE_JAVA", "apt install default-jre-headless")
    NODE = ("Node", ("node",), "QAWL_REQUIRE_NODE", "apt install nodejs npm")
    OXIGRAPH = ("Oxigraph", ("oxigraph",), "QAWL_REQUIRE_SERVERS", "pip install oxigraph")
    VIRTUOSO = (
        "Virtuoso",
        ("virtuoso-t",),
        "QAWL_REQUIRE_SERVERS",
        "apt install virtuoso-opensource-7-bin",
    )

    def __init__(self, title: str, commands: tuple[str, ...], variable: str, remedy: str) -> None:
        self.title = title
        self.commands = commands
        self.variable = variable
        self.remedy = remedy


def need(program: Program, variable: str | None = None) -> str:
    """Return the path of a program; without it, skip the test or, where it is required, fail.

    :param variable: the variable that requires it, where it is not the program's own.
    """
    path = next(filter(None, map(shutil.which, program.commands)), None)
    if path is None:
        missing(f"{program.title} is not installed", program.remedy, variable or program.variable)
    return path


def missing(what: str, remedy: str, variable: str) -> NoReturn:
    """Skip a test for want of something, or fail it where the variable requires it."""
    message = f"NOT TESTED: {what} ({remedy})"
    if os.environ.get(variable) == "1":
        pytest.fail(f"{message}; {variable}=1 requires it")
    pytest.skip(message)
