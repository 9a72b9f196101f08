"""A graph in a local store: named questions and SPARQL from Python."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Literal, NamedNode, QueryResultsFormat, QuerySolutions, QueryTriples, Store

from kg.errors import ParameterError, QueryError
from kg.rdf.iris import PREFIXES, term
from kg.rdf.order import in_order
from kg.sparql.nesting import refuse_deep_query
from kg.sparql.results import Table, Triples, answer_format
from kg.sparql.syntax_place import syntax_error
from kg.sparql.text import (
    BASE_IRI,
    in_written_order,
    names_its_dataset,
    refuse_services,
)
from kg.store.builds import open_store
from kg.store.queryable import Queryable, named_question, named_questions
from kg.store.views import reading_kinds, visible_graphs
from kg.text.search_spelling import search_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import BinaryIO

    from pyoxigraph import DefaultGraph, Quad, QueryBoolean

    from kg.store.views import Readers

__all__ = ["Graph", "local_graph", "named_question", "named_questions", "open_graph"]


def _searched(value: object) -> Literal | None:
    """Implement SPARQL's ``qawl:searchText(…)`` for the embedded store."""
    return Literal(search_text(value.value)) if isinstance(value, Literal) else None


_FUNCTIONS: Final = {term("qawl:searchText"): _searched}


def _named(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise ParameterError(f"{iri!r} is not an absolute IRI of a graph") from error


@dataclass(frozen=True, slots=True)
class Graph(Queryable):
    """A graph that answers named questions and SPARQL 1.1 queries.

    The default graph is the union of all named graphs, unless a query specifies its dataset.

    :param services: the SPARQL endpoints that queries may call with ``SERVICE``.
    :param graphs: the visible graphs, such as a view of one kind of reader's claims
        (:mod:`kg.store.views`); ``None`` means all.
    """

    store: Store
    services: frozenset[str] = frozenset()
    graphs: tuple[NamedNode | DefaultGraph, ...] | None = None

    @property
    def hidden_readings(self) -> int:
        """The number of readings that the view excludes."""
        if self.graphs is None:
            return 0
        seen = {getattr(graph, "value", "") for graph in self.graphs}
        return len(reading_kinds(self.store).keys() - seen)

    def quads(self) -> Iterator[Quad]:
        """Yield the visible quads."""
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
        """Start a query and return Oxigraph's lazy results.

        :param default_graphs: IRIs of graphs to merge into the default graph; together with
            ``named_graphs`` they replace the query's own dataset (SPARQL 1.1 Protocol,
            section 2.1.4).
        :raises QueryError: the query is malformed, calls a forbidden service, or fails at once.
        """
        refuse_deep_query(text)
        refuse_services(text, self.services)
        options: dict[str, Any] = {"base_iri": BASE_IRI, "custom_functions": _FUNCTIONS}
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
            # Passing all our prefixes costs as much as parsing a short query.
            return self.store.query(text, prefixes=PREFIXES, **options)

    def sparql(self, text: str) -> Table | Triples:
        """Run a SPARQL query; our prefixes need not be declared.

        :raises QueryError: the query is malformed, or fails while it runs.
        """
        results = self.run(text)
        try:
            if isinstance(results, QueryTriples):
                return Triples(tuple(in_order(results)))
            return Table.from_json(bytes(results.serialize(format=QueryResultsFormat.JSON) or b""))
        except (OSError, ValueError, RuntimeError) as error:
            raise QueryError(f"the query failed: {error}") from error

    def write(self, text: str, name: str, stream: BinaryIO) -> None:
        """Write a SPARQL query's results to a binary stream, without holding a table in memory.

        XML is the exception.

        :raises QueryError: the query is malformed or fails, or the format does not fit its results.
        """
        results = self.run(text)
        chosen = answer_format(name, triples=isinstance(results, QueryTriples))
        try:
            if isinstance(results, QueryTriples):
                stream.write(Triples(tuple(in_order(results))).serialize(name))
            elif name == "xml":
                # Check every literal before writing anything.
                answer = bytes(results.serialize(format=QueryResultsFormat.JSON) or b"")
                stream.write(Table.from_json(answer).serialize(name))
            else:
                results.serialize(stream, format=chosen)
        except (OSError, ValueError, RuntimeError) as error:
            if isinstance(error, OSError) and error.errno is not None:
                raise  # the stream's own error: a full disk, or a reader that closed the pipe
            raise QueryError(f"the query failed: {error}") from error


def open_graph(
    home: Path | str | None = None,
    *,
    data: Sequence[Path | str] = (),
    services: Sequence[str] = (),
    readers: Readers = "person",
) -> Graph:
    """Open a graph: a build, RDF files, or the graph shipped with Qawl.

    :param home: a folder of builds; default the nearest ``.qawl``.
    :param data: RDF files to read instead.
    :param services: SPARQL endpoints that queries may call with ``SERVICE``; default none.
    :param readers: whose claims are visible: ``person``, ``rules``, ``model`` or ``all``.
    :raises StoreError: there is no complete store, or a file cannot be read.
    """
    store = open_store(Path(home) if home else None, tuple(map(Path, data)))
    return Graph(store, frozenset(services), visible_graphs(store, readers))


def local_graph(graph: Queryable | None) -> Graph:
    """Return a local graph: a remote graph is fetched, ``None`` opens the default.

    :raises QueryError: the server cannot be reached, or has none of Qawl's graphs.
    :raises StoreError: there is no complete store.
    """
    if graph is None:
        return open_graph()
    if isinstance(graph, Graph):
        return graph
    store = Store()
    store.bulk_extend(graph.quads())
    return Graph(store)
