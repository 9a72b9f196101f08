"""EARL: what came out of which test of a published suite, as a graph that others can collect.

Source: https://www.w3.org/TR/EARL10-Schema/.
"""

from __future__ import annotations

import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, DOAP, RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["EARL", "earl_report", "write_earl_report"]

EARL = Namespace("http://www.w3.org/ns/earl#")
SUBJECT = URIRef("https://w3id.org/qawl/")


def _version() -> str:
    try:
        return version("qawl")
    except PackageNotFoundError:
        return "0"


def earl_report(outcomes: Mapping[str, bool]) -> Graph:
    """Return the report of a run.

    :param outcomes: whether each test passed, by the test's IRI.
    """
    report = Graph()
    report.bind("earl", EARL)
    report.bind("doap", DOAP)
    release = BNode()
    report.add((SUBJECT, RDF.type, EARL.TestSubject))
    report.add((SUBJECT, RDF.type, EARL.Software))
    report.add((SUBJECT, RDF.type, DOAP.Project))
    report.add((SUBJECT, DOAP.name, Literal("Qawl")))
    report.add((SUBJECT, DOAP["programming-language"], Literal("Python")))
    report.add((SUBJECT, DOAP.release, release))
    report.add((release, RDF.type, DOAP.Version))
    report.add((release, DOAP.revision, Literal(_version())))
    now = Literal(
        datetime.datetime.now(datetime.UTC).isoformat("T", "seconds"), datatype=XSD.dateTime
    )
    for test, passed in outcomes.items():
        assertion, result = BNode(), BNode()
        report.add((assertion, RDF.type, EARL.Assertion))
        report.add((assertion, EARL.assertedBy, SUBJECT))
        report.add((assertion, EARL.subject, SUBJECT))
        report.add((assertion, EARL.test, URIRef(test)))
        report.add((assertion, EARL.mode, EARL.automatic))
        report.add((assertion, EARL.result, result))
        report.add((result, RDF.type, EARL.TestResult))
        report.add((result, EARL.outcome, EARL.passed if passed else EARL.failed))
        report.add((result, DCTERMS.date, now))
    return report


def write_earl_report(outcomes: Mapping[str, bool], path: Path) -> None:
    """Write the report of a run as Turtle."""
    path.parent.mkdir(parents=True, exist_ok=True)
    earl_report(outcomes).serialize(path, format="turtle", encoding="utf-8")
