"""Which entities may be the same, and why: proposed to a person, never merged automatically.

Entities with the same name form a group, and groups are compared by common features of their names.
Everything is looked up by key, so the work grows with the number of names, not of pairs.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from itertools import combinations
from typing import TYPE_CHECKING, Final

from kg.meeting.name_codes import WordClass, acronym, likeness, office_before
from kg.text.names import is_arabic, name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from kg.knowledge.decisions import EntityDecisions
    from kg.meeting.entities import Entity

__all__ = ["Candidate", "Group", "Reason", "candidates", "groups_of"]

#: Classes that drafts take for each other where they know a name by its place in a sentence only.
_GUESSED: Final = frozenset({"Person", "UnnamedActor", "Organization"})
#: A key that more groups share tells nothing.
_MOST_SHARING: Final = 20
_MOST_TOGETHER: Final = 5
#: An office that persons of more names hold is not one office.
_MOST_HOLDERS: Final = 5


class Reason(Enum):
    """Why entities may be the same."""

    SAME_NAME = "same-name"
    SPELLING = "spelling"
    OTHER_LANGUAGE = "other-language"
    ACRONYM = "acronym"
    PART_OF_NAME = "part-of-name"
    OFFICE = "office"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Group:
    """Entities with the same name and kind."""

    name: str
    kind: str
    type: str
    members: tuple[Entity, ...]

    @property
    def articles(self) -> frozenset[str]:
        """The articles that name one of them."""
        return frozenset(slug for one in self.members for slug in one.articles)

    @property
    def refs(self) -> tuple[str, ...]:
        """Their names in decisions."""
        return tuple(one.ref for one in self.members)


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two groups that may be the same entity, or one group whose members may be."""

    one: Group
    other: Group
    reasons: tuple[Reason, ...]

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield each pair of entities proposed as the same."""
        if self.one is self.other:
            yield from combinations(self.one.refs, 2)
        else:
            yield from ((one, other) for one in self.one.refs for other in self.other.refs)


def _main_name(entity: Entity) -> str:
    """Return the name used for grouping an entity: in the script of its texts."""
    arabic = [name for name in entity.surfaces if is_arabic(name)]
    if entity.proposed and entity.surfaces and not arabic:
        return entity.label("en")
    return entity.label("ar" if arabic or not entity.label("en").isascii() else "en")


def groups_of(entities: Iterable[Entity]) -> tuple[Group, ...]:
    """Return entities grouped by name and kind, in order of their names."""
    found: dict[tuple[str, str], list[Entity]] = defaultdict(list)
    for one in sorted(entities, key=lambda entity: entity.ref):
        key = name_key(_main_name(one)).removeprefix("the ")
        found[one.kind, key or one.ref].append(one)
    return tuple(
        Group(_main_name(members[0]), kind, _type(members), tuple(members))
        for (kind, _), members in sorted(found.items())
    )


def _type(members: Iterable[Entity]) -> str:
    types = [one.type for one in members]
    named = [one for one in types if one != "UnnamedActor"] or types
    return max(sorted(set(named)), key=named.count)


def _names(group: Group) -> set[str]:
    """Return the names of a group, with acronyms in brackets separated."""
    found = set()
    for name in {name for one in group.members for name in one.names()}:
        before, _, after = name.partition("(")
        found.add(before.strip())
        if acronym(inside := after.strip(" )")):
            found.add(inside)
    return {name for name in found if name_key(name)}


def _alike(one: Group, other: Group) -> bool:
    """Return whether two groups are of kinds that drafts may confuse."""
    if one.kind == other.kind:
        return True
    kinds = {one.kind: one.type, other.kind: other.type}
    return kinds.keys() == {"actor", "place"} and kinds["actor"] in _GUESSED


class _Keys:
    """Groups by common features of their names, one reason at a time."""

    def __init__(self) -> None:
        self.by_key: dict[tuple[Reason, object], dict[int, Group]] = defaultdict(dict)
        self.reasons: dict[tuple[int, int], set[Reason]] = defaultdict(set)

    def put(self, reason: Reason, key: object, group: Group, number: int) -> None:
        self.by_key[reason, key][number] = group

    def pair(self, one: int, other: int, reason: Reason) -> None:
        if one != other:
            self.reasons[min(one, other), max(one, other)].add(reason)

    def meet(self) -> None:
        """Pair the groups that share a key."""
        for (reason, _), groups in self.by_key.items():
            if 1 < len(groups) <= _MOST_SHARING:
                for one, other in combinations(sorted(groups), 2):
                    if _alike(groups[one], groups[other]):
                        self.pair(one, other, reason)


def candidates(entities: Iterable[Entity], decisions: EntityDecisions) -> tuple[Candidate, ...]:
    """Return which entities may be the same, those named in most articles first.

    :param decisions: pairs that were decided to be different are left out.
    """
    groups = groups_of(entities)
    keys = _Keys()
    for number, group in enumerate(groups):
        for name in _names(group):
            keys.put(Reason.SAME_NAME, name_key(name).removeprefix("the "), group, number)
            like = likeness(name)
            if like.tells:
                keys.put(Reason.SPELLING, like.codes, group, number)
            if short := acronym(name):
                keys.put(Reason.ACRONYM, short, group, number)
    keys.meet()
    _by_part(groups, keys)
    _by_office(groups, keys)
    found = [
        Candidate(groups[one], groups[other], _told(groups[one], groups[other], reasons))
        for (one, other), reasons in keys.reasons.items()
    ]
    found += [Candidate(one, one, (Reason.SAME_NAME,)) for one in groups if _repeats(one)]
    found = [one for one in found if _open(one, decisions)]
    return tuple(_with_company(sorted(found, key=_order), groups))


def _repeats(group: Group) -> bool:
    """Return whether a group has several entities with a distinctive name."""
    return len(group.members) > 1 and likeness(group.name).tells


def _order(one: Candidate) -> tuple[int, str, str]:
    return (-len(one.one.articles | one.other.articles), one.one.name, one.other.name)


def _told(one: Group, other: Group, reasons: set[Reason]) -> tuple[Reason, ...]:
    """Return the reasons, distinguishing similar spelling from translation."""
    scripts = {is_arabic(_main_name(entity)) for group in (one, other) for entity in group.members}
    found = set(reasons)
    if Reason.SAME_NAME in found:
        found.discard(Reason.SPELLING)
    if Reason.SPELLING in found and len(scripts) == 2:
        found = (found - {Reason.SPELLING}) | {Reason.OTHER_LANGUAGE}
    return tuple(reason for reason in Reason if reason in found)


def _open(one: Candidate, decisions: EntityDecisions) -> bool:
    """Return whether nobody has decided that the two are different."""
    if not decisions.different:
        return True
    ours, others = set(one.one.refs), set(one.other.refs)
    if one.one is one.other:
        return not any(ours <= set(line.different) for line in decisions.different)
    return not any(
        ours & set(line.different) and others & set(line.different) for line in decisions.different
    )


def _by_part(groups: tuple[Group, ...], keys: _Keys) -> None:
    """Pair a single name with the persons whose last name it is, if an article has both."""
    last: dict[tuple[str, str], set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        if group.type != "Person":
            continue
        for name in _names(group):
            words = name_key(name).split()
            if len(words) > 1 and (like := likeness(words[-1])).tells:
                for code in like.codes:
                    last[group.kind, code].add(number)
    for number, group in enumerate(groups):
        if group.type not in {"Person", "UnnamedActor"}:
            continue
        for name in _names(group):
            like = likeness(name)
            if len(like.codes) == 1 and like.tells:
                persons = last.get((group.kind, next(iter(like.codes))), set())
                if 0 < len(persons) <= _MOST_SHARING:
                    for person in persons:
                        keys.pair(number, person, Reason.PART_OF_NAME)


def _by_office(groups: tuple[Group, ...], keys: _Keys) -> None:
    """Pair an office named alone with the persons whose names it precedes."""
    holders: dict[frozenset[str], set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        if group.type == "Person":
            for before in {words for one in group.members for words in one.before}:
                if office := office_before(before):
                    holders[office].add(number)
    for number, group in enumerate(groups):
        if group.type == "UnnamedActor":
            for name in _names(group):
                like = likeness(name)
                persons = holders.get(like.codes, set())
                if WordClass.ROLE in like.classes and 0 < len(persons) <= _MOST_HOLDERS:
                    for person in persons:
                        keys.pair(number, person, Reason.OFFICE)


def _with_company(found: Iterable[Candidate], groups: tuple[Group, ...]) -> Iterator[Candidate]:
    """Add a reason to pairs that are named together with the same others."""
    by_article: dict[str, set[int]] = defaultdict(set)
    for number, group in enumerate(groups):
        for slug in group.articles:
            by_article[slug].add(number)
    numbers = {id(group): number for number, group in enumerate(groups)}

    def company(group: Group, by: Mapping[str, set[int]]) -> set[int]:
        few = sorted(group.articles)[:_MOST_TOGETHER]
        return set().union(*(by[slug] for slug in few)) - {numbers[id(group)]}

    for one in found:
        if one.one is not one.other:
            shared = company(one.one, by_article) & company(one.other, by_article)
            apart = one.one.articles.isdisjoint(one.other.articles)
            if apart and shared - {numbers[id(one.one)], numbers[id(one.other)]}:
                yield Candidate(one.one, one.other, (*one.reasons, Reason.TOGETHER))
                continue
        yield one
