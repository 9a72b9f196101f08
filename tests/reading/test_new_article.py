"""``kg new``: an article's folder, whole or not at all."""

from __future__ import annotations

import errno
import hashlib
import pathlib
from typing import TYPE_CHECKING

import pytest
from news_page import PAGE

from kg.errors import ArticleError, OutputError
from kg.reading.file import load_reading
from kg.reading.new_article import FIRST_FILE, new_article
from kg.text.article import load_article
from kg.text.input import TextInput

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from examples import Workspace

    Kg = Callable[..., subprocess.CompletedProcess[str]]

TEXT = TextInput("قال الوزير في بيان إن 12 شخصا قتلوا.\r\n", "text")


def test_the_folder_is_an_article_with_the_very_text(workspace: Workspace) -> None:
    made = new_article(TEXT, "some/My Text (2).txt", workspace.graph)
    assert made.slug == "my-text-2"
    article = load_article(made.folder)
    assert article.text == TEXT.text
    assert article.sha256 == hashlib.sha256(TEXT.text.encode()).hexdigest()
    assert article.metadata.language == "ar"
    assert (article.metadata.title, article.metadata.author, article.metadata.published) == (
        None, None, None,
    )  # fmt: skip
    assert "unknown" in article.metadata.rights.en


@pytest.mark.parametrize(
    ("source", "title", "slug"),
    [
        ("مقالة.txt", None, r"article-[0-9a-f]{8}"),
        ("مقالة.txt", "The flood of 2001", "the-flood-of-2001"),
        ("x" * 200 + ".txt", None, "x" * 60),
    ],
)
def test_the_slug_is_made_from_what_there_is(
    workspace: Workspace, source: str, title: str | None, slug: str
) -> None:
    import re

    made = new_article(TEXT, source, workspace.graph, given={"title": title})
    assert re.fullmatch(slug, made.slug)


def test_what_the_user_says_goes_before_what_the_page_says(workspace: Workspace) -> None:
    page = TextInput(
        TEXT.text,
        "html",
        (),
        {"title": "عنوان", "published": "2014", "author": "Nobody known", "url": "no address"},
    )
    made = new_article(
        page, "a.html", workspace.graph, given={"published": "2015-02", "publisher": "the agency"}
    )
    metadata = load_article(made.folder).metadata
    assert metadata.title == metadata.label.ar == "عنوان"
    assert metadata.published == "2015-02"
    assert metadata.publisher == "agency"
    assert metadata.author is None
    assert any("url 'no address' is left out" in note for note in made.notes)
    assert any("'Nobody known' is not in the authority files" in note for note in made.notes)


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"author": "nobody"}, "not in the authority files"),
        ({"published": "the third of May"}, "is not an EDTF date"),
        ({"language": "Arabic!"}, "language"),
        ({"url": "not an address"}, "url"),
    ],
)
def test_metadata_that_cannot_be_used_leave_nothing_behind(
    workspace: Workspace, given: dict[str, str | None], message: str
) -> None:
    before = sorted(workspace.graph.rglob("*"))
    with pytest.raises(ArticleError, match=message):
        new_article(TEXT, "a.txt", workspace.graph, given=given)
    assert sorted(workspace.graph.rglob("*")) == before


def test_an_article_is_never_written_over(workspace: Workspace) -> None:
    with pytest.raises(ArticleError, match="already exists"):
        new_article(TEXT, "flood.txt", workspace.graph)
    with pytest.raises(ArticleError, match="is lower-case ASCII words"):
        new_article(TEXT, "x.txt", workspace.graph, slug="../../etc")


def test_the_command_in_an_empty_folder(tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "page.html").write_text(PAGE.replace("CHARSET", "utf-8"), encoding="utf-8")
    done = kg("new", "page.html")
    assert done.returncode == 0, done.stderr
    assert "graph/articles/page: " in done.stdout
    assert "next: kg read page --with rules" in done.stdout
    assert "author 'سامر الحداد' is not in the authority files" in done.stderr
    article = load_article(tmp_path / "graph" / "articles" / "page")
    assert article.metadata.url == "https://news.example/a/1"
    assert article.metadata.published == "2015-02-19"
    assert "entities.ttl: an empty file for the entities of this graph" in done.stderr
    built = kg("build")
    assert built.returncode == 0, built.stderr


