"""Text input: converts the bytes of a text file, an HTML page or a PDF to the text of an article.

The text of a file is unchanged except for its encoding (UTF-8, without a byte order mark). From a
page or a PDF the text is extracted once and then used for quotation. Nothing is fetched, whatever a
page links to.
"""

from __future__ import annotations

import codecs
import io
import logging
import re
import shlex
import unicodedata
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Literal

from kg.errors import ArticleError
from kg.text.article import LARGEST_ARTICLE
from kg.text.language import language_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["Form", "TextInput", "decoded", "read_text"]

Form = Literal["text", "html", "pdf"]

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
_RDF = re.compile(
    r"""\s*(?:\#[^\n]*\n\s*)*(?:@?prefix\s+[\w.-]*:\s*<[^<>\s]*>|@?base\s*<[^<>\s]*>|<[a-z][^<>\s]+>\s+(?:a|<[^<>\s]+>)\s
    |(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!DOCTYPE\s[^\[]{0,200}\[[^\]]{0,9000}\]>\s*)?<rdf:RDF\b
    |(?:\[\s*)?\{[^{}]{0,200}"@(?:context|graph|id)"\s*:)""",
    re.IGNORECASE | re.VERBOSE,
)
_TAG = re.compile(
    r"</?(?:p|div|span|a|br|li|ul|h[1-6]|strong|em|img|table|td)\b[^<>]{0,500}>", re.IGNORECASE
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE)
# What the shapes allow in a text besides letters: tab and line breaks.
_MOST_TAGS: Final = 100_000
_MOST_ATTRIBUTES: Final = 1_000
_LONG_TAG: Final = re.compile(r"<[A-Za-z][^<>]{4000,}")
_ATTRIBUTE: Final = re.compile(r"\s[\w:.-]+=")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Arabic letters in the shapes that they take in print, as PDFs often have them.
_PRINTED = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")
# Where a page says when it was last changed, or has the address of a picture with a date in it:
# neither says when it was published.
_CHANGED = re.compile(
    r"""<(?:meta|time|abbr|span)\b(?=[^<>]{0,1000}?\b(?:property|name|itemprop|http-equiv|class)
    \s*=\s*["']?[^"'<>]{0,100}(?:modified|updated?|revised|image))[^<>]{0,2000}>
    |"date(?:Modified|Updated)"\s*:\s*"[^"]{0,100}" """,
    re.IGNORECASE | re.VERBOSE,
)
# Letters that are written from right to left, and those that are not, digits among them.
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_LEFT_TO_RIGHT = re.compile("[0-9A-Za-z\u00c0-\u024f\u0660-\u0669\u06f0-\u06f9]")
_FEW_TAGS = 3
_OTHER_FILES: Final = (
    (b"PK\x03\x04", "a ZIP or Word file"),
    (b"\xd0\xcf\x11\xe0", "an old Word file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
)
# Encodings that texts may be in without a mark that says so.
_ARABIC_ONLY: Final = ("cp1256", "iso8859_6")
_UNMARKED: Final = ("utf_16_le", "utf_16_be", *_ARABIC_ONLY)


@dataclass(frozen=True, slots=True)
class TextInput:
    """The text of an article, its metadata, and how it was obtained.

    ``metadata`` may have title, author, publisher, published (EDTF) and url.
    """

    text: str
    form: Form
    notes: tuple[str, ...] = ()
    metadata: Mapping[str, str] = field(default_factory=dict)


def decoded(raw: bytes, place: str, encoding: str | None = None) -> tuple[str, str]:
    """Decode bytes; return the text and the encoding.

    The encoding is that of the byte order mark, else UTF-8, else UTF-16, Windows-1256 or ISO-8859-6
    if the result consists of words.

    :param place: the file, for the message.
    :param encoding: the encoding given by the user.
    :raises ArticleError: the bytes are in none of these, or not in the given encoding.
    """
    if encoding is not None:
        return _named(raw, place, encoding)
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return _named(raw[len(mark) :], place, name)[0], f"{name} with a byte order mark"
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if guessed := _guessed(raw):
            return guessed
        line = raw.count(b"\n", 0, error.start) + 1
        raise ArticleError(
            f"{place}:{line}: byte 0x{raw[error.start]:02x} at offset {error.start} is not UTF-8, "
            "and the text is not Arabic in Windows-1256 or ISO-8859-6 either; convert the file to "
            "UTF-8, or specify its encoding with --encoding"
        ) from error
    # Letters of UTF-16 may be UTF-8 as well, but for the zeros of spaces and of Latin letters.
    return ("\0" in text and _guessed(raw)) or (text, "utf-8")


def _named(raw: bytes, place: str, encoding: str) -> tuple[str, str]:
    try:
        info = codecs.lookup(encoding)
        text = raw.decode(info.name)
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"{place}: byte 0x{raw[error.start]:02x} at offset {error.start} is not {info.name}; "
            "specify the right encoding with --encoding"
        ) from error
    except (LookupError, ValueError) as error:
        raise ArticleError(
            f"{place}: {encoding!r} is not a text encoding; use one such as utf-8, utf-16, "
            "windows-1256 or iso-8859-6"
        ) from error
    return text.removeprefix("\ufeff"), info.name


