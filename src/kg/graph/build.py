"""The build: makes a validated store from articles, readings and authority files.

A build is made in its own folder and replaces the previous one by atomically replacing one small
file, ``current``. A build that fails or is killed leaves only a folder, which the next build
removes.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store

from kg.errors import ArticleError, BuildError, ReadingError, ViolationsError
from kg.files import shipped
from kg.graph.compile_article import compile_article
from kg.graph.compile_reading import compile_reading
from kg.graph.compile_search_texts import with_searched_labels
from kg.graph.derive import derive_apart, load_rules
from kg.knowledge.authority import load_authority
from kg.knowledge.ontology import load_ontology
from kg.rdf.order import in_order
from kg.rdf.quads import serialized
from kg.reading.file import load_reading
from kg.store.builds import POINTER, STORE_FOLDER
from kg.store.swap import BUILD_NAME, current_name, swap_in, sweep
from kg.text.article import load_article

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from kg.shacl.validate import ValidationReport

__all__ = ["BuildReport", "build", "compile_graph"]

_LOCK = "lock"


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
    """A graph in memory, with everything derived, and its inputs."""

    store: Store
    articles: int
    readings: int
    claims: int
    rules: tuple[tuple[str, int], ...]


def _nothing(_: str) -> None:
    pass


def compile_graph(
    graph: Path, *, rules: bool = True, progress: Callable[[str], None] = _nothing
) -> CompiledGraph:
    """Compile a folder of articles, readings and authority files into a graph in memory.

    :param graph: a folder with ``articles/`` and ``authority/``.
    :param rules: whether the rules derive contradictions, sums and the rest.
    :raises KgError: a file cannot be used; the message says which, where and why.
    """
    folders = sorted(path for path in (graph / "articles").glob("*") if path.is_dir())
    if not folders:
        raise ArticleError(
            f"{graph}: has no articles/SLUG/ folders; pass the folder that contains articles/ and "
            "authority/"
        )
    progress("ontology and authority files")
    ontology = load_ontology(shipped.ontology_dir())
    authority = load_authority(graph / "authority", ontology)
    store = Store()
    store.extend(ontology.quads())
    store.extend(with_searched_labels(authority.quads()))
    readings = claims = 0
    articles = [load_article(folder) for folder in folders]
    authority = authority.with_works(
        {one.slug: one.metadata.label.model_dump() for one in articles}
    )
    for folder, article in zip(folders, articles, strict=True):
        progress(f"article {article.slug}")
        store.extend(compile_article(article, ontology, authority))
        for path in sorted((folder / "readings").glob("*")):
            if path.suffix in {".yml", ".json"}:
                raise ReadingError(f"{path}: only *.yaml is read; rename it, or move it elsewhere")
            if path.suffix != ".yaml":
                continue
            progress(f"reading {article.slug}/{path.stem}")
            file = load_reading(path)
            store.extend(compile_reading(file, article, ontology, authority))
            readings += 1
            claims += len(file.reading.claims)
    counts: tuple[tuple[str, int], ...] = ()
    if rules:
        progress("rules")
        counts = derive_apart(store, load_rules(shipped.queries_dir() / "rules"))
    return CompiledGraph(store, len(folders), readings, claims, counts)


@contextmanager
def _locked(home: Path) -> Iterator[None]:
    """Hold the lock for builds; the kernel releases it if this process dies.

    If a first build fails, everything created for it is removed.
    """
    path = home / _LOCK
    if (
        not path.exists()
        and (home / POINTER).exists()
        and not BUILD_NAME.fullmatch(current_name(home))
    ):
        raise BuildError(
            f"{home / POINTER}: was not made by Qawl, and a build would replace it; choose "
            "another folder with --store"
        )
    made = [folder for folder in (home, *home.parents) if not folder.exists()]
    try:
        home.mkdir(parents=True, exist_ok=True)
        lock = path.open("a")
    except OSError as error:
        raise _unwritable(home, error) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # A first build that failed may have removed the file that we have open.
            if path.stat().st_ino != os.fstat(lock.fileno()).st_ino:
                raise BlockingIOError
        except (BlockingIOError, FileNotFoundError) as error:
            raise BuildError(f"{home}: another build is running; wait until it finishes") from error
        try:
            yield
        finally:
            if not (home / POINTER).exists():
                path.unlink(missing_ok=True)
                with suppress(OSError):
                    for folder in made:
                        folder.rmdir()


def _unwritable(home: Path, error: Exception) -> BuildError:
    return BuildError(
        f"{home}: the store could not be written: {getattr(error, 'strerror', None) or error}; the "
        "previous one is untouched. Free some space, or choose another folder with --store"
    )


def build(
    graph: Path | str | None = None,
    home: Path | str | None = None,
    *,
    rules: bool = True,
    validate: bool = True,
    progress: Callable[[str], None] = _nothing,
) -> BuildReport:
    """Build the store: compile, derive, validate, and swap it in.

    :param graph: the folder with ``articles/`` and ``authority/``; default ``./graph`` if it is
        one, else the graph shipped with Qawl.
    :param home: the folder that holds the store; default ``.qawl`` in the current folder.
    :param rules: whether to derive contradictions, sums and the rest.
    :param validate: whether to validate; a graph with violations is not swapped in.
    :raises KgError: an input cannot be used; the previous store is untouched.
    :raises ViolationsError: the graph violates its shapes; the previous store is untouched.
    :raises BuildError: another build is running, or the store cannot be written; the previous
        store is untouched.
    """
    graph = Path(graph) if graph else default_graph()
    home = Path(home or ".qawl").absolute()
    with _locked(home):
        return _build(graph, home, rules, validate, progress)


def _fill(folder: Path, compiled: CompiledGraph) -> None:
    store = Store(folder / STORE_FOLDER)
    store.bulk_extend(compiled.store)
    store.flush()


def _build(
    graph: Path, home: Path, rules: bool, validate: bool, progress: Callable[[str], None]
) -> BuildReport:
    compiled = compile_graph(graph, rules=rules, progress=progress)
    report = None
    if validate:
        from kg.shacl.validate import validate as run_shapes

        progress("validation")
        report = run_shapes(compiled.store)
        if not report.passes:
            raise ViolationsError(
                f"{graph}: the graph violates its shapes, so the store was left "
                f"unchanged\n{report.text()}"
            )
    progress("store")
    quads = in_order(compiled.store)
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
        sweep(home, {current_name(home)})
        folder = swap_in(home, manifest, lambda new: _fill(new, compiled))
    except (OSError, RuntimeError) as error:
        raise _unwritable(home, error) from error
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
    """Return ``./graph`` if it contains articles, else the graph shipped with Qawl."""
    here = Path("graph")
    return here if (here / "articles").is_dir() else shipped.graph_dir()
