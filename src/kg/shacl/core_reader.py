"""Reading and checking the parameters of SHACL Core in a shapes graph (section 4)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import ShapesError
from kg.shacl import core
from kg.shacl.literals import is_well_formed
from kg.shacl.regexes import Regex
from kg.shacl.vocabulary import SH, sh, xsd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from kg.shacl.columns import Columns
    from kg.shacl.model import Constraint
    from kg.shacl.vocabulary import Node, Term

    Read = Callable[["Given"], Iterable[Constraint]]

__all__ = ["CORE_PARAMETERS", "PROPERTY_ONLY", "Given", "named_shapes"]

_PATH: Final = sh("path")
_PROPERTY: Final = sh("property")
_QUALIFIED: Final = sh("qualifiedValueShape")
_TRUE: Final = Literal("true", datatype=xsd("boolean"))
_KINDS: Final[Mapping[Term, tuple[type[NamedNode | BlankNode | Literal], ...]]] = {
    sh("IRI"): (NamedNode,),
    sh("BlankNode"): (BlankNode,),
    sh("Literal"): (Literal,),
    sh("BlankNodeOrIRI"): (BlankNode, NamedNode),
    sh("BlankNodeOrLiteral"): (BlankNode, Literal),
    sh("IRIOrLiteral"): (NamedNode, Literal),
}


@dataclass(frozen=True, slots=True)
class Given:
    """The values that a shape gives for one parameter."""

    graph: Columns
    shape: Node
    parameter: NamedNode

    @property
    def name(self) -> str:
        """The parameter's name as in ``sh:minCount``."""
        return f"sh:{self.parameter.value.removeprefix(SH)}"

    @property
    def values(self) -> list[Term]:
        """All values."""
        return self.graph.values(self.shape, self.parameter)

    @property
    def is_true(self) -> bool:
        """Whether the parameter is "true"; "1" does not count (W3C test uniqueLang-002)."""
        return _TRUE in self.values

    def other(self, name: str) -> Given:
        """Return the shape's values for another parameter."""
        return Given(self.graph, self.shape, sh(name))

    def one(self) -> Term:
        """Return the only value.

        :raises ShapesError: there are several.
        """
        values = self.values
        if len(values) != 1:
            raise ShapesError(f"{self.name} has {len(values)} values; give exactly one")
        return values[0]

    def number(self, default: int | None = None) -> int:
        """Return the only value, an integer; the default if there is no value."""
        if default is not None and not self.values:
            return default
        value = self.one()
        whole = isinstance(value, Literal) and value.datatype == xsd("integer")
        if not isinstance(value, Literal) or not whole or not is_well_formed(value):
            raise self.fault(value, "an xsd:integer")
        return int(value.value)

    def literal(self) -> Literal:
        """Return the only value, which must be a literal."""
        value = self.one()
        if not isinstance(value, Literal):
            raise self.fault(value, "a literal")
        return value

    def iris(self) -> Iterator[NamedNode]:
        """Yield the values, which must all be IRIs."""
        for value in self.values:
            if not isinstance(value, NamedNode):
                raise self.fault(value, "an IRI")
            yield value

    def listed(self) -> tuple[Term, ...]:
        """Return the members of the only value, which must be an RDF list."""
        return self.members(self.one())

    def members(self, head: Term) -> tuple[Term, ...]:
        """Return the members of an RDF list."""
        found = self.graph.items(head)
        if found is None:
            raise self.fault(head, "an RDF list")
        return tuple(found)

    def named(self, node: Term, *, has_path: bool | None = None) -> Node:
        """Return a shape by its node.

        :param has_path: whether it must (or must not) be a property shape; default either.
        :raises ShapesError: it is not defined, or is of the wrong kind.
        """
        if isinstance(node, Literal):
            raise self.fault(node, "a shape")
        if not any(True for _ in self.graph.predicates(node)):
            raise ShapesError(f"{self.name} refers to {node}, which is not defined; define it")
        if has_path is not None and has_path != bool(self.graph.values(node, _PATH)):
            fault = "has no sh:path; add one" if has_path else "is a property shape; wrap it in one"
            raise ShapesError(f"{self.name} refers to {node}, which {fault}")
        return node

    def fault(self, value: Term, wanted: str) -> ShapesError:
        """Return the error for a value that the parameter does not accept."""
        return ShapesError(f"{self.name} takes {wanted}, but {value} is not one; correct it")


def _datatype(given: Given) -> Iterable[Constraint]:
    given.one()
    return (core.HasDatatype(one) for one in given.iris())


def _node_kind(given: Given) -> Iterable[Constraint]:
    value = given.one()
    if value not in _KINDS:
        raise given.fault(value, f"one of {', '.join(map(str, _KINDS))}")
    yield core.HasKind(_KINDS[value])


def _min_count(given: Given) -> Iterable[Constraint]:
    if count := given.number():
        yield core.AtLeast(count)


def _max_count(given: Given) -> Iterable[Constraint]:
    yield core.AtMost(given.number())


