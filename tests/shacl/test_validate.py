"""Validation: reports, errors, and that evaluating constraints over sets changes no result."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

import pytest
import rdflib
from examples import ROOT
from mutations import TYPE, Index
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg.errors import ShapesError
from kg.graph.build import compile_graph
from kg.rdf.iris import term
from kg.shacl.model import Result
from kg.shacl.report import ValidationReport, message, path_text
from kg.shacl.validate import validate
from kg.shacl.vocabulary import sh

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

EXAMPLE = ROOT / "tests" / "support" / "shapes_example"
ONTOLOGY = ROOT / "ontology"
RIGHT = "https://w3id.org/qawl/id/"
FALSE = Literal("false", datatype=term("xsd:boolean"))
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


def only(report: ValidationReport) -> Result:
    assert len(report.results) == 1, report.text()
    return report.results[0]


def dropped(triples: Iterable[Triple], subject: NamedNode, name: str) -> set[Triple]:
    kept = {one for one in triples if (one.subject, one.predicate) != (subject, term(name))}
    assert kept != set(triples)
    return kept


# Reports


def test_a_violation_says_where_what_and_how_to_mend_it(example: frozenset[Triple]) -> None:
    report = validate(dropped(example, TOLL, "qawl:voice"))
    found = {(one.shape.value.rpartition("#")[2], path_text(one)): one for one in report.results}
    missing = found["Claim-voice", "qawl:voice"]
    assert not report.conforms
    assert missing.focus == TOLL
    assert missing.value is None
    assert missing.severity == sh("Violation")
    assert missing.component == sh("MinCountConstraintComponent")
    assert message(missing, "en").startswith("Attach the claim to exactly one voice")
    assert message(missing, "ar").startswith("أسند القول إلى صوت واحد")


def test_a_path_is_shown_as_sparql_writes_it(example: frozenset[Triple]) -> None:
    report = validate(dropped(example, VOICE, "qawl:inReading"))
    paths = {path_text(one) for one in report.results}
    assert {"qawl:voice/qawl:inReading", "qawl:inReading"} <= paths
    triples = validate(dropped(example, VOICE, "qawl:quotedIn")).graph()
    inverse = {one.subject for one in triples if one.predicate == sh("inversePath")}
    assert any(one.object in inverse and one.predicate == sh("resultPath") for one in triples)


def test_a_constraint_fills_in_its_message(example: frozenset[Triple]) -> None:
    link = Triple(TOLL, term("qawl:refines"), VOICE)
    report = validate({*example, link})
    (found,) = (one for one in report.results if one.constraint is not None)
    assert found.value == VOICE
    assert message(found, "en").startswith("The link to voice:dam/curated/ministry has no basis")
    assert message(found, "ar").startswith("الصلة بـ voice:dam/curated/ministry بلا أساس")


def test_warnings_pass_and_do_not_conform(example: frozenset[Triple]) -> None:
    radio = NamedNode(f"{RIGHT}voice/dam/curated/radio")
    report = validate(dropped(example, radio, "qawl:cue"))
    assert report.passes
    assert not report.conforms
    assert only(report).severity == sh("Warning")
    assert report.text().startswith("The graph passes, with warnings: 0 violations, 1 warning (")
    assert Triple(BlankNode("report"), sh("conforms"), FALSE) in report.graph()


def test_the_text_groups_results_and_gives_examples(example: frozenset[Triple]) -> None:
    claims = Index(example).subjects(TYPE, term("qawl:Claim"))
    triples = {*example, *(Triple(one, term("qawl:stanse"), Literal("x")) for one in claims)}
    report = validate(triples)
    lines = report.text(examples=2).splitlines()
    assert lines[2] == f"violation: shape:Claim qawl:stanse [Closed] × {len(claims)}"
    assert (
        lines[3]
        == "  A claim has no such property: correct the spelling, or state it where it belongs."
    )
    assert lines[4].endswith('  →  "x"')
    assert lines[6] == f"    … and {len(claims) - 2} more"
    assert "مخالفة: shape:Claim" in report.text("ar")
    assert "ليس للقول هذه الخاصية" in report.text("ar")


@pytest.mark.parametrize(
    ("number", "english", "arabic"),
    [
        (0, "0 violations", "لا مخالفات"),
        (1, "1 violation", "مخالفة واحدة"),
        (2, "2 violations", "مخالفتان"),
        (3, "3 violations", "3 مخالفات"),
        (11, "11 violations", "11 مخالفة"),
        (103, "103 violations", "103 مخالفات"),
    ],
)
def test_results_are_counted_as_each_language_does(number: int, english: str, arabic: str) -> None:
    shape, component = NamedNode("urn:s"), NamedNode("urn:c")
    one = Result(TOLL, None, None, shape, component, None, sh("Violation"), ())
    report = ValidationReport((one,) * number, triples=1200, shapes=1, focus_nodes=2)
    assert f": {english} (1,200 triples, 1 shape, 2 nodes validated)" in report.text()
    assert f": {arabic} (1,200 ثلاثية، شكل SHACL واحد، عقدتان مفحوصتان)" in report.text("ar")


def test_the_report_graph_is_the_one_of_the_w3c(example: frozenset[Triple]) -> None:
    broken = dropped(example, TOLL, "qawl:evidence") | {
        Triple(TOLL, term("qawl:confidence"), Literal("2", datatype=term("xsd:decimal")))
    }
    report, again = validate(broken), validate(sorted(broken, key=str, reverse=True))
    assert report.turtle() == again.turtle()
    graph = rdflib.Graph().parse(data=report.turtle(), format="turtle")
    namespace = rdflib.Namespace("http://www.w3.org/ns/shacl#")
    assert len(list(graph.objects(None, namespace.result))) == len(report.results) > 1
    for result in graph.objects(None, namespace.result):
        for name in ("focusNode", "resultSeverity", "sourceShape", "sourceConstraintComponent"):
            assert graph.value(result, namespace[name]) is not None
    # The shapes of SHACL, where pySHACL has them, know what a report is.
    assert (None, namespace.conforms, rdflib.Literal(False)) in graph


def test_a_graph_that_conforms_has_an_empty_report(example: frozenset[Triple]) -> None:
    report = validate(example)
    assert report.conforms
    assert report.results == ()
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
        assert path_text(only(validate(data))) == "qawl:polarity"


def test_ill_typed_literals_are_named_and_nothing_is_logged(
    example: frozenset[Triple], caplog: pytest.LogCaptureFixture
) -> None:
    span = NamedNode(f"{RIGHT}voice/dam/curated/river.said")
    for name in ("latestEnd", "earliestStart"):
        wrong = Literal("2024-13-45", datatype=term("xsd:date"))
        with caplog.at_level(logging.DEBUG):
            report = validate({*example, Triple(span, term(f"qawl:{name}"), wrong)})
        found = [one for one in report.results if one.value == wrong]
        assert any(one.component == sh("DatatypeConstraintComponent") for one in found)
    quantity = NamedNode(f"{RIGHT}claim/dam/curated/force.quantity")
    wrong = Literal("1,5", datatype=term("xsd:decimal"))
    report = validate({*example, Triple(quantity, term("qawl:upper"), wrong)})
    assert any(one.value == wrong for one in report.results)
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
    assert validate(data, triples_of(shape)).results == ()


def test_a_literal_is_reported_as_it_was_written(example: frozenset[Triple]) -> None:
    written = Literal("007.50", datatype=term("xsd:decimal"))
    report = validate({*example, Triple(TOLL, term("qawl:confidence"), written)})
    assert written in {one.value for one in report.results}


def test_rdf_1_2_is_refused(example: frozenset[Triple]) -> None:
    inner = Triple(TOLL, term("qawl:polarity"), VOICE)
    with pytest.raises(ShapesError, match=r"RDF 1\.2"):
        validate({*example, Triple(TOLL, term("qawl:voice"), inner)})


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("data.ttl", "<urn:a> <urn:b> .", r"data\.ttl:1:\d+: is not Turtle"),
        ("data.csv", "a,b", r"data\.csv: the extension is not one of \.nq"),
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
    with pytest.raises(ShapesError, match="sh:in has 2 values"):
        validate(triples_of(DATA), triples_of(text))


def test_a_message_without_a_language_serves_both() -> None:
    select = "SELECT $this ?value WHERE { $this ex:size ?value FILTER (?value > 1) }"
    shapes = triples_of(shape_with(select))
    found = validate(triples_of(DATA), shapes).results
    named = next(one for one in found if one.focus == NamedNode("https://example.org/b"))
    assert (
        message(named, "en")
        == message(named, "ar")
        == ('size "2"^^<http://www.w3.org/2001/XMLSchema#integer> of <https://example.org/b>')
    )


def test_our_prefixes_may_be_used() -> None:
    text = f"""{PREAMBLE}
ex:S a sh:NodeShape ; sh:targetClass ex:Thing ; sh:sparql [ sh:message "no label" ;
    sh:prefixes <https://w3id.org/qawl/prefixes> ;
    sh:select "SELECT $this WHERE {{ $this a ?c FILTER NOT EXISTS {{ $this skos:note ?n }}}}" ] ."""
    assert len(validate(triples_of(DATA), triples_of(text)).results) == 4
