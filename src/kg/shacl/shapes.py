"""Shapes read from a graph: every parameter checked, every constraint made ready to be evaluated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import ShapesError
from kg.shacl import core
from kg.shacl.literals import is_well_formed
from kg.shacl.model import Shape, Target, TargetKind
from kg.shacl.paths import Predicate, read_path
from kg.shacl.regexes import Regex
from kg.shacl.sparql_reader import component_constraints, read_components, sparql_constraint
from kg.shacl.vocabulary import XSD, rdf, rdfs, sh, xsd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kg.shacl.columns import Columns
    from kg.shacl.model import Constraint
    from kg.shacl.paths import Path
    from kg.shacl.vocabulary import Node, Term

    Read = Iterator[Constraint]

__all__ = ["ShapeSet", "read_shapes"]

_TYPE: Final = rdf("type")
_CLASS: Final = rdfs("Class")
_PATH: Final = sh("path")
_TRUE: Final = Literal("true", datatype=xsd("boolean"))
_KINDS: Final[Mapping[Term, tuple[type[NamedNode | BlankNode | Literal], ...]]] = {
    sh("IRI"): (NamedNode,),
    sh("BlankNode"): (BlankNode,),
    sh("Literal"): (Literal,),
    sh("BlankNodeOrIRI"): (BlankNode, NamedNode),
    sh("BlankNodeOrLiteral"): (BlankNode, Literal),
    sh("IRIOrLiteral"): (NamedNode, Literal),
}
#: What SHACL's extensions (Advanced Features, JavaScript) add to the validation of a shape.
_BEYOND: Final = tuple(map(sh, ("target", "expression", "js")))


@dataclass(frozen=True)
class ShapeSet:
    """The shapes of a graph.

    ``targeted`` are those that have focus nodes of their own; ``shared`` those that others name
    more than once, or that only conformance is asked of; ``left`` those of ``targeted`` that this
    engine cannot evaluate, each with the reason.
    """

    graph: Columns
    shapes: Mapping[Node, Shape]
    targeted: tuple[Shape, ...]
    left: Mapping[Node, str]


def read_shapes(graph: Columns, show: Callable[[Term], str] = str) -> ShapeSet:
    """Read all shapes of a graph.

    :param show: how a message writes a term in place of ``{?value}``.
    :raises ShapesError: a shape is malformed; the message names it and its parameter.
    """
    reader = _Reader(graph, show)
    found = reader.read_all()
    targeted = tuple(one for one in found.values() if one.targets and not one.deactivated)
    left: dict[Node, str] = {}
    for shape in targeted:
        if reason := _reason(shape, found):
            left[shape.node] = reason
    return ShapeSet(graph, found, targeted, left)


def _reason(top: Shape, shapes: Mapping[Node, Shape]) -> str:
    """Return why a shape cannot be evaluated here, or nothing."""
    done: set[Node] = set()
    # Depth first, with a mark for the way back, so that a shape above itself is seen.
    above: list[Node] = []
    waiting: list[tuple[Node, bool]] = [(top.node, False)]
    while waiting:
        node, leaving = waiting.pop()
        if leaving:
            above.pop()
            done.add(node)
        elif node in above:
            return f"{node} is recursive"
        elif node not in done:
            if shapes[node].beyond:
                return f"{node} has {', '.join(shapes[node].beyond)}"
            above.append(node)
            waiting.append((node, True))
            waiting += ((one, False) for one in sorted(shapes[node].refers, key=str))
    return ""


class _Reader:
    """Reads shapes, each once, and those that they refer to."""

    def __init__(self, graph: Columns, show: Callable[[Term], str]) -> None:
        self.graph = graph
        self.show = show
        self.found: dict[Node, Shape] = {}
        self.components = read_components(graph)

    def read_all(self) -> dict[Node, Shape]:
        waiting = sorted(self._candidates(), key=str)
        while waiting:
            node = waiting.pop()
            if node not in self.found:
                shape = self._shape(node)
                self.found[node] = shape
                waiting += shape.refers
        return self.found

    def _candidates(self) -> set[Node]:
        graph = self.graph
        found: set[Any] = set()
        for kind in ("NodeShape", "PropertyShape"):
            found |= graph.instances(sh(kind))
        for kind in TargetKind:
            found.update(graph.subjects(kind.value))
        found.update(graph.subjects(sh("target")))
        classes = graph.instances(_CLASS)
        for name in _PARAMETERS:
            found |= classes.intersection(graph.subjects(sh(name)))
        return found

    def _shape(self, node: Node) -> Shape:
        graph = self.graph
        try:
            paths = graph.values(node, _PATH)
            if len(paths) > 1:
                raise ShapesError("sh:path has several values; a property shape has one")
            path = read_path(graph, paths[0]) if paths else None
            constraints: list[Constraint] = []
            refers: set[Node] = set()
            for predicate in graph.predicates(node):
                make = _READERS.get(predicate)
                if make is not None:
                    for one in make(self, node, graph.values(node, predicate)):
                        constraints.append(one)
                        refers.update(_named_by(one))
                elif predicate == _SPARQL:
                    for source in graph.values(node, predicate):
                        one = sparql_constraint(graph, node, source, path, self.show)
                        if one is not None:
                            constraints.append(one)
            constraints += component_constraints(graph, node, path, self.components, self.show)
            if path is None:
                for constraint in constraints:
                    if isinstance(constraint, _PROPERTY_ONLY):
                        raise ShapesError(f"{constraint.component} needs a sh:path")
            return Shape(
                node=node,
                path=path,
                targets=tuple(self._targets(node)),
                constraints=tuple(constraints),
                severity=self._severity(node),
                messages=tuple(
                    one
                    for one in sorted(graph.values(node, sh("message")), key=str)
                    if isinstance(one, Literal)
                ),
                deactivated=_TRUE in graph.values(node, sh("deactivated")),
                refers=frozenset(refers),
                beyond=tuple(
                    f"sh:{one.value.rpartition('#')[2]}"
                    for one in _BEYOND
                    if graph.values(node, one)
                ),
            )
        except ShapesError as error:
            raise ShapesError(f"{node}: {error}") from error

    def _targets(self, node: Node) -> Iterator[Target]:
        for kind in TargetKind:
            for one in self.graph.values(node, kind.value):
                if kind is not TargetKind.NODE and not isinstance(one, NamedNode):
                    raise ShapesError(f"{one}: is no IRI; sh:{kind.value.value} takes IRIs")
                yield Target(kind, one)
        if isinstance(node, NamedNode) and node in self.graph.instances(_CLASS):
            yield Target(TargetKind.CLASS, node)

    def _severity(self, node: Node) -> NamedNode:
        found = self.graph.values(node, sh("severity")) or [sh("Violation")]
        if len(found) > 1 or not isinstance(found[0], NamedNode):
            raise ShapesError("sh:severity takes one IRI; correct it")
        return found[0]

    # Parameters

    def number(self, node: Node, name: str, default: int) -> int:
        """Return the value of a parameter that is a whole number."""
        values = self.graph.values(node, sh(name))
        return default if not values else _number(name, values)

    def listed(self, name: str, head: Term) -> tuple[Term, ...]:
        """Return the members of a parameter that is a list."""
        found = self.graph.items(head)
        if found is None:
            raise ShapesError(f"sh:{name} takes an RDF list, and {head} is none; correct it")
        return tuple(found)

    def shape(self, name: str, node: Term, *, has_path: bool | None = None) -> Node:
        """Return a shape that a parameter names, where it must be a property shape or must not."""
        if isinstance(node, Literal):
            raise ShapesError(f"sh:{name} takes a shape, and {node} is none; correct it")
        if not any(True for _ in self.graph.predicates(node)):
            raise ShapesError(f"sh:{name} names {node}, which is not defined; define it as a shape")
        if has_path is not None and has_path != bool(self.graph.values(node, _PATH)):
            fault = "has no sh:path; give it one" if has_path else "is a property shape; wrap it"
            raise ShapesError(f"sh:{name} names {node}, which {fault}")
        return node

    def siblings(self, node: Node) -> tuple[Node, ...]:
        """Return the sibling shapes of a qualified value shape (section 4.7.3)."""
        graph, qualified = self.graph, sh("qualifiedValueShape")
        if _TRUE not in graph.values(node, sh("qualifiedValueShapesDisjoint")):
            return ()
        found: set[Any] = {
            shape
            for parent in graph.backward(_PROPERTY)[node]
            for sibling in graph.values(parent, _PROPERTY)
            for shape in graph.values(sibling, qualified)
        }
        return tuple(sorted(found - set(graph.values(node, qualified)), key=str))




def _one(name: str, values: list[Term]) -> Term:
    if len(values) != 1:
        raise ShapesError(f"sh:{name} has {len(values)} values; give it one")
    return values[0]


def _number(name: str, values: list[Term]) -> int:
    value = _one(name, values)
    if (
        not isinstance(value, Literal)
        or value.datatype != xsd("integer")
        or not is_well_formed(value)
    ):
        raise ShapesError(f"sh:{name} takes an xsd:integer, and {value} is none; correct it")
    return int(value.value)


def _literal(name: str, value: Term) -> Literal:
    if not isinstance(value, Literal):
        raise ShapesError(f"sh:{name} takes a literal, and {value} is none; correct it")
    return value


def _iri(name: str, value: Term) -> NamedNode:
    if not isinstance(value, NamedNode):
        raise ShapesError(f"sh:{name} takes an IRI, and {value} is none; correct it")
    return value


def _class(reader: _Reader, node: Node, values: list[Term]) -> Read:
    return (core.HasClass(one) for one in values)


def _datatype(reader: _Reader, node: Node, values: list[Term]) -> Read:
    yield core.HasDatatype(_iri("datatype", _one("datatype", values)))


def _node_kind(reader: _Reader, node: Node, values: list[Term]) -> Read:
    value = _one("nodeKind", values)
    if value not in _KINDS:
        raise ShapesError(f"sh:nodeKind is {value}; it is one of {', '.join(map(str, _KINDS))}")
    yield core.HasKind(_KINDS[value])


def _min_count(reader: _Reader, node: Node, values: list[Term]) -> Read:
    if count := _number("minCount", values):
        yield core.AtLeast(count)


def _max_count(reader: _Reader, node: Node, values: list[Term]) -> Read:
    yield core.AtMost(_number("maxCount", values))


def _range(name: str) -> Callable[[_Reader, Node, list[Term]], Read]:
    component = sh(f"{name[0].upper()}{name[1:]}ConstraintComponent")

    def read(reader: _Reader, node: Node, values: list[Term]) -> Read:
        yield core.InRange(component, _literal(name, _one(name, values)))

    return read


def _min_length(reader: _Reader, node: Node, values: list[Term]) -> Read:
    if least := _number("minLength", values):
        yield core.HasLength(sh("MinLengthConstraintComponent"), least, float("inf"))


def _max_length(reader: _Reader, node: Node, values: list[Term]) -> Read:
    yield core.HasLength(sh("MaxLengthConstraintComponent"), 0, _number("maxLength", values))


def _pattern(reader: _Reader, node: Node, values: list[Term]) -> Read:
    flags = reader.graph.values(node, sh("flags"))
    yield core.Matches(
        Regex(
            _literal("pattern", _one("pattern", values)).value,
            _literal("flags", _one("flags", flags)).value if flags else "",
        )
    )


def _language_in(reader: _Reader, node: Node, values: list[Term]) -> Read:
    members = reader.listed("languageIn", _one("languageIn", values))
    yield core.InLanguage(tuple(_literal("languageIn", one).value for one in members))


def _unique_lang(reader: _Reader, node: Node, values: list[Term]) -> Read:
    # On where it is "true" and not where it is "1", as the test uniqueLang-002 has it.
    if _TRUE in values:
        yield core.UniqueLanguages()


def _equals(reader: _Reader, node: Node, values: list[Term]) -> Read:
    return (core.Equals(_iri("equals", one)) for one in values)


def _disjoint(reader: _Reader, node: Node, values: list[Term]) -> Read:
    return (core.Disjoint(_iri("disjoint", one)) for one in values)


def _order(name: str) -> Callable[[_Reader, Node, list[Term]], Read]:
    component = sh(f"{name[0].upper()}{name[1:]}ConstraintComponent")

    def read(reader: _Reader, node: Node, values: list[Term]) -> Read:
        return (core.HasOrder(component, _iri(name, one)) for one in values)

    return read


def _not(reader: _Reader, node: Node, values: list[Term]) -> Read:
    return (core.NotA(reader.shape("not", one)) for one in values)


def _shapes(
    name: str, make: Callable[[tuple[Node, ...]], Constraint]
) -> Callable[[_Reader, Node, list[Term]], Read]:
    def read(reader: _Reader, node: Node, values: list[Term]) -> Read:
        for head in values:
            yield make(tuple(reader.shape(name, one) for one in reader.listed(name, head)))

    return read


def _node(reader: _Reader, node: Node, values: list[Term]) -> Read:
    return (core.ConformsTo(reader.shape("node", one, has_path=False)) for one in values)


def _property(reader: _Reader, node: Node, values: list[Term]) -> Read:
    return (core.Properties(reader.shape("property", one, has_path=True)) for one in values)


def _qualified(reader: _Reader, node: Node, values: list[Term]) -> Read:
    shape = reader.shape("qualifiedValueShape", _one("qualifiedValueShape", values))
    siblings = reader.siblings(node)
    if least := reader.number(node, "qualifiedMinCount", 0):
        component = sh("QualifiedMinCountConstraintComponent")
        yield core.Qualified(component, shape, siblings, least, float("inf"))
    if (most := reader.number(node, "qualifiedMaxCount", -1)) >= 0:
        component = sh("QualifiedMaxCountConstraintComponent")
        yield core.Qualified(component, shape, siblings, 0, most)


def _closed(reader: _Reader, node: Node, values: list[Term]) -> Read:
    if _TRUE not in values:
        return
    graph = reader.graph
    ignored = graph.values(node, sh("ignoredProperties"))
    allowed = {path for one in graph.values(node, _PROPERTY) for path in graph.values(one, _PATH)}
    allowed.update(reader.listed("ignoredProperties", ignored[0]) if ignored else ())
    yield core.Closed(frozenset(allowed))


def _has_value(reader: _Reader, node: Node, values: list[Term]) -> Read:
    return (core.HasValue(one) for one in values)


def _in(reader: _Reader, node: Node, values: list[Term]) -> Read:
    yield core.OneOfTerms(frozenset(reader.listed("in", _one("in", values))))


_PROPERTY: Final = sh("property")
_SPARQL: Final = sh("sparql")
_PARAMETERS: Final[Mapping[str, Callable[[_Reader, Node, list[Term]], Read]]] = {
    "class": _class,
    "datatype": _datatype,
    "nodeKind": _node_kind,
    "minCount": _min_count,
    "maxCount": _max_count,
    **{
        name: _range(name)
        for name in ("minExclusive", "minInclusive", "maxExclusive", "maxInclusive")
    },
    "minLength": _min_length,
    "maxLength": _max_length,
    "pattern": _pattern,
    "languageIn": _language_in,
    "uniqueLang": _unique_lang,
    "equals": _equals,
    "disjoint": _disjoint,
    "lessThan": _order("lessThan"),
    "lessThanOrEquals": _order("lessThanOrEquals"),
    "not": _not,
    "and": _shapes("and", core.AllOf),
    "or": _shapes("or", core.AnyOf),
    "xone": _shapes("xone", core.ExactlyOneOf),
    "node": _node,
    "property": _property,
    "qualifiedValueShape": _qualified,
    "closed": _closed,
    "hasValue": _has_value,
    "in": _in,
}
_READERS: Final = {sh(name): read for name, read in _PARAMETERS.items()}
_PROPERTY_ONLY: Final = (
    core.AtLeast, core.AtMost, core.UniqueLanguages, core.HasOrder, core.Qualified,
)  # fmt: skip


def _named_by(constraint: Constraint) -> tuple[Node, ...]:
    """Return the shapes that a constraint names."""
    if isinstance(constraint, core.Qualified):
        return (constraint.shape, *constraint.siblings)
    if isinstance(constraint, core.ConformsTo | core.NotA | core.Properties):
        return (constraint.shape,)
    if isinstance(constraint, core.AllOf | core.AnyOf | core.ExactlyOneOf):
        return constraint.shapes
    return ()
