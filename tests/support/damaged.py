"""A small build without the work of building, and ways to damage it."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from kg.rdf.order import in_order
from kg.rdf.quads import serialized
from kg.store.builds import MANIFEST, POINTER, STORE_FOLDER, file_hashes

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["QUADS", "flip", "made_build", "renote"]

QUADS = 3000


def made_build(home: Path) -> Path:
    """Make a build of so many quads in a folder of builds; return the build's folder."""
    graph = NamedNode("http://example.org/g")
    quads = [
        Quad(
            NamedNode(f"http://example.org/{number}"),
            NamedNode("http://example.org/name"),
            Literal(f"thing {number} شيء " + "x" * (number % 50)),
            graph,
        )
        for number in range(QUADS)
    ]
    folder = home / "build-small000"
    folder.mkdir(parents=True)
    store = Store(str(folder / STORE_FOLDER))
    store.bulk_extend(quads)
    store.flush()
    del store
    sha256 = hashlib.sha256(serialized(in_order(quads), RdfFormat.N_QUADS)).hexdigest()
    manifest = {"sha256": sha256, "quads": QUADS, "files": file_hashes(folder / STORE_FOLDER)}
    (folder / MANIFEST).write_text(json.dumps(manifest))
    (home / POINTER).write_text(folder.name)
    return folder


def flip(path: Path) -> None:
    """Flip one bit in the middle of a file, or give it a byte where it has none."""
    content = bytearray(path.read_bytes())
    if content:
        content[len(content) // 2] ^= 4
    path.write_bytes(content or b"x")


def renote(folder: Path) -> None:
    """Note the files as they are now in the manifest, as if they had been built so."""
    manifest = json.loads((folder / MANIFEST).read_text())
    manifest["files"] = file_hashes(folder / STORE_FOLDER)
    (folder / MANIFEST).write_text(json.dumps(manifest))
