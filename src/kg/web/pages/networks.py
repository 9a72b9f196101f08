"""Networks: the list of them, each as a page and as files for other programs."""

from __future__ import annotations

import io
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from pyoxigraph import NamedNode

from kg.errors import NetworkError
from kg.networks.look import colours, weight_of
from kg.networks.named_projections import projection, projections
from kg.networks.node_attributes import Entities
from kg.networks.project import network
from kg.networks.writers import stream_network
from kg.rdf.curies import expand
from kg.rdf.iris import concept, local_name, term
from kg.store.queryable import named_question
from kg.web.formats import NETWORK_FORMATS, by_word
from kg.web.pages.content import Content, page
from kg.web.pages.fields import Field, field_of
from kg.web.pages.links import address_of
from kg.web.pages.tools import tools_data
from kg.web.refusal import RequestRefused
from kg.wording import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx

    from kg.networks.named_projections import Projection
    from kg.store.local import Graph
    from kg.web.requests import Network
    from kg.web.site import Site
    from kg.wording import Language

__all__ = ["NETWORK_FILTERS", "network_document", "network_error_page", "networks_page"]

# What the writers call the formats.
_WRITTEN_AS: Final = {"json": "d3"}
#: What a network can be cut down to, in the order of its form.
NETWORK_FILTERS: Final = (
    "mode", "speaker", "via", "source", "actor", "event", "place", "kind", "stance", "article",
    "date_from", "date_to",
)  # fmt: skip
# What a page can show at once; the files have all of it.
_MOST_NODES: Final = 3000
_MOST_ROWS: Final = 400
_MOST_CLAIMS: Final = 60
_INFERRED: Final = concept("marking", "inferred")


@dataclass(frozen=True, slots=True)
class _End:
    """One end of an edge: its name and its link."""

    label: str
    href: str
    type: str


@dataclass(frozen=True, slots=True)
class _Claim:
    """A claim behind an edge: its words, their link, and who says them.

    :param inferred: whether the text does not name that voice.
    """

    quote: str
    gloss: str
    words: str
    speaker: str
    inferred: bool


@dataclass(frozen=True, slots=True)
class _Row:
    """An edge as a row of a table.

    :param number: its place in the files.
    :param marking: empty, ``inferred`` if for every claim one of the voices is inferred, or
        ``partly-inferred``.
    """

    number: int
    source: _End
    target: _End
    type: str
    marking: str
    weight: str
    claims: tuple[_Claim, ...]
    more: int


def networks_page(site: Site, language: Language) -> Content:
    """Return the page that lists the networks, with what their nodes and edges mean."""
    return page(
        "networks",
        site,
        language,
        n=wording("web.networks", language),
        networks=projections(),
        formats=NETWORK_FORMATS,
    )


def network_document(graph: Graph, site: Site, request: Network) -> Content:
    """Return a network as a page or as a file.

    :raises RequestRefused: there is no such network or file.
    :raises ParameterError: a filter is unknown, malformed, or names nothing in the graph.
    """
    try:
        one = projection(request.name)
    except NetworkError as error:
        raise RequestRefused(HTTPStatus.NOT_FOUND, str(error)) from error
    filters: dict[str, Any] = {name.replace("-", "_"): value for name, value in request.filters}
    try:
        made = network(one.name, graph, lang=request.language, **filters)
    except NetworkError as error:
        if request.ending:
            raise RequestRefused(HTTPStatus.NOT_FOUND, str(error)) from error
        made = None
    if not request.ending:
        return _page(graph, site, request, one, made)
    form = by_word(request.ending, NETWORK_FORMATS)
    assert form is not None
    stream = io.BytesIO()
    stream_network(made, stream, _WRITTEN_AS.get(form.ending, form.ending))
    return Content(form.content_type, stream.getvalue())


def network_error_page(graph: Graph, site: Site, request: Network, message: str) -> Content:
    """Return the page of a network with the error in its filters."""
    return _page(graph, site, request, projection(request.name), None, message)


