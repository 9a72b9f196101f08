"""Packages of npm that tests run, in build/node_modules or below ``$QAWL_NODE_PACKAGES``."""

from __future__ import annotations

import os
from pathlib import Path

from examples import ROOT
from programs import Program, missing, need

__all__ = ["need_node_package"]


def need_node_package(name: str, version: str) -> Path:
    """Return the folder in whose ``node_modules`` a package lies; skip or fail without it.

    See :mod:`programs`.
    """
    folder = Path(os.environ.get("QAWL_NODE_PACKAGES", ROOT / "build")).absolute()
    need(Program.NODE)
    if not (folder / "node_modules" / name).is_dir():
        remedy = f"npm install --prefix build --no-package-lock --no-save {name}@{version}"
        missing(f"npm's {name} is not installed", remedy, Program.NODE.variable)
    return folder
