"""What is shipped with the package: ontology, queries and graph, and its own version."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from kg.errors import AuthorityError

__all__ = ["gazetteer_file", "graph_dir", "ontology_dir", "queries_dir", "software_version"]

_PACKAGE = Path(__file__).resolve().parents[1]


def _folder(name: str) -> Path:
    # In a wheel the folders are inside the package, in a checkout beside src/.
    for candidate in (_PACKAGE / "data" / name, _PACKAGE.parents[1] / name):
        if candidate.is_dir():
            return candidate
    raise AuthorityError(
        f"Qawl's folder {name}/ is missing beside {_PACKAGE}: the installation is incomplete; "
        "reinstall qawl"
    )


def ontology_dir() -> Path:
    """Return the folder of the ontology, vocabularies and shapes."""
    return _folder("ontology")


def queries_dir() -> Path:
    """Return the folder of named questions and rules."""
    return _folder("queries")


def graph_dir() -> Path:
    """Return the folder of the articles, readings, authority files and dumps shipped with Qawl."""
    return _folder("graph")


def gazetteer_file() -> Path:
    """Return the file of the names that any article may mention, in Turtle."""
    return _PACKAGE / "readers" / "rules" / "lexicon" / "common" / "gazetteer.ttl"


@cache
def software_version() -> str | None:
    """Return the installed version of Qawl, or ``None`` if it is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("qawl")
    except PackageNotFoundError:
        return None
