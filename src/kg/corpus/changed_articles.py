"""The survey: one pass over the sources that finds all articles and which of them are new."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING

from kg.corpus.part import Wanted
from kg.corpus.record import Record, Refused
from kg.corpus.sources import records
from kg.corpus.stage import write_staged
from kg.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from kg.corpus.home import CorpusHome
    from kg.corpus.stage import Staged

__all__ = ["Survey", "survey"]


@dataclass(frozen=True, slots=True)
class Survey:
    """The articles of the sources by slug, their locations, and the rejected records."""

    articles: Mapping[str, Wanted]
    places: Mapping[str, str]
    refused: tuple[Refused, ...]


def survey(
    home: CorpusHome,
    known: Mapping[str, str],
    stage: IO[bytes],
    seen: Callable[[int], None] = lambda _: None,
) -> Survey:
    """Go through the sources, and put new and changed articles on the stage.

    If several records have the same id, the first is used and the others are refused.

    :param known: the parts that articles are in, by the fingerprints of these.
    :param seen: called with the number of records seen so far.
    :raises CorpusError: a source is missing, of an unknown kind, or empty.
    :raises OSError: the stage cannot be written.
    """
    articles: dict[str, Wanted] = {}
    described: dict[str, _Described] = {}
    places: dict[str, str] = {}
    refused: list[Refused] = []
    for number, record in enumerate(_records(home), 1):
        seen(number)
        if isinstance(record, Refused):
            refused.append(record)
            continue
        slug = record.slug
        if (first := places.get(slug)) is not None:
            reason = (
                f"the id {record.id!r} is already used by {first}: give each article its own id"
            )
            refused.append(Refused(record.id, record.place, reason))
            continue
        places[slug] = record.place
        fingerprint = record.fingerprint()
        if record.described is not None or record.readings:
            place = write_staged(stage, record)
            described[slug] = _Described(fingerprint, place, _named_text(record))
        elif (part := known.get(fingerprint)) is not None:
            articles[slug] = Wanted(slug, fingerprint, kept_in=part)
        else:
            articles[slug] = Wanted(slug, fingerprint, staged=write_staged(stage, record))
    articles |= {slug: _with_works(slug, described, known) for slug in described}
    if not articles:
        raise CorpusError(_nothing(home, refused))
    return Survey(articles, places, tuple(refused))


@dataclass(frozen=True, slots=True)
class _Described:
    """An article described or read by people, and what in it may name other such articles."""

    fingerprint: str
    staged: Staged
    text: bytes


def _named_text(record: Record) -> bytes:
    described = json.dumps(record.described, ensure_ascii=False).encode()
    return b"\n".join((described, *record.readings.values()))


def _with_works(slug: str, described: Mapping[str, _Described], known: Mapping[str, str]) -> Wanted:
    """Return an article with the articles that it may name, and those that these name.

    Its fingerprint depends on them, because it includes their labels.
    """
    named: set[str] = set()
    waiting = [slug]
    while waiting:
        text = described[waiting.pop()].text
        new = {one for one in described if one.encode() in text} - named - {slug}
        named |= new
        waiting += new
    own = described[slug]
    told = "\n".join((own.fingerprint, *(described[one].fingerprint for one in sorted(named))))
    fingerprint = hashlib.sha256(told.encode()).hexdigest()
    if (part := known.get(fingerprint)) is not None:
        return Wanted(slug, fingerprint, kept_in=part)
    works = tuple(described[one].staged for one in sorted(named))
    return Wanted(slug, fingerprint, staged=own.staged, works=works)


def _records(home: CorpusHome) -> Iterator[Record | Refused]:
    for source in home.sources:
        for record in records(Path(source.path), source.columns):
            if isinstance(record, Record) and (own := home.readings_of(record.slug)):
                yield replace(record, readings={**record.readings, **own})
            else:
                yield record


def _nothing(home: CorpusHome, refused: list[Refused]) -> str:
    sources = ", ".join(one.path for one in home.sources)
    if refused:
        return (
            f"{sources}: none of the {len(refused)} records can be read; the first, "
            f"{refused[0].place}: {refused[0].reason}"
        )
    return f"{sources}: contains no articles; pass files or folders with articles"
