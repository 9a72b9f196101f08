"""Lookups for a person who is deciding: known entities, questions, and vocabularies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, get_args

from kg.display.facts import Facts
from kg.errors import ReadingError
from kg.graph.compile_claim import claim_class
from kg.rdf.iris import VOCAB, kind_of, local_name, term
from kg.reading.draft import plain_part
from kg.reading.file import load_reading
from kg.reading.model import ClaimKind
from kg.store.local import Graph
from kg.text.folding import fold

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pyoxigraph import Store

    from kg.desk.live import Known
    from kg.reading.model import Claim, Reading
    from kg.wording import Language

__all__ = ["choices", "entities", "name_of", "questions"]

_MOST: Final = 20
#: The vocabularies from which a form's fields are chosen.
_SCHEMES: Final = ("comparator", "unit", "measure", "speech-act", "stance", "polarity", "modality",
                   "marking", "transmission", "aspect", "role")  # fmt: skip

#: The roles that a question asks who has.
_ASKED_ROLES: Final = ("agent", "patient", "beneficiary", "payer")


def choices(store: Store, language: Language) -> dict[str, list[tuple[str, str]]]:
    """Return the concepts of each vocabulary, by label, and the kinds of claims; code and label."""
    facts = Facts(Graph(store))
    found = {}
    for scheme in _SCHEMES:
        concepts = facts.subjects("skos:inScheme", f"{VOCAB}{scheme}")
        named = [(local_name(one), facts.name(one).best(language)) for one in concepts]
        found[scheme] = sorted(named, key=lambda one: one[1].casefold())
    found["role"] = [one for one in found["role"] if one[0] in _ASKED_ROLES]
    found["kind"] = [
        (kind, facts.name(term(f"qawl:{claim_class(kind)}").value).best(language))
        for kind in get_args(ClaimKind)
    ]
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
    label = name_of(known, reading, name, language)
    if name in reading.entities:
        return {"id": name, "label": label, "kind": reading.entities[name].type, "known": ""}
    kind = kind_of(known.authority.entities[name].value)
    return {"id": name, "label": label, "kind": kind, "known": "yes"}


def name_of(known: Known, reading: Reading, entity: str, language: Language) -> str:
    """Return the label of an entity of a reading or of the authority files; else its id."""
    if entity in reading.entities:
        return reading.entities[entity].label[language]
    node = known.authority.entities.get(entity)
    label = known.authority.labels.get(node, {}) if node is not None else {}
    return label.get(language) or next(iter(label.values()), entity)


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
