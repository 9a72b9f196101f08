"""The cue: reporting words, who speaks with them, and where what is said begins."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Cue"]


@dataclass(frozen=True, slots=True)
class Cue:
    """Reporting words in tokens ``start`` up to, without, ``end``.

    ``speaker`` is the span of the speaker's words, ``None`` where the one before goes on;
    ``unnamed`` says that no word names one. ``content`` is where what is said begins;
    ``closes`` tells that it stands before. ``nested`` tells that the cue stands in what another
    says.
    """

    start: int
    end: int
    content: int
    rule: str
    act: str = "state"
    stance: str = ""
    speaker: tuple[int, int] | None = None
    speaker_cut: int = 0
    unnamed: bool = False
    closes: bool = False
    nested: bool = False
    participle: bool = False
    feminine: bool = False
    plural: bool = False
    goes_on: bool = True
    quoted: bool = False
    relay: bool = False
    said_before: bool = False
    source: tuple[int, int] | None = None
    comp: str = ""
    confidence: float = 0.85
