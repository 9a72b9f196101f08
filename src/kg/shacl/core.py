"""The constraint components of SHACL Core (section 4), evaluated on all value nodes at once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.shacl.literals import at_most, is_well_formed, less
from kg.shacl.model import Constraint, Finding, ValueConstraint
from kg.shacl.paths import Predicate
from kg.shacl.vocabulary import sh

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from collections.abc import Set as AbstractSet

    from kg.shacl.model import Judge, Scope
    from kg.shacl.regexes import Regex
    from kg.shacl.vocabulary import Node, Term

__all__ = [
    "AllOf", "AnyOf", "AtLeast", "AtMost", "Closed", "ConformsTo", "Disjoint", "Equals",
    "ExactlyOneOf", "HasClass", "HasDatatype", "HasKind", "HasLength", "HasOrder", "HasValue",
    "InLanguage", "InRange", "Matches", "NotA", "OneOfTerms", "Properties", "Qualified",
    "UniqueLanguages",
]  # fmt: skip


# Value types (4.1)


@dataclass(frozen=True, slots=True)
class HasClass(ValueConstraint):
    """``sh:class``."""

    cls: Term
    component = sh("ClassConstraintComponent")

    def wrong(self, judge: Judge, values: AbstractSet[Term]) -> AbstractSet[Term]:
        """Return the values that are not instances of the class."""
        for instances in judge.graph.instances_by_layer(self.cls):
            values = values - instances
        return values


@dataclass(frozen=True, slots=True)
class HasDatatype(ValueConstraint):
    """``sh:datatype``: the literal must also be well-formed."""

    datatype: Term
    component = sh("DatatypeConstraintComponent")

    def wrong(self, judge: Judge, values: AbstractSet[Term]) -> AbstractSet[Term]:
        """Return the values that are not literals of the datatype."""
        datatype = self.datatype
        return {
            one
            for one in values
            if not isinstance(one, Literal) or one.datatype != datatype or not is_well_formed(one)
        }


@dataclass(frozen=True, slots=True)
class HasKind(ValueConstraint):
    """``sh:nodeKind``."""

    kinds: tuple[type[NamedNode | BlankNode | Literal], ...]
    component = sh("NodeKindConstraintComponent")

    def wrong(self, judge: Judge, values: AbstractSet[Term]) -> AbstractSet[Term]:
        """Return the values of another node kind."""
        kinds = self.kinds
        return {one for one in values if not isinstance(one, kinds)}


# Cardinality (4.2)


@dataclass(frozen=True, slots=True)
class AtLeast(Constraint):
    """``sh:minCount``."""

    count: int
    component = sh("MinCountConstraintComponent")

    def findings(self, judge: Judge, scope: Scope) -> Iterator[Finding]:
        """Yield the focus nodes with fewer values."""
        if self.count > 0:
            yield from map(Finding, scope.without())
        if self.count > 1:
            yield from (Finding(one) for one, values in scope.each() if len(values) < self.count)


@dataclass(frozen=True, slots=True)
class AtMost(Constraint):
    """``sh:maxCount``."""

    count: int
    component = sh("MaxCountConstraintComponent")

    def findings(self, judge: Judge, scope: Scope) -> Iterator[Finding]:
        """Yield the focus nodes with more values."""
        return (Finding(one) for one, values in scope.each() if len(values) > self.count)


# Ranges (4.3)


@dataclass(frozen=True, slots=True)
class InRange(ValueConstraint):
    """``sh:minExclusive``, ``sh:minInclusive``, ``sh:maxExclusive`` or ``sh:maxInclusive``."""

    component: NamedNode
    bound: Literal

    def wrong(self, judge: Judge, values: AbstractSet[Term]) -> AbstractSet[Term]:
        """Return the values that are out of range or cannot be compared with the bound."""
        keeps = _RANGES[self.component]
        return {one for one in values if not keeps(one, self.bound)}


_RANGES: Final[dict[NamedNode, Callable[[Term, Term], bool]]] = {
    sh("MinExclusiveConstraintComponent"): lambda one, bound: less(bound, one),
    sh("MinInclusiveConstraintComponent"): lambda one, bound: at_most(bound, one),
    sh("MaxExclusiveConstraintComponent"): less,
    sh("MaxInclusiveConstraintComponent"): at_most,
}


# Strings (4.4)


def _text(node: Term) -> str | None:
    return None if isinstance(node, BlankNode) else node.value


@dataclass(frozen=True, slots=True)
class HasLength(ValueConstraint):
    """``sh:minLength`` or ``sh:maxLength``, in code points."""

    component: NamedNode
    least: int
    most: float

    def wrong(self, judge: Judge, values: AbstractSet[Term]) -> AbstractSet[Term]:
        """Return the values that are too short or too long, and blank nodes."""
        return {
            one
            for one in values
            if (text := _text(one)) is None or not self.least <= len(text) <= self.most
        }


@dataclass(frozen=True, slots=True)
class Matches(ValueConstraint):
    """``sh:pattern`` with ``sh:flags``."""

    regex: Regex
    component = sh("PatternConstraintComponent")

    def wrong(self, judge: Judge, values: AbstractSet[Term]) -> AbstractSet[Term]:
        """Return the values that do not match, and blank nodes."""
        texts = {one: text for one in values if (text := _text(one)) is not None}
        matching = self.regex.matching(texts.values())
        return {one for one in values if texts.get(one) not in matching}


@dataclass(frozen=True, slots=True)
class InLanguage(ValueConstraint):
    """``sh:languageIn``, compared like SPARQL's ``langMatches``: "en" accepts "en-GB"."""

    ranges: tuple[str, ...]
    component = sh("LanguageInConstraintComponent")

    def wrong(self, judge: Judge, values: AbstractSet[Term]) -> AbstractSet[Term]:
        """Return the values in none of the languages."""
        return {one for one in values if not self._takes(one)}

    def _takes(self, node: Term) -> bool:
        if not isinstance(node, Literal) or not node.language:
            return False
        tag = node.language.lower()
        return any(
            one == "*" or tag == one.lower() or tag.startswith(f"{one.lower()}-")
            for one in self.ranges
        )


