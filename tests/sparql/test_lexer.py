"""The tokens of SPARQL: all of the text, and what the parser finds in it."""

from __future__ import annotations

import pytest
from disguises import DISGUISES, ESCAPED, reads
from examples import ROOT
from hypothesis import given
from hypothesis import strategies as st

from kg.sparql.lexer import Kind, decoded, significant, tokens

OUR_QUERIES = [
    path.read_text(encoding="utf-8") for path in sorted((ROOT / "queries").rglob("*.rq"))
]
LONG_IRI = f"<http://example.org/{'a' * 5_000}#b>"
# What differs between the longest match, which the grammar asks for, and Oxigraph's reading.
LONGEST = [text for text in DISGUISES if "?s<'" in text]


@given(
    st.one_of(
        st.text(),
        st.lists(st.sampled_from([*"<>'\"\\#()?:_@.^|&- \nae1", "'''", '"""', "\\u0027"])).map(
            "".join
        ),
    )
)
def test_the_tokens_joined_are_the_text(text: str) -> None:
    found = list(tokens(text))
    assert "".join(one.text for one in found) == text
    assert [one.start for one in found] == [
        sum(len(one.text) for one in found[:number]) for number in range(len(found))
    ]
    assert all(one.text for one in found)


ONE_TOKEN = {
    Kind.IRI: [LONG_IRI, r"<urn:\u0041\U0001F54C>", "<>", "<'#>"],
    Kind.STRING: ['"it\'s # no comment"', r"'\u0027 \'\\'", "'''it's\n''two'''", '""'],
    Kind.COMMENT: ["# \"it's <a comment>"],
    Kind.SPACE: ["\t\r\n "],
    Kind.VARIABLE: ["?قول", "$1a"],
    Kind.LANGUAGE: ["@ar-IQ--rtl"],
    Kind.BLANK: ["_:a.b-1"],
    Kind.NAME: [":", r"a.b-c:d:e.%41\(\#\.f"],
    Kind.NUMBER: ["1.5e-3", ".5", "1.e3"],
    Kind.WORD: ["SHA256"],
    Kind.SYMBOL: ["<<(", "^^", "\x00"],
}


def test_one_token_of_each_kind() -> None:
    assert ONE_TOKEN.keys() == set(Kind)
    for kind, texts in ONE_TOKEN.items():
        for text in texts:
            assert [(one.kind, one.text) for one in tokens(text)] == [(kind, text)]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("ex:a.?b", ["ex:a", ".", "?b"]),
        ("1.?x", ["1", ".", "?x"]),
        ("''''a'", ["''", "''", "a", "'"]),
        ("'a\nb'", ["'", "a", "b", "'"]),
        ("<a b>", ["<", "a", "b", ">"]),
        ("?a<?b&&?c>?d", ["?a", "<?b&&?c>", "?d"]),
        ("<p>/^<q>?", ["<p>", "/", "^", "<q>", "?"]),
        (r"\u0041SK", ["\\", "u0041SK"]),
        ("ASK{}#}", ["ASK", "{", "}"]),
    ],
)
def test_where_tokens_end(text: str, pieces: list[str]) -> None:
    assert [one.text for one in significant(text)] == pieces


def respaced(text: str) -> str:
    """Return the tokens with a line end between them, which changes nothing where they are right.

    But for what Oxigraph wants to stand together: language tags, datatypes, arguments.
    """
    joined = "\n".join(one.text for one in significant(text))
    return joined.replace("\n@", "@").replace("\n^^\n", "^^").replace("\n(", "(")


@pytest.mark.parametrize("text", OUR_QUERIES, ids=range(len(OUR_QUERIES)))
def test_the_parser_reads_the_same_tokens(text: str) -> None:
    assert reads(text)
    assert reads(respaced(text))


@pytest.mark.parametrize("text", sorted(set(DISGUISES) - set(LONGEST)))
def test_the_parser_finds_the_same_keyword(text: str) -> None:
    words = [one for one in significant(text) if one.kind is Kind.WORD]
    (service,) = (one for one in words if one.text.upper() == "SERVICE")
    if not reads(text):  # what a name begins with a colon or has no base
        return
    without = f"{text[: service.start]}qawlqwl{text[service.end :]}"
    assert not reads(without)


@pytest.mark.parametrize("text", LONGEST)
def test_the_grammar_takes_the_longest_match_where_oxigraph_does_not(text: str) -> None:
    assert any(one.kind is Kind.IRI and "'" in one.text for one in significant(text))


@pytest.mark.parametrize("text", ESCAPED)
def test_escaped_letters_are_decoded(text: str) -> None:
    assert "SERVICE" not in text
    assert "SERVICE" in decoded(decoded(text))
