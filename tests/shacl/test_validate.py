"""Validation: reports, errors, and that evaluating constraints over sets changes no result."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyshacl
import pytest
import rdflib
from examples import ROOT
from mutations import TYPE, Index, Maker, Shapes, sh
from mutations_by_hand import HAND
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg.errors import ShapesError
from kg.graph.build import compile_graph
from kg.rdf.iris import term
from kg.rdf.rdflib_terms import Terms, quiet_about_literals
from kg.shacl.compile_to_sparql import take_constraints
from kg.shacl.validate import ValidationReport, Violation, validate

if TYPE_CHECKING:
    from collections.abc import Iterable

EXAMPLE = ROOT / "tests" / "support" / "shapes_example"
ONTOLOGY = ROOT / "ontology"
W3C = ROOT.parent / "shared" / "w3c" / "shacl"
RIGHT = "https://w3id.org/qawl/id/"
TOLL = NamedNode(f"{RIGHT}claim/dam/curated/toll")
VOICE = NamedNode(f"{RIGHT}voice/dam/curated/ministry")
PREAMBLE = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


@pytest.fixture(scope="module")
def example() -> frozenset[Triple]:
    """Return a conforming graph, without the ontology and shapes that a build adds."""
    ours = (RIGHT, "https://w3id.org/qawl/vocab/")
    triples = (quad.triple for quad in compile_graph(EXAMPLE).store)
    named = (one for one in triples if isinstance(one.subject, NamedNode))
    return frozenset(one for one in named if one.subject.value.startswith(ours))


@pytest.fixture(scope="module")
def shapes() -> frozenset[Triple]:
    files = [*sorted((ONTOLOGY / "shapes").glob("*.ttl")), ONTOLOGY / "prefixes.ttl"]
    return frozenset(one.triple for path in files for one in parse(path=path))


def only(report: ValidationReport) -> Violation:
    assert len(report.violations) == 1, report.text()
    return report.violations[0]


def dropped(triples: Iterable[Triple], subject: NamedNode, name: str) -> set[Triple]:
    kept = {one for one in triples if (one.subject, one.predicate) != (subject, term(name))}
    assert kept != set(triples)
    return kept


# Reports


def test_a_violation_says_where_what_and_how_to_mend_it(example: frozenset[Triple]) -> None:
    report = validate(dropped(example, TOLL, "qawl:voice"))
    found = {(one.shape.rpartition("#")[2], one.path): one for one in report.violations}
    missing = found["Claim-attribution", "qawl:voice"]
    assert not report.conforms
    assert missing.focus == TOLL
    assert missing.value is None
    assert missing.severity == "Violation"
    assert missing.component == "http://www.w3.org/ns/shacl#MinCountConstraintComponent"
    assert missing.message_en.startswith("Hang the claim on exactly one voice")
    assert missing.message_ar.startswith("علّق القول بصوت واحد")


def test_a_path_is_shown_as_sparql_writes_it(example: frozenset[Triple]) -> None:
    report = validate(dropped(example, VOICE, "qawl:inReading"))
    paths = {one.path for one in report.violations}
    assert {"qawl:voice/qawl:inReading", "qawl:inReading"} <= paths
    triples = validate(dropped(example, VOICE, "qawl:quotedIn")).graph()
    inverse = {one.subject for one in triples if one.predicate == sh("inversePath")}
    assert any(one.object in inverse and one.predicate == sh("resultPath") for one in triples)


def test_a_constraint_fills_in_its_message(example: frozenset[Triple]) -> None:
    link = Triple(TOLL, term("qawl:refines"), VOICE)
    report = validate({*example, link})
    (found,) = (one for one in report.violations if one.constraint is not None)
    assert found.value == VOICE
    assert found.message_en.startswith("The link to voice:dam/curated/ministry has no ground")
    assert found.message_ar.startswith("الصلة بـ voice:dam/curated/ministry بلا سند")


def test_warnings_are_reported_and_conform(example: frozenset[Triple]) -> None:
    radio = NamedNode(f"{RIGHT}voice/dam/curated/radio")
    report = validate(dropped(example, radio, "qawl:cue"))
    assert report.conforms
    assert only(report).severity == "Warning"
    assert report.text().startswith("The graph conforms: 0 violations, 1 warning (")


def test_the_text_groups_results_and_gives_examples(example: frozenset[Triple]) -> None:
    claims = Index(example).subjects(TYPE, term("qawl:Claim"))
    triples = {*example, *(Triple(one, term("qawl:stanse"), Literal("x")) for one in claims)}
    report = validate(triples)
    lines = report.text(examples=2).splitlines()
    assert lines[2] == f"violation: shape:Claim qawl:stanse [Closed] × {len(claims)}"
    assert (
        lines[3]
        == "  A claim has no such property: correct the spelling, or say it where it belongs."
    )
    assert lines[4].endswith('  →  "x"')
    assert lines[6] == f"    … and {len(claims) - 2} more"
    assert "مخالفة: shape:Claim" in report.text("ar")
    assert "ليس للقول هذه الخاصية" in report.text("ar")


@pytest.mark.parametrize(
    ("number", "english", "arabic"),
    [
        (0, "0 violations", "0 مخالفة"),
        (1, "1 violation", "مخالفة واحدة"),
        (2, "2 violations", "مخالفتان"),
        (3, "3 violations", "3 مخالفات"),
        (11, "11 violations", "11 مخالفة"),
        (103, "103 violations", "103 مخالفات"),
    ],
)
def test_results_are_counted_as_each_language_does(number: int, english: str, arabic: str) -> None:
    one = Violation(TOLL, None, None, "Mend it.", "أصلحه.", "Violation", "urn:s", "urn:c")
    report = ValidationReport(not number, (one,) * number, triples=1200, shapes=1)
    assert f": {english} (1,200 triples, 1 shape)" in report.text()
    assert f": {arabic} (1,200 ثلاثية، شكل واحد)" in report.text("ar")


def test_the_report_graph_is_the_one_of_the_w3c(example: frozenset[Triple]) -> None:
    broken = dropped(example, TOLL, "qawl:evidence") | {
        Triple(TOLL, term("qawl:confidence"), Literal("2", datatype=term("xsd:decimal")))
    }
    report, again = validate(broken), validate(sorted(broken, key=str, reverse=True))
    assert report.turtle() == again.turtle()
    graph = rdflib.Graph().parse(data=report.turtle(), format="turtle")
    namespace = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    assert len(list(graph.objects(None, namespace.result))) == len(report.violations) > 1
    for result in graph.objects(None, namespace.result):
        for name in ("focusNode", "resultSeverity", "sourceShape", "sourceConstraintComponent"):
            assert graph.value(result, namespace[name]) is not None
    # The shapes of SHACL, where pySHACL has them, know what a report is.
    assert (None, namespace.conforms, rdflib.Literal(False)) in graph


def test_a_graph_that_conforms_has_an_empty_report(example: frozenset[Triple]) -> None:
    report = validate(example)
    assert report.conforms
    assert report.violations == ()
    assert len(report.graph()) == 2


# Data


def test_data_may_be_a_store_a_file_quads_or_triples(
    example: frozenset[Triple], tmp_path: Path
) -> None:
    broken = sorted(dropped(example, TOLL, "qawl:polarity"), key=str)
    graphs = [NamedNode("urn:a"), NamedNode("urn:b")]
    quads = [
        Quad(one.subject, one.predicate, one.object, graphs[i % 2]) for i, one in enumerate(broken)
    ]
    store = Store()
    store.extend(quads)
    path = tmp_path / "data.nq"
    store.dump(path, format=RdfFormat.N_QUADS)
    for data in (broken, quads, iter(quads), store, path, str(path)):
        assert only(validate(data)).path == "qawl:polarity"


def test_ill_typed_literals_are_named_and_nothing_is_logged(
    example: frozenset[Triple], caplog: pytest.LogCaptureFixture
) -> None:
    span = NamedNode(f"{RIGHT}voice/dam/curated/river.said")
    for name in ("latestEnd", "earliestStart"):
        wrong = Literal("2024-13-45", datatype=term("xsd:date"))
        with caplog.at_level(logging.DEBUG):
            report = validate({*example, Triple(span, term(f"qawl:{name}"), wrong)})
        found = [one for one in report.violations if one.value == wrong]
        assert any(one.component.endswith("DatatypeConstraintComponent") for one in found)
    quantity = NamedNode(f"{RIGHT}claim/dam/curated/force.quantity")
    wrong = Literal("1,5", datatype=term("xsd:decimal"))
    report = validate({*example, Triple(quantity, term("qawl:upper"), wrong)})
    assert any(one.value == wrong for one in report.violations)
    assert not [one for one in caplog.records if one.name.startswith("rdflib")]


@pytest.mark.parametrize(
    ("datatype", "lexical"),
    [
        ("boolean", "perhaps"),
        ("boolean", "True"),
        ("decimal", "NaN"),
        ("decimal", "1e3"),
        ("decimal", "٤٤"),
        ("integer", "1_000"),
        ("integer", "1.0"),
        ("nonNegativeInteger", "-1"),
        ("double", "ten"),
        ("date", "2024-02-30"),
        ("date", "20240101"),
        ("dateTime", "2024-01-01"),
        ("duration", "a month"),
    ],
)
def test_literals_that_python_reads_and_xml_schema_does_not_are_ill_typed(
    datatype: str, lexical: str
) -> None:
    shape = f"""{PREAMBLE} ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:property ex:P .