@dataclass(frozen=True, slots=True)
class UniqueLanguages(Constraint):
    """``sh:uniqueLang true``."""

    component = sh("UniqueLangConstraintComponent")

    def findings(self, judge: Judge, scope: Scope) -> Iterator[Finding]:
        """Yield a focus node once for each language shared by several of its values."""
        for focus, values in scope.each():
            if len(values) > 1:
                languages = Counter(
                    one.language.lower()
                    for one in values
                    if isinstance(one, Literal) and one.language
                )
                yield from (Finding(focus) for count in languages.values() if count > 1)


# Pairs of properties (4.5)


@dataclass(frozen=True, slots=True)
class Equals(Constraint):
    """``sh:equals``."""

    other: NamedNode
    component = sh("EqualsConstraintComponent")

    def findings(self, judge: Judge, scope: Scope) -> Iterator[Finding]:
        """Yield every value that only one of the two properties has."""
        others = judge.graph.forward(self.other).__getitem__
        for focus, values in scope.each():
            yield from (Finding(focus, one) for one in set(values) ^ set(others(focus)))
        for focus in scope.without():
            yield from (Finding(focus, one) for one in others(focus))


@dataclass(frozen=True, slots=True)
class Disjoint(Constraint):
    """``sh:disjoint``."""

    other: NamedNode
    component = sh("DisjointConstraintComponent")

    def findings(self, judge: Judge, scope: Scope) -> Iterator[Finding]:
        """Yield every value that both properties have."""
        others = judge.graph.forward(self.other).__getitem__
        for focus, values in scope.each():
            yield from (Finding(focus, one) for one in set(values) & set(others(focus)))


@dataclass(frozen=True, slots=True)
class HasOrder(Constraint):
    """``sh:lessThan`` or ``sh:lessThanOrEquals``."""

    component: NamedNode
    other: NamedNode

    def findings(self, judge: Judge, scope: Scope) -> Iterator[Finding]:
        """Yield a value once for each value of the other property that it is not less than."""
        keeps = less if self.component == sh("LessThanConstraintComponent") else at_most
        others = judge.graph.forward(self.other).__getitem__
        for focus, values in scope.each():
            for other in others(focus):
                yield from (Finding(focus, one) for one in values if not keeps(one, other))


# Logic and shapes (4.6, 4.7)


@dataclass(frozen=True, slots=True)
class ConformsTo(ValueConstraint):
    """``sh:node``."""

    shape: Node
    component = sh("NodeConstraintComponent")

    def wrong(self, judge: Judge, values: AbstractSet[Term]) -> AbstractSet[Term]:
        """Return the values that do not conform to the shape."""
        return judge.failing(self.shape, values)