def _guessed(raw: bytes) -> tuple[str, str] | None:
    """Return a text in an encoding without marks, and its name, if its letters confirm it.

    Nearly any bytes are letters in Windows-1256 or UTF-16, so only Arabic script is accepted from
    the former, and from the latter also text with the zero bytes of Latin letters.
    """
    from charset_normalizer import from_bytes

    guess = from_bytes(raw, cp_isolation=list(_UNMARKED)).best()
    if guess is None:
        return None
    latin = guess.encoding not in _ARABIC_ONLY and raw.count(0) > len(raw) / 3
    if latin or language_of(str(guess)) in {"ar", "fa", "ur"}:
        return str(guess), codecs.lookup(guess.encoding).name
    return None


def read_text(
    raw: bytes, place: str, *, form: Form | None = None, encoding: str | None = None
) -> TextInput:
    """Return the article's text from the bytes of a file.

    :param place: the file's name, for messages; its extension is ignored.
    :param form: what the file is; detected from its content if it is not given.
    :raises ArticleError: it contains no text, is damaged, or is of another type.
    """
    if len(raw) > LARGEST_ARTICLE:
        raise ArticleError(
            f"{place}: {len(raw)} bytes exceed the limit of {LARGEST_ARTICLE}: split it"
        )
    if form is None and raw.startswith(b"%PDF-"):
        form = "pdf"
    found = _pdf(raw, place) if form == "pdf" else _text_or_page(raw, place, form, encoding)
    if not any(map(str.isalnum, found.text)):
        raise ArticleError(f"{place}: contains no text")
    if control := _CONTROL.search(found.text):
        line = found.text.count("\n", 0, control.start()) + 1
        raise ArticleError(
            f"{place}:{line}: contains the control character U+{ord(control[0]):04X} (offset "
            f"{control.start()}); remove it; only tabs and line breaks are allowed"
        )
    return found


def _text_or_page(raw: bytes, place: str, form: Form | None, encoding: str | None) -> TextInput:
    for begin, name in _OTHER_FILES:
        if raw.startswith(begin):
            raise ArticleError(f"{place}: is {name}; save its text as a plain text file")
    if encoding is None and form != "text" and (declared := _declared_charset(raw)):
        encoding = declared
    text, found = decoded(raw, place, encoding)
    notes = () if found == "utf-8" else (f"the text was converted from {found} to UTF-8",)
    if form is None and _PAGE.match(text):
        form = "html"
    if form == "html":
        page = _page(text, place)
        return TextInput(page.text, "html", (*notes, *page.notes), page.metadata)
    if form is None and _RDF.match(text):
        raise ArticleError(
            f"{place}: is RDF, not the text of an article; query it with kg query --data, or keep "
            "it as a text with --as text"
        )
    tags = len(_TAG.findall(text))
    if form is None and tags >= _FEW_TAGS:
        raise ArticleError(
            f"{place}: looks like part of an HTML page ({tags} tags); extract the text with --as "
            "html, or keep the tags as part of the text with --as text"
        )
    return TextInput(text, "text", notes)


def _declared_charset(raw: bytes) -> str | None:
    """Return the encoding that a page declares, unless a mark or valid UTF-8 overrides it."""
    if raw.startswith(tuple(mark for mark, _ in _MARKS)):
        return None
    declared = _CHARSET.search(raw[:4096])
    if declared is None:
        return None
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError:
        return declared[1].decode("ascii")
    return None


@contextmanager
def _silent(name: str) -> Iterator[None]:
    """Suppress what a library logs about a damaged file."""
    logger = logging.getLogger(name)
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)


