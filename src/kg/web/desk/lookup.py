"""Lookups for a person who is deciding: known entities, questions, and vocabularies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kg.display.facts import Facts
from kg.errors import ReadingError
from kg.rdf.iris import VOCAB, kind_of, local_name, term
from kg.reading.draft import plain_part
from kg.reading.file import load_reading
from kg.store.local import Graph
from kg.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyoxigraph import Store

    from kg.desk.live import Known
    from kg.reading.model import Claim, Reading
    from kg.wording import Language

__all__ = ["choices", "entities", "questions"]

_MOST: Final = 20
#: The vocabularies from which a form's fields are chosen.
_SCHEMES: Final = ("comparator", "unit", "measure", "speech-act", "stance", "polarity", "modality",
                   "marking", "transmission")  # fmt: skip


def choices(store: Store, language: Language) -> dict[str, list[tuple[str, str]]]:
    """Return the concepts of each vocabulary: their codes with their labels, by label."""
    facts = Facts(Graph(store))
    found = {}
    for scheme in _SCHEMES:
        concepts = facts.subjects("skos:inScheme", f"{VOCAB}{scheme}")
        named = [(local_name(one), facts.name(one).best(language)) for one in concepts]
        found[scheme] = sorted(named, key=lambda one: one[1].casefold())
    return found


def entities(
    known: Known, reading: Reading, words: str, language: Language
) -> list[dict[str, str]]:
    """Return the entities whose names contain the words, those that begin with them first.

    Arabic is compared without hamza, diacritics and the like.
    """
    wanted = fold(words.strip()).folded.casefold()
    if not wanted:
        return []
    labels = {term("skos:prefLabel"), term("skos:altLabel")}
    names: dict[str, list[str]] = {}
    ids = {node.value: name for name, node in known.authority.entities.items()}
    for triple in known.authority.triples:
        name = ids.get(getattr(triple.subject, "value", ""))
        if name is not None and triple.predicate in labels:
            names.setdefault(name, []).append(getattr(triple.object, "value", ""))
    for local, one in reading.entities.items():
        names.setdefault(local, []).extend(one.label.values())
    found = []
    for name, forms in names.items():
        folded = [fold(form).folded.casefold() for form in (*forms, name.replace("-", " "))]
        at = min((form.find(wanted) for form in folded if wanted in form), default=-1)
        if at >= 0:
            found.append((at, len(min(forms, key=len)), name))
    return [_entity(known, reading, name, language) for *_, name in sorted(found)[:_MOST]]


def _entity(known: Known, reading: Reading, name: str, language: Language) -> dict[str, str]:
    if name in reading.entities:
        one = reading.entities[name]
        return {"id": name, "label": one.label[language], "kind": one.type, "known": ""}
    node = known.authority.entities[name]
    label = known.authority.labels.get(node, {})
    shown = label.get(language) or next(iter(label.values()), name)
    return {"id": name, "label": shown, "kind": kind_of(node.value), "known": "yes"}


def questions(graph: Path, words: str) -> list[dict[str, Any]]:
    """Return matching questions of all readings, each with the claims that answer it."""
    wanted = fold(words.strip()).folded.casefold().split()
    found: dict[str, dict[str, Any]] = {}
    for place, claim in _claims(graph):
        asked = plain_part(claim.question)
        if not asked:
            continue
        known = fold(f"{claim.gloss} {claim.gloss_ar or ''} {_shown(asked)}").folded.casefold()
        if all(one in known for one in wanted):
            entry = found.setdefault(
                _shown(asked), {"question": asked, "label": _shown(asked), "answers": []}
            )
            entry["answers"].append({"claim": place, "gloss": claim.gloss})
    return list(found.values())[:_MOST]


def _claims(graph: Path) -> Iterator[tuple[str, Claim]]:
    for path in sorted(graph.glob("articles/*/readings/*.yaml")):
        try:
            reading = load_reading(path).reading
        except ReadingError:
            continue  # it is told where the graph is built
        for claim in reading.claims:
            yield f"{reading.article}/{path.stem}/{claim.id}", claim


def _shown(asked: dict[str, Any]) -> str:
    """Return a question as its keys and values, which is what a reading file has."""
    return ", ".join(f"{key}: {_flat(value)}" for key, value in asked.items())


def _flat(value: Any) -> str:
    if isinstance(value, dict):
        return " ".join(str(one) for one in value.values())
    return str(value)
