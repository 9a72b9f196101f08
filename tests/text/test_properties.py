"""Properties that hold for any input: spans, folding, dates, YAML, numbers, serialisations."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import rdflib
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.edtf import corners
from kg.errors import DateError, ReadingError
from kg.files.yaml_input import load_yaml
from kg.publish.dumps import dump_files
from kg.rdf.quads import decimal
from kg.sparql.parameters import bind
from kg.sparql.results import Table
from kg.sparql.rq_file import Parameter, RqFile
from kg.text.folding import fold
from kg.text.spans import Span, find_all, merge

settings.register_profile(
    "qawl", max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("qawl")

# Arabic letters, marks, digits of both sets, joiners, direction marks, astral characters.
TEXTS = st.text(st.sampled_from("ابتأإىةگ ًُّـ٠٣۹12 \u200d\u200f\u202e\n\"'\\{}<>#é😀"), max_size=40)
SPANS = st.builds(lambda a, b: Span(min(a, b), max(a, b)), *[st.integers(0, 50)] * 2)


@given(TEXTS, SPANS)
def test_a_quote_is_found_where_it_was_cut(text: str, span: Span) -> None:
    quote = span.of(text)
    hits = find_all(text, quote)
    assert all(hit.of(text) == quote for hit in hits)
    if quote:
        assert Span(span.start, span.start + len(quote)) in hits


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(text).folded
    assert fold(once).folded == once


@given(TEXTS, SPANS)
def test_a_folded_span_leads_back_to_what_folds_to_it(text: str, span: Span) -> None:
    folded = fold(text)
    cut = Span(min(span.start, len(folded.folded)), min(span.end, len(folded.folded)))
    assert fold(folded.raw_span(cut).of(text)).folded == cut.of(folded.folded)


@given(st.lists(SPANS))
def test_merged_spans_are_apart_and_cover_the_same(spans: list[Span]) -> None:
    merged = merge(spans)
    assert all(one.end < other.start for one, other in pairwise(merged))
    covered = {i for span in spans for i in range(span.start, span.end)}
    assert covered == {i for span in merged for i in range(span.start, span.end)}


@given(st.dates(), st.dates(), st.sampled_from(["", "~", "?"]))
def test_corners_of_an_interval_are_its_days_in_order(first, last, mark: str) -> None:
    first, last = sorted((first, last))
    found = corners(f"{first.isoformat()}{mark}/{last.isoformat()}")
    # Nobody can say how far "about" reaches: it bounds nothing.
    start = None if mark == "~" else first.isoformat()
    assert found.earliest_start == found.latest_start == start
    assert found.earliest_end == found.latest_end == last.isoformat()


@given(st.text("0123456789-/.~?%[]{},XYS ", max_size=25))
def test_any_text_is_a_date_or_a_clear_error(text: str) -> None:
    try:
        found = corners(text)
    except DateError as error:
        assert repr(text[:40])[1:-1] in str(error) or "swap" in str(error)
    else:
        if found.earliest_start and found.latest_start and not text.startswith("-"):
            assert found.earliest_start <= found.latest_start


@given(st.binary(max_size=200) | TEXTS.map(str.encode))
def test_any_bytes_are_yaml_data_or_a_clear_error(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "file.yaml"
        path.write_bytes(content)
        try:
            load_yaml(path)
        except ReadingError as error:
            assert str(path) in str(error)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, max_value=10**30))
def test_a_number_keeps_its_value(value: Decimal) -> None:
    literal = decimal(value)
    assert abs(Decimal(literal.value) - value) <= abs(value) * Decimal("1e-15")
    if literal.datatype.value.endswith("decimal"):
        assert Decimal(literal.value) == value


@given(TEXTS.filter(lambda text: bool(text.strip())))
def test_a_parameters_value_stays_a_value(value: str) -> None:
    question = RqFile(
        name="echo",
        title={},
        description={},
        tags=(),
        parameters=(
            Parameter("one", "string", None, {}),
            Parameter("two", "string", None, {}),
        ),
        after=(),
        text="SELECT ?one ?two { VALUES ?one { UNDEF } VALUES ?two { UNDEF } }",
    )
    hostile = f'{value}" }} VALUES ?two {{ "x'
    text = bind(question, {"one": hostile, "two": value}, lambda _: Table((), ()))
    (row,) = ox.Store().query(text)
    assert [row[0].value, row[1].value] == [hostile.strip(), value.strip()]


NODES = st.integers(0, 5).map(lambda n: ox.NamedNode(f"https://w3id.org/qawl/id/claim/a/b/{n}"))
# Characters that XML and N-Quads both carry; control characters are refused by the shapes.
LITERALS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30).flatmap(
    lambda text: st.sampled_from(
        [ox.Literal(text), ox.Literal(text, language="ar"), ox.Literal(True)]
    )
)


@given(st.lists(st.builds(ox.Quad, NODES, NODES, NODES | LITERALS, NODES), max_size=20))
@settings(max_examples=40)
def test_every_dump_says_the_same(quads: list[ox.Quad]) -> None:
    files = dump_files(quads)
    read = {}
    for name, syntax in (("nq", "nquads"), ("trig", "trig"), ("jsonld", "json-ld")):
        dataset = rdflib.Dataset()
        dataset.parse(data=files[f"qawl.{name}"], format=syntax)
        read[name] = set(dataset.quads())
    assert read["nq"] == read["trig"] == read["jsonld"]
    turtle = set(rdflib.Graph().parse(data=files["qawl.ttl"], format="turtle"))
    assert turtle == {quad[:3] for quad in read["nq"]}
    assert dump_files(reversed(quads)) == files
