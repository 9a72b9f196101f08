"""The survey: which articles there are, and which are new."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from small_corpus import MADE, TEXTS, write_articles, write_jsonl

from kg.corpus.build import add_source
from kg.corpus.changed_articles import survey

if TYPE_CHECKING:
    from pathlib import Path


def test_what_is_known_is_not_staged(tmp_path: Path) -> None:
    home = add_source(tmp_path / "c", write_jsonl(tmp_path / "a.jsonl", TEXTS), {}, MADE)
    first = survey(home, {}, io.BytesIO())
    assert all(one.staged for one in first.articles.values())
    known = {one.input: "0-part" for one in first.articles.values()}
    stage = io.BytesIO()
    again = survey(home, known, stage)
    assert stage.getvalue() == b""
    assert {one.kept_in for one in again.articles.values()} == {"0-part"}
    assert again.places == {name: f"a.jsonl:{line}" for line, name in enumerate(TEXTS, 1)}


def test_an_article_follows_those_that_it_may_name(tmp_path: Path) -> None:
    """A label of an article stands in the quads of those that cite it."""
    texts = {
        "original": ("The minister spoke.", {}),
        "copy": ("The minister spoke, it says.", {"me": "article: copy\nsource: original\n"}),
        "other": ("Nothing of the kind.", {}),
    }
    write_articles(tmp_path / "articles", texts)
    home = add_source(tmp_path / "c", tmp_path / "articles", {}, MADE)
    before = survey(home, {}, io.BytesIO()).articles
    assert [len(before[name].works) for name in ("original", "copy", "other")] == [0, 1, 0]
    path = tmp_path / "articles" / "original" / "article.yaml"
    path.write_text(path.read_text().replace("en: original", "en: The original"))
    after = survey(home, {}, io.BytesIO()).articles
    changed = {name for name in texts if before[name].input != after[name].input}
    assert changed == {"original", "copy"}
