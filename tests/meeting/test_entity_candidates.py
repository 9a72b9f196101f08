"""Which entities may be one: reasons, kinds, and what was decided to be two."""

from __future__ import annotations

from kg.knowledge.decisions import DifferentEntities, EntityDecisions
from kg.meeting.entities import Entity
from kg.meeting.entity_candidates import Candidate, Group, Reason, candidates, groups_of

NOTHING = EntityDecisions()


def _entity(
    ref: str, type_: str, name: str, *surfaces: str, kind: str = "actor", before: str = ""
) -> Entity:
    language = "en" if name.isascii() else "ar"
    return Entity(
        ref,
        kind,
        "/" in ref,
        {type_},
        {(language, name)},
        dict.fromkeys(surfaces or (name,), 1),
        {before} if before else set(),
        {ref.partition("/")[0]},
    )


def _found(
    *entities: Entity, decisions: EntityDecisions = NOTHING
) -> dict[frozenset[str], set[Reason]]:
    return {
        frozenset((*one.one.refs, *one.other.refs)): set(one.reasons)
        for one in candidates(entities, decisions)
    }


def test_a_name_in_two_articles_is_a_candidate_and_a_common_noun_is_none() -> None:
    found = _found(
        _entity("a/rules/nahr", "MediaOutlet", "Nahr News Agency"),
        _entity("b/rules/nahr", "Organization", "the Nahr News Agency"),
        _entity("a/rules/ministry", "Person", "Ministry"),
        _entity("b/rules/ministry", "Person", "Ministry"),
    )
    assert found == {frozenset({"a/rules/nahr", "b/rules/nahr"}): {Reason.SAME_NAME}}


def test_each_reason_is_told() -> None:
    union = _entity("a/rules/union", "Organization", "World Relief Union")
    person = _entity("a/rules/n", "Person", "Nadim Qasrani", before="said Irrigation Minister ")
    others = {
        Reason.OTHER_LANGUAGE: _entity("b/rules/u", "Organization", "الاتحاد العالمي للإغاثة"),
        Reason.ACRONYM: _entity("c/rules/wru", "Organization", "WRU"),
        Reason.SPELLING: _entity("d/rules/n", "Person", "Nadeem al-Qasrani"),
        Reason.OFFICE: _entity("e/rules/m", "UnnamedActor", "وزير الري"),
        Reason.PART_OF_NAME: _entity("f/rules/q", "UnnamedActor", "القصراني"),
    }
    for reason, other in others.items():
        known = union if reason in (Reason.OTHER_LANGUAGE, Reason.ACRONYM) else person
        assert _found(union, person, other) == {frozenset({known.ref, other.ref}): {reason}}


def test_who_is_named_with_the_same_others_is_more_likely_one() -> None:
    found = _found(
        _entity("a/rules/tal", "Place", "Tal Hamra", kind="place"),
        _entity("b/rules/tell", "Place", "Tell Hamra", kind="place"),
        _entity("a/rules/nahr", "MediaOutlet", "Nahr News Agency"),
        _entity("b/rules/nahr", "MediaOutlet", "Nahr News Agency"),
    )
    pair = frozenset({"a/rules/tal", "b/rules/tell"})
    assert found[pair] == {Reason.SPELLING, Reason.TOGETHER}


def test_a_draft_may_take_a_town_for_a_person_but_not_a_state_for_its_land() -> None:
    place = _entity("a/rules/t", "Place", "Tal Hamra", kind="place")
    assert _found(place, _entity("b/rules/t", "Person", "Tal Hamra"))
    assert not _found(place, _entity("b/rules/t", "State", "Tal Hamra"))


def test_what_was_decided_to_be_two_is_no_candidate() -> None:
    one, other = (_entity(f"{slug}/rules/x", "Person", "Salim Harthi") for slug in "ab")
    apart = DifferentEntities(different=(one.ref, other.ref))
    assert _found(one, other)
    assert not _found(one, other, decisions=EntityDecisions(different=(apart,)))


def test_a_candidate_names_the_pairs_that_it_proposes() -> None:
    members = tuple(_entity(f"{slug}/rules/x", "Person", "Salim Harthi") for slug in "abc")
    (group,) = groups_of(members)
    assert isinstance(group, Group)
    assert len(list(Candidate(group, group, ()).pairs())) == 3


def test_a_name_of_every_article_costs_no_pair_of_articles() -> None:
    """The work is counted, not timed: one group, one candidate, whatever the number of articles."""
    many = [_entity(f"a{number}/rules/x", "Person", "Salim Harthi") for number in range(3000)]
    (found,) = candidates(many, NOTHING)
    assert len(found.one.members) == 3000
