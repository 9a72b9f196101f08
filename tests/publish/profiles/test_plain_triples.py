"""The plain triple of each claim: every row of the module's table, and what hedges a claim."""

from __future__ import annotations

from collections import Counter

import pytest
from profile_examples import CLAIM, CLAIMS, TOLL, graph_of, quads, shipped
from pyoxigraph import Literal, NamedNode, Triple

from kg.publish.profiles.base import SelectedClaim, select_claims
from kg.publish.profiles.plain_triples import FLAT, PlainTriple, declarations, plain_triples

SELECTED = [SelectedClaim(NamedNode(f"{CLAIM}one"), NamedNode("http://example.org/reading"))]
CERTAIN = "qawl:polarity polarity:positive ; qawl:stance stance:certain ; "


def plain(claim: str, rest: str) -> tuple[PlainTriple, ...]:
    """Return the triples of one claim, from the rest of its description in Turtle."""
    turtle = f"c:one a qawl:Claim ; qawl:answers ex:q ; {claim} . {rest}"
    return plain_triples(graph_of(turtle), SELECTED)


def triples(turtle: str) -> set[Triple]:
    return {quad.triple for quad in quads(turtle)}


COUNTED = (
    "ex:q qawl:measure measure:deaths ; qawl:population ex:people ; qawl:ofActor ex:state ;"
    "qawl:ofEvent ex:war ; qawl:atPlace ex:land ."
)
AMOUNT = "qawl:answerQuantity ex:amount ; " + CERTAIN
DATED = "ex:q qawl:aspect aspect:start ; qawl:ofEvent ex:war ."

# What a claim says, and its triples: by hand, from the table in the module.
ROWS = {
    "a number": (
        AMOUNT,
        f"{COUNTED} ex:amount qawl:numericValue 7.5 ; qawl:comparator comparator:exactly .",
        "ex:people flat:deaths 7.5 .",
    ),
    "of an actor, where no people are counted": (
        AMOUNT,
        (
            "ex:q qawl:measure measure:cost ; qawl:ofActor ex:state ; qawl:ofEvent ex:war ."
            "ex:amount qawl:numericValue 7.5 ; qawl:unit unit:CCY_USD ."
        ),
        "ex:state flat:cost-usd 7.5 .",
    ),
    "of an event": (
        AMOUNT,
        (
            "ex:q qawl:measure measure:cost ; qawl:ofEvent ex:war ; qawl:atPlace ex:land ."
            "ex:amount qawl:numericValue 7.5 ; qawl:unit unit:NUM ."
        ),
        "ex:war flat:cost 7.5 .",
    ),
    "of a place": (
        AMOUNT,
        """ex:q qawl:measure measure:weapons ; qawl:atPlace ex:land .
        ex:amount qawl:numericValue 7.5 .""",
        "ex:land flat:weapons 7.5 .",
    ),
    "of nothing": (
        AMOUNT,
        "ex:q qawl:measure measure:deaths . ex:amount qawl:numericValue 7.5 .",
        "",
    ),
    "about so many": (
        AMOUNT,
        f"{COUNTED} ex:amount qawl:numericValue 7.5 ; qawl:approximate true .",
        "ex:people flat:deaths-about 7.5 .",
    ),
    "not about": (
        AMOUNT,
        f"{COUNTED} ex:amount qawl:numericValue 7.5 ; qawl:approximate false .",
        "ex:people flat:deaths 7.5 .",
    ),
    "more than so many": (
        AMOUNT,
        f"{COUNTED} ex:amount qawl:numericValue 7.5 ; qawl:comparator comparator:more-than .",
        "ex:people flat:deaths-more-than 7.5 .",
    ),
    "at least about so much money": (
        AMOUNT,
        (
            f"{COUNTED} ex:amount qawl:numericValue 7.5 ; qawl:comparator comparator:at-least ;"
            "qawl:approximate true ; qawl:unit unit:CCY_GBP ."
        ),
        "ex:people flat:deaths-gbp-about-at-least 7.5 .",
    ),
    "from one number to another": (
        AMOUNT,
        f"{COUNTED} ex:amount qawl:lower 7.5 ; qawl:upper 9.5 .",
        "ex:people flat:deaths-at-least 7.5 ; flat:deaths-at-most 9.5 .",
    ),
    "a vague word": (
        AMOUNT,
        f"{COUNTED} ex:amount qawl:comparator comparator:many .",
        "ex:people flat:deaths-in-words comparator:many .",
    ),
    "a time": (
        f"qawl:answerTime ex:span ; {CERTAIN}",
        f'{DATED} ex:span qawl:edtf "2003-03"^^edtf:EDTF ; qawl:timeRelation timerel:since .',
        'ex:war flat:start "2003-03"^^edtf:EDTF .',
    ),
    "a time told by another event": (
        f"qawl:answerTime ex:span ; {CERTAIN}",
        f"{DATED} ex:span qawl:anchorEvent ex:fall ; qawl:timeRelation timerel:before .",
        "ex:war flat:start-before ex:fall .",
    ),
    "a time in words alone": (
        f"qawl:answerTime ex:span ; {CERTAIN}",
        f'{DATED} ex:span qawl:surface "one day" .',
        'ex:war flat:start-in-words "one day" .',
    ),
    "who": (
        f"qawl:answerEntity ex:a , ex:b ; {CERTAIN}",
        "ex:q qawl:askedRole qrole:payer ; qawl:ofEvent ex:war .",
        "ex:war flat:payer ex:a , ex:b .",
    ),
    "where": (
        f"qawl:answerEntity ex:a ; {CERTAIN}",
        "ex:q qawl:asks qkind:where ; qawl:ofEvent ex:war .",
        "ex:war flat:place ex:a .",
    ),
    "did it happen": (
        f"qawl:answerTruth true ; {CERTAIN}",
        "ex:q qawl:asks qkind:did ; qawl:ofEvent ex:war .",
        "ex:war flat:happened true .",
    ),
    "is it so": (
        f"qawl:answerTruth false ; {CERTAIN}",
        "ex:q qawl:asks qkind:is-it-so .",
        "ex:q flat:holds false .",
    ),
}


