"""The engine by hand: what the W3C's suite does not ask, and where pySHACL answers otherwise."""

from __future__ import annotations

import pytest
from examples import ROOT
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, parse

from kg.errors import ShapesError
from kg.shacl.columns import Columns
from kg.shacl.literals import at_most, is_well_formed, less
from kg.shacl.prebinding import PreboundQuery
from kg.shacl.regexes import Regex
from kg.shacl.report import ValidationReport, message, path_text
from kg.shacl.shapes import read_shapes
from kg.shacl.validate import Validator, read_data, validate
from kg.shacl.vocabulary import sh, xsd

EX = "https://example.org/"
PREAMBLE = """
@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix ex: <https://example.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def triples(text: str) -> list[Triple]:
    return [quad.triple for quad in parse(PREAMBLE + text, format=RdfFormat.TURTLE)]


def judged(data: str, shapes: str) -> ValidationReport:
    return validate(triples(data), triples(shapes))


def told(report: ValidationReport) -> list[tuple[str, str, str | None]]:
    """Return focus node, component and value of each result, shortened."""

    def short(node: object) -> str:
        return str(node).replace(f"<{EX}", "").removesuffix(">")

    return [
        (
            short(one.focus),
            one.component.value.removeprefix("http://www.w3.org/ns/shacl#").removesuffix(
                "ConstraintComponent"
            ),
            None if one.value is None else short(one.value),
        )
        for one in report.results
    ]


# Values that have no order


def test_a_blank_node_under_less_than_is_one_result_among_others() -> None:
    report = judged(
        "ex:a ex:low [] ; ex:high 2 . ex:b ex:low 3 ; ex:high 2 . ex:c ex:low 1 ; ex:high 2 .",
        "ex:S sh:targetSubjectsOf ex:low ; sh:path ex:low ; sh:lessThan ex:high .",
    )
    assert [one.focus for one in report.results] == [NamedNode(f"{EX}a"), NamedNode(f"{EX}b")]
    assert isinstance(report.results[0].value, BlankNode)


@pytest.mark.parametrize("value", ['"2024-02-30"^^xsd:date', '"a"', "ex:a", '"a"@en', "true"])
def test_what_has_no_order_with_a_bound_is_out_of_the_range(value: str) -> None:
    for bound in ("minInclusive", "maxExclusive"):
        report = judged(f"ex:a ex:p {value} .", f"ex:S sh:targetObjectsOf ex:p ; sh:{bound} 1 .")
        assert len(report.results) == 1


ORDER = [
    ("1", "integer", "1.5", "decimal"),
    ("1", "byte", "1.5", "double"),
    ("99999999999999999999", "integer", "100000000000000000000", "integer"),
    ("1", "integer", "INF", "double"),
    ("a", "string", "b", "string"),
    ("false", "boolean", "1", "boolean"),
    ("2024-02-29", "date", "2024-03-01", "date"),
    ("-0001-12-31", "date", "0000-01-01", "date"),
    ("9999-12-31", "date", "10000-01-01", "date"),
    ("2024-01-01T00:00:00+01:00", "dateTime", "2024-01-01T00:00:00Z", "dateTime"),
    ("2024-01-01T00:00:00.1Z", "dateTime", "2024-01-01T00:00:00.25Z", "dateTime"),
    ("2024-01-01T23:00:00", "dateTime", "2024-01-01T24:00:00", "dateTime"),
    # A day and a half apart, whatever the zone of the one that has none.
    ("2024-01-01T00:00:00Z", "dateTime", "2024-01-02T12:00:00", "dateTime"),
    ("P1M", "duration", "P1Y", "yearMonthDuration"),
    ("PT59M", "dayTimeDuration", "PT1H", "duration"),
]


@pytest.mark.parametrize(("low", "low_type", "high", "high_type"), ORDER)
def test_literals_are_in_order(low: str, low_type: str, high: str, high_type: str) -> None:
    one, other = Literal(low, datatype=xsd(low_type)), Literal(high, datatype=xsd(high_type))
    assert less(one, other)
    assert at_most(one, other)
    assert not at_most(other, one)
    assert not less(other, one)


@pytest.mark.parametrize(
    ("low", "low_type", "high", "high_type"),
    [
        ("2024-01-01T00:00:00Z", "dateTime", "2024-01-01T10:00:00", "dateTime"),
        ("2024-01-01", "date", "2024-01-02T00:00:00Z", "dateTime"),
        ("P1M", "duration", "P31D", "duration"),
        ("NaN", "double", "1", "integer"),
        ("1", "string", "2", "integer"),
        ("2023", "gYear", "2024", "gYear"),
    ],
)
def test_literals_without_an_order(low: str, low_type: str, high: str, high_type: str) -> None:
    one, other = Literal(low, datatype=xsd(low_type)), Literal(high, datatype=xsd(high_type))
    assert not less(one, other)
    assert not less(other, one)


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("300", "byte"), ("-1", "unsignedInt"), ("0", "positiveInteger"), ("1.0", "integer"),
        ("P", "duration"), ("P1DT", "duration"), ("P1D", "yearMonthDuration"), ("1", "gYear"),
        ("--02-30", "gMonthDay"), ("2023-02-29", "date"), ("2024-01-01T25:00:00", "dateTime"),
        ("2024-01-01T00:00:00", "dateTimeStamp"), ("24:00:01", "time"), ("abc", "hexBinary"),
        ("a", "base64Binary"), (" a", "token"), ("a\nb", "normalizedString"), ("1a", "NCName"),
        ("a:b", "NCName"), ("e n", "language"), ("+14:00", "time"), ("00:00:00+15:00", "time"),
    ],
)  # fmt: skip
def test_ill_formed_literals(text: str, datatype: str) -> None:
    assert not is_well_formed(Literal(text, datatype=xsd(datatype)))


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("127", "byte"), ("+0", "nonNegativeInteger"), ("-P1Y2M3DT4H5M6.7S", "duration"),
        ("--02-29", "gMonthDay"), ("-0044-03-15", "date"), ("24:00:00", "time"), ("", "hexBinary"),
        ("aGk=", "base64Binary"), ("a b", "token"), ("ar-EG", "language"), ("a:b", "Name"),
        ("\u0646\u0635", "NCName"), ("anything at all", "anyURI"), ("2024", "gYear"),
    ],
)  # fmt: skip
def test_well_formed_literals(text: str, datatype: str) -> None:
    assert is_well_formed(Literal(text, datatype=xsd(datatype)))


# Patterns


@pytest.mark.parametrize(
    ("pattern", "flags", "text", "matches"),
    [
        ("^a$", "", "a\n", False),
        ("^a$", "m", "b\na\nc", True),
        ("[$]$", "", "1$", True),
        (r"^\$$", "", "$", True),
        ("A.C", "is", "a\nc", True),
        ("a.c", "q", "abc", False),
        ("A.C", "qi", "a.c", True),
        ("a b", "x", "ab", True),
        (r"^\p{L}+$", "", "\u0646\u0635", True),
        (r"^\p{Lu}+$", "", "Ab", False),
        (r"(a)\1", "", "aa", True),
    ],
)
def test_patterns(pattern: str, flags: str, text: str, *, matches: bool) -> None:
    assert (Regex(pattern, flags).matching([text]) == {text}) is matches


@pytest.mark.parametrize(("pattern", "flags"), [("(", ""), ("a", "y"), (r"\p{Nonsense}", "")])
def test_what_is_no_pattern_is_refused(pattern: str, flags: str) -> None:
    with pytest.raises(ShapesError, match=r"correct sh:pattern|not a flag"):
        Regex(pattern, flags)


# Paths and shapes


def test_the_inverse_of_a_sequence_goes_back_along_it() -> None:
    report = judged(
        "ex:a ex:p ex:b . ex:b ex:q ex:c . ex:d ex:q ex:e . ex:e ex:p ex:c .",
        "ex:S sh:targetNode ex:c ; sh:path [ sh:inversePath ( ex:p ex:q ) ] ; sh:in () .",
    )
    assert told(report) == [("c", "In", "a")]
    assert path_text(report.results[0]) == f"^(<{EX}p>/<{EX}q>)"


def test_a_path_without_end_in_a_circle() -> None:
    report = judged(
        "ex:a ex:p ex:b . ex:b ex:p ex:a .",
        "ex:S sh:targetNode ex:a ; sh:path [ sh:oneOrMorePath ex:p ] ; sh:maxCount 1 .",
    )
    assert told(report) == [("a", "MaxCount", None)]


def test_recursive_shapes_are_left_to_pyshacl_and_it_is_told() -> None:
    report = judged(
        "ex:a ex:child ex:b . ex:b ex:child ex:c . ex:c ex:name 1 . ex:d ex:size 1 .",
        """ex:S a sh:NodeShape ; sh:targetNode ex:a ; sh:property [ sh:path ex:child ;
            sh:node ex:S ] , [ sh:path ex:name ; sh:datatype xsd:string ] .
        ex:T a sh:NodeShape ; sh:targetNode ex:d ; sh:property [ sh:path ex:size ;
            sh:datatype xsd:string ] .""",
    )
    assert report.notes == (f"<{EX}S> is validated by pySHACL: <{EX}S> is recursive",)
    assert f"note: {report.notes[0]}" in report.text()
    assert {one[:2] for one in told(report)} == {("a", "Node"), ("d", "Datatype")}


def test_targets_of_advanced_features_are_left_to_pyshacl() -> None:
    report = judged(
        "ex:a ex:size 1 . ex:b ex:size 2 .",
        """ex:S a sh:NodeShape ; sh:nodeKind sh:Literal ; sh:target [ a sh:SPARQLTarget ;
            sh:select "SELECT ?this WHERE { ?this <https://example.org/size> 2 }" ] .""",
    )
    assert told(report) == [("b", "NodeKind", "b")]
    assert len(report.notes) == 1


def test_severities_and_messages_are_those_of_the_shape() -> None:
    report = judged(
        "ex:a ex:p ex:b .",
        """ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:maxCount 0 ; sh:severity ex:Grave ;
            sh:message "too many"@en , "zu viele"@de .""",
    )
    (result,) = report.results
    assert result.severity == NamedNode(f"{EX}Grave")
    assert {one.language for one in result.messages} == {"en", "de"}
    assert not report.passes


def test_a_result_without_a_message_says_what_its_component_wants() -> None:
    (result,) = judged(
        "ex:a ex:p ex:b .", "ex:S sh:targetNode ex:a ; sh:path ex:p ; sh:maxCount 0 ."
    ).results
    assert result.messages == ()
    assert message(result, "en") == "There are too many values."
    assert message(result, "ar") == "عدد القيم أكثر من المسموح به."


@pytest.mark.parametrize(
    ("shape", "fault"),
    [
        ("sh:path ex:p ; sh:minCount 1 , 2", "sh:minCount has 2 values"),
        ('sh:path ex:p ; sh:minCount "one"', "sh:minCount takes an xsd:integer"),
        ("sh:minCount 1", "sh:minCount needs a sh:path"),
        ("sh:path [] ; sh:maxCount 1", "is not a SHACL property path"),
        ("sh:path ex:p , ex:q", "sh:path has several values"),
        ("sh:nodeKind ex:IRI", "sh:nodeKind takes one of"),
        ("sh:in ex:list", "sh:in takes an RDF list"),
        ("sh:node ex:Typo", "sh:node refers to <https://example.org/Typo>, which is not defined"),
        ("sh:property [ sh:maxCount 1 ]", "which has no sh:path"),
        ("sh:node [ sh:path ex:p ]", "which is a property shape"),
        ('sh:not "ex:T"', "sh:not takes a shape"),
        ('sh:datatype "integer"', "sh:datatype takes an IRI"),
        ("sh:pattern ex:p", "sh:pattern takes a literal"),
        ("sh:languageIn ( ex:en )", "sh:languageIn takes a list of literals"),
        ("sh:severity sh:Warning , sh:Info", "sh:severity takes one IRI"),
        ("sh:sparql [ sh:message 'no query' ]", "sh:select takes one query"),
    ],
)
def test_malformed_shapes_are_named(shape: str, fault: str) -> None:
    with pytest.raises(ShapesError, match=fault) as raised:
        judged("ex:a ex:p 1 .", f"ex:S a sh:NodeShape ; sh:targetNode ex:a ; {shape} .")
    assert f"<{EX}S>" in str(raised.value)


# Parts


SHAPES = """
ex:S sh:targetClass ex:Claim ; sh:path ex:by ; sh:minCount 1 ; sh:class ex:Voice .
ex:T sh:targetClass ex:Voice ; sh:path [ sh:inversePath ex:by ] ; sh:maxCount 1 .
"""


def test_only_what_lies_on_the_base_is_judged() -> None:
    validator = Validator(triples(SHAPES))
    base = validator.base(
        triples("ex:bad a ex:Claim . ex:v a ex:Speaker . ex:Speaker rdfs:subClassOf ex:Voice .")
    )
    report = validator.validate(triples("ex:a a ex:Claim ; ex:by ex:v ."), base=base)
    assert report.conforms
    assert report.focus_nodes == 2
    assert report.triples == 2
    assert not validator.validate(triples("ex:b a ex:Claim ; ex:by ex:w ."), base=base).conforms


def test_a_node_of_the_base_that_a_part_points_to_is_judged_again() -> None:
    validator = Validator(triples(SHAPES))
    base = validator.base(triples("ex:v a ex:Voice . ex:a a ex:Claim ; ex:by ex:v ."))
    report = validator.validate(triples("ex:b a ex:Claim ; ex:by ex:v ."), base=base)
    assert told(report) == [("v", "MaxCount", None)]
    assert report.results[0].component == sh("MaxCountConstraintComponent")


def test_queries_see_the_part_and_its_base() -> None:
    validator = Validator(
        triples("""ex:S a sh:NodeShape ; sh:targetClass ex:Claim ; sh:sparql [ sh:select
        "SELECT $this WHERE { $this <https://example.org/by>/<https://example.org/of> ?x }" ] .""")
    )
    base = validator.base(triples("ex:v ex:of ex:w . ex:c a ex:Claim ; ex:by ex:v ."))
    for _ in range(2):
        report = validator.validate(triples("ex:a a ex:Claim ; ex:by ex:v ."), base=base)
        assert told(report) == [("a", "SPARQL", "a")]


@pytest.mark.parametrize(
    ("pattern", "predicates"),
    [
        ("$this ex:p ?x . ?x a ex:C", {"p", "C"}),
        ("$this ex:p/^ex:q|ex:r+ ?x", {"p", "q", "r"}),
        ("$this <https://example.org/p> 1.5 FILTER NOT EXISTS { $this ex:q true }", {"p", "q"}),
        ("$this ex:p ?x . FILTER (!?x && ?x IN (ex:a, ex:b))", {"p", "a", "b"}),
        ("$this ?p ?o", None),
        ("$this ex:p ?o ; ?q ex:r", None),
        ("ex:a ?p $this", None),
        ("ex:a ?p 5 . $this ex:p ?x", None),
        ("ex:a ?p .5 . $this ex:p ?x", None),
        ("ex:a ?p true . $this ex:p ?x", None),
        ("[] ?p 'x' . $this ex:p ?x", None),
        ("ex:a ?p [ ex:q $this ]", None),
        ("$this !ex:p ?x", None),
        ("$this !(ex:p|ex:q) ?x", None),
        ("$this ex:p* ?x", None),
        ("$this ex:p? ?x", None),
    ],
)
def test_queries_run_on_the_predicates_that_they_look_at(
    pattern: str, predicates: set[str] | None
) -> None:
    query = PreboundQuery.prepare(
        f"SELECT $this ?value WHERE {{ {pattern} }}", "here", "PREFIX ex: <https://example.org/>\n"
    )
    assert (query.read is None) is (predicates is None)
    if query.read is not None and predicates is not None:
        found = query.read.predicates
        ours = {one.value.removeprefix(EX) for one in found if one.value.startswith(EX)}
        assert ours - {""} == predicates


@pytest.mark.parametrize(
    ("pattern", "classes"),
    [
        ("$this ex:p ?x", set()),
        ("$this a ex:C ; ex:p ?x . ?x a ex:D", {"C", "D"}),
        ("$this a ?x", None),
        ("$this a ex:C, ?x", None),
        ("$this a/ex:p ?x", None),
        ("$this ex:p/(ex:q|a) ex:C . $this ex:p ?x", None),
        ("$this <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ?x", None),
    ],
)
def test_queries_run_on_the_classes_that_they_ask_for(
    pattern: str, classes: set[str] | None
) -> None:
    query = PreboundQuery.prepare(
        f"SELECT $this ?x WHERE {{ {pattern} }}", "here", "PREFIX ex: <https://example.org/>\n"
    )
    assert query.read is not None
    for name in ("C", "D", "E"):
        assert query.read.takes(NamedNode(EX + name)) is (classes is None or name in classes)


def test_our_queries_read_only_what_they_name() -> None:
    """Else every article is loaded whole, to validate it."""
    ontology = ROOT / "ontology"
    found = (*read_data(ontology / "shapes"), *read_data(ontology / "prefixes.ttl"))
    read = read_shapes(Columns(found)).queried
    assert read is not None
    assert read.classes is not None
