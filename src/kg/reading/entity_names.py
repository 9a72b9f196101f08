"""From a name in a text to an entity: in the authority files, in the gazetteer, or new."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kg.knowledge.ontology import ENTITY_KINDS
from kg.rdf.iris import digest, kind_of, slugify, term
from kg.reading.model import LocalEntity
from kg.reading.parts import ARTICLE_SPEAKER
from kg.text.names import is_arabic, name_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.knowledge.authority import Authority
    from kg.knowledge.ontology import Ontology

__all__ = ["EntityNames"]

_LONGEST_ID: Final = 60


class EntityNames:
    """Resolves every name to an entity; unknown names become entities of the reading."""

    def __init__(self, authority: Authority, ontology: Ontology) -> None:
        self._authority, self._ontology = authority, ontology
        self._known: dict[tuple[str, str], set[str]] = {}
        self._new: dict[tuple[str, str], str] = {}
        self._entities: dict[str, LocalEntity] = {}
        ids = {node.value: name for name, node in authority.entities.items()}
        labels = (term("skos:prefLabel"), term("skos:altLabel"))
        for triple in authority.known_triples():
            name = ids.get(getattr(triple.subject, "value", ""), "")
            if name and triple.predicate in labels:
                key = (self._kind_of(name), name_key(getattr(triple.object, "value", "")))
                self._known.setdefault(key, set()).add(name)

    @property
    def entities(self) -> Mapping[str, LocalEntity]:
        """The entities that are new, by their ids."""
        return self._entities

    def _kind_of(self, name: str) -> str:
        return kind_of(self._authority.entities[name].value)

    def resolve(self, words: str, class_name: str, english: str | None = None) -> str:
        """Return the id of the entity that the words name.

        :param class_name: a class of the ontology below Actor, Event, Place, Source or
            PopulationGroup; it decides among namesakes of different kinds.
        :param english: its name in English, if the words are not English.
        :raises AuthorityError: the ontology has no such class.
        """
        general, _ = self._ontology.entity_class(class_name)
        kind = next(
            (kind for kind, top in ENTITY_KINDS.items() if self._ontology.is_a(general, top)),
            "actor",
        )
        # A state is named by its territory's name too.
        kinds = (kind, "place", "actor") if class_name in {"State", "Place"} else (kind,)
        for one in kinds:
            known = self._known.get((one, name_key(words)), set())
            if len(known) == 1:
                return next(iter(known))
        key = (kind, name_key(words) or words)
        if key not in self._new:
            self._new[key] = self._add(words, class_name, english)
        return self._new[key]

    def _add(self, words: str, class_name: str, english: str | None) -> str:
        base = slugify(english or words)[:_LONGEST_ID].strip("-") or f"entity-{digest(words, 8)}"
        taken = {*self._authority.entities, *self._entities, ARTICLE_SPEAKER}
        name, number = base, 1
        while name in taken:
            number += 1
            name = f"{base}-{number}"
        arabic = words if is_arabic(words) else english or words
        label = {"en": english or words, "ar": arabic}
        self._entities[name] = LocalEntity.model_validate({"type": class_name, "label": label})
        return name
