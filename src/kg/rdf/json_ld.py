"""JSON-LD 1.1 compacted by our context, one line for each node (W3C, JSON-LD 1.1).

``ontology/context.jsonld`` says which properties hold IRIs, dates or texts by language; a document
has the part of it that it uses, so that nothing needs to be fetched to read it.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.errors import OutputError
from kg.files import shipped
from kg.rdf.curies import OURS
from kg.rdf.iris import PREFIXES, term

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Statement = Quad | Triple
    Term = NamedNode | BlankNode | Literal | Triple

__all__ = ["context_for", "json_ld", "json_ld_pieces"]

_TYPE: Final = term("rdf:type")
_STRING: Final = term("xsd:string").value
_BOOLEAN: Final = term("xsd:boolean").value
_INTEGERS: Final = {term(f"xsd:{name}").value for name in ("integer", "nonNegativeInteger")}
# JSON's numbers are exact up to 2**53.
_EXACT: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")


@cache
def _definitions() -> Mapping[str, Mapping[str, str]]:
    """Return what our context says of properties, by prefixed name."""
    text = (shipped.ontology_dir() / "context.jsonld").read_text(encoding="utf-8")
    context: dict[str, Any] = json.loads(text)["@context"]
    return {name: one for name, one in context.items() if isinstance(one, dict)}


def context_for(statements: Iterable[Statement]) -> dict[str, Any]:
    """Return the part of our context that triples or quads use: prefixes, then properties."""
    prefixes: set[str] = set()
    properties: set[str] = set()
    iris: set[str] = set()
    for one in statements:
        graph = one.graph_name if isinstance(one, Quad) else None
        for node in (one.subject, one.predicate, one.object, graph):
            if isinstance(node, NamedNode):
                iris.add(node.value)
            elif isinstance(node, Literal):
                iris.add(node.datatype.value)
        name = _short(one.predicate.value, PREFIXES)
        if name in _definitions():
            properties.add(name)
            prefixes.add(_definitions()[name].get("@type", "@").partition(":")[0])
    prefixes.update(split[0] for split in map(OURS.split, iris) if split is not None)
    return {
        "@version": 1.1,
        **{name: PREFIXES[name] for name in sorted(prefixes & PREFIXES.keys())},
        **{name: _definitions()[name] for name in sorted(properties)},
    }


def _short(iri: str, known: Mapping[str, Any]) -> str:
    split = OURS.split(iri)
    # JSON-LD reads "prefix://..." as an IRI even if the prefix is declared.
    if split is None or split[0] not in known or split[1].startswith("//"):
        return iri
    return ":".join(split)


@dataclass(frozen=True, slots=True)
class _Compaction:
    context: Mapping[str, Any]

    def name(self, node: Term) -> str:
        return _short(node.value, self.context) if isinstance(node, NamedNode) else str(node)

    def node(self, subject: Term, statements: Iterable[Statement]) -> str:
        """Return a node object in one line."""
        entries: dict[str, Any] = {"@id": self.name(subject)}
        for predicate, group in groupby(statements, key=attrgetter("predicate")):
            objects = [one.object for one in group]
            key, value = self._property(predicate, objects)
            entries[key] = value
        return json.dumps(entries, ensure_ascii=False)

    def _property(self, predicate: NamedNode, objects: Sequence[Term]) -> tuple[str, Any]:
        if predicate == _TYPE and all(isinstance(one, NamedNode) for one in objects):
            return "@type", [self.name(one) for one in objects]
        key = self.name(predicate)
        definition = self.context.get(key, {})
        if "@container" in definition:
            if (texts := _by_language(objects)) is not None:
                return key, texts
            key, definition = predicate.value, {}  # no IRI is a term, so none is defined
        kind = definition.get("@type", "")
        values = [self._value(one, kind) for one in objects]
        return key, values[0] if len(values) == 1 else values

    def _value(self, node: Term, kind: str) -> Any:
        """Return a value; of the kind that its property says, it needs no words of its own."""
        if isinstance(node, Triple):
            raise OutputError(f"{node}: JSON-LD cannot represent a triple term; use ttl or nt")
        if not isinstance(node, Literal):
            return self.name(node) if kind == "@id" else {"@id": self.name(node)}
        if node.language:
            direction = {"@direction": str(node.direction)} if node.direction else {}
            return {"@value": node.value, "@language": node.language, **direction}
        datatype = node.datatype.value
        name = self.name(node.datatype)
        if datatype == _STRING:
            return {"@value": node.value} if kind else node.value
        native = _native(node.value, datatype)
        if name == kind:
            return node.value if native is None else native
        if native is not None and not kind and datatype != f"{PREFIXES['xsd']}nonNegativeInteger":
            return native
        return {"@value": node.value, "@type": name}


def _native(value: str, datatype: str) -> bool | int | None:
    """Return JSON's own value, where JSON-LD makes the same literal of it."""
    if datatype == _BOOLEAN and value in {"true", "false"}:
        return value == "true"
    return int(value) if datatype in _INTEGERS and _EXACT.fullmatch(value) else None


def _by_language(objects: Iterable[Term]) -> dict[str, Any] | None:
    """Return texts by language; ``None`` if one has no language, or a direction of its own."""
    found: dict[str, list[str]] = {}
    for one in objects:
        if not isinstance(one, Literal) or not one.language or one.direction:
            return None
        found.setdefault(one.language, []).append(one.value)
    return {tag: texts[0] if len(texts) == 1 else texts for tag, texts in found.items()}


def json_ld_pieces(statements: Iterable[Statement], context: Mapping[str, Any]) -> Iterator[str]:
    """Yield a JSON-LD document node by node, in the given order.

    :param context: what :func:`context_for` made of these statements, or of the first of them.
    :raises OutputError: there is no way to write a triple term of RDF 1.2.
    """
    compaction = _Compaction(context)
    yield f'{{"@context": {json.dumps(context, ensure_ascii=False, indent=1)},\n"@graph": [\n'
    comma = ""
    for graph, content in groupby(statements, key=_graph):
        if graph is not None:
            name = json.dumps(compaction.name(graph), ensure_ascii=False)
            yield f'{comma}{{"@id": {name}, "@graph": [\n'
            comma = ""
        for subject, of_subject in groupby(content, key=attrgetter("subject")):
            yield comma + compaction.node(subject, of_subject)
            comma = ",\n"
        if graph is not None:
            yield "\n]}"
    yield "\n]}\n"


def _graph(statement: Statement) -> NamedNode | BlankNode | None:
    graph = statement.graph_name if isinstance(statement, Quad) else None
    return None if isinstance(graph, DefaultGraph) else graph


def json_ld(statements: Sequence[Statement]) -> bytes:
    """Return triples or quads as JSON-LD, in the given order.

    :raises OutputError: there is no way to write a triple term of RDF 1.2.
    """
    return "".join(json_ld_pieces(statements, context_for(statements))).encode()
