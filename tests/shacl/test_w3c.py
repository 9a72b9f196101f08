"""The W3C's test suite for SHACL: every report exactly, ``sh:conforms`` and equal results included.

A run writes its outcome as an EARL report to ``build/``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from earl_report import write_earl_report
from examples import ROOT
from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, parse

from kg.errors import ShapesError
from kg.shacl.columns import Columns
from kg.shacl.paths import read_path
from kg.shacl.validate import validate
from kg.shacl.vocabulary import SH, sh

if TYPE_CHECKING:
    from collections.abc import Mapping

SUITE = ROOT.parent / "shared" / "w3c" / "shacl"
REPORT = ROOT / "build" / "earl-shacl.ttl"
MF = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#"
SHT = "http://www.w3.org/ns/shacl-test#"
#: Where the suite's names live in the W3C's own implementation report.
TESTS = "urn:x-shacl-test:/"

pytestmark = [
    pytest.mark.w3c,
    pytest.mark.xdist_group("w3c-shacl"),
    pytest.mark.skipif(not SUITE.exists(), reason="the W3C test suite is not here"),
]


def _names() -> list[str]:
    found = (path for path in SUITE.rglob("*.ttl") if b"sht:Validate" in path.read_bytes())
    return sorted(path.relative_to(SUITE).with_suffix("").as_posix() for path in found)


NAMES = _names()


@cache
def _load(iri: NamedNode) -> list[Quad]:
    path = iri.value.removeprefix("file://")
    return list(parse(path=path, format=RdfFormat.TURTLE, base_iri=iri.value))


@dataclass(frozen=True)
class Told:
    """What a graph says of a result; blank nodes are alike."""

    properties: tuple[tuple[str, str], ...]
    path: Any
    messages: tuple[str, ...]


NAMED = ("focusNode", "value", "resultSeverity", "sourceConstraintComponent", "sourceShape",
         "sourceConstraint")  # fmt: skip


def told(graph: Columns, result: Any, mentioned: frozenset[str]) -> Told:
    """Read a result, leaving out what the expected report says of none."""
    paths = graph.values(result, sh("resultPath"))
    return Told(
        tuple(
            (name, "_" if isinstance(one, BlankNode) else str(one))
            for name in NAMED
            if name in mentioned
            for one in graph.values(result, sh(name))
        ),
        read_path(graph, paths[0]) if paths else None,
        tuple(sorted(map(str, graph.values(result, sh("resultMessage")))))
        if "resultMessage" in mentioned
        else (),
    )


def results_of(graph: Columns, report: Any, mentioned: frozenset[str]) -> Counter[Told]:
    return Counter(told(graph, one, mentioned) for one in graph.values(report, sh("result")))


def run(name: str) -> None:
    """Run a test.

    :raises AssertionError: the report is not the expected one.
    """
    iri = NamedNode((SUITE / f"{name}.ttl").as_uri())
    manifest = Columns(_load(iri))

    def one_of(subject: Any, predicate: str) -> Any:
        return next(iter(manifest.values(subject, NamedNode(predicate))))

    (test,) = manifest.instances(NamedNode(f"{SHT}Validate"))
    action, expected = one_of(test, f"{MF}action"), one_of(test, f"{MF}result")
    data = _load(one_of(action, f"{SHT}dataGraph"))
    shapes = _load(one_of(action, f"{SHT}shapesGraph"))
    if expected == NamedNode(f"{SHT}Failure"):
        with pytest.raises(ShapesError):
            validate(data, shapes)
        return
    mentioned = frozenset(
        predicate.value.removeprefix(SH)
        for result in manifest.values(expected, sh("result"))
        for predicate in manifest.predicates(result)
    )
    report = validate(data, shapes)
    assert not report.notes
    written = Columns(report.graph())
    (root,) = written.instances(sh("ValidationReport"))
    assert results_of(written, root, mentioned) == results_of(manifest, expected, mentioned)
    assert written.values(root, sh("conforms")) == manifest.values(expected, sh("conforms"))


@pytest.fixture(scope="module")
def outcomes() -> Mapping[str, BaseException | None]:
    """Run all tests and write the report."""
    found: dict[str, BaseException | None] = {}
    for name in NAMES:
        try:
            run(name)
        # pytest.raises fails with an exception that is none of Exception's.
        except (Exception, pytest.fail.Exception) as failure:
            found[name] = failure
        else:
            found[name] = None
    write_earl_report({TESTS + name: failure is None for name, failure in found.items()}, REPORT)
    return found


@pytest.mark.parametrize("name", NAMES)
def test_the_suite(outcomes: Mapping[str, BaseException | None], name: str) -> None:
    if failure := outcomes[name]:
        raise failure


def test_the_whole_suite_is_here() -> None:
    assert len(NAMES) == 121
