"""Mutations of a graph: for each constraint of the shapes, a change that it alone must catch.

The constraints are enumerated from the shapes graph itself. Most mutations follow from the
constraint's component and parameter (drop a value for ``sh:minCount``, add one of another class for
``sh:class`` …); those of ``sh:sparql`` and of logical components are in :mod:`mutations_by_hand`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.rdf.iris import term

SH = "http://www.w3.org/ns/shacl#"
SHAPE = "https://w3id.org/qawl/shapes#"
TYPE = term("rdf:type")
FIRST, REST, NIL = term("rdf:first"), term("rdf:rest"), term("rdf:nil")

#: What a shape may say that is no constraint.
SILENT = {
    "name", "message", "severity", "path", "property", "ignoredProperties", "qualifiedValueShape",
    "targetClass", "targetSubjectsOf",
}  # fmt: skip
TARGETS = ("targetClass", "targetSubjectsOf")
#: Parameters that hold other shapes, and those that hold lists of them.
SHAPES_IN = ("node", "not", "qualifiedValueShape")
SHAPES_IN_LISTS = ("or", "xone", "and")


def sh(name: str) -> NamedNode:
    return NamedNode(SH + name)


def shape(name: str) -> NamedNode:
    return NamedNode(SHAPE + name)


class Index:
    """Triples that can be asked by subject and by object."""

    def __init__(self, triples: Iterable[Triple]) -> None:
        self.triples = set(triples)
        self._out: dict[Any, dict[Any, list[Any]]] = defaultdict(lambda: defaultdict(list))
        self._in: dict[Any, dict[Any, list[Any]]] = defaultdict(lambda: defaultdict(list))
        for one in sorted(self.triples, key=str):
            self._out[one.subject][one.predicate].append(one.object)
            self._in[one.object][one.predicate].append(one.subject)

    def objects(self, subject: Any, predicate: NamedNode) -> list[Any]:
        return self._out.get(subject, {}).get(predicate, [])

    def value(self, subject: Any, predicate: NamedNode) -> Any:
        return next(iter(self.objects(subject, predicate)), None)

    def subjects(self, predicate: NamedNode, value: Any) -> list[Any]:
        return self._in.get(value, {}).get(predicate, [])

    def having(self, predicate: NamedNode) -> list[Any]:
        return [subject for subject, pairs in self._out.items() if predicate in pairs]

    def about(self, subject: Any) -> list[Triple]:
        pairs = self._out.get(subject, {})
        return [Triple(subject, p, o) for p, objects in pairs.items() for o in objects]

    def items(self, node: Any) -> Iterator[Any]:
        while node is not None and node != NIL:
            yield self.value(node, FIRST)
            node = self.value(node, REST)


@dataclass(frozen=True)
class Constraint:
    """A constraint: the shape that reports it, its component, and its parameter."""

    shape: NamedNode
    component: str
    parameter: Any
    path: Any = None

    @property
    def iri(self) -> str:
        if self.component == "sparql":
            return f"{SH}SPARQLConstraintComponent"
        return f"{SH}{self.component[0].upper()}{self.component[1:]}ConstraintComponent"

    def __str__(self) -> str:
        name = self.shape.value.removeprefix(SHAPE)
        what = str(self.parameter) if isinstance(self.parameter, NamedNode | Literal) else "…"
        return f"shape:{name} sh:{self.component} {what}"


#: What many mutations may point to: a vocabulary's concepts are not changed by that.
SHARED = frozenset({term("oa:identifying")})


@dataclass(frozen=True)
class Edit:
    """A change to a graph, the node at which it must be noticed, and the value, if it is known."""

    focus: Any
    add: frozenset[Triple] = frozenset()
    remove: frozenset[Triple] = frozenset()
    value: Any = None
    targets: tuple[tuple[NamedNode, Any], ...] = ()

    @property
    def touched(self) -> set[Any]:
        changed = (*self.add, *self.remove)
        ends = (one.object for one in changed if one.predicate != TYPE)
        return {self.focus, *(one.subject for one in changed), *ends} - SHARED


@dataclass(frozen=True)
class Mutation:
    """An edit that violates a constraint, and the node of the graph that it starts from."""

    constraint: Constraint
    edit: Edit
    origin: Any


def edit(
    focus: Any,
    add: Iterable[Triple] = (),
    remove: Iterable[Triple] = (),
    value: Any = None,
    targets: tuple[tuple[NamedNode, Any], ...] = (),
) -> Edit:
    return Edit(focus, frozenset(add), frozenset(remove), value, targets)


@dataclass
class Shapes:
    """The shapes graph: its constraints, and where each shape is applied."""

    index: Index
    constraints: list[Constraint] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.owners: dict[Any, list[Any]] = defaultdict(list)
        self.parents: dict[Any, list[Any]] = defaultdict(list)
        index = self.index
        kinds = {sh("NodeShape"), sh("PropertyShape")}
        nodes = [one for one in index.having(TYPE) if kinds & set(index.objects(one, TYPE))]
        for node in nodes:
            for one in index.objects(node, sh("property")):
                self.owners[one].append(node)
            for name in SHAPES_IN:
                for one in index.objects(node, sh(name)):
                    self.parents[one].append(node)
            for name in SHAPES_IN_LISTS:
                for head in index.objects(node, sh(name)):
                    for one in index.items(head):
                        self.parents[one].append(node)
        for node in nodes:
            self.constraints += self._constraints_of(node)

    def _constraints_of(self, node: Any) -> Iterator[Constraint]:
        path = self.index.value(node, sh("path"))
        for triple in self.index.about(node):
            name = triple.predicate.value.removeprefix(SH)
            if name == triple.predicate.value or name in SILENT:
                continue
            yield Constraint(node, name, triple.object, path)

    def targeted(self, node: Any) -> bool:
        return any(self.index.value(node, sh(name)) is not None for name in TARGETS)

    def reporters(self, constraint: Constraint) -> list[Any]:
        """Return the node shapes at whose focus nodes the constraint is evaluated."""
        return self.owners[constraint.shape] if constraint.path is not None else [constraint.shape]

    def candidates(self, node: Any, data: Index, seen: tuple[Any, ...] = ()) -> list[Any]:
        """Return the nodes that a shape is applied to, by its targets or by other shapes."""
        found: dict[Any, None] = {}
        for cls in self.index.objects(node, sh("targetClass")):
            found.update(dict.fromkeys(data.subjects(TYPE, cls)))
        for predicate in self.index.objects(node, sh("targetSubjectsOf")):
            found.update(dict.fromkeys(data.having(predicate)))
        for parent in self.parents[node]:
            if parent in seen:
                continue
            path = self.index.value(parent, sh("path"))
            if path is None:
                found.update(dict.fromkeys(self.candidates(parent, data, (*seen, node))))
                continue
            for owner in self.owners[parent]:
                for focus in self.candidates(owner, data, (*seen, node)):
                    found.update(dict.fromkeys(values(self.index, data, focus, path)))
        return list(found)


def values(shapes: Index, data: Index, focus: Any, path: Any) -> list[Any]:
    """Return the value nodes of a path."""
    if isinstance(path, NamedNode):
        return data.objects(focus, path)
    if (inverse := shapes.value(path, sh("inversePath"))) is not None:
        return data.subjects(inverse, focus)
    if (members := shapes.value(path, sh("alternativePath"))) is not None:
        return [
            one for member in shapes.items(members) for one in values(shapes, data, focus, member)
        ]
    found = [focus]
    for step in shapes.items(path):
        found = [one for node in found for one in values(shapes, data, node, step)]
    return found


@dataclass
class Maker:
    """Makes mutations of a graph from constraints."""

    shapes: Shapes
    data: Index
    serial: int = 0

    def fresh(self) -> NamedNode:
        self.serial += 1
        return NamedNode(f"https://example.org/mutation/{self.serial}")

    def text(self) -> str:
        # Begins and ends with a slash and holds a control character: breaks every pattern of ours.
        self.serial += 1
        return f"/mutation {self.serial}\u0001/"

    def attach(self, focus: Any, path: Any, value: Any) -> list[Triple] | None:
        """Return triples that make a value one more value of a path."""
        index = self.shapes.index
        if isinstance(path, NamedNode):
            return None if isinstance(focus, Literal) else [Triple(focus, path, value)]
        if (inverse := index.value(path, sh("inversePath"))) is not None:
            return None if isinstance(value, Literal) else [Triple(value, inverse, focus)]
        if (members := index.value(path, sh("alternativePath"))) is not None:
            return self.attach(focus, next(index.items(members)), value)
        *steps, last = index.items(path)
        node = focus
        for step in steps:
            found = values(index, self.data, node, step)
            if not found:
                return None
            node = found[0]
        return self.attach(node, last, value)

    def detach(self, focus: Any, path: Any) -> list[Triple]:
        """Return the triples without which a path has no values."""
        index = self.shapes.index
        if isinstance(path, NamedNode):
            return [Triple(focus, path, one) for one in self.data.objects(focus, path)]
        if (inverse := index.value(path, sh("inversePath"))) is not None:
            return [Triple(one, inverse, focus) for one in self.data.subjects(inverse, focus)]
        if (members := index.value(path, sh("alternativePath"))) is not None:
            return [one for member in index.items(members) for one in self.detach(focus, member)]
        *steps, last = index.items(path)
        nodes = [focus]
        for step in steps:
            nodes = [one for node in nodes for one in values(index, self.data, node, step)]
        return [one for node in nodes for one in self.detach(node, last)]

    def values(self, focus: Any, path: Any) -> list[Any]:
        return values(self.shapes.index, self.data, focus, path)

    def parameter(self, constraint: Constraint, name: str) -> Any:
        return self.shapes.index.value(constraint.shape, sh(name))

    def foci(self, constraint: Constraint) -> dict[Any, Any]:
        """Return the nodes at which a constraint is evaluated, each with a shape that does it."""
        found: dict[Any, Any] = {}
        reporters = self.shapes.reporters(constraint)
        for reporter in sorted(reporters, key=self.shapes.targeted, reverse=True):
            for node in self.shapes.candidates(reporter, self.data):
                found.setdefault(node, reporter)
        return found

    def edits(self, constraint: Constraint, focus: Any, reporter: Any) -> Iterator[Edit]:
        """Yield the edits at a focus node that violate a constraint by its component."""
        table = NODE if constraint.path is None else PROPERTY
        make = table.get(constraint.component)
        if make is None or (constraint.path is not None and isinstance(focus, Literal)):
            return
        aimed = self.shapes.targeted(reporter)
        for one in make(self, constraint, focus):
            yield one if aimed or one.targets else replace(one, targets=((reporter, focus),))

    def added(self, constraint: Constraint, focus: Any, value: Any) -> Iterator[Edit]:
        triples = self.attach(focus, constraint.path, value)
        if triples is not None:
            yield edit(focus, add=triples, value=value)


Made = Iterator[Edit]
Make = Callable[[Maker, Constraint, Any], Made]


def _fewer(maker: Maker, constraint: Constraint, focus: Any) -> Made:
    removed = maker.detach(focus, constraint.path)
    if constraint.path == TYPE:
        # A node without the class that the shape aims at would not be judged at all; one of the
        # classes that are counted must not be the one that is kept.
        index = maker.shapes.index
        targets = {
            cls
            for reporter in maker.shapes.reporters(constraint)
            for cls in index.objects(reporter, sh("targetClass"))
        }
        counted = index.value(maker.parameter(constraint, "qualifiedValueShape"), sh("in"))
        members = [] if counted is None else [*index.items(counted)]
        kept = min(
            (one.object for one in removed if one.object in targets),
            key=lambda one: (one in members, str(one)),
        )
        removed = [one for one in removed if one.object != kept]
    if removed:
        yield edit(focus, remove=removed)


def _more(maker: Maker, constraint: Constraint, focus: Any) -> Made:
    present = maker.values(focus, constraint.path)
    others = (one for node in maker.foci(constraint) for one in maker.values(node, constraint.path))
    pool = [*dict.fromkeys(one for one in others if one not in present)]
    needed = int(constraint.parameter.value) + 1 - len(present)
    literal = maker.parameter(constraint, "datatype") or any(
        isinstance(one, Literal) for one in (*present, *pool)
    )
    while len(pool) < needed:
        pool.append(Literal(maker.text()) if literal else maker.fresh())
    added = [maker.attach(focus, constraint.path, one) for one in pool[: max(needed, 1)]]
    if all(one is not None for one in added):
        yield edit(focus, add=[triple for one in added for triple in one or ()])


def _other_node(maker: Maker, constraint: Constraint, focus: Any) -> Made:
    yield from maker.added(constraint, focus, maker.fresh())


def _other_kind(maker: Maker, constraint: Constraint, focus: Any) -> Made:
    literal = constraint.parameter == sh("IRI")
    yield from maker.added(constraint, focus, Literal(maker.text()) if literal else maker.fresh())


ILL_TYPED = {
    "date": "2024-13-45", "dateTime": "2024-13-45T00:00:00", "decimal": "1,5", "boolean": "perhaps",
    "integer": "1.5", "duration": "a month",
}  # fmt: skip


def _other_datatype(maker: Maker, constraint: Constraint, focus: Any) -> Made:
    datatype = constraint.parameter
    name = datatype.value.rpartition("#")[2]
    maker.serial += 1
    if name == "string":
        yield from maker.added(
            constraint, focus, Literal(f"mutation {maker.serial}", language="en")
        )
    else:
        yield from maker.added(constraint, focus, Literal(f"mutation {maker.serial}"))
    if name in ILL_TYPED:
        yield from maker.added(constraint, focus, Literal(ILL_TYPED[name], datatype=datatype))


def _broken_pattern(maker: Maker, constraint: Constraint, focus: Any) -> Made:
    value: Any = Literal(maker.text())
    if maker.parameter(constraint, "nodeKind") == sh("IRI"):
        value = maker.fresh()
    yield from maker.added(constraint, focus, value)


def _empty(maker: Maker, constraint: Constraint, focus: Any) -> Made:
    yield from maker.added(constraint, focus, Literal(""))


def _other_language(maker: Maker, constraint: Constraint, focus: Any) -> Made:
    maker.serial += 1
    yield from maker.added(constraint, focus, Literal(f"mutation {maker.serial}", language="fr"))


def _same_language(maker: Maker, constraint: Constraint, focus: Any) -> Made:
    maker.serial += 1
    for language in ("en", "ar"):
        two = [Literal(f"mutation {maker.serial} {i}", language=language) for i in (1, 2)]
        yield edit(focus, add=[Triple(focus, constraint.path, one) for one in two])
        break


def _number(value: float, like: Literal) -> Literal:
    return Literal(str(value), datatype=like.datatype)


def _below(maker: Maker, constraint: Constraint, focus: Any) -> Made:
    bound = constraint.parameter
    yield from maker.added(constraint, focus, _number(int(bound.value) - 1, bound))


def _above(maker: Maker, constraint: Constraint, focus: Any) -> Made:
    bound = constraint.parameter
    yield from maker.added(constraint, focus, _number(int(bound.value) + 1, bound))


def _disordered(maker: Maker, constraint: Constraint, focus: Any) -> Made:
    date = maker.parameter(constraint, "datatype") == term("xsd:date")
    if date:
        low, high = (
            Literal(day, datatype=term("xsd:date")) for day in ("0100-01-01", "9900-01-01")
        )
    else:
        low, high = (Literal(n, datatype=term("xsd:integer")) for n in ("0", "999999999"))
    # Against this other property alone, where a property is compared with several.
    removed = [
        Triple(focus, other, one)
        for name in ("lessThan", "lessThanOrEquals")
        for other in maker.shapes.index.objects(constraint.shape, sh(name))
        for one in maker.data.objects(focus, other)
    ]
    added = [Triple(focus, constraint.path, high), Triple(focus, constraint.parameter, low)]
    yield edit(focus, add=added, remove=removed, value=high)


def _unequal(maker: Maker, constraint: Constraint, focus: Any) -> Made:
    value = maker.fresh()
    yield edit(focus, add=[Triple(focus, constraint.parameter, value)], value=value)


def _shared(maker: Maker, constraint: Constraint, focus: Any) -> Made:
    other = constraint.parameter
    added = []
    value = maker.data.value(focus, other)
    if value is None:
        value = maker.fresh()
        added.append(Triple(focus, other, value))
    triples = maker.attach(focus, constraint.path, value)
    if triples is not None:
        yield edit(focus, add=[*added, *triples], value=value)


def _not_conforming(maker: Maker, constraint: Constraint, focus: Any) -> Made:
    if constraint.parameter == shape("CleanText"):
        tagged = maker.parameter(constraint, "datatype") == term("rdf:langString")
        yield from maker.added(
            constraint, focus, Literal(maker.text(), language="en" if tagged else None)
        )
    else:
        yield from _other_node(maker, constraint, focus)


def _without_value(maker: Maker, constraint: Constraint, focus: Any) -> Made:
    if constraint.parameter not in maker.values(focus, constraint.path):
        return
    added = []
    if constraint.path == TYPE:
        classes = (
            cls
            for reporter in maker.shapes.reporters(constraint)
            for cls in maker.shapes.index.objects(reporter, sh("targetClass"))
            if cls != constraint.parameter
        )
        added = [Triple(focus, TYPE, cls) for cls in list(classes)[:1]]
    removed = Triple(focus, constraint.path, constraint.parameter)
    yield edit(focus, add=added, remove=[removed])


#: How a property shape's constraint is violated, by component.
PROPERTY: dict[str, Make] = {
    "minCount": _fewer, "maxCount": _more, "class": _other_node, "nodeKind": _other_kind,
    "datatype": _other_datatype, "in": _other_node, "hasValue": _without_value,
    "pattern": _broken_pattern, "minLength": _empty, "languageIn": _other_language,
    "uniqueLang": _same_language, "minInclusive": _below, "maxInclusive": _above,
    "lessThan": _disordered, "lessThanOrEquals": _disordered, "equals": _unequal,
    "disjoint": _shared, "qualifiedMinCount": _fewer, "node": _not_conforming,
    "or": _other_node,
}  # fmt: skip


def _misspelt(maker: Maker, constraint: Constraint, focus: Any) -> Made:
    value = Literal(maker.text())
    yield edit(focus, add=[Triple(focus, term("qawl:misspelt"), value)], value=value)


def _renamed(maker: Maker, constraint: Constraint, focus: Any, name: Any) -> Edit:
    """Describe the focus node once more under another name."""
    if not maker.shapes.targeted(constraint.shape):
        return edit(name, value=name, targets=((constraint.shape, name),))
    return edit(
        name, add=[Triple(name, one.predicate, one.object) for one in maker.data.about(focus)]
    )


def _blank(maker: Maker, constraint: Constraint, focus: Any) -> Made:
    maker.serial += 1
    yield _renamed(maker, constraint, focus, BlankNode(f"mutation{maker.serial}"))


def _bad_name(maker: Maker, constraint: Constraint, focus: Any) -> Made:
    name = Literal(maker.text()) if isinstance(focus, Literal) else maker.fresh()
    yield _renamed(maker, constraint, focus, name)


def _untyped(maker: Maker, constraint: Constraint, focus: Any) -> Made:
    if maker.shapes.targeted(constraint.shape):
        yield edit(focus, remove=maker.detach(focus, TYPE))
    else:
        yield _renamed(maker, constraint, focus, maker.fresh())


def _nested_literal(maker: Maker, constraint: Constraint, focus: Any) -> Made:
    maker.serial += 1
    wrong = Literal(f"mutation {maker.serial}", language="fr")
    if constraint.parameter == term("rdf:langString"):
        wrong = Literal(f"mutation {maker.serial}")
    yield _renamed(maker, constraint, focus, wrong)


#: How a node shape's constraint is violated, by component.
NODE: dict[str, Make] = {
    "closed": _misspelt, "nodeKind": _blank, "pattern": _bad_name, "class": _untyped,
    "datatype": _nested_literal, "languageIn": _nested_literal, "in": _untyped,
}  # fmt: skip
