"""The boards: what all articles say, by question, by date and by voice."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Final

from kg.display.answers import measures
from kg.display.claims import ClaimBook
from kg.display.disputes import disputes
from kg.display.relays import relays, speakers, spoken_by
from kg.display.timeline import timeline
from kg.rdf.iris import ID
from kg.web.pages.content import page
from kg.web.pages.links import links_of
from kg.web.pages.relay_drawing import relay_drawing
from kg.web.refusal import RequestRefused
from kg.wording import wording

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from kg.display.claims import Claim
    from kg.store.local import Graph
    from kg.web.pages.content import Content
    from kg.web.site import Site
    from kg.wording import Language

__all__ = ["BOARDS", "board_page"]


def _how_many(
    book: ClaimBook, claims: Sequence[Claim], given: Mapping[str, str], language: Language
) -> dict[str, Any]:
    every = measures(book, claims, language)
    chosen = given.get("measure", "")
    return {
        "found": [one for one in every if chosen in {"", one.name.code}],
        "all_measures": list(dict.fromkeys(one.name for one in every)),
        "chosen": chosen,
        "search": f"measure={chosen}" if chosen else "",
    }


def _contradictions(
    book: ClaimBook, claims: Sequence[Claim], given: Mapping[str, str], language: Language
) -> dict[str, Any]:
    del given, language
    return {"found": disputes(book, claims)}


def _timeline(
    book: ClaimBook, claims: Sequence[Claim], given: Mapping[str, str], language: Language
) -> dict[str, Any]:
    del given, language
    found = timeline(book, claims)
    return {"found": found, "years": found.years}


def _voices(
    book: ClaimBook, claims: Sequence[Claim], given: Mapping[str, str], language: Language
) -> dict[str, Any]:
    del book, given
    found = relays(claims)
    return {"found": found, "drawing": relay_drawing(found, language)}


def _speakers(
    book: ClaimBook, claims: Sequence[Claim], given: Mapping[str, str], language: Language
) -> dict[str, Any]:
    chosen = given.get("speaker", "")
    iri = f"{ID}{chosen}"
    groups, relayed = spoken_by(claims, iri) if chosen else ([], [])
    return {
        "speaker": book.facts.name(iri) if chosen else None,
        "groups": groups,
        "relayed": relayed,
        "found": speakers(claims, language),
        "id_base": ID,
        "search": f"speaker={chosen}" if chosen else "",
    }


_GATHERED: Final[
    Mapping[
        str,
        tuple[
            str,
            Callable[[ClaimBook, Sequence[Claim], Mapping[str, str], Language], dict[str, Any]],
        ],
    ]
] = {
    "how-many": ("how_many", _how_many),
    "contradictions": ("contradictions", _contradictions),
    "timeline": ("timeline", _timeline),
    "voices": ("relays", _voices),
    "speakers": ("speakers", _speakers),
}
#: The boards by the last part of their paths.
BOARDS: Final = tuple(_GATHERED)


def board_page(
    graph: Graph,
    site: Site,
    name: str,
    parameters: Sequence[tuple[str, str]],
    language: Language,
) -> Content:
    """Return a board.

    :raises RequestRefused: there is no such board.
    """
    if name not in _GATHERED:
        raise RequestRefused(
            HTTPStatus.NOT_FOUND,
            f"/boards/{name}: no such board; there are {', '.join(BOARDS)}",
        )
    book = ClaimBook(graph)
    template, gather = _GATHERED[name]
    return page(
        template,
        site,
        language,
        name=name,
        boards=BOARDS,
        a=wording("web.article", language),
        b=wording("web.boards", language),
        **links_of(site, book, language),
        **gather(book, book.all(), dict(parameters), language),
    )
