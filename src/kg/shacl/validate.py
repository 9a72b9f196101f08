"""Validation: a graph is judged by the SHACL shapes of ``ontology/shapes``, or by others.

pySHACL evaluates the core constraints. It parses a ``sh:sparql`` constraint's query anew for every
focus node, so :mod:`kg.shacl.compile_to_sparql` evaluates those that it can on Oxigraph, all nodes
at once. The graph is taken as one: named graphs are merged, and vocabularies, entities and readings
must be in it together.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Store, Triple, parse

from kg.errors import ShapesError
from kg.files import shipped
from kg.rdf.iris import digest
from kg.rdf.read import refuse_deep_rdf
from kg.shacl.compile_to_sparql import take_constraints
from kg.shacl.report import ShapePath, ValidationReport, Violation, prefixed
from kg.store.builds import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import rdflib

    from kg.rdf.rdflib_terms import Terms

__all__ = ["ValidationReport", "Violation", "validate"]

_SH: Final = "http://www.w3.org/ns/shacl#"

Data = Store | Path | str | Iterable[Quad | Triple]


def validate(data: Data, shapes: Data | None = None) -> ValidationReport:
    """Validate a graph against SHACL shapes; it conforms where there is no ``sh:Violation``.

    :param data: a store, quads or triples, or the path of an RDF file.
    :param shapes: the same, or a folder of Turtle files; default Qawl's own shapes. Our prefixes
        may be used in ``sh:sparql`` through ``sh:prefixes <https://w3id.org/qawl/prefixes>``.
    :raises ShapesError: the shapes or the data cannot be read, or the shapes are malformed.
    """
    triples = _read(data)
    if shapes is None:
        shapes = shipped.ontology_dir() / "shapes"
    prefixes = shipped.ontology_dir() / "prefixes.ttl"
    from kg.rdf.rdflib_terms import Terms, quiet_about_literals

    terms = Terms()
    with quiet_about_literals():
        shapes_graph = terms.graph({*_read(shapes), *_read(prefixes)})
        _prepare(shapes_graph)
        return _Validation(triples, shapes_graph, terms).run()


def _read(data: Data) -> set[Triple]:
    if isinstance(data, str | Path):
        path = Path(data)
        if path.is_dir():
            files = sorted(path.glob("*.ttl"))
            if not files:
                raise ShapesError(f"{path}: has no Turtle files (*.ttl); name another folder")
            return {triple for file in files for triple in _parse(file)}
        return set(_parse(path))
    return {one.triple if isinstance(one, Quad) else one for one in data}


def _parse(path: Path) -> Iterator[Triple]:
    rdf_format: RdfFormat | None = FORMATS.get(path.suffix)
    if rdf_format is None:
        raise ShapesError(f"{path}: the ending is not one of {', '.join(FORMATS)}; rename it")
    try:
        refuse_deep_rdf(path, ShapesError)
        # Blank nodes of two files are never the same.
        for quad in parse(path=path, format=rdf_format, rename_blank_nodes=True):
            yield quad.triple
    except OSError as error:
        raise ShapesError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (SyntaxError, ValueError) as error:
        place = f"{path}:{line}" if (line := getattr(error, "lineno", None)) else str(path)
        raise ShapesError(f"{place}: is not {rdf_format.name}: {error}; correct it") from error


def _prepare(shapes: rdflib.Graph) -> None:
    """Say outright what SHACL says of shapes and pySHACL does not look for."""
    import rdflib

    sh = rdflib.Namespace(_SH)
    # Prefixes may be declared by what an ontology imports.
    for source in set(shapes.objects(None, sh.prefixes)):
        for imported in set(shapes.transitive_objects(source, rdflib.OWL.imports)):
            for declaration in set(shapes.objects(imported, sh.declare)):
                shapes.add((source, sh.declare, declaration))
    # A switch is on where it is "true", not where it is "1".
    one = rdflib.Literal("1", datatype=rdflib.XSD.boolean, normalize=False)
    for name in ("closed", "deactivated", "uniqueLang"):
        shapes.remove((None, sh[name], one))


def _without_words(shapes: rdflib.Graph) -> rdflib.Graph:
    """Leave out what constrains nothing: pySHACL goes through it at every node, at great cost."""
    import rdflib

    sh = rdflib.Namespace(_SH)
    words = {sh.name, sh.description, sh.message, sh.severity, sh.order, sh.group}
    bare = rdflib.Graph(bind_namespaces="none")
    for triple in shapes:
        if triple[1] not in words:
            bare.add(triple)
    return bare


class _Validation:
    def __init__(self, triples: set[Triple], shapes: rdflib.Graph, terms: Terms) -> None:
        import rdflib

        self.sh = rdflib.Namespace(_SH)
        self.triples = triples
        self.shapes = shapes
        self.terms = terms
        self.paths: dict[str, ShapePath] = {}

    def run(self) -> ValidationReport:
        found = {*self._sparql(), *self._core()}
        violations = tuple(sorted(found, key=lambda one: one.sort_key))
        return ValidationReport(
            conforms=all(one.rank > 0 for one in violations),
            violations=violations,
            triples=len(self.triples),
            shapes=sum(1 for _ in self._targeted()),
            paths=self.paths,
        )

    def _targeted(self) -> Iterator[Any]:
        targets = ("targetClass", "targetNode", "targetSubjectsOf", "targetObjectsOf", "target")
        found = {s for one in targets for s in self.shapes.subjects(self.sh[one], None)}
        return iter(found)

    def _sparql(self) -> Iterator[Violation]:
        constraints = take_constraints(self.shapes)
        if not constraints:
            return
        store = Store()
        store.extend(Quad(one.subject, one.predicate, one.object) for one in self.triples)
        component = f"{_SH}SPARQLConstraintComponent"
        for constraint in constraints:
            for focus, path, value in constraint.violations(store):
                yield self._violation(
                    focus, path and self.terms.there(path), value,
                    constraint.shape, component, constraint.node,
                )  # fmt: skip

    def _core(self) -> Iterator[Violation]:
        from pyshacl import validate as pyshacl_validate

        data, shapes = self.terms.graph(self.triples), _without_words(self.shapes)
        try:
            _, report, _ = pyshacl_validate(data, shacl_graph=shapes, inplace=True)
        except Exception as error:  # rdflib's SPARQL raises bare ones
            raise ShapesError(
                f"the shapes cannot be evaluated: {error}; correct the shapes, or the value named"
            ) from error
        if isinstance(report, Exception):
            raise ShapesError(f"the shapes cannot be evaluated: {report}; correct them")
        for result in report.objects(None, self.sh.result):

            def told(name: str, result: Any = result) -> Any:
                return report.value(result, self.sh[name])

            value = told("value")
            yield self._violation(
                self.terms.back(told("focusNode")),
                told("resultPath"),
                None if value is None else self.terms.back(value),
                told("sourceShape"),
                str(told("sourceConstraintComponent")),
                told("sourceConstraint"),
                tuple(report.objects(result, self.sh.resultMessage)),
                report,
            )

    def _violation(
        self,
        focus: Any,
        path: Any,
        value: Any,
        shape: Any,
        component: str,
        constraint: Any,
        messages: tuple[Any, ...] = (),
        paths: rdflib.Graph | None = None,
    ) -> Violation:
        bound = {"this": focus, "value": value, "path": path and self.terms.back(path)}
        english, arabic = (
            self._message(language, shape, constraint, messages, bound) for language in ("en", "ar")
        )
        severity = str(self.shapes.value(shape, self.sh.severity)).removeprefix(_SH)
        return Violation(
            focus=focus,
            path=None if path is None else self._path(path, paths or self.shapes),
            value=value,
            message_en=english or arabic,
            message_ar=arabic or english,
            severity="Violation" if severity == "None" else severity,
            shape=_name(shape),
            component=component,
            constraint=None if constraint is None else _name(constraint),
        )

    def _message(
        self,
        language: str,
        shape: Any,
        constraint: Any,
        generated: tuple[Any, ...],
        bound: Mapping[str, Any],
    ) -> str:
        """Return the constraint's message in a language, else the shape's, else the engine's."""
        declared = [
            sorted(self.shapes.objects(node, self.sh.message), key=str)
            for node in (constraint, shape)
            if node is not None
        ]
        for messages in (*declared, sorted(generated, key=str)):
            for wanted in (language, None):
                for message in messages:
                    if message.language == wanted:
                        return _filled(str(message), bound) if constraint else str(message)
        return ""

    def _path(self, node: Any, graph: rdflib.Graph) -> str:
        """Return a path as SPARQL writes it, and keep the triples of one that is not an IRI."""
        text = self._path_text(node, graph)
        import rdflib

        if not isinstance(node, rdflib.URIRef) and text not in self.paths:
            names: dict[Any, Any] = {}
            triples: list[Triple] = []
            root = self._copy(node, graph, f"path{digest(text)}n", names, triples)
            self.paths[text] = ShapePath(root, tuple(triples))
        return text

    def _path_text(self, node: Any, graph: rdflib.Graph, inner: bool = False) -> str:
        import rdflib

        if isinstance(node, rdflib.URIRef):
            return prefixed(str(node))
        members: Any = None
        if (node, rdflib.RDF.first, None) in graph:
            members, sign = node, "/"
        elif (members := graph.value(node, self.sh.alternativePath)) is not None:
            sign = "|"
        if members is not None:
            parts = (self._path_text(one, graph, True) for one in graph.items(members))
            text = sign.join(parts)
            return f"({text})" if inner else text
        if (one := graph.value(node, self.sh.inversePath)) is not None:
            return f"^{self._path_text(one, graph, True)}"
        for name, sign in (("zeroOrMore", "*"), ("oneOrMore", "+"), ("zeroOrOne", "?")):
            if (one := graph.value(node, self.sh[f"{name}Path"])) is not None:
                return f"{self._path_text(one, graph, True)}{sign}"
        raise ShapesError(f"{node}: is not a SHACL property path; correct its sh:path")

    def _copy(
        self,
        node: Any,
        graph: rdflib.Graph,
        prefix: str,
        names: dict[Any, Any],
        triples: list[Triple],
    ) -> Any:
        import rdflib

        if not isinstance(node, rdflib.BNode):
            return self.terms.back(node)
        if node not in names:
            names[node] = BlankNode(f"{prefix}{len(names)}")
            for predicate, value in sorted(graph.predicate_objects(node), key=str):
                copied = self._copy(value, graph, prefix, names, triples)
                triples.append(Triple(names[node], NamedNode(str(predicate)), copied))
        return names[node]


def _name(node: Any) -> str:
    import rdflib

    return f"_:{node}" if isinstance(node, rdflib.BNode) else str(node)


def _filled(message: str, bound: Mapping[str, Any]) -> str:
    for name, node in bound.items():
        if node is not None:
            message = message.replace(f"{{?{name}}}", prefixed(node))
            message = message.replace(f"{{${name}}}", prefixed(node))
    return message
