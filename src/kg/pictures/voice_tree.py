"""The voices behind one claim: who quotes whom, with the words that show it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode

from kg.errors import PictureError
from kg.networks.look import PALETTE
from kg.networks.node_attributes import Entities
from kg.networks.rows import literal_text, solutions
from kg.pictures.labels import in_label, lines
from kg.pictures.legend import Key, legend
from kg.pictures.network_picture import Scene, style_of_graph
from kg.pictures.theme import LIGHT
from kg.rdf.iris import local_name
from kg.sparql.results import plain
from kg.sparql.rq_file import shipped_rq
from kg.wording import wording

if TYPE_CHECKING:
    from kg.sparql.results import Term
    from kg.store.local import Graph

__all__ = ["VoiceTree", "voice_tree"]

_CLAIM, _SURE, _INFERRED, _POSSIBLE = PALETTE[1], PALETTE[0], PALETTE[2], PALETTE[3]


@dataclass(frozen=True, slots=True)
class VoiceTree:
    """The scene, and the IRIs for its ids ``n0``, ``n1`` …, the claim first."""

    scene: Scene
    nodes: tuple[str, ...]


@dataclass(slots=True)
class _Voice:
    speakers: dict[str, None] = field(default_factory=dict)
    outer: str | None = None
    source: str | None = None
    act: str = ""
    marking: str = ""
    confidence: float | None = None
    said: str | None = None
    cue: str | None = None


def _iri(term: Term | None) -> str | None:
    return term.value if isinstance(term, NamedNode) else None


def voice_tree(graph: Graph, claim: str, lang: str, prefix: str = "") -> VoiceTree:
    """Return the picture of one claim's voices.

    :param claim: id, prefixed name or IRI of the claim.
    :param prefix: prefix of the nodes' SVG ids.
    :raises ParameterError: no claim has this id, or several have.
    """
    entities = Entities(graph.store, lang)
    found, voices, innermost = _read(graph, claim)
    certain = {one for one, chance in innermost.items() if chance is None}
    behind = _closed(certain, voices)
    order = sorted(voices)
    names = {iri: f"n{number}" for number, iri in enumerate(order, 1)}
    body = [_claim_node(entities, found, prefix, lang)]
    for iri in order:
        colour = _SURE if voices[iri].marking != "inferred" else _INFERRED
        colour = colour if iri in behind else _POSSIBLE
        body.append(_voice_node(names[iri], prefix, voices[iri], colour, entities))
        if (outer := voices[iri].outer) is not None:
            style = "solid" if iri in behind else "dotted"
            body.append(_arrow(names[outer], names[iri], style, voices[iri].confidence))
    for iri, chance in sorted(innermost.items()):
        style = "solid" if chance is None else "dotted"
        body.append(_arrow(names[iri], "n0", style, chance))
    words = wording("pictures.voices", lang)
    keys = [
        Key("■", colour, words[name])
        for colour, name in (
            (_CLAIM, "claim"),
            (_SURE, "sure"),
            (_INFERRED, "inferred"),
            (_POSSIBLE, "possible"),
        )
        if any(f'color="{colour}"' in line for line in body)
    ]
    under = legend(words["title"], keys, [words["note"]], lang)
    flow = "RL" if lang == "ar" else "LR"
    head = [*style_of_graph(under), f'  graph [rankdir="{flow}", ranksep="0.6", nodesep="0.3"];']
    scene = Scene("\n".join(["digraph {", *head, *body, "}"]), "dot")
    return VoiceTree(scene, (found.value, *order))


def _read(graph: Graph, claim: str) -> tuple[NamedNode, dict[str, _Voice], dict[str, float | None]]:
    """Return a claim, the voices of its chains, and its innermost voices with their confidence."""
    question = shipped_rq("pictures", "voices")
    voices: dict[str, _Voice] = {}
    innermost: dict[str, float | None] = {}
    found: NamedNode | None = None
    for row in solutions(graph, graph.question_text(question, {"claim": claim}))[1]:
        found = row["claim"]
        innermost.setdefault(row["innermost"].value, _number(row["chance"]))
        voice = voices.setdefault(row["voice"].value, _Voice())
        voice.speakers[row["speaker"].value] = None
        voice.outer, voice.source = _iri(row["outer"]), _iri(row["source"])
        voice.act, voice.marking = row["act"].value, local_name(row["marking"].value)
        voice.confidence = _number(row["confidence"])
        voice.said, voice.cue = literal_text(row["said"]), literal_text(row["cue"])
    if found is None:
        raise PictureError(f"claim {claim!r}: the graph has no voice for this claim; see: kg show")
    return found, voices, innermost


def _number(term: Term | None) -> float | None:
    value = plain(term)
    return float(value) if isinstance(value, int | float) else None


def _closed(innermost: set[str], voices: dict[str, _Voice]) -> set[str]:
    """Return voices together with all voices that quote them."""
    found: set[str] = set()
    waiting = list(innermost)
    while waiting:
        iri = waiting.pop()
        if iri not in found:
            found.add(iri)
            if (outer := voices[iri].outer) is not None:
                waiting.append(outer)
    return found


def _label(parts: list[tuple[str, str]], lang: str) -> str:
    """Return styled lines: ``b`` bold, ``m`` muted, anything else plain."""
    shown = []
    for style, text in parts:
        for line in lines(text, 32, lang):
            safe = in_label(line)
            if style == "b":
                safe = f"<B>{safe}</B>"
            elif style == "m":
                safe = f'<FONT COLOR="{LIGHT.muted}">{safe}</FONT>'
            shown.append(safe)
    return "<BR/>".join(shown)


def _claim_node(entities: Entities, claim: NamedNode, prefix: str, lang: str) -> str:
    data = entities.attributes(claim)
    gloss, quote = str(data["label"]), str(data.get("quote", ""))
    parts = [("b", gloss)]
    if quote and quote != gloss:
        parts.append(("", f"«{quote}»"))
    return (
        f'  n0 [id="{prefix}n0", label=<{_label(parts, lang)}>, shape="box", color="{_CLAIM}", '
        f'fillcolor="{LIGHT.fill(_CLAIM)}"];'
    )


def _voice_node(name: str, prefix: str, voice: _Voice, colour: str, entities: Entities) -> str:
    lang = entities.lang
    names = sorted(map(entities.label, voice.speakers))
    parts = [("b", wording("common", lang)["and"].join(names))]
    if voice.source is not None and voice.source not in voice.speakers:
        parts.append(("", entities.label(voice.source)))
    act = entities.label(voice.act)
    parts.append(("m", f"{act}, {voice.said}" if voice.said else act))
    if voice.cue is not None:
        parts.append(("", f"«{voice.cue}»"))
    style = "filled,rounded" if colour == _SURE else "filled,rounded,dashed"
    return (
        f'  {name} [id="{prefix}{name}", label=<{_label(parts, lang)}>, shape="box", '
        f'color="{colour}", fillcolor="{LIGHT.fill(colour)}", style="{style}"];'
    )


def _arrow(outer: str, inner: str, style: str, confidence: float | None) -> str:
    shown = f'<<FONT COLOR="{LIGHT.muted}">{confidence:g}</FONT>>' if confidence else '""'
    return (
        f'  {outer} -> {inner} [label={shown}, color="{LIGHT.line}", style="{style}", '
        'penwidth="1.6"];'
    )