@pytest.mark.parametrize("name", ROWS)
def test_each_kind_of_claim_has_its_triple(name: str) -> None:
    claim, rest, expected = ROWS[name]
    found = plain(claim, rest)
    assert {one.triple for one in found} == triples(expected)
    assert len({one.triple for one in found}) == len(found)
    assert {one.standing for one in found} <= {"asserted"}


STANDINGS = {
    "certain": ("qawl:polarity polarity:positive ; qawl:stance stance:certain", "asserted"),
    "probable": ("qawl:polarity polarity:positive ; qawl:stance stance:probable", "uncertain"),
    "possible": ("qawl:polarity polarity:positive ; qawl:stance stance:possible", "uncertain"),
    "unknown": ("qawl:polarity polarity:positive ; qawl:stance stance:unknown", "uncertain"),
    "no stance at all": ("qawl:polarity polarity:positive", "uncertain"),
    "negative": ("qawl:polarity polarity:negative ; qawl:stance stance:certain", "denied"),
    "certainly not": ("qawl:polarity polarity:negative ; qawl:stance stance:certainly-not",
                      "denied"),
    "probably not": ("qawl:polarity polarity:positive ; qawl:stance stance:probably-not", "denied"),
}  # fmt: skip


@pytest.mark.parametrize("name", STANDINGS)
def test_what_is_denied_or_uncertain_does_not_pass_for_asserted(name: str) -> None:
    hedge, expected = STANDINGS[name]
    (number,) = plain(
        f"qawl:answerQuantity ex:amount ; {hedge}", f"{COUNTED} ex:amount qawl:numericValue 7.5 ."
    )
    assert number.standing == expected
    # Nor does a claim that it is so, whatever its polarity.
    (truth,) = plain(f"qawl:answerTruth true ; {hedge}", "ex:q qawl:asks qkind:is-it-so .")
    assert truth.standing == expected


