"""The cue: reporting words, who speaks, and where the reported words begin."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum, auto

__all__ = ["Content", "Cue", "CueKind"]


class CueKind(StrEnum):
    """The kind of a cue; the value is its name in the explanations of a draft."""

    VERB_AND_SUBJECT = "verb and subject"
    SUBJECT_AND_VERB = "subject and verb"
    BEHIND_APPOSITIONS = "verb behind appositions"
    RELATIVE_CLAUSE = "verb in a relative clause"
    VERB_AND_THEME = "verb and its topic"
    VERB_AND_PARTICIPLE = "verb and participle"
    PARTICIPLE = "participle"
    RELAYING_VERB = "relaying verb"
    RELAYED = "relayed"
    BEHIND_A_QUOTATION = "behind a quotation"
    BEHIND_WHAT_IS_SAID = "behind what is said"
    ON_IT = "on what was just said"
    ACCORDING_TO = "according to"
    ACCORDING_TO_WORDS = "according to what was said"
    WHAT_WAS_SAID = "what was said"
    REPORT = "report"
    SOURCE_THAT_SAYS = "source that says"
    CITED_SOURCE = "cited source"
    NOUN_OF_SAYING = "noun of saying"
    PASSIVE = "passive"
    PASSIVE_AND_SUBJECT = "passive with its subject"

    @property
    def cites(self) -> bool:
        """Whether it names a source without a speech verb of its own: according to."""
        return self in (CueKind.ACCORDING_TO, CueKind.ACCORDING_TO_WORDS)

    @property
    def has_subject(self) -> bool:
        """Whether it is a speech verb next to its subject."""
        return self in (CueKind.VERB_AND_SUBJECT, CueKind.SUBJECT_AND_VERB)


class Content(Enum):
    """What joins a speech verb to what is said."""

    THAT = auto()  # أن, a colon, that
    QUOTE = auto()
    PREPOSITION = auto()
    OBJECT = auto()

    @property
    def goes_on(self) -> bool:
        """Whether what is said may continue in the next sentence."""
        return self in (Content.THAT, Content.QUOTE)


@dataclass(frozen=True, slots=True)
class Cue:
    """Reporting words in tokens ``start:end``.

    ``speaker`` is the span of the speaker's words, ``None`` if the previous speaker continues;
    ``unnamed`` means that no word names one. ``content`` is where the reported words begin;
    ``closes`` means that they precede the cue. ``nested`` means that the cue is inside another
    voice's words. ``relay`` is the preposition before the relayed speaker: نقلت الوكالة عن.
    """

    start: int
    end: int
    content: int
    kind: CueKind
    act: str = "state"
    stance: str = ""
    speaker: tuple[int, int] | None = None
    speaker_cut: int = 0
    unnamed: bool = False
    closes: bool = False
    nested: bool = False
    feminine: bool = False
    plural: bool = False
    goes_on: bool = True
    quoted: bool = False
    relay: str = ""
    source: tuple[int, int] | None = None
    joint: Content | None = None
    confidence: float = 0.85

    @property
    def participle(self) -> bool:
        """Whether it is a participle of the previous speaker: مضيفا."""
        return self.kind == CueKind.PARTICIPLE

    @property
    def said_before(self) -> bool:
        """Whether it takes up what somebody else has said: نفى ما نشرته الصحف."""
        return self.kind == CueKind.WHAT_WAS_SAID
