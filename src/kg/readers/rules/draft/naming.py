"""Entities of a draft: known ones by id, new ones with a new id and labels."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.knowledge.gazetteer import state_id
from kg.rdf.iris import digest, kind_of, slugify
from kg.readers.rules.lexicon.tables import folded, rows
from kg.reading.model import LocalEntity
from kg.reading.parts import ARTICLE_SPEAKER

if TYPE_CHECKING:
    from kg.knowledge.authority import Authority
    from kg.readers.rules.names.gazetteer import Name

__all__ = ["Register", "romanised"]

#: Longest slug of a new entity.
_LONGEST: Final = 60
_ACTORS: Final = frozenset((
    "Person", "Organization", "State", "GovernmentBody", "ArmedForce", "ArmedGroup",
    "UnnamedActor", "InternationalOrganization", "MediaOutlet", "ResearchBody", "Court",
    "PoliticalOrganization",
))  # fmt: skip
_EVENTS: Final = frozenset({"Event", "War", "Situation"})


@lru_cache(maxsize=1)
def _letters() -> dict[int, str]:
    return {ord(row["letter"]): row["latin"] for row in rows("common", "romanisation")}


def romanised(text: str) -> str:
    """Return a name in Latin letters without diacritics: a rough aid, not a transcription.

    >>> romanised("سامر الحداد")
    'Samr al-hdad'
    """
    words = []
    for word in re.findall(r"\w+", re.sub(r"[\u064b-\u065f\u0670\u0640]", "", text)):
        article = word.startswith("ال") and len(word) > 3
        body = (word[2:] if article else word).translate(_letters())
        words.append(f"al-{body}" if article else body)
    joined = " ".join(words).strip()
    return joined[:1].upper() + joined[1:] or "?"


class Register:
    """The entities that a draft names, each once."""

    def __init__(self, authority: Authority | None) -> None:
        self.authority = authority
        self.entities: dict[str, LocalEntity] = {}
        self._by_label: dict[tuple[str, str], str] = {}
        self._asked: dict[tuple[str, str, object], str] = {}

    def known(self, name: Name, *, actor: bool = False) -> str:
        """Return the id of an entity of the gazetteer.

        :param actor: whether it acts or speaks; a place then stands for its state or government,
            which is an entity of its own.
        """
        asked = (name.id, name.type, actor)
        if asked not in self._asked:
            self._asked[asked] = self._known(name, actor=actor)
        return self._asked[asked]

    def _known(self, name: Name, *, actor: bool) -> str:
        if actor and name.type not in _ACTORS:
            if (state := self._state(name)) is not None:
                return state
            labels = dict(name.labels)
            label = {"en": f"{labels['en']} (as an actor)", "ar": f"{labels['ar']} (طرفا)"}
            return self._new(f"{name.id}-actor", "State" if name.country else "UnnamedActor", label)
        if self._described(name):
            return name.id
        labels = dict(name.labels)
        return self._new(name.id, name.type, {"en": labels["en"], "ar": labels["ar"]})

    def _described(self, name: Name) -> bool:
        """Tell whether the authority files or the general gazetteer mean the same by an id."""
        node = self.authority.entities.get(name.id) if self.authority else None
        if self.authority is None or node is None or kind_of(node.value) != _kind(name.type):
            return False
        # What a user calls so may not be what the general gazetteer means.
        return name.origin != "user" or self.authority.describes(name.id)

    def _state(self, name: Name) -> str | None:
        """Return the state that a country's name means where it acts, if it is known."""
        if self.authority is None or not name.country:
            return None
        state = state_id(name.id)
        return state if state in self.authority.entities else None

    def new(self, words: str, type_: str, language: str) -> str:
        """Return a new id for an unknown name, made from its words."""
        asked = (words, type_, language)
        if asked not in self._asked:
            self._asked[asked] = self._made(words, type_, language)
        return self._asked[asked]

    def _made(self, words: str, type_: str, language: str) -> str:
        words = " ".join(words.split())
        if language == "ar":
            english = romanised(words)
            label = {
                "en": english if type_ != "UnnamedActor" else f"{english} (unnamed)",
                "ar": words,
            }
        else:
            label = {"en": words, "ar": words}
        return self._new(label["en"], type_, label)

    def _new(self, base: str, type_: str, label: dict[str, str]) -> str:
        key = (folded(label["ar"]), _kind(type_))
        if key in self._by_label:
            return self._by_label[key]
        slug = slugify(base)[:_LONGEST].strip("-") or f"name-{digest(label['ar'], 8)}"
        taken = self.authority.entities if self.authority else {}
        unique, number = slug, 2
        while unique in self.entities or unique in taken or unique == ARTICLE_SPEAKER:
            unique, number = f"{slug}-{number}", number + 1
        self.entities[unique] = LocalEntity(type=type_, label=label)
        self._by_label[key] = unique
        return unique

    def person(self, family: str) -> str | None:
        """Return the person in the draft whose name ends with a family name."""
        word = folded(family)
        for name, entity in self.entities.items():
            if entity.type == "Person" and folded(entity.label["ar"]).split()[-1] == word:
                return name
        return None

    def label(self, entity: str) -> str:
        """Return the folded Arabic label of an entity of the draft."""
        local = self.entities.get(entity)
        if local is not None:
            return folded(local.label["ar"])
        assert self.authority is not None
        node = self.authority.entities[entity]
        return folded(self.authority.labels.get(node, {}).get("ar", entity))

    def kind(self, entity: str) -> str:
        """Return the kind of an entity of the draft: actor, place or event."""
        local = self.entities.get(entity)
        if local is not None:
            return _kind(local.type)
        assert self.authority is not None
        return kind_of(self.authority.entities[entity].value)


def _kind(type_: str) -> str:
    if type_ in _ACTORS:
        return "actor"
    if type_ in _EVENTS:
        return "event"
    return {"Place": "place", "PopulationGroup": "population"}.get(type_, "source")
