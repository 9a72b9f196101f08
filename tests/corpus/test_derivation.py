"""Derivation in small stores: what each rule must see, and what follows across articles."""

from __future__ import annotations

import re

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.corpus.derivation import (
    Topics,
    derivation,
    read_by_rules,
    relations_across,
    topics_of,
)
from kg.files import shipped
from kg.graph.derive import load_rules
from kg.rdf.iris import QUESTIONS_GRAPH, derived_graph, resource, term
from kg.sparql.rq_file import Reach, RqFile

GRAPH = derived_graph("person")
RULES = load_rules(shipped.queries_dir() / "rules")
ONE, TWO = resource("claim", "a", "me", "one"), resource("claim", "a", "me", "two")
OTHER = resource("claim", "b", "me", "one")


def _quad(
    subject: NamedNode, predicate: str, value: NamedNode | Literal, graph: NamedNode = GRAPH
) -> Quad:
    return Quad(subject, term(predicate), value, graph)


def test_rules_that_pair_claims_of_several_articles_are_declared() -> None:
    """A rule that joins claims on their questions needs all claims of a topic, and says so."""
    pairing = {one.name for one in RULES if one.text.count("qawl:inArticle ?") > 1}
    assert pairing
    assert {one.name for one in RULES if one.reach is Reach.TOPIC} >= pairing


def test_what_the_rules_of_topics_build_on_is_run_with_them() -> None:
    names = [one.name for one in derivation().of_topics]
    assert names.index("effective-as-of") < names.index("quantity-contradiction")
    assert not {one.name for one in derivation().of_articles} & {"echo", "broader-question"}


@pytest.mark.parametrize("rule", [one for one in RULES if one.needs], ids=lambda one: one.name)
def test_what_a_rule_needs_is_in_its_pattern(rule: RqFile) -> None:
    """So a rule whose needs are not met would have derived nothing."""
    pattern = " ".join(re.sub(r"(?m)^\s*#.*$", "", rule.text).split())
    pieces = [one.strip() for one in re.split(r" [.;] |[{}()]|UNION|FILTER", rule.needs or "")]
    assert [one for one in pieces if one not in pattern] == []


@pytest.mark.parametrize("name", ["qawl:answers", "qawl:subEventOf", "skos:broader", "rdf:type"])
def test_terms_that_rules_name(name: str) -> None:
    assert term(name) in derivation().terms


def test_only_what_rules_read_is_kept() -> None:
    kept = _quad(ONE, "qawl:answers", resource("question", "q"))
    gloss = _quad(ONE, "qawl:gloss", Literal("so"))
    unnamed = _quad(ONE, "rdf:type", term("oa:Annotation"))
    assert read_by_rules([kept, gloss, unnamed], derivation().terms) == [kept]


def test_relations_across_articles_are_counted_by_rule() -> None:
    inner, outer, third = (resource("relation", "agreement", name) for name in ("1", "2", "3"))
    quads = [
        *(_quad(inner, "qawl:relates", one) for one in (ONE, TWO)),
        *(_quad(outer, "qawl:relates", one) for one in (ONE, OTHER)),
        *(_quad(third, "qawl:wholeClaim", one) for one in (OTHER,)),
        *(_quad(third, "qawl:partClaim", one) for one in (TWO,)),
    ]
    quads += [_quad(one, "qawl:byRule", resource("rule", "echo")) for one in (inner, outer)]
    quads.append(_quad(third, "qawl:byRule", resource("rule", "sum")))
    assert relations_across(quads) == {"echo": 1, "sum": 1}


def test_topics_of_questions() -> None:
    battle, war, flood = (resource("event", name) for name in ("battle", "war", "flood"))
    base = [
        _quad(battle, "qawl:subEventOf", war),
        _quad(resource("place", "town"), "qawl:containedIn", resource("place", "land")),
    ]
    topics, event = Topics(base), term("qawl:ofEvent")
    asked = [term(f"qawl:asked{name}") for name in ("Predicate", "Subject", "Object")]
    assert topics.of("q", {event: battle}) == topics.of("r", {event: war})
    assert topics.of("q", {event: battle}) != topics.of("q", {event: flood})
    told = dict(zip(asked, (term("qawl:p"), flood, resource("place", "town")), strict=True))
    wider = {**told, asked[2]: resource("place", "land")}
    assert topics.of("q", told) == topics.of("r", wider) != []
    assert len(topics.of("q", {**told, event: war})) == 2
    assert topics.of("q", {term("qawl:population"): flood}) == ["question q"]
    assert topics.of("q", {term("qawl:measure"): flood, term("qawl:asks"): flood}) == []


def test_what_hangs_on_a_claim_is_seen_but_not_other_claims() -> None:
    question, voice = resource("question", "q"), resource("voice", "a", "me", "v")
    quantity = NamedNode(f"{ONE.value}.quantity")
    seen = [
        _quad(ONE, "qawl:answers", question),
        _quad(question, "qawl:ofEvent", resource("event", "e"), QUESTIONS_GRAPH),
        _quad(ONE, "qawl:voice", voice),
        _quad(voice, "qawl:speaker", resource("actor", "x")),
        _quad(ONE, "qawl:answerQuantity", quantity),
        _quad(quantity, "qawl:low", Literal(1)),
        _quad(ONE, "qawl:under", TWO),
    ]
    unseen = [_quad(TWO, "qawl:voice", resource("voice", "a", "me", "w"))]
    (topic,) = topics_of(Topics([]), seen, [*seen, *unseen]).values()
    assert (topic.claims, topic.quads) == (1, set(seen))
