"""Names in lines: our terms by their local names, others with a prefix."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode

from kg.ontology_docs.model import Token
from kg.rdf.curies import Namespaces
from kg.rdf.iris import PREFIXES, QAWL

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kg.ontology_docs.model import Line
    from kg.ontology_docs.triples import Node

__all__ = ["Names", "keyword", "listed", "text", "visible"]

# Literals that SPARQL, Turtle and the Manchester syntax write without quotes and datatype.
_BARE: Final = {
    PREFIXES["xsd"] + name: re.compile(pattern)
    for name, pattern in {
        "integer": r"[+-]?[0-9]+",
        "nonNegativeInteger": r"[0-9]+",
        "decimal": r"[+-]?[0-9]+\.[0-9]+",
        "boolean": r"true|false",
    }.items()
}


def text(value: str) -> Token:
    """Return a plain token, without an IRI."""
    return Token(value)


def keyword(value: str) -> Token:
    """Return a token of the notation itself."""
    return Token(value, kind="keyword")


def listed(lines: Iterable[Line], separator: Token) -> Line:
    """Join lines into one, with a separator between them."""
    found: list[Token] = []
    for line in lines:
        if found:
            found.append(separator)
        found += line
    return tuple(found)


def visible(pattern: str) -> str:
    r"""Return a text with escapes, as Turtle has them, for what fonts do not show.

    >>> visible("[ -~\u00a0]")
    '[ -~\\u00A0]'
    """
    return "".join(
        char
        if char.isprintable() and char < "\ufffc"
        else f"\\u{ord(char):04X}"
        if char <= "\uffff"
        else f"\\U{ord(char):08X}"
        for char in pattern
    )


class Names:
    """Short names of IRIs and literals; ``prefixes`` has the prefixes used so far."""

    def __init__(self, declared: Mapping[str, str]) -> None:
        self._prefixes = {**declared, **PREFIXES}
        self._namespaces = Namespaces(self._prefixes)
        self._used: set[str] = set()

    @property
    def prefixes(self) -> dict[str, str]:
        """The prefixes used so far, ours first, then by name."""
        ordered = sorted(self._used, key=lambda name: (name not in PREFIXES, name.casefold()))
        return {name: self._prefixes[name] for name in ordered}

    def prefixed(self, iri: str) -> str:
        """Return an IRI with a prefix, or in angle brackets if no prefix fits."""
        name = self._namespaces.name(iri)
        if not name.startswith("<"):
            self._used.add(name.partition(":")[0])
        return name

    def short(self, iri: str) -> str:
        """Return the short form of an IRI for lines: our terms have no prefix."""
        name = self.prefixed(iri)
        return name.removeprefix("qawl:") if iri.startswith(QAWL) else name

    def token(self, node: Node | str) -> Token:
        """Return a node as a token; an IRI becomes the token's ``iri``."""
        if isinstance(node, Literal):
            return Token(self._literal(node), kind="code")
        if isinstance(node, BlankNode):  # its label changes whenever the file is read
            return Token("[]", kind="code")
        iri = node.value if isinstance(node, NamedNode) else node
        return Token(self.short(iri), iri)

    def _literal(self, node: Literal) -> str:
        bare = _BARE.get(node.datatype.value)
        if bare is not None and bare.fullmatch(node.value):
            return node.value
        quoted = '"' + node.value.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if node.language:
            return f"{quoted}@{node.language}"
        if node.datatype.value == PREFIXES["xsd"] + "string":
            return quoted
        return f"{quoted}^^{self.prefixed(node.datatype.value)}"
