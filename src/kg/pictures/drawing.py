"""Draws a named picture, or any networkx graph, to a file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from kg.errors import NetworkError, OutputError, ParameterError, did_you_mean
from kg.files.atomic import replacing
from kg.networks.filters import passing_claims
from kg.networks.named_projections import projection, projections
from kg.networks.node_attributes import Entities
from kg.networks.project import check_language, checked_mode, network
from kg.pictures.answer_chart import answer_chart
from kg.pictures.event_chart import event_chart
from kg.pictures.graphviz import render
from kg.pictures.network_items import network_items
from kg.pictures.network_picture import Scene, network_scene, refuse_large
from kg.pictures.page import Item, Page, page
from kg.pictures.svg import svg_file
from kg.pictures.theme import exchanged
from kg.pictures.voice_tree import voice_tree
from kg.store.local import local_graph
from kg.wording import LANGUAGES, by_language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import networkx as nx

    from kg.networks.named_projections import Layout
    from kg.pictures.theme import ThemeName
    from kg.store.local import Graph
    from kg.store.queryable import Queryable

__all__ = ["CHARTS", "ENDINGS", "draw", "draw_network", "pictures", "scene_of"]

#: Pictures that are not networks.
CHARTS: Final = ("timeline", "answers", "voices")
ENDINGS: Final = (".svg", ".png", ".pdf", ".html")
THEMES: Final = ("auto", "light", "dark")
_DPI: Final = 144


@dataclass(frozen=True, slots=True)
class _Subject:
    """What to draw: a function from language and id prefix to a scene, and the tooltips."""

    titles: Mapping[str, str]
    scene: Callable[[str, str], Scene]
    items: Mapping[str, Item]
    claims: Mapping[str, Mapping[str, Any]]
    languages: tuple[str, ...] = LANGUAGES


def pictures() -> dict[str, Mapping[str, str]]:
    """Return the names of all pictures with their titles by language."""
    networks = {one.name: one.title for one in projections()}
    return {**networks, **{name: by_language("pictures.titles", name) for name in CHARTS}}


def draw(
    name: str,
    path: Path | str,
    graph: Queryable | None = None,
    /,
    *,
    lang: str = "en",
    theme: ThemeName = "auto",
    claim: str | None = None,
    **parameters: Any,
) -> Path:
    """Draw a picture to a file: ``.svg``, ``.png``, ``.pdf`` or ``.html``.

    :param name: name of a network, or ``timeline``, ``answers``, or ``voices`` (of one claim).
    :param graph: default: the graph that :func:`kg.open_graph` opens; a graph from
        :func:`kg.connect` is fetched.
    :param lang: language of the labels, ``en`` or ``ar``; HTML has both and begins with this one.
    :param theme: ``auto`` follows the viewer in SVG and HTML, and is light in PNG and PDF.
    :param claim: id, prefixed name or IRI, for ``voices``.
    :param parameters: ``mode`` and the filters, as for :func:`kg.network`.
    :raises PictureError: there is nothing to draw, too much to draw, or Graphviz is missing.
    :raises NetworkError: no picture has this name, or the network is empty.
    :raises ParameterError: a parameter is unknown or does not apply to the picture.
    :raises OutputError: the file cannot be written, or its extension is unknown.
    """
    path = _checked(Path(path), lang, theme)
    _write(_subject(name, local_graph(graph), claim, parameters), path, lang, theme)
    return path


def scene_of(
    name: str, graph: Graph, *, lang: str, claim: str | None = None, **parameters: Any
) -> Scene:
    """Return a picture as Graphviz is to draw it, in light colours; see :func:`draw`.

    :raises PictureError: there is nothing to draw, or too much.
    :raises NetworkError: no picture has this name, or the network is empty.
    :raises ParameterError: a parameter is unknown or does not apply to the picture.
    """
    return _subject(name, graph, claim, parameters).scene(lang, "")


def _subject(name: str, graph: Graph, claim: str | None, parameters: Mapping[str, Any]) -> _Subject:
    known = pictures()
    if name not in known:
        hint = did_you_mean(name, known, otherwise=f"there are {', '.join(known)}")
        raise NetworkError(f"there is no picture named {name!r}{hint}")
    if (claim is not None) != (name == "voices"):
        raise ParameterError(
            "voices: use --claim to name the claim whose voices to draw"
            if claim is None
            else f"{name}: has no parameter 'claim'; only the picture 'voices' has one"
        )
    if name in CHARTS:
        return _chart(name, graph, claim, parameters)
    made: dict[str, nx.Graph] = {
        one: network(name, graph, lang=one, **parameters) for one in LANGUAGES
    }
    return _network(made, projection(name).layout, graph)


def draw_network(
    drawn: nx.Graph, path: Path | str, *, layout: Layout = "force", theme: ThemeName = "auto"
) -> Path:
    """Draw a networkx graph: labels from ``label``, colours from ``type``, widths from ``weight``.

    :raises PictureError: the graph is empty or too large, or Graphviz is missing.
    :raises OutputError: the file cannot be written, or its extension is unknown.
    """
    lang = str(drawn.graph.get("lang", "en"))
    path = _checked(Path(path), lang, theme)
    _write(_network({lang: drawn}, layout, None), path, lang, theme)
    return path


def _checked(path: Path, lang: str, theme: str) -> Path:
    check_language(lang)
    if path.suffix.lower() not in ENDINGS:
        raise OutputError(
            f"{path}: is not a picture file; use one of the extensions {', '.join(ENDINGS)}"
        )
    if theme not in THEMES:
        raise ParameterError(f"theme {theme!r} is unknown; use one of: {', '.join(THEMES)}")
    return path


def _chart(
    name: str, graph: Graph, claim: str | None, parameters: Mapping[str, object]
) -> _Subject:
    if name == "voices":
        if parameters:
            raise ParameterError(f"voices: has no parameter {next(iter(parameters))!r}")
        wanted = str(claim)
        nodes = voice_tree(graph, wanted, "en").nodes
        items, claims = network_items(_as_nodes(nodes, graph), graph)
        return _Subject(
            by_language("pictures.titles", name),
            lambda lang, prefix: voice_tree(graph, wanted, lang, prefix).scene,
            items,
            claims,
        )
    chart = event_chart if name == "timeline" else answer_chart
    filters = dict(parameters)
    mode = checked_mode(name, filters.pop("mode", "generous"))
    keep = passing_claims(graph, filters, mode)
    titles = by_language("pictures.titles", name)
    return _Subject(titles, lambda lang, _: chart(graph, lang, keep, mode), {}, {})


def _as_nodes(iris: tuple[str, ...], graph: Graph) -> dict[str, nx.Graph]:
    """Return networks of isolated nodes, by language, so that tooltips can describe them."""
    import networkx as nx
    from pyoxigraph import NamedNode

    found: dict[str, nx.Graph] = {}
    for lang in LANGUAGES:
        entities = Entities(graph.store, lang)
        found[lang] = nx.Graph(lang=lang)
        for iri in iris:
            node = NamedNode(iri)
            attributes = entities.attributes(node)
            if attributes.get("group") != "Claim":
                attributes["label"] = entities.speaker(node)
            found[lang].add_node(entities.key(node), **attributes)
    return found


def _network(made: Mapping[str, nx.Graph], layout: Layout, graph: Graph | None) -> _Subject:
    for one in made.values():
        refuse_large(one)
    items, claims = network_items(made, graph)
    titles = {lang: str(one.graph.get("title", "")) for lang, one in made.items()}
    return _Subject(
        titles,
        lambda lang, prefix: network_scene(made[lang], layout, prefix),
        items,
        claims,
        tuple(made),
    )


def _write(subject: _Subject, path: Path, lang: str, theme: ThemeName) -> None:
    ending = path.suffix.lower()
    if ending == ".html":
        order = sorted(subject.languages, key=lambda one: one != lang)
        scenes = {one: subject.scene(one, f"{one}-") for one in order}
        content = page(Page(subject.titles, scenes, subject.items, subject.claims, theme))
    elif ending == ".svg":
        content = svg_file(subject.scene(lang, ""), theme)
    else:
        scene = subject.scene(lang, "")
        text = exchanged(scene.text) if theme == "dark" else scene.text
        if ending == ".png":
            content = render(text, scene.engine, "png", [*scene.options, f"-Gdpi={_DPI}"])
        else:
            content = render(text, scene.engine, "pdf", scene.options)
    with replacing(path) as stream:
        stream.write(content)
