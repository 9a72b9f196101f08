"""The ontology, vocabularies, prefixes and context hold together.

The checks that can be said in SPARQL stand in ``ontology_report/``, one query a file: each selects
what is wrong, so its answer must be empty.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib

ROOT = Path(__file__).parents[2]
ONTOLOGY = ROOT / "ontology"
REPORT = Path(__file__).parent / "report"

QAWL = "https://w3id.org/qawl/ontology#"
VOCAB = "https://w3id.org/qawl/vocab/"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
OWL = "http://www.w3.org/2002/07/owl#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
XSD = "http://www.w3.org/2001/XMLSchema#"

#: Earlier versions stay as they were.
TURTLE_FILES = sorted(set(ONTOLOGY.rglob("*.ttl")) - set((ONTOLOGY / "versions").rglob("*")))
SPARQL_IN_SHAPES = {SH + name for name in ("select", "ask", "construct", "update")}
KINDS = {
    OWL + "Class",
    OWL + "ObjectProperty",
    OWL + "DatatypeProperty",
    OWL + "AnnotationProperty",
    RDFS + "Datatype",
}


def short(path: Path) -> str:
    """Name a file by its place in the repository."""
    return str(path.relative_to(ROOT))


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """Load every Turtle file of the ontology, each into a graph of its own."""
    loaded = ox.Store()
    for path in TURTLE_FILES:
        graph = ox.NamedNode(f"urn:x-file:{short(path)}")
        loaded.load(path=path, format=ox.RdfFormat.TURTLE, to_graph=graph)
    return loaded


@pytest.fixture(scope="module")
def prefixes() -> dict[str, str]:
    """Read the prefixes from the one file that declares them."""
    graph = ox.Store()
    graph.load(path=ONTOLOGY / "prefixes.ttl", format=ox.RdfFormat.TURTLE)
    found: dict[str, str] = {}
    for quad in graph.quads_for_pattern(None, ox.NamedNode(SH + "prefix"), None):
        (namespace,) = graph.quads_for_pattern(quad.subject, ox.NamedNode(SH + "namespace"), None)
        assert name(quad.object) not in found, f"prefix {quad.object} is declared twice"
        found[name(quad.object)] = name(namespace.object)
    return found


@pytest.fixture(scope="module")
def context() -> dict[str, Any]:
    """Read the JSON-LD context."""
    document = json.loads((ONTOLOGY / "context.jsonld").read_text(encoding="utf-8"))
    inner: dict[str, Any] = document["@context"]
    return inner


def name(term: ox.Triple | ox.NamedNode | ox.BlankNode | ox.Literal) -> str:
    """Return the text of a term that is no triple term."""
    assert not isinstance(term, ox.Triple)
    return term.value


def declared(store: ox.Store) -> dict[str, str]:
    """Return the terms that the core ontology declares, with what kind each is."""
    core = ox.NamedNode("urn:x-file:ontology/qawl.ttl")
    return {
        name(quad.subject): name(quad.object)
        for quad in store.quads_for_pattern(None, ox.NamedNode(RDF + "type"), None, core)
        if name(quad.object) in KINDS and name(quad.subject).startswith(QAWL)
    }


def deprecated(store: ox.Store) -> dict[str, set[str]]:
    """Return the terms that are no longer used, with what stands in their place."""
    replaced = ox.NamedNode("http://purl.org/dc/terms/isReplacedBy")
    return {
        name(quad.subject): {
            name(one.object) for one in store.quads_for_pattern(quad.subject, replaced, None)
        }
        for quad in store.quads_for_pattern(None, ox.NamedNode(OWL + "deprecated"), None)
    }


def concepts(store: ox.Store) -> set[str]:
    """Return the concepts and concept schemes of the vocabularies."""
    return {
        name(quad.subject)
        for kind in ("Concept", "ConceptScheme")
        for quad in store.quads_for_pattern(
            None, ox.NamedNode(RDF + "type"), ox.NamedNode(SKOS + kind), None
        )
    }


def iris_in(store: ox.Store) -> Iterator[tuple[str, str]]:
    """Yield every IRI in the files, datatypes of literals included, with the file it is in."""
    for quad in store:
        for term in (quad.subject, quad.predicate, quad.object):
            if isinstance(term, ox.NamedNode):
                yield term.value, quad.graph_name.value
            elif isinstance(term, ox.Literal):
                yield term.datatype.value, quad.graph_name.value


def test_files_are_there() -> None:
    names = {short(path) for path in TURTLE_FILES}
    assert {"ontology/qawl.ttl", "ontology/alignments.ttl", "ontology/prefixes.ttl"} <= names
    assert len([name for name in names if name.startswith("ontology/vocab/")]) == 25


@pytest.mark.parametrize("query", sorted(REPORT.glob("*.rq")), ids=lambda path: path.stem)
def test_report_finds_nothing(store: ox.Store, query: Path) -> None:
    text = query.read_text(encoding="utf-8")
    assert text.startswith("# "), "a report query begins with what it demands"
    solutions = store.query(text, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    columns = [variable.value for variable in solutions.variables]
    found = [{column: str(row[column]) for column in columns} for row in solutions]
    assert found == []


def test_report_can_find_something(store: ox.Store) -> None:
    """A term with no label, no definition and nothing else is reported."""
    broken = ox.Store()
    broken.extend(store)
    graph = ox.NamedNode("urn:x-file:ontology/qawl.ttl")
    a = ox.NamedNode(RDF + "type")
    broken.add(ox.Quad(ox.NamedNode(QAWL + "Bare"), a, ox.NamedNode(OWL + "Class"), graph))
    concept = ox.NamedNode(VOCAB + "stance/bare")
    broken.add(ox.Quad(concept, a, ox.NamedNode(SKOS + "Concept"), graph))
    foreign = ox.NamedNode("http://xmlns.com/foaf/0.1/Person")
    claim = ox.NamedNode(QAWL + "Claim")
    broken.add(ox.Quad(foreign, ox.NamedNode(RDFS + "subClassOf"), claim, graph))
    for name in (
        "label_once_per_language",
        "definition_once_per_language",
        "defined_by_the_ontology",
        "concept_complete",
        "no_hijacking",
    ):
        text = (REPORT / f"{name}.rq").read_text(encoding="utf-8")
        solutions = broken.query(text, use_default_graph_as_union=True)
        assert isinstance(solutions, ox.QuerySolutions)
        assert list(solutions), name


def test_terms_in_use_are_declared(store: ox.Store) -> None:
    old = deprecated(store)
    terms, values = {*declared(store), *old}, {*concepts(store), *old}
    unknown = {
        (iri, graph)
        for iri, graph in iris_in(store)
        if (iri.startswith(QAWL) and iri != QAWL and iri not in terms)
        or (iri.startswith(VOCAB) and iri not in values)
    }
    assert unknown == set()


def test_terms_in_sparql_are_declared(store: ox.Store, prefixes: dict[str, str]) -> None:
    """The queries inside the shapes name only terms and concepts that exist."""
    known = set(declared(store)) | concepts(store)
    ours = {name: iri for name, iri in prefixes.items() if iri == QAWL or iri.startswith(VOCAB)}
    curie = re.compile(rf"(?<![\w:/-])({'|'.join(ours)}):([A-Za-z][\w-]*)")
    unknown = {
        match[0]
        for quad in store
        if quad.predicate.value in SPARQL_IN_SHAPES and isinstance(quad.object, ox.Literal)
        for match in curie.finditer(re.sub(r"#[^\n>]*$", "", quad.object.value, flags=re.M))
        if ours[match[1]] + match[2] not in known
    }
    assert unknown == set()


def test_every_class_is_disjoint_or_placed(store: ox.Store) -> None:
    """The top classes are pairwise disjoint, and every other class is under one of them."""
    tops = store.query(
        """
        PREFIX owl: <http://www.w3.org/2002/07/owl#>
        PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        PREFIX qawl: <https://w3id.org/qawl/ontology#>
        SELECT ?class (COUNT(DISTINCT ?top) AS ?tops) WHERE {
          ?class a owl:Class FILTER(STRSTARTS(STR(?class), STR(qawl:)))
          OPTIONAL {
            ?all a owl:AllDisjointClasses ; owl:members ?list .
            ?list rdf:rest*/rdf:first qawl:ClaimRelation .
            ?list rdf:rest*/rdf:first ?top .
            ?class rdfs:subClassOf* ?top
          }
        } GROUP BY ?class HAVING (COUNT(DISTINCT ?top) != 1)
        """,
        use_default_graph_as_union=True,
    )
    assert isinstance(tops, ox.QuerySolutions)
    assert [row["class"].value for row in tops] == []


def test_no_calendar_ranges(store: ox.Store) -> None:
    """Reasoners refuse these datatypes, so no range may be one of them."""
    refused = {XSD + name for name in ("date", "gYear", "gYearMonth", "duration", "time")}
    refused.add("http://id.loc.gov/datatypes/edtf/EDTF")
    ranges = {
        quad.object.value
        for quad in store.quads_for_pattern(None, ox.NamedNode(RDFS + "range"), None, None)
        if isinstance(quad.object, ox.NamedNode)
    }
    assert ranges & refused == set()


def test_no_blank_nodes_in_vocabularies(store: ox.Store) -> None:
    blank = {
        quad.graph_name.value
        for quad in store
        if not quad.graph_name.value.endswith(("qawl.ttl", "shapes.ttl"))
        and "shapes/" not in quad.graph_name.value
        and ox.BlankNode in (type(quad.subject), type(quad.object))
    }
    assert blank == set()


def test_prefixes_are_one_to_one(prefixes: dict[str, str]) -> None:
    repeated = {iri for iri, count in Counter(prefixes.values()).items() if count > 1}
    assert repeated == set()
    assert all(iri[-1] in "#/" for iri in prefixes.values())


@pytest.mark.parametrize(
    "path",
    sorted([*TURTLE_FILES, *(ROOT / "queries").rglob("*.rq")]),
    ids=short,
)
def test_prefixes_agree(path: Path, prefixes: dict[str, str]) -> None:
    """What a file declares agrees with the one file; the core's files use no others."""
    text = path.read_text(encoding="utf-8")
    used = re.findall(r"^\s*@?prefix\s+([\w-]*):\s*<([^>]*)>", text, flags=re.I | re.M)
    assert {name: iri for name, iri in used if prefixes.get(name, iri) != iri} == {}
    names = {iri: name for name, iri in prefixes.items()}
    assert {name: iri for name, iri in used if name and names.get(iri, name) != name} == {}
    if path.is_relative_to(ONTOLOGY) and path.name != "alignments.ttl":
        assert {name for name, _ in used if name} - set(prefixes) == set()


