"""The general gazetteer: states, bodies, outlets and places that any article may name.

It is shipped with Qawl and belongs to no article. Its entities enter a graph only if an article
names them, under the same IRI in every graph. Authority files take precedence.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode, Triple

from kg.errors import AuthorityError, KgError
from kg.files import shipped
from kg.knowledge.ontology import ENTITY_KINDS, TYPED_BY
from kg.rdf.iris import local_name, ontology_name, resource, slugify, term
from kg.rdf.read import read_rdf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from kg.knowledge.ontology import Ontology

__all__ = [
    "GazetteerEntry",
    "GeneralEntity",
    "described_entity",
    "general_entities",
    "read_entries",
    "state_id",
    "territories",
]

#: Codes of Babel's territories that are no country's.
_NO_COUNTRY: Final = frozenset({"ZZ", "QO", "EU", "EZ", "UN", "XA", "XB"})


@dataclass(frozen=True, slots=True)
class GazetteerEntry:
    """One known name: id, type as readings write it, labels, all forms, ISO country."""

    id: str
    type: str
    labels: Mapping[str, str]
    forms: tuple[tuple[str, str], ...]
    country: str = ""


@dataclass(frozen=True, slots=True)
class GeneralEntity:
    """An entity of the general gazetteer, as a graph describes it where an article names it."""

    node: NamedNode
    labels: Mapping[str, str]
    forms: tuple[tuple[str, str], ...]
    types: tuple[NamedNode, ...]
    facts: tuple[tuple[NamedNode, NamedNode], ...] = ()

    def triples(self) -> Iterator[Triple]:
        """Yield the entity's description."""
        for one in self.types:
            yield Triple(self.node, term("rdf:type"), one)
        for predicate, value in self.facts:
            yield Triple(self.node, predicate, value)
        for language, label in self.labels.items():
            yield Triple(self.node, term("skos:prefLabel"), Literal(label, language=language))
        for language, form in self.forms:
            if form != self.labels.get(language):
                yield Triple(self.node, term("skos:altLabel"), Literal(form, language=language))


def read_entries(path: Path, error: type[KgError]) -> tuple[GazetteerEntry, ...]:
    """Read a gazetteer's Turtle file: for each entry a class, labels and, if any, a country.

    :raises KgError: of the given class: the file is not Turtle, or an entry lacks a label in
        English or Arabic.
    """
    kinds: dict[str, str] = {}
    labels: dict[str, dict[str, str]] = {}
    forms: dict[str, list[tuple[str, str]]] = {}
    countries: dict[str, str] = {}
    for quad in read_rdf(path, error, strict=True).quads:
        if not isinstance(quad.subject, NamedNode):
            raise error(f"{path}: {quad.subject} is a blank node; give every entry an IRI")
        node, value = quad.subject.value, quad.object
        if quad.predicate == term("rdf:type") and isinstance(value, NamedNode):
            kinds[node] = ontology_name(value.value) or value.value
        elif isinstance(value, Literal):
            if quad.predicate in (term("skos:prefLabel"), term("skos:altLabel")):
                forms.setdefault(node, []).append((value.language or "", value.value))
            if quad.predicate == term("skos:prefLabel"):
                labels.setdefault(node, {})[value.language or ""] = value.value
            elif quad.predicate == term("schema:addressCountry"):
                countries[node] = value.value
    entries = []
    for node, kind in kinds.items():
        found = labels.get(node, {})
        if not {"en", "ar"} <= set(found):
            raise error(f"{path}: {node}: add a skos:prefLabel in English and in Arabic")
        entries.append(
            GazetteerEntry(
                local_name(node),
                kind,
                {language: found[language] for language in ("en", "ar")},
                tuple(forms.get(node, ())),
                countries.get(node, ""),
            )
        )
    return tuple(entries)


@cache
def territories() -> tuple[GazetteerEntry, ...]:
    """Return Babel's territories and the cities that give time zones their names, as places."""
    from babel import Locale
    from babel.core import get_global

    locales = {language: Locale(language) for language in ("en", "ar")}
    english = locales["en"].territories
    entries = []
    for code, name in english.items():
        if len(code) == 2 and code.isalpha() and code not in _NO_COUNTRY:
            labels = {one: str(has.territories.get(code, name)) for one, has in locales.items()}
            entries.append(
                GazetteerEntry(slugify(str(name)), "Place", labels, tuple(labels.items()), code)
            )
    zones = get_global("zone_territories")
    cities = {
        zone
        for one in locales.values()
        for zone, data in one.time_zones.items()
        if data.get("city") and zone.partition("/")[2]
    }
    for zone in sorted(cities):
        name = zone.rsplit("/", 1)[-1].replace("_", " ")
        forms = {
            language: str(one.time_zones.get(zone, {}).get("city") or "")
            for language, one in locales.items()
        }
        labels = {"en": name, "ar": forms["ar"] or name}
        named = tuple((language, form) for language, form in forms.items() if form)
        entries.append(
            GazetteerEntry(slugify(name), "Place", labels, named, str(zones.get(zone, "")))
        )
    return tuple(entries)


def state_id(territory: str) -> str:
    """Return the id of the state whose territory has this id: they are separate entities."""
    return f"{territory}-state"


def general_entities(ontology: Ontology) -> dict[str, GeneralEntity]:
    """Return the entities of the general gazetteer by id; those of its file come before Babel's."""
    found: dict[str, GeneralEntity] = {}
    carried = read_entries(shipped.gazetteer_file(), AuthorityError)
    places = territories()
    countries = {one.country: one for one in reversed(places)}
    for entry in (*carried, *places):
        found.setdefault(entry.id, _entity(entry, ontology))
        if entry.country and countries[entry.country] is entry:
            state = _state(entry)
            found.setdefault(state.id, _entity(state, ontology))
    return found


def _state(territory: GazetteerEntry) -> GazetteerEntry:
    labels = {
        "en": f"{territory.labels['en']} (the state)",
        "ar": f"{territory.labels['ar']} (الدولة)",
    }
    return GazetteerEntry(state_id(territory.id), "State", labels, territory.forms)


def _entity(entry: GazetteerEntry, ontology: Ontology) -> GeneralEntity:
    return described_entity(entry.id, entry.type, entry.labels, ontology, entry.forms)


def described_entity(
    name: str,
    word: str,
    labels: Mapping[str, str],
    ontology: Ontology,
    forms: tuple[tuple[str, str], ...] = (),
) -> GeneralEntity:
    """Return an entity from its id and the word that readings use for its type.

    :param forms: its names, each with its language.
    :raises AuthorityError: the word is not a type of entity.
    """
    class_name, typed = ontology.entity_class(word)
    kind = next((one for one, top in ENTITY_KINDS.items() if ontology.is_a(class_name, top)), None)
    if kind is None:
        raise AuthorityError(
            f"{word!r} is not an entity: use a kind of {', '.join(ENTITY_KINDS.values())}"
        )
    facts: list[tuple[NamedNode, NamedNode]] = []
    if class_name in TYPED_BY:
        scheme, predicate = TYPED_BY[class_name]
        default = {"source-type": "article", "event-type": "event"}[scheme]
        facts.append((term(predicate), typed or ontology.concept(scheme, default)))
    return GeneralEntity(
        resource(kind, name), labels, forms, ontology.types(class_name), tuple(facts)
    )
