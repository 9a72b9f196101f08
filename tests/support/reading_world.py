"""What the shipped reading says, in plain Python over its YAML, the text and the labels.

It knows neither SPARQL nor the compiler nor the dumps, so that what is worked out from it can judge
them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import rdflib
import yaml
from rdflib.namespace import SKOS

ROOT = Path(__file__).resolve().parents[2]
SLUG, READING = "iraq-war-2003-2011", "curated"
ID = "https://w3id.org/qawl/id/"
AUTHOR = {
    "en": "The unnamed author of “An Arabic article on the Iraq war, 2003-2011 (untitled)”",
    "ar": "كاتب «مقال عربي عن حرب العراق 2003-2011 (بلا عنوان)» (لم يُذكر اسمه)",
}
QAWL = rdflib.Namespace("https://w3id.org/qawl/ontology#")
SCHEMA = rdflib.Namespace("https://schema.org/")


def listed(value: object) -> list:
    return [] if value is None else value if isinstance(value, list) else [value]


@dataclass
class World:
    """The reading, the text, and the labels of everything that they name."""

    reading: dict = field(default_factory=dict)
    text: str = ""
    graph: rdflib.Graph = field(default_factory=rdflib.Graph)

    @classmethod
    def load(cls) -> World:
        folder = ROOT / "graph" / "articles" / SLUG
        raw = (folder / "readings" / f"{READING}.yaml").read_text(encoding="utf-8")
        # BaseLoader leaves every scalar the string that a person wrote.
        reading = yaml.load(raw, Loader=yaml.BaseLoader)  # noqa: S506 - it builds nothing but strings
        graph = rdflib.Graph()
        for path in [
            *(ROOT / "graph" / "authority").glob("*.ttl"),
            *(ROOT / "ontology" / "vocab").glob("*.ttl"),
            ROOT / "ontology" / "qawl.ttl",
        ]:
            graph.parse(path)
        text = (folder / f"{SLUG}.ar.txt").read_text(encoding="utf-8")
        return cls(reading, text, graph)

    @cached_property
    def entities(self) -> dict[str, rdflib.URIRef]:
        kinds = ("actor", "event", "place", "source", "population")
        found = {}
        for subject in self.graph.subjects(SKOS.prefLabel):
            kind, _, name = str(subject).removeprefix(ID).partition("/")
            if kind in kinds:
                found[name] = subject
        return found

    def name(self, entity: str, language: str = "en") -> str:
        if entity == "the-article":
            return AUTHOR[language]
        if entity in self.reading["entities"]:
            return self.reading["entities"][entity]["label"][language]
        return self.label(self.entities[entity], language)

    def label(self, node: rdflib.term.Node, language: str = "en") -> str:
        return next(
            str(one)
            for one in self.graph.objects(node, SKOS.prefLabel)
            if isinstance(one, rdflib.Literal) and one.language == language
        )

    def concept(self, scheme: str, code: str, language: str = "en") -> str:
        return self.label(rdflib.URIRef(f"https://w3id.org/qawl/vocab/{scheme}/{code}"), language)

    def iri(self, entity: str) -> str:
        if entity == "the-article":
            return f"actor:{SLUG}/author"
        if entity in self.reading["entities"]:
            kind = {"Place": "qplace", "Memorandum": "source"}.get(
                self.reading["entities"][entity]["type"], "actor"
            )
            return f"{kind}:{SLUG}/{READING}/{entity}"
        kind, _, name = str(self.entities[entity]).removeprefix(ID).partition("/")
        return f"{'q' if kind in ('event', 'place') else ''}{kind}:{name}"

    @property
    def article_label(self) -> str:
        path = ROOT / "graph" / "articles" / SLUG / "article.yaml"
        return yaml.safe_load(path.read_text(encoding="utf-8"))["label"]["en"]

    def wikidata(self, entity: str) -> str:
        node = self.entities.get(entity)
        found = self.graph.value(node, SCHEMA.sameAs) or self.graph.value(node, QAWL.sameTopicAs)
        return "" if found is None else f"wd:{str(found).rpartition('/')[2]}"

    def source_type(self, source: str) -> str:
        if source in self.reading["entities"]:
            return self.reading["entities"][source]["type"].lower()
        return str(self.graph.value(self.entities[source], QAWL.sourceType)).rpartition("/")[2]

    @staticmethod
    def full(short: str) -> str:
        kind, _, name = short.partition(":")
        return f"{ID}{kind.removeprefix('q') if kind != 'question' else kind}/{name}"

    def mention_places(self, entity: str) -> set[tuple[int, int]]:
        places = set()
        for mention in listed(self.reading["mentions"][entity]):
            if isinstance(mention, dict) and mention.get("all") == "true":
                # A word of its own: no letter after it, at most و ف ب ل ك before it.
                pattern = rf"(?<!\w)[وفبلك]{{0,2}}({re.escape(mention['exact'])})(?!\w)"
                places |= {match.span(1) for match in re.finditer(pattern, self.text)}
            else:
                places.add(self.place(mention))
        return places

    # Voices

    def chain(self, voice: str) -> list[str]:
        voices = [voice]
        while (outer := self.reading["voices"][voices[-1]].get("in")) is not None:
            voices.append(outer)
        return voices

    def speakers(self, voice: str, language: str = "en") -> list[str]:
        speaker = self.reading["voices"][voice]["speaker"]
        return sorted(self.name(one, language) for one in listed(speaker))

    def marking(self, voice: str) -> str:
        return self.reading["voices"][voice].get("marking", "explicit")

    def said(self, voice: str) -> str:
        said = self.reading["voices"][voice].get("said", "")
        return said.get("edtf", "") if isinstance(said, dict) else said

    # Claims

    @cached_property
    def claims(self) -> list[dict]:
        claims = self.reading["claims"]
        for claim in claims:
            claim["spans"] = sorted(self.place(quote) for quote in listed(claim["quote"]))
            claim["start"] = min(claim["spans"])[0]
        return sorted(claims, key=lambda claim: (claim["start"], claim["id"]))

    def claim(self, name: str) -> dict:
        return next(claim for claim in self.claims if claim["id"] == name)

    def place(self, quote: str | dict) -> tuple[int, int]:
        wanted = quote if isinstance(quote, dict) else {"exact": quote}
        exact, prefix = wanted["exact"], wanted.get("prefix", "")
        around = prefix + exact + wanted.get("suffix", "")
        begin, end = 0, len(self.text)
        if "paragraph" in wanted:
            lines = self.text.split("\n")[: int(wanted["paragraph"])]
            end = len("\n".join(lines))
            begin = end - len(lines[-1])
        assert self.text[begin:end].count(around) == 1, wanted
        start = self.text.index(around, begin, end) + len(prefix)
        return start, start + len(exact)

    def by(self, claim: dict) -> str:
        return ", ".join(self.speakers(claim["voice"]))

    def ref(self, claim: dict) -> str:
        return f"claim:{SLUG}/{READING}/{claim['id']}"

    def about(self, claim: dict) -> set[str]:
        question = claim.get("question", {})
        dimensions = ("of", "event", "where", "did", "actor", "place")
        named = {question[one] for one in dimensions if one in question}
        told = {*listed(claim.get("about")), *listed(claim.get("against"))}
        return named | told | set(answer_entities(claim))

    def of_kind(self, kind: str, measures: set[str] | None = None) -> list[dict]:
        return [
            claim
            for claim in self.claims
            if claim.get("kind") == kind or measure(claim) in (measures or set())
        ]


def measure(claim: dict) -> str | None:
    return claim.get("question", {}).get("how-many")


def answer(claim: dict) -> dict:
    found = claim.get("answer", {})
    return found if isinstance(found, dict) else {"edtf": found}


def answer_entities(claim: dict) -> list[str]:
    return listed(answer(claim).get("entity"))


def times(claim: dict) -> list[dict]:
    """Return the answer where it is a time, and the circumstances."""
    spans = [one if isinstance(one, dict) else {"edtf": one} for one in listed(claim.get("time"))]
    if "when" in claim.get("question", {}):
        spans.insert(0, answer(claim))
    return spans


def is_amount(claim: dict) -> bool:
    return "how-many" in claim.get("question", {})


def surface(value: object) -> str:
    return value["exact"] if isinstance(value, dict) else str(value or "")


def corners(edtf: str) -> tuple[str, str, str, str]:
    """Earliest start, latest start, earliest end, latest end; open ends are far away."""
    first, last = "0000-00-00", "9999-99-99"
    ends = {"02": "28"} | dict.fromkeys(("04", "06", "09", "11"), "30")

    def bounds(part: str) -> tuple[str, str]:
        days = part.strip("[]~?").replace("..", ",").split(",")
        low, high = days[0], days[-1]
        month_end = f"{high}-{ends.get(high[5:7], '31')}"
        low += {4: "-01-01", 7: "-01"}.get(len(low), "")
        high = {4: f"{high}-12-31", 7: month_end}.get(len(high), high)
        return low, high

    start, slash, end = edtf.partition("/")
    if not slash:
        return (*bounds(edtf), *bounds(edtf))
    return (
        *((first, first) if start == ".." else bounds(start)),
        *((last, last) if end == ".." else bounds(end)),
    )
