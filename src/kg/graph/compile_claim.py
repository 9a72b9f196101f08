"""The claims of a reading as quads: what is said, by which voice, in answer to which question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic import ValidationError

from kg.errors import ReadingError
from kg.files.schema_faults import first_fault
from kg.graph.compile_search_texts import searched
from kg.graph.compile_values import located
from kg.rdf.iris import ClaimName, concept, kind_of, part_of
from kg.rdf.quads import boolean, decimal, integer, text
from kg.reading.model import AFFIRMING, REJECTING
from kg.reading.parts import QUESTION_OF_NOTHING, Question

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyoxigraph import NamedNode

    from kg.graph.compile_values import ValueCompiler
    from kg.reading.grounded import GroundedClaim, GroundedReading
    from kg.reading.model import Claim
    from kg.text.spans import Span

__all__ = ["claim_class", "compile_claim"]

_ABOUT: Final = {
    "actor": "qawl:aboutActor",
    "event": "qawl:aboutEvent",
    "place": "qawl:aboutPlace",
    "population": "qawl:aboutPopulation",
    "source": "qawl:aboutSource",
    "artefact": "qawl:aboutArtefact",
    "topic": "qawl:aboutTopic",
}


def compile_claim(
    reading: GroundedReading, values: ValueCompiler, grounded: GroundedClaim
) -> NamedNode:
    """Describe one claim of a reading and return its node.

    :raises ReadingError: an entity, unit, measure or speech act is unknown or of the wrong kind, or
        a denying claim answers yes.
    """
    claim, place = grounded.claim, grounded.place
    act = reading.voices[claim.voice].voice.act
    name = ClaimName(values.name.article, values.name.id, claim.id)
    node, add = name.node, values.sink.add
    values.sink.add_types(node, *_types(values, claim, place))
    add(node, "dcterms:identifier", text(claim.id))
    add(node, "qawl:shortId", text(values.name.short(claim.id)))
    for predicate in ("qawl:gloss", "rdfs:label"):
        add(node, predicate, text(claim.gloss, "en"))
    if claim.gloss_ar is not None:
        add(node, "qawl:gloss", text(claim.gloss_ar, "ar"))
    values.interpretation(node, claim)
    _ground(values, node, grounded.quotes)
    quotes = (span.of(values.article.text) for span in grounded.quotes)
    add(node, "qawl:searchText", searched((claim.gloss, claim.gloss_ar or "", *quotes)))
    _describe_voices(values, node, claim)
    _describe_commitment(values, node, claim, act, place)
    question = _question(values, name, claim)
    add(node, "qawl:answers", values.question(question, name, place, claim.answer.per))
    _answer(values, node, grounded, act)
    _describe_times(values, node, grounded)
    _describe_topics(values, node, claim, question, place)
    return node


def _question(values: ValueCompiler, name: ClaimName, claim: Claim) -> Question:
    """Return the question decided for a claim, else the one in its reading."""
    asked = values.authority.asked
    written = f"{name.article}/{name.reading}/{name.id}"
    if (ask := asked.asked.get(written)) is None:
        return claim.question
    try:
        question = Question.model_validate(ask)
    except ValidationError as error:
        reason = first_fault(error).told("ask")
        raise ReadingError(f"{asked.place()}: {written}: {reason}") from error
    if question.of_nothing:
        raise ReadingError(f"{asked.place()}: {written}: {QUESTION_OF_NOTHING}")
    if question.asks != claim.question.asks:
        raise ReadingError(
            f"{asked.place()}: {written}: answers a {claim.question.asks} question, which cannot "
            f"be turned into a {question.asks} question"
        )
    return question


def claim_class(kind: str) -> str:
    """Return the local name of the class of a kind of claim: ``casualty`` is ``CasualtyClaim``."""
    return "".join(word.capitalize() for word in kind.split("-")) + "Claim"


def _types(values: ValueCompiler, claim: Claim, place: str) -> list[NamedNode]:
    names = []
    if claim.kind is not None:
        names.append(claim_class(claim.kind))
    if claim.question.change_from is not None:
        names.append("QuantityClaim")
    elif claim.question.how_many is not None:
        names.append(values.ontology.claim_kinds.get(claim.question.how_many, "QuantityClaim"))
    elif claim.kind is None:
        names.append("OccurrenceClaim")
    with located(place):
        return [one for name in names for one in values.ontology.types(name)]


def _ground(values: ValueCompiler, node: NamedNode, spans: Sequence[Span]) -> None:
    add, first = values.sink.add, min(spans, key=lambda span: (span.start, span.end))
    add(node, "qawl:inReading", values.name.node)
    add(node, "qawl:inArticle", values.work)
    add(node, "qawl:quote", text(first.of(values.article.text)))
    add(node, "qawl:startsAt", integer(first.start))
    add(node, "qawl:endsAt", integer(first.end))
    for span in spans:
        add(node, "qawl:evidence", values.passage(span))


def _describe_voices(values: ValueCompiler, node: NamedNode, claim: Claim) -> None:
    add = values.sink.add
    add(node, "qawl:voice", values.name.member("voice", claim.voice))
    for one in claim.possible_voices:
        possible = part_of(node, "possible", one.voice)
        values.sink.add_types(possible, *values.ontology.types("PossibleVoice"))
        add(possible, "qawl:candidate", values.name.member("voice", one.voice))
        if one.confidence is not None:
            add(possible, "qawl:confidence", decimal(one.confidence))
        add(node, "qawl:possibleVoice", possible)
    if claim.reports is not None:
        add(node, "qawl:reportsSpeech", values.name.member("voice", claim.reports))


def _describe_commitment(
    values: ValueCompiler, node: NamedNode, claim: Claim, act: str, place: str
) -> None:
    """Describe the claim's speech act, stance, modality and transmission."""
    add = values.sink.add
    stance = claim.commitment(act)
    if (claim.force or act) == "deny" and stance in AFFIRMING:
        raise ReadingError(
            f"{place}: is in a denying voice, so its answer is no: drop truth and stance, or set "
            "the claim's force"
        )
    with located(place):
        add(node, "qawl:force", values.ontology.concept("speech-act", claim.force or act))
    add(node, "qawl:polarity", concept("polarity", claim.polarity))
    add(node, "qawl:stance", concept("stance", stance))
    if claim.modality is not None:
        add(node, "qawl:modality", concept("modality", claim.modality))
    if claim.transmission is not None:
        add(node, "qawl:transmission", concept("transmission", claim.transmission))
    for one in claim.under:
        add(node, "qawl:under", values.name.member("claim", one))
    if claim.raises is not None:
        name = ClaimName(values.name.article, values.name.id, claim.id)
        add(node, "qawl:raises", values.question(claim.raises, name, place))


