"""A reading for the desk's page: JSON with texts in the language of the page."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING, Any, Final

from pyoxigraph import Store

from kg.display.articles import article_of
from kg.display.claims import ClaimBook, fragment_of
from kg.display.icicle import colour_numbers
from kg.display.segments import cut
from kg.html import render
from kg.rdf.iris import ReadingName
from kg.reading.coverage import coverage
from kg.reading.draft import plain_part
from kg.store.local import Graph
from kg.web.desk.form import ENTITY_FIELDS, claim_form, voice_form
from kg.web.desk.lookup import name_of
from kg.web.pages.links import links_of
from kg.wording import wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.desk.doubt import Doubt
    from kg.desk.live import LiveGraph
    from kg.desk.sitting import Seen, Sitting
    from kg.display.claims import Claim
    from kg.display.voices import Voice
    from kg.reading.grounded import GroundedClaim, GroundedReading
    from kg.text.spans import Span
    from kg.web.site import Site
    from kg.wording import Language

__all__ = ["difference", "reading_book", "reading_view"]

_OWN: Final = "own"


def reading_book(live: LiveGraph, seen: Seen) -> ClaimBook:
    """Return the claims of a reading, including undecided ones."""
    store = Store()
    store.extend(live.known.quads)
    store.extend(live.article_quads(seen.grounded.article.slug))
    store.extend(seen.quads)
    return ClaimBook(Graph(store))


def reading_view(
    live: LiveGraph,
    sitting: Sitting,
    seen: Seen,
    doubts: Mapping[str, Doubt],
    site: Site,
    language: Language,
) -> dict[str, Any]:
    """Return what the page needs to show a reading and change it."""
    book = reading_book(live, seen)
    reading = seen.grounded.reading
    name = ReadingName(seen.grounded.article.slug, seen.grounded.file.id)
    status = _statuses(seen.grounded)
    covered = coverage(seen.grounded.file, seen.grounded.article)
    decisions = reading.decisions
    text, colours = _text(book, seen.grounded, site, language)
    return {
        "sha256": seen.sha256,
        "file": sitting.path.name,
        "reader": reading.reader.name,
        "draft": decisions.draft if decisions else None,
        "counts": {
            kind: len(getattr(decisions, kind)) if decisions else 0
            for kind in ("open", "accepted", "changed", "rejected")
        },
        "undo": seen.undoable and {"does": seen.undoable.does, "what": seen.undoable.what},
        "coverage": {
            "letters": covered.letters,
            "covered": covered.covered,
            "unexplained": sum(gap.why is None for gap in covered.gaps),
        },
        "unread": [
            {"span": (span.start, span.end), "why": one.why} for span, one in seen.grounded.unread
        ],
        "text": text,
        "claims": [
            _claim(
                one,
                book.claim(name.member("claim", one.claim.id).value),
                status.get(one.claim.id, _OWN),
                doubts.get(one.claim.id),
                colours,
                language,
            )
            for one in seen.grounded.claims
        ],
        "voices": [
            {
                "id": key,
                "in": one.voice.in_,
                "who": _who(book.voices.voice(name.member("voice", key).value), language),
                "form": voice_form(one),
            }
            for key, one in seen.grounded.voices.items()
        ],
        "entities": {
            key: one.label["ar" if language == "ar" else "en"]
            for key, one in reading.entities.items()
        },
        "names": {
            key: name_of(live.known, reading, key, language) for key in _named(seen.grounded)
        },
    }


def _named(grounded: GroundedReading) -> list[str]:
    """Return the ids of the entities in the fields of claims and voices."""
    forms = (*map(claim_form, grounded.claims), *map(voice_form, grounded.voices.values()))
    values = (form[field] for form in forms for field in ENTITY_FIELDS if field in form)
    return sorted(
        {one for value in values for one in ([value] if isinstance(value, str) else value)}
    )


def _statuses(grounded: GroundedReading) -> dict[str, str]:
    decisions = grounded.reading.decisions
    if decisions is None:
        return {}
    return {
        claim: kind
        for kind in ("open", "accepted", "changed")
        for claim in getattr(decisions, kind)
    }


def _text(
    book: ClaimBook, grounded: GroundedReading, site: Site, language: Language
) -> tuple[str, Mapping[str, int]]:
    article = article_of(book.facts, grounded.article.slug)
    assert article is not None
    claims = book.of_article(article.iri)
    paragraphs = cut(grounded.article.text, claims)
    colours = colour_numbers(paragraphs)
    html = render(
        "web/desk_text.html",
        **links_of(site, book, language),
        a=wording("web.article", language),
        language=language,
        article=article,
        paragraphs=paragraphs,
        colours=colours,
        by_fragment={fragment_of(one.iri): one for one in claims},
        contradicted=frozenset(),
        opened="",
        all_cards=True,
    )
    return html, colours


def _spans(spans: tuple[Span, ...]) -> list[tuple[int, int]]:
    return [(span.start, span.end) for span in spans]


def _claim(
    one: GroundedClaim,
    shown: Claim,
    status: str,
    doubt: Doubt | None,
    colours: Mapping[str, int],
    language: Language,
) -> dict[str, Any]:
    answer = ""
    if shown.amount is not None:
        answer = shown.amount.in_words(language)
    elif shown.entities:
        answer = ", ".join(name.best(language) for name in shown.entities)
    times = [moment for moment in (shown.time, *shown.times) if moment is not None]
    return {
        "id": one.claim.id,
        "fragment": shown.fragment,
        "status": status,
        "spans": _spans(one.quotes),
        "surface": _spans((one.answer,)) if one.answer else [],
        "quote": shown.quote,
        "gloss": shown.gloss.best(language),
        "chain": [_link(voice, colours, language) for voice in shown.chain],
        "answer": answer,
        "truth": shown.truth,
        "times": [moment.edtf or moment.surface for moment in times],
        "stance": shown.stance.best(language) if shown.stance else "",
        "negative": one.claim.polarity == "negative",
        "kind": ", ".join(kind.best(language) for kind in shown.kinds),
        "question": shown.question.best(language) if shown.question else "",
        "ask": plain_part(one.claim.question),
        "confidence": shown.confidence,
        "notes": list(shown.notes),
        "doubt": doubt.score if doubt else 0,
        "reasons": [str(reason) for reason in doubt.reasons] if doubt else [],
        "others": list(doubt.others) if doubt else [],
        "form": claim_form(one),
    }


def _who(voice: Voice, language: Language) -> str:
    return ", ".join(name.best(language) for name in voice.who)


def _link(voice: Voice, colours: Mapping[str, int], language: Language) -> dict[str, Any]:
    return {
        "id": voice.id or voice.iri.rpartition("/")[2],
        "who": _who(voice, language),
        "act": voice.act.best(language) if voice.act else "",
        "colour": colours.get(voice.key),
        "inferred": voice.inferred,
        "marking": "" if voice.explicit or voice.marking is None else voice.marking.best(language),
        "confidence": voice.confidence,
        "said": voice.said.edtf if voice.said else "",
    }


def difference(seen: str | None, now: str) -> list[list[str]]:
    """Return what differs between two texts of a file, line by line: a sign and the line."""
    if seen is None:
        return [["?", line] for line in now.splitlines()]
    lines = difflib.unified_diff(seen.splitlines(), now.splitlines(), lineterm="", n=2)
    return [
        [" ", "…"] if line.startswith("@@") else [line[0], line[1:]]
        for line in lines
        if not line.startswith(("---", "+++"))
    ]
