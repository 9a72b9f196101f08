"""A graph on a SPARQL 1.1 server, queried like a local graph.

Requests follow the SPARQL 1.1 Protocol, section 2.1: by GET, or by POST as a form.
"""

from __future__ import annotations

import urllib.request
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import parse_qsl, urlencode

from pyoxigraph import RdfFormat, parse

from kg.errors import QueryError
from kg.rdf.iris import NAMESPACE
from kg.rdf.order import in_order
from kg.rdf.read import refuse_deep_answer
from kg.remote.http_client import DEFAULT_TIMEOUT, HttpClient, checked_url
from kg.remote.server_quirks import UNION_PARAMETERS, mended_json, refuse_partial
from kg.sparql.nesting import refuse_deep_query
from kg.sparql.prologue import query_form, with_prefixes
from kg.sparql.results import Table, Triples, answer_format
from kg.sparql.text import names_its_dataset
from kg.store.queryable import Queryable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from pyoxigraph import Quad

    from kg.remote.http_client import Answer
    from kg.sparql.prologue import QueryForm

__all__ = ["RemoteGraph", "connect", "is_ours"]

DefaultGraph = Literal["union", "server"]
Kind = Literal["table", "triples"]
Parameters = tuple[tuple[str, str], ...]

#: Length of the longest percent-encoded query that is sent by GET, in characters; longer ones are
#: sent by POST.
LONGEST_GET: Final = 1500

_BEGINNING: Final = 2000
_ACCEPT: Final[dict[Kind, str]] = {
    "table": "application/sparql-results+json, application/json;q=0.5",
    "triples": "application/n-triples, text/turtle;q=0.8",
}
_RDF: Final = {
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,  # the media type of N-Triples before 2014
    "text/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
}


def _request(url: str, fields: Sequence[tuple[str, str]], accept: str) -> urllib.request.Request:
    """Return the request for a query; parameters already in the URL are kept."""
    address, _, own = url.partition("?")
    sent = urlencode([*parse_qsl(own, keep_blank_values=True), *fields])
    head = {"Accept": accept, "User-Agent": "qawl"}
    if len(urlencode(fields)) <= LONGEST_GET:
        return urllib.request.Request(f"{address}?{sent}", headers=head)  # noqa: S310  (checked)
    head["Content-Type"] = "application/x-www-form-urlencoded"
    return urllib.request.Request(address, sent.encode(), head)  # noqa: S310  (checked)


def _kind(form: QueryForm) -> Kind:
    return "table" if form in {"SELECT", "ASK"} else "triples"


@dataclass(frozen=True, slots=True)
class RemoteGraph(Queryable):
    """A graph on a server; made by :func:`connect`.

    :param url: the URL of the query endpoint.
    :param dataset: the parameters that make the union of the named graphs the default graph.
    """

    url: str
    client: HttpClient = field(repr=False)
    dataset: Parameters = field(default=(), repr=False)

    def ask(self, text: str, parameters: Parameters) -> Table | Triples:
        """Run a SPARQL query with additional parameters of the SPARQL 1.1 Protocol.

        :raises QueryError: the server cannot be reached, refuses the query, or returns no results.
        """
        refuse_deep_query(text)
        kind = _kind(query_form(text))
        answer = self.client.send(
            _request(self.url, [("query", with_prefixes(text)), *parameters], _ACCEPT[kind])
        )
        try:
            refuse_partial(answer.headers)
            return _table(answer) if kind == "table" else _triples(answer)
        except QueryError as error:
            raise QueryError(f"{self.client.shown}: {error}") from error
        except (SyntaxError, ValueError) as error:
            what = (
                "a web page, not query results"
                if "html" in answer.media_type
                else f"malformed or incomplete results ({self.client.words(str(error).encode())})"
            )
            raise QueryError(
                f"{self.client.shown}: the answer is {what}; give the URL of a query endpoint. "
                f"It begins: {self.client.words(answer.body[:_BEGINNING])}"
            ) from error

    def sparql(self, text: str) -> Table | Triples:
        """Run a SPARQL query; our prefixes need not be declared.

        :raises QueryError: the server cannot be reached, refuses the query, or returns no results.
        """
        refuse_deep_query(text)
        own_dataset = bool(self.dataset) and names_its_dataset(text)
        return self.ask(text, () if own_dataset else self.dataset)

    def write(self, text: str, name: str, stream: BinaryIO) -> None:
        """Write a SPARQL query's results to a binary stream, once the whole answer has arrived.

        :raises QueryError: as for :meth:`sparql`, or the format does not fit the results.
        """
        answer_format(name, triples=_kind(query_form(text)) == "triples")
        stream.write(self.sparql(text).serialize(name))

    def graph_sizes(self) -> dict[str, int]:
        """Return the number of triples in each named graph of the server, Qawl's or not."""
        # GROUP BY rather than DISTINCT, which is a thousand times slower on Virtuoso.
        found = self.ask(
            "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g", ()
        )
        assert isinstance(found, Table)
        # If there are no graphs, some servers return one row without a graph.
        return {str(one["g"]): int(str(one["n"])) for one in found.dicts() if one["g"]}

    def quads(self) -> Iterator[Quad]:
        """Fetch the quads of Qawl's named graphs only.

        :raises QueryError: as for :meth:`sparql`, or the server has none of Qawl's graphs.
        """
        names = [name for name in self.graph_sizes() if is_ours(name)]
        if not names:
            raise QueryError(
                f"{self.client.shown}: has none of Qawl's named graphs ({NAMESPACE}…); load them "
                "there with: kg publish"
            )
        for name in names:
            # Not CONSTRUCT: Virtuoso truncates its results silently.
            found = self.ask(f"SELECT ?s ?p ?o WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}", ())
            lines = "".join(f"{s} {p} {o} <{name}> .\n" for s, p, o in found)
            yield from parse(lines, format=RdfFormat.N_QUADS)


