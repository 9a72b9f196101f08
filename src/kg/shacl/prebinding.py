"""Shapes' SPARQL queries with pre-bound variables (section 5.3), run for all nodes at once.

SHACL defines a query as run once per focus node, with ``$this`` substituted everywhere. Here the
focus nodes are put in a graph of their own, and every group of the query starts with a pattern that
binds ``$this`` from that graph. A group then has the same solutions as for each node separately,
and the query runs once. Only ``LIMIT``, ``OFFSET`` and aggregates not grouped by ``$this`` depend
on the other rows; queries that use them are run one node at a time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store

from kg.errors import ShapesError
from kg.shacl.columns import Read
from kg.shacl.vocabulary import rdf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pyoxigraph import QuerySolution, Triple

    from kg.shacl.vocabulary import Term

__all__ = ["SHAPES_GRAPH", "PreboundQuery", "QueryStore", "Solution"]

#: The value of ``$shapesGraph``.
SHAPES_GRAPH: Final = NamedNode("urn:x-qawl:shapes-graph")
_ROWS: Final = NamedNode("urn:x-qawl:rows")
_CONSTANTS: Final = NamedNode("urn:x-qawl:constants")
_BOUND: Final = "urn:x-qawl:bound:"

_TOKEN: Final = re.compile(
    r"""
    (?P<blank>  \s+ | \#[^\n\r]* )
  | (?P<iri>    <[^<>"{}|^`\\\x00-\x20]*> )
  | (?P<string> \"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3} | '{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
              | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' )
  | (?P<var>    [?$][^\W]\w* )
  | (?P<name>   (?:[^\W\d_](?:[\w.\-]*[\w\-])?|_)?
                :(?:[\w:\-]|%[0-9A-Fa-f]{2}|\\.|\.(?=[\w:\-%\\.]))* )
  | (?P<word>   [^\W\d]\w* )
  | (?P<other>  . )
    """,
    re.VERBOSE | re.DOTALL,
)
_REFUSED: Final = ("MINUS", "VALUES", "SERVICE", "FROM")
_TERMS: Final = frozenset({"var", "iri", "name", "string"})
_AGGREGATES: Final = frozenset({"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT"})


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    blanks: str = ""

    @property
    def keyword(self) -> str:
        return self.text.upper() if self.kind == "word" else ""

    @property
    def variable(self) -> str:
        return self.text[1:] if self.kind == "var" else ""


def _tokens(text: str) -> list[_Token]:
    tokens, blanks = [], ""
    for found in _TOKEN.finditer(text):
        if found.lastgroup == "blank":
            blanks += found[0]
        else:
            tokens.append(_Token(str(found.lastgroup), found[0], blanks))
            blanks = ""
    return tokens


@dataclass(frozen=True, slots=True)
class PreboundQuery:
    """A SELECT query, or an ASK rewritten as a SELECT of the rows for which it is true.

    ``rows`` are the variables that vary by row, ``constants`` those with one value for all rows;
    ``set_wise`` is true if all rows can be run at once; ``read`` is what the query can read, or
    ``None`` if it can read any predicate.
    """

    text: str
    rows: tuple[str, ...]
    constants: tuple[tuple[str, Term], ...]
    set_wise: bool
    read: Read | None
    place: str

    @classmethod
    def prepare(
        cls,
        text: str,
        place: str,
        prefixes: str = "",
        rows: tuple[str, ...] = ("this",),
        constants: Mapping[str, Term] | None = None,
        path: str | None = None,
    ) -> PreboundQuery:
        """Parse a query of a shape.

        :param place: the shape or constraint, for error messages.
        :param path: the SPARQL path that replaces ``$PATH``.
        :raises ShapesError: the query uses a form that SHACL forbids with pre-bound variables.
        """
        tokens = _tokens(text) if path is None else _with_path(_tokens(text), _tokens(path))
        bound = {*rows, *(constants or {})}
        _refuse(tokens, {*bound, "shapesGraph", "currentShape"}, place)
        used = {one.variable for one in tokens}
        constants = {name: node for name, node in (constants or {}).items() if name in used}
        form = next((i for i, one in enumerate(tokens) if one.keyword in ("ASK", "SELECT")), None)
        if form is None:
            raise ShapesError(f"{place}: is neither a SELECT nor an ASK query; correct it")
        if tokens[form].keyword == "ASK":
            names = " ".join(f"?{name}" for name in rows)
            tokens[form] = replace(tokens[form], text=f"SELECT DISTINCT {names} ")
        return cls(
            prefixes + _with_rows(tokens, rows, constants),
            rows,
            tuple(constants.items()),
            _is_set_wise(tokens),
            _read(_tokens(prefixes) + tokens),
            place,
        )


def _with_path(tokens: Sequence[_Token], path: Sequence[_Token]) -> list[_Token]:
    """Return the tokens of a query with ``$PATH`` replaced by those of a path."""
    result: list[_Token] = []
    for one in tokens:
        if one.variable == "PATH":
            result += (replace(path[0], blanks=one.blanks), *path[1:])
        else:
            result.append(one)
    return result


def _refuse(tokens: Sequence[_Token], bound: set[str], place: str) -> None:
    """Refuse what SHACL forbids with pre-bound variables (section 5.3, appendix A)."""
    for word in _REFUSED:
        if any(one.keyword == word for one in tokens):
            raise ShapesError(
                f"{place}: {word} is not allowed with pre-bound variables; rewrite the query"
            )
    for one, after in pairwise(tokens):
        if one.keyword == "AS" and after.variable in bound:
            raise ShapesError(f"{place}: ?{after.variable} is pre-bound; use another name after AS")
        if one.keyword == "GRAPH" and after.variable and after.variable != "shapesGraph":
            raise ShapesError(
                f"{place}: the validated graph has no named graphs except $shapesGraph; "
                "leave GRAPH out"
            )
    _refuse_subqueries_without_this(tokens, place)


def _refuse_subqueries_without_this(tokens: Sequence[_Token], place: str) -> None:
    for number, (before, one) in enumerate(pairwise(tokens), start=1):
        if one.keyword == "SELECT" and before.text == "{":
            projected = {part.variable for part in _projection(tokens, number)}
            if "this" not in projected:
                raise ShapesError(f"{place}: a nested SELECT must name $this among its variables")


def _projection(tokens: Sequence[_Token], select: int) -> Iterator[_Token]:
    for one in tokens[select + 1 :]:
        if one.text == "{" or one.keyword == "WHERE":
            return
        yield one


def _is_set_wise(tokens: Sequence[_Token]) -> bool:
    """Return whether no part of a query depends on the number of rows."""
    if any(one.keyword in ("LIMIT", "OFFSET") for one in tokens):
        return False
    for number, one in enumerate(tokens):
        if one.keyword in ("GROUP", "HAVING") and not _is_grouped_by_this(tokens, number):
            return False
        if one.keyword == "SELECT" and any(
            part.keyword in _AGGREGATES for part in _projection(tokens, number)
        ):
            after = _after_group(tokens, number)
            if after >= len(tokens) or tokens[after].keyword != "GROUP":
                return False
    return True


def _is_grouped_by_this(tokens: Sequence[_Token], number: int) -> bool:
    if tokens[number].keyword == "HAVING":
        before = {one.keyword for one in tokens[:number]}
        return "GROUP" in before
    for one in tokens[number + 2 :]:
        if not one.variable:
            return False
        if one.variable == "this":
            return True
    return False


def _after_group(tokens: Sequence[_Token], select: int) -> int:
    """Return the index after the group of a SELECT."""
    depth = 0
    for number in range(select, len(tokens)):
        if tokens[number].text == "{":
            depth += 1
        elif tokens[number].text == "}":
            depth -= 1
            if depth == 0:
                return number + 1
    return len(tokens)


def _may_be_predicate(before: _Token, after: _Token, next_after: Sequence[_Token]) -> bool:
    """Return whether a variable between two tokens may be a predicate."""
    if before.variable or before.text in (";", "["):
        return True
    decimal = after.text == "." and any(one.text.isdigit() and not one.blanks for one in next_after)
    is_object = (
        after.kind in _TERMS
        or after.keyword in ("TRUE", "FALSE")
        or after.text in ("[", "(", "+", "-")
        or after.text.isdigit()
        or decimal
    )
    return is_object and (before.kind in _TERMS or before.text in ("]", ")"))


def _looks_further(one: _Token, after: _Token) -> bool:
    # "!?variable" negates an expression: only IRIs are excluded from a path.
    excludes = one.text == "!" and (after.kind in ("iri", "name") or after.text in ("(", "^"))
    return excludes or one.text in ("*", "?") or one.keyword == "BASE"


def _read(tokens: Sequence[_Token]) -> Read | None:
    """Return the IRIs in a query as what it reads, or ``None`` if it may read any predicate.

    When in doubt, ``None``: a variable next to another may be a predicate, ``!`` excludes
    predicates, and ``*`` and ``?`` match nodes that have none.
    """
    prefixes: dict[str, str] = {}
    found = {rdf("first"), rdf("rest")}
    projected = False
    for number, one in enumerate(tokens):
        before = tokens[number - 1] if number else one
        after = tokens[number + 1] if number + 1 < len(tokens) else one
        if one.keyword == "SELECT":
            projected = True
        elif one.text == "{" or one.keyword == "WHERE":
            projected = False
        elif before.keyword == "PREFIX":
            prefixes[one.text] = after.text[1:-1]
        elif _is_iri(one):
            node = _iri(one, prefixes)
            if node is None:
                return None
            found.add(node)
        elif one.variable and not projected:
            if _may_be_predicate(before, after, tokens[number + 2 : number + 3]):
                return None
        elif _looks_further(one, after):
            return None
    asks_any = rdf("type") in found or any(
        one.text == "a" and (after.kind not in ("iri", "name") or then.text == ",")
        for one, after, then in zip(tokens, tokens[1:], tokens[2:], strict=False)
    )
    predicates = frozenset((*found, rdf("type")))
    return Read(predicates, None if asks_any else predicates)


def _is_iri(token: _Token) -> bool:
    return token.kind == "iri" or (token.kind == "name" and not token.text.startswith("_:"))


def _iri(token: _Token, prefixes: Mapping[str, str]) -> NamedNode | None:
    """Return the IRI of a token; ``None`` if it is relative, has escapes or an unknown prefix."""
    if token.kind == "iri":
        iri = token.text[1:-1]
        return None if "\\" in iri or ":" not in iri else NamedNode(iri)
    prefix, colon, local = token.text.partition(":")
    if prefix + colon not in prefixes or "\\" in local:
        return None
    return NamedNode(prefixes[prefix + colon] + local)


def _with_rows(
    tokens: Sequence[_Token], rows: tuple[str, ...], constants: Mapping[str, Term]
) -> str:
    columns = " ; ".join(f"<{_BOUND}{name}> ?{name}" for name in rows)
    fixed = "".join(f" {_CONSTANTS} <{_BOUND}{name}> ?{name} ." for name in constants)
    pattern = f" GRAPH {_ROWS} {{ [] {columns} .{fixed} }} "
    pieces = []
    within = 0  # nesting depth of groups in a FILTER EXISTS, whose variables come from outside
    for number, one in enumerate(tokens):
        pieces += [one.blanks, one.text]
        if one.text == "{":
            if within or tokens[number - 1].keyword == "EXISTS":
                within += 1
            elif number + 1 == len(tokens) or tokens[number + 1].keyword != "SELECT":
                pieces.append(pattern)
        elif one.text == "}" and within:
            within -= 1
    return "".join(pieces)


class Solution:
    """One solution of a query."""

    __slots__ = ("_found", "_names")

    def __init__(self, found: QuerySolution, names: frozenset[str]) -> None:
        self._found = found
        self._names = names

    def get(self, name: str) -> Term | None:
        """Return the value of a variable, or ``None`` if it is unbound."""
        return self._found[name] if name in self._names else None


class QueryStore:
    """The data as a store, with a graph that holds the rows of the current query.

    :param union: whether the data are in several graphs, which queries read as one. Queries must
        then name their predicates, so that they don't find the rows, nor the shapes graph.
    """

    def __init__(
        self, data: Iterable[Quad], shapes: Iterable[Triple], *, union: bool = False
    ) -> None:
        self._store = Store()
        self._store.extend(data)
        self._shapes = shapes
        self._union = union
        self._held: tuple[object, ...] = ()

    def solutions(
        self, query: PreboundQuery, rows: Sequence[tuple[Term, ...]]
    ) -> Iterator[Solution]:
        """Yield a query's solutions for all rows.

        :raises ShapesError: the query is malformed, or a solution reports ``?failure``.
        """
        if any(name == "shapesGraph" for name, _ in query.constants):
            self._store.extend(
                Quad(one.subject, one.predicate, one.object, SHAPES_GRAPH) for one in self._shapes
            )
        parts = [rows] if query.set_wise else [[row] for row in rows]
        for part in parts:
            self._hold(query, part)
            yield from self._run(query)

    def _hold(self, query: PreboundQuery, rows: Sequence[tuple[Term, ...]]) -> None:
        # Successive constraints of a shape query the same nodes.
        wanted = (query.rows, query.constants, rows)
        if wanted == self._held:
            return
        self._held = wanted
        store = self._store
        store.clear_graph(_ROWS)
        predicates = [NamedNode(_BOUND + name) for name in query.rows]
        quads = []
        for row in rows:
            # What stands alone in its row needs no node that ties it to the others.
            subject = BlankNode() if len(row) > 1 else _CONSTANTS
            quads += [
                Quad(subject, one, node, _ROWS) for one, node in zip(predicates, row, strict=True)
            ]
        quads += [
            Quad(_CONSTANTS, NamedNode(_BOUND + name), node, _ROWS)
            for name, node in query.constants
        ]
        store.extend(quads)

    def _run(self, query: PreboundQuery) -> Iterator[Solution]:
        try:
            found = self._store.query(query.text, use_default_graph_as_union=self._union)
            assert isinstance(found, QuerySolutions)
            names = frozenset(one.value for one in found.variables)
            if "this" not in names:
                raise ShapesError(f"{query.place}: the SELECT does not name $this; add it")
            for row in found:
                solution = Solution(row, names)
                failure = solution.get("failure")
                if isinstance(failure, Literal) and failure.value == "true":
                    raise ShapesError(f"{query.place}: the query reports a failure (?failure)")
                yield solution
        except (SyntaxError, OSError, ValueError, RuntimeError) as error:
            raise ShapesError(
                f"{query.place}: the constraint's query fails: {error}; correct it"
            ) from error
