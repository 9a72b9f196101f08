"""Cues without a finite speech verb: according to, documents that speak, passives."""

from __future__ import annotations

from typing import Final

from kg.readers.rules.cues.ar.according_to import CONNECTIVES, AccordingTo
from kg.readers.rules.cues.ar.complements import COMMAS
from kg.readers.rules.cues.cue import Content, Cue, CueKind
from kg.readers.rules.lexicon.tables import folded, word_class
from kg.readers.rules.lexicon.words import is_definite, is_noun, is_verbal_noun
from kg.readers.rules.names.noun_phrases import is_complement, phrase_end

__all__ = ["CitedSources"]

_PUBLISH: Final = word_class("ar", "publishing-verbs")
_SPREAD: Final = word_class("ar", "spreading-verbs")
#: Words that refer back to the previous clause: وهو ما نفاه, الأمر الذي نفته.
_ON_IT: Final = frozenset(
    (folded(one), folded(two))
    for one, two in (
        ("وهو", "ما"),
        ("وهذا", "ما"),
        ("الأمر", "الذي"),
        ("الشيء", "الذي"),
    )
)
_LEADS: Final = word_class("ar", "passive-leads")
#: Verbs that deny a charge, whatever they mean elsewhere: وهو ما رفضته الوزيرة.
_REFUSED: Final = frozenset(
    f"{verb}{end}"
    for verb in ("رفض", "ترفض", "يرفض", "استنكر", "فند", "دحض")
    for end in ("ه", "ها", "ته", "تها")
)
_OUTLETS: Final = word_class("ar", "outlet-heads")
_SAID_IN: Final = word_class("ar", "verbs-in-sources")


