"""Derivation in small stores: what each rule must see, and what follows across articles."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.corpus.derivation import (
    derivation,
    meeting_claims,
    question_groups,
    read_by_rules,
    relates_articles,
    shared_questions,
)
from kg.rdf.iris import QUESTIONS_GRAPH, derived_graph, resource, term
from kg.sparql.rq_file import Reach

GRAPH = derived_graph("person")
ONE, TWO = resource("claim", "a", "me", "one"), resource("claim", "a", "me", "two")
OTHER = resource("claim", "b", "me", "one")


def _quad(
    subject: NamedNode, predicate: str, value: NamedNode | Literal, graph: NamedNode = GRAPH
) -> Quad:
    return Quad(subject, term(predicate), value, graph)


def test_rules_that_pair_claims_are_declared() -> None:
    """A rule that joins claims on their question needs all claims of it, and says so."""
    rules = derivation().rules
    pairing = {one.name for one in rules if one.text.count("qawl:answers ?question") > 1}
    declared = {one.name for one in rules if one.reach is Reach.QUESTION}
    # These join what one reading says: part-above-whole its questions, not its answers to one.
    assert pairing - declared == {"part-above-whole"} & pairing
    building_on = {"agreement", "denial", "echo", "independent-agreement"}
    assert declared - pairing == building_on


def test_what_the_rules_build_on_is_run_with_them() -> None:
    names = [one.name for one in derivation().of_questions]
    assert "effective-as-of" in names
    assert names.index("effective-as-of") < names.index("quantity-contradiction")
    assert "part-above-whole" not in names


@pytest.mark.parametrize("name", ["qawl:answers", "qawl:subEventOf", "skos:broader", "rdf:type"])
def test_terms_that_rules_name(name: str) -> None:
    assert term(name) in derivation().terms


def test_only_what_rules_read_is_kept() -> None:
    kept = _quad(ONE, "qawl:answers", resource("question", "q"))
    gloss = _quad(ONE, "qawl:gloss", Literal("so"))
    unnamed = _quad(ONE, "rdf:type", term("oa:Annotation"))
    assert read_by_rules([kept, gloss, unnamed], derivation().terms) == [kept]


def test_relations_within_one_article_are_left_out() -> None:
    inner, outer = (resource("relation", "agreement", name) for name in ("1", "2"))
    activity = NamedNode(f"{GRAPH.value}.agreement")
    within = [_quad(inner, "qawl:relates", ONE), _quad(inner, "qawl:relates", TWO)]
    across = [
        _quad(outer, "qawl:relates", ONE),
        _quad(outer, "qawl:relates", OTHER),
        _quad(outer, "prov:wasGeneratedBy", activity),
        _quad(activity, "rdf:type", term("prov:Activity")),
        _quad(ONE, "qawl:agreesWith", OTHER),
    ]
    spans = [
        _quad(ONE, "qawl:agreesWith", TWO),
        _quad(ONE, "qawl:effectiveAsOf", NamedNode(f"{ONE.value}.as-of")),
    ]
    assert relates_articles([*within, *spans, *across]) == set(across)


def test_a_question_that_says_nothing_is_of_one_claim_alone() -> None:
    bare, shared = resource("question", "bare"), resource("question", "shared")
    quads = [
        _quad(ONE, "qawl:answers", bare),
        _quad(TWO, "qawl:answers", shared),
        _quad(bare, "qawl:measure", resource("x", "m"), QUESTIONS_GRAPH),
        _quad(shared, "qawl:ofEvent", resource("event", "e"), QUESTIONS_GRAPH),
    ]
    assert shared_questions(quads) == {shared}


def test_what_hangs_on_a_claim_is_seen_but_not_other_claims() -> None:
    question, voice = resource("question", "q"), resource("voice", "a", "me", "v")
    quantity = NamedNode(f"{ONE.value}.quantity")
    seen = [
        _quad(ONE, "qawl:answers", question),
        _quad(ONE, "qawl:voice", voice),
        _quad(voice, "qawl:speaker", resource("actor", "x")),
        _quad(ONE, "qawl:answerQuantity", quantity),
        _quad(quantity, "qawl:low", Literal(1)),
        _quad(ONE, "qawl:under", TWO),
    ]
    unseen = [_quad(TWO, "qawl:voice", resource("voice", "a", "me", "w"))]
    assert meeting_claims([*seen, *unseen], {question}) == {question.value: set(seen)}


def test_questions_of_narrower_measures_and_sub_events_are_one_group() -> None:
    base = [
        _quad(term("qawl:combat-deaths"), "skos:broader", term("qawl:deaths")),
        _quad(resource("event", "battle"), "qawl:subEventOf", resource("event", "war")),
    ]

    def question(name: str, measure: str, event: str) -> list[Quad]:
        node = resource("question", name)
        return [
            _quad(node, "qawl:measure", term(f"qawl:{measure}"), QUESTIONS_GRAPH),
            _quad(node, "qawl:ofEvent", resource("event", event), QUESTIONS_GRAPH),
        ]

    one, two = question("1", "combat-deaths", "battle"), question("2", "deaths", "war")
    other = question("3", "deaths", "flood")
    groups = question_groups(base, [*one, *two, *other])
    assert sorted(map(len, groups.values())) == [2, 4]
    assert {*one, *two} in groups.values()
