"""English cues: how each is found, and its speaker."""

from __future__ import annotations

import pytest
from rules_reading import finder, page_of

from kg.readers.rules.cues.cue import CueKind
from kg.readers.rules.cues.en.cues import find_english_cues
from kg.readers.rules.cues.en.passives import EnglishPassives
from kg.readers.rules.cues.en.phrases import EnglishPhrases, english_nouns, english_verbs
from kg.readers.rules.cues.en.subjects import EnglishSubjects
from kg.readers.rules.lexicon.words import abbreviations
from kg.readers.rules.matching.quotations import quotations
from kg.readers.rules.matching.sentences import sentences


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("The minister said that the bridge fell.", [CueKind.SUBJECT_AND_VERB]),
        ("According to police, the bridge fell.", [CueKind.ACCORDING_TO]),
        ("“It fell,” said the minister.", [CueKind.BEHIND_A_QUOTATION]),
        ("The bridge fell, the minister said.", [CueKind.BEHIND_WHAT_IS_SAID]),
        ("It is believed that the bridge fell.", [CueKind.PASSIVE]),
        ("The bridge is expected to fall.", [CueKind.PASSIVE_AND_SUBJECT]),
        ("Amid fears that the bridge fell.", [CueKind.NOUN_OF_SAYING]),
        ("The minister denied it.", [CueKind.ON_IT]),
        (
            "Reuters quoted the minister as saying that it fell.",
            [CueKind.RELAYING_VERB, CueKind.RELAYED],
        ),
    ],
)
def test_kinds_of_cues(text: str, kinds: list[CueKind]) -> None:
    page = page_of(text, "en")
    found = find_english_cues(
        page, sentences(page.block, abbreviations())[0], quotations(page.block)
    )
    assert [one.kind for one in found] == kinds


def test_verbs_and_nouns_of_saying() -> None:
    denied = english_verbs()["denied"]
    assert (denied.act, denied.stance) == ("deny", "certainly-not")
    assert english_verbs()["adding"].participle
    assert english_verbs()["tells"].hears
    assert english_verbs()["told"].hears
    assert "reports" in english_nouns()


def test_layers_find_their_phrases() -> None:
    # The 0 minister 1 has 2 repeatedly 3 said 4 that 5
    found = finder(EnglishSubjects, "The minister has repeatedly said that it fell", "en")
    assert found._subject(4, 0) == (0, 2, 0)
    assert not found._negated(4)
    assert finder(EnglishSubjects, "The minister has not said that", "en")._negated(4)
    # told 0 reporters 1 on 2 Tuesday 3 that 4
    assert finder(EnglishPhrases, "told reporters on Tuesday that", "en")._circumstances(1) == 4
    cue = finder(EnglishPassives, "the ministry put the death toll at 12", "en")._put_at(
        2, 0, False
    )
    assert cue is not None
    assert (cue.act, cue.stance, cue.speaker) == ("estimate", "probable", (0, 2))
