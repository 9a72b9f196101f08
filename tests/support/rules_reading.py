"""What the tests of the rules share: pages of short texts, and who says what in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from kg.readers.rules.lexicon.words import abbreviations
from kg.readers.rules.matching.quotations import quotations
from kg.readers.rules.matching.sentences import sentences
from kg.readers.rules.reader import RulesReader

if TYPE_CHECKING:
    from collections.abc import Callable

    from kg.readers.rules.names.noun_phrases import Page
    from kg.readers.rules.voices.reports import FoundVoice, VoiceState

READER = RulesReader()
_Finder = TypeVar("_Finder")


def page_of(text: str, language: str = "ar") -> Page:
    """Return a text of one block with its names, dates and amounts."""
    ([found], _) = READER.find(text, language, None)
    return found.page


def finder(kind: Callable[..., _Finder], text: str, language: str = "ar") -> _Finder:
    """Return a finder of cues at work on the first sentence of a text."""
    page = page_of(text, language)
    return kind(page, sentences(page.block, abbreviations())[0], quotations(page.block))


def told(text: str, language: str = "ar") -> VoiceState:
    return READER.find(text, language, None)[1]


def cue(text: str, voice: FoundVoice) -> str:
    return voice.page.block.span(voice.cue.start, voice.cue.end).of(text)


def speaker(text: str, state: VoiceState, number: int) -> str:
    if number == 0:
        return "article"
    voice = state.voices[number - 1]
    if voice.cue.unnamed:
        return "unnamed"
    if voice.cue.speaker is None:
        return speaker(text, state, voice.said_by)
    return voice.page.block.span(*voice.cue.speaker, voice.cue.speaker_cut).of(text)


def chains(text: str, language: str = "ar") -> list[tuple[str, list[str], str]]:
    """Return each claim's words, its chain of speakers from within, and its stance."""
    state = told(text, language)
    found = []
    for claim in state.claims:
        chain, number = [], claim.voice
        while number:
            chain.append(speaker(text, state, number))
            number = state.voices[number - 1].within
        words = claim.page.block.span(claim.clause.start, claim.clause.end).of(text)
        found.append((words, chain, claim.stance))
    return found