def _component(given: Given) -> NamedNode:
    name = given.parameter.value.removeprefix(SH)
    return sh(f"{name[0].upper()}{name[1:]}ConstraintComponent")


def _range(given: Given) -> Iterable[Constraint]:
    yield core.InRange(_component(given), given.literal())


def _min_length(given: Given) -> Iterable[Constraint]:
    if least := given.number():
        yield core.HasLength(_component(given), least, float("inf"))


def _max_length(given: Given) -> Iterable[Constraint]:
    yield core.HasLength(_component(given), 0, given.number())


def _pattern(given: Given) -> Iterable[Constraint]:
    flags = given.other("flags")
    yield core.Matches(Regex(given.literal().value, flags.literal().value if flags.values else ""))


def _language_in(given: Given) -> Iterable[Constraint]:
    members = given.listed()
    for one in members:
        if not isinstance(one, Literal):
            raise given.fault(one, "a list of literals")
    yield core.InLanguage(tuple(one.value for one in members))


def _unique_lang(given: Given) -> Iterable[Constraint]:
    if given.is_true:
        yield core.UniqueLanguages()


def _order(given: Given) -> Iterable[Constraint]:
    return (core.HasOrder(_component(given), one) for one in given.iris())


def _shapes(make: Callable[[tuple[Node, ...]], Constraint]) -> Read:
    def read(given: Given) -> Iterable[Constraint]:
        for head in given.values:
            yield make(tuple(given.named(one) for one in given.members(head)))

    return read


def _qualified(given: Given) -> Iterable[Constraint]:
    shape, siblings = given.named(given.one()), _siblings(given)
    if least := given.other("qualifiedMinCount").number(default=0):
        component = sh("QualifiedMinCountConstraintComponent")
        yield core.Qualified(component, shape, siblings, least, float("inf"))
    if (most := given.other("qualifiedMaxCount").number(default=-1)) >= 0:
        component = sh("QualifiedMaxCountConstraintComponent")
        yield core.Qualified(component, shape, siblings, 0, most)


def _siblings(given: Given) -> tuple[Node, ...]:
    """Return the sibling shapes of a qualified value shape (section 4.7.3)."""
    if not given.other("qualifiedValueShapesDisjoint").is_true:
        return ()
    graph = given.graph
    found: set[Any] = {
        shape
        for parent in graph.backward(_PROPERTY)[given.shape]
        for sibling in graph.values(parent, _PROPERTY)
        for shape in graph.values(sibling, _QUALIFIED)
    }
    return tuple(sorted(found - set(given.values), key=str))


def _closed(given: Given) -> Iterable[Constraint]:
    if given.is_true:
        ignored = given.other("ignoredProperties")
        allowed = {
            path
            for one in given.other("property").values
            for path in given.graph.values(one, _PATH)
        }
        allowed.update(ignored.listed() if ignored.values else ())
        yield core.Closed(frozenset(allowed))


#: For each parameter, the function that makes constraints from a shape's values for it.
CORE_PARAMETERS: Final[Mapping[NamedNode, Read]] = {
    sh(name): read
    for name, read in {
        "class": lambda given: map(core.HasClass, given.values),
        "datatype": _datatype,
        "nodeKind": _node_kind,
        "minCount": _min_count,
        "maxCount": _max_count,
        "minExclusive": _range,
        "minInclusive": _range,
        "maxExclusive": _range,
        "maxInclusive": _range,
        "minLength": _min_length,
        "maxLength": _max_length,
        "pattern": _pattern,
        "languageIn": _language_in,
        "uniqueLang": _unique_lang,
        "equals": lambda given: map(core.Equals, given.iris()),
        "disjoint": lambda given: map(core.Disjoint, given.iris()),
        "lessThan": _order,
        "lessThanOrEquals": _order,
        "not": lambda given: (core.NotA(given.named(one)) for one in given.values),
        "and": _shapes(core.AllOf),
        "or": _shapes(core.AnyOf),
        "xone": _shapes(core.ExactlyOneOf),
        "node": lambda given: (
            core.ConformsTo(given.named(one, has_path=False)) for one in given.values
        ),
        "property": lambda given: (
            core.Properties(given.named(one, has_path=True)) for one in given.values
        ),
        "qualifiedValueShape": _qualified,
        "closed": _closed,
        "hasValue": lambda given: map(core.HasValue, given.values),
        "in": lambda given: [core.OneOfTerms(frozenset(given.listed()))],
    }.items()
}

#: Parameters allowed only on property shapes.
PROPERTY_ONLY: Final = frozenset(
    map(sh, ("minCount", "maxCount", "uniqueLang", "lessThan", "lessThanOrEquals"))
)


def named_shapes(constraint: Constraint) -> tuple[Node, ...]:
    """Return the shapes that a constraint refers to."""
    if isinstance(constraint, core.Qualified):
        return (constraint.shape, *constraint.siblings)
    if isinstance(constraint, core.ConformsTo | core.NotA | core.Properties):
        return (constraint.shape,)
    if isinstance(constraint, core.AllOf | core.AnyOf | core.ExactlyOneOf):
        return constraint.shapes
    return ()