def test_schemes_have_the_declared_prefix(store: ox.Store, prefixes: dict[str, str]) -> None:
    vann = "http://purl.org/vocab/vann/preferredNamespace"
    for quad in store.quads_for_pattern(None, ox.NamedNode(vann + "Prefix"), None, None):
        (uri,) = store.quads_for_pattern(quad.subject, ox.NamedNode(vann + "Uri"), None, None)
        assert prefixes[name(quad.object)] == name(uri.object)


def test_vocabulary_files_are_named_after_their_scheme(store: ox.Store) -> None:
    for path in sorted((ONTOLOGY / "vocab").glob("*.ttl")):
        graph = ox.NamedNode(f"urn:x-file:{short(path)}")
        inside = {
            name(quad.object)
            for quad in store.quads_for_pattern(None, ox.NamedNode(SKOS + "inScheme"), None, graph)
        }
        assert inside == {VOCAB + path.stem}


def test_context_has_the_prefixes(context: dict[str, Any], prefixes: dict[str, str]) -> None:
    assert {name: context.get(name) for name in prefixes} == prefixes


def test_context_has_every_property(store: ox.Store, context: dict[str, Any]) -> None:
    properties = {
        iri.replace(QAWL, "qawl:")
        for iri, kind in declared(store).items()
        if kind.endswith("Property")
    }
    assert {name for name in context if name.startswith("qawl:")} == properties