ex:P sh:path ex:p ; sh:datatype xsd:{datatype} ."""
    wrong = Literal(lexical, datatype=term(f"xsd:{datatype}"))
    data = [Triple(TOLL, NamedNode("https://example.org/p"), wrong)]
    assert only(validate(data, triples_of(shape))).value == wrong


@pytest.mark.parametrize(
    ("datatype", "lexical"),
    [
        ("boolean", "1"),
        ("decimal", "-.5"),
        ("integer", "+007"),
        ("double", "1.5E21"),
        ("double", "-INF"),
        ("date", "2024-02-29"),
        ("date", "2024-02-29Z"),
        ("dateTime", "2024-01-01T00:00:00.5+03:00"),
        ("duration", "P1M"),
    ],
)
def test_literals_of_xml_schema_are_well_typed(datatype: str, lexical: str) -> None:
    shape = f"""{PREAMBLE} ex:S a sh:NodeShape ; sh:targetSubjectsOf ex:p ; sh:property ex:P .
ex:P sh:path ex:p ; sh:datatype xsd:{datatype} ."""
    right = Literal(lexical, datatype=term(f"xsd:{datatype}"))
    data = [Triple(TOLL, NamedNode("https://example.org/p"), right)]
    assert validate(data, triples_of(shape)).violations == ()


def test_a_literal_is_reported_as_it_was_written(example: frozenset[Triple]) -> None:
    written = Literal("007.50", datatype=term("xsd:decimal"))
    report = validate({*example, Triple(TOLL, term("qawl:confidence"), written)})
    assert written in {one.value for one in report.violations}


def test_rdf_1_2_is_refused(example: frozenset[Triple]) -> None:
    inner = Triple(TOLL, term("qawl:polarity"), VOICE)
    with pytest.raises(ShapesError, match=r"RDF 1\.2"):
        validate({*example, Triple(TOLL, term("qawl:voice"), inner)})


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("data.ttl", "<urn:a> <urn:b> .", r"data\.ttl:1: is not Turtle"),
        ("data.csv", "a,b", r"data\.csv: the ending is not one of \.nq"),
        ("data.nt", None, r"data\.nt: cannot be read"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(
    tmp_path: Path, name: str, text: str | None, message: str
) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(ShapesError, match=message):
        validate(path)
    with pytest.raises(ShapesError, match=message):
        validate([], shapes=path)


def test_a_folder_without_shapes_is_named(tmp_path: Path) -> None:
    with pytest.raises(ShapesError, match="has no Turtle files"):
        validate([], shapes=tmp_path)


# Shapes of others


DATA = f"""{PREAMBLE}
ex:a a ex:Thing ; ex:next ex:b ; ex:size 1 .
ex:b a ex:Thing ; ex:next ex:c ; ex:size 2 .
ex:c a ex:Part ; ex:next ex:a ; ex:size 3 . ex:Part rdfs:subClassOf ex:Thing .
_:d a ex:Thing ; ex:size 4 .
"""


def triples_of(text: str) -> set[Triple]:
    return {quad.triple for quad in parse(text, format=RdfFormat.TURTLE)}


def shape_with(select: str, more: str = "") -> str:
    return f"""{PREAMBLE}
