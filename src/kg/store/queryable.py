"""The interface that local and remote graphs share: named questions and SPARQL."""

from __future__ import annotations

from abc import abstractmethod
from functools import cache
from typing import TYPE_CHECKING, Protocol

from kg.errors import QueryError, UnknownQuestionError, did_you_mean
from kg.files import shipped
from kg.sparql.parameters import bind
from kg.sparql.results import Table
from kg.sparql.rq_file import RqFile, load_rq

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    import rdflib
    from pyoxigraph import Quad

    from kg.sparql.results import Triples

__all__ = ["Queryable", "named_question", "named_questions"]


@cache
def _names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in shipped.queries_dir().glob("*.rq")))


@cache
def _question(name: str) -> RqFile:
    return load_rq(shipped.queries_dir() / f"{name}.rq")


def named_questions() -> tuple[RqFile, ...]:
    """Return all named questions, by name."""
    return tuple(_question(name) for name in _names())


def named_question(name: str) -> RqFile:
    """Return a named question.

    :raises UnknownQuestionError: there is no such question; the message suggests similar names.
    """
    names = _names()
    if name not in names:
        hint = did_you_mean(name, names, otherwise="list them with: kg queries")
        raise UnknownQuestionError(f"there is no question named {name!r}{hint}")
    return _question(name)


class Queryable(Protocol):
    """A graph that can be queried: local (:class:`kg.store.local.Graph`) or on a server.

    Implementations provide SPARQL; named questions are implemented here on top of it.
    """

    __slots__ = ()

    @abstractmethod
    def sparql(self, text: str) -> Table | Triples:
        """Run a SPARQL query; our prefixes need not be declared.

        :raises QueryError: the query is malformed, or fails while it runs.
        """

    @abstractmethod
    def write(self, text: str, name: str, stream: BinaryIO) -> None:
        """Write a SPARQL query's results to a binary stream in a format.

        :raises QueryError: the query is malformed or fails, or the format does not fit its results.
        """

    @abstractmethod
    def quads(self) -> Iterator[Quad]:
        """Yield the visible quads; from a server, only those of Qawl's named graphs are fetched.

        :raises QueryError: the server cannot be reached, or has none of Qawl's graphs.
        """

    def rdflib(self) -> rdflib.Dataset:
        """Return all quads as an rdflib dataset in memory, keeping named graphs.

        :raises QueryError: as for :meth:`quads`.
        """
        import rdflib
        from pyoxigraph import RdfFormat, serialize

        dataset = rdflib.Dataset(default_union=True)
        content = serialize(self.quads(), format=RdfFormat.N_QUADS) or b""
        dataset.parse(data=content, format="nquads")
        return dataset

    def question_text(self, question: RqFile, values: Mapping[str, object]) -> str:
        """Return a named question's SPARQL with its parameters filled in.

        :raises ParameterError: a parameter is unknown, malformed, or names nothing in the graph.
        """
        return bind(question, values, self.sparql)

    def query(self, name: str, /, **parameters: object) -> Table | Triples:
        """Answer a named question.

        :raises QueryError: there is no such question.
        :raises ParameterError: a parameter is unknown, malformed, or names nothing in the graph.
        """
        return self.sparql(self.question_text(named_question(name), parameters))

    def table(self, name: str, /, **parameters: object) -> Table:
        """Answer a named question whose result is a table.

        :raises QueryError: there is no such question, or its result is triples.
        :raises ParameterError: as for :meth:`query`.
        """
        answer = self.query(name, **parameters)
        if not isinstance(answer, Table):
            raise QueryError(f"{name!r} returns triples, not a table; use query() instead")
        return answer
