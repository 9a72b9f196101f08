"""The form of a named question: a field for each parameter, with its possible values."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.networks.node_attributes import Entities
from kg.rdf.curies import shorten
from kg.rdf.iris import ID, concept, local_name, term
from kg.web.pages.known_values import known_values
from kg.wording import wording

if TYPE_CHECKING:
    from pyoxigraph import Store

    from kg.sparql.rq_file import Parameter
    from kg.wording import Language

__all__ = ["Field", "Option", "default_of", "field_of"]

_INPUTS: Final = {"integer": "number", "decimal": "number", "date": "date"}
# Up to so many values are a list to choose from; more are suggested while one types.
_CHOOSABLE: Final = 25
# The vocabulary of the codes that a parameter allows, by its name.
_VOCABULARIES: Final = {
    "stance": "stance", "polarity": "polarity", "marking": "marking", "aspect": "aspect",
    "reader_kind": "reader-kind",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a parameter, with its label, which may be empty."""

    value: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter for a form.

    :param input: the type of the input element.
    :param options: the known values; ``closed`` if no others are allowed.
    """

    name: str
    type: str
    input: str
    description: str
    default: str
    value: str
    options: tuple[Option, ...]
    closed: bool

    @property
    def shown_default(self) -> str:
        """The label of the default, empty if there is none."""
        labels = {one.value: one.label for one in self.options}
        return labels.get(self.default) or self.default


def field_of(parameter: Parameter, value: str, store: Store, language: Language) -> Field:
    """Return the field of a parameter.

    :param value: the given value, as written; empty if there is none.
    """
    options = _options(parameter, store, language)
    given = value in {"", *(one.value for one in options)}
    return Field(
        name=parameter.name.replace("_", "-"),
        type=parameter.type,
        input=_INPUTS.get(parameter.type, "text"),
        description=parameter.description[language],
        default=default_of(parameter),
        value=value,
        options=options,
        closed=bool(parameter.values) or (given and 0 < len(options) <= _CHOOSABLE),
    )


def _options(parameter: Parameter, store: Store, language: Language) -> tuple[Option, ...]:
    if parameter.values:
        return tuple(
            Option(one, _called(parameter, one, store, language)) for one in parameter.values
        )
    if parameter.type == "boolean":
        return Option("true"), Option("false")
    known = known_values(store, parameter.type, language)
    names = Counter(local_name(one.iri) for one in known)
    found = []
    for one in known:
        name = local_name(one.iri)
        # An id that several articles have is named with its article.
        if names[name] > 1:
            name = one.iri.removeprefix(f"{ID}{parameter.type}/")
        found.append(Option(name, one.label if one.label != name else ""))
    return tuple(found)


def _called(parameter: Parameter, value: str, store: Store, language: Language) -> str:
    """Return what an allowed value is called, which in English is the value itself."""
    if language == "en":
        return ""
    if (vocabulary := _VOCABULARIES.get(parameter.name)) is not None:
        iri = concept(vocabulary, value).value
    elif value[0].isupper():
        iri = term(f"qawl:{value}").value
    else:
        return wording("web.values", language).named(value)
    return Entities(store, language).label(iri)


def default_of(parameter: Parameter) -> str:
    """Return a parameter's default as a person would write it, empty if there is none.

    >>> def default(text):
    ...     from kg.sparql.rq_file import Parameter
    ...     return default_of(Parameter("name", "string", text, {}))
    >>> default('"generous"'), default("<https://w3id.org/qawl/id/actor/bbc>"), default(None)
    ('generous', 'actor:bbc', '')
    """
    default = parameter.default or ""
    if default.startswith("<"):
        return shorten(default[1:-1])
    return default.partition("^^")[0].strip('"')
