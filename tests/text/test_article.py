"""Articles loaded from their folders: the text as stored, its versions, and what is refused."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from examples import TEXT, write_article

from kg.errors import ArticleError
from kg.text.article import Article, ArticleMetadata, load_article
from kg.text.spans import Span

if TYPE_CHECKING:
    from pathlib import Path

NEEDED = {
    "text": "text.txt",
    "sha256": "0" * 64,
    "language": "ar",
    "label": {"en": "An example", "ar": "مثال"},
    "rights": {"en": "Ours", "ar": "لنا"},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_article(tmp_path, "flood", TEXT, None)


def describe(folder: Path, old: str, new: str) -> None:
    path = folder / "article.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def with_draft(folder: Path, draft: str = "نص أول\n") -> Article:
    """Give the article an earlier text, and load it."""
    (folder / "draft.txt").write_text(draft, encoding="utf-8", newline="")
    sha256 = hashlib.sha256(draft.encode()).hexdigest()
    earlier = f"version: 3\nearlier: [{{version: 1, text: draft.txt, sha256: {sha256}}}]\n"
    describe(folder, "language: ar", f"{earlier}language: ar")
    return load_article(folder)


def test_an_article_is_its_text_as_stored_and_its_metadata(folder: Path) -> None:
    article = load_article(folder)
    assert (article.slug, article.text, article.version) == ("flood", TEXT, 1)
    assert article.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert article.metadata.label.ar == "مثال"
    assert article.metadata.type == "article"
    assert article.earlier == ()


def test_line_ends_and_unusual_characters_are_kept(tmp_path: Path) -> None:
    text = "أ\u0640\u064b\r\nب\u00a0\u200fé\n"
    assert load_article(write_article(tmp_path, "odd", text, None)).text == text


def test_earlier_texts_are_found_by_their_version(folder: Path) -> None:
    article = with_draft(folder)
    assert article.at_version(None) is article.at_version(3) is article
    assert article.at_version(1).text == "نص أول\n"
    assert article.at_version(1).slug == "flood"
    with pytest.raises(ArticleError, match="article flood: has no version 2; it has 1, 3"):
        article.at_version(2)


def test_paragraphs_lie_between_newlines() -> None:
    article = Article("x", "ab\n\ncde\n", "", ArticleMetadata.model_validate(NEEDED))
    assert article.paragraphs == (Span(0, 2), Span(3, 3), Span(4, 7), Span(8, 8))


@pytest.mark.parametrize(
    ("given", "kept"), [(2001, "2001"), (33, "0033"), ("2001-05~", "2001-05~")]
)
def test_a_date_of_publication_is_kept_as_edtf(given: object, kept: str) -> None:
    assert ArticleMetadata.model_validate({**NEEDED, "published": given}).published == kept


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ("language: ar", "language: Arabic", 3, "language: .*Arabic"),
        ("language: ar", "language: ar\npublished: May 2001", 4, "published: .*May 2001"),
        ("language: ar", "language: ar\nurl: not an IRI", 4, "url: "),
        ("language: ar", "language: ar\nauthors: [one]", 4, "authors: Extra inputs"),
        ("text: text.txt", "text: ../text.txt", 1, r"'\.\./text\.txt' is not"),
        (
            "language: ar",
            "language: ar\nlanguage: en",
            4,
            "the key 'language' is .*first on line 3",
        ),
    ],
)
def test_wrong_metadata_are_named_with_their_line(
    folder: Path, old: str, new: str, line: int, message: str
) -> None:
    describe(folder, old, new)
    with pytest.raises(ArticleError, match=message) as caught:
        load_article(folder)
    assert str(caught.value).startswith(f"{folder / 'article.yaml'}:{line}: ")


def test_versions_go_up(folder: Path) -> None:
    with_draft(folder)
    describe(folder, "version: 3", "version: 1")
    with pytest.raises(ArticleError, match="version 1 revises version 1"):
        load_article(folder)


def test_earlier_texts_stand_in_order() -> None:
    earlier = [{"version": one, "text": "a.txt", "sha256": "0" * 64} for one in (2, 1)]
    with pytest.raises(ValueError, match="in version order"):
        ArticleMetadata.model_validate({**NEEDED, "version": 3, "earlier": earlier})


def test_a_text_that_was_changed_is_refused(folder: Path) -> None:
    (folder / "text.txt").write_text(TEXT.replace("12", "13"), encoding="utf-8", newline="")
    with pytest.raises(ArticleError, match=r"text\.txt: SHA-256 is .*article\.yaml:2 gives"):
        load_article(folder)


def test_an_earlier_text_that_was_changed_is_refused(folder: Path) -> None:
    with_draft(folder)
    (folder / "draft.txt").write_text("نص آخر\n", encoding="utf-8")
    with pytest.raises(ArticleError, match=r"draft\.txt: SHA-256 is .*article\.yaml:4 gives"):
        load_article(folder)


@pytest.mark.parametrize("raw", [b"", b" \n\n"])
def test_an_article_has_a_text(folder: Path, raw: bytes) -> None:
    (folder / "text.txt").write_bytes(raw)
    with pytest.raises(ArticleError, match=r"text\.txt: has no text"):
        load_article(folder)


def test_what_is_not_utf8_is_refused(folder: Path) -> None:
    (folder / "text.txt").write_bytes("قال".encode("cp1256"))
    with pytest.raises(ArticleError, match=r"text\.txt.*UTF-8"):
        load_article(folder)


@pytest.mark.parametrize("name", ["Flood", "flood_2001", "فيضان"])
def test_a_folder_is_named_after_a_slug(folder: Path, name: str) -> None:
    with pytest.raises(ArticleError, match=f"{name!r} is not a slug"):
        load_article(folder.rename(folder.with_name(name)))


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"nothing/article\.yaml"):
        load_article(tmp_path / "nothing")
