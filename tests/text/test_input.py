"""Text in: encodings, pages, PDFs, and what must be refused with a clear word."""

from __future__ import annotations

import socket
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from news_page import PAGE
from small_pdf import pdf

from kg.errors import ArticleError
from kg.text.input import _refuse_shuffled, read_text
from kg.text.language import language_of

if TYPE_CHECKING:
    from kg.text.input import Form

ARABIC = "قال الوزير في بيان إن 12 شخصا قتلوا.\r\nوأضاف أن «الأسعار» ستنخفض.\n"
GERMAN = "Der Minister sagte, 12 Menschen seien getötet worden.\n"


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize(
    "raw",
    [
        ARABIC.encode(),
        b"\xef\xbb\xbf" + ARABIC.encode(),
        ARABIC.encode("utf-16"),
        b"\xfe\xff" + ARABIC.encode("utf-16-be"),
        ARABIC.encode("utf-16-le"),
        ARABIC.encode("utf-16-be"),
        ARABIC.encode("utf-32"),
        ARABIC.encode("windows-1256"),
        GERMAN.encode("utf-16-be"),
    ],
    ids=["utf-8", "mark", "16", "16-be", "16-le-no-mark", "16-be-no-mark", "32", "1256", "de-16"],
)
def test_encodings_are_told_by_their_bytes(raw: bytes) -> None:
    found = read_text(raw, "x")
    assert found.text in (ARABIC, GERMAN)
    assert bool(found.notes) == (raw != ARABIC.encode())


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="<>\ufeff")))
def test_a_utf8_text_is_taken_letter_by_letter(text: str) -> None:
    text = f"a {text}"
    assert read_text(text.encode(), "x").text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("قال الوزير في بيان إن 12 شخصا قتلوا", "iso-8859-6"),
        ("قال BBC إن 12 شخصا قتلوا", "windows-1256"),
        ("قال BBC إن 12 شخصا قتلوا", "utf-16-be"),
        ("وزير گفت که چند نفر کشته شدند", "windows-1256"),
    ],
)
def test_arabic_script_of_older_encodings_is_told_by_its_words(text: str, encoding: str) -> None:
    assert read_text(text.encode(encoding, "ignore"), "x").text == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("The minister said that Mr Núñez and Señor Peña will be in the city", "latin-1"),
        ("השר אמר אתמול כי המחירים ירדו וכי שנים עשר בני אדם נהרגו", "windows-1255"),
        ("Ο υπουργός είπε χθες ότι οι τιμές θα πέσουν", "iso-8859-7"),
        ("Министр сказал вчера, что цены снизятся", "windows-1251"),
    ],
)
def test_other_older_encodings_are_refused_and_not_bent(text: str, encoding: str) -> None:
    with pytest.raises(ArticleError, match="is not UTF-8"):
        read_text(text.encode(encoding), "x")
    assert read_text(text.encode(encoding), "x", encoding=encoding).text == text


