"""Parameters of named questions: converting typed input to terms in the query."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from pyoxigraph import Literal, NamedNode

from kg.errors import ParameterError, did_you_mean
from kg.rdf.curies import expand, shorten
from kg.rdf.iris import ID, VOCAB, ReadingName, local_name, term
from kg.sparql.results import Table, Triples
from kg.sparql.rq_file import VALUES_BLOCK
from kg.text.search_spelling import search_text, searched_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from kg.sparql.rq_file import Parameter, RqFile

__all__ = ["bind", "unknown_parameter"]

_LONGEST: Final = 2000
# Beyond this, a short number such as 1e999999999 would expand to gigabytes.
_MOST_DIGITS: Final = 50
_MOST_NAMED: Final = 8
_SAFE_IRI: Final = re.compile(r"[^\x00-\x20<>\"{}|^`\\]+")
_NAMES: Final = {
    "claim": ("qawl:Claim", "dcterms:identifier"),
    "voice": ("qawl:Voice", "dcterms:identifier"),
    "actor": ("qawl:Actor", "skos:prefLabel|skos:altLabel"),
    "event": ("qawl:Event", "skos:prefLabel|skos:altLabel"),
    "place": ("qawl:Place", "skos:prefLabel|skos:altLabel"),
    "population": ("qawl:PopulationGroup", "skos:prefLabel|skos:altLabel"),
    "article": ("qawl:Source", "skos:prefLabel"),
    "source": ("qawl:Source", "skos:prefLabel"),
}


def _known(kind: str, ask: Callable[[str], Table | Triples]) -> dict[str, set[str]]:
    """Return the IRIs of the resources of a kind by id, label and alias."""
    klass, path = _NAMES[kind]
    found = ask(f"SELECT ?node ?name WHERE {{ ?node a {klass} ; {path} ?name }}")
    names: dict[str, set[str]] = {}
    for node, name in found.rows if isinstance(found, Table) else ():
        if isinstance(node, NamedNode) and isinstance(name, Literal):
            names.setdefault(name.value.casefold(), set()).add(node.value)
            names.setdefault(local_name(node.value), set()).add(node.value)
            for short in _short_ids(kind, node.value):
                names.setdefault(short, set()).add(node.value)
    return names


def _measures(ask: Callable[[str], Table | Triples]) -> set[str]:
    """Return the names of the measures of the vocabulary."""
    found = ask(f"SELECT ?node WHERE {{ ?node skos:inScheme <{VOCAB}measure> }}")
    rows = found.rows if isinstance(found, Table) else ()
    return {local_name(node.value) for (node,) in rows if isinstance(node, NamedNode)}


def _some(names: Iterable[str]) -> str:
    """Return what there is to be named, where nothing is like what was."""
    listed = sorted(names)
    more = " …" if len(listed) > _MOST_NAMED else ""
    return f"there are {', '.join(listed[:_MOST_NAMED])}{more}" if listed else ""


def _spelled_otherwise(names: Mapping[str, set[str]], value: str) -> set[str]:
    """Return the IRIs of the resources with a name of which the value is another spelling."""
    wanted = search_text(value)
    if not wanted:
        return set()
    return {iri for name, iris in names.items() if search_text(name) == wanted for iri in iris}


def _short_ids(kind: str, iri: str) -> tuple[str, ...]:
    """Return the ids that name a part of a reading: ``slug/id`` and ``slug/reading/id``.

    >>> _short_ids("claim", f"{ID}claim/flood/curated/drowned")
    ('flood/drowned', 'flood/curated/drowned')
    """
    slug, _, rest = iri.removeprefix(f"{ID}{kind}/").partition("/")
    if kind not in {"claim", "voice"} or not rest:
        return ()
    return f"{slug}/{rest.rpartition('/')[2]}", f"{slug}/{rest}"


def _short_id(kind: str, iri: str) -> str:
    """Return the short id of a part of a reading, as ``qawl:shortId`` has it; empty for others."""
    words = iri.removeprefix(f"{ID}{kind}/").split("/")
    return ReadingName(*words[:2]).short(words[2]) if len(words) == 3 else ""


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return _SAFE_IRI.fullmatch(text) is not None


def _resource(
    parameter: Parameter, value: str, ask: Callable[[str], Table | Triples], place: str
) -> NamedNode:
    iri = expand(value)
    kind = parameter.type
    if kind == "measure":
        iri = iri or f"{VOCAB}measure/{value}"
        check = f"ASK {{ <{iri}> a skos:Concept }}"
    else:
        check = f"ASK {{ <{iri}> a {_NAMES[kind][0]} }}"
    if iri is not None and _is_iri(iri):
        answer = ask(check)
        if isinstance(answer, Table) and answer.boolean:
            return NamedNode(iri)
        if kind == "measure" and iri == f"{VOCAB}measure/{value}":
            measures = _measures(ask)
            hint = did_you_mean(value, measures, otherwise=_some(measures))
            raise ParameterError(f"{place}: there is no measure {value!r} in the graph{hint}")
        raise ParameterError(f"{place}: there is no {kind} <{iri}> in the graph")
    if kind == "measure" or iri is not None:
        raise ParameterError(f"{place}: {value!r} is not an id, a prefixed name or an IRI")
    names = _known(kind, ask)
    found = names.get(value.casefold()) or _spelled_otherwise(names, value)
    if len(found) > 1:
        # As it is printed a short id is that of one part; without its reading it may be of more.
        found = {one for one in found if _short_id(kind, one) == value} or found
    if len(found) == 1:
        return NamedNode(min(found))
    if found:
        listed = "\n".join(f"  {shorten(one)}" for one in sorted(found))
        raise ParameterError(f"{place}: {value!r} is ambiguous; give one of these:\n{listed}")
    ids = {local_name(iri) for iris in names.values() for iri in iris}
    hint = did_you_mean(value.casefold(), names, otherwise=_some(ids))
    raise ParameterError(f"{place}: there is no {kind} {value!r} in the graph{hint}")


def _date(value: str) -> Literal:
    import datetime

    return Literal(datetime.date.fromisoformat(value).isoformat(), datatype=term("xsd:date"))


def _integer(value: str) -> Literal:
    return Literal(str(int(value)), datatype=term("xsd:integer"))


def _decimal(value: str) -> Literal:
    from decimal import Decimal, InvalidOperation

    try:
        number = Decimal(value)
    except InvalidOperation as error:
        raise ValueError(value) from error
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS:
        raise ValueError(value)
    return Literal(format(number, "f"), datatype=term("xsd:decimal"))


def _boolean(value: str) -> Literal:
    word = {
        "true": "true",
        "yes": "true",
        "1": "true",
        "false": "false",
        "no": "false",
        "0": "false",
    }
    return Literal(word[value.lower()], datatype=term("xsd:boolean"))


_LITERALS: Final[Mapping[str, tuple[Callable[[str], Literal], str]]] = {
    "date": (_date, "a date such as 2010-08-31"),
    "integer": (_integer, "a whole number"),
    "decimal": (_decimal, "a number such as 12.5"),
    "boolean": (_boolean, "true or false"),
    "string": (Literal, "a text"),
}
_NUMBER: Final = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?")


def _any_term(value: str) -> NamedNode | Literal:
    """Return the most likely term for a value without a declared type."""
    iri = expand(value)
    if iri is not None and _is_iri(iri):
        return NamedNode(iri)
    if _NUMBER.fullmatch(value):
        return _decimal(value) if "." in value else _integer(value)
    return Literal(value)


def _words(value: str, ask: Callable[[str], Table | Triples], place: str) -> Literal:
    """Return words as the graph's search texts have them.

    Proclitics of the first word are dropped if what follows is a word of the graph on its own.
    """

    def known(word: str) -> bool:
        whole = Literal(f" {word} ")
        answer = ask(f"ASK {{ ?any qawl:searchText ?text FILTER CONTAINS(?text, {whole}) }}")
        return isinstance(answer, Table) and bool(answer.boolean)

    if not search_text(value):
        raise ParameterError(f"{place}: {value!r} has no letters or digits to search for")
    return Literal(searched_words(value, known))


def _listed_value(parameter: Parameter, value: str, place: str) -> str:
    """Return the allowed value that equals the given one, ignoring case."""
    for one in parameter.values:
        if one.casefold() == value.casefold():
            return one
    hint = did_you_mean(value, parameter.values)
    raise ParameterError(
        f"{place}: {value!r} is not allowed; use one of {', '.join(parameter.values)}{hint}"
    )


def _any_resources(value: object, place: str) -> str:
    nodes = []
    for iri in value if isinstance(value, tuple) else (value,):
        if not _is_iri(str(iri)):
            raise ParameterError(f"{place}: {iri!r} is not an absolute IRI")
        nodes.append(str(NamedNode(str(iri))))
    return " ".join(nodes)


def _term(
    question: RqFile, parameter: Parameter, value: object, ask: Callable[[str], Table | Triples]
) -> NamedNode | Literal | str:
    place = f"{question.name}: parameter {parameter.name}"
    if parameter.type == "resource":
        return _any_resources(value, place)
    if parameter.many:
        single = replace(parameter, many=False)
        parts = [one.strip() for one in str(value).split(",")]
        return " ".join(dict.fromkeys(str(_term(question, single, one, ask)) for one in parts))
    written = str(value).strip()
    if not written or len(written) > _LONGEST:
        raise ParameterError(f"{place}: expected 1 to {_LONGEST} characters, got {len(written)}")
    if parameter.values:
        written = _listed_value(parameter, written, place)
    if parameter.type == "term":
        return _any_term(written)
    if parameter.type == "words":
        return _words(written, ask, place)
    if parameter.type not in _LITERALS:
        return _resource(parameter, written, ask, place)
    convert, expected = _LITERALS[parameter.type]
    try:
        return convert(written)
    except (ValueError, KeyError) as error:
        raise ParameterError(f"{place}: {written!r} is not {expected}") from error


def unknown_parameter(question: RqFile, name: str, others: Sequence[str] = ()) -> ParameterError:
    """Return the error for an unknown parameter, with the known ones.

    :param others: what else may have been meant by the name.
    """
    known = [one.name.replace("_", "-") for one in question.parameters]
    hint = did_you_mean(name, [*known, *others])
    return ParameterError(
        f"{question.name}: has no parameter {name!r}; it has {', '.join(known) or 'none'}{hint}"
    )


def _check_intervals(question: RqFile, terms: Mapping[str, str]) -> None:
    """Refuse an interval that ends before it begins: whatever spans both would answer it."""
    for first in terms:
        last = f"{first.removesuffix('_from')}_to"
        if first.endswith("_from") and last in terms and terms[first] > terms[last]:
            raise ParameterError(
                f"{question.name}: parameter {first}: is later than {last}; swap the two dates"
            )


def bind(
    question: RqFile, values: Mapping[str, object], ask: Callable[[str], Table | Triples]
) -> str:
    """Return a question's SPARQL with the given values in its ``VALUES`` blocks.

    :param ask: runs SPARQL on the graph, to resolve names.
    :raises ParameterError: a parameter is unknown, malformed, or names nothing in the graph.
    """
    terms: dict[str, str] = {}
    own = {name.replace("-", "_") for name, value in values.items() if value is not None}
    preset = {name: value for name, value in question.given.items() if name not in own}
    for name, value in {**preset, **values}.items():
        if value is None:
            continue
        parameter = question.parameter(name)
        if parameter is None:
            raise unknown_parameter(question, name)
        if parameter.name in terms:
            raise ParameterError(f"{question.name}: parameter {parameter.name} is given twice")
        terms[parameter.name] = str(_term(question, parameter, value, ask))
    _check_intervals(question, terms)

    def replaced(match: re.Match[str]) -> str:
        name = match[1]
        return f"VALUES ?{name} {{ {terms[name]} }}" if name in terms else match[0]

    # A single pass over the file's own text: a value that looks like a VALUES block is left alone.
    return VALUES_BLOCK.sub(replaced, question.text)
