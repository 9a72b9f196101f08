"""brat files as other tools and other people's hands leave them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ReadingError
from kg.readers.annotations.brat import from_brat
from kg.readers.annotations.document import AnnotationDocument, Mark
from kg.text.spans import Span

TEXT = "Bulletin.\r\nThe minister 😀 said that 12 people died.\r\nThe army denied it.\r\n"


def read(ann: str, text: str = TEXT) -> AnnotationDocument:
    return from_brat(ann.encode(), text, "a.ann")


def words(document: AnnotationDocument) -> list[str]:
    return [" | ".join(span.of(document.text) for span in mark.spans) for mark in document.marks]


@pytest.mark.parametrize(
    ("places", "counted"),
    [
        (("36 50", "62 68"), "code points"),
        (("35 49", "60 66"), "each line end as one"),
        (("37 51", "63 69"), "UTF-16 units"),
    ],
)
def test_offsets_are_read_as_the_words_bear_them_out(places: tuple[str, str], counted: str) -> None:
    assert TEXT[36:50] == "12 people died", counted
    document = read(f"T1\tClaim {places[0]}\t12 people died\nT2\tVoice {places[1]}\tdenied\n")
    assert words(document) == ["12 people died", "denied"]
    assert document.left_out == ()


@given(st.lists(st.sampled_from(["ab", "قال", "😀", "\r\n", "\n", " "]), min_size=1, max_size=30))
def test_line_ends_counted_once_give_the_same_marks(parts: list[str]) -> None:
    """Every word of a text with line ends of two characters, by offsets of one with single ones."""
    text, bare = "".join(parts) + " end", "".join(parts).replace("\r\n", "\n") + " end"
    start = bare.rindex("end")
    document = read(f"T1\tMention {start} {start + 3}\tend\n", text)
    assert document.marks == (
        Mark(1, "Mention", (Span(text.rindex("end"), text.rindex("end") + 3),)),
    )


def test_words_that_stand_elsewhere_once_place_a_mark_and_others_are_left_out() -> None:
    document = read(
        "T1\tClaim 0 14\t12 people died\n"  # stands once, elsewhere
        "T2\tVoice 0 3\tThe\n"  # twice
        "T3\tVoice 0 5\tthe navy\n"  # nowhere
        "T4\tVoice 0 9000\tdenied\n"
        "T5\tMention 11 14;62 68\tThe army\n"  # two pieces whose words are others
    )
    assert words(document) == ["12 people died", "denied"]
    told = {note.part: note.why for note in document.left_out}
    assert list(told) == ["T2 (line 2)", "T3 (line 3)", "T5 (line 5)"]
    assert "occur several times elsewhere" in told["T2 (line 2)"]
    assert "'the navy' are not at 0 5 and occur nowhere else" in told["T3 (line 3)"]


@pytest.mark.parametrize(
    "remark", ["[sic] as printed", "{see the other one}", "[1, 2]", '"quoted"', "12", "ملاحظة"]
)
def test_a_remark_in_a_persons_words_is_kept(remark: str) -> None:
    document = read(f"T1\tClaim 36 50\t12 people died\n#1\tAnnotatorNotes T1\t{remark}\n")
    assert document.marks[0].data == {"why": remark}


def test_a_remark_that_has_no_place_is_reported() -> None:
    document = read("T1\tMention 11 14\tThe\n#1\tAnnotatorNotes T1\tis this right?\n")
    assert [note.why for note in document.left_out] == [
        "a Mention cannot have a remark: is this right?"
    ]


def test_other_layers_events_and_their_relations_are_passed_over_and_counted() -> None:
    document = read(
        "T1\tPerson 11 23\tThe minister\nT2\tClaim 36 50\t12 people died\nE1\tSay:T9 Who:T1\n"
        "R1\tBefore Arg1:E1 Arg2:T1\nR2\tCoref Arg1:T1 Arg2:T2\nE2\tSay:T9\nA1\tNegated E1\n"
        "N1\tReference T1 Wikidata:Q1\tx\n*\tEquiv T1 T2\n"
    )
    assert words(document) == ["12 people died"]
    [note] = document.left_out
    assert note.why.endswith("1 Person, 2 event Say, 1 relation Before, 1 relation Coref")


@pytest.mark.parametrize(
    ("relation", "why"),
    [
        ("voice Arg1:T1 Arg2:T7", "relates T1 and T7"),
        ("voice Arg1:E1 Arg2:T1", "relates E1 and T1"),
        ("said Arg1:T1 Arg2:T1", "a Claim has no such relation"),
    ],
)
def test_a_relation_of_ours_that_leads_nowhere_is_left_out(relation: str, why: str) -> None:
    document = read(f"T1\tClaim 36 50\t12 people died\nR1\t{relation}\n")
    assert document.marks[0].links == ()
    [note] = document.left_out
    assert (note.part, why in note.why) == (f"relation {relation.split()[0]} (line 2)", True)


@pytest.mark.parametrize(
    "line", ["T1\tClaim 0 " + "9" * 6000 + "\tx", "T1 Claim 0 3 The", "T1\tClaim -5 3\tx", "?"]
)
def test_what_is_no_standoff_is_refused_with_its_line(line: str) -> None:
    with pytest.raises(ReadingError, match=r"a\.ann:2: is not "):
        read(f"\n{line}\n")
