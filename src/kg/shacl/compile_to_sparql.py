"""``sh:sparql`` constraints, each evaluated once over all nodes instead of once for every node.

SHACL substitutes ``$this`` in a constraint's SELECT by one focus node after the other. Where the
query binds ``$this`` by a triple pattern of its own and has nothing but patterns, filters and
subqueries grouped by ``$this``, the same results come from running it once with ``$this`` left free
and keeping the focus nodes' rows. Only such constraints are taken (:func:`take_constraints`); all
others are left to pySHACL.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import NamedNode, QuerySolutions, Variable

from kg.errors import ShapesError
from kg.rdf.iris import term

if TYPE_CHECKING:
    from collections.abc import Iterator

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
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        query = parseQuery(text)[1]
    except Exception:  # pyparsing's and rdflib's own; pySHACL then says what is wrong
        return False
    return (
        query.name == "SelectQuery"
        and "projection" in query
        and all(
            "evar" not in one and str(one.get("var")) in _RESULTS for one in query["projection"]
        )
        and _given(query) <= _QUERY_PARTS
        and all(_is_plain(part) or _is_grouped_by_this(part) for part in query.where.part)
        and _binds_this(query.where.part)
    )


def _given(query: Any) -> set[str]:
    return {key for key in query if query[key] is not None}


def _is_plain(part: Any) -> bool:
    """Tell whether a part of a body is patterns or a filter, with nothing refused inside."""
    return part.name in _BODY_PARTS and not any(
        inner.name in _REFUSED or inner.name.startswith("Aggregate_") for inner in _parts(part)
    )


def _is_grouped_by_this(part: Any) -> bool:
    """Tell whether a part is ``{ SELECT $this … { patterns with $this } GROUP BY $this }``."""
    import rdflib

    this = rdflib.Variable("this")
    if part.name != "GroupOrUnionGraphPattern" or [one.name for one in part.graph] != ["SubSelect"]:
        return False
    query = part.graph[0]
    return (
        _given(query) == {"projection", "where", "groupby"}
        and any(one.get("var") == this and "evar" not in one for one in query.projection)
        and list(query.groupby.condition) == [this]
        and all(_is_plain(inner) for inner in query.where.part)
        and _binds_this(query.where.part)
    )


def _binds_this(body: Any) -> bool:
    """Tell whether a triple pattern among the parts of a body has ``$this`` at one of its ends."""
    import rdflib

    this = rdflib.Variable("this")
    return any(
        node == this and position % 3 != 1
        for part in body
        if part.name == "TriplesBlock"
        for flat in part.triples
        for position, node in enumerate(flat)
    )


def _parts(value: Any) -> Iterator[Any]:
    """Yield the parts of a parsed query, however deep."""
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(value, CompValue):
        yield value
        for inner in value.values():
            yield from _parts(inner)
    elif isinstance(value, list | tuple) or hasattr(value, "as_list"):
        for inner in value:
            yield from _parts(inner)
