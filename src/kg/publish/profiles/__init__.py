"""Export profiles: claims as other communities write claims.

Our graph keeps a claim as a node of its own, which says nothing about the world. A profile writes
the same claims another way, each with the claim's IRI unchanged, and lists what that way cannot
say (:attr:`Profile.limits`).
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

# A profile's name and its module, which is imported only when it is used.
_MODULES: Final = {
    "nanopub": "nanopublications",
    "schema": "schema_claims",
    "rdf12": "rdf12_reifiers",
    "flattened": "flattened",
}

#: The names of the profiles.
PROFILE_NAMES: Final = tuple(_MODULES)


def profile(name: str) -> Profile:
    """Return a profile by its name.

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
    :raises QueryError: no claim passes.
    """
    found = profile(name)
    syntax = syntax or found.formats[0]
    if syntax not in found.formats:
        raise OutputError(
            f"the profile {name!r} cannot be written as {syntax!r}; use {', '.join(found.formats)}"
        )
    selected = select_claims(graph, claims=claims, article=article, reading=reading)
    return found.write(graph, selected, syntax)