class CitedSources(AccordingTo):
    """Finds cues that have no finite speech verb."""

    def _source(self, index: int, clause: int) -> Cue | None:
        """Read في تقرير نشره موقع …, جاء في بيان …: a document that speaks."""
        text = self._word(index)
        bare = text if text in ("في", "ورد") or text[:1] not in "وف" else text[1:]
        if bare in ("جاء", "ورد") and self._word(index + 1) == "في":
            noun = index + 2
            if not self._is_source(noun):
                return None
            end = phrase_end(self.page, noun + 1, self.stop)
            owner = (
                end > noun + 1
                and (  # not وثيقة سرية
                    is_definite(self._word(noun + 1))
                    or self._word(noun + 1)[:1] == "ل"
                    or noun + 1 in self.page.names
                    or noun + 1 in self.page.heads
                )
            )
            speaker = (noun + 1, end) if owner else (noun, max(end, noun + 1))
            cut = self._cut_of(speaker[0])
            complement = self._complement(max(end, noun + 1), None, index)
            if complement is None:
                return None
            return Cue(
                index,
                complement.end,
                complement.content,
                CueKind.SOURCE_THAT_SAYS,
                "report",
                speaker=speaker,
                speaker_cut=cut,
                source=(noun, noun + 1),
                quoted=complement.kind == Content.QUOTE,
            )
        if text not in ("في", "وفي") or index > clause + 2 or not self._is_source(index + 1):
            return None
        at = index + 2
        if self._word(at) in ("قد", "كان"):
            at += 1
        verb = self._word(at)
        relative = verb.endswith(("ه", "ها"))
        if verb not in _PUBLISH and not (
            relative and verb.removesuffix("ها").removesuffix("ه") in _PUBLISH
        ):
            return None
        speaker_at = at + 1
        if self._word(speaker_at) in ("به", "بها", "عنه", "عنها", "اليوم", "امس"):
            speaker_at += 1
        end = phrase_end(self.page, speaker_at, self.stop)
        if end == speaker_at:
            return None
        speaker = self._displaced(speaker_at, end)
        position = end
        while position < self.stop and (
            position in self.page.dates or self._word(position) == "في"
        ):
            position = self.page.dates.get(position, position + 1)
        if self._word(position) in _SAID_IN and self._word(position + 1) in ("فيه", "فيها"):
            position += 2
            if is_complement(self._word(position)) or self._word(position) == ":":
                position += 1
            return Cue(
                index,
                position,
                self._past_comma(position),
                CueKind.REPORT,
                "report",
                speaker=speaker,
                source=(index + 1, index + 2),
                quoted=position in self.opens,
            )
        that = position < self.stop and is_complement(self._word(position))
        return Cue(
            index,
            position + 1 if that else position,
            position + 1 if that else self._past_comma(position),
            CueKind.REPORT,
            "report",
            speaker=speaker,
            source=(index + 1, index + 2),
            confidence=0.85 if that else 0.75,
        )

    def _displaced(self, start: int, end: int) -> tuple[int, int]:
        """Return the speaker's words; a Latin name may be displaced to the start of the line.

        Arabic lines with one Latin word are often stored with that word first: a bare موقع or صحيفة
        then has its name there.
        """
        first = self.sentence.start
        latin = first in self.page.names and self._word(first).isascii()
        if end == start + 1 and latin and self._word(start) in _OUTLETS:
            return first, self.page.names[first].end
        return start, end

    def _is_source(self, index: int) -> bool:
        return self._word(index).removeprefix("ال") in self.speech.sources

    def _cut_of(self, index: int) -> int:
        text = self._word(index)
        return 1 if text.startswith("ل") and len(text) > 3 else 0

    def _on_it(self, index: int) -> Cue | None:
        """Read وهو ما نفاه الوزير, الأمر الذي أكدته الوزارة: about the previous clause."""
        pair = (self._word(index), self._word(index + 1))
        charge = pair[0] in ("وهو", "وهي") and is_noun(pair[1]) and not is_definite(pair[1])
        if pair not in _ON_IT and not charge:
            return None
        forms = self.speech.forms(self._word(index + 2))
        form = next(
            (one for one in forms if one.form == "finite" and one.suffix in ("ه", "ها")), None
        )
        end = phrase_end(self.page, index + 3, self.stop)
        refused = self._word(index + 2) in _REFUSED
        if (form is None and not refused) or end == index + 3:
            return None
        past = self._past_dates(end)
        return Cue(
            index,
            past,
            past,
            CueKind.ON_IT,
            form.verb.act if form else "deny",
            form.verb.stance if form else "certainly-not",
            speaker=(index + 3, end),
            closes=True,
            goes_on=False,
        )

    def _noun(self, index: int) -> Cue | None:
        """Read توقعات بأن, مخاوف من أن, أنباء عن مقتل: a noun that reports something."""
        found = self.speech.speech_nouns.get(self._word(index))
        if found is None:
            return None
        act, stance, about = found
        end = index + 1
        if is_definite(self._word(end)) or end in self.page.names:
            end = phrase_end(self.page, end, self.stop)
        speaker = (index + 1, end) if end > index + 1 else None
        at = end + (self._word(end) in ("من", "في", "ب", "عن", "تفيد", "حول"))
        if is_complement(self._word(at)):
            content = at + 1
        elif about and self._word(end) == "عن" and is_verbal_noun(self._word(end + 1)):
            content = end + 1
        else:
            return None
        start = index
        while start > self.sentence.start and (
            self._word(start - 1) in _SPREAD or self._word(start - 1).removeprefix("و") in _SPREAD
        ):
            start -= 1
        return Cue(
            start,
            content,
            content,
            CueKind.NOUN_OF_SAYING,
            act,
            stance,
            speaker,
            unnamed=speaker is None,
            nested=True,
            goes_on=False,
            joint=Content.THAT if is_complement(self._word(at)) else Content.OBJECT,
        )

    def _what_was_said(self, index: int) -> Cue | None:
        """Read ما نشرته صحف أجنبية من أن: another's words, now denied or doubted."""
        if self._word(index) not in ("ما", "وما", "عما", "مما"):
            return None
        verb = self._word(index + 1)
        stem = verb.removesuffix("ها").removesuffix("ه") if len(verb) > 3 else verb
        forms = self.speech.forms(verb)
        if (
            stem not in _PUBLISH
            and verb not in _PUBLISH
            and not any(one.form == "finite" for one in forms)
        ):
            return None
        at = index + 2 + (verb in ("ورد", "جاء") and self._word(index + 2) == "في")
        end = phrase_end(self.page, at, self.stop)
        if end == at:
            return None
        position = end
        while position < self.stop and position in self.page.dates:
            position = self.page.dates[position]
        joint = self._word(position)
        clause = joint in ("من", "عن", "حول", "بشان") and is_complement(self._word(position + 1))
        if not clause and joint not in ("عن", "حول", "بشان"):
            return None
        content = position + 2 if clause else position + 1
        return Cue(
            index,
            content,
            content,
            CueKind.WHAT_WAS_SAID,
            "report",
            speaker=(at, end),
            nested=True,
            goes_on=clause,
        )

    def _is_active(self, index: int, word: str) -> bool:
        """Return whether أعلن, ذكر and the like lack the damma of the passive."""
        perfect = any(
            one.form == "finite" and one.tense == "perfect" and not one.cut
            for one in self.speech.forms(word)
        )
        return perfect and "\u064f" not in self._raw(index)

    def _passive(self, index: int, clause: int, nested: bool) -> Cue | None:
        text = self._word(index)
        for cut in (0, 1):
            if cut and text[:1] not in "وف":
                break
            found = self.speech.passives.get(text[cut:])
            aside = self._word(index + 2) in COMMAS and self._past_aside(index + 2) > 0
            if text[cut:] == "من" and (aside or is_complement(self._word(index + 2))):
                found = self.speech.passives.get(f"من {self._word(index + 1)}")
                if found is not None:
                    end = index + 3 - aside  # من المتوقع، بحسب الخبراء، أن
                    return Cue(
                        index,
                        end,
                        end,
                        CueKind.PASSIVE,
                        found[0],
                        found[1],
                        unnamed=True,
                        nested=nested and not cut,
                        goes_on=False,
                    )
            if found is None or not is_complement(self._word(index + 1)):
                continue
            if self._is_active(index, text[cut:]):
                return None
            before = self._word(index - 1) if index > clause else ""
            if (
                before
                and before not in CONNECTIVES
                and before not in COMMAS
                and index > clause
                and not (is_complement(before))
            ):
                return None
            start = index
            while start > clause and self._word(start - 1) in _LEADS:
                start -= 1
            return Cue(
                start,
                index + 2,
                index + 2,
                CueKind.PASSIVE,
                found[0],
                found[1],
                unnamed=True,
                nested=nested and not text.startswith("و"),
                goes_on=False,
            )
        return None
