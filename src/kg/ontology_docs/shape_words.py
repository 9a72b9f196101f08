"""SHACL constraints in English and Arabic words.

Covers the constraint components of SHACL Core (W3C Recommendation of 2017, section 4), property
paths (section 2.3.1, written as in SPARQL) and targets. Anything else is shown as written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.errors import ShapesError
from kg.ontology_docs.model import Token
from kg.ontology_docs.names import keyword, listed, text, visible
from kg.rdf.iris import PREFIXES
from kg.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.ontology_docs.model import Line
    from kg.ontology_docs.names import Names
    from kg.ontology_docs.triples import Node, TripleIndex
    from kg.wording import Language

__all__ = ["ShapeWords"]

_PATHS: Final = {"zeroOrMorePath": "*", "oneOrMorePath": "+", "zeroOrOnePath": "?"}
# Shown elsewhere on the page, or in a sentence that covers several of them.
_ELSEWHERE: Final = frozenset({
    "name", "description", "message", "severity", "path", "property", "sparql", "select", "ask",
    "prefixes", "order", "group", "deactivated", "defaultValue", "minCount", "maxCount", "flags",
    "ignoredProperties", "qualifiedMinCount", "qualifiedMaxCount", "qualifiedValueShapesDisjoint",
    "targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode",
})  # fmt: skip
_DEEPEST: Final = 20
_SH: Final = PREFIXES["sh"]


def _comma(language: Language) -> Token:
    return text(wording("common", language)["comma"])


class ShapeWords:
    """Describes the shapes of one index in words."""

    def __init__(self, index: TripleIndex, names: Names) -> None:
        self._index = index
        self._names = names

    def path(self, node: Node, depth: int = 0) -> Line:
        """Return a property path in SPARQL syntax.

        :raises ShapesError: the path contains itself.
        """
        if not isinstance(node, BlankNode):
            return (self._names.token(node),)
        self._refuse_deep(depth)
        if self._index.is_list(node):
            steps = (self._step(step, depth) for step in self._index.members(node))
            return listed(steps, keyword(" / "))
        if (inner := self._index.value(node, "sh:inversePath")) is not None:
            return (keyword("^"), *self._step(inner, depth))
        if (head := self._index.value(node, "sh:alternativePath")) is not None:
            ways = (self._step(way, depth) for way in self._index.members(head))
            return listed(ways, keyword(" | "))
        for name, sign in _PATHS.items():
            if (inner := self._index.value(node, f"sh:{name}")) is not None:
                return (*self._step(inner, depth), keyword(sign))
        return (self._names.token(node),)

    def targets(self, shape: Node, language: Language) -> tuple[Line, ...]:
        """Return the targets of a shape."""
        phrases = wording("shapes.targets", language)
        found = [
            self._sentence(phrase, [(self._names.token(value),)], language)
            for name, phrase in phrases.items()
            for value in self._index.objects(shape, f"sh:{name}")
        ]
        if set(self._index.iris(shape, "rdf:type")) & {
            PREFIXES["rdfs"] + "Class",
            PREFIXES["owl"] + "Class",
        }:
            name = self._names.token(shape)
            found.append(self._sentence(phrases["targetClass"], [(name,)], language))
        return tuple(found)

    def constraints(self, shape: Node, language: Language, depth: int = 0) -> tuple[Line, ...]:
        """Return the constraints of a shape, one line each, cardinality first.

        :raises ShapesError: the shape contains itself.
        """
        self._refuse_deep(depth)
        lines = [*self._count(shape, language, "minCount", "maxCount")]
        for predicate, value in self._index.statements(shape):
            if not predicate.value.startswith(_SH):
                continue
            name = predicate.value.removeprefix(_SH)
            if name not in _ELSEWHERE:
                lines.append(self._constraint(shape, name, value, language, depth))
        return tuple(line for line in lines if line)

    def _constraint(
        self, shape: Node, name: str, value: Node, language: Language, depth: int
    ) -> Line:
        phrases = wording("shapes.constraints", language)
        kinds = wording("shapes.node-kinds", language)
        written = value.value if isinstance(value, Literal | NamedNode) else ""
        match name:
            case "nodeKind" if (kind := written.removeprefix(_SH)) in kinds:
                return (text(kinds[kind]),)
            case "uniqueLang" | "closed" if written == "false":
                return ()
            case "uniqueLang":
                return (text(phrases["uniqueLang"]),)
            case "closed":
                return self._closed(shape, language)
            case "qualifiedValueShape":
                return self._qualified(shape, value, language, depth)
            case "pattern":
                flags = self._index.text(shape, "sh:flags")
                pattern = visible(written)
                code = Token(f"/{pattern}/{flags}" if flags else pattern, kind="code")
                return self._sentence(phrases[name], [(code,)], language)
        phrase = phrases.get(name)
        if phrase is None:
            return (text(f"{self._names.prefixed(_SH + name)} "), self._names.token(value))
        return self._sentence(phrase, self._values(name, value, language, depth), language)

    def _values(self, name: str, value: Node, language: Language, depth: int) -> list[Line]:
        """Return the values of a constraint, of which some are lists or shapes."""
        match name:
            case "in":
                return [(self._names.token(one),) for one in self._index.members(value)]
            case "languageIn":
                return [
                    (Token(one.value, kind="code"),)
                    for one in self._index.members(value)
                    if isinstance(one, Literal)
                ]
            case "and" | "or" | "xone":
                members = self._index.members(value)
                return [self._reference(one, language, depth) for one in members]
            case "not" | "node":
                return [self._reference(value, language, depth)]
            case _:
                return [(self._names.token(value),)]

    def _count(self, shape: Node, language: Language, low: str, high: str) -> Iterator[Line]:
        least = self._index.text(shape, f"sh:{low}")
        most = self._index.text(shape, f"sh:{high}")
        if most == "0":
            key, number = "none", ""
        elif least and most:
            key = "exactly" if least == most else "between"
            number = least if least == most else f"{least}–{most}"
        elif least or most:
            key, number = ("least", least) if least else ("most", most)
        else:
            return
        yield self._sentence(wording("shapes.counts", language)[key], [(text(number),)], language)

    def _qualified(self, shape: Node, value: Node, language: Language, depth: int) -> Line:
        counts = self._count(shape, language, "qualifiedMinCount", "qualifiedMaxCount")
        inner = self._reference(value, language, depth)
        phrases = wording("shapes.constraints", language)
        demand = self._sentence(phrases["node"], [inner], language)
        among = text(phrases["qualified"])
        return tuple(token for count in counts for token in (*count, among, *demand))

    def _closed(self, shape: Node, language: Language) -> Line:
        phrases = wording("shapes.constraints", language)
        head = self._index.value(shape, "sh:ignoredProperties")
        ignored = self._index.members(head) if head is not None else ()
        if not ignored:
            return (text(phrases["closed"]),)
        names: list[Line] = [(self._names.token(one),) for one in ignored]
        return (text(phrases["closed"]), *self._sentence(phrases["ignored"], names, language))

    def _reference(self, shape: Node, language: Language, depth: int) -> Line:
        if not isinstance(shape, BlankNode):
            return (self._names.token(shape),)
        lines = [*self.constraints(shape, language, depth + 1)]
        if (path := self._index.value(shape, "sh:path")) is not None:
            lines.insert(0, self.path(path, depth + 1))
        parts = self._index.objects(shape, "sh:property")
        lines += [self._reference(part, language, depth + 1) for part in parts]
        return (text("("), *listed(lines, _comma(language)), text(")"))

    def _sentence(self, phrase: str, values: list[Line], language: Language) -> Line:
        before, _, after = phrase.partition("{values}")
        middle = listed(values, _comma(language))
        tokens = (text(before), *middle, text(after))
        return tuple(token for token in tokens if token.text)

    def _step(self, node: Node, depth: int) -> Line:
        line = self.path(node, depth + 1)
        inverted = self._index.value(node, "sh:inversePath")
        simple = isinstance(node, NamedNode) or isinstance(inverted, NamedNode)
        return line if simple else (text("("), *line, text(")"))

    def _refuse_deep(self, depth: int) -> None:
        if depth > _DEEPEST:
            raise ShapesError(
                f"a shape or path is nested more than {_DEEPEST} levels deep, or contains itself; "
                "name its parts"
            )