def _page(
    graph: Graph,
    site: Site,
    request: Network,
    one: Projection,
    made: nx.Graph | None,
    error: str = "",
) -> Content:
    rows = _Rows(graph, site, request.language)
    search = urlencode(request.filters)
    drawn = made is not None and len(made) <= _MOST_NODES
    return page(
        "network",
        site,
        request.language,
        n=wording("web.networks", request.language),
        network=one,
        search=search,
        asked="&".join(filter(None, (search, f"lang={request.language}"))),
        fields=_fields(one, request, graph),
        nodes=len(made) if made is not None else 0,
        edges=made.number_of_edges() if made is not None else 0,
        rows=rows.of(made) if made is not None and drawn else (),
        drawn=drawn,
        error=error,
        looks=_looks(made) if made is not None and drawn else {},
        formats=NETWORK_FORMATS,
        tools=tools_data(site, request.language),
    )


def _fields(one: Projection, request: Network, graph: Graph) -> list[Field]:
    if one.name == "rdf":
        return []
    given = {name.replace("-", "_"): value for name, value in request.filters}
    question = named_question("claims")
    wanted = [found for name in NETWORK_FILTERS if (found := question.parameter(name))]
    return [
        field_of(parameter, given.get(parameter.name, ""), graph.store, request.language)
        for parameter in wanted
    ]


def _looks(made: nx.Graph) -> dict[str, dict[str, tuple[str, str]]]:
    """Return the colour and the label of each type, of nodes and of edges."""
    found = {}
    for kind, parts in (("nodes", made.nodes(data=True)), ("edges", made.edges(data=True))):
        types: list[str] = []
        labels: dict[str, str] = {}
        for *_, data in parts:
            types.append(str(data.get("type", "")))
            labels[types[-1]] = str(data.get("type_label", types[-1]))
        paint = colours(types)
        found[kind] = {one: (paint[one], labels[one]) for one in paint if one}
    return found


def _marking(edge: Mapping[str, Any]) -> str:
    marking = str(edge.get("marking", ""))
    if "inferred" not in marking:
        return ""
    return "inferred" if marking == "inferred" else "partly-inferred"


class _Rows:
    """Makes the rows of the table of a network."""

    def __init__(self, graph: Graph, site: Site, language: Language) -> None:
        self._store = graph.store
        self._site, self._language = site, language
        self._entities = Entities(graph.store, language)
        self._claims: dict[str, _Claim] = {}

    def of(self, made: nx.Graph) -> list[_Row]:
        """Return the heaviest edges as rows."""
        ends = {node: self._end(data) for node, data in made.nodes(data=True)}
        edges = list(enumerate(made.edges(data=True)))
        edges.sort(key=lambda edge: (-weight_of(edge[1][2]), edge[0]))
        return [
            self._row(number, ends[source], ends[target], data)
            for number, (source, target, data) in edges[:_MOST_ROWS]
        ]

    def _end(self, data: Mapping[str, Any]) -> _End:
        iri = str(data.get("iri", ""))
        href = address_of(self._site, iri, self._language) if iri else ""
        return _End(str(data["label"]), href, str(data.get("type_label", "")))

    def _row(self, number: int, source: _End, target: _End, data: Mapping[str, Any]) -> _Row:
        ids = str(data.get("claim_ids", "")).split()
        return _Row(
            number,
            source,
            target,
            str(data.get("type_label", "")),
            _marking(data),
            f"{weight_of(data):g}",
            tuple(self._claim(expand(one) or one) for one in ids[:_MOST_CLAIMS]),
            max(0, len(ids) - _MOST_CLAIMS),
        )

    def _claim(self, iri: str) -> _Claim:
        if (known := self._claims.get(iri)) is None:
            data = self._entities.attributes(NamedNode(iri))
            known = self._claims[iri] = _Claim(
                str(data.get("quote", "")),
                str(data["label"]),
                address_of(self._site, iri, self._language),
                str(data.get("speaker", "")),
                self._inferred(iri),
            )
        return known

    def _inferred(self, iri: str) -> bool:
        """Return whether the innermost voice of a claim is only inferred by the reader."""
        store, voice = self._store, term("qawl:voice")
        return any(
            next(store.quads_for_pattern(quad.object, term("qawl:marking"), _INFERRED, None), None)
            for quad in store.quads_for_pattern(NamedNode(iri), voice, None, None)
            if isinstance(quad.object, NamedNode) and local_name(quad.object.value)
        )
