"""Coverage: which characters of an article no claim and no cue covers, and why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.reading.grounded import ground_reading
from kg.text.spans import Span, merge

if TYPE_CHECKING:
    from kg.reading.file import ReadingFile
    from kg.text.article import Article

__all__ = ["CoverageReport", "Gap", "coverage"]


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of letters that no passage covers; ``why`` is ``None`` if no reason is given."""

    span: Span
    text: str
    letters: int
    why: str | None


@dataclass(frozen=True, slots=True)
class CoverageReport:
    """How much of an article a reading covers, in letters (digits counted with them)."""

    letters: int
    covered: int
    gaps: tuple[Gap, ...]

    @property
    def share(self) -> float:
        """Covered letters over all letters, from 0 to 1."""
        return self.covered / self.letters if self.letters else 1.0


def coverage(file: ReadingFile, article: Article) -> CoverageReport:
    """Compare the passages of a reading (claims' quotes and voices' cues) with the text.

    :raises ReadingError: the reading names another article.
    :raises GroundingError: a quote is not in the text exactly once.
    """
    grounded = ground_reading(file, article)
    spans = [span for claim in grounded.claims for span in claim.quotes]
    spans += [span for voice in grounded.voices.values() for span in voice.cues]
    is_letter = [character.isalnum() for character in article.text]
    gaps = []
    last = 0
    for span in (*merge(spans), Span(len(article.text), len(article.text))):
        letters = sum(is_letter[last : span.start])
        if letters:
            gap = Span(last, span.start)
            why = next(
                (
                    unread.why
                    for place, unread in grounded.unread
                    if place.start < gap.end and gap.start < place.end
                ),
                None,
            )
            gaps.append(Gap(gap, gap.of(article.text), letters, why))
        last = span.end
    total = sum(is_letter)
    return CoverageReport(total, total - sum(gap.letters for gap in gaps), tuple(gaps))
