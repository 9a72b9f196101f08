"""What curated readings say, in plain Python over their YAML, the texts and the labels.

It knows neither SPARQL nor the compiler nor the dumps, so that what is worked out from it can judge
them.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path

import rdflib
import yaml
from rdflib.namespace import SKOS

ROOT = Path(__file__).resolve().parents[2]
SLUG, READING = "iraq-war-2003-2011", "curated"
SHIPPED = ROOT / "graph"
EXAMPLES = ROOT / "examples"
ID = "https://w3id.org/qawl/id/"
QAWL = rdflib.Namespace("https://w3id.org/qawl/ontology#")
SCHEMA = rdflib.Namespace("https://schema.org/")
DCTERMS = rdflib.Namespace("http://purl.org/dc/terms/")
FIRST, LAST = "0000-00-00", "9999-99-99"


def listed(value: object) -> list:
    return [] if value is None else value if isinstance(value, list) else [value]


def authority(*folders: Path) -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in [
        *(path for folder in folders for path in (folder / "authority").glob("*.ttl")),
        *(ROOT / "ontology" / "vocab").glob("*.ttl"),
        ROOT / "ontology" / "qawl.ttl",
    ]:
        graph.parse(path)
    return graph


@dataclass
class World:
    """One reading, its text, and the labels of everything that they name."""

    slug: str
    reading: dict
    text: str
    about_article: dict
    graph: rdflib.Graph = field(repr=False)

    @classmethod
    def load(cls, folder: Path, graph: rdflib.Graph) -> World:
        slug = folder.name
        raw = (folder / "readings" / f"{READING}.yaml").read_text(encoding="utf-8")
        # BaseLoader leaves every scalar the string that a person wrote.
        reading = yaml.load(raw, Loader=yaml.BaseLoader)  # noqa: S506 - it builds nothing but strings
        (text,) = folder.glob(f"{slug}.*.txt")
        about = yaml.load((folder / "article.yaml").read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506
        return cls(slug, reading, text.read_text(encoding="utf-8"), about, graph)

    @cached_property
    def entities(self) -> dict[str, rdflib.URIRef]:
        kinds = ("actor", "event", "place", "source", "population", "topic", "artefact")
        found = {}
        for subject in self.graph.subjects(SKOS.prefLabel):
            kind, _, name = str(subject).removeprefix(ID).partition("/")
            if kind in kinds:
                found[name] = subject
        return found

    @property
    def voices(self) -> dict[str, dict]:
        return self.reading["voices"]

    def name(self, entity: str, language: str = "en") -> str:
        if entity == "the-article":
            if "author" in self.about_article:
                return self.name(self.about_article["author"], language)
            article = self.about_article["label"][language]
            unnamed = {"en": f"The unnamed author of “{article}”",
                       "ar": f"كاتب «{article}» (لم يُذكر اسمه)"}  # fmt: skip
            return unnamed[language]
        if entity in self.reading.get("entities", {}):
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
            if "author" in self.about_article:
                return self.iri(self.about_article["author"])
            return f"actor:{self.slug}/author"
        if entity in self.reading.get("entities", {}):
            kind = {"Place": "place", "Memorandum": "source", "Topic": "topic",
                    "PopulationGroup": "population"}.get(
                self.reading["entities"][entity]["type"], "actor"
            )  # fmt: skip
            return f"{SHORT[kind]}:{self.slug}/{READING}/{entity}"
        kind, _, name = str(self.entities[entity]).removeprefix(ID).partition("/")
        return f"{SHORT[kind]}:{name}"

    @property
    def article_label(self) -> str:
        return self.about_article["label"]["en"]

    def wikidata(self, entity: str) -> str:
        node = self.entities.get(entity)
        found = self.graph.value(node, SCHEMA.sameAs) or self.graph.value(node, QAWL.sameTopicAs)
        return "" if found is None else f"wd:{str(found).rpartition('/')[2]}"

    def source_type(self, source: str) -> str:
        if source in self.reading.get("entities", {}):
            return self.reading["entities"][source]["type"].lower()
        return str(self.graph.value(self.entities[source], QAWL.sourceType)).rpartition("/")[2]

    def publisher(self, source: str) -> str:
        found = self.graph.value(self.entities.get(source), DCTERMS.publisher)
        return "" if found is None else self.label(found)

    @staticmethod
    def full(short: str) -> str:
        kind, _, name = short.partition(":")
        return f"{ID}{LONG.get(kind, kind)}/{name}"

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
        while (outer := self.voices[voices[-1]].get("in")) is not None:
            voices.append(outer)
        return voices

    def speakers(self, voice: str, language: str = "en") -> list[str]:
        """Who speaks; where nobody does, the document."""
        told = self.voices[voice]
        return sorted(
            self.name(one, language) for one in listed(told.get("speaker") or told.get("source"))
        )

    def says(self, voice: str, language: str = "en") -> str:
        return {"en": ", ", "ar": "، "}[language].join(self.speakers(voice, language))

    def marking(self, voice: str) -> str:
        return self.voices[voice].get("marking", "explicit")

    def marked(self, voice: str) -> list[str]:
        """Return the chain without the voices that are only inferred."""
        return [one for one in self.chain(voice) if self.marking(one) != "inferred"]

    def said(self, voice: str) -> str:
        said = self.voices[voice].get("said")
        if said is None and "in" not in self.voices[voice]:
            return self.about_article.get("published", "")
        return edtf(said)

    # Claims

    @cached_property
    def claims(self) -> list[dict]:
        claims = self.reading["claims"]
        for claim in claims:
            claim["world"] = self
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

    def ref(self, claim: dict) -> str:
        return f"claim:{self.slug}/{READING}/{claim['id']}"

    def about(self, claim: dict) -> set[str]:
        question = claim.get("question", {})
        dimensions = ("of", "event", "where", "did", "actor", "place", "whole", "by")
        named = {question[one] for one in dimensions if one in question}
        told = {*listed(claim.get("about")), *listed(claim.get("against"))}
        if isinstance(asked := question.get("is-it-so"), dict):
            named |= {asked[one] for one in ("subject", "object") if one in asked}
        return named | told | set(answer_entities(claim))


#: Prefixes by the kind in an IRI, and the other way round.
SHORT = {
    **{kind: kind for kind in ("actor", "source", "population", "topic", "artefact")},
    "event": "qevent",
    "place": "qplace",
}
LONG = {"qevent": "event", "qplace": "place"}


def edtf(time: object) -> str:
    return time.get("edtf", "") if isinstance(time, dict) else str(time or "")


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


def cues(value: object) -> str:
    """Return the words of a cue, in the order of the text."""
    return " … ".join(surface(one) for one in listed(value))


def approximate(claim: dict) -> bool:
    return answer(claim).get("approximate") == "true"


def comparator(claim: dict) -> str:
    given = answer(claim)
    loose = approximate(claim) or "lower" in given or given.get("garbled") == "true"
    exact = "value" in given and not loose
    return given.get("comparator") or ("exactly" if exact else "")


def number(value: str) -> str:
    """Return a number as a person reads it: thousands apart, billions and trillions in words."""
    amount = Decimal(value)
    for size, word in ((Decimal(10) ** 12, " trillion"), (Decimal(10) ** 9, " billion")):
        if amount >= size:
            return f"{(amount / size).normalize():,f}{word}"
    return f"{amount:,f}"


#: Amounts whose words are not just a number, with "about" where the reading says so.
COMPARED = {"at-least": "at least {}", "more-than": "more than {}", "less-than": "less than {}",
            "most-of": "most", "many": "many", "large-amount": "a large amount",
            "order-of": "of the order of {}", "exactly": "{}", "": "{}"}  # fmt: skip


def amount(claim: dict) -> str:
    """Return the amount in English words, with all that qualifies it."""
    given = answer(claim)
    if not is_amount(claim):
        return ""
    words = number(given["value"]) if "value" in given else ""
    if "emended" in given:
        words = f"{number(given['emended'])} (as emended; literally {words})"
    if "lower" in given and "upper" in given:
        words = f"{number(given['lower'])} to {number(given['upper'])}"
        if "value" in given:
            level = f", at {(Decimal(given['coverage']) * 100).normalize()} per cent confidence"
            words = f"{number(given['value'])} ({words}{level if 'coverage' in given else ''})"
    elif "lower" in given:
        words = number(given["lower"]) + (" or more" if comparator(claim) == "order-of" else "")
    if given.get("unit") == "percent":
        words = f"{words} per cent"
    words = COMPARED[comparator(claim)].format(words)
    if approximate(claim):
        words = f"about {words}"
    rate = {"day": " a day", "month": " a month"}
    return words + rate.get(given.get("per", ""), "")


def _day_bounds(part: str) -> tuple[str, str]:
    days = part.strip("[]~?").replace("..", ",").split(",")
    low, high = days[0], days[-1]
    low += {4: "-01-01", 7: "-01"}.get(len(low), "")
    if len(high) == 7:
        high += f"-{calendar.monthrange(int(high[:4]), int(high[5:]))[1]:02d}"
    return low, {4: f"{high}-12-31"}.get(len(high), high)


def corners(dated: str, *, throughout: bool = False) -> tuple[str, str, str, str]:
    """Earliest start, latest start, earliest end, latest end; "" where there is no bound."""
    start, slash, end = dated.partition("/")
    end = end if slash else start

    def bounds(part: str) -> tuple[str, str]:
        return ("", "") if part in {"", ".."} or "~" in part else _day_bounds(part)

    first, last = bounds(start), bounds(end)
    if throughout:
        return first[0], first[0], last[1], last[1]
    return (*first, *last)


def interval(dated: str) -> str:
    """Return the one way to write an interval: whole days, or the year that it fills."""
    if not dated or "~" in dated or "?" in dated:
        return dated
    start, _, _, end = corners(dated, throughout=True)
    if "/" in dated:
        start, end = start or "..", end or ".."
    if start.endswith("-01-01") and end.endswith("-12-31"):
        start, end = start[:4], end[:4]
    elif start == ".." and end.endswith("-12-31"):
        end = end[:4]
    elif end == ".." and start.endswith("-01-01"):
        start = start[:4]
    return start if start == end else f"{start}/{end}"


def during(claim: dict) -> str:
    return interval(claim.get("question", {}).get("during", ""))


@cache
def first_article() -> World:
    """Return the reading of the article that Qawl ships."""
    return World.load(SHIPPED / "articles" / SLUG, authority(SHIPPED))
