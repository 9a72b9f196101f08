"""Shapes and graphs made by hypothesis: small worlds in which every component can be broken."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.shacl.vocabulary import rdf, rdfs, sh, xsd

if TYPE_CHECKING:
    from collections.abc import Callable

EX = "https://example.org/"
TYPE = rdf("type")
TRUE = Literal("true", datatype=xsd("boolean"))


def ex(name: str) -> NamedNode:
    return NamedNode(EX + name)


def typed(text: str, datatype: str) -> Literal:
    return Literal(text, datatype=xsd(datatype))


NODES = [*map(ex, "abcde"), BlankNode("x"), BlankNode("y")]
CLASSES = [ex("C"), ex("D")]
PREDICATES = [*map(ex, "pqr")]
#: Their values are numbers: rdflib has an order for IRIs and strings, which SPARQL has not.
ORDERED = [ex("low"), ex("high")]
NUMBERS = [
    typed("1", "integer"), typed("2", "integer"), typed("1.5", "decimal"), typed("1.5", "double"),
]  # fmt: skip
LITERALS = [
    Literal("one"), Literal("one", language="en"), Literal("un", language="fr"),
    Literal("two", language="en-GB"), Literal(""), typed("1", "integer"), typed("2", "integer"),
    typed("01", "integer"), typed("1.5", "decimal"), typed("2024-01-01", "date"),
    typed("2024-02-30", "date"), typed("true", "boolean"), typed("300", "byte"),
]  # fmt: skip

nodes = st.sampled_from(NODES)
terms = st.one_of(nodes, st.sampled_from(LITERALS))
predicates = st.sampled_from(PREDICATES)


@st.composite
def graphs(draw: st.DrawFn) -> frozenset[Triple]:
    """Draw a graph of a few nodes with types, of which one class is below another."""
    found = {
        Triple(*one) for one in draw(st.lists(st.tuples(nodes, predicates, terms), max_size=14))
    }
    ordered = st.tuples(nodes, st.sampled_from(ORDERED), st.sampled_from(NUMBERS))
    found |= {Triple(*one) for one in draw(st.lists(ordered, max_size=4))}
    for node, cls in draw(st.lists(st.tuples(nodes, st.sampled_from(CLASSES)), max_size=5)):
        found.add(Triple(node, TYPE, cls))
    found.add(Triple(ex("D"), rdfs("subClassOf"), ex("C")))
    return frozenset(found)


@dataclass
class _Maker:
    """Writes shapes as triples; each has an IRI, so that both reports name it alike."""

    draw: st.DrawFn
    triples: set[Triple] = field(default_factory=set)
    serial: int = 0

    def fresh(self, name: str) -> NamedNode:
        self.serial += 1
        return ex(f"{name}{self.serial}")

    def add(self, subject: Any, name: str, value: Any) -> None:
        self.triples.add(Triple(subject, sh(name), value))

    def listed(self, members: list[Any]) -> Any:
        head: Any = rdf("nil")
        for member in reversed(members):
            self.serial += 1
            node = BlankNode(f"list{self.serial}")
            self.triples |= {
                Triple(node, rdf("first"), member), Triple(node, rdf("rest"), head),
            }  # fmt: skip
            head = node
        return head

    def path(self, depth: int = 2) -> Any:
        # A blank node: an IRI would be a property.
        kinds = ["predicate", "inverse", "sequence", "alternative", "*", "+", "?"]
        kind = self.draw(st.sampled_from(["predicate"] * 6 + kinds)) if depth else "predicate"
        if kind == "predicate":
            return self.draw(predicates)
        self.serial += 1
        node = BlankNode(f"path{self.serial}")
        if kind == "inverse":
            # pySHACL reads the inverse of a sequence from the wrong end (SPARQL 1.1, section 18.4).
            self.add(node, "inversePath", self.draw(predicates))
        elif kind in "*+?":
            names = {"*": "zeroOrMorePath", "+": "oneOrMorePath", "?": "zeroOrOnePath"}
            self.add(node, names[kind], self.path(depth - 1))
        else:
            members = [self.path(depth - 1) for _ in range(2)]
            if kind == "alternative":
                self.add(node, "alternativePath", self.listed(members))
            else:
                rest = self.listed(members[1:])
                self.triples |= {
                    Triple(node, rdf("first"), members[0]), Triple(node, rdf("rest"), rest),
                }  # fmt: skip
        return node

    def shape(self, depth: int, *, has_path: bool | None = None) -> NamedNode:
        node = self.fresh("shape")
        if has_path is None:
            has_path = self.draw(st.booleans())
        self.triples.add(Triple(node, TYPE, sh("PropertyShape" if has_path else "NodeShape")))
        if has_path:
            ordered = self.draw(st.integers(0, 3)) == 0
            self.add(node, "path", self.draw(st.sampled_from(ORDERED)) if ordered else self.path())
        if self.draw(st.integers(0, 9)) == 0:
            self.add(node, "severity", sh("Warning"))
        if self.draw(st.integers(0, 19)) == 0:
            self.add(node, "deactivated", TRUE)
        if self.draw(st.booleans()):
            self.add(node, "message", Literal(f"mend {node.value}", language="en"))
        table = dict(ANY)
        if has_path:
            table |= PROPERTY_ONLY
            if ordered:
                table |= ORDERS
        if depth:
            table |= NESTED
        if depth and has_path:
            table |= PROPERTY_NESTED
        for name in self.draw(st.lists(st.sampled_from(sorted(table)), min_size=1, max_size=3)):
            if not any(one.subject == node and one.predicate == sh(name) for one in self.triples):
                table[name](self, node, depth)
        return node


def _with(name: str, values: st.SearchStrategy[Any]) -> Callable[[_Maker, NamedNode, int], None]:
    return lambda maker, node, depth: maker.add(node, name, maker.draw(values))


def _listed(name: str, values: st.SearchStrategy[Any]) -> Callable[[_Maker, NamedNode, int], None]:
    def make(maker: _Maker, node: NamedNode, depth: int) -> None:
        members = maker.draw(st.lists(values, min_size=1, max_size=4))
        maker.add(node, name, maker.listed(members))

    return make


def _shapes(name: str) -> Callable[[_Maker, NamedNode, int], None]:
    def make(maker: _Maker, node: NamedNode, depth: int) -> None:
        members = [maker.shape(depth - 1) for _ in range(maker.draw(st.integers(1, 2)))]
        if maker.draw(st.integers(0, 4)) == 0:
            members.append(members[0])
        maker.add(node, name, maker.listed(members))

    return make


def _shape(name: str, *, has_path: bool | None = None) -> Callable[[_Maker, NamedNode, int], None]:
    def make(maker: _Maker, node: NamedNode, depth: int) -> None:
        maker.add(node, name, maker.shape(depth - 1, has_path=has_path))

    return make


def _closed(maker: _Maker, node: NamedNode, depth: int) -> None:
    maker.add(node, "closed", TRUE)
    maker.add(node, "ignoredProperties", maker.listed([TYPE, ex("p")]))


def _pattern(maker: _Maker, node: NamedNode, depth: int) -> None:
    maker.add(node, "pattern", Literal(maker.draw(st.sampled_from(["^o", "e$", "[A-Z]", "x|1"]))))
    if maker.draw(st.booleans()):
        maker.add(node, "flags", Literal("i"))


def _qualified(maker: _Maker, node: NamedNode, depth: int) -> None:
    maker.add(node, "qualifiedValueShape", maker.shape(depth - 1))
    for name in maker.draw(st.sampled_from([("Min",), ("Max",), ("Min", "Max")])):
        count = typed(str(maker.draw(st.integers(0, 2))), "integer")
        maker.add(node, f"qualified{name}Count", count)
    if maker.draw(st.booleans()):
        maker.add(node, "qualifiedValueShapesDisjoint", TRUE)


_NUMBERS = st.sampled_from([typed("0", "integer"), typed("1", "integer"), typed("2", "integer")])
_DATATYPES = ["string", "integer", "decimal", "date", "dateTime", "boolean", "byte"]

ANY: dict[str, Callable[[_Maker, NamedNode, int], None]] = {
    "class": _with("class", st.sampled_from(CLASSES)),
    "datatype": _with("datatype", st.sampled_from([*map(xsd, _DATATYPES), rdf("langString")])),
    "nodeKind": _with(
        "nodeKind",
        st.sampled_from(
            [*map(sh, ("IRI", "BlankNode", "Literal", "BlankNodeOrIRI", "IRIOrLiteral"))]
        ),
    ),
    "minLength": _with("minLength", _NUMBERS),
    "maxLength": _with("maxLength", _NUMBERS),
    "pattern": _pattern,
    "languageIn": _listed("languageIn", st.sampled_from([Literal("en"), Literal("fr")])),
    "equals": _with("equals", predicates),
    "disjoint": _with("disjoint", predicates),
    "closed": _closed,
    "hasValue": _with("hasValue", terms.filter(lambda one: not isinstance(one, BlankNode))),
    "in": _listed("in", terms.filter(lambda one: not isinstance(one, BlankNode))),
}  # fmt: skip
PROPERTY_ONLY: dict[str, Callable[[_Maker, NamedNode, int], None]] = {
    "minCount": _with("minCount", _NUMBERS),
    "maxCount": _with("maxCount", _NUMBERS),
    "uniqueLang": _with("uniqueLang", st.just(TRUE)),
}
ORDERS: dict[str, Callable[[_Maker, NamedNode, int], None]] = {
    "lessThan": _with("lessThan", st.sampled_from(ORDERED)),
    "lessThanOrEquals": _with("lessThanOrEquals", st.sampled_from(ORDERED)),
    "minInclusive": _with("minInclusive", st.sampled_from(NUMBERS)),
    "maxInclusive": _with("maxInclusive", st.sampled_from(NUMBERS)),
    "minExclusive": _with("minExclusive", st.sampled_from(NUMBERS)),
    "maxExclusive": _with("maxExclusive", st.sampled_from(NUMBERS)),
}
PROPERTY_NESTED = {"qualifiedValueShape": _qualified}
NESTED: dict[str, Callable[[_Maker, NamedNode, int], None]] = {
    "not": _shape("not"),
    "node": _shape("node", has_path=False),
    "property": _shape("property", has_path=True),
    "and": _shapes("and"),
    "or": _shapes("or"),
    "xone": _shapes("xone"),
}


@st.composite
def shapes_graphs(draw: st.DrawFn) -> frozenset[Triple]:
    """Draw one or two targeted shapes, with those that they name."""
    maker = _Maker(draw)
    for _ in range(draw(st.integers(1, 2))):
        node = maker.shape(depth=2)
        for name in draw(st.sets(st.sampled_from(sorted(TARGETS)), min_size=1, max_size=2)):
            maker.add(node, name, draw(TARGETS[name]))
    return frozenset(maker.triples)


TARGETS: dict[str, st.SearchStrategy[Any]] = {
    "targetNode": terms.filter(lambda one: not isinstance(one, BlankNode)),
    "targetClass": st.sampled_from(CLASSES),
    "targetSubjectsOf": predicates,
    "targetObjectsOf": predicates,
}
