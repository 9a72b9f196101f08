"""A graph on a SPARQL 1.1 server, asked by SPARQLWrapper as one of our own is asked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pyoxigraph import RdfFormat, Store, parse
from SPARQLWrapper import GET, JSON, POST, TURTLE, SPARQLWrapper

from kg.errors import QueryError
from kg.rdf.iris import NAMESPACE
from kg.rdf.nesting import refuse_deep_query
from kg.rdf.read import refuse_deep_answer
from kg.remote.http_client import DEFAULT_TIMEOUT, HttpClient, checked_url
from kg.remote.server_quirks import UNION_PARAMETERS, mended_json, refuse_partial
from kg.sparql.prologue import query_form, with_prefixes
from kg.sparql.results import GRAPH_FORMATS, TABLE_FORMATS, Table, Triples
from kg.sparql.text import names_its_dataset
from kg.store.queryable import Queryable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.client import HTTPResponse
    from typing import BinaryIO

    import rdflib

    from kg.remote.http_client import Answer
    from kg.sparql.prologue import QueryForm
    from kg.store.local import Graph

__all__ = ["RemoteGraph", "connect", "is_ours"]

DefaultGraph = Literal["union", "server"]
Kind = Literal["table", "triples"]
Parameters = tuple[tuple[str, str], ...]

#: Characters of the longest query, percent-encoded, that is sent in the address; a longer one is
#: posted.
LONGEST_GET: Final = 1500

_BEGINNING: Final = 2000
_FORMAT: Final[dict[Kind, str]] = {"table": JSON, "triples": TURTLE}
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


class _Wrapper(SPARQLWrapper):
    """SPARQLWrapper's requests, sent by our client: in time, to http and https alone."""

    def __init__(self, endpoint: str, client: HttpClient, kind: Kind) -> None:
        super().__init__(endpoint, returnFormat=_FORMAT[kind], agent="qawl")
        self.setOnlyConneg(True)
        self.addCustomHttpHeader("Accept", _ACCEPT[kind])
        self.client = client

    def _query(self) -> tuple[HTTPResponse, str]:
        return self.client.open(self._createRequest()), self.returnFormat


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
        form = query_form(text)
        kind = _kind(form)
        parts = urlsplit(self.url)
        wrapper = _Wrapper(urlunsplit((*parts[:3], "", "")), self.client, kind)
        # Not by setQuery: its own look at the form warns of what it does not understand.
        wrapper.queryString, wrapper.queryType = with_prefixes(text), form
        for name, value in (*parse_qsl(parts.query, keep_blank_values=True), *parameters):
            wrapper.addParameter(name, value)
        sent = urlencode([("query", wrapper.queryString), *parameters])
        wrapper.setMethod(GET if len(sent) <= LONGEST_GET else POST)
        answer = self.client.read(wrapper.query().response)
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
        kind = _kind(query_form(text))
        formats = TABLE_FORMATS if kind == "table" else GRAPH_FORMATS
        if name not in formats:
            raise QueryError(
                f"the answer is {'a table' if kind == 'table' else kind}, which cannot be written "
                f"as {name!r}; use {', '.join(formats)}"
            )
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

    def _lines(self) -> Iterator[str]:
        """Fetch Qawl's named graphs, and no others, as lines of N-Quads."""
        for name in filter(is_ours, self.graph_sizes()):
            # Not CONSTRUCT: where Virtuoso cuts that off, it does not say so.
            found = self.ask(f"SELECT ?s ?p ?o WHERE {{ GRAPH <{name}> {{ ?s ?p ?o }} }}", ())
            yield from (f"{s} {p} {o} <{name}> .\n" for s, p, o in found)

    def rdflib(self) -> rdflib.Dataset:
        """Return the graph as an rdflib dataset in memory: Qawl's named graphs, and no others.

        :raises QueryError: as :meth:`sparql`.
        """
        import rdflib

        dataset = rdflib.Dataset(default_union=True)
        dataset.parse(data="".join(self._lines()), format="nquads")
        return dataset

    def local(self) -> Graph:
        """Return Qawl's named graphs as a graph in memory, for what one query cannot tell.

        :raises QueryError: as :meth:`sparql`, or the server has no graph of Qawl's.
        """
        from kg.store.local import Graph

        store = Store()
        store.bulk_load("".join(self._lines()).encode(), RdfFormat.N_QUADS)
        if not len(store):
            raise QueryError(
                f"{self.client.shown}: has no named graphs of Qawl ({NAMESPACE}…) to make "
                "networks of; load them there with: kg publish"
            )
        return Graph(store)


def is_ours(graph: str) -> bool:
    """Return whether the IRI of a named graph is one of those that Qawl gives."""
    return graph.startswith(NAMESPACE)


def _table(answer: Answer) -> Table:
    refuse_deep_answer(answer.body, ".jsonld")
    try:
        return Table.from_json(mended_json(answer.body))
    except (SyntaxError, ValueError) as error:
        fault = str(error)
    # Not raised from the parser's error, which holds the parser: no other thread may let that go.
    raise ValueError(fault)


def _triples(answer: Answer) -> Triples:
    if answer.media_type not in _RDF:
        raise ValueError(f"its media type is {answer.media_type}")
    refuse_deep_answer(answer.body, ".nt")
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
