"""How the time of each rule grows with the articles: ``python benchmarks/rules.py 100 400``.

The articles are generated. Each has a question of its own and questions that it shares with nine
others, so what the rules find grows with the number of articles; so should their time.
"""

from __future__ import annotations

import hashlib
import sys
import tempfile
import time
from pathlib import Path

from pyoxigraph import Quad, Store

from kg.files import shipped
from kg.graph.compile_article import compile_article
from kg.graph.compile_reading import compile_reading
from kg.graph.derive import load_rules
from kg.knowledge.authority import load_authority
from kg.knowledge.ontology import load_ontology
from kg.rdf.iris import PREFIXES, derived_graph
from kg.reading.draft import as_file
from kg.reading.model import Reading
from kg.text.article import Article, ArticleMetadata

SHARED = 10
HEAD = """\
@prefix qawl: <https://w3id.org/qawl/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix evtype: <https://w3id.org/qawl/vocab/event-type/> .
"""
EVENT = """\
<https://w3id.org/qawl/id/event/e{n}> a qawl:Event ; qawl:eventType evtype:event ;
    skos:prefLabel "Event {n}"@en, "الحدث {n}"@ar .
<https://w3id.org/qawl/id/actor/s{n}> a qawl:Organization ;
    skos:prefLabel "Source {n}"@en, "المصدر {n}"@ar .
"""


def article(number: int) -> tuple[Article, Reading]:
    """Return a generated article and a reading of it."""
    dead, hurt, day = 10 + number % 3, 20 + number % 3, 3 + number % 2
    words = (f"{dead} people had died", f"{hurt} people were hurt", f"broke on {day} April 2019")
    text = f"Source {number} said that {words[0]}. It said that {words[1]}. The dam {words[2]}."
    about = ({"how-many": "deaths", "event": f"e{number}"},
             {"how-many": "wounded", "event": f"e{number // SHARED}"},
             {"when": "occurrence", "event": f"e{number // SHARED}"})  # fmt: skip
    answers = ({"value": dead, "unit": "person"}, {"value": hurt, "unit": "person"},
               {"edtf": f"2019-04-0{day}"})  # fmt: skip
    both = {"en": "generated", "ar": "مولّد"}
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    metadata = {"text": "text.txt", "sha256": sha256, "language": "en", "label": both,
                "rights": both, "published": "2019-04-04"}  # fmt: skip
    voice = {"in": "article", "speaker": f"s{number % 7}", "said": "2019-04-04",
             "cue": f"Source {number} said that"}  # fmt: skip
    reading = {
        "article": f"a{number}",
        "reader": {"name": "A generator", "kind": "person"},
        "made": "2026-11-30",
        "voices": {"article": {"speaker": "the-article"}, "v": voice},
        "claims": [
            {"id": f"c{n}", "voice": "v", "quote": quote, "gloss": quote, "question": question,
             "answer": answer}
            for n, (quote, question, answer) in enumerate(zip(words, about, answers, strict=True))
        ],
    }  # fmt: skip
    described = ArticleMetadata.model_validate(metadata)
    return Article(f"a{number}", text, sha256, described), Reading.model_validate(reading)


def world(size: int) -> Store:
    """Return the graph of so many articles, without what is derived."""
    with tempfile.TemporaryDirectory() as folder:
        entities = "".join(EVENT.format(n=number) for number in range(max(size, SHARED)))
        (Path(folder) / "entities.ttl").write_text(HEAD + entities, encoding="utf-8")
        ontology = load_ontology(shipped.ontology_dir())
        authority = load_authority(Path(folder), ontology)
    store = Store()
    store.extend(ontology.quads())
    store.extend(authority.quads())
    for number in range(size):
        text, reading = article(number)
        store.extend(compile_article(text, ontology, authority))
        store.extend(compile_reading(as_file(reading, "curated"), text, ontology, authority))
    return store


def main(sizes: list[int]) -> None:
    """Print the seconds of processor time of each rule for each number of articles."""
    rules, into = load_rules(shipped.queries_dir() / "rules"), derived_graph("person")
    spent: dict[str, list[float]] = {}
    for size in sizes:
        store = world(size)
        for rule in rules:
            start = time.process_time()
            found = store.query(rule.text, prefixes=PREFIXES, use_default_graph_as_union=True)
            store.extend([Quad(one.subject, one.predicate, one.object, into) for one in found])
            spent.setdefault(rule.name, []).append(time.process_time() - start)
    print(f"{'rule':28}" + "".join(f"{size:>10}" for size in sizes))
    for name, seconds in spent.items():
        print(f"{name:28}" + "".join(f"{one:10.3f}" for one in seconds))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or [100, 400])