@pytest.mark.parametrize(
    ("stance", "expected"),
    [
        ("certainly-not", "asserted"),
        ("certain", "asserted"),
        ("probably-not", "uncertain"),
        ("possible", "uncertain"),
    ],
)
def test_a_denial_that_the_triple_itself_tells_is_as_certain_as_its_voice(
    stance: str, expected: str
) -> None:
    hedge = f"qawl:polarity polarity:negative ; qawl:stance stance:{stance}"
    (found,) = plain(f"qawl:answerTruth false ; {hedge}", "ex:q qawl:asks qkind:is-it-so .")
    assert (found.triple.object.value, found.standing) == ("false", expected)


def test_a_garbled_number_is_not_asserted() -> None:
    (found,) = plain(AMOUNT, f"{COUNTED} ex:amount qawl:numericValue 7.5 ; qawl:garbled true .")
    assert found.standing == "garbled"


# By the kinds of questions in the reading: 24 how many, of which one gives two bounds; 13 when;
# 8 who, of which one names two; 3 where, of which one names four; 9 did; 83 is it so.
KINDS = {"how many": 25, "when": 13, "who": 9, "where": 6, "did": 10, "is it so": 83}


def kind(one: PlainTriple) -> str:
    local = one.triple.predicate.value.removeprefix(FLAT)
    if local in {"holds", "happened", "place"}:
        return {"holds": "is it so", "happened": "did", "place": "where"}[local]
    if local in {"agent", "payer", "beneficiary", "patient"}:
        return "who"
    return "when" if local.startswith(("start", "end", "occurrence")) else "how many"


def test_every_claim_of_the_article_has_its_triples() -> None:
    claims = select_claims(shipped())
    found = plain_triples(shipped(), claims)
    assert len(claims) == CLAIMS
    assert {one.claim for one in found} == {claim.iri for claim in claims}
    assert Counter(map(kind, found)) == KINDS
    # No two claims answer one question alike: Bush's aim and Blair's are two questions.
    assert len({one.triple for one in found}) == len(found)
    # Three estimates of money and people, one of which garbles its number; two in words.
    hedged = {one.claim.value.removeprefix(CLAIM): one.standing for one in found
              if one.standing != "asserted"}  # fmt: skip
    assert hedged == {
        "crs-cost": "uncertain",
        "stiglitz-cost": "garbled",
        "displaced-2006-2010": "uncertain",
        "aftermath-complicated": "uncertain",
        "blair-sorry-beyond-belief": "uncertain",
    }


def test_the_toll_that_the_pentagon_gives() -> None:
    (found,) = plain_triples(shipped(), select_claims(shipped(), claims=["us-dead-2003-2011"]))
    assert found.claim == NamedNode(TOLL)
    assert found.triple == Triple(
        NamedNode("https://w3id.org/qawl/id/population/us-forces"),
        NamedNode("https://w3id.org/qawl/flat#deaths"),
        Literal("4487", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
    )


def test_every_predicate_is_described_in_both_languages() -> None:
    found = plain_triples(shipped(), select_claims(shipped()))
    described = declarations(shipped(), found)
    names = {
        (one.subject.value.removeprefix(FLAT), one.object.language): one.object.value
        for one in described
        if one.predicate.value.endswith("#label")
    }
    predicates = {one.triple.predicate.value.removeprefix(FLAT) for one in found}
    assert set(names) == {(name, language) for name in predicates for language in ("en", "ar")}
    assert names["cost-usd", "en"] == "cost, US dollar"
    assert names["internally-displaced-about", "en"] == "internally displaced, about"
    assert names["internally-displaced-about", "ar"] == "عدد النازحين داخليا، نحو"
    assert names["military-cost-percent-in-words", "en"] == "military cost, per cent, in words"
    # What is said of a predicate says whose it is, and where its concepts are.
    deaths = {one for one in described if one.subject.value == f"{FLAT}deaths"}
    assert triples(
        "flat:deaths a rdf:Property ; rdfs:seeAlso measure:deaths ;"
        "rdfs:isDefinedBy <https://w3id.org/qawl/flat> ."
    ) < deaths  # fmt: skip
