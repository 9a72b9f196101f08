"""OWL class expressions and data ranges in Manchester syntax.

Follows the W3C note *OWL 2 Web Ontology Language Manchester Syntax* (second edition), section 2.4.
Every nested compound expression is in brackets, so that readers need not know the precedence of
``and`` and ``or``. Names of our ontology have no prefix.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, NamedNode

from kg.errors import AuthorityError
from kg.ontology_docs.names import keyword, listed, text
from kg.rdf.iris import local_name

if TYPE_CHECKING:
    from kg.ontology_docs.model import Line, Token
    from kg.ontology_docs.names import Names
    from kg.ontology_docs.triples import Node, TripleIndex

__all__ = ["Expressions"]

_CARDINALITIES: Final = {
    "owl:minQualifiedCardinality": "min",
    "owl:maxQualifiedCardinality": "max",
    "owl:qualifiedCardinality": "exactly",
    "owl:minCardinality": "min",
    "owl:maxCardinality": "max",
    "owl:cardinality": "exactly",
}
_FACETS: Final = {
    "minInclusive": ">=",
    "minExclusive": ">",
    "maxInclusive": "<=",
    "maxExclusive": "<",
}
_AND: Final = keyword(" and ")
_OR: Final = keyword(" or ")
_COMMA: Final = text(", ")
# A blank node that contains itself would recurse forever.
_DEEPEST: Final = 60


class Expressions:
    """Renders the expressions of one index."""

    def __init__(self, index: TripleIndex, names: Names) -> None:
        self._index = index
        self._names = names

    def line(self, node: Node) -> Line:
        """Return a class, a data range or an individual as a line.

        :raises AuthorityError: the node is not an OWL 2 expression.
        """
        return self._line(node, 0)

    def chain(self, head: Node) -> Line:
        """Return a property chain as a line."""
        steps = self._index.members(head)
        return listed((self.property(step) for step in steps), keyword(" o "))

    def property(self, node: Node) -> Line:
        """Return a property or an inverse property as a line."""
        inverse = self._index.value(node, "owl:inverseOf")
        if isinstance(node, BlankNode) and inverse is not None:
            return (keyword("inverse "), self._names.token(inverse))
        return (self._names.token(node),)

    def _line(self, node: Node, depth: int) -> Line:
        if not isinstance(node, BlankNode):
            return (self._names.token(node),)
        if depth > _DEEPEST:
            raise AuthorityError(
                f"a class expression is nested over {_DEEPEST} levels deep, or contains itself; "
                "name its parts"
            )
        if self._index.value(node, "owl:onProperty") is not None:
            return self._restriction(node, depth)
        return self._combination(node, depth)

    def _operand(self, node: Node, depth: int) -> Line:
        line = self._line(node, depth + 1)
        atomic = isinstance(node, NamedNode) or any(
            self._index.value(node, name) is not None for name in ("owl:oneOf", "owl:onDatatype")
        )
        return line if atomic else (text("("), *line, text(")"))

    def _combination(self, node: Node, depth: int) -> Line:
        for name, separator in (("owl:intersectionOf", _AND), ("owl:unionOf", _OR)):
            if (head := self._index.value(node, name)) is not None:
                parts = (self._operand(part, depth) for part in self._index.members(head))
                return listed(parts, separator)
        for name in ("owl:complementOf", "owl:datatypeComplementOf"):
            if (other := self._index.value(node, name)) is not None:
                return (keyword("not "), *self._operand(other, depth))
        if (head := self._index.value(node, "owl:oneOf")) is not None:
            members = ((self._names.token(one),) for one in self._index.members(head))
            return (text("{"), *listed(members, _COMMA), text("}"))
        if (datatype := self._index.value(node, "owl:onDatatype")) is not None:
            return (self._names.token(datatype), text("["), *self._facets(node), text("]"))
        said = ", ".join(predicate.value for predicate, _ in self._index.statements(node))
        raise AuthorityError(
            f"a class expression with {said or 'no content'} is not valid in OWL 2; write an "
            "intersection, union, complement, enumeration or restriction"
        )

    def _facets(self, node: Node) -> Line:
        head = self._index.value(node, "owl:withRestrictions")
        found = []
        for facet in self._index.members(head) if head is not None else ():
            for predicate, value in self._index.statements(facet):
                name = local_name(predicate.value)
                sign = keyword(f"{_FACETS.get(name, name)} ")
                found.append((sign, self._names.token(value)))
        return listed(found, _COMMA)

    def _restriction(self, node: Node, depth: int) -> Line:
        about = self._index.value(node, "owl:onProperty")
        assert about is not None
        subject = self.property(about)
        for name, word in (("owl:someValuesFrom", " some "), ("owl:allValuesFrom", " only ")):
            if (filler := self._index.value(node, name)) is not None:
                return (*subject, keyword(word), *self._operand(filler, depth))
        if (value := self._index.value(node, "owl:hasValue")) is not None:
            return (*subject, keyword(" value "), self._names.token(value))
        if self._index.value(node, "owl:hasSelf") is not None:
            return (*subject, keyword(" Self"))
        for name, word in _CARDINALITIES.items():
            if (number := self._index.value(node, name)) is not None:
                return (*subject, keyword(f" {word} "), *self._counted(node, number, depth))
        name = about.value if isinstance(about, NamedNode) else "a property"
        raise AuthorityError(
            f"the restriction on {name} must have some, only, value, Self, min, max or exactly"
        )

    def _counted(self, node: Node, number: Node, depth: int) -> tuple[Token, ...]:
        count = self._names.token(number)
        for name in ("owl:onClass", "owl:onDataRange"):
            if (filler := self._index.value(node, name)) is not None:
                return (count, text(" "), *self._operand(filler, depth))
        return (count,)