ex:S a sh:NodeShape ; sh:targetClass ex:Thing ; sh:sparql ex:C {more} .
ex:C sh:prefixes ex:P ; sh:message "size {{?value}} of {{$this}}" ; sh:select '''{select}''' .
ex:P sh:declare [ sh:prefix "ex" ; sh:namespace "https://example.org/"^^xsd:anyURI ] .
"""


SAFE = [
    "SELECT $this WHERE { $this ex:next+ $this }",
    "SELECT DISTINCT $this ?value WHERE { $this ex:size ?value FILTER (?value > 1) }",
    "SELECT $this ?path ?value WHERE { $this ?path ?value FILTER (?path = ex:size) }",
    "SELECT $this ?value WHERE { ?value ex:next $this FILTER NOT EXISTS { $this ex:size 1 } }",
    """SELECT $this ?value WHERE { $this ex:size ?value .
       { SELECT $this (SUM(?s) AS ?sum) WHERE { $this ex:next/ex:size ?s } GROUP BY $this }
       FILTER (?sum > ?value) }""",
]
UNSAFE = [
    "SELECT $this WHERE { FILTER NOT EXISTS { $this ex:next ?n } }",
    "SELECT $this ?value WHERE { { $this ex:size ?value } UNION { $this ex:next ?value } }",
    """SELECT $this ?value WHERE { $this ex:size ?value OPTIONAL { $this ex:next ?n }
       FILTER (!BOUND(?n)) }""",
    "SELECT $this ?value WHERE { BIND ($this AS ?t) $this ex:size ?value }",
    "SELECT $this (?s + 1 AS ?value) WHERE { $this ex:size ?s }",
    """SELECT $this ?value WHERE { $this ex:size ?value .
       { SELECT $this (COUNT(*) AS ?n) WHERE { $this ex:size ?s . ?o ex:size ?t }
         GROUP BY $this ?o }
       FILTER (?n > 2) }""",
    "SELECT $this WHERE { ?x $this ?y }",
    "SELECT $this ?value WHERE { $this ex:size ?value } LIMIT 1",
]


def taken(text: str) -> int:
    return len(take_constraints(Terms().graph(triples_of(text))))


@pytest.mark.parametrize("select", SAFE)
def test_plain_constraints_are_evaluated_over_sets(select: str) -> None:
    assert taken(shape_with(select)) == 1


@pytest.mark.parametrize("select", UNSAFE)
def test_other_constraints_are_left_to_pyshacl(select: str) -> None:
    assert taken(shape_with(select)) == 0


@pytest.mark.parametrize(
    "more",
    [
        "; sh:deactivated true",
        "; sh:targetNode ex:absent",
        "; a rdfs:Class",
        ". ex:Other sh:node ex:S",
    ],
)
def test_shapes_that_are_more_than_their_target_are_left_to_pyshacl(more: str) -> None:
    assert taken(shape_with(SAFE[0], more)) == 0


@pytest.mark.parametrize("select", [*SAFE, *UNSAFE])
def test_results_are_those_of_pyshacl(select: str) -> None:
    shapes = triples_of(shape_with(select))
    data = triples_of(DATA)
    assert results(validate(data, shapes)) == results_of_pyshacl(data, shapes)


@pytest.mark.parametrize(
    "select",
    [
        "SELECT $this WHERE { $this ex:size ?s MINUS { $this ex:size 2 } }",
        "SELECT $this WHERE { VALUES ?s { 1 2 } $this ex:size ?s }",
        "SELECT $this WHERE { $this ex:size ?s SERVICE <http://localhost:1/> { ?a ?b ?c } }",
        "SELECT $this WHERE { $this ex:size }",
    ],
)
def test_queries_that_shacl_forbids_are_errors(select: str) -> None:
    with pytest.raises(ShapesError):
        validate(triples_of(DATA), triples_of(shape_with(select)))


def test_malformed_shapes_are_errors() -> None:
    text = f"{PREAMBLE} ex:S a sh:NodeShape ; sh:targetClass ex:Thing ; sh:in ex:none, ex:none2 ."
    with pytest.raises(ShapesError, match="cannot be evaluated"):
        validate(triples_of(DATA), triples_of(text))


def test_a_message_without_a_language_serves_both() -> None:
    shapes = triples_of(shape_with(SAFE[1]))
    found = validate(triples_of(DATA), shapes).violations
    named = next(one for one in found if one.focus == NamedNode("https://example.org/b"))
    assert named.message_en == named.message_ar
    assert named.message_en == (
        'size "2"^^<http://www.w3.org/2001/XMLSchema#integer> of <https://example.org/b>'
    )


def test_our_prefixes_may_be_used() -> None:
    text = f"""{PREAMBLE}
