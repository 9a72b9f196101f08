"""The scripts of the pages, built by ``ui/bundle.py``."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SCRIPTS", "script_file", "scripts_are_built"]

#: The folder of the scripts, in ``static``; the name of a file in it changes with its content.
SCRIPTS: Final = Path(__file__).resolve().parent / "static" / "ui"


@cache
def _modules() -> Mapping[str, str]:
    try:
        built = json.loads((SCRIPTS / "built.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    modules: Mapping[str, str] = built["modules"]
    return modules


def scripts_are_built() -> bool:
    """Return whether the scripts were built, which needs npm's registry."""
    return bool(_modules())


def script_file(name: str) -> str | None:
    """Return the file of a script in :data:`SCRIPTS`; ``None`` if no scripts were built.

    :param name: the name of its source, such as ``sparql`` for ``ui/src/sparql.ts``.
    :raises KeyError: the scripts were built, but there is no such source.
    """
    return _modules()[name] if scripts_are_built() else None
