"""The same build with plain rdflib and pySHACL, for comparison.

Reading the YAML and finding the quotes is the same code; the triples go to an rdflib dataset,
rdflib's SPARQL runs the rules, and pySHACL validates.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pyshacl
import rdflib
from pyoxigraph import RdfFormat, serialize

from kg.graph.compile_article import compile_article
from kg.graph.compile_reading import compile_reading
from kg.graph.derive import load_rules
from kg.knowledge.authority import load_authority
from kg.knowledge.ontology import load_ontology
from kg.rdf.iris import PREFIXES
from kg.reading.file import load_reading
from kg.text.article import load_article


def main(root: Path, output: Path) -> None:
    """Build, derive, validate and write the graph."""
    ontology = load_ontology(root / "ontology")
    authority = load_authority(root / "graph" / "authority", ontology)
    quads = [*ontology.quads(), *authority.quads()]
    for folder in sorted((root / "graph" / "articles").iterdir()):
        article = load_article(folder)
        quads += compile_article(article, ontology, authority)
        for path in sorted((folder / "readings").glob("*.yaml")):
            quads += compile_reading(load_reading(path), article, ontology, authority)
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=serialize(quads, format=RdfFormat.N_QUADS), format="nquads")
    derived = dataset.graph(rdflib.URIRef("https://w3id.org/qawl/id/graph/derived"))
    for rule in load_rules(root / "queries" / "rules"):
        for triple in list(dataset.query(rule.text, initNs=PREFIXES)):
            derived.add(triple)
    union = rdflib.Graph()
    for subject, predicate, value, _ in dataset.quads():
        union.add((subject, predicate, value))
    shapes = rdflib.Graph()
    for path in [root / "ontology" / "prefixes.ttl", *(root / "ontology" / "shapes").glob("*.ttl")]:
        shapes.parse(path)
    _, _, text = pyshacl.validate(union, shacl_graph=shapes, advanced=True)
    dataset.serialize(output, format="nquads")
    # Ignored: rdflib's ROUND gives a literal that pySHACL does not accept as a decimal.
    print(text)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