REFUSED = {
    "empty": (b"", "contains no text"),
    "blank": (" \n\t\u00a0\u200f\r\n".encode(), "contains no text"),
    "marks": (b"\xef\xbb\xbf", "contains no text"),
    "nul": (b"one\ntw\0o", "x:2: contains the control character U\\+0000"),
    "escape": (b"\x1b[31mred", "U\\+001B"),
    "latin-1": ("un café au lait".encode("latin-1"), "x:1: byte 0xe9 at offset 6 is not UTF-8"),
    "half-16": (b"\xff\xfea", "is not utf-16-le"),
    "cut utf-8": ("قال".encode()[:-1], "is not UTF-8"),
    "word": (b"PK\x03\x04....", "ZIP or Word"),
    "rtf": (b"{\\rtf1 x}", "RTF"),
    "pdf": (b"%PDF-1.7 nothing", "damaged PDF"),
    "tags": (b"<p>One</p> <p>Two</p>", "--as html"),
    "empty page": (b"<!doctype html><html><body></body></html>", "no article text"),
    "large": (b"a" * 20_000_001, "exceed the limit of 20000000"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_is_refused_with_the_reason(name: str) -> None:
    raw, message = REFUSED[name]
    with pytest.raises(ArticleError, match=message):
        read_text(raw, "x")


def test_hostile_texts_are_taken_as_they_are() -> None:
    for text in (
        "الوزير \u202eقال\u202c 1\u200d2 \u200f3",
        "قال \u00ab" * 10_000,
        "ا" * 5_000_000,
        "a < b and c > d",
    ):
        assert read_text(text.encode(), "x").text == text


def test_the_encoding_may_be_named() -> None:
    assert read_text("café".encode("latin-1"), "x", encoding="latin-1").text == "café"
    for encoding, message in (
        ("utf-8", "0xe9"),
        ("klingon", "not a text enc"),
        ("rot13", "not a text enc"),
    ):
        with pytest.raises(ArticleError, match=message):
            read_text("café".encode("latin-1"), "x", encoding=encoding)


@pytest.mark.parametrize("charset", ["utf-8", "windows-1256", "utf-16"])
def test_a_page_gives_its_main_text_and_what_it_says_of_itself(charset: str) -> None:
    found = read_text(PAGE.replace("CHARSET", charset).encode(charset), "page.txt")
    assert found.form == "html"
    assert "قال وزير المالية أمس إن 12 شخصا قتلوا" in found.text
    assert "وأضاف أن الأسعار ستنخفض" in found.text
    for furniture in ("الرئيسية", "الحقوق", "<", "script"):
        assert furniture not in found.text
    assert {
        "title": "الأسعار ستنخفض",
        "author": "سامر الحداد",
        "publisher": "صحيفة النورس",
        "published": "2015-02-19",
        "url": "https://news.example/a/1",
    }.items() <= found.metadata.items()


STATED = {
    "published": ('<meta property="article:published_time" content="2018-02-03">', "2018-02-03"),
    "published and modified": (
        '<meta name="modified" content="2020-01-01"><meta name="pubdate" content="2018-02-03">',
        "2018-02-03",
    ),
    "Dublin Core": ('<meta name="dc.date" content="2018-02-03">', "2018-02-03"),
    "JSON-LD": (
        '<script type="application/ld+json">'  # noqa: ISC004 - one element
        '{"dateModified": "2020-01-01", "datePublished": "2018-02-03"}</script>',
        "2018-02-03",
    ),
    "modified": ('<meta property="article:modified_time" content="2020-01-01">', None),
    "modified, the value first": ('<meta content="2020-01-01" property="og:updated_time">', None),
    "an item of microdata": ('<meta itemprop="dateModified" content="2020-01-01">', None),
    "a header": ('<meta http-equiv="last-modified" content="2020-01-01">', None),
    "JSON-LD, modified": (
        '<script type="application/ld+json">{"dateModified": "2020-01-01"}</script>', None,
    ),
    "a picture's address": (
        '<meta property="og:image" content="https://x.org/2016/03/04/a.png">', None,
    ),
}  # fmt: skip


@pytest.mark.parametrize("kind", STATED)
def test_a_date_of_publication_is_taken_only_where_the_page_states_it(kind: str) -> None:
    head, date = STATED[kind]
    stated = '<meta property="article:published_time" content="2015-02-19T10:00:00Z">'
    page = PAGE.replace("CHARSET", "utf-8").replace(stated, head)
    assert stated in PAGE
    found = read_text(page.encode(), "x")
    assert found.metadata.get("published") == date
    assert any("does not state when" in note for note in found.notes) == (date is None)


def test_a_page_that_states_no_date_is_given_none() -> None:
    dateless = PAGE.replace("CHARSET", "utf-8").replace("2015-02-19T10:00:00Z", "")
    assert "published" not in read_text(dateless.encode(), "x").metadata


@pytest.mark.parametrize(
    "text",
    [
        "# made today\n@prefix a: <b:> .\na:b a a:c .\n",
        "PREFIX : <x:>\n:a a :b .\n",
        "BASE <x:>\n<a> a <b> .\n",
        "<urn:a> <urn:b> 'c' .\n",
        '{"@context": {"a": "b:"}}',
        '[\n{"@id": "x:y"}]',
        '<?xml version="1.0"?>\n<rdf:RDF xmlns:rdf="x"/>',
        '<!DOCTYPE rdf:RDF [<!ENTITY a "b">]>\n<rdf:RDF/>',
    ],
)
def test_rdf_is_no_article(text: str) -> None:
    with pytest.raises(ArticleError, match="is RDF"):
        read_text(text.encode(), "x")
    assert read_text(text.encode(), "x", form="text").text == text


@pytest.mark.parametrize(
    "text",
    [
        "Prefix codes: <5 of them were used.\n",
        "The <b> a <c> text.\n",
        "# A title\nBase camp: <x>\n",
        '{"a": "@id"}',
        "Base: < the town >\n",
    ],
)
def test_an_article_may_look_a_little_like_rdf(text: str) -> None:
    assert read_text(text.encode(), "x").text == text


def test_tags_are_words_where_the_user_says_so() -> None:
    text = "<p>One</p> <p>Two</p>"
    assert read_text(text.encode(), "x", form="text").text == text
    words = "One word comes after another word in this sentence. " * 9
    assert words[:50] in read_text(f"<p>{words}</p>".encode(), "x", form="html").text


def test_a_page_nested_ten_thousand_deep_ends_in_a_text_or_a_message() -> None:
    deep = f"<html><body>{'<div>' * 10_000}{'كلام كثير. ' * 50}</body></html>"
    try:
        assert "كلام" in read_text(deep.encode(), "x").text
    except ArticleError as error:
        assert "plain text file" in str(error) or "no article text" in str(error)


def test_a_pdf_gives_its_text_and_title() -> None:
    found = read_text(pdf("The minister said", "12 people died.", title="A flood"), "x")
    assert found.form == "pdf"
    assert found.text.split() == ["The", "minister", "said", "12", "people", "died."]
    assert found.metadata == {"title": "A flood"}
    with pytest.raises(ArticleError, match="page images"):
        read_text(pdf(), "x")


@pytest.mark.parametrize(
    "line", ["قتل 12 شخصا", "شركة AT&T خسرت", "في ٢٠٠٣ قتلوا", "12 قتلوا", "ﺷﺨﺼﺎ 2003"]
)
def test_a_pdf_whose_order_is_lost_is_refused_with_what_helps(line: str) -> None:
    with pytest.raises(ArticleError, match=r"pdftotext 'a b\.pdf' article\.txt && kg new article"):
        _refuse_shuffled(f"The minister said\n{line}\n", "a b.pdf")


@pytest.mark.parametrize("text", ["لا إله إلا الله، والسلام.\n12 people", "", "12 AT&T", "سلام"])
def test_a_pdf_with_one_direction_in_each_line_is_read(text: str) -> None:
    _refuse_shuffled(text, "x.pdf")


@pytest.mark.parametrize("form", ["text", "html", None])
def test_anything_at_all_is_text_or_a_message(form: Form | None) -> None:
    @settings(deadline=None)
    @given(st.binary(max_size=300))
    def check(raw: bytes) -> None:
        try:
            found = read_text(raw, "x", form=form)
        except ArticleError as error:
            assert str(error).startswith("x")
        else:
            found.text.encode()

    check()


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("قال الوزير إن الأسعار ستنخفض في 2015", "ar"),
        ("گفت که قیمت‌ها پایین می‌آیند و چند نفر", "fa"),
        ("انہوں نے کہا کہ لڑکے اور ٹیکس", "ur"),
        ("The minister said that prices will fall.", "en"),
        ("Der Minister sagte, die Preise werden fallen.", None),
        ("Министр сказал", None),
        ("12 34", None),
        ("في 2015 announced BBC وقال مراسلها إن الأسعار", "ar"),
    ],
)
def test_the_language_is_told_by_letters_and_common_words(text: str, language: str | None) -> None:
    assert language_of(text) == language


MANY = " ".join(f"a{number}=1" for number in range(40_000))
CROWDED = {
    "paragraphs": ("<p>One sentence.</p>" * 60_000, "has 120000 tags"),
    "line breaks": ("<br/>" * 200_000 + "A text.", "has 200000 tags"),
    "attributes": (f"<html><p {MANY}>A text.</p></html>", "over a thousand attributes"),
    "attributes of a tag that never ends": (f"<p {MANY}", "over a thousand attributes"),
}


@pytest.mark.parametrize("kind", CROWDED)
def test_a_page_that_would_take_minutes_is_refused(kind: str) -> None:
    page, reason = CROWDED[kind]
    with pytest.raises(ArticleError, match=reason):
        read_text(page.encode(), "page.html", form="html")


def test_a_page_with_one_long_attribute_is_not_crowded() -> None:
    picture = f'<img src="data:image/png;base64,{"A" * 200_000}=" alt="x=y z=1">'
    page = f"<html><body><article><p>{'The river rose. ' * 30}</p>{picture}</article></body></html>"
    assert "The river rose." in read_text(page.encode(), "page.html", form="html").text
