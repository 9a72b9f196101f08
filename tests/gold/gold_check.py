"""What the gold files must fulfil, and how often each phenomenon stands in them.

``python tests/gold/gold_check.py`` prints the faults, if any, and the number of items for each tag.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import yaml

from kg.edtf import corners
from kg.errors import DateError
from kg.files.shipped import graph_dir, ontology_dir
from kg.knowledge.authority import load_authority
from kg.knowledge.ontology import load_ontology
from kg.text.spans import Span, find_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

__all__ = [
    "HALVES",
    "Half",
    "Known",
    "item_faults",
    "known",
    "load_half",
    "set_faults",
    "tag_table",
]

HERE: Final = Path(__file__).parent
HALVES: Final = ("dev", "held_out")
LISTS: Final = ("dates", "quantities", "claims", "mentions")
LEAST: Final = {"ar": 100, "en": 20}
LEAST_OF_A_TAG: Final = 2
_VAGUE: Final = frozenset({"most-of", "many", "large-amount"})


@dataclass(frozen=True, slots=True)
class Half:
    """One half of the set: its name and its items, as the YAML has them."""

    name: str
    items: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Known:
    """The codes that the fields of an entry may have, the entities and the tags."""

    codes: Mapping[str, frozenset[str]]
    entities: frozenset[str]
    tags: tuple[str, ...]


def known() -> Known:
    """Return the codes of ``codes.yaml`` and of the project's vocabularies and authority files."""
    own = yaml.safe_load((HERE / "codes.yaml").read_text(encoding="utf-8"))
    ontology = load_ontology(ontology_dir())
    authority = load_authority(graph_dir() / "authority", ontology)
    schemes = {
        "comparator": "comparator",
        "kind": "date-status",
        "stance": "stance",
        "polarity": "polarity",
    }
    codes = {field: frozenset(ontology.codes[scheme]) for field, scheme in schemes.items()}
    codes["unit"] = frozenset(own["units"] + own["currencies"])
    codes["type"] = frozenset(own["mention-types"])
    tags = tuple(tag for group in own["tags"].values() for tag in group)
    return Known(codes, frozenset(authority.entities), tags)


def load_half(name: str) -> Half:
    """Load all files of a half, in the order of their names."""
    items: list[Mapping[str, Any]] = []
    for path in sorted((HERE / name).glob("*.yaml")):
        items += yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return Half(name, tuple(items))


def _span(text: str, quote: object) -> Span | None:
    """Return the one place of a quote; ``None`` where it is not as the file says."""
    if isinstance(quote, str):
        hits = find_all(text, quote)
        return hits[0] if len(hits) == 1 else None
    if isinstance(quote, dict) and set(quote) == {"exact", "nth"}:
        hits = find_all(text, quote["exact"])
        return hits[quote["nth"] - 1] if len(hits) > 1 and 1 <= quote["nth"] <= len(hits) else None
    return None


def _quotes(item: Mapping[str, Any]) -> Iterator[object]:
    for kind in LISTS:
        yield from (entry["quote"] for entry in item[kind])
    yield from item["cues"]
    for voice in item["voices"][1:]:
        speakers = voice["speaker"] if isinstance(voice["speaker"], list) else [voice["speaker"]]
        yield from (speaker for speaker in speakers if speaker != "unnamed")


@cache
def _edtf_fault(edtf: str) -> str | None:
    try:
        corners(edtf)
    except DateError as error:
        return str(error)
    return None


def _date_faults(item: Mapping[str, Any]) -> Iterator[str]:
    strings = [entry["edtf"] for entry in item["dates"] if "edtf" in entry]
    for string in strings + ([item["article-date"]] if "article-date" in item else []):
        fault = _edtf_fault(string)
        if fault:
            yield fault
    for entry in item["dates"]:
        if "edtf" not in entry and entry["kind"] == "explicit":
            yield f"an explicit date without edtf: {entry['quote']}"


def _quantity_faults(item: Mapping[str, Any]) -> Iterator[str]:
    for entry in item["quantities"]:
        numbers = set(entry) & {"value", "lower", "upper"}
        allowed = [set()] if entry["comparator"] in _VAGUE else [{"value"}, {"lower", "upper"}]
        if numbers not in allowed:
            yield f"{entry['quote']}: {sorted(numbers)} with {entry['comparator']}"
        if numbers == {"lower", "upper"} and not entry["lower"] < entry["upper"]:
            yield f"{entry['quote']}: lower is not below upper"