def is_ours(graph: str) -> bool:
    """Return whether a named graph's IRI is in Qawl's namespace."""
    return graph.startswith(NAMESPACE)


def _table(answer: Answer) -> Table:
    refuse_deep_answer(answer.body, is_json=True)
    try:
        return Table.from_json(mended_json(answer.body))
    except (SyntaxError, ValueError) as error:
        fault = str(error)
    # Not chained to the parser's error, which holds the parser; only this thread may free that.
    raise ValueError(fault)


def _triples(answer: Answer) -> Triples:
    if answer.media_type not in _RDF:
        raise ValueError(f"its media type is {answer.media_type}")
    refuse_deep_answer(answer.body, is_json=False)
    quads = parse(answer.body, format=_RDF[answer.media_type])
    return Triples(tuple(in_order(quad.triple for quad in quads)))


def _union(graph: RemoteGraph) -> Parameters:
    """Return the parameters that make a server use the union of its graphs as the default graph.

    This looks up one claim from a named graph without ``GRAPH``; if it is found, or there are no
    claims, no parameters are needed.
    """
    found = graph.ask("SELECT ?claim WHERE { GRAPH ?g { ?claim a qawl:Claim } } LIMIT 1", ())
    if not isinstance(found, Table) or not found.rows:
        return ()
    check = f"ASK {{ {found.rows[0][0]} a qawl:Claim }}"
    for parameters in ((), *(tuple(one.items()) for one in UNION_PARAMETERS)):
        if _is_true(graph.ask(check, parameters)):
            return parameters
    names = tuple(graph.graph_sizes())
    listed = tuple(
        (parameter, name)
        for parameter in ("default-graph-uri", "named-graph-uri")
        for name in names
    )
    if not _is_true(graph.ask(check, listed)):
        raise QueryError(
            f"{graph.client.shown}: queries without GRAPH do not see its named graphs, and no "
            "protocol parameter changes that; configure the server, see docs/servers.md"
        )
    return listed


def _is_true(answer: Table | Triples) -> bool:
    return isinstance(answer, Table) and answer.boolean is True


def connect(
    url: str, *, timeout: float = DEFAULT_TIMEOUT, default_graph: DefaultGraph = "union"
) -> RemoteGraph:
    """Connect to a SPARQL 1.1 server, with credentials from the environment if they are set.

    :param url: the URL of the query endpoint.
    :param timeout: seconds within which each answer must be complete.
    :param default_graph: ``union`` makes queries without ``GRAPH`` see all named graphs, as Qawl's
        queries require, by whatever means the server supports; ``server`` changes nothing.
    :raises QueryError: the URL cannot be used, or is not a query endpoint.
    """
    url = checked_url(url)
    graph = RemoteGraph(url, HttpClient(url, timeout))
    return graph if default_graph == "server" else replace(graph, dataset=_union(graph))
