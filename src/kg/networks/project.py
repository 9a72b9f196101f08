"""Makes networks from named projections or any SPARQL query."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode

from kg.errors import NetworkError, ParameterError
from kg.networks.aggregate import Builder, fact
from kg.networks.attribution import MODES, add_attribution, chains
from kg.networks.filters import passing_claims
from kg.networks.named_projections import projection
from kg.networks.node_attributes import Entities
from kg.networks.rdf_graph import rdf_network
from kg.networks.rows import solutions
from kg.networks.timeline import add_timeline, datings
from kg.store.local import local_graph
from kg.wording import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import networkx as nx
    from pyoxigraph import QuerySolution

    from kg.networks.attribution import Mode
    from kg.networks.named_projections import Projection
    from kg.networks.node_attributes import Value
    from kg.sparql.results import Term
    from kg.store.local import Graph
    from kg.store.queryable import Queryable

__all__ = ["check_language", "checked_mode", "network"]

# Columns of a query that are the row itself; all others are facts of its edge.
_OWN = frozenset({"source", "target", "claim", "other_claim", "type", "weight"})


def network(
    name: str,
    graph: Queryable | None = None,
    /,
    *,
    lang: str = "en",
    mode: Mode = "generous",
    **filters: object,
) -> nx.Graph:
    """Return a network of the graph as a plain networkx graph.

    :param name: the name of a projection; ``kg networks`` lists and explains them.
    :param graph: default the graph that :func:`kg.open_graph` opens; one of :func:`kg.connect`
        is fetched.
    :param lang: the language of the labels, ``en`` or ``ar``.
    :param mode: ``strict`` leaves out the voices that the reader only infers (attribution).
    :param filters: those of the question ``claims``: the network contains only claims that match.
        ``date_from`` and ``date_to`` select a period, ``speaker`` is the innermost voice, ``via`` a
        voice at any depth, ``stance``, ``article``, ``event`` and more.
    :raises NetworkError: there is no such network, or it is empty.
    :raises ParameterError: a parameter is unknown, malformed, or names nothing in the graph.

    The attributes of nodes and edges are str, int, float or bool, dates ISO strings; what is
    unknown is left out.
    """
    one = projection(name)
    check_language(lang)
    mode = checked_mode(name, mode)
    if mode != "generous" and name != "attribution":
        raise ParameterError(f"{name}: only the attribution network has modes; leave mode out")
    graph = local_graph(graph)
    given = {key: value for key, value in filters.items() if value is not None}
    if name == "rdf" and given:
        raise ParameterError(f"rdf: is the whole graph and has no filter {next(iter(given))!r}")
    keep = passing_claims(graph, given, mode)
    about = _described(one, lang, mode, given)
    entities = Entities(graph.store, lang)
    found = (
        rdf_network(graph.quads(), entities, about)
        if name == "rdf"
        else _projected(one, graph, entities, keep, mode).graph(about)
    )
    if not found:
        raise NetworkError(f"the network {name!r} is empty: {_why_empty(given)}")
    return found


def _described(
    one: Projection, lang: str, mode: Mode, filters: Mapping[str, object]
) -> dict[str, Value]:
    """Return the attributes of a projection's graph: its meaning, and the parameters given."""
    return {
        "name": one.name,
        "title": one.title[lang],
        "lang": lang,
        "mode": mode,
        "description": one.description[lang],
        "node_meaning": one.node[lang],
        "edge_meaning": one.edge[lang],
        "weight_meaning": one.weight[lang],
        **{f"filter_{key}": str(value) for key, value in filters.items()},
    }


def _why_empty(filters: Mapping[str, object]) -> str:
    if not filters:
        return "the graph contains nothing of this kind; build one with: kg build"
    why = " and ".join(f"{key}={value}" for key, value in filters.items())
    return f"no claim with {why} contributes to it; relax the filters"


def check_language(lang: str) -> None:
    """Raise an error if a language is not a language of labels.

    :raises ParameterError: it is neither ``en`` nor ``ar``.
    """
    if lang not in LANGUAGES:
        raise ParameterError(f"language {lang!r} is not one of {', '.join(LANGUAGES)}")


def checked_mode(name: str, mode: object) -> Mode:
    """Check a mode of reading chains, and return it.

    :param name: of the network or picture, for the message.
    :raises ParameterError: it is not one.
    """
    for one in MODES:
        if mode == one:
            return one
    raise ParameterError(f"{name}: mode {mode!r} is not one of {', '.join(MODES)}")


def _projected(
    one: Projection, graph: Graph, entities: Entities, keep: frozenset[str] | None, mode: Mode
) -> Builder:
    lang = entities.lang
    types = {name: labels[lang] for name, labels in one.types.items()}
    builder = Builder(entities, directed=one.directed, multiple=one.multiple, types=types)
    if one.name == "attribution":
        add_attribution(builder, chains(graph, one.text, keep, mode))
    elif one.name == "events":
        add_timeline(builder, list(datings(graph, one.text, keep)))
    else:
        _add_rows(builder, graph, one.text, keep)
    return builder


def _add_rows(builder: Builder, graph: Graph, text: str, keep: frozenset[str] | None) -> None:
    """Add the rows of a query that selects ``?source ?target`` and more, or ``?member ?claim``."""
    columns, rows = solutions(graph, text)
    if "member" in columns:
        _add_pairs(builder, rows, keep)
        return
    names = sorted(columns)
    claims = columns & {"claim", "other_claim"}
    for row in rows:
        if keep is None or all(row[one].value in keep for one in claims):
            _add_row(builder, {name: row[name] for name in names})


def _add_row(builder: Builder, row: Mapping[str, Any]) -> None:
    """Add what a row's claim is about as nodes and, if the row has a target, its edge."""
    source, target, claim = row["source"], row["target"], row.get("claim")
    if isinstance(claim, NamedNode):
        builder.node(source, builder.entities.key(claim))
        if target is not None:
            builder.node(target, builder.entities.key(claim))
    if target is None:
        return
    kind = "" if (found := row.get("type")) is None else found.value
    edge = builder.edge(source, target, claim, kind)
    if "other_claim" in row:
        builder.edge(source, target, row["other_claim"], kind)
    if (weight := row.get("weight")) is not None:
        # The weights of named projections are numbers.
        edge.weight = fact(weight)  # type: ignore[assignment]
    for name, value in row.items():
        if name not in _OWN and value is not None:
            edge.facts.setdefault(name, {})[fact(value)] = None


def _add_pairs(
    builder: Builder, rows: Iterable[QuerySolution], keep: frozenset[str] | None
) -> None:
    """Add an edge between any two members of a claim, and a node for single members."""
    claims: dict[str, NamedNode] = {}
    members: dict[str, dict[str, Term]] = defaultdict(dict)
    for row in rows:
        member, claim = row["member"], row["claim"]
        if keep is None or claim.value in keep:
            claims[claim.value] = claim
            members[claim.value][member.value] = member
    for iri, claim in claims.items():
        key = builder.entities.key(claim)
        for member in members[iri].values():
            builder.node(member, key)
        for (_, one), (_, other) in combinations(sorted(members[iri].items()), 2):
            builder.edge(one, other, claim)
