"""The network of actors that share claims, made with plain rdflib and networkx.

Usage: plain_network.py FILE.nt|STORE TARGET.graphml|TARGET.gexf. A file is loaded into
rdflib's memory, and the loading time is printed separately; an Oxigraph store is read by oxrdflib.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from pathlib import Path

import networkx as nx
import oxrdflib
import pyoxigraph
import rdflib

PREFIXES = """
PREFIX qawl: <https://w3id.org/qawl/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
ACTORS = """SELECT DISTINCT ?actor ?en ?ar ?claims WHERE {
  { SELECT ?actor (COUNT(DISTINCT ?claim) AS ?claims)
    WHERE { ?claim qawl:aboutActor ?actor } GROUP BY ?actor }
  ?actor skos:prefLabel ?en, ?ar . FILTER (LANG(?en) = "en" && LANG(?ar) = "ar")
}"""
PAIRS = """SELECT ?one ?other ?claim ?start ?end WHERE {
  ?claim qawl:aboutActor ?one, ?other . FILTER (STR(?one) < STR(?other))
  OPTIONAL { ?claim qawl:claimedTime ?span .
    ?span qawl:earliestStart ?start ; qawl:latestEnd ?end }
}"""
ID = "https://w3id.org/qawl/id/"


def key(iri: object) -> str:
    """Return the prefixed name of a resource."""
    kind, _, rest = str(iri).removeprefix(ID).partition("/")
    return f"{kind}:{rest}"


def main() -> None:
    """Load the graph, query it, aggregate the pairs and write the network."""
    source, target = map(Path, sys.argv[1:3])
    began = time.perf_counter()
    if source.is_dir():
        store = oxrdflib.OxigraphStore(store=pyoxigraph.Store.read_only(str(source)))
        data = rdflib.Graph(store=store, identifier=rdflib.graph.DATASET_DEFAULT_GRAPH_ID)
    else:
        data = rdflib.Graph()
        data.parse(source, format="nt")
    loaded = time.perf_counter() - began
    graph = nx.Graph(name="actors-together")
    for actor, english, arabic, claims in data.query(PREFIXES + ACTORS):
        graph.add_node(
            key(actor), label=str(english), label_en=str(english), label_ar=str(arabic),
            type="MediaOutlet", type_label="MediaOutlet", group="Actor", group_label="Actor",
            iri=str(actor), claims=int(claims),
        )  # fmt: skip
    found: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for one, other, claim, start, end in data.query(PREFIXES + PAIRS):
        found[key(one), key(other)].append((key(claim), str(start), str(end)))
    for (one, other), rows in found.items():
        graph.add_edge(
            one, other, weight=len(rows), claims=len(rows),
            claim_ids=" ".join(sorted(claim for claim, _, _ in rows)),
            start=min(start for _, start, _ in rows), end=max(end for _, _, end in rows),
        )  # fmt: skip
    if target.suffix == ".graphml":
        nx.write_graphml(graph, target)
    else:
        nx.write_gexf(graph, target, version="1.3")
    print(f"loading {loaded:.1f} s, the rest {time.perf_counter() - began - loaded:.1f} s")


if __name__ == "__main__":
    main()
