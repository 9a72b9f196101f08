"""Releases: complete, checkable, the same from the same graph, and never half-written."""

from __future__ import annotations

import gzip
import hashlib
import os
import resource
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import rdflib
import rdflib.compare
import zstandard
from examples import ROOT
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from kg.errors import OutputError, StoreError
from kg.publish.release import Release, write_release
from kg.rdf.iris import PREFIXES
from kg.store.local import open_graph

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

BASE = "https://example.org/dumps/"
SLUG = "iraq-war-2003-2011"
# What a person expects to find: the whole, the article, its reading, and the modules.
STEMS = {
    "qawl",
    f"articles/{SLUG}/{SLUG}",
    f"articles/{SLUG}/readings/curated",
    *(
        f"modules/{name}"
        for name in (
            "agents", "alignments", "authority", "derived", "ontology", "questions", "shapes",
            "vocabularies",
        )
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def shipped() -> Store:
    return open_graph(data=[ROOT / "graph" / "dumps" / "qawl.nq"]).store


@pytest.fixture(scope="module")
def release(shipped: Store, tmp_path_factory: pytest.TempPathFactory) -> Release:
    folder = tmp_path_factory.mktemp("releases")
    return write_release(shipped, folder, base=BASE, endpoint="https://example.org/sparql")


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_it_has_every_part_in_every_format(release: Release) -> None:
    endings = [
        f"{syntax}{packing}"
        for syntax in ("nq", "trig", "ttl", "jsonld")
        for packing in ("", ".gz", ".zst")
    ]
    expected = {f"{stem}.{ending}" for stem in STEMS for ending in endings}
    assert set(files(release.folder)) == expected | {"void.ttl", "dcat.ttl", "SHA256SUMS"}
    assert release.files == len(expected) + 3


def test_the_checksums_hold(release: Release) -> None:
    lines = (release.folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    content = files(release.folder)
    assert {line[66:] for line in lines} == set(content) - {"SHA256SUMS"}
    for line in lines:
        assert hashlib.sha256(content[line[66:]]).hexdigest() == line[:64]


def test_compressed_files_have_the_same_content(release: Release) -> None:
    content = files(release.folder)
    for stem in STEMS:
        for ending in ("nq", "trig", "ttl", "jsonld"):
            plain = content[f"{stem}.{ending}"]
            assert gzip.decompress(content[f"{stem}.{ending}.gz"]) == plain
            packed = content[f"{stem}.{ending}.zst"]
            assert zstandard.ZstdDecompressor().decompress(packed, len(plain)) == plain


def test_all_formats_of_a_part_say_the_same(release: Release) -> None:
    syntaxes = {"nq": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "jsonld": RdfFormat.JSON_LD}
    for stem in STEMS - {"modules/ontology", "modules/shapes"}:
        found = [
            set(parse(path=str(release.folder / f"{stem}.{ending}"), format=syntax))
            for ending, syntax in syntaxes.items()
        ]
        assert found[0]
        assert found[0] == found[1] == found[2]
        turtle = parse(path=str(release.folder / f"{stem}.ttl"), format=RdfFormat.TURTLE)
        assert {quad.triple for quad in turtle} == {quad.triple for quad in found[0]}


def test_rdflib_reads_the_ontology_as_it_stands(release: Release) -> None:
    given = rdflib.Graph().parse(ROOT / "ontology" / "qawl.ttl")
    released = rdflib.Graph().parse(release.folder / "modules" / "ontology.ttl")
    assert rdflib.compare.isomorphic(given, released)


def test_the_parts_are_the_whole(release: Release, shipped: Store) -> None:
    parts: set[Quad] = set()
    for stem in STEMS - {"qawl", "modules/ontology", "modules/shapes", "modules/alignments"}:
        parts |= set(parse(path=str(release.folder / f"{stem}.nq"), format=RdfFormat.N_QUADS))
    ontology = {quad for quad in shipped if quad.graph_name.value.endswith("/qawl/ontology")}
    assert parts | ontology == set(shipped)


def test_the_catalogue_names_every_file(release: Release) -> None:
    graph = rdflib.Graph().parse(release.folder / "dcat.ttl")
    dcat = rdflib.Namespace(PREFIXES["dcat"])
    spdx = rdflib.Namespace(PREFIXES["spdx"])
    content = files(release.folder)
    found = set()
    for node, url in graph.subject_objects(dcat.downloadURL):
        name = str(url).removeprefix(f"{BASE}{release.version}/")
        found.add(name)
        assert int(str(graph.value(node, dcat.byteSize))) == len(content[name])
        checksum = graph.value(node, spdx.checksum)
        assert str(graph.value(checksum, spdx.checksumValue)) == (
            hashlib.sha256(content[name]).hexdigest()
        )
        assert (graph.value(node, dcat.compressFormat) is None) is (
            not name.endswith((".gz", ".zst"))
        )
        assert len(list(graph.objects(node, rdflib.DCTERMS.title))) == 2
        assert list(graph.subjects(dcat.distribution, node))
    assert found == set(content) - {"void.ttl", "dcat.ttl", "SHA256SUMS"}
    assert not [node for node in graph.all_nodes() if isinstance(node, rdflib.BNode)]
    # The article's text is not ours to license, and whoever takes it must read so.
    whole = rdflib.URIRef("https://w3id.org/qawl/id/dataset/qawl")
    assert len(list(graph.objects(whole, rdflib.DC.rights))) == 2


def test_the_same_graph_makes_the_same_release(shipped: Store, tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from kg.publish.release import write_release; "
        "from kg.store.local import open_graph; "
        "write_release(open_graph(data=[sys.argv[1]]).store, Path(sys.argv[2]), base=sys.argv[3])"
    )
    data = ROOT / "graph" / "dumps" / "qawl.nq"
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": seed}
        arguments = [str(data), str(tmp_path / seed), BASE]
        subprocess.run([sys.executable, "-c", script, *arguments], env=environment, check=True)
    assert files(tmp_path / "1") == files(tmp_path / "2")


def test_releasing_again_changes_nothing_and_a_change_makes_a_version(
    shipped: Store, tmp_path: Path
) -> None:
    first = write_release(shipped, tmp_path, base=BASE)
    before = files(first.folder)
    again = write_release(shipped, tmp_path, base=BASE)
    assert (again.version, again.new) == (first.version, False)
    assert files(first.folder) == before
    changed = Store()
    changed.extend(shipped)
    node = NamedNode("https://w3id.org/qawl/id/actor/bbc")
    label = NamedNode(PREFIXES["skos"] + "altLabel")
    graph = NamedNode("https://w3id.org/qawl/id/graph/authority")
    changed.add(Quad(node, label, Literal("Auntie", language="en"), graph))
    second = write_release(changed, tmp_path, base=BASE)
    assert second.version != first.version
    assert str((tmp_path / "latest").readlink()) == second.version
    assert files(first.folder) == before


def test_a_foreign_graph_is_refused(tmp_path: Path) -> None:
    store = Store()
    store.add(Quad(NamedNode("a:a"), NamedNode("a:b"), NamedNode("a:c")))
    with pytest.raises(StoreError, match="all triples in named graphs"):
        write_release(store, tmp_path / "folder", base=BASE)
    assert not (tmp_path / "folder").exists()


def test_a_full_disk_leaves_the_version_before(shipped: Store, tmp_path: Path) -> None:
    script = (
        "import resource, sys; from pathlib import Path; "
        "from kg.publish.release import write_release; "
        "from kg.store.local import open_graph; from kg.errors import KgError; "
        "store = open_graph(data=[sys.argv[1]]).store; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000)); "
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "try: write_release(store, Path(sys.argv[2]), base='https://example.org/')\n"
        "except KgError as error: print(error); sys.exit(2)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, ROOT / "graph" / "dumps" / "qawl.nq", tmp_path],
        env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert "could not be written" in done.stdout
    assert list(tmp_path.iterdir()) == []
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 500_000


def test_what_is_no_link_is_not_replaced(shipped: Store, tmp_path: Path) -> None:
    (tmp_path / "latest").mkdir()
    with pytest.raises(OutputError, match="is not a symbolic link"):
        write_release(shipped, tmp_path, base=BASE)


def test_the_command_says_what_it_did(
    kg: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path
) -> None:
    done = kg("release", tmp_path / "out")
    assert done.returncode == 0
    assert "135 files" in done.stdout
    assert "already exists" in kg("release", tmp_path / "out").stdout
    assert kg("release", "/proc/nowhere").returncode == 2
    refused = kg("release", tmp_path / "other", "--base", "example")
    assert refused.returncode == 2
    assert "absolute URL" in refused.stderr
