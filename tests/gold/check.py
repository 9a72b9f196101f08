"""What the gold files must fulfil, and how often each phenomenon stands in them.

``python tests/gold/check.py`` prints the faults, if any, and the number of items for each tag.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from kg.edtf_dates import corners
from kg.errors import DateError
from kg.spans import Span, find_all

__all__ = ["CURRENCIES", "HALVES", "PHENOMENA", "UNITS", "Half", "faults", "load_half", "tag_table"]

HERE: Final = Path(__file__).parent
HALVES: Final = ("dev", "held_out")
LEAST: Final = {"ar": 100, "en": 20}
LEAST_OF_A_TAG: Final = 2

UNITS: Final = frozenset(
    "person family weapon group item percent percentage-point kilometre metre hectare "
    "square-kilometre tonne kilogram barrel litre cubic-metre megawatt degree second minute hour "
    "day week month year point times".split()
)
CURRENCIES: Final = frozenset(
    "usd eur gbp chf sar aed kwd bhd omr qar iqd jod lbp syp egp sdg lyd tnd dzd mad yer try "
    "irr".split()
)
_CODES: Final = {
    "comparator": set(
        "exactly at-least more-than at-most less-than most-of many large-amount".split()
    ),
    "kind": set("explicit relative anaphoric implied".split()),
    "stance": set(
        "certain probable possible certainly-not probably-not possibly-not certain-unknown "
        "unknown".split()
    ),
    "type": set("Person Organization Place PopulationGroup Event".split()),
}
_VAGUE: Final = {"most-of", "many", "large-amount"}

PHENOMENA: Final = tuple(
    # numbers and money
    """digits-latin digits-arabic number-words glued-number scale-alf scale-million scale-bilyon
    scale-trillion tanween dual fraction range range-shared-scale scale-ascending scale-descending
    thousands-separator maghreb-separator trap-separator percent change-two-values measure duration
    vague-amount money money-local about at-least more-than at-most less-than negated-comparator
    """
    # dates
    """months-gregorian months-levant months-maghreb months-hijri months-paired date-full
    date-numeric date-ordinal-words date-qualifier date-uncertain half-year quarter fiscal-year
    season weekday weekday-mismatch hijri feast bce decade-century interval open-interval
    date-relative date-relative-unresolved anaphoric event-time
    """
    # voices
    """voice-verb-subject voice-subject-verb voice-participle voice-noun voice-according-start
    voice-according-end voice-post voice-interrupted voice-switch voice-article-only
    quote-guillemets quote-straight quote-curly quote-nested quote-unclosed unnamed-source
    unnamed-passive joint-speakers chain-2 chain-3 chain-4 denial doubt allegation forecast warning
    admission demand continuation
    """
    # entities and claims
    """person organisation place populationgroup event-name nationality clitic unknown-name
    authority-entity negative stance-probable stance-possible stance-unknown claims-split
    claims-quantity-attachment
    """
    # traps
    """trap-name-number trap-article-number trap-year-number trap-phone trap-score trap-clock
    trap-date-in-name trap-homograph trap-qala dialect-typing diacritics tatweel bidi prose
    """.split()
)


@dataclass(frozen=True, slots=True)
class Half:
    """One half of the set: its name and its items, as the YAML has them."""

    name: str
    items: tuple[Mapping[str, Any], ...]


def load_half(name: str) -> Half:
    """Load all files of a half, in the order of their names."""
    items: list[Mapping[str, Any]] = []
    for path in sorted((HERE / name).glob("*.yaml")):
        items += yaml.safe_load(path.read_text(encoding="utf-8"))
    return Half(name, tuple(items))


def _span(text: str, quote: object) -> Span | None:
    """Return the one place of a quote; ``None`` where it is not as the file says."""
    if isinstance(quote, str):
        hits = find_all(text, quote)
        return hits[0] if len(hits) == 1 else None
    if isinstance(quote, Mapping) and set(quote) == {"exact", "nth"}:
        hits = find_all(text, quote["exact"])
        return hits[quote["nth"] - 1] if len(hits) > 1 and 1 <= quote["nth"] <= len(hits) else None
    return None


def _key(quote: object) -> str:
    return repr(quote)


def _quotes(item: Mapping[str, Any]) -> Iterator[object]:
    for kind in ("dates", "quantities", "claims", "mentions"):
        yield from (entry["quote"] for entry in item[kind])
    yield from item["cues"]
    yield from (voice["cue"] for voice in item["voices"] if "cue" in voice)


def _date_faults(item: Mapping[str, Any]) -> Iterator[str]:
    strings = [entry["edtf"] for entry in item["dates"] if "edtf" in entry]
    for string in strings + ([item["article-date"]] if "article-date" in item else []):
        try:
            corners(string)
        except DateError as error:
            yield str(error)
    for entry in item["dates"]:
        if "edtf" not in entry and entry["kind"] == "explicit":
            yield f"an explicit date without edtf: {entry['quote']}"


def _quantity_faults(item: Mapping[str, Any]) -> Iterator[str]:
    for entry in item["quantities"]:
        if entry["unit"] not in UNITS | CURRENCIES:
            yield f"unknown unit {entry['unit']!r}"
        numbers = set(entry) & {"value", "lower", "upper"}
        vague = entry["comparator"] in _VAGUE
        if numbers not in ([set()] if vague else [{"value"}, {"lower", "upper"}]):
            yield f"{entry['quote']}: {sorted(numbers)} with {entry['comparator']}"
        if numbers == {"lower", "upper"} and not entry["lower"] < entry["upper"]:
            yield f"{entry['quote']}: lower is not below upper"


def _voice_faults(item: Mapping[str, Any]) -> Iterator[str]:
    text = item["text"]
    if item["voices"][0] != {"id": "article", "speaker": "article"}:
        yield "the first voice is not the article's"
    known = {"article"}
    for voice in item["voices"][1:]:
        if voice["in"] not in known or voice["id"] in known:
            yield f"voice {voice['id']} is not rooted, or stands twice"
        known.add(voice["id"])
        if voice["speaker"] != "unnamed" and _span(text, voice["speaker"]) is None:
            yield f"speaker {voice['speaker']!r} is not found as said"
    if sorted(map(_key, item["cues"])) != sorted(_key(v["cue"]) for v in item["voices"][1:]):
        yield "cues and the voices' cues are not the same"
    yield from (f"unknown voice {c['voice']}" for c in item["claims"] if c["voice"] not in known)


def _claim_faults(item: Mapping[str, Any]) -> Iterator[str]:
    listed = {kind: [_key(e["quote"]) for e in item[kind]] for kind in ("quantities", "dates")}
    for claim in item["claims"]:
        negative = claim["stance"].endswith("-not")
        if claim["polarity"] != ("negative" if negative else "positive"):
            yield f"{claim['quote']}: {claim['polarity']} with {claim['stance']}"
        for field, kind in (("quantity", "quantities"), ("date", "dates")):
            if field in claim and _key(claim[field]) not in listed[kind]:
                yield f"{claim['quote']}: its {field} is not listed"
    kinds = [(_key(c["quote"]), c["voice"], _key(c.get("quantity"))) for c in item["claims"]]
    if len(set(kinds)) != len(kinds):
        yield "a claim stands twice"


def _item_faults(item: Mapping[str, Any], entities: frozenset[str]) -> Iterator[str]:
    for quote in _quotes(item):
        if _span(item["text"], quote) is None:
            yield f"{quote!r} is not found as said"
    for field, known in _CODES.items():
        for kind in ("dates", "quantities", "claims", "mentions"):
            for entry in item[kind]:
                if field in entry and entry[field] not in known:
                    yield f"unknown {field} {entry[field]!r}"
    for entry in item["mentions"]:
        if "entity" in entry and entry["entity"] not in entities:
            yield f"{entry['entity']!r} is not in the authority files"
    yield from (f"unknown tag {tag!r}" for tag in item["tags"] if tag not in PHENOMENA)
    yield from _date_faults(item)
    yield from _quantity_faults(item)
    yield from _voice_faults(item)
    yield from _claim_faults(item)


def faults(halves: tuple[Half, ...], entities: frozenset[str]) -> list[str]:
    """Return what is wrong with the files, one line each; an empty list where nothing is.

    :param entities: the ids of the authority files.
    """
    found = []
    ids = Counter(item["id"] for half in halves for item in half.items)
    found += [f"{name}: the id stands {n} times" for name, n in ids.items() if n > 1]
    texts = Counter(item["text"] for half in halves for item in half.items)
    found += [f"the text stands {n} times: {text}" for text, n in texts.items() if n > 1]
    for half in halves:
        for item in half.items:
            found += [
                f"{half.name} {item['id']}: {fault}" for fault in _item_faults(item, entities)
            ]
        languages = Counter(item["language"] for item in half.items)
        found += [
            f"{half.name}: {languages[code]} items in {code}, expected at least {least}"
            for code, least in LEAST.items()
            if languages[code] < least
        ]
        tags = Counter(tag for item in half.items for tag in item["tags"])
        found += [
            f"{half.name}: {tags[tag]} items with {tag}, expected at least {LEAST_OF_A_TAG}"
            for tag in PHENOMENA
            if tags[tag] < LEAST_OF_A_TAG
        ]
    return found


def tag_table(halves: tuple[Half, ...]) -> str:
    """Return the number of items for each tag, a column for each half."""
    counts = [Counter(tag for item in half.items for tag in item["tags"]) for half in halves]
    head = f"{'tag':30}" + "".join(f"{half.name:>10}" for half in halves)
    rows = [f"{tag:30}" + "".join(f"{c[tag]:10}" for c in counts) for tag in PHENOMENA]
    sums = []
    for kind in ("items", "dates", "quantities", "cues", "claims", "mentions"):
        sizes = [
            len(half.items) if kind == "items" else sum(len(item[kind]) for item in half.items)
            for half in halves
        ]
        sums.append(f"{'all ' + kind:30}" + "".join(f"{size:10}" for size in sizes))
    return "\n".join([head, *rows, *sums])


def authority_ids() -> frozenset[str]:
    """Return the ids of the entities in the project's authority files."""
    import rdflib

    graph = rdflib.Graph()
    for path in sorted((HERE.parents[1] / "graph" / "authority").glob("*.ttl")):
        graph.parse(path)
    return frozenset(str(node).rsplit("/", 1)[1] for node in set(graph.subjects()))


if __name__ == "__main__":
    loaded = tuple(load_half(name) for name in HALVES)
    wrong = faults(loaded, authority_ids())
    print("\n".join([*wrong, tag_table(loaded)]))
    raise SystemExit(1 if wrong else 0)
