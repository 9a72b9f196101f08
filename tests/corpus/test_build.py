"""Corpora: the same graph as ``kg build`` makes, whoever makes it and whatever came before."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from examples import ROOT
from small_corpus import MADE, TEXTS, contents, many_texts, write_articles, write_jsonl

from kg.corpus.build import add_source, build_corpus
from kg.corpus.engines.pool import Pool
from kg.corpus.home import CorpusHome
from kg.corpus.part import PartManifest
from kg.corpus.workshop import workshop
from kg.errors import CorpusError
from kg.graph.build import compile_graph
from kg.readers.rules.reader import RulesReader
from kg.reading.draft import reading_yaml
from kg.store.builds import open_store
from kg.text.article import load_article

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Store

    from kg.corpus.build import CorpusReport
    from kg.corpus.engines.base import Engine
    from kg.reading.draft import Draft
    from kg.text.article import Article


def _build(folder: Path, source: Path, engine: Engine | None = None) -> CorpusReport:
    return build_corpus(add_source(folder, source, {}, MADE), engine)


def _lines(store: Store) -> set[str]:
    return {str(quad) for quad in store}


def _three_articles(folder: Path) -> Path:
    """Make a graph's folder of the three articles that persons have read."""
    (folder / "authority").mkdir(parents=True)
    for place in (ROOT / "graph", ROOT / "examples"):
        for path in (place / "authority").glob("*.ttl"):
            shutil.copy(path, folder / "authority" / f"{place.name}-{path.name}")
        shutil.copytree(place / "articles", folder / "articles", dirs_exist_ok=True)
    return folder


def test_a_corpus_is_the_graph_that_kg_build_makes(tmp_path: Path) -> None:
    """The articles that persons read, with drafts of them: relations across them and all."""
    graph = _three_articles(tmp_path / "graph")
    folder = tmp_path / "corpus"
    shutil.copytree(graph / "authority", folder / "authority")
    report = _build(folder, graph / "articles")
    assert report.refused == ()
    home = CorpusHome.open(folder)
    reader = RulesReader(workshop(home.setting()).authority)
    for place in (graph / "articles").iterdir():
        draft = reader.read(load_article(place)).reading.model_copy(update={"made": MADE})
        (place / "readings" / "rules.yaml").write_text(reading_yaml(draft), encoding="utf-8")
    whole = compile_graph(graph).store
    found = _lines(open_store(folder))
    expected = _lines(whole)
    assert sorted(expected - found)[:5] == []
    assert sorted(found - expected)[:5] == []
    across = sum(report.counts.relations.values())
    assert across > 5


