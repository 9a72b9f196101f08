"""``sh:sparql`` constraints, each evaluated once over all nodes instead of once for every node.

SHACL substitutes ``$this`` in a constraint's SELECT by one focus node after the other. Where the
query binds ``$this`` by a triple pattern of its own and has nothing but patterns and filters, the
same results come from running it once with ``$this`` left free and keeping the focus nodes' rows.
Only such constraints are taken (:func:`take_constraints`); all others are left to pySHACL.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import NamedNode, QuerySolutions, Variable

from kg.errors import ShapesError
from kg.iris import term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import rdflib
    from pyoxigraph import BlankNode, Literal, Store

__all__ = ["SetConstraint", "take_constraints"]

_SH: Final = "http://www.w3.org/ns/shacl#"
_TARGETS: Final = ("targetClass", "targetSubjectsOf", "targetObjectsOf")
# What a query may have besides a body: its variables, and DISTINCT. No group, order or limit.
_QUERY_PARTS: Final = frozenset({"projection", "where", "modifier"})
_BODY_PARTS: Final = frozenset({"TriplesBlock", "Filter"})
# These mean something else, or are not allowed at all, where $this is not substituted beforehand.
_REFUSED: Final = frozenset(
    {
        "SubSelect", "ServiceGraphPattern", "MinusGraphPattern", "InlineData", "GraphGraphPattern",
    }
)  # fmt: skip
_RESULTS: Final = frozenset({"this", "value", "path"})


@dataclass(frozen=True, slots=True)
class SetConstraint:
    """A constraint that can be evaluated over all focus nodes at once."""

    shape: rdflib.term.Node
    node: rdflib.term.Node
    query: str
    targets: tuple[tuple[str, NamedNode], ...]

    def focus_nodes(self, store: Store) -> set[NamedNode | BlankNode | Literal]:
        """Return the focus nodes of the shape that the constraint belongs to."""
        found: set[Any] = set()
        for kind, iri in self.targets:
            if kind == "targetClass":
                for one in _subclasses(store, iri):
                    pattern = store.quads_for_pattern(None, term("rdf:type"), one)
                    found.update(quad.subject for quad in pattern)
            elif kind == "targetSubjectsOf":
                found.update(quad.subject for quad in store.quads_for_pattern(None, iri, None))
            else:
                found.update(quad.object for quad in store.quads_for_pattern(None, iri, None))
        return found

    def violations(
        self, store: Store
    ) -> Iterator[tuple[Any, NamedNode | None, NamedNode | BlankNode | Literal]]:
        """Yield focus node, path and value of each violation; the store has a default graph only.

        :raises ShapesError: the query cannot be evaluated.
        """
        focus = self.focus_nodes(store)
        this, path, value = (Variable(name) for name in ("this", "path", "value"))
        seen = set()
        try:
            rows = store.query(self.query)
            assert isinstance(rows, QuerySolutions)
            known = {variable.value for variable in rows.variables}
            for row in rows:
                node = row[this] if "this" in known else None
                if node not in focus:
                    continue
                found = row[value] if "value" in known else None
                where = row[path] if "path" in known else None
                result = (
                    node,
                    where if isinstance(where, NamedNode) else None,
                    node if found is None else found,
                )
                if result not in seen:
                    seen.add(result)
                    yield result
        except (SyntaxError, OSError, ValueError, RuntimeError) as error:
            raise ShapesError(
                f"{self.node}: the constraint's query fails: {error}; correct its sh:select"
            ) from error


def _subclasses(store: Store, top: NamedNode) -> set[NamedNode]:
    found, waiting = {top}, [top]
    while waiting:
        for quad in store.quads_for_pattern(None, term("rdfs:subClassOf"), waiting.pop()):
            if isinstance(quad.subject, NamedNode) and quad.subject not in found:
                found.add(quad.subject)
                waiting.append(quad.subject)
    return found


def take_constraints(shapes: rdflib.Graph) -> tuple[SetConstraint, ...]:
    """Remove from the shapes, and return, the constraints that can be evaluated over sets."""
    import rdflib

    sh = rdflib.Namespace(_SH)
    taken = []
    for shape, node in sorted(shapes.subject_objects(sh.sparql), key=str):
        if (shape, sh.path, None) in shapes or (shape, sh.deactivated, None) in shapes:
            continue
        if (None, None, shape) in shapes:
            continue  # other shapes ask whether nodes conform to this one
        targets = _targets(shapes, shape)
        query = _query(shapes, node)
        if targets and query is not None:
            taken.append(SetConstraint(shape, node, query, targets))
    for constraint in taken:
        shapes.remove((constraint.shape, sh.sparql, constraint.node))
    return tuple(taken)


def _targets(
    shapes: rdflib.Graph, shape: rdflib.term.Node
) -> tuple[tuple[str, NamedNode], ...] | None:
    from rdflib import OWL, RDF, RDFS, Namespace

    sh = Namespace(_SH)
    others = (sh.targetNode, sh.target, sh.rule)
    if any((shape, one, None) in shapes for one in others):
        return None
    if any((shape, RDF.type, one) in shapes for one in (RDFS.Class, OWL.Class)):
        return None
    return tuple(
        (kind, NamedNode(iri))
        for kind in _TARGETS
        for iri in sorted(map(str, shapes.objects(shape, sh[kind])))
    )


def _query(shapes: rdflib.Graph, node: rdflib.term.Node) -> str | None:
    from rdflib import Literal, Namespace

    sh = Namespace(_SH)
    if (node, sh.deactivated, None) in shapes or (node, sh.ask, None) in shapes:
        return None
    selects = list(shapes.objects(node, sh.select))
    if len(selects) != 1 or not isinstance(selects[0], Literal):
        return None
    declarations = sorted(
        (str(shapes.value(one, sh.prefix)), str(shapes.value(one, sh.namespace)))
        for source in shapes.objects(node, sh.prefixes)
        for one in shapes.objects(source, sh.declare)
    )
    text = "".join(f"PREFIX {name}: <{base}>\n" for name, base in declarations) + str(selects[0])
    return text if _works_on_sets(text) else None


@lru_cache(maxsize=256)
def _works_on_sets(text: str) -> bool:
    """Tell whether a SELECT means the same with ``$this`` free as with it substituted."""
    import rdflib
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        query = parseQuery(text)[1]
    except Exception:  # pyparsing's and rdflib's own; pySHACL then says what is wrong
        return False
    if query.name != "SelectQuery" or not _QUERY_PARTS.issuperset(
        key for key in query if query[key] is not None
    ):
        return False
    names = {part.name for part in _parts(query)}
    if names & _REFUSED or any(name.startswith("Aggregate_") for name in names):
        return False
    if "projection" not in query or not all(
        str(getattr(one, "var", None)) in _RESULTS and "evar" not in one for one in query.projection
    ):
        return False
    body = query.where.get("part", [])
    if not _BODY_PARTS.issuperset(part.name for part in body):
        return False
    this = rdflib.Variable("this")
    return any(
        term == this and position % 3 != 1
        for part in body
        if part.name == "TriplesBlock"
        for flat in part.triples
        for position, term in enumerate(flat)
    )


def _parts(value: Any) -> Iterable[Any]:
    """Yield the parts of a parsed query, however deep."""
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(value, CompValue):
        yield value
        for inner in value.values():
            yield from _parts(inner)
    elif isinstance(value, list | tuple) or hasattr(value, "asList"):
        for inner in value:
            yield from _parts(inner)