def _voice_faults(item: Mapping[str, Any]) -> Iterator[str]:
    if item["voices"][0] != {"id": "article", "speaker": "article"}:
        yield "the first voice is not the article's"
    rooted = {"article"}
    for voice in item["voices"][1:]:
        if voice["in"] not in rooted or voice["id"] in rooted:
            yield f"voice {voice['id']} is not rooted, or stands twice"
        rooted.add(voice["id"])
    if Counter(map(repr, item["cues"])) != Counter(repr(v["cue"]) for v in item["voices"][1:]):
        yield "cues and the voices' cues are not the same"
    yield from (f"unknown voice {c['voice']}" for c in item["claims"] if c["voice"] not in rooted)


def _claim_faults(item: Mapping[str, Any]) -> Iterator[str]:
    for claim in item["claims"]:
        negative = claim["stance"].endswith("-not")
        if claim["polarity"] != ("negative" if negative else "positive"):
            yield f"{claim['quote']}: {claim['polarity']} with {claim['stance']}"
        for field, kind in (("quantity", "quantities"), ("date", "dates")):
            if field in claim and claim[field] not in [entry["quote"] for entry in item[kind]]:
                yield f"{claim['quote']}: its {field} is not listed"
    keys = Counter(repr((c["quote"], c["voice"], c.get("quantity"))) for c in item["claims"])
    yield from (f"a claim stands {n} times: {key}" for key, n in keys.items() if n > 1)


def item_faults(item: Mapping[str, Any], known: Known) -> list[str]:
    """Return what is wrong with one item, a line each; an empty list where nothing is."""
    found = [
        f"{quote!r} is not found as said"
        for quote in _quotes(item)
        if _span(item["text"], quote) is None
    ]
    for entry in (entry for kind in LISTS for entry in item[kind]):
        found += [
            f"unknown {field} {entry[field]!r}"
            for field, codes in known.codes.items()
            if field in entry and entry[field] not in codes
        ]
        if "entity" in entry and entry["entity"] not in known.entities:
            found.append(f"{entry['entity']!r} is not in the authority files")
    found += [f"unknown tag {tag!r}" for tag in item["tags"] if tag not in known.tags]
    found += _date_faults(item)
    found += _quantity_faults(item)
    found += _voice_faults(item)
    return found + list(_claim_faults(item))


def set_faults(halves: Sequence[Half], known: Known) -> list[str]:
    """Return what is wrong with the set as a whole: ids, texts, sizes, phenomena."""
    found = []
    for field in ("id", "text"):
        counts = Counter(item[field] for half in halves for item in half.items)
        found += [f"the {field} stands {n} times: {key}" for key, n in counts.items() if n > 1]
    for half in halves:
        languages = Counter(item["language"] for item in half.items)
        tags = Counter(tag for item in half.items for tag in item["tags"])
        wanted = [(languages, code, least) for code, least in LEAST.items()]
        wanted += [(tags, tag, LEAST_OF_A_TAG) for tag in known.tags]
        found += [
            f"{half.name}: {counts[key]} items of {key}, expected at least {least}"
            for counts, key, least in wanted
            if counts[key] < least
        ]
    return found


def tag_table(halves: Sequence[Half], known: Known) -> str:
    """Return the number of items for each tag and of entries in each list, by halves."""

    def row(name: str, cells: Iterable[object]) -> str:
        return f"{name:30}" + "".join(f"{cell!s:>10}" for cell in cells)

    rows = [row("", (half.name for half in halves))]
    rows += [
        row(tag, (sum(tag in item["tags"] for item in half.items) for half in halves))
        for tag in known.tags
    ]
    rows += [
        row(f"all {kind}", (sum(len(item[kind]) for item in half.items) for half in halves))
        for kind in (*LISTS, "cues")
    ]
    return "\n".join([*rows, row("all items", (len(half.items) for half in halves))])


if __name__ == "__main__":
    everything, codes = tuple(load_half(name) for name in HALVES), known()
    wrong = set_faults(everything, codes)
    for half in everything:
        for item in half.items:
            wrong += [f"{half.name} {item['id']}: {fault}" for fault in item_faults(item, codes)]
    print("\n".join([*wrong, tag_table(everything, codes)]))
    raise SystemExit(1 if wrong else 0)