def _expanded(context: dict[str, Any], term: str, value: Any) -> ox.Quad:
    """Expand one property of one node with pyoxigraph."""
    document = {"@context": context, "@id": "claim:a/r/c", term: value}
    quads: list[ox.Quad] = list(ox.parse(json.dumps(document), format=ox.RdfFormat.JSON_LD))
    assert len(quads) == 1, term
    return quads[0]


def test_context_expands_terms(store: ox.Store, context: dict[str, Any]) -> None:
    """A value of each property becomes an IRI or a literal as the ontology says."""
    for iri, kind in declared(store).items():
        if not kind.endswith("Property"):
            continue
        term = iri.replace(QAWL, "qawl:")
        ranges = [
            declaration.object
            for declaration in store.quads_for_pattern(
                ox.NamedNode(iri), ox.NamedNode(RDFS + "range"), None, None
            )
        ]
        literal = ox.NamedNode(RDFS + "Literal")
        if kind == OWL + "DatatypeProperty" or literal in ranges:
            value = {"en": "x"} if context[term].get("@container") == "@language" else "x"
            quad = _expanded(context, term, value)
            assert isinstance(quad.object, ox.Literal), term
            for one in ranges:
                if isinstance(one, ox.NamedNode) and one != literal:
                    assert quad.object.datatype == one, term
        else:
            quad = _expanded(context, term, "evtype:war")
            assert quad.object == ox.NamedNode(VOCAB + "event-type/war"), term
        assert quad.predicate.value == iri
        assert name(quad.subject) == "https://w3id.org/qawl/id/claim/a/r/c"


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")
def test_context_as_rdflib_reads_it(context: dict[str, Any]) -> None:
    document = {
        "@context": context,
        "@id": "voice:a/r/pentagon",
        "@type": "qawl:Voice",
        "qawl:marking": "marking:explicit",
        "qawl:confidence": "0.9",
        "skos:prefLabel": {"en": "the Pentagon", "ar": "البنتاغون"},
    }
    graph = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
    voice = rdflib.URIRef("https://w3id.org/qawl/id/voice/a/r/pentagon")
    marking = rdflib.URIRef(VOCAB + "marking/explicit")
    assert (voice, rdflib.URIRef(QAWL + "marking"), marking) in graph
    sure = rdflib.Literal("0.9", datatype=rdflib.XSD.decimal)
    assert (voice, rdflib.URIRef(QAWL + "confidence"), sure) in graph
    assert (voice, rdflib.SKOS.prefLabel, rdflib.Literal("البنتاغون", lang="ar")) in graph
    assert len(graph) == 5
