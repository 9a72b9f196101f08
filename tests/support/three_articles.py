"""The graph of the shipped article and the two examples, made once for all tests that ask it."""

from __future__ import annotations

import shutil
import tempfile
from functools import cache
from pathlib import Path

from kg.graph.build import compile_graph
from kg.store.local import Graph

ROOT = Path(__file__).resolve().parents[2]


def with_examples(folder: Path) -> Path:
    """Fill an empty folder with the articles and authority files of all three, and return it."""
    shutil.copytree(ROOT / "graph" / "articles", folder / "articles")
    shutil.copytree(ROOT / "graph" / "authority", folder / "authority")
    shutil.copytree(ROOT / "examples" / "articles", folder / "articles", dirs_exist_ok=True)
    for path in (ROOT / "examples" / "authority").glob("*.ttl"):
        shutil.copy(path, folder / "authority" / f"examples-{path.name}")
    return folder


@cache
def three_articles() -> Graph:
    """Return the graph, with all that the rules derive."""
    with tempfile.TemporaryDirectory() as name:
        return Graph(compile_graph(with_examples(Path(name))).store)
