"""pySHACL, the second opinion: the same shapes and data, judged by another's engine.

It is also what judges shapes that the engine leaves: recursive ones, which the recommendation does
not define, and those with parts of SHACL's extensions.
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
    """Validate by pySHACL.

    :param without: shapes whose targets are left out.
    :raises ShapesError: pySHACL cannot evaluate the shapes, or a term is of RDF 1.2.
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
        except Exception as error:  # rdflib's SPARQL raises bare ones
            report = error
        if isinstance(report, Exception):
            raise ShapesError(
                f"the shapes cannot be evaluated by pySHACL: {report}; correct the shapes, or the "
                "value named"
            ) from report
        triples = [Triple(*map(terms.back, triple)) for triple in report]
    return _results(Columns(triples))


def _prepare(shapes: rdflib.Graph) -> None:
    """Say outright what SHACL says of shapes and pySHACL does not look for."""
    import rdflib

    prefix = rdflib.Namespace(SH)
    # Prefixes may be declared by what an ontology imports (5.2.1).
    for source in set(shapes.objects(None, prefix.prefixes)):
        for imported in set(shapes.transitive_objects(source, rdflib.OWL.imports)):
            for declaration in set(shapes.objects(imported, prefix.declare)):
                shapes.add((source, prefix.declare, declaration))
    # A switch is on where it is "true", not where it is "1" (W3C test uniqueLang-002).
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
    # Only those of the report: pySHACL also writes results of nested shapes, under sh:detail.
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
