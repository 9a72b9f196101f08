"""The plain triple that each claim would assert if its voice were the graph's own.

| the claim answers | subject | predicate, in https://w3id.org/qawl/flat# | object |
| --- | --- | --- | --- |
| how many | population, else actor, event, place | MEASURE or MEASURE-UNIT | the number |
| … about so many | the same | MEASURE-about | the number |
| … at least, more than … | the same | MEASURE-at-least … | the number |
| … from one to another | the same | MEASURE-at-least, MEASURE-at-most | the two numbers |
| … in a vague word | the same | MEASURE-in-words | the comparator (many, most of …) |
| when | the event | start, end, occurrence | the EDTF date |
| … relative to another event | the event | occurrence-before, start-after … | the other event |
| … in words alone | the event | occurrence-in-words … | the words |
| who | the event | the role: agent, payer … | each entity |
| where | the event | place | each place |
| did it happen | the event | happened | true or false |
| is it so | the question | holds | true or false |

A unit other than plain numbers becomes part of the predicate's name (``cost-usd``), as does any
hedge of the number, so that no triple says more than its claim. Everything else about the claim is
lost in its triple: the voice, and the event, place and time of a number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from pyoxigraph import NamedNode, Triple

from kg.publish.profiles.base import Description, claim_triples, describe
from kg.rdf.iris import NAMESPACE, concept, local_name, slugify, term
from kg.rdf.quads import boolean, text
from kg.wording import by_language, listed, wording

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.publish.profiles.base import SelectedClaim
    from kg.sparql.results import Term
    from kg.store.local import Graph

__all__ = ["FLAT", "PlainTriple", "Standing", "declarations", "plain_triples"]

#: The namespace of the predicates. They are not Qawl terms: they assert what Qawl never asserts.
FLAT: Final = f"{NAMESPACE}flat#"

#: The standing of a triple: the voice asserts it, denies it or is not certain of it, or its number
#: is garbled in the text.
Standing = Literal["asserted", "denied", "uncertain", "garbled"]

# The dimensions of a question that can be the subject, in order of preference.
_SUBJECTS: Final = ("qawl:population", "qawl:ofActor", "qawl:ofEvent", "qawl:atPlace")
_CERTAIN: Final = concept("stance", "certain")
_CERTAINLY_NOT: Final = concept("stance", "certainly-not")
_DENIALS: Final = tuple(
    concept("stance", f"{degree}-not") for degree in ("certainly", "probably", "possibly")
)
_FALSE: Final = boolean(False)


@dataclass(frozen=True, slots=True)
class PlainTriple:
    """A triple that a claim would assert, and its standing.

    ``named_after`` are the concepts and words that make up the predicate's name.
    """

    claim: NamedNode
    triple: Triple
    named_after: tuple[NamedNode | str, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class _Statement:
    subject: Term | None
    named_after: tuple[NamedNode | str, ...]
    value: Term


def _code(part: NamedNode | str) -> str:
    return part if isinstance(part, str) else local_name(part.value)


def _unit(about: Description, quantity: NamedNode) -> tuple[NamedNode, ...]:
    """Return the concept of the unit; empty for plain numbers."""
    unit = about.node(quantity, "qawl:unit")
    code = "" if unit is None else slugify(_code(unit).removeprefix("CCY_"))
    return () if code in {"", "num"} else (concept("unit", code),)


def _amounts(about: Description, question: NamedNode, quantity: NamedNode) -> Iterator[_Statement]:
    subject = next(filter(None, (about.node(question, one) for one in _SUBJECTS)), None)
    measure = about.node(question, "qawl:measure")
    if measure is None:
        return
    approximate = about.literal(quantity, "qawl:approximate")
    hedge = ("about",) if approximate is not None and approximate.value == "true" else ()
    comparator = about.node(quantity, "qawl:comparator")
    name: tuple[NamedNode | str, ...] = (measure, *_unit(about, quantity), *hedge)

    def statement(value: Term, bound: NamedNode | None) -> _Statement:
        if bound is None or bound == concept("comparator", "exactly"):
            return _Statement(subject, name, value)
        return _Statement(subject, (*name, bound), value)

    value, lower, upper = (
        about.literal(quantity, f"qawl:{which}") for which in ("numericValue", "lower", "upper")
    )
    if value is not None:
        yield statement(value, comparator)
    if lower is not None:
        yield statement(lower, concept("comparator", "at-least"))
    if upper is not None:
        yield statement(upper, concept("comparator", "at-most"))
    if value is lower is upper is None and comparator is not None:
        yield _Statement(subject, (*name, "in-words"), comparator)


def _times(about: Description, question: NamedNode, span: NamedNode) -> Iterator[_Statement]:
    subject = about.node(question, "qawl:ofEvent")
    aspect = about.node(question, "qawl:aspect")
    if aspect is None:
        return
    edtf = about.literal(span, "qawl:edtf")
    anchor = about.node(span, "qawl:anchorEvent")
    relation = about.node(span, "qawl:timeRelation")
    surface = about.literal(span, "qawl:surface")
    if edtf is not None:
        yield _Statement(subject, (aspect,), edtf)
    elif anchor is not None and relation is not None:
        yield _Statement(subject, (aspect, relation), anchor)
    elif surface is not None:
        yield _Statement(subject, (aspect, "in-words"), surface)


def _statements(about: Description, claim: NamedNode, question: NamedNode) -> Iterator[_Statement]:
    event = about.node(question, "qawl:ofEvent")
    for quantity in about.nodes(claim, "qawl:answerQuantity"):
        yield from _amounts(about, question, quantity)
    for span in about.nodes(claim, "qawl:answerTime"):
        yield from _times(about, question, span)
    role = about.node(question, "qawl:askedRole") or concept("role", "place")
    for entity in about.nodes(claim, "qawl:answerEntity"):
        yield _Statement(event, (role,), entity)
    truth = about.literal(claim, "qawl:answerTruth")
    if truth is not None:
        happened = about.node(question, "qawl:asks") == concept("question-kind", "did")
        if happened:
            yield _Statement(event, ("happened",), truth)
        else:
            yield _Statement(question, ("holds",), truth)


def _standing(about: Description, claim: NamedNode, value: Term) -> Standing:
    stance = about.node(claim, "qawl:stance")
    if any(about.all(one, "qawl:garbled") for one in about.nodes(claim, "qawl:answerQuantity")):
        return "garbled"
    if value == _FALSE and stance in {_CERTAIN, _CERTAINLY_NOT}:
        return "asserted"  # the triple itself expresses the denial
    negative = about.node(claim, "qawl:polarity") == concept("polarity", "negative")
    if (negative and value != _FALSE) or (stance in _DENIALS and value != _FALSE):
        return "denied"
    return "asserted" if stance == _CERTAIN else "uncertain"


def _predicate(statement: _Statement) -> NamedNode:
    return NamedNode(FLAT + "-".join(map(_code, statement.named_after)))


def plain_triples(graph: Graph, claims: Sequence[SelectedClaim]) -> tuple[PlainTriple, ...]:
    """Return the plain triples of claims, in the order of the claims and then of the triples.

    A claim without a question or answer in the graph has none.
    """
    of_claims = claim_triples(graph, "claim", claims)
    of_questions = claim_triples(graph, "question", claims)
    found = []
    for selected in claims:
        claim = selected.iri
        about = Description([*of_claims[claim], *of_questions[claim]])
        for question in about.nodes(claim, "qawl:answers"):
            statements = [
                PlainTriple(
                    claim,
                    Triple(one.subject, _predicate(one), one.value),
                    one.named_after,
                    _standing(about, claim, one.value),
                )
                for one in _statements(about, claim, question)
                if isinstance(one.subject, NamedNode)
            ]
            found += sorted(statements, key=lambda one: str(one.triple))
    return tuple(found)


def declarations(graph: Graph, triples: Sequence[PlainTriple]) -> list[Triple]:
    """Return descriptions of the triples' predicates: their names, and the concepts behind them."""
    predicates = {one.triple.predicate: one.named_after for one in triples}
    concepts = {one for parts in predicates.values() for one in parts if isinstance(one, NamedNode)}
    about = Description(describe(graph, "name", "subject", concepts))

    def name(part: NamedNode | str, language: str) -> str:
        if isinstance(part, str):
            return wording("export.flattened", language)[f"word-{part}"]
        return about.text(part, "skos:prefLabel", language) or _code(part)

    found = []
    for predicate, parts in predicates.items():
        found.append(Triple(predicate, term("rdf:type"), term("rdf:Property")))
        found.append(Triple(predicate, term("rdfs:isDefinedBy"), NamedNode(FLAT[:-1])))
        found += [
            Triple(predicate, term("rdfs:seeAlso"), part)
            for part in parts
            if isinstance(part, NamedNode)
        ]
        for language, comment in by_language("export.flattened", "property").items():
            label = listed((name(part, language) for part in parts), language)
            found.append(Triple(predicate, term("rdfs:label"), text(label, language)))
            found.append(Triple(predicate, term("rdfs:comment"), text(comment, language)))
    return found
