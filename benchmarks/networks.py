"""Write a network of a million-triple graph to files: Qawl against plain rdflib and networkx.

The store of a million triples is synthetic: claims about three actors each, with times, amounts and
labels in two languages. Each side writes the network of actors that share claims, with more than
100,000 edges, as GraphML and GEXF, alternately and as whole processes. Then the files are read back
and compared, node by node and edge by edge. The plain version runs twice: from an N-Triples file
that rdflib loads into memory, and from the same Oxigraph store through oxrdflib.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
from pyoxigraph import RdfFormat, Store
from run import KG, PYTHON, ROOT, compare

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ID = "https://w3id.org/qawl/id"
QAWL = "https://w3id.org/qawl/ontology#"
VOCAB = "https://w3id.org/qawl/vocab"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
CLAIMS, ACTORS, EVENTS = 45_000, 12_000, 500


def triples() -> Iterator[str]:
    """Yield the synthetic graph as lines of N-Triples."""
    chance = random.Random(1)  # noqa: S311

    def node(kind: str, name: object) -> str:
        return f"<{ID}/{kind}/{name}>"

    for kind, count, classes in (
        ("actor", ACTORS, ("Actor", "Organization", "MediaOutlet")),
        ("event", EVENTS, ("Event", "War")),
    ):
        for number in range(count):
            one = node(kind, f"{kind}-{number}")
            for name in classes:
                yield f"{one} {RDF_TYPE} <{QAWL}{name}> ."
            yield f'{one} <{SKOS}prefLabel> "The {kind} {number}"@en .'
            yield f'{one} <{SKOS}prefLabel> "الجهة {number} في العراق"@ar .'
    for number in range(CLAIMS):
        claim = node("claim", f"made-up/bench/claim-{number}")
        span, amount = f"{claim[:-1]}/circumstance>", f"{claim[:-1]}/quantity>"
        for name in ("Claim", "QuantityClaim", "CasualtyClaim"):
            yield f"{claim} {RDF_TYPE} <{QAWL}{name}> ."
        yield f'{claim} <http://purl.org/dc/terms/identifier> "claim-{number}" .'
        yield f'{claim} <{QAWL}gloss> "{number} people were counted"@en .'
        yield f'{claim} <{QAWL}gloss> "عُدَّ {number} شخصا"@ar .'
        yield f"{claim} <{QAWL}stance> <{VOCAB}/stance/certain> ."
        yield f"{claim} <{QAWL}polarity> <{VOCAB}/polarity/positive> ."
        for actor in chance.sample(range(ACTORS), 3):
            yield f"{claim} <{QAWL}aboutActor> {node('actor', f'actor-{actor}')} ."
        yield f"{claim} <{QAWL}aboutEvent> {node('event', f'event-{chance.randrange(EVENTS)}')} ."
        yield f"{claim} <{QAWL}circumstance> {span} ."
        year, month, dom = (chance.randrange(*ends) for ends in ((2010, 2024), (1, 13), (1, 29)))
        day = f"{year}-{month:02d}-{dom:02d}"
        yield f"{span} {RDF_TYPE} <{QAWL}TimeSpan> ."
        yield f'{span} <{QAWL}edtf> "{day}" .'
        for corner in ("earliestStart", "latestStart", "earliestEnd", "latestEnd"):
            yield f'{span} <{QAWL}{corner}> "{day}"^^<{XSD}date> .'
        yield f"{claim} <{QAWL}quantity> {amount} ."
        yield f'{amount} <{QAWL}value> "{number}"^^<{XSD}decimal> .'


def content(path: Path) -> tuple[object, object]:
    """Return a file's nodes and edges as networkx reads them, without colours and ids."""
    if path.suffix == ".graphml":
        graph = nx.read_graphml(path)
    else:
        graph = nx.read_gexf(path, version="1.3")
    nodes = {
        node: {name: value for name, value in data.items() if name != "viz"}
        for node, data in graph.nodes(data=True)
    }
    edges = {
        frozenset((one, other)): {
            name: value for name, value in data.items() if name not in {"viz", "id"}
        }
        for one, other, data in graph.edges(data=True)
    }
    return nodes, edges


def make_store(data: Path, home: Path) -> None:
    """Write the synthetic graph to a file, and as the only build of a folder."""
    with data.open("w", encoding="utf-8") as stream:
        count = sum(stream.write(f"{line}\n") > 0 for line in triples())
    build = home / "build-bench"
    build.mkdir(parents=True)
    store = Store(str(build / "store"))
    store.bulk_load(path=str(data), format=RdfFormat.N_TRIPLES)
    store.flush()
    store.optimize()
    manifest = {"sha256": "0" * 64, "quads": count}
    (build / "build.json").write_text(json.dumps(manifest), encoding="utf-8")
    (home / "current").write_text("build-bench\n")
    print(f"{count:,} triples, {CLAIMS:,} claims, {ACTORS:,} actors", flush=True)


def compare_files(mine: Path, other: Path) -> None:
    """Raise an error if two files differ in content, or are smaller than promised."""
    nodes, edges = content(mine)
    assert (nodes, edges) == content(other), f"{mine} and {other} differ"
    assert len(edges) >= 100_000
    print(f"  the files are equal: {len(nodes):,} nodes, {len(edges):,} edges", flush=True)


def apart(work: Callable[..., None], *paths: Path) -> None:
    """Call a function in a separate process, so that this one's memory stays small."""
    process = multiprocessing.get_context("spawn").Process(target=work, args=paths)
    process.start()
    process.join()
    if process.exitcode:
        raise SystemExit(process.exitcode)


def main() -> None:
    """Make the store, run both sides and compare the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data, home = folder / "made-up.nt", folder / "home"
        apart(make_store, data, home)
        plain = [PYTHON, str(ROOT / "benchmarks" / "plain_network.py")]
        for ending in ("graphml", "gexf"):
            mine, other = folder / f"mine.{ending}", folder / f"plain.{ending}"
            ours = [*KG, "networks", "actors-together", "-o", str(mine), "--store", str(home)]
            store = home / "build-bench" / "store"
            for peer, source in (("oxrdflib", store), ("rdflib", data)):
                title = f"a million triples to {ending}"
                compare(title, ours, peer, [*plain, str(source), str(other)], runs, folder)
                apart(compare_files, mine, other)


if __name__ == "__main__":
    main()
