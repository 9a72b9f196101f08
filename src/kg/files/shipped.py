"""What the package carries: ontology, queries, the published graph, and its own version."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.errors import AuthorityError

__all__ = ["graph_dir", "ontology_dir", "queries_dir", "software_version"]

_PACKAGE = Path(__file__).resolve().parents[1]


def _folder(name: str) -> Path:
    # In a wheel the folders lie inside the package, in a checkout beside src/.
    for candidate in (_PACKAGE / "data" / name, _PACKAGE.parents[1] / name):
        if candidate.is_dir():
            return candidate
    raise AuthorityError(
        f"the folder {name}/ that belongs to Qawl is missing beside {_PACKAGE}: "
        "the installation is incomplete, install qawl again"
    )


def ontology_dir() -> Path:
    """Return the folder of the ontology, its vocabularies and shapes."""
    return _folder("ontology")


def queries_dir() -> Path:
    """Return the folder of the named questions and the rules."""
    return _folder("queries")


def graph_dir() -> Path:
    """Return the folder of articles, readings, authority files and dumps that Qawl ships."""
    return _folder("graph")


@cache
def software_version() -> str | None:
    """Return the version of Qawl, where it is installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("qawl")
    except PackageNotFoundError:
        return None
