"""A network from a million triples to files: Qawl against rdflib and networkx used plainly.

A store of a million triples is made up: claims about three actors each, with times, amounts and
labels in two languages. From it each side writes the network of actors told of together, of more
than 100,000 edges, as GraphML and as GEXF, alternately and as whole processes; then the files are
read back and compared, node by node and edge by edge. The plain way is run twice: from a Turtle
file that rdflib loads into memory, and from the same Oxigraph store by way of oxrdflib.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
from pyoxigraph import RdfFormat, Store
from run import KG, PYTHON, ROOT, timed

if TYPE_CHECKING:
    from collections.abc import Iterator

ID = "https://w3id.org/qawl/id"
QAWL = "https://w3id.org/qawl/ontology#"
VOCAB = "https://w3id.org/qawl/vocab"
RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
XSD = "http://www.w3.org/2001/XMLSchema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
CLAIMS, ACTORS, EVENTS = 45_000, 12_000, 500


def triples() -> Iterator[str]:
    """Return the made-up graph as lines of N-Triples."""
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


def ratio(
    title: str, ours: list[str], peer: str, plain: list[str], runs: int, folder: Path
) -> None:
    """Print the medians of two commands, of their ratio, and of the ratio of their memory."""
    pairs = [(timed(ours, folder), timed(plain, folder)) for _ in range(runs)]
    seconds = [statistics.median(pair[side][0] for pair in pairs) for side in (0, 1)]
    memory = [statistics.median(pair[side][1] for pair in pairs) for side in (0, 1)]
    times = statistics.median(pair[1][0] / pair[0][0] for pair in pairs)
    print(
        f"{title}, against {peer}\n"
        f"  qawl  {seconds[0]:8.2f} s {memory[0]:8.0f} MiB\n"
        f"  plain {seconds[1]:8.2f} s {memory[1]:8.0f} MiB\n"
        f"  plain / qawl: time {times:.1f} (median of {runs}), memory {memory[1] / memory[0]:.1f}",
        flush=True,
    )


def content(path: Path) -> tuple[object, object]:
    """Return the nodes and edges of a file as networkx reads them, without colours and ids."""
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


def main() -> None:
    """Make the store, run both sides, compare the files."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        data, home = folder / "made-up.nt", folder / "home"
        with data.open("w", encoding="utf-8") as stream:
            count = sum(stream.write(f"{line}\n") > 0 for line in triples())
        build = home / "build-bench"
        build.mkdir(parents=True)
        store = Store(str(build / "store"))
        store.bulk_load(path=str(data), format=RdfFormat.N_TRIPLES)
        store.flush()
        store.optimize()
        del store
        (build / "build.json").write_text("{}")
        (home / "current").write_text("build-bench\n")
        print(f"{count:,} triples, {CLAIMS:,} claims, {ACTORS:,} actors")
        plain = [PYTHON, str(ROOT / "benchmarks" / "plain_network.py")]
        for ending in ("graphml", "gexf"):
            mine, other = folder / f"mine.{ending}", folder / f"plain.{ending}"
            ours = [*KG, "networks", "actors-together", "-o", str(mine), "--store", str(home)]
            timed(ours, folder)
            for peer, source in (("oxrdflib on the same store", build / "store"), ("rdflib", data)):
                title = f"a million triples to {ending}"
                ratio(title, ours, peer, [*plain, str(source), str(other)], runs, folder)
                nodes, edges = content(mine)
                assert (nodes, edges) == content(other), "the files differ"
                assert len(edges) >= 100_000
            print(f"  the files are equal: {len(nodes):,} nodes, {len(edges):,} edges", flush=True)


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))
    main()
