"""Packages of npm that tests run, in build/node_modules or below ``$QAWL_NODE_PACKAGES``."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from examples import ROOT

__all__ = ["need_node_package"]


def need_node_package(name: str, version: str) -> Path:
    """Return the folder in whose ``node_modules`` a package lies; skip, loudly, without it.

    With ``QAWL_REQUIRE_NODE`` set the test fails instead.
    """
    folder = Path(os.environ.get("QAWL_NODE_PACKAGES", ROOT / "build")).absolute()
    if shutil.which("node") and (folder / "node_modules" / name).is_dir():
        return folder
    message = (
        f"Node or npm's {name} is missing: npm install --prefix build --no-package-lock --no-save "
        f"{name}@{version}"
    )
    if os.environ.get("QAWL_REQUIRE_NODE"):
        pytest.fail(f"{message}; QAWL_REQUIRE_NODE is set")
    pytest.skip(f"{message}; what it would have read was NOT read")
