"""Every Arabic string that a user meets, with its English; as a script, a sample to be read.

``python tests/support/arabic_strings.py --seed 3 --count 80`` prints a sample for an editor, drawn
from kinds in proportion to their size; ``--all`` prints everything.
"""

from __future__ import annotations

import argparse
import random
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml
from examples import ROOT
from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from kg.sparql.rq_file import read_rq

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Words", "every_string"]


@dataclass(frozen=True, slots=True)
class Words:
    """A string in both languages, empty where one is missing, and where it stands."""

    kind: str
    place: str
    en: str
    ar: str


def _literals(path: Path) -> Iterator[Words]:
    """Yield the labels, definitions, notes and messages of a Turtle file, paired by order."""
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for quad in parse(path.read_bytes(), RdfFormat.TURTLE):
        node, value = quad.subject, quad.object
        if isinstance(value, Literal) and value.language in {"en", "ar"}:
            name = node.value if isinstance(node, NamedNode) else str(node)
            pair = found.setdefault((name, quad.predicate.value), {"en": [], "ar": []})
            pair[value.language].append(value.value)
    for (node, predicate), pair in found.items():
        english, arabic = pair["en"], pair["ar"]
        for number in range(max(len(english), len(arabic))):
            yield Words(
                path.parent.name if path.parent.name != "ontology" else path.stem,
                f"{path.relative_to(ROOT)} {node} {predicate}",
                english[number] if number < len(english) else "",
                arabic[number] if number < len(arabic) else "",
            )


def _in_header(value: object, place: str) -> Iterator[Words]:
    """Yield the texts at any depth of a header; a text in one language alone is English."""
    if not isinstance(value, dict):
        return
    for key, inner in value.items():
        if isinstance(inner, dict) and {"en", "ar"} & set(inner):
            yield Words("queries", f"{place} {key}", inner.get("en", ""), inner.get("ar", ""))
        elif isinstance(inner, str) and key in {"title", "description"}:
            yield Words("queries", f"{place} {key}", inner, "")
        else:
            yield from _in_header(inner, f"{place} {key}")


def _header(path: Path) -> Iterator[Words]:
    yield from _in_header(read_rq(path)[1], str(path.relative_to(ROOT)))


def _flat(entries: dict[str, object], section: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in entries.items():
        name = f"{section}.{key}" if section else key
        found |= _flat(value, name) if isinstance(value, dict) else {name: str(value)}
    return found


def _catalogue() -> Iterator[Words]:
    wording = ROOT / "src" / "kg" / "wording"
    english, arabic = (
        _flat(tomllib.loads((wording / f"{language}.toml").read_text(encoding="utf-8")))
        for language in ("en", "ar")
    )
    plural = {"zero", "one", "two", "few", "many", "other"}
    for key in english | arabic:
        stem, _, form = key.rpartition(".")
        other = english.get(key) or (english.get(f"{stem}.other", "") if form in plural else "")
        yield Words("wording", f"wording {key}", other, arabic.get(key, ""))


def _articles() -> Iterator[Words]:
    folders = [ROOT / "graph" / "articles", *sorted((ROOT / "examples").rglob("articles"))]
    for path in sorted(path for one in folders for path in one.glob("*/article.yaml")):
        for key, value in yaml.safe_load(path.read_text(encoding="utf-8")).items():
            if isinstance(value, dict) and "ar" in value:
                place = f"{path.relative_to(ROOT)} {key}"
                yield Words("articles", place, value.get("en", ""), value["ar"])
    for path in sorted(path for one in folders for path in one.glob("*/readings/curated.yaml")):
        reading = yaml.safe_load(path.read_text(encoding="utf-8"))
        place = str(path.relative_to(ROOT))
        for name, entity in (reading.get("entities") or {}).items():
            label = entity.get("label") or {}
            yield Words("readings", f"{place} {name}", label.get("en", ""), label.get("ar", ""))
        for claim in reading.get("claims") or ():
            yield Words(
                "readings",
                f"{place} {claim['id']}",
                claim.get("gloss", ""),
                claim.get("gloss-ar", ""),
            )


def every_string() -> tuple[Words, ...]:
    """Return all strings, the Arabic of which may be missing."""
    found: list[Words] = []
    turtle = [*(ROOT / "ontology").glob("*.ttl"), *(ROOT / "graph" / "authority").glob("*.ttl")]
    turtle += (ROOT / "examples").rglob("authority/*.ttl")
    turtle += (ROOT / "ontology").glob("vocab/*.ttl")
    turtle += (ROOT / "ontology").glob("shapes/*.ttl")
    for path in sorted(turtle):
        found += _literals(path)
    for path in sorted((ROOT / "queries").rglob("*.rq")):
        found += _header(path)
    found += _catalogue()
    found += _articles()
    return tuple(found)


def _sample(strings: list[Words], seed: int, count: int) -> list[Words]:
    return random.Random(seed).sample(strings, count)  # noqa: S311 - a sample, no secret


def _main() -> None:
    parser = argparse.ArgumentParser(description="Draw Arabic strings for an editor to read.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=80)
    parser.add_argument("--all", action="store_true", help="print everything")
    given = parser.parse_args()
    strings = [one for one in every_string() if one.ar]
    drawn = strings if given.all else _sample(strings, given.seed, given.count)
    for one in drawn:
        print(f"{one.place}\n    {one.en}\n    {one.ar}")


if __name__ == "__main__":
    _main()
