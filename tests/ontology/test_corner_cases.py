"""Corner cases of news: what a short text says in a hard way, as a reading, as RDF, as an answer.

Each file of ``corner_cases/`` holds a text of our own, its reading, a question in SPARQL and the
rows expected, which were written by hand. What the model does not carry is in
``out-of-scope.yaml`` with the reason.
"""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from kg.graph.build import compile_graph
from kg.rdf.iris import local_name
from kg.shacl.validate import validate
from kg.sparql.results import Table
from kg.store.local import Graph

if TYPE_CHECKING:
    from pyoxigraph import Literal, NamedNode

FOLDER = Path(__file__).parent / "corner_cases"
OUT_OF_SCOPE = FOLDER / "out-of-scope.yaml"
FILES = sorted(set(FOLDER.glob("*.yaml")) - {OUT_OF_SCOPE})

#: The corner cases, each of which has a file or a line of ``out-of-scope.yaml``.
CORNER_CASES = {
    "reported question",
    "command, call, demand",
    "conditional",
    "counterfactual",
    "rhetorical question or denial",
    "denial",
    "joint speakers",
    "document as speaker",
    "plural, partly named",
    "number of the speakers",
    "spokesperson for a body",
    "retraction, correction",
    "translation",
    "quote within quote, partly verbatim",
    "voice known, cue split over two places",
    "article updated",
    "same claim in two articles",
    "as-of, open intervals",
    "by subgroup",
    "rate",
    "change",
    "share of a named whole",
    "negated quantity",
    "ordinal, rank",
    "thousands, dozens, scores",
    "error margin, interval of confidence",
    "money of which year",
    "exchange rates",
    "recurring time, time of day",
    "non-Gregorian date",
    "reader unsure what was meant",
}

_READING_KEYS = ("version", "entities", "voices", "claims", "relations")


def _load(path: Path) -> Any:
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def _write_reading(folder: Path, slug: str, name: str, content: dict[str, Any]) -> None:
    reading = {key: content[key] for key in _READING_KEYS if key in content}
    reading |= {"article": slug, "reader": {"name": "A reader"}, "made": "2026-11-29"}
    path = folder / "readings" / f"{name}.yaml"
    path.write_text(yaml.safe_dump(reading, allow_unicode=True), encoding="utf-8")


def _write_article(graph: Path, article: dict[str, Any]) -> None:
    slug = article.get("slug", "case")
    folder = graph / "articles" / slug
    (folder / "readings").mkdir(parents=True)
    texts = []
    for version, text in enumerate([*article.get("earlier", ()), article["text"]], 1):
        name = f"{version}.txt"
        (folder / name).write_text(text, encoding="utf-8", newline="")
        sha256 = hashlib.sha256(text.encode()).hexdigest()
        texts.append({"version": version, "text": name, "sha256": sha256})
    arabic = any("\u0600" <= letter <= "\u06ff" for letter in article["text"])
    metadata = {
        **texts[-1],
        "earlier": texts[:-1],
        "language": "ar" if arabic else "en",
        "label": {"en": "A case", "ar": "حالة"},
        "rights": {"en": "Ours", "ar": "لنا"},
        **article.get("metadata", {}),
    }
    (folder / "article.yaml").write_text(yaml.safe_dump(metadata), encoding="utf-8")
    _write_reading(folder, slug, "curated", article)
    for name, content in article.get("readings", {}).items():
        _write_reading(folder, slug, name, content)


def _shown(term: NamedNode | Literal | None) -> str | None:
    """Return the end of an IRI, or what a literal says."""
    if term is None:
        return None
    value: str = term.value
    return local_name(value) if value.startswith("http") else value


def _ordered(rows: Any) -> list[tuple[str | None, ...]]:
    return sorted((tuple(row) for row in rows), key=lambda row: [one or "" for one in row])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_corner_case_is_carried(path: Path, tmp_path: Path) -> None:
    case = _load(path)
    (tmp_path / "authority").mkdir()
    shutil.copy(FOLDER / "authority.ttl", tmp_path / "authority")
    for article in case.get("articles", [case]):
        _write_article(tmp_path, article)
    graph = Graph(compile_graph(tmp_path).store)
    report = validate(graph.store)
    assert report.conforms, report.text()
    answer = graph.sparql(case["query"])
    assert isinstance(answer, Table)
    assert _ordered(map(_shown, row) for row in answer.rows) == _ordered(case["rows"])


def test_every_corner_case_has_a_file_or_a_reason() -> None:
    carried = {_load(path)["case"] for path in FILES}
    excluded = {one["case"]: one["why"] for one in _load(OUT_OF_SCOPE)}
    assert carried | excluded.keys() == CORNER_CASES
    assert not carried & excluded.keys()
    assert all(excluded.values())
