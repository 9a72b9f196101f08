"""A small graph of our own that many tests start from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

AUTHORITY = """\
@prefix qawl: <https://w3id.org/qawl/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix actor: <https://w3id.org/qawl/id/actor/> .
@prefix qevent: <https://w3id.org/qawl/id/event/> .
@prefix evtype: <https://w3id.org/qawl/vocab/event-type/> .
@prefix qplace: <https://w3id.org/qawl/id/place/> .
@prefix population: <https://w3id.org/qawl/id/population/> .
@prefix source: <https://w3id.org/qawl/id/source/> .
@prefix srctype: <https://w3id.org/qawl/vocab/source-type/> .
@prefix dcterms: <http://purl.org/dc/terms/> .

actor:agency a qawl:MediaOutlet ; skos:prefLabel "The Agency"@en, "الوكالة"@ar .
actor:ministry a qawl:GovernmentBody ; skos:prefLabel "The Ministry"@en, "الوزارة"@ar .
actor:hospital a qawl:Organization ; skos:prefLabel "The Hospital"@en, "المستشفى"@ar .
qevent:flood a qawl:Situation ; skos:prefLabel "The flood"@en, "الفيضان"@ar ;
    qawl:eventType evtype:situation .
qplace:valley a qawl:Place ; skos:prefLabel "The valley"@en, "الوادي"@ar .
population:villagers a qawl:PopulationGroup ; skos:prefLabel "Villagers"@en, "أهل القرى"@ar .
source:bulletin a qawl:Source ; skos:prefLabel "The bulletin"@en, "النشرة"@ar ;
    qawl:sourceType srctype:news-report ; dcterms:publisher actor:agency .
"""

TEXT = (
    "ذكرت الوكالة في نشرتها أن الوزارة أعلنت غرق 12 شخصا في الوادي منذ 3 مايو 2001.\n"
    "وتقول الوكالة نفسها إن عدد الغرقى بلغ 15 شخصا."
)

READING = """\
article: flood
reader: {name: A reader, kind: person}
made: 2026-11-22
voices:
  article: {speaker: the-article}
  agency:
    {in: article, speaker: agency, source: bulletin, act: report, cue: ذكرت الوكالة في نشرتها أن}
  ministry: {in: agency, speaker: ministry, act: announce, cue: الوزارة أعلنت}
  agency-itself: {in: article, speaker: agency, act: state, cue: وتقول الوكالة نفسها إن}
claims:
  - id: drowned
    voice: ministry
    quote: غرق 12 شخصا في الوادي منذ 3 مايو 2001
    gloss: 12 people have drowned in the valley since 3 May 2001
    about: [valley]
    question: {how-many: deaths, of: villagers, event: flood}
    answer: {value: 12, unit: person, surface: 12 شخصا}
    time: {edtf: 2001-05-03/.., surface: منذ 3 مايو 2001, relation: since}
  - id: drowned-by-agency
    voice: agency-itself
    quote: عدد الغرقى بلغ 15 شخصا
    gloss: 15 people drowned
    question: {how-many: deaths, of: villagers, event: flood}
    answer: {value: 15, unit: person, surface: 15 شخصا}
mentions:
  agency: {exact: الوكالة, all: true}
"""


def write_article(graph: Path, slug: str, text: str, reading: str | None) -> Path:
    """Add an article, and a reading of it called ``curated``, to a folder of articles."""
    folder = graph / "articles" / slug
    (folder / "readings").mkdir(parents=True)
    (folder / "text.txt").write_text(text, encoding="utf-8", newline="")
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    (folder / "article.yaml").write_text(
        f"text: text.txt\nsha256: {sha256}\nlanguage: ar\n"
        "label: {en: An example, ar: مثال}\nrights: {en: Ours, ar: لنا}\n",
        encoding="utf-8",
    )
    if reading is not None:
        (folder / "readings" / "curated.yaml").write_text(reading, encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Workspace:
    """A folder with a small graph in ``graph/`` and nothing else."""

    root: Path

    @property
    def graph(self) -> Path:
        return self.root / "graph"

    @property
    def article(self) -> Path:
        return self.graph / "articles" / "flood"

    @property
    def reading(self) -> Path:
        return self.article / "readings" / "curated.yaml"

    def edit(self, old: str, new: str) -> None:
        """Replace words of the reading; they must be there."""
        text = self.reading.read_text(encoding="utf-8")
        assert old in text, old
        self.reading.write_text(text.replace(old, new), encoding="utf-8")


def small_workspace(root: Path) -> Workspace:
    """Lay out a small graph: one article of two sentences, three voices deep, two claims."""
    found = Workspace(root)
    (found.graph / "authority").mkdir(parents=True)
    (found.graph / "authority" / "entities.ttl").write_text(AUTHORITY, encoding="utf-8")
    write_article(found.graph, "flood", TEXT, READING)
    return found
