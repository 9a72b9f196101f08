"""The entities of a graph, for comparison: names, classes, and where they are named."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from kg.files import shipped
from kg.knowledge.ontology import ENTITY_KINDS
from kg.rdf.iris import ID, kind_of, ontology_name
from kg.readers.rules.draft.naming import romanised
from kg.sparql.results import Table
from kg.sparql.rq_file import load_rq
from kg.text.names import is_arabic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kg.sparql.results import Term
    from kg.store.queryable import Queryable

__all__ = ["Entity", "entities_in", "reference"]

#: The most specific class first.
_SPECIFIC: Final = (
    "Person", "State", "Court", "GovernmentBody", "ArmedForce", "ArmedGroup", "MediaOutlet",
    "InternationalOrganization", "ResearchBody", "PoliticalOrganization", "Organization",
    "UnnamedActor", "PopulationGroup", "Place", "Situation", "Event", "Source", "Artefact",
    "Topic",
)  # fmt: skip


@dataclass(slots=True)
class Entity:
    """An entity of the readings or authority files.

    ``ref`` names it in decisions; ``proposed`` says whether a reading alone describes it.
    """

    ref: str
    kind: str
    proposed: bool
    classes: set[str] = field(default_factory=set)
    labels: set[tuple[str, str]] = field(default_factory=set)
    surfaces: dict[str, int] = field(default_factory=dict)
    before: set[str] = field(default_factory=set)
    articles: set[str] = field(default_factory=set)

    @property
    def type(self) -> str:
        """Its most specific class."""
        return next((one for one in _SPECIFIC if one in self.classes), "Entity")

    def label(self, language: str) -> str:
        """Return its label in a language, else in another."""
        return min(
            (name for spoken, name in self.labels if spoken == language),
            default=min((name for _, name in self.labels), default=self.ref),
        )

    def names(self) -> set[str]:
        """Return its names, without a draft's transcription of an Arabic one."""
        arabic = {name for name in self.surfaces if is_arabic(name)} | {
            name for language, name in self.labels if language == "ar" and is_arabic(name)
        }
        transcribed = {romanised(name) for name in arabic}
        return self.surfaces.keys() | {
            name for _, name in self.labels if name.partition(" (")[0] not in transcribed
        }


def reference(iri: str) -> tuple[str, str] | None:
    """Return the kind of an entity and how decisions name it; ``None`` if it is not an entity.

    >>> reference("https://w3id.org/qawl/id/actor/flood/rules/nahr")
    ('actor', 'flood/rules/nahr')
    """
    kind = kind_of(iri)
    name = iri.removeprefix(f"{ID}{kind}/")
    if kind not in ENTITY_KINDS or name.count("/") not in (0, 2) or "." in name:
        return None
    return kind, name


def _rows(graph: Queryable, name: str) -> Iterator[tuple[Term | None, ...]]:
    question = load_rq(shipped.queries_dir() / "meeting" / f"{name}.rq")
    answer = graph.sparql(question.text)
    assert isinstance(answer, Table)
    yield from answer.rows


def entities_in(graph: Queryable) -> dict[str, Entity]:
    """Return the named entities of a graph, by their names in decisions.

    :raises QueryError: the graph cannot be queried.
    """
    found: dict[str, Entity] = {}
    for node, kind, name in _rows(graph, "entities"):
        if not isinstance(node, NamedNode) or (known := reference(node.value)) is None:
            continue
        entity = found.setdefault(known[1], Entity(known[1], known[0], "/" in known[1]))
        if isinstance(kind, NamedNode) and (short := ontology_name(kind.value)):
            entity.classes.add(short)
        if isinstance(name, Literal):
            entity.labels.add((name.language or "", name.value))
    for node, exact, prefix, text in _rows(graph, "mentions"):
        if not isinstance(node, NamedNode) or (known := reference(node.value)) is None:
            continue
        if (named := found.get(known[1])) is None or not isinstance(exact, Literal):
            continue
        named.surfaces[exact.value] = named.surfaces.get(exact.value, 0) + 1
        if isinstance(prefix, Literal):
            named.before.add(prefix.value)
        if isinstance(text, NamedNode):
            named.articles.add(text.value.removeprefix(f"{ID}text/").partition("/")[0])
    for entity in found.values():
        if entity.proposed:
            entity.articles.add(entity.ref.partition("/")[0])
    return found