@dataclass(frozen=True, slots=True)
class NotA(ValueConstraint):
    """``sh:not``."""

    shape: Node
    component = sh("NotConstraintComponent")

    def wrong(self, judge: Judge, values: AbstractSet[Term]) -> AbstractSet[Term]:
        """Return the values that conform to the shape."""
        return values - judge.failing(self.shape, values)


@dataclass(frozen=True, slots=True)
class AllOf(ValueConstraint):
    """``sh:and``."""

    shapes: tuple[Node, ...]
    component = sh("AndConstraintComponent")

    def wrong(self, judge: Judge, values: AbstractSet[Term]) -> AbstractSet[Term]:
        """Return the values that fail at least one of the shapes."""
        wrong: set[Term] = set()
        for shape in self.shapes:
            wrong |= judge.failing(shape, values - wrong)
        return wrong


@dataclass(frozen=True, slots=True)
class AnyOf(ValueConstraint):
    """``sh:or``."""

    shapes: tuple[Node, ...]
    component = sh("OrConstraintComponent")

    def wrong(self, judge: Judge, values: AbstractSet[Term]) -> AbstractSet[Term]:
        """Return the values that fail all of the shapes."""
        wrong = values
        for shape in self.shapes:
            if not wrong:
                break
            wrong = judge.failing(shape, wrong)
        return wrong


@dataclass(frozen=True, slots=True)
class ExactlyOneOf(ValueConstraint):
    """``sh:xone``."""

    shapes: tuple[Node, ...]
    component = sh("XoneConstraintComponent")

    def wrong(self, judge: Judge, values: AbstractSet[Term]) -> AbstractSet[Term]:
        """Return the values that conform to none or to more than one of the shapes."""
        kept = Counter(
            node for shape in self.shapes for node in values - judge.failing(shape, values)
        )
        return {one for one in values if kept[one] != 1}


@dataclass(frozen=True, slots=True)
class Properties(Constraint):
    """``sh:property``: reports the results of the property shape."""

    shape: Node
    component = sh("PropertyShapeComponent")

    def findings(self, judge: Judge, scope: Scope) -> Iterator[Finding]:
        """Yield nothing: the engine collects the property shape's own results."""
        return iter(())

    def failing(self, judge: Judge, scope: Scope) -> AbstractSet[Term]:
        """Return the focus nodes with a value that does not conform to the shape."""
        return scope.having(judge.failing(self.shape, scope.distinct))


@dataclass(frozen=True, slots=True)
class Qualified(Constraint):
    """``sh:qualifiedMinCount`` or ``sh:qualifiedMaxCount``, excluding sibling shapes."""

    component: NamedNode
    shape: Node
    siblings: tuple[Node, ...]
    least: int
    most: float

    def findings(self, judge: Judge, scope: Scope) -> Iterator[Finding]:
        """Yield the focus nodes with too few or too many conforming values."""
        values = scope.distinct
        counted = values - judge.failing(self.shape, values)
        for sibling in self.siblings:
            counted &= judge.failing(sibling, counted)
        for focus, own in scope.each():
            if not self.least <= sum(one in counted for one in own) <= self.most:
                yield Finding(focus)
        if self.least > 0:
            yield from map(Finding, scope.without())


# Others (4.8)


@dataclass(frozen=True, slots=True)
class Closed(Constraint):
    """``sh:closed true``."""

    allowed: frozenset[Term]
    component = sh("ClosedConstraintComponent")

    def findings(self, judge: Judge, scope: Scope) -> Iterator[Finding]:
        """Yield the objects of every property that is not allowed."""
        graph = judge.graph
        for predicate in graph.all_predicates - self.allowed:
            if found := graph.forward(predicate).among(scope.distinct):
                path = Predicate(predicate)
                for focus, values in scope.each():
                    for node in values:
                        yield from (Finding(focus, value, path) for value in found[node])


@dataclass(frozen=True, slots=True)
class HasValue(Constraint):
    """``sh:hasValue``."""

    value: Term
    component = sh("HasValueConstraintComponent")

    def findings(self, judge: Judge, scope: Scope) -> Iterator[Finding]:
        """Yield the focus nodes without the value."""
        yield from map(Finding, scope.without())
        yield from (Finding(one) for one, values in scope.each() if self.value not in values)


@dataclass(frozen=True, slots=True)
class OneOfTerms(ValueConstraint):
    """``sh:in``."""

    terms: frozenset[Term]
    component = sh("InConstraintComponent")

    def wrong(self, judge: Judge, values: AbstractSet[Term]) -> AbstractSet[Term]:
        """Return the values that are not in the list."""
        return values - self.terms