def test_one_worker_and_two_make_the_same_bytes(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", many_texts(150))
    reports = [
        _build(tmp_path / name, source, engine) for name, engine in (("1", None), ("2", Pool(2)))
    ]
    assert contents(tmp_path / "1") == contents(tmp_path / "2")
    assert reports[0].counts == reports[1].counts
    assert reports[0].counts.articles == 150
    assert len(list((tmp_path / "1" / "parts").iterdir())) > 2


def test_an_increment_makes_what_a_fresh_build_makes(tmp_path: Path) -> None:
    """New, changed and removed articles, in whatever order they came."""
    texts = many_texts(90)
    source = write_jsonl(tmp_path / "a.jsonl", texts)
    _build(tmp_path / "c", source)
    gone, changed = list(texts)[3], list(texts)[5]
    del texts[gone]
    texts[changed] = "The Red Crescent said that 21 people were killed in Rivertown."
    texts |= {f"new-{name}": text for name, text in TEXTS.items()}
    write_jsonl(source, texts)
    report = _build(tmp_path / "c", source)
    assert (report.fresh, report.kept, report.removed) == (1 + len(TEXTS), 88, 1)
    _build(tmp_path / "d", source)
    assert contents(tmp_path / "c") == contents(tmp_path / "d")
    store = open_store(tmp_path / "c")
    assert _lines(store) == _lines(open_store(tmp_path / "d"))
    assert not [quad for quad in store if f"/{gone}/" in str(quad)]


def test_nothing_new_reads_nothing(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", TEXTS)
    _build(tmp_path / "c", source)
    report = _build(tmp_path / "c", source)
    assert (report.fresh, report.kept, report.removed) == (0, len(TEXTS), 0)


def test_bad_records_are_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    """A poisoned article in ten, a duplicate id, a reading that quotes what is not there."""
    good = many_texts(9)
    poison = {"id": "poison", "text": "Some text\u0000 with a control character."}
    twice = {"id": next(iter(good)), "text": "Another text under a taken id."}
    folder = tmp_path / "source"
    folder.mkdir()
    table = write_jsonl(folder / "a.jsonl", good)
    with table.open("a", encoding="utf-8") as stream:
        stream.write(f"{json.dumps(poison)}\n{json.dumps(twice)}\nbroken\n")
    wrong = "article: misread\nreader: {name: P, kind: person}\nmade: 2031-03-09\nvoices:\n"
    wrong += "  article: {speaker: the-article, cue: 'not in the text'}\nclaims: []\n"
    write_articles(folder / "articles", {"misread": ("A text that was read.", {"me": wrong})})
    report = _build(tmp_path / "c", folder)
    reasons = {(one.place, one.id): one.reason for one in report.refused}
    assert sorted(reasons) == [
        ("a.jsonl:10", "poison"),
        ("a.jsonl:11", next(iter(good))),
        ("a.jsonl:12", ""),
        ("articles/misread", "misread"),
    ]
    assert "U+0000" in reasons["a.jsonl:10", "poison"]
    assert "is already used by a.jsonl:1" in reasons["a.jsonl:11", next(iter(good))]
    assert report.counts.articles == 9
    lines = (tmp_path / "c" / "refused.jsonl").read_text(encoding="utf-8").splitlines()
    told = [json.loads(line) for line in lines]
    assert [(one["place"], one["id"]) for one in told] == sorted(reasons)
    clean = tmp_path / "clean.jsonl"
    write_jsonl(clean, good)
    _build(tmp_path / "d", clean)
    assert _lines(open_store(tmp_path / "c")) == _lines(open_store(tmp_path / "d"))


def test_an_article_that_breaks_the_rules_is_refused_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours in one article does not stop the others."""
    read = RulesReader.read

    def faulty(self: RulesReader, article: Article) -> Draft:
        if article.slug == "rivertown-2":
            raise IndexError("list index out of range")
        return read(self, article)

    monkeypatch.setattr(RulesReader, "read", faulty)
    report = _build(tmp_path / "c", write_jsonl(tmp_path / "a.jsonl", TEXTS))
    assert [
        (one.id, "IndexError: list index out of range" in one.reason) for one in report.refused
    ] == [("rivertown-2", True)]
    assert report.counts.articles == len(TEXTS) - 1


def test_an_article_that_violates_the_shapes_is_refused_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What would make the graph wrong does not come in."""
    read = RulesReader.read

    def faulty(self: RulesReader, article: Article) -> Draft:
        draft = read(self, article)
        if article.slug != "rivertown-2":
            return draft
        wrong = [one.model_copy(update={"confidence": Decimal(7)}) for one in draft.reading.claims]
        return replace(draft, reading=draft.reading.model_copy(update={"claims": tuple(wrong)}))

    monkeypatch.setattr(RulesReader, "read", faulty)
    report = _build(tmp_path / "c", write_jsonl(tmp_path / "a.jsonl", TEXTS))
    assert [one.id for one in report.refused] == ["rivertown-2"]
    assert "violation" in report.refused[0].reason


def test_one_poisoned_article_in_a_hundred_is_refused_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is validated with others, which come in as if it had never been there."""
    texts = many_texts(100)
    poisoned = list(texts)[57]
    read = RulesReader.read

    def faulty(self: RulesReader, article: Article) -> Draft:
        draft = read(self, article)
        if article.slug != poisoned:
            return draft
        wrong = [one.model_copy(update={"confidence": Decimal(7)}) for one in draft.reading.claims]
        return replace(draft, reading=draft.reading.model_copy(update={"claims": tuple(wrong)}))

    monkeypatch.setattr(RulesReader, "read", faulty)
    report = _build(tmp_path / "c", write_jsonl(tmp_path / "a.jsonl", texts))
    assert [one.id for one in report.refused] == [poisoned]
    del texts[poisoned]
    _build(tmp_path / "d", write_jsonl(tmp_path / "b.jsonl", texts))
    assert _lines(open_store(tmp_path / "c")) == _lines(open_store(tmp_path / "d"))


def test_readings_by_people_in_the_corpus_come_in(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", {"one": "The minister said 3 people died."})
    _build(tmp_path / "c", source)
    reading = tmp_path / "c" / "readings" / "one" / "me.yaml"
    reading.parent.mkdir(parents=True)
    reading.write_text(
        "article: one\nreader: {name: Layla, kind: person}\nmade: 2031-03-09\n"
        "voices:\n  article: {speaker: the-article}\n"
        "claims:\n  - id: dead\n    voice: article\n    quote: 3 people died\n"
        "    gloss: Three people died\n    question: {how-many: deaths}\n"
        "    answer: {value: 3, unit: person}\n",
        encoding="utf-8",
    )
    report = _build(tmp_path / "c", source)
    assert (report.fresh, report.refused, report.counts.readings) == (1, (), 2)


def test_a_missing_source_changes_nothing(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", TEXTS)
    home = add_source(tmp_path / "c", source, {}, MADE)
    build_corpus(home)
    before = _lines(open_store(tmp_path / "c"))
    source.rename(tmp_path / "b.jsonl")
    with pytest.raises(CorpusError, match="no such"):
        build_corpus(home)
    assert _lines(open_store(tmp_path / "c")) == before
    source.write_text("")
    with pytest.raises(CorpusError, match="contains no articles"):
        build_corpus(home)
    assert _lines(open_store(tmp_path / "c")) == before


def test_a_second_source_is_added(tmp_path: Path) -> None:
    names = list(TEXTS)
    one = write_jsonl(tmp_path / "1.jsonl", {names[0]: TEXTS[names[0]]})
    two = write_jsonl(tmp_path / "2.jsonl", {name: TEXTS[name] for name in names[1:]})
    _build(tmp_path / "c", one)
    report = _build(tmp_path / "c", two)
    assert (report.fresh, report.kept, report.counts.articles) == (3, 1, 4)


def test_parts_say_what_they_have(tmp_path: Path) -> None:
    _build(tmp_path / "c", write_jsonl(tmp_path / "a.jsonl", TEXTS))
    (folder,) = (tmp_path / "c" / "parts").iterdir()
    manifest = PartManifest.load(folder)
    assert [entry.slug for entry in manifest.articles] == sorted(TEXTS)
    assert all(entry.claims and entry.quads[1] for entry in manifest.articles)
