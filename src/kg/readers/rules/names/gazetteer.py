"""The names that the rules know beforehand.

Entities of the graph's authority files take precedence over the general gazetteer, and its entries
over Babel's territories and cities. Users can add Turtle files of the same form.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kg.knowledge.gazetteer import read_entries, territories
from kg.rdf.iris import local_name, term
from kg.readers.rules.lexicon.tables import LexiconError, Match, Phrases, lexicon_dir, word_stems

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from kg.knowledge.authority import Authority
    from kg.knowledge.gazetteer import GazetteerEntry
    from kg.readers.rules.matching.tokens import Token

__all__ = ["Gazetteer", "Name", "load_gazetteer", "territory"]

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


def _named(
    entries: Iterable[GazetteerEntry], language: str, origin: str
) -> Iterator[tuple[str, Name]]:
    for one in entries:
        name = Name(one.id, one.type, tuple(one.labels.items()), one.country, origin)
        for spoken, form in one.forms:
            if spoken == language or (language == "ar" and form.isascii() and origin != "babel"):
                yield form, name


def _authority(authority: Authority, language: str) -> Iterator[tuple[str, Name]]:
    named: dict[object, str] = {node: id_ for id_, node in authority.entities.items()}
    labels = {term("skos:prefLabel"), term("skos:altLabel")}
    kinds: dict[str, list[str]] = {}
    forms: dict[str, list[str]] = {}
    for triple in authority.triples:
        id_ = named.get(triple.subject, "")
        if not id_:
            continue
        value = getattr(triple.object, "value", "")
        if triple.predicate == term("rdf:type"):
            kinds.setdefault(id_, []).append(local_name(value))
        elif triple.predicate in labels and (
            getattr(triple.object, "language", None) == language
            or (language == "ar" and value.isascii())
        ):
            forms.setdefault(id_, []).append(value)
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
    carried = read_entries(lexicon_dir("common") / "gazetteer.ttl", LexiconError)
    return (*_named(carried, language, "carried"), *_named(territories(), language, "babel"))


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
            names += _named(read_entries(path, LexiconError), language, "user")
    names += _shared(language)
    return Gazetteer(language, names)


@lru_cache(maxsize=400)
def territory(country: str) -> Name | None:
    """Return Babel's entry of a country by its ISO 3166 code."""
    return next(
        (name for _, name in _shared("ar") if name.country == country and name.origin == "babel"),
        None,
    )
