"""What the server asks of a worker: a frozen dataclass for each kind of answer.

The language of a request is that of the page, if the answer is a page.
"""

from __future__ import annotations

import marshal
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.wording import Language

__all__ = [
    "ArticlePage",
    "Board",
    "Home",
    "NamedQuestion",
    "Network",
    "NetworkList",
    "OntologyDocument",
    "OpenApi",
    "Picture",
    "QuestionFile",
    "QuestionList",
    "Request",
    "Resource",
    "Search",
    "SparqlCall",
    "SparqlTerms",
    "VoidDescription",
    "unpacked",
]

# Later formats mark objects that are used twice, so that equal requests would differ as bytes.
_FORMAT: Final = 2


@dataclass(frozen=True, slots=True)
class _Packed:
    """A request that can be sent; its bytes are equal for equal requests.

    ``keep_language`` says that links name the language even if it is the server's default.
    """

    keep_language: bool = field(default=False, kw_only=True)

    def packed(self) -> bytes:
        """Return the request as a worker reads it."""
        names: tuple[str, ...] = self.__match_args__
        values = tuple(getattr(self, name) for name in names)
        return marshal.dumps((type(self).__name__, values, self.keep_language), _FORMAT)


@dataclass(frozen=True, slots=True)
class _Page(_Packed):
    """A page that is asked for by nothing but its language."""

    language: Language = "en"


@dataclass(frozen=True, slots=True)
class _Named(_Packed):
    """What has a name and takes parameters."""

    name: str
    parameters: tuple[tuple[str, str], ...] = ()
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class SparqlCall(_Packed):
    """A request to the endpoint, as received over HTTP; ``body`` is ``None`` for a GET or HEAD."""

    query_string: bytes
    accept: str = ""
    body: bytes | None = None
    content_type: str = ""
    content_encoding: str = ""


@dataclass(frozen=True, slots=True)
class NamedQuestion(_Packed):
    """The answer to a named question; ``ending`` is the format's extension, if the path has one."""

    name: str
    parameters: tuple[tuple[str, str], ...] = ()
    accept: str = ""
    ending: str = ""
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class QuestionList(_Packed):
    """The list of the named questions."""

    accept: str = ""
    ending: str = ""
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class QuestionFile(_Packed):
    """The SPARQL of a named question."""

    name: str


@dataclass(frozen=True, slots=True)
class Home(_Page):
    """The first page."""


@dataclass(frozen=True, slots=True)
class ArticlePage(_Packed):
    """The page of an article; the parameters filter its claims, and open one."""

    slug: str
    parameters: tuple[tuple[str, str], ...] = ()
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class Board(_Named):
    """A board, such as that of the contradictions."""


@dataclass(frozen=True, slots=True)
class Search(_Packed):
    """The page of search results for the parameter ``q``."""

    parameters: tuple[tuple[str, str], ...] = ()
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class OpenApi(_Packed):
    """The OpenAPI document."""


@dataclass(frozen=True, slots=True)
class VoidDescription(_Packed):
    """The VoID description of the graph, with that of the endpoint."""

    accept: str = ""


@dataclass(frozen=True, slots=True)
class SparqlTerms(_Page):
    """Completions for a SPARQL editor."""


@dataclass(frozen=True, slots=True)
class NetworkList(_Page):
    """The page of all networks."""


@dataclass(frozen=True, slots=True)
class Network(_Packed):
    """A network of the claims that pass filters; ``ending`` is the path's extension, if any."""

    name: str
    ending: str = ""
    filters: tuple[tuple[str, str], ...] = ()
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class Picture(_Named):
    """A picture as Graphviz is to draw it."""


@dataclass(frozen=True, slots=True)
class OntologyDocument(_Packed):
    """A document of the ontology by its path."""

    path: str
    ending: str
    language: Language = "en"


@dataclass(frozen=True, slots=True)
class Resource(_Packed):
    """What the graph says about an IRI."""

    iri: str
    ending: str
    language: Language = "en"


Request: TypeAlias = (
    SparqlCall
    | NamedQuestion
    | Network
    | NetworkList
    | Picture
    | QuestionList
    | QuestionFile
    | Home
    | ArticlePage
    | Board
    | Search
    | OpenApi
    | VoidDescription
    | OntologyDocument
    | Resource
    | SparqlTerms
)
_KINDS: Final[Mapping[str, type[Request]]] = {kind.__name__: kind for kind in Request.__args__}


def unpacked(message: bytes) -> Request:
    """Return the request that :meth:`packed` wrote."""
    name, values, keep = marshal.loads(message)  # noqa: S302 - our own server wrote it
    return _KINDS[name](*values, keep_language=keep)
