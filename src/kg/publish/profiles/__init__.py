"""Export profiles: claims in the models of other communities.

Qawl's graph keeps a claim as a node, which asserts nothing about the world. A profile expresses
the same claims differently, keeps their IRIs, and lists what it cannot express
(:attr:`Profile.limits`).
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Final

from kg.errors import OutputError
from kg.publish.profiles.base import Profile, select_claims

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.store.local import Graph

__all__ = ["PROFILE_NAMES", "Profile", "export", "profile"]

# Profile names and their modules, which are imported on first use.
_MODULES: Final = {
    "nanopub": "nanopublications",
    "schema": "schema_claims",
    "rdf12": "rdf12_reifiers",
    "flattened": "flattened",
}

#: The names of the profiles.
PROFILE_NAMES: Final = tuple(_MODULES)


def profile(name: str) -> Profile:
    """Return a profile by name.

    :raises OutputError: there is no such profile.
    """
    if name not in _MODULES:
        raise OutputError(f"there is no export profile {name!r}; use {', '.join(_MODULES)}")
    found = import_module(f"kg.publish.profiles.{_MODULES[name]}").PROFILE
    assert isinstance(found, Profile)
    return found


def export(
    graph: Graph,
    name: str,
    *,
    claims: Sequence[str] = (),
    article: str | None = None,
    reading: str | None = None,
    syntax: str | None = None,
) -> bytes:
    """Export claims of a graph in a profile; without a filter, all claims.

    The same claims give the same bytes.

    :param name: the profile: nanopub, schema, rdf12 or flattened.
    :param claims: claims by id, prefixed name or IRI.
    :param article: an article by slug, label or IRI.
    :param reading: a reading by prefixed name or IRI.
    :param syntax: one of the profile's formats; default the first.
    :raises OutputError: there is no such profile, or it has no such format.
    :raises ParameterError: there is no such claim, article or reading.
    :raises QueryError: no claim matches.
    """
    found = profile(name)
    syntax = syntax or found.formats[0]
    if syntax not in found.formats:
        raise OutputError(
            f"the profile {name!r} cannot be written as {syntax!r}; use {', '.join(found.formats)}"
        )
    selected = select_claims(graph, claims=claims, article=article, reading=reading)
    return found.write(graph, selected, syntax)
