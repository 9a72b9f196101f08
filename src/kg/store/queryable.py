"""The interface that local and remote graphs share: named questions and SPARQL."""

from __future__ import annotations

import os
import re
from abc import abstractmethod
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol

from kg.errors import QueryError, UnknownQuestionError, did_you_mean
from kg.files import shipped
from kg.sparql.parameters import bind
from kg.sparql.results import Table
from kg.sparql.rq_file import RqFile, load_rq, user_questions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import BinaryIO

    import rdflib
    from pyoxigraph import Quad

    from kg.sparql.results import Triples

__all__ = ["Queryable", "named_question", "named_questions"]


#: The environment variable that names folders of a user's own questions, as ``PATH`` does.
QUERIES_VARIABLE: Final = "QAWL_QUERIES"

_ID: Final = re.compile(r"\bdcterms:identifier\b")
_SHORT_ID: Final = "qawl:shortId"
_SEVERAL_ARTICLES: Final = """\
ASK { ?one prov:specializationOf ?work . ?other prov:specializationOf ?another
      FILTER (?work != ?another) }"""


@cache
def _shipped_names() -> tuple[str, ...]:
    return tuple(sorted(path.stem for path in shipped.queries_dir().glob("*.rq")))


@cache
def _question(name: str) -> RqFile:
    return load_rq(shipped.queries_dir() / f"{name}.rq")


@cache
def _aliases() -> dict[str, RqFile]:
    """Return the questions by their aliases, each with the values that the alias gives."""
    return {
        alias: replace(question, given=values)
        for question in map(_question, _shipped_names())
        for alias, values in question.aliases.items()
    }


@cache
def _own(folders: str) -> dict[str, RqFile]:
    """Return the questions in the user's folders, by name."""
    found: dict[str, RqFile] = {}
    for folder in filter(None, folders.split(os.pathsep)):
        for one in user_questions(Path(folder)):
            if one.name in found or one.name in _shipped_names() or one.name in _aliases():
                raise QueryError(
                    f"{Path(folder) / one.name}.rq: another question has this name; rename the file"
                )
            found[one.name] = one
    return found


def named_questions() -> tuple[RqFile, ...]:
    """Return all named questions, by name: Qawl's, and those of the folders in ``QAWL_QUERIES``.

    :raises QueryError: a folder of the user's is missing, or a file in it cannot be used.
    """
    own = _own(os.environ.get(QUERIES_VARIABLE, ""))
    found = {**{name: _question(name) for name in _shipped_names()}, **own}
    return tuple(found[name] for name in sorted(found))


def named_question(name: str) -> RqFile:
    """Return a named question, by its name or by an alias.

    :raises UnknownQuestionError: there is no such question; the message suggests similar names.
    """
    if name in _shipped_names():
        return _question(name)
    if name in _aliases():
        return _aliases()[name]
    own = _own(os.environ.get(QUERIES_VARIABLE, ""))
    if name not in own:
        names = (*_shipped_names(), *_aliases(), *own)
        hint = did_you_mean(name, names, otherwise="list them at /queries, or with: kg queries")
        raise UnknownQuestionError(f"there is no question named {name!r}{hint}")
    return own[name]


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

        If the graph has several articles, two claims may have the same id, so the shipped questions
        answer with short ids, ``SLUG/ID``.

        :raises ParameterError: a parameter is unknown, malformed, or names nothing in the graph.
        """
        text = bind(question, values, self.sparql)
        if question.name not in _shipped_names() or not _ID.search(text):
            return text
        return _ID.sub(_SHORT_ID, text) if self._has_several_articles() else text

    def _has_several_articles(self) -> bool:
        answer = self.sparql(_SEVERAL_ARTICLES)
        return isinstance(answer, Table) and answer.boolean is True

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
