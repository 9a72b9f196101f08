"""A network as DOT: colours by type, widths by weight, and a legend."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kg.errors import PictureError
from kg.networks.look import OTHER, colours, weight_of, width
from kg.pictures.labels import in_label, lines
from kg.pictures.legend import Key, legend
from kg.pictures.theme import FONTS, LIGHT
from kg.pictures.time_axis import along_time
from kg.wording import wording

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx

    from kg.networks.named_projections import Layout
    from kg.pictures.graphviz import Engine

__all__ = ["MOST_EDGES", "MOST_NODES", "Scene", "network_scene", "refuse_large", "style_of_graph"]

#: Larger networks are unreadable, and Graphviz takes minutes for them.
MOST_NODES: Final = 1000
MOST_EDGES: Final = 3000

_STYLES: Final = ("solid", "dashed", "dotted")
_NO_ARROW: Final = ', dir="none"'
#: Above this many nodes the faster overlap removal is used.
_MANY: Final = 60


@dataclass(frozen=True, slots=True)
class Scene:
    """A picture as DOT in light colours, and how Graphviz is to draw it."""

    text: str
    engine: Engine
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Paint:
    """The attribute that determines colours, and the colour and label of each of its values."""

    by: str
    colours: Mapping[str, str]
    labels: Mapping[str, str]

    def of(self, data: Mapping[str, Any]) -> str:
        return self.colours.get(str(data.get(self.by, "")), OTHER)


def _paint(parts: Iterable[Mapping[str, Any]], by: str) -> _Paint:
    counted: Counter[str] = Counter()
    labels: dict[str, str] = {}
    for data in parts:
        kind = str(data.get(by, ""))
        counted[kind] += 1
        labels[kind] = str(data.get(f"{by}_label", kind))
    ranked = sorted(counted, key=lambda one: (-counted[one], one))
    return _Paint(by, colours(counted.elements()), {kind: labels[kind] for kind in ranked if kind})


def refuse_large(network: nx.Graph) -> None:
    """Raise an error if a network is too large to be readable.

    :raises PictureError: it has more than :data:`MOST_NODES` or :data:`MOST_EDGES`.
    """
    if network.number_of_nodes() > MOST_NODES or network.number_of_edges() > MOST_EDGES:
        raise PictureError(
            f"{network.number_of_nodes():,} nodes and {network.number_of_edges():,} edges are too "
            f"many to draw (at most {MOST_NODES:,} and {MOST_EDGES:,}); narrow the network with "
            "filters, or write it for Gephi with: kg networks NAME -o x.gexf"
        )


def network_scene(network: nx.Graph, layout: Layout, prefix: str = "") -> Scene:
    """Return the scene of a network.

    :param prefix: prefix of the SVG ids of nodes and edges: ``n0``, ``e0`` and so on, in the order
        of the network.
    :raises PictureError: the network is too large to be readable.
    """
    refuse_large(network)
    lang = str(network.graph.get("lang", "en"))
    nodes = [data for _, data in network.nodes(data=True)]
    edges = [data for *_, data in network.edges(data=True)]
    groups = {data.get("group") for data in nodes}
    of_nodes = _paint(nodes, "group" if len(groups) > 1 else "type")
    of_edges = _paint(edges, "type")
    places = along_time(network) if layout == "time" else None
    names = {node: f"n{number}" for number, node in enumerate(network)}
    body = [
        _node(
            names[node],
            prefix,
            str(data.get("label", node)),
            of_nodes.of(data),
            lang,
            None if places is None else places.of[node],
        )
        for node, data in network.nodes(data=True)
    ]
    if places is not None:
        body += places.axis(lang)
    body += _edges(network, names, prefix, of_edges)
    notes = _notes(network, edges, lang)
    title = str(network.graph.get("title", ""))
    under = legend(title, [*_keys(of_nodes, "■", lang), *_edge_keys(of_edges, lang)], notes, lang)
    head = [*style_of_graph(under), _arranged(layout, lang, len(nodes))]
    # All edges are arrows; those without a meaningful direction drop the arrowhead themselves.
    text = "\n".join(["digraph {", *head, *body, "}"])
    if layout == "layered":
        return Scene(text, "dot")
    return Scene(text, "neato", ("-n",) if layout == "time" else ())


def style_of_graph(under: str) -> list[str]:
    """Return the lines of DOT that set fonts and colours, with a label under the picture."""
    font = f'fontname="{FONTS}", fontcolor="{LIGHT.text}"'
    ground = f'bgcolor="{LIGHT.ground}", pad="0.3", outputorder="edgesfirst"'
    box = 'style="filled,rounded", penwidth="1.6", margin="0.14,0.08", height="0.4"'
    return [
        f'  graph [{ground}, label={under}, labelloc="b", {font}, fontsize="12"];',
        f'  node [{font}, fontsize="12", {box}];',
        f'  edge [{font}, fontsize="11", arrowsize="0.7"];',
    ]


def _arranged(layout: Layout, lang: str, nodes: int) -> str:
    if layout == "layered":
        flow = "RL" if lang == "ar" else "LR"
        return f'  graph [rankdir="{flow}", ranksep="0.9", nodesep="0.22", splines="true"];'
    if layout == "time":
        return '  graph [splines="true"];'
    mode = "sgd" if nodes > _MANY else "major"
    return (
        '  graph [overlap="prism", sep="+10", esep="+4", splines="true", pack="16", start="1", '
        f'maxiter="2000", mode="{mode}"];'
    )


def _node(
    name: str,
    prefix: str,
    label: str,
    colour: str,
    lang: str,
    place: tuple[float, float] | None,
) -> str:
    shown = "<BR/>".join(map(in_label, lines(label, lang=lang))) or " "
    at = "" if place is None else f', pos="{place[0]:.1f},{place[1]:.1f}"'
    return (
        f'  {name} [id="{prefix}{name}", label=<{shown}>, shape="box", color="{colour}", '
        f'fillcolor="{LIGHT.fill(colour)}"{at}];'
    )


def _edges(
    network: nx.Graph, names: Mapping[object, str], prefix: str, paint: _Paint
) -> Iterable[str]:
    several = len(paint.labels) > 1
    styles = {kind: _STYLES[at % len(_STYLES)] for at, kind in enumerate(paint.labels)}
    weights = [weight_of(data) for *_, data in network.edges(data=True)]
    heaviest = max(weights, default=1.0)
    for number, (source, target, data) in enumerate(network.edges(data=True)):
        weight = weights[number]
        colour = paint.of(data) if several else LIGHT.line
        style = styles.get(str(data.get("type", "")), "solid") if several else "solid"
        if _uncertain(data):
            style = "dashed"
        undirected = not network.is_directed() or data.get("symmetric") is True
        # Every edge has a weight of at least one; show the number only above that.
        shown = f'<<FONT COLOR="{LIGHT.muted}">{weight:g}</FONT>>' if weight != 1 else '""'
        yield (
            f'  {names[source]} -> {names[target]} [id="{prefix}e{number}", label={shown}, '
            f'color="{colour}", style="{style}", penwidth="{width(weight, heaviest)}"'
            f"{_NO_ARROW if undirected else ''}];"
        )


def _uncertain(data: Mapping[str, Any]) -> bool:
    """Return whether an order is only possible or stated, or a voice only inferred."""
    return data.get("certainty") in {"possible", "stated"} or data.get("marking") == "inferred"


def _keys(paint: _Paint, sign: str, lang: str) -> list[Key]:
    """Return the legend keys of a paint; grey values share one key."""
    named = {kind: label for kind, label in paint.labels.items() if paint.colours[kind] != OTHER}
    found = [Key(sign, paint.colours[kind], label) for kind, label in named.items()]
    if len(named) < len(paint.labels):
        found.append(Key(sign, OTHER, wording("pictures.network", lang)["other"]))
    return found


def _edge_keys(paint: _Paint, lang: str) -> list[Key]:
    return _keys(paint, "▬", lang) if len(paint.labels) > 1 else []


def _notes(network: nx.Graph, edges: list[Mapping[str, Any]], lang: str) -> list[str]:
    notes = []
    words = wording("pictures.network", lang)
    meaning = network.graph.get("weight_meaning")
    if meaning and len({weight_of(data) for data in edges}) > 1:
        notes.append(f"{words['width']}: {meaning}")
    if any(map(_uncertain, edges)):
        notes.append(words["dashed"])
    return notes
