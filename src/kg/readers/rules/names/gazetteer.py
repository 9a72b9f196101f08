"""The gazetteer: names known beforehand, from Turtle files and from Babel.

Entities of the graph's authority files take precedence over the gazetteer shipped with the rules,
and that over Babel's territories and cities. Users can add Turtle files of the same form.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.rdf.iris import NAMESPACE, local_name, ontology_name, slugify, term
from kg.rdf.read import read_rdf
from kg.readers.rules.lexicon.tables import LexiconError, Match, Phrases, lexicon_dir, word_stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.knowledge.authority import Authority
    from kg.readers.rules.matching.tokens import Token

__all__ = ["GAZETTEER", "Gazetteer", "Name", "load_gazetteer", "territory"]

#: Namespace of the entries shipped with the rules.
GAZETTEER: Final = f"{NAMESPACE}gazetteer/"
_RANK: Final = {"authority": 0, "user": 1, "carried": 2, "babel": 3}
#: Kinds of actors that share their name with a place: in running text the place is meant.
_AFTER_PLACES: Final = frozenset({"State"})


@dataclass(frozen=True, slots=True)
class Name:
    """One entity of the gazetteer: id, class, labels, ISO country and origin."""

    id: str
    type: str
    labels: tuple[tuple[str, str], ...]
    country: str = ""
    origin: str = "carried"

    def label(self, language: str) -> str:
        """Return its label in a language, or its id."""
        return dict(self.labels).get(language, self.id)


class Gazetteer:
    """Names of one language, found among tokens."""

    def __init__(self, language: str, names: Iterable[tuple[str, Name]]) -> None:
        best: dict[str, Name] = {}
        for form, name in names:
            before = best.get(form)
            if before is None or _order(name) < _order(before):
                best[form] = name
        self.phrases: Phrases[Name] = Phrases.of(best.items(), word_stems(language))

    def at(self, tokens: Sequence[Token], index: int) -> Match[Name] | None:
        """Return the longest known name that begins with a token, with or without a proclitic."""
        return self.phrases.at(tokens, index)


def _order(name: Name) -> tuple[int, int, int]:
    return (_RANK[name.origin], name.type in _AFTER_PLACES, name.type in _LATE)


_LATE: Final = frozenset({"PopulationGroup", "Source"})


def _babel(language: str) -> Iterator[tuple[str, Name]]:
    """Yield Babel's territories and the cities that give time zones their names."""
    from babel import Locale
    from babel.core import get_global

    here, english, arabic = Locale(language), Locale("en"), Locale("ar")
    for code, form in here.territories.items():
        if (
            len(code) == 2
            and code.isalpha()
            and code not in ("ZZ", "QO", "EU", "EZ", "UN", "XA", "XB")
        ):
            labels = (
                ("en", str(english.territories.get(code, form))),
                ("ar", str(arabic.territories.get(code, form))),
            )
            yield str(form), Name(slugify(labels[0][1]), "Place", labels, code, "babel")
    zones = get_global("zone_territories")
    for zone, data in here.time_zones.items():
        form = data.get("city")
        if not form or not zone.partition("/")[2]:
            continue
        name = zone.rsplit("/", 1)[-1].replace("_", " ")
        other = arabic.time_zones.get(zone, {}).get("city", name)
        labels = (("en", name), ("ar", str(other)))
        yield str(form), Name(slugify(name), "Place", labels, str(zones.get(zone, "")), "babel")


