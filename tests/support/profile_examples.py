"""What the tests of the export profiles share: the article's real graph, and small ones."""

from __future__ import annotations

import socket
from functools import cache
from typing import TYPE_CHECKING, NoReturn

from examples import ROOT
from pyoxigraph import RdfFormat, Store, parse

from kg.rdf.iris import PREFIXES
from kg.store.local import Graph, open_graph

if TYPE_CHECKING:
    import pytest
    from pyoxigraph import Quad

#: How many claims the curated reading of the article has, counted in its file.
CLAIMS = 141
READING = "https://w3id.org/qawl/id/reading/iraq-war-2003-2011/curated"
CLAIM = "https://w3id.org/qawl/id/claim/iraq-war-2003-2011/curated/"
#: 4487 Americans died, says the Pentagon, says the BBC, says the article.
TOLL = f"{CLAIM}us-dead-2003-2011"

TURTLE_PREFIXES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items()) + (
    "@prefix ex: <http://example.org/> .\n"
    "@prefix flat: <https://w3id.org/qawl/flat#> .\n"
    "@prefix np: <http://www.nanopub.org/nschema#> .\n"
    "@prefix npx: <http://purl.org/nanopub/x/> .\n"
    "@prefix pav: <http://purl.org/pav/> .\n"
    f"@prefix c: <{CLAIM}> .\n"
    f"@prefix toll: <{TOLL}.> .\n"
)


@cache
def shipped() -> Graph:
    """Return the graph of the article, from the dump."""
    return open_graph(data=[ROOT / "graph" / "dumps" / "qawl.nq"])


def quads(turtle: str) -> set[Quad]:
    """Return what a piece of TriG says; the prefixes are known."""
    return set(parse((TURTLE_PREFIXES + turtle).encode(), format=RdfFormat.TRIG))


def graph_of(turtle: str) -> Graph:
    """Return a graph that says what a piece of TriG says."""
    store = Store()
    store.extend(quads(turtle))
    return Graph(store)


def forbid_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every attempt to reach out fail."""

    def refused(*_: object, **__: object) -> NoReturn:
        raise AssertionError("a profile went to the network")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refused)
