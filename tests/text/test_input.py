"""Text in: encodings, pages, PDFs, and what must be refused with a clear word."""

from __future__ import annotations

import io
import socket
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from news_page import PAGE

from kg.errors import ArticleError
from kg.text.input import read_text
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
    "empty": (b"", "has no text"),
    "blank": (" \n\t\u00a0\u200f\r\n".encode(), "has no text"),
    "marks": (b"\xef\xbb\xbf", "has no text"),
    "nul": (b"one\ntw\0o", "x:2: contains the control character U\\+0000"),
    "escape": (b"\x1b[31mred", "U\\+001B"),
    "latin-1": ("un café au lait".encode("latin-1"), "x:1: byte 0xe9 at offset 6 is not UTF-8"),
    "half-16": (b"\xff\xfea", "is not utf-16-le"),
    "cut utf-8": ("قال".encode()[:-1], "is not UTF-8"),
    "word": (b"PK\x03\x04....", "ZIP or Word"),
    "rtf": (b"{\\rtf1 x}", "RTF"),
    "pdf": (b"%PDF-1.7 nothing", "damaged PDF"),
    "tags": (b"<p>One</p> <p>Two</p>", "--as html"),
    "empty page": (b"<!doctype html><html><body></body></html>", "no article's text"),
    "large": (b"a" * 20_000_001, "more than the 20000000"),
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
    for encoding, message in (("utf-8", "0xe9"), ("klingon", "no encoding"), ("rot13", "no enc")):
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


def test_a_page_that_states_no_date_is_given_none() -> None:
    dateless = PAGE.replace("CHARSET", "utf-8").replace("2015-02-19T10:00:00Z", "")
    assert "published" not in read_text(dateless.encode(), "x").metadata


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
        assert "plain text file" in str(error) or "no article's text" in str(error)


_PAPER, _FONTS = "/MediaBox [0 0 612 792]", "<< /Font << /F1 5 0 R >> >>"


def pdf(*lines: str, title: str = "") -> bytes:
    """Make a PDF of one page by hand: Helvetica, one line of text below the other."""
    shown = " ".join(f"({line}) Tj 0 -20 Td" for line in lines)
    stream = f"BT /F1 12 Tf 72 700 Td {shown} ET"
    bodies = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R {_PAPER} /Contents 4 0 R /Resources {_FONTS} >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        f"<< /Title ({title}) >>",
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    offsets = []
    for number, body in enumerate(bodies, 1):
        offsets.append(out.tell())
        out.write(f"{number} 0 obj\n{body}\nendobj\n".encode())
    table = out.tell()
    rows = "".join(f"{offset:010d} 00000 n \n" for offset in offsets)
    out.write(f"xref\n0 {len(bodies) + 1}\n0000000000 65535 f \n{rows}".encode())
    out.write(
        f"trailer << /Size {len(bodies) + 1} /Root 1 0 R /Info 6 0 R >>\n"
        f"startxref\n{table}\n%%EOF\n".encode()
    )
    return out.getvalue()


def test_a_pdf_gives_its_text_and_title() -> None:
    found = read_text(pdf("The minister said", "12 people died.", title="A flood"), "x")
    assert found.form == "pdf"
    assert found.text.split() == ["The", "minister", "said", "12", "people", "died."]
    assert found.metadata == {"title": "A flood"}
    with pytest.raises(ArticleError, match="pictures of pages"):
        read_text(pdf(), "x")


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