def _cleaned(text: str) -> str:
    return _CONTROL.sub("", text.replace("\f", "\n").replace("\x0b", "\n").replace("\x85", "\n"))


def _page(text: str, place: str) -> TextInput:
    """Extract the main text of a page, and the metadata in its head."""
    from htmldate import find_date
    from trafilatura import bare_extraction

    _refuse_crowded(text, place)
    if not _PAGE.match(text):  # a piece of a page, copied from one
        text = f"<html><body>{text}</body></html>"
    try:
        with _silent("trafilatura"), _silent("htmldate"):
            # Only a date that the page states is taken, not one guessed from its text.
            found = bare_extraction(
                text,
                with_metadata=True,
                include_comments=False,
                date_extraction_params={"extensive_search": False, "original_date": True},
            )
            published = find_date(
                _CHANGED.sub("", text), extensive_search=False, original_date=True
            )
    except RecursionError as error:
        raise ArticleError(
            f"{place}: is nested too deeply to be read; save its text as a plain text file"
        ) from error
    words = str(getattr(found, "text", None) or "")
    if not words.strip():
        raise ArticleError(
            f"{place}: no article text was found in the page; save the text itself as a file"
        )
    names = {
        "title": "title", "author": "author", "sitename": "publisher", "url": "url",
    }  # fmt: skip
    told = {ours: getattr(found, theirs, None) for theirs, ours in names.items()}
    told["published"] = published
    metadata = {name: _cleaned(str(value)).strip() for name, value in told.items() if value}
    notes = ["the main text was extracted from the page: check it"]
    if published is None:
        notes.append("the page does not state when it was published; use --published if you know")
    return TextInput(_cleaned(words), "html", tuple(notes), metadata)


def _refuse_crowded(text: str, place: str) -> None:
    """Refuse a page that would keep the libraries busy for minutes.

    :raises ArticleError: it has more elements, or one of them more attributes, than any page has.
    """
    tags = text.count("<")
    long_tags = (found[0] for found in _LONG_TAG.finditer(text))
    crowded = any(len(_ATTRIBUTE.findall(tag)) > _MOST_ATTRIBUTES for tag in long_tags)
    if tags > _MOST_TAGS or crowded:
        what = f"{tags} tags" if tags > _MOST_TAGS else "an element with over a thousand attributes"
        raise ArticleError(
            f"{place}: has {what}, which no article's page has; save its text as a plain text file"
        )


def _refuse_shuffled(text: str, place: str) -> None:
    """Refuse a PDF whose words cannot be put into reading order.

    A PDF has the letters in visual order, from left to right. The library reverses purely
    right-to-left text, but numbers and Latin words within it are misplaced.

    :raises ArticleError: a line mixes the two.
    """
    for line in text.splitlines():
        if _RIGHT_TO_LEFT.search(line) and _LEFT_TO_RIGHT.search(line):
            raise ArticleError(
                f"{place}: has numbers or Latin words within lines of Arabic "
                f"({line.strip()[:40]!r}), and a PDF does not record their reading order; extract "
                f"its text with poppler, check it, and use that: pdftotext {shlex.quote(place)} "
                "article.txt && kg new article.txt"
            )


def _pdf(raw: bytes, place: str) -> TextInput:
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError as error:
        raise ArticleError(
            f"{place}: is a PDF; to read it, install: pip install 'qawl[pdf]'"
        ) from error
    try:
        with _silent("pypdf"):
            reader = pypdf.PdfReader(io.BytesIO(raw))
            if reader.is_encrypted:
                raise ArticleError(f"{place}: is encrypted; save its text as a plain text file")
            pages = [page.extract_text() for page in reader.pages]
            title = str(reader.metadata.title or "") if reader.metadata else ""
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ArticleError(
            f"{place}: is a damaged PDF ({error}); save its text as a plain text file"
        ) from error
    text = _cleaned("\n".join(page.strip("\n") for page in pages))
    _refuse_shuffled(text, place)
    if not text.strip():
        raise ArticleError(f"{place}: the PDF has page images but no text; run OCR on it")
    notes = ["the text was extracted from the PDF: check it"]
    if _PRINTED.search(text):
        text = _PRINTED.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
        notes.append("Arabic presentation forms were converted to plain letters")
    return TextInput(text, "pdf", tuple(notes), {"title": title.strip()} if title.strip() else {})
