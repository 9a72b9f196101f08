"""The gold sentences of ``tests/gold``: read from YAML, and compared with what a reader finds.

``tests/gold/README.md`` says what an item looks like and how it is annotated.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from kg.compare.compare import Comparison, compare
from kg.compare.findings import (
    Findings,
    FoundClaim,
    FoundCue,
    FoundDate,
    FoundMention,
    FoundQuantity,
    FoundVoice,
    KnownEntities,
    Speaker,
    known_entities,
    name_words,
)
from kg.compare.findings_of_reading import find_all_of
from kg.compare.matching import Place, place_of
from kg.files import shipped
from kg.knowledge.authority import Authority, load_authority
from kg.knowledge.ontology import Ontology, load_ontology
from kg.reading.draft import as_file
from kg.text.article import Article, ArticleMetadata
from kg.text.spans import find_all

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.reading.model import Reading

GOLD = Path(__file__).resolve().parent
SPLITS = ("dev", "held_out", "articles")


class GoldError(AssertionError):
    """An item of the gold set is malformed: the item, the value and what is wrong."""


@dataclass(frozen=True)
class GoldItem:
    """One item: its text and, as plain data, what a careful reader finds in it."""

    id: str
    language: str
    text: str
    article_date: str | None
    tags: tuple[str, ...]
    data: dict[str, Any]
    path: Path

    def article(self) -> Article:
        """Return the text as an article, published on the item's date."""
        both = {"en": self.id, "ar": self.id}
        sha256 = hashlib.sha256(self.text.encode()).hexdigest()
        metadata = ArticleMetadata.model_validate(
            {
                "text": "text.txt", "sha256": sha256, "language": self.language,
                "label": both, "rights": both, "published": self.article_date,
            }
        )  # fmt: skip
        return Article(self.id, self.text, sha256, metadata)

    def place(self, quote: str | dict[str, Any]) -> Place:
        """Return the place of a quote.

        :raises GoldError: it stands nowhere, or several times without ``nth``.
        """
        wanted = {"exact": quote} if isinstance(quote, str) else quote
        exact, nth = wanted["exact"], wanted.get("nth")
        hits = find_all(self.text, exact)
        if (nth is None and len(hits) != 1) or (nth is not None and not 1 <= nth <= len(hits)):
            raise GoldError(f"{self.path.name}: {self.id}: {quote!r} stands {len(hits)} times")
        return place_of(self.text, [hits[(nth or 1) - 1]])

    def findings(self, known: KnownEntities) -> Findings:
        """Return the item as findings, to be compared with those of a reading."""
        data = self.data
        dates = {_key(one["quote"]): self._date(one) for one in data["dates"]}
        quantities = {_key(one["quote"]): self._quantity(one, known) for one in data["quantities"]}
        claims = [
            FoundClaim(
                self.place(one["quote"]),
                self._chain(one["voice"]),
                one["polarity"],
                one["stance"],
                quantities[_key(one["quantity"])] if "quantity" in one else None,
                dates[_key(one["date"])] if "date" in one else None,
            )
            for one in data["claims"]
            if one.get("kind") != "speech-act"
        ]
        return Findings(
            self.text,
            tuple(dates.values()),
            tuple(quantities.values()),
            tuple(FoundCue(self.place(one)) for one in data["cues"]),
            tuple(claims),
            tuple(self._mention(one, known) for one in data["mentions"]),
        )

    def _date(self, one: dict[str, Any]) -> FoundDate:
        edtf = frozenset({str(one["edtf"])} if "edtf" in one else ())
        return FoundDate(self.place(one["quote"]), edtf, one["kind"])

    def _quantity(self, one: dict[str, Any], known: KnownEntities) -> FoundQuantity:
        value, lower, upper = (
            None if one.get(name) is None else Decimal(str(one[name]))
            for name in ("value", "lower", "upper")
        )
        return FoundQuantity(
            self.place(one["quote"]), value, lower, upper,
            known.units.get(one["unit"], one["unit"]), one["comparator"], one["approximate"],
        )  # fmt: skip

    def _chain(self, voice: str | None) -> tuple[FoundVoice, ...]:
        voices = {one["id"]: one for one in self.data["voices"]}
        found = []
        while voice is not None:
            speakers = voices[voice]["speaker"]
            joint = speakers if isinstance(speakers, list) else [speakers]
            found.append(FoundVoice(tuple(map(_speaker, joint))))
            voice = voices[voice].get("in")
        return tuple(found)

    def _mention(self, one: dict[str, Any], known: KnownEntities) -> FoundMention:
        ids = frozenset({one["entity"]} if one.get("entity") else ())
        quote = one["quote"] if isinstance(one["quote"], str) else one["quote"]["exact"]
        return FoundMention(
            self.place(one["quote"]),
            known.coarse_type([one["type"]]),
            ids,
            frozenset({name_words(quote)}),
            quote,
        )


def _key(quote: str | dict[str, Any]) -> tuple[str, int | None]:
    return (quote, None) if isinstance(quote, str) else (quote["exact"], quote.get("nth"))


def _speaker(quote: str | dict[str, Any]) -> Speaker:
    words = quote if isinstance(quote, str) else quote["exact"]
    if words == "article":
        return Speaker(is_article=True, shown="the-article")
    if words == "unnamed":
        return Speaker(is_unnamed=True, shown="unnamed")
    return Speaker(names=frozenset({name_words(words)}), shown=words)


def load_gold(split: str, folder: Path = GOLD) -> tuple[GoldItem, ...]:
    """Return the items of a split (``dev``, ``held_out``, ``articles``), by file and order."""
    items = []
    for path in sorted((folder / split).glob("*.yaml")):
        # Dates stay texts, as in readings.
        for data in yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader):  # noqa: S506
            date = data.get("article-date")
            items.append(
                GoldItem(
                    data["id"], data["language"], data["text"], None if date is None else str(date),
                    tuple(data.get("tags", ())), data, path,
                )
            )  # fmt: skip
    return tuple(items)


class _Loader(yaml.SafeLoader):
    """YAML without timestamps."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True)
class GoldWorld:
    """The ontology and authority files that readers of the gold set may use."""

    ontology: Ontology
    authority: Authority
    known: KnownEntities

    @classmethod
    def load(cls) -> GoldWorld:
        ontology = load_ontology(shipped.ontology_dir())
        authority = load_authority(shipped.graph_dir() / "authority", ontology)
        return cls(ontology, authority, known_entities(authority, ontology))


def score_reading(item: GoldItem, reading: Reading, world: GoldWorld) -> Comparison:
    """Compare a reading of an item's article with the item.

    The gold sentences have mentions by name only, so those of unnamed actors do not count.
    """
    found = find_all_of(as_file(reading, "reading"), item.article(), world.known)
    named = tuple(one for one in found.mentions if one.type != "Actor")
    return compare(item.findings(world.known), replace(found, mentions=named))


def score_reader(
    items: tuple[GoldItem, ...], read: Callable[[Article], Reading], world: GoldWorld
) -> dict[str, Comparison]:
    """Let a reader read every item; return the comparisons by the items' ids."""
    return {item.id: score_reading(item, read(item.article()), world) for item in items}
