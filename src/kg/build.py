"""The build: articles, readings and authority files become a validated store, or nothing changes.

A build is made in a folder of its own and takes the place of the previous one by the atomic
replacement of one small file, ``current``. A build that fails or is killed leaves no trace but a
folder that the next one removes.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store

from kg import resources
from kg.article import load_article
from kg.authority import load_authority, load_ontology
from kg.compile_article import compile_article
from kg.compiler import compile_reading
from kg.derivation import derive, load_rules
from kg.errors import ArticleError, BuildError
from kg.quads import serialized
from kg.reading_file import load_reading
from kg.store import MANIFEST, POINTER, STORE_FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pyoxigraph import Quad

    from kg.validation import ValidationReport

__all__ = ["BuildReport", "build", "compile_graph"]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made."""

    store: Path
    digest: str
    quads: int
    articles: int
    readings: int
    claims: int
    rules: tuple[tuple[str, int], ...]
    validation: ValidationReport | None


@dataclass(frozen=True, slots=True)
class CompiledGraph:
    """A graph in memory, with everything that is derived, and what went into it."""

    store: Store
    articles: int
    readings: int
    claims: int
    rules: tuple[tuple[str, int], ...]

    def sorted_quads(self) -> list[Quad]:
        """Return all quads in the order of their N-Quads lines' parts."""
        return sorted(
            self.store,
            key=lambda q: (str(q.graph_name), str(q.subject), str(q.predicate), str(q.object)),
        )


def _nothing(_: str) -> None:
    pass


def compile_graph(
    graph: Path, *, rules: bool = True, progress: Callable[[str], None] = _nothing
) -> CompiledGraph:
    """Compile a folder of articles, readings and authority files into a graph in memory.

    :param graph: a folder with ``articles/`` and ``authority/``.
    :param rules: whether the rules derive contradictions, sums and the rest.
    :raises KgError: any file of it cannot be used; the message says which, where and why.
    """
    folders = sorted(path for path in (graph / "articles").glob("*") if path.is_dir())
    if not folders:
        raise ArticleError(
            f"{graph}: has no articles/SLUG/ folders; name the folder that holds articles/ and "
            "authority/"
        )
    progress("ontology and authority files")
    ontology = load_ontology(resources.ontology_dir())
    authority = load_authority(graph / "authority", ontology)
    store = Store()
    store.extend(ontology.quads())
    store.extend(authority.quads())
    readings = claims = 0
    for folder in folders:
        article = load_article(folder)
        progress(f"article {article.slug}")
        store.extend(compile_article(article, ontology, authority))
        for path in sorted((folder / "readings").glob("*.yaml")):
            progress(f"reading {article.slug}/{path.stem}")
            file = load_reading(path)
            store.extend(compile_reading(file, article, ontology, authority))
            readings += 1
            claims += len(file.reading.claims)
    counts: tuple[tuple[str, int], ...] = ()
    if rules:
        progress("rules")
        counts = derive(store, load_rules(resources.queries_dir() / "rules"))
    return CompiledGraph(store, len(folders), readings, claims, counts)


@contextmanager
def _locked(home: Path) -> Iterator[None]:
    """Hold the one lock under which builds are made; the kernel frees it when we die."""
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BuildError(f"{home}: another build is running; wait until it ends") from error
        yield


def _write(home: Path, compiled: CompiledGraph, manifest: dict[str, object]) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="build-", dir=home))
    try:
        folder.chmod(0o755)
        store = Store(folder / STORE_FOLDER)
        store.bulk_extend(compiled.store)
        store.flush()
        del store  # closes the database, so that the folder is complete before it is announced
        (folder / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
        pointer = home / f"{POINTER}.new"
        with pointer.open("w", encoding="utf-8") as stream:
            stream.write(folder.name)
            stream.flush()
            os.fsync(stream.fileno())
        pointer.replace(home / POINTER)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _sweep(home: Path, keep: set[str]) -> None:
    """Remove the builds that nobody points to: dead ones, and all before the previous one."""
    for folder in home.glob("build-*"):
        if folder.name not in keep:
            shutil.rmtree(folder, ignore_errors=True)


def build(
    graph: Path | str | None = None,
    home: Path | str | None = None,
    *,
    rules: bool = True,
    validate: bool = True,
    progress: Callable[[str], None] = _nothing,
) -> BuildReport:
    """Build the store: compile, derive, validate, and swap it in.

    :param graph: the folder with ``articles/`` and ``authority/``; default ``./graph`` where it
        is one, else the graph that Qawl ships.
    :param home: the folder that holds the store; default ``.qawl`` in the current folder.
    :param rules: whether to derive contradictions, sums and the rest.
    :param validate: whether to validate; a graph with violations is not swapped in.
    :raises KgError: an input cannot be used; the previous store is untouched.
    :raises BuildError: the graph violates its shapes, another build is running, or the store
        cannot be written; the previous store is untouched.
    """
    graph = Path(graph) if graph else default_graph()
    home = Path(home or ".qawl").absolute()
    compiled = compile_graph(graph, rules=rules, progress=progress)
    report = None
    if validate:
        from kg.validation import validate as run_shapes

        progress("validation")
        report = run_shapes(compiled.store)
        if not report.conforms:
            raise BuildError(
                f"{graph}: the graph violates its shapes, so the store is left as it was\n"
                f"{report.text()}"
            )
    progress("store")
    quads = compiled.sorted_quads()
    sha256 = hashlib.sha256(serialized(quads, RdfFormat.N_QUADS)).hexdigest()
    manifest: dict[str, object] = {
        "sha256": sha256,
        "quads": len(quads),
        "articles": compiled.articles,
        "readings": compiled.readings,
        "claims": compiled.claims,
        "rules": dict(compiled.rules),
    }
    try:
        with _locked(home):
            previous = (home / POINTER).read_text() if (home / POINTER).exists() else ""
            _sweep(home, {previous})
            folder = _write(home, compiled, manifest)
    except OSError as error:
        raise BuildError(
            f"{home}: the store could not be written: {error.strerror or error}; the previous "
            "one is untouched. Make room, or name another folder with --store"
        ) from error
    return BuildReport(
        folder / STORE_FOLDER,
        sha256,
        len(quads),
        compiled.articles,
        compiled.readings,
        compiled.claims,
        compiled.rules,
        report,
    )


def default_graph() -> Path:
    """Return ``./graph`` where it holds articles, else the graph that Qawl ships."""
    here = Path("graph")
    return here if (here / "articles").is_dir() else resources.graph_dir()
