"""What can be asked, wherever the graph lies: named questions and SPARQL."""

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

    :raises UnknownQuestionError: there is none of that name; the message gives the nearest ones.
    """
    names = _names()
    if name not in names:
        hint = did_you_mean(name, names, otherwise="see them all with: kg queries")
        raise UnknownQuestionError(f"there is no question named {name!r}{hint}")
    return _question(name)


class Queryable(Protocol):
    """A graph that answers: one of our own (:class:`kg.store.local.Graph`) or a server's.

    Whoever says how SPARQL is answered answers the named questions by what stands here.
    """

    __slots__ = ()

    @abstractmethod
    def sparql(self, text: str) -> Table | Triples:
        """Answer a SPARQL query; our prefixes are known without being declared.

        :raises QueryError: the query is malformed, or fails while it runs.
        """

    @abstractmethod
    def write(self, text: str, name: str, stream: BinaryIO) -> None:
        """Answer a SPARQL query as bytes in a format.

        :raises QueryError: the query is malformed or fails, or its answer has no such format.
        """

    @abstractmethod
    def quads(self) -> Iterator[Quad]:
        """Return the quads that are seen; of a server, those of Qawl's named graphs are fetched.

        :raises QueryError: the server cannot be reached, or has no graph of Qawl's.
        """

    def rdflib(self) -> rdflib.Dataset:
        """Return all quads as an rdflib dataset in memory, its named graphs kept.

        :raises QueryError: as :meth:`quads`.
        """
        import rdflib
        from pyoxigraph import RdfFormat, serialize

        dataset = rdflib.Dataset(default_union=True)
        content = serialize(self.quads(), format=RdfFormat.N_QUADS) or b""
        dataset.parse(data=content, format="nquads")
        return dataset

    def question_text(self, question: RqFile, values: Mapping[str, object]) -> str:
        """Return a named question's SPARQL with its parameters in place.

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
        """Answer a named question whose answer is a table."""
        answer = self.query(name, **parameters)
        if not isinstance(answer, Table):
            raise QueryError(f"the answer to {name!r} is triples, not a table")
        return answer
