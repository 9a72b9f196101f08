"""A graph on a SPARQL 1.1 server, asked as one of our own is asked.

The requests are those of the SPARQL 1.1 Protocol, section 2.1: in the address, or posted as a form.
"""

from __future__ import annotations

import urllib.request
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import parse_qsl, urlencode

from pyoxigraph import RdfFormat, parse

from kg.errors import QueryError
from kg.rdf.iris import NAMESPACE
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

#: Characters of the longest query, percent-encoded, that is sent in the address; a longer one is
#: posted.
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
    """Return the request for a query; fields that the address has itself are sent with it."""
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

    :param url: the address that answers queries.
    :param dataset: the parameters that make the union of the named graphs the default graph.
    """

    url: str
    client: HttpClient = field(repr=False)
    dataset: Parameters = field(default=(), repr=False)

    def ask(self, text: str, parameters: Parameters) -> Table | Triples:
        """Answer a SPARQL query with parameters of the SPARQL 1.1 Protocol.

        :raises QueryError: the server cannot be reached, refuses the query, or gives no results.
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
                "a web page, no query result"
                if "html" in answer.media_type
                else f"no query result, or breaks off ({self.client.words(str(error).encode())})"
            )
            raise QueryError(
                f"{self.client.shown}: what it answers is {what}; name the address that answers "
                f"queries. It begins: {self.client.words(answer.body[:_BEGINNING])}"
            ) from error

    def sparql(self, text: str) -> Table | Triples:
        """Answer a SPARQL query; our prefixes are known without being declared.

        :raises QueryError: the server cannot be reached, refuses the query, or gives no results.
        """
        refuse_deep_query(text)
        own_dataset = bool(self.dataset) and names_its_dataset(text)
        return self.ask(text, () if own_dataset else self.dataset)

    def write(self, text: str, name: str, stream: BinaryIO) -> None:
        """Answer a SPARQL query as bytes in a format, once all of the answer is there.

        :raises QueryError: as :meth:`sparql`, or the answer has no such format.
        """
        answer_format(name, triples=_kind(query_form(text)) == "triples")
        stream.write(self.sparql(text).serialize(name))

    def graph_sizes(self) -> dict[str, int]:
        """Return how many triples each named graph of the server has, others' graphs too."""
        # GROUP BY and not DISTINCT, which takes Virtuoso a thousand times as long.
        found = self.ask(
            "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g", ()
        )
        assert isinstance(found, Table)
        # Over nothing at all some servers give one row without a graph.
        return {str(one["g"]): int(str(one["n"])) for one in found.dicts() if one["g"]}

    def quads(self) -> Iterator[Quad]:
        """Fetch Qawl's named graphs, and no others.

        :raises QueryError: as :meth:`sparql`, or the server has no graph of Qawl's.
        """
        names = [name for name in self.graph_sizes() if is_ours(name)]
        if not names:
            raise QueryError(
                f"{self.client.shown}: has no named graphs of Qawl ({NAMESPACE}…); load them there "
                "with: kg publish"
            )
        for name in names:
            # Not CONSTRUCT: where Virtuoso cuts that off, it does not say so.
            found = self.ask(f"SELECT ?s ?p ?o WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}", ())
            lines = "".join(f"{s} {p} {o} <{name}> .\n" for s, p, o in found)
            yield from parse(lines, format=RdfFormat.N_QUADS)


def is_ours(graph: str) -> bool:
    """Return whether the IRI of a named graph is one of those that Qawl gives."""
    return graph.startswith(NAMESPACE)


def _table(answer: Answer) -> Table:
    refuse_deep_answer(answer.body, is_json=True)
    try:
        return Table.from_json(mended_json(answer.body))
    except (SyntaxError, ValueError) as error:
        fault = str(error)
    # Not raised from the parser's error, which holds the parser: no other thread may let that go.
    raise ValueError(fault)


def _triples(answer: Answer) -> Triples:
    if answer.media_type not in _RDF:
        raise ValueError(f"its media type is {answer.media_type}")
    refuse_deep_answer(answer.body, is_json=False)
    quads = parse(answer.body, format=_RDF[answer.media_type])
    return Triples(tuple(sorted({quad.triple for quad in quads}, key=str)))


def _union(graph: RemoteGraph) -> Parameters:
    """Return what makes a server take the union of its graphs for the default graph.

    Asked is for one claim that lies in a named graph: where it is found without ``GRAPH``, or where
    there is none, the server is left as it is.
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
            f"{graph.client.shown}: queries do not see its named graphs without GRAPH, and it "
            "cannot be told to let them; set it up so, see docs/servers.md"
        )
    return listed


def _is_true(answer: Table | Triples) -> bool:
    return isinstance(answer, Table) and answer.boolean is True


def connect(
    url: str, *, timeout: float = DEFAULT_TIMEOUT, default_graph: DefaultGraph = "union"
) -> RemoteGraph:
    """Connect to a SPARQL 1.1 server, with the credentials that the environment names, if any.

    :param url: the address that answers queries.
    :param timeout: seconds within which each answer must be complete.
    :param default_graph: ``union`` makes queries see all named graphs without ``GRAPH``, as those
        of Qawl expect, in the way that the server knows; ``server`` leaves it as it is.
    :raises QueryError: the address cannot be used, or does not answer queries.
    """
    url = checked_url(url)
    graph = RemoteGraph(url, HttpClient(url, timeout))
    return graph if default_graph == "server" else replace(graph, dataset=_union(graph))
