"""What a reading found, by position in the text: the input of a comparison.

A claim's kind, gloss and question are ignored, and so are claims that only report a voice (kind
``speech-act``): the voice's cue represents them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from pyoxigraph import NamedNode

from kg.rdf.iris import ontology_name, term
from kg.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from kg.compare.matching import Place
    from kg.knowledge.authority import Authority
    from kg.knowledge.ontology import Ontology

__all__ = [
    "Findings",
    "FoundClaim",
    "FoundCue",
    "FoundDate",
    "FoundMention",
    "FoundQuantity",
    "FoundVoice",
    "KnownEntities",
    "Speaker",
    "known_entities",
    "name_words",
]

DateKind = Literal["explicit", "relative", "anaphoric", "implied"]

#: Classes by which mentions are compared; a narrower class counts as the first of its superclasses.
_COARSE = (
    "State",
    "Person",
    "Organization",
    "Place",
    "PopulationGroup",
    "Event",
    "Source",
    "Actor",
)
_ARTICLE = re.compile(r"^[وفبكل]?ال(?=\w{2})|^لل(?=\w{2})")
_STOP_WORDS = frozenset({"the", "a", "an", "of", "unnamed"})


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date expression; ``edtf`` has its value, or several if the reading gives several."""

    place: Place
    edtf: frozenset[str]
    kind: DateKind


@dataclass(frozen=True, slots=True)
class FoundQuantity:
    """An amount: its words and its interpretation."""

    place: Place
    value: Decimal | None
    lower: Decimal | None
    upper: Decimal | None
    unit: str | None
    comparator: str
    approximate: bool


@dataclass(frozen=True, slots=True)
class FoundCue:
    """The reporting words of a voice."""

    place: Place


@dataclass(frozen=True, slots=True)
class Speaker:
    """A speaker: shared ids, and the names that the reading or the labels give.

    ``names`` has a set of words for each name, see :func:`name_words`.
    """

    is_article: bool = False
    is_unnamed: bool = False
    ids: frozenset[str] = frozenset()
    names: frozenset[frozenset[str]] = frozenset()
    shown: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class FoundVoice:
    """One voice of a chain: its speaker or joint speakers, and whether it is inferred."""

    speakers: tuple[Speaker, ...]
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim with its chain of voices, innermost first, and its attributes."""

    place: Place
    chain: tuple[FoundVoice, ...]
    polarity: str
    stance: str
    quantity: FoundQuantity | None = None
    date: FoundDate | None = None


@dataclass(frozen=True, slots=True)
class FoundMention:
    """A name in the text; ``ids`` is empty for an entity that only this reading knows."""

    place: Place
    type: str
    ids: frozenset[str] = frozenset()
    names: frozenset[frozenset[str]] = frozenset()
    shown: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Findings:
    """Everything a reading found; ``unplaced`` counts values that have no words in the text."""

    text: str
    dates: tuple[FoundDate, ...] = ()
    quantities: tuple[FoundQuantity, ...] = ()
    cues: tuple[FoundCue, ...] = ()
    claims: tuple[FoundClaim, ...] = ()
    mentions: tuple[FoundMention, ...] = ()
    unplaced: int = 0


def name_words(name: str) -> frozenset[str]:
    """Return the words of a name, folded, without articles and the proclitics before them.

    >>> sorted(name_words("والوزير"))
    ['وزير']
    """
    words = re.findall(r"\w+", fold(name).folded)
    return frozenset(_ARTICLE.sub("", word) for word in words if word not in _STOP_WORDS)


@dataclass(frozen=True, slots=True)
class KnownEntities:
    """Labels and classes of the entities in the authority files, and the units to compare by."""

    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    classes: Mapping[str, frozenset[str]] = field(default_factory=dict, repr=False)
    units: Mapping[str, str] = field(default_factory=dict, repr=False)
    superclasses: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)

    def narrowest(self, name: str) -> str:
        """Return the most specific class of an entity."""
        classes = self.classes.get(name, frozenset())
        above = {wide for one in classes for wide in self.superclasses.get(one, ())}
        return min(classes - above, default="Entity")

    def coarse_type(self, classes: Iterable[str]) -> str:
        """Return the class by which an entity is compared; a state counts as a country."""
        wide = {one for name in classes for one in (name, *self.superclasses.get(name, ()))}
        found = next((one for one in _COARSE if one in wide), "Entity")
        return "Place" if found == "State" else found


def known_entities(authority: Authority, ontology: Ontology) -> KnownEntities:
    """Index the authority files by the ids that readings use.

    A unit for a narrower thing (soldiers) is compared as the broader unit (persons).
    """
    names = {node.value: name for name, node in authority.entities.items()}
    labels: dict[str, tuple[str, ...]] = {}
    classes: dict[str, frozenset[str]] = {}
    label_terms = (term("skos:prefLabel"), term("skos:altLabel"))
    for triple in authority.known_triples():
        name = names.get(getattr(triple.subject, "value", ""), "")
        value: str = getattr(triple.object, "value", "")
        if name and triple.predicate in label_terms:
            labels[name] = (*labels.get(name, ()), value)
        elif name and triple.predicate == term("rdf:type"):
            classes[name] = classes.get(name, frozenset()) | {ontology_name(value) or value}
    counted = {thing: code for code, (_, thing) in ontology.units.items() if thing is not None}
    units = {
        counted[triple.subject]: counted[triple.object]
        for triple in ontology.vocabularies
        if triple.predicate == term("qawl:amountWithin")
        and isinstance(triple.subject, NamedNode)
        and isinstance(triple.object, NamedNode)
        and {triple.subject, triple.object} <= counted.keys()
    }
    superclasses = {**ontology.superclasses, **ontology.typed_words()}
    return KnownEntities(labels, classes, units, superclasses)
