"""Dumps of a graph of three quads."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from pyoxigraph import Literal, Quad

from kg.errors import OutputError
from kg.publish.dumps import dump_files, in_order, outdated, serializations, write_dumps
from kg.rdf.iris import resource, term

if TYPE_CHECKING:
    from pathlib import Path

BBC, G = resource("actor", "bbc"), resource("graph", "authority")
KIND = Quad(BBC, term("rdf:type"), term("qawl:MediaOutlet"), G)
LABEL = Quad(BBC, term("skos:prefLabel"), Literal("بي بي سي", language="ar"), G)
ALIAS = Quad(BBC, term("dcterms:identifier"), Literal("bbc"), G)


def test_a_nodes_classes_come_first() -> None:
    assert in_order([LABEL, ALIAS, KIND]) == [KIND, ALIAS, LABEL]


def test_each_format_says_the_same() -> None:
    files = serializations(in_order([LABEL, ALIAS, KIND]))
    assert len(files["nq"].splitlines()) == 3
    document = json.loads(files["jsonld"])
    (graph,) = document["@graph"]
    assert graph["@graph"] == [
        {
            "@id": "actor:bbc",
            "@type": ["qawl:MediaOutlet"],
            "dcterms:identifier": "bbc",
            "skos:prefLabel": {"ar": "بي بي سي"},
        }
    ]
    assert b"actor:bbc a qawl:MediaOutlet" in files["ttl"]
    assert b"{" in files["trig"]


def test_what_differs_is_out_of_date(tmp_path: Path) -> None:
    files = dump_files([KIND, LABEL])
    assert outdated(tmp_path, files) == tuple(files)
    write_dumps(tmp_path / "dumps", files)
    assert outdated(tmp_path / "dumps", files) == ()
    (tmp_path / "dumps" / "qawl.nq").write_bytes(b"")
    assert outdated(tmp_path / "dumps", files) == ("qawl.nq",)
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="cannot be created"):
        write_dumps(tmp_path / "file", files)
