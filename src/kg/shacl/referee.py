"""pySHACL as a second opinion: the same shapes and data, validated by another engine.

It also validates the shapes that Qawl's engine cannot: recursive shapes, which the specification
leaves undefined, and shapes that use SHACL extensions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pyoxigraph import Literal, Triple

from kg.errors import ShapesError
from kg.shacl.columns import Columns
from kg.shacl.model import Result
from kg.shacl.paths import read_path
from kg.shacl.vocabulary import SH, sh

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import rdflib

    from kg.shacl.vocabulary import Node

__all__ = ["judge_by_pyshacl"]

_RESULT = sh("result")
_TARGETS = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "target")


def judge_by_pyshacl(
    data: Iterable[Triple], shapes: Iterable[Triple], without: Collection[Node] = ()
) -> tuple[Result, ...]:
    """Validate with pySHACL.

    :param without: shapes whose targets are ignored.
    :raises ShapesError: pySHACL cannot evaluate the shapes, or a term uses RDF 1.2.
    """
    from pyshacl import validate

    from kg.rdf.rdflib_terms import Terms, quiet_about_literals

    terms = Terms()
    with quiet_about_literals():
        graph = terms.graph(shapes)
        _prepare(graph)
        for node in without:
            _aim_at_nothing(graph, terms.there(node))
        try:
            _, report, _ = validate(
                terms.graph(data), shacl_graph=graph, inplace=True, advanced=True
            )
        except Exception as error:  # rdflib's SPARQL raises plain Exception
            report = error
        if isinstance(report, Exception):
            raise ShapesError(
                f"pySHACL cannot evaluate the shapes: {report}; correct the shapes, or the "
                "value it names"
            ) from report
        triples = [Triple(*map(terms.back, triple)) for triple in report]
    return _results(Columns(triples))


def _prepare(shapes: rdflib.Graph) -> None:
    """Make explicit what SHACL implies about shapes and pySHACL does not infer."""
    import rdflib

    prefix = rdflib.Namespace(SH)
    # sh:declare may be in an ontology that another one imports (5.2.1).
    for source in set(shapes.objects(None, prefix.prefixes)):
        for imported in set(shapes.transitive_objects(source, rdflib.OWL.imports)):
            for declaration in set(shapes.objects(imported, prefix.declare)):
                shapes.add((source, prefix.declare, declaration))
    # Boolean parameters are on only for "true", not "1" (W3C test uniqueLang-002).
    one = rdflib.Literal("1", datatype=rdflib.XSD.boolean, normalize=False)
    for name in ("closed", "deactivated", "uniqueLang"):
        shapes.remove((None, prefix[name], one))


def _aim_at_nothing(shapes: rdflib.Graph, node: Any) -> None:
    import rdflib

    for name in _TARGETS:
        shapes.remove((node, rdflib.Namespace(SH)[name], None))
    for cls in list(shapes.objects(node, rdflib.RDF.type)):
        if not str(cls).startswith(SH):
            shapes.remove((node, rdflib.RDF.type, cls))


def _results(report: Columns) -> tuple[Result, ...]:
    def one(node: Any, name: str) -> Any:
        return next(iter(report.values(node, sh(name))), None)

    found = []
    # Only the report's own results: pySHACL also writes those of nested shapes, under sh:detail.
    for node in (two for top in report.subjects(_RESULT) for two in report.values(top, _RESULT)):
        path = one(node, "resultPath")
        messages = report.values(node, sh("resultMessage"))
        found.append(
            Result(
                focus=one(node, "focusNode"),
                path=None if path is None else read_path(report, path),
                value=one(node, "value"),
                shape=one(node, "sourceShape"),
                component=one(node, "sourceConstraintComponent"),
                constraint=one(node, "sourceConstraint"),
                severity=one(node, "resultSeverity"),
                messages=tuple(x for x in sorted(messages, key=str) if isinstance(x, Literal)),
            )
        )
    return tuple(found)