ex:S a sh:NodeShape ; sh:targetClass ex:Thing ; sh:sparql [ sh:message "no label" ;
    sh:prefixes <https://w3id.org/qawl/prefixes> ;
    sh:select "SELECT $this WHERE {{ $this a ?c FILTER NOT EXISTS {{ $this skos:note ?n }}}}" ] ."""
    assert len(validate(triples_of(DATA), triples_of(text)).violations) == 4


# The two routes give the same results


Result = tuple[str, ...]


def results(report: ValidationReport) -> set[Result]:
    """Return what a report says of each result, but for the messages."""
    return {
        tuple(
            map(str, (one.focus, one.value, one.severity, one.shape, one.component, one.constraint))
        )
        for one in report.violations
    }


def results_of_pyshacl(data: Iterable[Triple], shapes: Iterable[Triple]) -> set[Result]:
    """Return the same of pySHACL alone."""
    terms = Terms()
    namespace = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    with quiet_about_literals():
        _, graph, _ = pyshacl.validate(terms.graph(data), shacl_graph=terms.graph(shapes))

    def text(result: Any, name: str) -> str:
        node = graph.value(result, namespace[name])
        return "None" if node is None else str(terms.back(node))

    def bare(result: Any, name: str) -> str:
        found = text(result, name)
        return found if found.startswith("_:") else found.strip("<>")

    return {
        (
            text(one, "focusNode"),
            text(one, "value"),
            bare(one, "resultSeverity").rpartition("#")[2],
            bare(one, "sourceShape"),
            bare(one, "sourceConstraintComponent"),
            bare(one, "sourceConstraint"),
        )
        for one in graph.objects(None, namespace.result)
    }


@pytest.mark.slow
def test_both_routes_agree_on_mutated_graphs(
    example: frozenset[Triple], shapes: frozenset[Triple]
) -> None:
    # Of the vocabularies' many concepts a few are enough: pySHACL is slow.
    concepts = Index(example).subjects(TYPE, term("skos:Concept"))[5:]
    data = {one for one in example if one.subject not in concepts}
    index = Shapes(Index(shapes))
    maker = Maker(index, Index(data))
    constraints = {one.parameter for one in index.constraints if one.component == "sparql"}
    options = {one: list(HAND[one](maker)) for one in constraints}
    graphs: list[tuple[set[Triple], set[Any]]] = []
    for one in sorted(constraints, key=lambda one: len(options[one])):
        choices = (
            (number, edit)
            for number in range(len(graphs))
            for edit in options[one]
            if not edit.touched & graphs[number][1]
        )
        number, edit = next(choices, (len(graphs), options[one][0]))
        if number == len(graphs):
            graphs.append((set(data), set()))
        mutated, touched = graphs[number]
        graphs[number] = ((mutated - edit.remove) | edit.add, touched | edit.touched)
    violated = set()
    for mutated, _ in graphs:
        found = results(validate(mutated, shapes))
        assert found == results_of_pyshacl(mutated, shapes)
        violated |= {one[5] for one in found}
    assert {one.value for one in constraints} <= violated


# The engine


def _w3c_tests() -> list[Path]:
    return sorted(path for path in W3C.rglob("*.ttl") if b"sht:Validate" in path.read_bytes())


#: What pySHACL does not do: the shapes graph in a query.
UNSUPPORTED = {"sparql/pre-binding/shapesGraph-001"}


@pytest.mark.w3c
@pytest.mark.skipif(not W3C.exists(), reason="the W3C test suite is not here")
@pytest.mark.parametrize(
    "path", _w3c_tests(), ids=lambda path: path.relative_to(W3C).with_suffix("").as_posix()
)
def test_w3c(path: Path) -> None:
    def load(iri: NamedNode) -> set[Triple]:
        file = Path(iri.value.removeprefix("file://"))
        if file not in loaded:
            quads = parse(path=file, format=RdfFormat.TURTLE, base_iri=file.as_uri())
            loaded[file] = {quad.triple for quad in quads}
        return loaded[file]

    def one_of(subject: Any, name: str) -> Any:
        return manifest.value(subject, NamedNode(name))

    loaded: dict[Path, set[Triple]] = {}
    manifest = Index(load(NamedNode(path.as_uri())))
    mf, sht = (
        "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#",
        "http://www.w3.org/ns/shacl-test#",
    )
    (test,) = manifest.subjects(TYPE, NamedNode(f"{sht}Validate"))
    action, expected = one_of(test, f"{mf}action"), one_of(test, f"{mf}result")
    data = load(one_of(action, f"{sht}dataGraph"))
    shapes = load(one_of(action, f"{sht}shapesGraph"))
    name = path.relative_to(W3C).with_suffix("").as_posix()
    if name in UNSUPPORTED or expected == NamedNode(f"{sht}Failure"):
        with pytest.raises((ShapesError, NotImplementedError)):
            validate(data, shapes)
        return

    def told(index: Index, result: Any) -> tuple[str, ...]:
        names = ("focusNode", "resultPath", "value", "resultSeverity", "sourceConstraintComponent")
        found = (index.value(result, sh(one)) for one in names)
        return tuple("_" if isinstance(one, BlankNode) else str(one) for one in found)

    wanted = sorted({told(manifest, one) for one in manifest.objects(expected, sh("result"))})
    report = Index(validate(data, shapes).graph())
    assert (
        sorted({told(report, one) for one in report.subjects(TYPE, sh("ValidationResult"))})
        == wanted
    )