def _answer(values: ValueCompiler, node: NamedNode, grounded: GroundedClaim, act: str) -> None:
    add, claim, place = values.sink.add, grounded.claim, grounded.place
    answer = claim.answer
    if answer.is_quantity:
        quantity = part_of(node, "quantity")
        described = values.quantity(quantity, answer, grounded.answer, place)
        add(node, "qawl:answerQuantity", described)
    elif answer.time is not None:
        span = part_of(node, "time-span")
        add(node, "qawl:answerTime", values.time(span, answer.time, grounded.answer, place))
    elif answer.entity:
        for name in answer.entity:
            entity = values.entity(name, place)
            add(node, "qawl:answerEntity", entity)
            add(node, _ABOUT[kind_of(entity.value)], entity)
    else:
        stance = claim.commitment(act)
        if stance in AFFIRMING or stance in REJECTING:
            add(node, "qawl:answerTruth", boolean(stance in AFFIRMING))


def _describe_times(values: ValueCompiler, node: NamedNode, grounded: GroundedClaim) -> None:
    claim, place = grounded.claim, grounded.place
    for number, (time, words) in enumerate(zip(claim.time, grounded.times, strict=True)):
        part = "claimed-time" if number == 0 else f"claimed-time-{number + 1}"
        inner = part_of(node, part)
        values.sink.add(node, "qawl:claimedTime", values.time(inner, time, words, place))
    if claim.as_of is not None:
        inner = part_of(node, "as-of")
        described = values.time(inner, claim.as_of, grounded.as_of, place)
        values.sink.add(node, "qawl:asOf", described)


def _describe_topics(
    values: ValueCompiler, node: NamedNode, claim: Claim, question: Question, place: str
) -> None:
    add = values.sink.add
    for name in claim.against:
        add(node, "qawl:against", values.entity(name, place, "actor", "population"))
    told = question.told
    named = (
        question.of, question.whole, question.event, question.where, question.did,
        question.actor, question.by, question.place,
        *((told.subject, told.object) if told else ()),
    )  # fmt: skip
    for one in (*claim.about, *claim.against, *filter(None, named)):
        entity = values.entity(one, place)
        add(node, _ABOUT[kind_of(entity.value)], entity)
