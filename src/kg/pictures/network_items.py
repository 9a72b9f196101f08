"""Tooltips of nodes and edges: mostly the quotes behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import NamedNode

from kg.networks.node_attributes import Entities
from kg.pictures.page import Item
from kg.rdf.curies import expand
from kg.wording import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from kg.store.local import Graph

__all__ = ["network_items"]

_ARROW: Final = {"en": " → ", "ar": " ← "}
#: Most claims listed for one node or edge.
_MOST: Final = 40


def network_items(
    made: Mapping[str, nx.Graph], graph: Graph | None
) -> tuple[dict[str, Item], dict[str, dict[str, Any]]]:
    """Return the tooltips of ``n0``, ``e0`` …, and the claims that they refer to.

    :param made: the same network by language of its labels.
    :param graph: the graph to look the claims up in; ``None`` leaves them out.
    """
    first = next(iter(made.values()))
    near: dict[object, dict[str, None]] = {}
    items: dict[str, Item] = {}
    edges = {lang: list(one.edges(data=True)) for lang, one in made.items()}
    for number, (source, target, data) in enumerate(first.edges(data=True)):
        claims = dict.fromkeys(str(data.get("claim_ids", "")).split())
        for end in (source, target):
            near.setdefault(end, {}).update(claims)
        items[f"e{number}"] = Item(
            {
                lang: f"{_label(one, source)}{_ARROW[lang]}{_label(one, target)}"
                for lang, one in made.items()
            },
            {lang: _about(edges[lang][number][2]) for lang in made},
            tuple(claims)[:_MOST],
        )
    for number, (node, data) in enumerate(first.nodes(data=True)):
        own = [str(node)] if data.get("group") == "Claim" else near.get(node, ())
        items[f"n{number}"] = Item(
            {lang: _label(one, node) for lang, one in made.items()},
            {lang: str(one.nodes[node].get("type_label", "")) for lang, one in made.items()},
            tuple(own)[:_MOST],
        )
    if graph is None:
        return {name: Item(item.label, item.about) for name, item in items.items()}, {}
    wanted = sorted({key for item in items.values() for key in item.claims})
    return items, _claims(wanted, graph, tuple(made))


def _label(network: nx.Graph, node: object) -> str:
    return str(network.nodes[node].get("label", node))


def _about(data: Mapping[str, Any]) -> str:
    kind, weight = data.get("type_label"), data.get("weight")
    return " · ".join(str(part) for part in (kind, weight) if part is not None)


def _claims(keys: list[str], graph: Graph, languages: tuple[str, ...]) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for lang in languages:
        entities = Entities(graph.store, lang)
        for key in keys:
            data = entities.attributes(NamedNode(expand(key) or key))
            one = found.setdefault(key, {"label": {}, "who": {}, "quote": data.get("quote", "")})
            one["label"][lang] = data["label"]
            one["who"][lang] = _who(data, lang)
    return found


def _who(data: Mapping[str, Any], lang: str) -> str:
    """Return the speaker, with ``?`` if inferred, and other possible speakers."""
    words = wording("pictures.speakers", lang)
    who = str(data.get("speaker", ""))
    if data.get("marking") == "inferred":
        who += words["doubt"]
    if other := data.get("possible_speakers"):
        who += f" ({words['or']} {other})"
    return who
