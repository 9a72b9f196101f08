"""Mutations that no rule makes: for ``sh:sparql`` constraints and for alternatives of shapes.

Each is a function of a :class:`mutations.Maker` that yields the edits of one constraint, named by
its shape, or by the IRI of the ``sh:sparql`` constraint.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mutations import TYPE, Edit, Maker, edit, shape
from pyoxigraph import Literal, NamedNode, Triple

from kg.rdf.iris import concept, term

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

HAND: dict[NamedNode, Callable[[Maker], Iterator[Edit]]] = {}
TRUE = Literal("true", datatype=term("xsd:boolean"))
FALSE = Literal("false", datatype=term("xsd:boolean"))


def q(name: str) -> NamedNode:
    return term(f"qawl:{name}")


def decimal(number: str) -> Literal:
    return Literal(number, datatype=term("xsd:decimal"))


def day(text: str) -> Literal:
    return Literal(text, datatype=term("xsd:date"))


def by_hand(
    *names: str,
) -> Callable[[Callable[[Maker], Iterator[Edit]]], Callable[[Maker], Iterator[Edit]]]:
    def register(make: Callable[[Maker], Iterator[Edit]]) -> Callable[[Maker], Iterator[Edit]]:
        for name in names:
            HAND[shape(name)] = make
        return make

    return register


def all_of(maker: Maker, cls: str, *having: str) -> list[Any]:
    """Return the instances of a class that have each of some properties."""
    data = maker.data
    return [
        one
        for one in data.subjects(TYPE, q(cls))
        if all(data.value(one, q(name)) is not None for name in having)
    ]


def replaced(maker: Maker, node: Any, name: str, value: Any) -> Edit:
    """Give a node one value of a property instead of those that it has."""
    return edit(node, add=[Triple(node, q(name), value)], remove=maker.detach(node, q(name)))


def without(maker: Maker, node: Any, *names: str) -> Edit:
    return edit(node, remove=[one for name in names for one in maker.detach(node, q(name))])


# Claims


@by_hand("ClaimOneAnswer")
def one_answer(maker: Maker) -> Iterator[Edit]:
    claims = all_of(maker, "Claim", "answerQuantity")
    for claim in claims[:4]:
        yield without(maker, claim, "answerQuantity")
    for claim in claims[4:8]:
        yield edit(claim, add=[Triple(claim, q("answerTruth"), TRUE)])


@by_hand("ClaimAnswersTheQuestion")
def answer_of_another_kind(maker: Maker) -> Iterator[Edit]:
    question = all_of(maker, "TimeQuestion")[0]
    for name in ("answerQuantity", "answerEntity", "answerTruth"):
        for claim in all_of(maker, "Claim", name)[:3]:
            yield replaced(maker, claim, "answers", question)


@by_hand("AnyEntity")
def nothing_known(maker: Maker) -> Iterator[Edit]:
    node = maker.fresh()
    yield edit(node, targets=((shape("AnyEntity"), node),))


@by_hand("Claim-answer-in-evidence")
def answer_elsewhere(maker: Maker) -> Iterator[Edit]:
    for name in ("answerQuantity", "answerTime", "claimedTime", "asOf"):
        for claim in all_of(maker, "Claim", name):
            used = set(maker.data.objects(claim, q("evidence")))
            part = maker.data.value(claim, q(name))
            spare = _passage_outside(maker, used)
            if maker.data.value(part, q("evidence")) is not None and spare is not None:
                moved = replaced(maker, part, "evidence", spare)
                yield edit(claim, add=moved.add, remove=moved.remove, value=spare)


def _passage_outside(maker: Maker, frames: set[Any]) -> Any:
    """Return a passage that shares no character with others of its article."""

    def span(passage: Any) -> tuple[str, int, int]:
        where, _, offsets = passage.value.rpartition("/")
        start, _, end = offsets.partition("-")
        return where, int(start), int(end)

    taken = [span(one) for one in frames]
    for passage in maker.data.subjects(TYPE, q("Passage")):
        where, start, end = span(passage)
        if taken and all(
            where == other and (end <= first or last <= start) for other, first, last in taken
        ):
            return passage
    return None


@by_hand("ClaimLinks-self")
def linked_to_itself(maker: Maker) -> Iterator[Edit]:
    for name in ("contradicts", "echoes", "countedWithin"):
        for claim in all_of(maker, "Claim")[:3]:
            yield edit(claim, add=[Triple(claim, q(name), claim)], value=claim)


@by_hand("ClaimLinks-basis")
def link_without_ground(maker: Maker) -> Iterator[Edit]:
    other = maker.fresh()
    for claim in all_of(maker, "Claim")[:6]:
        yield edit(claim, add=[Triple(claim, q("refines"), other)], value=other)


@by_hand("Claim-first-passage")
def other_first_words(maker: Maker) -> Iterator[Edit]:
    for claim in all_of(maker, "Claim")[:2]:
        yield replaced(maker, claim, "quote", Literal("not these words"))


@by_hand("Claim-sign")
def answer_against_stance(maker: Maker) -> Iterator[Edit]:
    for claim in all_of(maker, "Claim", "answerTruth")[:6]:
        yes = maker.data.value(claim, q("answerTruth")) == TRUE
        for code in ("unknown", "probably-not" if yes else "probable"):
            other = concept("stance", code)
            changed = replaced(maker, claim, "stance", other)
            yield edit(claim, add=changed.add, remove=changed.remove, value=other)


@by_hand("Claim-denial")
def denial_that_affirms(maker: Maker) -> Iterator[Edit]:
    for claim in all_of(maker, "Claim", "force"):
        if maker.data.value(claim, q("force")) == concept("speech-act", "deny"):
            certain = concept("stance", "certain")
            changed = replaced(maker, claim, "stance", certain)
            yield edit(claim, add=changed.add, remove=changed.remove, value=certain)


@by_hand("Claim-unasserted")
def wish_that_affirms(maker: Maker) -> Iterator[Edit]:
    certain = concept("stance", "certain")
    affirmed = [
        one
        for one in all_of(maker, "Claim", "answerTruth")
        if maker.data.value(one, q("stance")) == certain
        and maker.data.value(one, q("under")) is None
    ]
    for code in ("commanded", "wished", "counterfactual", "conditional"):
        for claim in affirmed[:2]:
            changed = replaced(maker, claim, "modality", concept("modality", code))
            yield edit(claim, add=changed.add, remove=changed.remove, value=certain)


# Voices


@by_hand("VoiceDepth-counted")
def miscounted_depth(maker: Maker) -> Iterator[Edit]:
    for voice in all_of(maker, "Voice", "quotedIn")[:3]:
        depth = Literal("7", datatype=term("xsd:nonNegativeInteger"))
        changed = replaced(maker, voice, "depth", depth)
        outer = maker.data.value(voice, q("quotedIn"))
        yield edit(voice, add=changed.add, remove=changed.remove, value=outer)


@by_hand("VoiceTree")
def neither_root_nor_quoted(maker: Maker) -> Iterator[Edit]:
    for voice in all_of(maker, "Voice", "quotedIn")[:3]:
        yield without(maker, voice, "quotedIn")
    other = all_of(maker, "Voice", "quotedIn")[0]
    for voice in all_of(maker, "ArticleVoice"):
        yield edit(voice, add=[Triple(voice, q("quotedIn"), other)])


@by_hand("VoiceTree-acyclic")
def voice_in_itself(maker: Maker) -> Iterator[Edit]:
    for voice in all_of(maker, "Voice", "quotedIn"):
        yield replaced(maker, voice, "quotedIn", voice)
        outer = maker.data.value(voice, q("quotedIn"))
        if maker.data.value(outer, q("quotedIn")) is not None:
            turned = replaced(maker, outer, "quotedIn", voice)
            yield edit(voice, add=turned.add, remove=turned.remove)


@by_hand("VoiceTree-order")
def spoken_too_late(maker: Maker) -> Iterator[Edit]:
    data = maker.data
    for voice in all_of(maker, "Voice", "quotedIn", "saidDuring"):
        outer = data.value(voice, q("quotedIn"))
        while outer is not None:
            said = data.value(outer, q("saidDuring"))
            if said is not None and data.value(said, q("latestEnd")) is not None:
                span = data.value(voice, q("saidDuring"))
                late = replaced(maker, span, "earliestStart", day("9900-01-01"))
                yield edit(voice, add=late.add, remove=late.remove, value=outer)
            outer = data.value(outer, q("quotedIn"))


def _scoped(maker: Maker, code: str) -> list[Any]:
    voices = all_of(maker, "Voice")
    return [
        one for one in voices if concept("marking", code) in maker.data.objects(one, q("marking"))
    ]


@by_hand("InferredVoice")
def unexplained_inference(maker: Maker) -> Iterator[Edit]:
    for voice in _scoped(maker, "inferred"):
        yield without(maker, voice, "confidence")
        yield without(maker, voice, "readerNote")
    for voice in _scoped(maker, "explicit"):
        yield replaced(maker, voice, "marking", concept("marking", "inferred"))


@by_hand("DoubtfulInheritance")
def doubt_without_confidence(maker: Maker) -> Iterator[Edit]:
    note = Triple(maker.fresh(), q("readerNote"), Literal("Perhaps not.", language="en"))
    for voice in _scoped(maker, "inherited"):
        removed = maker.detach(voice, q("confidence"))
        yield edit(voice, add=[Triple(voice, note.predicate, note.object)], remove=removed)


@by_hand("ConfidenceExplained")
def confidence_without_note(maker: Maker) -> Iterator[Edit]:
    for cls in ("Claim", "Voice"):
        for one in all_of(maker, cls)[:4]:
            removed = maker.detach(one, q("readerNote"))
            yield edit(one, add=[Triple(one, q("confidence"), decimal("0.5"))], remove=removed)


@by_hand("ExplicitVoice")
def explicit_without_words(maker: Maker) -> Iterator[Edit]:
    for voice in _scoped(maker, "explicit"):
        if maker.data.value(voice, q("cue")) is not None:
            yield without(maker, voice, "cue")


@by_hand("VoiceGrounding-time-in-cue")
def time_outside_cue(maker: Maker) -> Iterator[Edit]:
    for voice in all_of(maker, "Voice", "saidDuring", "cue"):
        span = maker.data.value(voice, q("saidDuring"))
        spare = _passage_outside(maker, set(maker.data.objects(voice, q("cue"))))
        if maker.data.value(span, q("evidence")) is not None and spare is not None:
            moved = replaced(maker, span, "evidence", spare)
            yield edit(voice, add=moved.add, remove=moved.remove, value=spare)


# Questions


@by_hand("Question-acyclic")
def broader_than_itself(maker: Maker) -> Iterator[Edit]:
    for question in all_of(maker, "Question")[:3]:
        yield edit(question, add=[Triple(question, q("broaderQuestion"), question)])
    for question in all_of(maker, "Question", "broaderQuestion"):
        broader = maker.data.value(question, q("broaderQuestion"))
        yield edit(question, add=[Triple(broader, q("broaderQuestion"), question)])


@by_hand("SameQuestion-contradicts")
def contradicts_on_another_question(maker: Maker) -> Iterator[Edit]:
    yield from linked_on_another_question(maker, "contradicts")


@by_hand("AgreeingClaims-question")
def agrees_on_another_question(maker: Maker) -> Iterator[Edit]:
    yield from linked_on_another_question(maker, "agreesWith")


def linked_on_another_question(maker: Maker, link: str) -> Iterator[Edit]:
    one, *others = all_of(maker, "Claim", "answers")
    asked = maker.data.value(one, q("answers"))
    for other in others:
        if maker.data.value(other, q("answers")) != asked:
            yield edit(one, add=[Triple(one, q(link), other)], value=other)


@by_hand("EntityQuestion")
def who_without_role(maker: Maker) -> Iterator[Edit]:
    for question in all_of(maker, "EntityQuestion", "askedRole"):
        yield without(maker, question, "askedRole")


@by_hand("TruthQuestion")
def did_what(maker: Maker) -> Iterator[Edit]:
    for question in all_of(maker, "TruthQuestion", "ofEvent"):
        yield without(maker, question, "ofEvent")


# Values


@by_hand("QuantitySaysSomething")
def says_nothing(maker: Maker) -> Iterator[Edit]:
    for quantity in all_of(maker, "Quantity")[:3]:
        yield without(maker, quantity, "numericValue", "lower", "upper", "comparator")


@by_hand("GarbledQuantity")
def garbled_only(maker: Maker) -> Iterator[Edit]:
    for quantity in all_of(maker, "Quantity")[:3]:
        removed = maker.detach(quantity, q("emendedValue"))
        yield edit(quantity, add=[Triple(quantity, q("garbled"), TRUE)], remove=removed)


def _in_percent(maker: Maker) -> list[Any]:
    percent = term("unit:PERCENT")
    return [
        one for one in all_of(maker, "Quantity") if percent in maker.data.objects(one, q("unit"))
    ]


@by_hand("Percentage")
def too_much_percent(maker: Maker) -> Iterator[Edit]:
    for quantity in _in_percent(maker):
        yield replaced(maker, quantity, "numericValue", decimal("150"))


@by_hand("Quantity-sign")
def fallen_below_zero(maker: Maker) -> Iterator[Edit]:
    for quantity in all_of(maker, "Quantity", "numericValue"):
        (claim,) = maker.data.subjects(q("answerQuantity"), quantity)
        if maker.data.value(maker.data.value(claim, q("answers")), q("changeFrom")) is None:
            yield replaced(maker, quantity, "numericValue", decimal("-1"))


@by_hand("NotPercent")
def in_percent(maker: Maker) -> Iterator[Edit]:
    for quantity in all_of(maker, "Quantity", "counts")[:3]:
        changed = replaced(maker, quantity, "unit", term("unit:PERCENT"))
        yield replace(changed, targets=((shape("NotPercent"), quantity),))


@by_hand("CountedThings")
def counted_in_money(maker: Maker) -> Iterator[Edit]:
    for quantity in all_of(maker, "Quantity", "counts")[:3]:
        yield replaced(maker, quantity, "unit", term("unit:CCY_USD"))


@by_hand("OpenStart")
def invented_start(maker: Maker) -> Iterator[Edit]:
    for span in all_of(maker, "TimeSpan", "earliestStart")[:3]:
        literal = Literal("../2010", datatype=term("edtf:EDTF"))
        yield replaced(maker, span, "edtf", literal)


@by_hand("OpenEnd")
def invented_end(maker: Maker) -> Iterator[Edit]:
    for text, span in zip(
        ("2005/..", "2005/"), all_of(maker, "TimeSpan", "latestEnd"), strict=False
    ):
        yield replaced(maker, span, "edtf", Literal(text, datatype=term("edtf:EDTF")))


@by_hand("TimeSpan-precision")
def beyond_the_date(maker: Maker) -> Iterator[Edit]:
    for text, span in zip(
        ("1066", "1066-10", "1066-10-14"), all_of(maker, "TimeSpan", "latestEnd"), strict=False
    ):
        value = maker.data.value(span, q("latestEnd"))
        changed = replaced(maker, span, "edtf", Literal(text, datatype=term("edtf:EDTF")))
        yield edit(span, add=changed.add, remove=changed.remove, value=value)


@by_hand("TimeSpan-marks")
def unmarked_doubt(maker: Maker) -> Iterator[Edit]:
    for text, span in zip(
        ("1950~", "1950?", "1950/.."), all_of(maker, "TimeSpan", "edtf"), strict=False
    ):
        yield replaced(maker, span, "edtf", Literal(text, datatype=term("edtf:EDTF")))


@by_hand("ExactOrAbout")
def exactly_about(maker: Maker) -> Iterator[Edit]:
    exactly = concept("comparator", "exactly")
    for quantity in all_of(maker, "Quantity", "comparator"):
        if maker.data.value(quantity, q("comparator")) == exactly:
            yield replaced(maker, quantity, "approximate", TRUE)


# Text


@by_hand("TextVersion-hash")
def another_text(maker: Maker) -> Iterator[Edit]:
    for version in all_of(maker, "TextVersion"):
        text = maker.data.value(version, q("storedText")).value
        yield replaced(maker, version, "storedText", Literal(f"{text} "))


def _reselected(maker: Maker, name: str, value: Any) -> Iterator[Edit]:
    for passage in maker.data.subjects(TYPE, q("Passage")):
        for selector in maker.data.objects(passage, term("oa:hasSelector")):
            if (old := maker.data.value(selector, term(name))) is not None:
                yield edit(
                    passage,
                    add=[Triple(selector, term(name), value(old.value))],
                    remove=[Triple(selector, term(name), old)],
                )


def _later(offset: str) -> Literal:
    return Literal(str(int(offset) + 1), datatype=term("xsd:integer"))


@by_hand("Passage-verbatim")
def misquoted(maker: Maker) -> Iterator[Edit]:
    yield from list(_reselected(maker, "oa:exact", lambda old: Literal(f"{old}ا")))[:2]
    yield from list(_reselected(maker, "oa:end", _later))[2:4]


@by_hand("Passage-context")
def other_context(maker: Maker) -> Iterator[Edit]:
    yield from list(_reselected(maker, "oa:prefix", lambda old: Literal(f"{old}ا")))[4:6]
    yield from list(_reselected(maker, "oa:suffix", lambda old: Literal(f"ا{old}")))[6:8]


@by_hand("Passage-offsets-in-iri")
def other_offsets(maker: Maker) -> Iterator[Edit]:
    yield from list(_reselected(maker, "oa:start", _later))[8:10]


@by_hand("QuotesItsArticle-source")
def of_another_article(maker: Maker) -> Iterator[Edit]:
    for cls, name in (
        ("Claim", "qawl:evidence"),
        ("Voice", "qawl:cue"),
        ("Mention", "oa:hasTarget"),
    ):
        for one in maker.data.subjects(TYPE, q(cls)):
            for passage in maker.data.objects(one, term(name))[:1]:
                source = Triple(passage, term("oa:hasSource"), maker.fresh())
                yield edit(one, add=[source], value=passage)


# Entities, readings, vocabularies


def _circle(maker: Maker, cls: NamedNode, predicate: NamedNode) -> Iterator[Edit]:
    first, *others = maker.data.subjects(TYPE, cls)
    yield edit(first, add=[Triple(first, predicate, first)])
    if len(others) > 1:
        a, b = others[:2]
        yield edit(a, add=[Triple(a, predicate, b), Triple(b, predicate, a)])


@by_hand("Place-acyclic")
def place_in_itself(maker: Maker) -> Iterator[Edit]:
    yield from _circle(maker, q("Place"), q("containedIn"))


@by_hand("Event-acyclic")
def event_in_itself(maker: Maker) -> Iterator[Edit]:
    yield from _circle(maker, q("Event"), q("subEventOf"))


@by_hand("PopulationGroup-acyclic")
def group_in_itself(maker: Maker) -> Iterator[Edit]:
    yield from _circle(maker, q("PopulationGroup"), q("subgroupOf"))


@by_hand("Concept-acyclic")
def concept_above_itself(maker: Maker) -> Iterator[Edit]:
    yield from _circle(maker, term("skos:Concept"), term("skos:broader"))


@by_hand("Person")
def person_and_organization(maker: Maker) -> Iterator[Edit]:
    for person in all_of(maker, "Person")[:2]:
        yield edit(person, add=[Triple(person, TYPE, q("Organization"))])


@by_hand("ReadingParts")
def part_of_unknown_kind(maker: Maker) -> Iterator[Edit]:
    for cls in ("Claim", "Voice", "Mention"):
        part = all_of(maker, cls)[0]
        misspelt = Triple(part, TYPE, q("Clam"))
        yield edit(part, add=[misspelt], remove=maker.detach(part, TYPE))


@by_hand("Reading-derivedFrom")
def two_texts(maker: Maker) -> Iterator[Edit]:
    for reading in all_of(maker, "Reading"):
        for text in all_of(maker, "TextVersion"):
            yield edit(reading, add=[Triple(reading, term("prov:wasDerivedFrom"), text)])


@by_hand("ReadingRoot-voice")
def two_roots(maker: Maker) -> Iterator[Edit]:
    data = maker.data
    for reading in all_of(maker, "Reading"):
        for voice in data.subjects(q("inReading"), reading):
            if data.value(voice, q("quotedIn")) is not None:
                yield edit(reading, remove=maker.detach(voice, q("quotedIn")))


# Relations


@by_hand("RelationGround")
def groundless(maker: Maker) -> Iterator[Edit]:
    for relation in all_of(maker, "ClaimRelation"):
        basis = maker.data.value(relation, q("basis"))
        if basis == concept("basis", "computed"):
            yield without(maker, relation, "byRule")
            yield edit(relation, remove=maker.detach(relation, term("prov:wasGeneratedBy")))
        else:
            yield without(maker, relation, "inReading")
            yield replaced(maker, relation, "basis", concept("basis", "computed"))


@by_hand("SumRelation-holds")
def sum_that_does_not_hold(maker: Maker) -> Iterator[Edit]:
    for relation in all_of(maker, "SumRelation", "residual", "holds"):
        opposite = FALSE if maker.data.value(relation, q("holds")) == TRUE else TRUE
        changed = replaced(maker, relation, "holds", opposite)
        yield edit(relation, add=changed.add, remove=changed.remove, value=opposite)


@by_hand("SumRelation-residual")
def miscounted_sum(maker: Maker) -> Iterator[Edit]:
    for relation in all_of(maker, "SumRelation", "residual"):
        changed = replaced(maker, relation, "residual", decimal("-12345"))
        yield edit(relation, add=changed.add, remove=changed.remove, value=decimal("-12345"))