def test_standard_input_and_errors(tmp_path: Path, kg: Kg) -> None:
    done = kg("new", "-", "--slug", "from-a-pipe", "--language", "ar", stdin=TEXT.text)
    assert done.returncode == 0, done.stderr
    for arguments, message in (
        (["missing.txt"], "is not a file"),
        ([str(tmp_path)], "is not a file"),
        (["-", "--slug", "from-a-pipe"], "already exists"),
    ):
        refused = kg("new", *arguments, stdin=TEXT.text)
        assert refused.returncode == 2
        assert message in refused.stderr
        assert "Traceback" not in refused.stderr


def test_a_graph_of_ones_own_from_the_first_article_to_an_answer(tmp_path: Path, kg: Kg) -> None:
    (tmp_path / "news.txt").write_text(
        "قال مدير المرفأ سامر خوري إن السفن تأخرت في زبرجدة عام 2012.", encoding="utf-8"
    )
    assert kg("new", "news.txt").returncode == 0
    names = tmp_path / "graph" / "gazetteer" / "mine.ttl"
    names.parent.mkdir()
    names.write_text(
        "@prefix qawl: <https://w3id.org/qawl/ontology#> .\n"
        "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"
        "<https://example.org/zabarjada> a qawl:Place ;\n"
        '    skos:prefLabel "Zabarjada"@en, "زبرجدة"@ar .\n',
        encoding="utf-8",
    )
    assert kg("read", "news", "--with", "rules").returncode == 0
    built = kg("build")
    assert built.returncode == 0, built.stderr
    of_rules = kg("claims", "--readers", "rules", "--format", "csv")
    assert "السفن تأخرت في زبرجدة عام 2012" in of_rules.stdout
    assert "Samr khwry" in of_rules.stdout
    of_persons = kg("claims", "--format", "csv")
    assert len(of_persons.stdout.splitlines()) == 1
    place = 'SELECT ?l WHERE { ?p a qawl:Place ; skos:prefLabel ?l FILTER(?l = "Zabarjada"@en) }'
    (tmp_path / "place.rq").write_text(place, encoding="utf-8")
    asked = kg("query", "place.rq", "--readers", "all", "--format", "csv")
    assert "Zabarjada" in asked.stdout


@pytest.mark.parametrize("step", ["mkdir", "write_text", "write_bytes", "rename"])
def test_a_full_disk_leaves_nothing_half_written(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever write fails, the next run begins as if there had been none."""
    full = OSError(errno.ENOSPC, "No space left on device")

    def fail(*_: object, **__: object) -> None:
        raise full

    with monkeypatch.context() as patch:
        patch.setattr(pathlib.Path, step, fail)
        with pytest.raises(OutputError, match=r"No space left on device; free some space"):
            new_article(TEXT, "news.txt", tmp_path / "graph")
    assert [one for one in (tmp_path / "graph").rglob("*") if one.is_file()] == []
    made = new_article(TEXT, "news.txt", tmp_path / "graph")
    assert load_article(made.folder).text == TEXT.text
    assert (tmp_path / "graph" / "authority" / FIRST_FILE).is_file()


def test_a_new_graph_begins_without_the_first_articles_entities(tmp_path: Path, kg: Kg) -> None:
    """Its own words for things catch nobody else's; what every article may name is known."""
    (tmp_path / "a.txt").write_text(
        "قالت وكالة رويترز إن الأعمال القتالية في المنطقة أوقعت 12 قتيلا.", encoding="utf-8"
    )
    assert kg("new", "a.txt", "--publisher", "reuters").returncode == 0
    assert kg("read", "a", "--with", "rules").returncode == 0
    draft = load_reading(tmp_path / "graph" / "articles" / "a" / "readings" / "rules.yaml").reading
    assert "reuters" in draft.mentions
    assert "reuters" not in draft.entities
    assert not {"middle-east-region", "combat-operations-us"} & draft.mentions.keys()
    assert kg("build").returncode == 0
    publisher = "SELECT ?o WHERE { ?a dcterms:publisher ?o }"
    asked = kg("query", "-", "--readers", "all", "--format", "csv", stdin=publisher)
    assert "id/actor/reuters" in asked.stdout
