"""The graph as Python sees it: named questions and SPARQL over a store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, QueryTriples, Store

from kg.errors import ParameterError, QueryError
from kg.rdf.iris import PREFIXES
from kg.sparql.nesting import refuse_deep_query
from kg.sparql.results import Table, Triples, answer_format
from kg.sparql.text import (
    BASE_IRI,
    in_written_order,
    names_its_dataset,
    refuse_services,
    syntax_error,
)
from kg.store.builds import open_store
from kg.store.queryable import Queryable, named_question, named_questions
from kg.store.views import reading_kinds, visible_graphs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from pyoxigraph import DefaultGraph, Quad, QueryBoolean

    from kg.store.views import Readers

__all__ = ["Graph", "local_graph", "named_question", "named_questions", "open_graph"]


def _named(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise ParameterError(f"{iri!r} is not an absolute IRI of a graph") from error


@dataclass(frozen=True, slots=True)
class Graph(Queryable):
    """A graph that answers named questions and SPARQL 1.1 queries.

    The union of all named graphs is the default graph, unless a query names its dataset.

    :param services: the SPARQL endpoints that queries may ask with ``SERVICE``.
    :param graphs: the graphs that are seen, which are the view of the claims of one kind of reader
        (:mod:`kg.store.views`); ``None`` is all of them.
    """

    store: Store
    services: frozenset[str] = frozenset()
    graphs: tuple[NamedNode | DefaultGraph, ...] | None = None

    @property
    def hidden_readings(self) -> int:
        """How many readings the view leaves out."""
        if self.graphs is None:
            return 0
        seen = {getattr(graph, "value", "") for graph in self.graphs}
        return len(reading_kinds(self.store).keys() - seen)

    def quads(self) -> Iterator[Quad]:
        """Return the quads that are seen."""
        if self.graphs is None:
            yield from self.store
            return
        for graph in self.graphs:
            yield from self.store.quads_for_pattern(None, None, None, graph)

    def run(
        self,
        text: str,
        *,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Begin to answer a query, as Oxigraph's lazy results.

        :param default_graphs: IRIs of graphs to merge into the default graph; with
            ``named_graphs`` they take the place of the query's own dataset (SPARQL 1.1 Protocol,
            section 2.1.4).
        :raises QueryError: the query is malformed, asks another server, or fails at once.
        """
        refuse_deep_query(text)
        refuse_services(text, self.services)
        options: dict[str, Any] = {"base_iri": BASE_IRI}
        if default_graphs or named_graphs:
            options["default_graph"] = [_named(iri) for iri in default_graphs]
            options["named_graphs"] = [_named(iri) for iri in named_graphs]
        elif names_its_dataset(text):
            pass
        elif self.graphs is None:
            options["use_default_graph_as_union"] = True
        else:
            options["default_graph"] = list(self.graphs)
            options["named_graphs"] = [one for one in self.graphs if isinstance(one, NamedNode)]
        try:
            found = self._begun(text, options)
            if isinstance(found, QuerySolutions):
                columns = [variable.value for variable in found.variables]
                if (ordered := in_written_order(text, columns)) != text:
                    return self._begun(ordered, options)
            return found
        except SyntaxError as error:
            raise syntax_error(text, error) from error
        except (OSError, ValueError, RuntimeError) as error:
            raise QueryError(f"the query could not be answered: {error}") from error

    def _begun(
        self, text: str, options: dict[str, Any]
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        try:
            return self.store.query(text, **options)
        except SyntaxError:
            # Handing over all our prefixes costs as much as parsing a short query.
            return self.store.query(text, prefixes=PREFIXES, **options)

    def sparql(self, text: str) -> Table | Triples:
        """Answer a SPARQL query; our prefixes are known without being declared.

        :raises QueryError: the query is malformed, or fails while it runs.
        """
        results = self.run(text)
        try:
            if isinstance(results, QueryTriples):
                return Triples(tuple(sorted(set(results), key=str)))
            return Table.from_json(bytes(results.serialize(format=QueryResultsFormat.JSON) or b""))
        except (OSError, ValueError, RuntimeError) as error:
            raise QueryError(f"the query failed while it ran: {error}") from error

    def write(self, text: str, name: str, stream: BinaryIO) -> None:
        """Answer a SPARQL query as bytes in a format; a table is not held in memory, but as XML.

        :raises QueryError: the query is malformed or fails, or its answer has no such format.
        """
        results = self.run(text)
        chosen = answer_format(name, triples=isinstance(results, QueryTriples))
        try:
            if isinstance(results, QueryTriples):
                stream.write(Triples(tuple(sorted(set(results), key=str))).serialize(name))
            elif name == "xml":
                # Every literal is looked at before anything is written.
                answer = bytes(results.serialize(format=QueryResultsFormat.JSON) or b"")
                stream.write(Table.from_json(answer).serialize(name))
            else:
                results.serialize(stream, format=chosen)
        except (OSError, ValueError, RuntimeError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise  # it is the stream's: a full disk, or a reader that has gone
            raise QueryError(f"the query failed while it ran: {error}") from error


def open_graph(
    home: Path | str | None = None,
    *,
    data: Sequence[Path | str] = (),
    services: Sequence[str] = (),
    readers: Readers = "person",
) -> Graph:
    """Open a graph: a store that was built, RDF files, or the graph that Qawl ships.

    :param home: a folder of builds; default the nearest ``.qawl``.
    :param data: RDF files to read instead.
    :param services: SPARQL endpoints that queries may ask with ``SERVICE``; default none.
    :param readers: whose claims are seen: those of persons, of the rules, of models, or all.
    :raises StoreError: there is no complete store there, or a file cannot be read.
    """
    store = open_store(Path(home) if home else None, tuple(map(Path, data)))
    return Graph(store, frozenset(services), visible_graphs(store, readers))


def local_graph(graph: Queryable | None) -> Graph:
    """Return a graph that can be looked into: a server's is fetched, ``None`` is the default.

    :raises QueryError: the server cannot be reached, or has no graph of Qawl's.
    :raises StoreError: there is no complete store.
    """
    if graph is None:
        return open_graph()
    if isinstance(graph, Graph):
        return graph
    store = Store()
    store.bulk_extend(graph.quads())
    return Graph(store)