def _turtle(path: Path, language: str, origin: str) -> Iterator[tuple[str, Name]]:
    from pyoxigraph import Literal, NamedNode

    kinds: dict[str, str] = {}
    labels: dict[str, dict[str, str]] = {}
    forms: dict[str, list[str]] = {}
    countries: dict[str, str] = {}
    for quad in read_rdf(path, LexiconError, strict=True).quads:
        if not isinstance(quad.subject, NamedNode):
            raise LexiconError(f"{path}: {quad.subject} is a blank node; give every entry an IRI")
        node, value = quad.subject.value, quad.object
        if quad.predicate == term("rdf:type") and isinstance(value, NamedNode):
            kinds[node] = ontology_name(value.value) or value.value
        elif isinstance(value, Literal):
            if quad.predicate in (term("skos:prefLabel"), term("skos:altLabel")):
                if quad.predicate == term("skos:prefLabel"):
                    labels.setdefault(node, {})[value.language or ""] = value.value
                if value.language == language or (value.value.isascii() and language == "ar"):
                    forms.setdefault(node, []).append(value.value)
            elif quad.predicate == term("schema:addressCountry"):
                countries[node] = value.value
    for node, kind in kinds.items():
        found = labels.get(node, {})
        if not {"en", "ar"} <= set(found):
            raise LexiconError(f"{path}: {node}: add a skos:prefLabel in English and in Arabic")
        name = Name(
            local_name(node),
            kind,
            (("en", found["en"]), ("ar", found["ar"])),
            countries.get(node, ""),
            origin,
        )
        for form in forms.get(node, ()):
            yield form, name


def _authority(authority: Authority, language: str) -> Iterator[tuple[str, Name]]:
    named = {node: id_ for id_, node in authority.entities.items()}
    labels = {term("skos:prefLabel"), term("skos:altLabel")}
    kinds: dict[str, list[str]] = {}
    forms: dict[str, list[str]] = {}
    for triple in authority.triples:
        id_ = named.get(triple.subject, "")  # type: ignore[arg-type]
        if not id_:
            continue
        if triple.predicate == term("rdf:type"):
            kinds.setdefault(id_, []).append(local_name(triple.object.value))  # type: ignore[union-attr]
        elif triple.predicate in labels:
            literal = triple.object
            if getattr(literal, "language", None) == language or (
                language == "ar" and str(getattr(literal, "value", "")).isascii()
            ):
                forms.setdefault(id_, []).append(literal.value)  # type: ignore[union-attr]
    for id_, found in forms.items():
        kind = next((one for one in _SPECIFIC if one in kinds.get(id_, ())), "Organization")
        node = authority.entities[id_]
        name = Name(id_, kind, tuple(authority.labels.get(node, {}).items()), "", "authority")
        for form in found:
            yield form.partition("(")[0].strip() if "(" in form else form, name


_SPECIFIC: Final = (
    "Person", "State", "Court", "GovernmentBody", "ArmedForce", "ArmedGroup", "MediaOutlet",
    "InternationalOrganization", "ResearchBody", "PoliticalOrganization", "Organization",
    "UnnamedActor", "PopulationGroup", "Place", "War", "Event", "Source",
)  # fmt: skip


@lru_cache(maxsize=8)
def _shared(language: str) -> tuple[tuple[str, Name], ...]:
    carried = lexicon_dir("common") / "gazetteer.ttl"
    return (*_turtle(carried, language, "carried"), *_babel(language))


def load_gazetteer(
    language: str, authority: Authority | None = None, folder: Path | None = None
) -> Gazetteer:
    """Load the gazetteer of a language.

    :param folder: a folder with the user's own Turtle files, or ``None``.
    :raises LexiconError: a file is not Turtle, or an entry lacks a label in one of the languages.
    """
    names: list[tuple[str, Name]] = []
    if authority is not None:
        names += _authority(authority, language)
    if folder is not None and folder.is_dir():
        for path in sorted(folder.glob("*.ttl")):
            names += _turtle(path, language, "user")
    names += _shared(language)
    return Gazetteer(language, names)


@lru_cache(maxsize=400)
def territory(country: str) -> Name | None:
    """Return Babel's entry of a country by its ISO 3166 code."""
    return next(
        (name for _, name in _shared("ar") if name.country == country and name.origin == "babel"),
        None,
    )
