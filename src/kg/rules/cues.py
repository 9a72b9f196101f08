"""Cues of Arabic: the reporting words, who speaks with them, and where what is said begins."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kg.rules.lexicon import folded
from kg.rules.noun_phrases import Page, is_complement, phrase_end
from kg.rules.speech import Speech, SpeechForm, speech
from kg.rules.words import (
    function_class,
    is_definite,
    is_function,
    is_listed_verb,
    is_verb,
    is_verbal_noun,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.rules.quotations import Quotation
    from kg.rules.sentences import Sentence

__all__ = ["Cue", "find_cues"]

#: How far the complement of a verb of saying is looked for, in tokens.
_REACH: Final = 32
_STOPS: Final = frozenset(".!?؟؛;…")
_COMMAS: Final = frozenset("،,")
_CONNECTIVES: Final = frozenset(
    map(
        folded,
        (
            "لكن",
            "فيما",
            "بينما",
            "حيث",
            "كما",
            "إذ",
            "و",
            "ف",
            "ثم",
            "بل",
            "وحيث",
            "وفيما",
            "وبينما",
            "وكما",
            "ولكن",
            "غير",
            "إلا",
            "حين",
            "وقد",
            "قد",
            "فقد",
            "لقد",
            "وكان",
            "وكانت",
            "كان",
            "كانت",
            "سوف",
            "أن",
            "إن",
            "أنه",
            "إنه",
            "أنها",
            "إنها",
            "بأن",
            "فإن",
            "وأن",
            "وإن",
            "لأن",
        ),
    )
)
_NEGATIONS: Final = frozenset(
    map(folded, ("لم", "لا", "لن", "ما", "ولم", "ولا", "ولن", "فلم", "وما"))
)
_RELATIVES: Final = frozenset(map(folded, ("الذي", "التي", "الذين", "اللذان", "اللتان")))
_PUBLISH: Final = frozenset(
    map(
        folded,
        (
            "نشر",
            "نشرت",
            "أذاع",
            "أذاعت",
            "بث",
            "بثت",
            "أعد",
            "أعدت",
            "أصدر",
            "أصدرت",
            "أجرى",
            "أجرت",
            "عرض",
            "عرضت",
            "كتب",
            "كتبت",
            "وجه",
            "وجهت",
            "تناقل",
            "تناقلت",
            "أورد",
            "أوردت",
            "ردد",
            "رددت",
            "روج",
            "روجت",
            "ذكر",
            "ذكرت",
            "قال",
            "قالت",
            "تقول",
            "يقول",
            "تردد",
            "يردد",
            "أعلن",
            "أعلنت",
            "زعم",
            "زعمت",
            "أشاع",
            "أدلى",
            "ساق",
            "ساقت",
        ),
    )
)


_OUTLETS: Final = frozenset(
    map(folded, ("موقع", "صحيفة", "قناة", "وكالة", "شبكة", "مجلة", "إذاعة"))
)


@dataclass(frozen=True, slots=True)
class Cue:
    """Reporting words in tokens ``start`` up to, without, ``end``.

    ``speaker`` is the span of the speaker's words, ``None`` where the one before goes on; ``unnamed``
    says that no word names one. ``content`` is where what is said begins; ``closes`` tells that it
    stands before. ``nested`` tells that the cue stands in what another says.
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


@dataclass(frozen=True, slots=True)
class _Complement:
    """Where a cue ends, where the content begins, and what joins them."""

    end: int
    content: int
    kind: str
    far: bool = False


class CueFinder:
    """Finds the cues of one sentence."""

    def __init__(self, page: Page, sentence: Sentence, quotes: Sequence[Quotation]) -> None:
        self.page, self.sentence = page, sentence
        self.tokens = page.tokens
        self.stop = sentence.end
        self.speech: Speech = speech()
        self.opens = {quote.open: quote for quote in quotes}
        self.closes = {quote.close: quote for quote in quotes if not quote.open_ended}

    def find(self) -> list[Cue]:
        """Return the cues of the sentence, left to right, none over another."""
        found: list[Cue] = []
        index = clause = self.sentence.start
        after_complement = False
        while index < self.stop:
            token = self.tokens[index]
            if token.kind == "mark":
                if token.text in _COMMAS or token.text in '":' or index in self.opens:
                    clause, after_complement = index + 1, index in self.opens and after_complement
                index += 1
                continue
            if token.kind != "word" or index in self.page.dates:
                index += 1
                continue
            cue = None
            if self.speech.hopeful(token.text):
                cue = self._at(index, clause, after_complement, found)
            if cue is not None:
                found.append(cue)
                index = max(cue.content if not cue.closes else cue.end, index + 1)
                clause, after_complement = index, not cue.closes
                continue
            if is_complement(token.text) or token.text in ("وان", "فان", "وانه", "وانها"):
                clause, after_complement = index + 1, True
            elif function_class(token.text) in ("conjunction", "subordinate") or (
                token.text[0] in "وف"
                and (
                    is_verb(token.text)
                    or (
                        token.text[1:3] == "ال"
                        and (
                            self._word(index + 1) == "قد"
                            or self.speech.forms(self._word(index + 1))
                        )
                    )
                )
            ):
                clause, after_complement = index, False
            index += 1
        return found

    # ---- one token

    def _at(self, index: int, clause: int, nested: bool, found: Sequence[Cue]) -> Cue | None:
        return (
            self._according(index, clause)
            or self._source(index, clause)
            or self._what_was_said(index)
            or self._relayed(index, found)
            or self._passive(index, clause, nested)
            or self._participle(index, clause, found)
            or self._finite(index, clause, nested, found)
        )

    def _word(self, index: int) -> str:
        return self.tokens[index].text if index < self.stop else ""

    def _past_comma(self, index: int) -> int:
        """Return the index behind a comma, فإن or فقد, a quotation mark."""
        while index < self.stop:
            text = self._word(index)
            if (
                text in _COMMAS
                or text in ("فان", "فقد", "فانه", "فانها")
                or (self.tokens[index].kind == "mark" and text not in _STOPS)
            ):
                index += 1
                continue
            break
        return index

    def _according(self, index: int, clause: int) -> Cue | None:
        match = self.speech.according.at(self.tokens, index)
        if match is None or (match.cut and match.clitics not in ("و", "ف")):
            return None
        opener, at, cut = match.value, match.end, 0
        if at >= self.stop:
            return None
        if opener.with_l:
            if not self._word(at).startswith("ل"):
                return None
            cut = 1
            if self._word(at) == "ل":
                at, cut = at + 1, 0
        if opener.follows == "verb":
            return self._according_verb(index, clause, at, opener.act)
        if self.tokens[at].kind != "word" and at not in self.opens:
            return None
        end = phrase_end(self.page, at, self.stop, loose=True)
        if end == at:
            end = self._clitic_phrase(at, cut)
        if end <= at:
            return None
        text = self._word(index)
        if text in ("حسب", "وفق") and self._word(at) in ("ما", "هذا", "ذلك"):
            return None
        comp = end
        if end < self.stop and is_complement(self._word(end)):
            comp = end + 1
        while comp < self.stop and comp in self.page.dates and comp == end:
            comp = end = self.page.dates[comp]
        starts = self._opens_clause(index, clause)
        after = self._word(end)
        closes = not starts or (comp == end and (end >= self.stop or after in _STOPS))
        return Cue(
            index,
            comp,
            comp if comp > end else self._past_comma(comp),
            "according to",
            opener.act,
            opener.stance,
            (at, end),
            cut,
            closes=closes and comp == end,
        )

    def _clitic_phrase(self, at: int, cut: int) -> int:
        """Return the end of a phrase whose first word carries a preposition: لسكان الحي."""
        if not cut:
            return at
        name = self.page.names.get(at) or self.page.heads.get(at)
        if name is not None:
            return name.end
        rest = phrase_end(self.page, at + 1, self.stop, loose=True)
        return max(rest, at + 1)

    def _opens_clause(self, index: int, clause: int) -> bool:
        """Tell whether nothing but a connective stands before a token in its clause."""
        if index == self.sentence.start:
            return True
        if index - clause > 1:
            return False
        before = self._word(index - 1)
        if index == clause and before in _COMMAS:
            # After a comma it opens only with a conjunction on it: ، ووفقا ل
            return self._word(index)[:1] in "وف" and self._word(index)[1:3] in (
                "وف",
                "بح",
                "طب",
                "حس",
                "نق",
            )
        return before in _CONNECTIVES or before in '"«' or index == clause

    def _according_verb(self, index: int, clause: int, at: int, act: str) -> Cue | None:
        if self._word(at) in ("قد", "جاء"):
            at += 1
        forms = self.speech.forms(self._word(at))
        finite = next((form for form in forms if form.form == "finite"), None)
        if finite is None or finite.cut:
            return None
        position = at + 1
        while (
            position < self.stop
            and (
                function_class(self._word(position)) == "preposition"
                and len(self._word(position)) < 5
                and not self.page.names.get(position)
            )
            and self._word(position) not in ("في", "من")
        ):
            position += 1
        end = phrase_end(self.page, position, self.stop)
        speaker: tuple[int, int] | None = (position, end) if end > position else None
        if speaker is None and self._word(index) == "كما":
            return None
        while end < self.stop and end in self.page.dates:
            end = self.page.dates[end]
        if end < self.stop and (
            is_complement(self._word(end)) or self._word(end) in ("الي", "علي", "عن")
        ):
            return None  # كما قال الوزير إن: a verb with its connective
        starts = index == self.sentence.start
        return Cue(
            index,
            end,
            self._past_comma(end),
            "according to what was said",
            act,
            finite.verb.stance if finite.verb.stance != "certainly-not" else "",
            speaker,
            closes=not starts,
        )

    def _source(self, index: int, clause: int) -> Cue | None:
        """Read في تقرير نشره موقع …, جاء في بيان …: a document that speaks."""
        text = self._word(index)
        bare = text.lstrip("وف") if text not in ("في", "وفي") else text
        if bare in ("جاء", "ورد") and self._word(index + 1) == "في":
            noun = index + 2
            if not self._is_source(noun):
                return None
            end = phrase_end(self.page, noun + 1, self.stop)
            speaker = (noun + 1, end) if end > noun + 1 else (noun, noun + 1)
            cut = self._cut_of(speaker[0])
            complement = self._complement(max(end, noun + 1), frozenset(), "no", index)
            if complement is None:
                return None
            return Cue(
                index,
                complement.end,
                complement.content,
                "source that says",
                "report",
                speaker=speaker,
                speaker_cut=cut,
                source=(noun, noun + 1),
                quoted=complement.kind == "quote",
            )
        if text not in ("في", "وفي") or index > clause + 2 or not self._is_source(index + 1):
            return None
        at = index + 2
        if self._word(at) in ("قد", "كان"):
            at += 1
        verb = self._word(at)
        if not (
            verb.endswith(("ه", "ها")) and verb.removesuffix("ها").removesuffix("ه") in _PUBLISH
        ):
            if verb not in _PUBLISH:
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
        if self._word(position) in (
            "قال",
            "قالت",
            "جاء",
            "ذكر",
            "ذكرت",
            "ورد",
            "اكد",
            "اكدت",
        ) and self._word(position + 1) in ("فيه", "فيها"):
            position += 2
            if is_complement(self._word(position)) or self._word(position) == ":":
                position += 1
            return Cue(
                index,
                position,
                self._past_comma(position),
                "report",
                "report",
                speaker=speaker,
                source=(index + 1, index + 2),
                quoted=position in self.opens,
            )
        if position < self.stop and is_complement(self._word(position)):
            return Cue(
                index,
                position + 1,
                position + 1,
                "report",
                "report",
                speaker=speaker,
                source=(index + 1, index + 2),
            )
        return Cue(
            index,
            position,
            self._past_comma(position),
            "report",
            "report",
            speaker=speaker,
            source=(index + 1, index + 2),
            confidence=0.75,
        )

    def _displaced(self, start: int, end: int) -> tuple[int, int]:
        """Return the speaker's words; a name in Latin letters may have slipped to the line's head.

        Arabic lines with one Latin word are often stored with that word at their beginning: a
        bare موقع or صحيفة then has its name there.
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

    def _what_was_said(self, index: int) -> Cue | None:
        """Read ما نشرته صحف أجنبية من أن: what somebody else says, now denied or doubted."""
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
        end = phrase_end(self.page, index + 2, self.stop)
        if end == index + 2:
            return None
        position = end
        while position < self.stop and position in self.page.dates:
            position = self.page.dates[position]
        if self._word(position) in ("من", "عن", "حول", "بشان") and is_complement(
            self._word(position + 1)
        ):
            return Cue(
                index,
                position + 2,
                position + 2,
                "what was said",
                "report",
                speaker=(index + 2, end),
                nested=True,
                said_before=True,
            )
        if self._word(position) in ("عن", "حول", "بشان"):
            return Cue(
                index,
                position + 1,
                position + 1,
                "what was said",
                "report",
                speaker=(index + 2, end),
                nested=True,
                said_before=True,
                goes_on=False,
            )
        return None

    def _relayed(self, index: int, found: Sequence[Cue]) -> Cue | None:
        """Read عن الوزير قوله إن behind نقلت رويترز: the one who is relayed."""
        text = self._word(index)
        if not found or text not in ("عن", "الي", "من") or not found[-1].relay:
            return None
        if index - found[-1].end > 12 or found[-1].comp != text:
            return None
        end = phrase_end(self.page, index + 1, self.stop)
        if end == index + 1:
            return None
        position = self._past_apposition(end)
        verb = self.speech.noun(self._word(position))
        act, stance = "state", ""
        if verb is not None:
            act, stance = verb.act, verb.stance
            position += 1
        complement = self._complement(position, frozenset(), "no", index, reach=14)
        if complement is None:
            return None
        apart = end < self.stop and self._word(end) in _COMMAS
        return Cue(
            index,
            end if apart else complement.end,
            complement.content,
            "relayed",
            act,
            stance,
            (index + 1, end),
            nested=True,
            quoted=complement.kind == "quote",
            comp=complement.kind,
        )

    def _past_apposition(self, index: int) -> int:
        """Return the index behind dates, and behind an apposition between two commas."""
        while index < self.stop and index in self.page.dates:
            index = self.page.dates[index]
        if self._word(index) in _COMMAS:
            for position in range(index + 1, min(self.stop, index + 14)):
                if self._word(position) in _COMMAS:
                    return position + 1
                if self._word(position) in _STOPS:
                    break
        return index

    def _passive(self, index: int, clause: int, nested: bool) -> Cue | None:
        text = self._word(index)
        for cut in (0, 1):
            if cut and text[:1] not in "وف":
                break
            found = self.speech.passives.get(text[cut:])
            if text[cut:] == "من" and is_complement(self._word(index + 2)):
                found = self.speech.passives.get(f"من {self._word(index + 1)}")
                if found is not None:
                    return Cue(
                        index,
                        index + 3,
                        index + 3,
                        "passive",
                        found[0],
                        found[1],
                        unnamed=True,
                        nested=nested and not cut,
                        goes_on=False,
                    )
            if found is None or not is_complement(self._word(index + 1)):
                continue
            before = self._word(index - 1) if index > clause else ""
            if (
                before
                and before not in _CONNECTIVES
                and before not in _COMMAS
                and index > clause
                and not (is_complement(before))
            ):
                return None
            return Cue(
                index,
                index + 2,
                index + 2,
                "passive",
                found[0],
                found[1],
                unnamed=True,
                nested=nested and not text.startswith("و"),
            )
        return None

    def _participle(self, index: int, clause: int, found: Sequence[Cue]) -> Cue | None:
        forms = [one for one in self.speech.forms(self._word(index)) if one.form == "participle"]
        if not forms:
            return None
        form = forms[0]
        if form.verb.name == "استشهد" or form.verb.takes == "source":
            return self._citing(index)
        complement = self._complement(
            index + 1, form.verb.prepositions, form.verb.takes, index, reach=10, immediate=True
        )
        if complement is None:
            return None
        start, speaker = index, None
        if clause < index and not any(cue.end > clause for cue in found):
            start, speaker = self._acting_subject(clause, index, form.verb.name == "قال")
        return Cue(
            start,
            complement.end,
            complement.content,
            "participle" if speaker is None else "verb and participle",
            form.verb.act,
            form.verb.stance,
            speaker,
            participle=speaker is None,
            feminine=form.feminine,
            plural=form.plural,
            quoted=complement.kind == "quote",
            goes_on=complement.kind in ("that", "quote"),
            comp=complement.kind,
        )

    def _acting_subject(
        self, clause: int, index: int, saying: bool
    ) -> tuple[int, tuple[int, int] | None]:
        """Return where وأيده العميد فلان قائلا begins, and its subject.

        :param saying: whether the participle is قائلا, with which anybody may be the subject; with
            others, such as مؤكدا, it has to be somebody with a name.
        """
        for position in range(index - 1, max(clause, index - 12) - 1, -1):
            word = self._word(position)
            if not (is_verb(word) or (word[:1] == "ل" and is_verb(word[1:]))):
                continue
            end = phrase_end(self.page, position + 1, index)
            named = any(
                self.page.names[n].type not in ("Place", "Event", "PopulationGroup")
                for n in range(position + 1, end)
                if n in self.page.names
            )
            if end > position + 1 and (saying or (named and index - end <= 3)):
                return position, (position + 1, end)
        return index, None

    def _citing(self, index: int) -> Cue | None:
        """Read مستشهدة بدراسة للمركز الجيولوجي تفيد بأن: another source, within the voice."""
        for position in range(index + 1, min(self.stop, index + 14)):
            forms = [one for one in self.speech.forms(self._word(position)) if one.form == "finite"]
            if forms and is_complement(self._word(position + 1)):
                at = index + 1
                for inner in range(index + 1, position):
                    word = self._word(inner)
                    if word.startswith("لل") or (word.startswith("ل") and inner in self.page.names):
                        at = inner
                        break
                return Cue(
                    index,
                    position + 2,
                    position + 2,
                    "cited source",
                    "report",
                    speaker=(at, position),
                    speaker_cut=1,
                    nested=True,
                )
            if self._word(position) in _COMMAS:
                break
        return None

    # ---- finite verbs

    def _finite(self, index: int, clause: int, nested: bool, found: Sequence[Cue]) -> Cue | None:
        forms = [one for one in self.speech.forms(self._word(index)) if one.form == "finite"]
        if not forms:
            return None
        before = self._word(index - 1) if index > self.sentence.start else ""
        if before in _RELATIVES or (function_class(before) == "preposition" and index > clause):
            return None
        form = forms[0]
        name = self.page.names.get(index)
        if name is not None and name.type == "Person":
            return None
        body = self._word(index)[form.cut :]
        if form.tense != "perfect" and body.removeprefix("س")[:1] in "نا":
            return None  # the first person: the speaker's own words
        negated = before in _NEGATIONS
        if negated and form.verb.stance not in ("probably-not",):
            return None
        start = index
        position = index - 1
        while (
            position >= clause
            and self._word(position) in _CONNECTIVES | _NEGATIONS
            and not (is_complement(self._word(position)) or self._word(position) in ("وان",))
        ):
            start, position = position, position - 1
        if form.suffix and form.verb.name not in (
            "أبلغ",
            "أخبر",
            "حذر",
            "وعد",
            "أطلع",
            "سأل",
            "طالب",
            "ناشد",
            "نصح",
            "حدث",
            "نقل",
            "أمر",
            "دعا",
        ):
            forms = [one for one in forms if not one.suffix]
            if not forms:
                return None
            form = forms[0]
        post = self._behind_quotation(start, index, form)
        if post is not None:
            return post
        subject = self._subject_before(clause, start, form)
        if form.verb.relay:
            relay = self._relaying(start, index, form, subject, nested)
            if relay is not None:
                return relay
        if subject is not None:
            cue = self._subject_verb(index, form, subject, nested)
            if cue is not None:
                return self._settled(cue, negated)
        cue = None
        if subject is None and form.plural and form.tense == "imperfect":
            cue = self._bare_verb(start, index, form, found)
        cue = cue or self._verb_subject(start, index, form, clause, nested)
        if cue is None and subject is None:
            cue = self._bare_verb(start, index, form, found)
        return self._settled(cue, negated) if cue is not None else None

    def _settled(self, cue: Cue, negated: bool) -> Cue:
        """Take a second verb of the same speaker into the cue: قال إنه يشك في."""
        cue = self._negated(cue, negated)
        joint = self._word(cue.end - 1)
        if cue.comp != "that" or cue.end != cue.content or joint in ("ان", "بان"):
            return cue
        forms = [one for one in self.speech.forms(self._word(cue.content)) if one.form == "finite"]
        impersonal = self.speech.passives.get(self._word(cue.content), ("", ""))[0] == "report"
        if not forms or forms[0].cut or forms[0].suffix or impersonal:
            return cue
        form = forms[0]
        complement = self._near(
            cue.content + 1, form.verb.prepositions, form.verb.takes, subject_before=True
        )
        if complement is None:
            return cue
        return replace(
            cue,
            end=complement.end,
            content=complement.content,
            act=form.verb.act,
            stance=form.verb.stance,
            goes_on=complement.kind == "that",
            comp=complement.kind,
        )

    @staticmethod
    def _negated(cue: Cue, negated: bool) -> Cue:
        return replace(cue, stance="possible") if negated else cue

    def _behind_quotation(self, start: int, index: int, form: SpeechForm) -> Cue | None:
        """Read «…»، يقول سائق الحافلة: the quotation stands before."""
        before = start - 1
        if before >= 0 and self.tokens[before].text in _COMMAS:
            before -= 1
        if before not in self.closes or form.cut:
            return None
        end = phrase_end(self.page, index + 1, self.stop)
        if end == index + 1:
            return None
        while end < self.stop and end in self.page.dates:
            end = self.page.dates[end]
        return Cue(
            index,
            end,
            self._past_comma(end),
            "behind a quotation",
            form.verb.act,
            "",
            (index + 1, end),
            closes=True,
            quoted=True,
        )

    def _subject_before(
        self, clause: int, start: int, form: SpeechForm
    ) -> tuple[int, int, int] | None:
        """Return the subject that stands before its verb, and where the cue begins."""
        at = clause
        while at < start and (self._word(at) in _CONNECTIVES or (self.tokens[at].kind == "mark")):
            at += 1
        if at >= start or start - at > 18:
            return None
        first = self._word(at)
        cut = (
            1
            if first[0] in "وف"
            and len(first) > 3
            and at == clause
            and not (self.page.names.get(at) and not self.page.names[at].cut)
            else 0
        )
        if is_function(first) and first not in ("بعض", "احد", "كل", "كلا"):
            return None
        if is_verb(first) and not is_definite(first) and at not in self.page.names:
            return None
        end = phrase_end(self.page, at, start)
        if end == at and cut:
            end = max(phrase_end(self.page, at + 1, start), at + 1)
        if (
            end < start
            and self._word(end) == "من"
            and self._word(end + 1).endswith(("ته", "تها", "به", "بها"))
        ):
            end_of_side = end + 2
            return (at, end, cut) if end_of_side == start else None
        if end != start:
            return None
        return at, end, cut

    def _subject_verb(
        self, index: int, form: SpeechForm, subject: tuple[int, int, int], nested: bool
    ) -> Cue | None:
        complement = self._complement(
            index + 1, form.verb.prepositions, form.verb.takes, index, subject_before=True
        )
        if complement is None:
            return None
        at, end, cut = subject
        start = at
        position = at - 1
        while (
            position >= self.sentence.start
            and self._word(position) in _CONNECTIVES
            and not (is_complement(self._word(position)) or self._word(position) in ("وان", "فان"))
        ):
            start, position = position, position - 1
        if position >= self.sentence.start and self._word(position) == "فان":
            start = position
        connected = start < at or bool(cut)
        inner = nested and not cut
        return Cue(
            start,
            complement.end,
            complement.content,
            "subject and verb",
            form.verb.act,
            form.verb.stance,
            (at, end),
            cut,
            nested=inner or (nested and not connected),
            quoted=complement.kind == "quote",
            goes_on=complement.kind in ("that", "quote"),
            feminine=form.feminine,
            plural=form.plural,
            comp=complement.kind,
        )

    def _verb_subject(
        self, start: int, index: int, form: SpeechForm, clause: int, nested: bool
    ) -> Cue | None:
        end = phrase_end(self.page, index + 1, self.stop)
        if (
            form.verb.takes == "yes"
            and not is_definite(self._word(index + 1))
            and is_verbal_noun(self._word(index + 1), self._raw(index + 1))
            and index + 1 not in self.page.names
            and index + 1 not in self.page.heads
        ):
            end = index + 1  # no subject: what is denied or expected comes right away
        if form.verb.takes == "court" and not any(
            "محكم" in self._word(n) or "قاضي" in self._word(n) for n in range(index + 1, end)
        ):
            return None
        complement = self._complement(
            max(end, index + 1), form.verb.prepositions, form.verb.takes, index
        )
        if complement is None:
            return None
        speaker = (index + 1, end) if end > index + 1 else None
        if speaker is None and form.tense == "perfect" and not self._may_go_on(index, start, form):
            return None
        begin = self._adjunct_start(start, clause) if speaker is not None and not nested else start
        text = self._word(begin)
        apart = (begin < index and text not in ("قد", "لم", "لا")) or text[0] in "وف"
        return Cue(
            begin,
            complement.end,
            complement.content,
            "verb and subject",
            form.verb.act,
            form.verb.stance,
            speaker,
            nested=nested and not (apart and text[0] in "وف"),
            quoted=complement.kind == "quote",
            goes_on=complement.kind in ("that", "quote"),
            feminine=form.feminine,
            plural=form.plural,
            comp=complement.kind,
            confidence=0.9 if complement.kind in ("that", "quote") else 0.75,
        )

    def _may_go_on(self, index: int, start: int, form: SpeechForm) -> bool:
        """Tell whether a verb without subject is the speaker's before: وأضاف أن."""
        before = self._word(start - 1) if start > self.sentence.start else ""
        return (
            bool(form.cut)
            or start < index
            or start == self.sentence.start
            or (before in _COMMAS or is_complement(before) or before in '":')
        )

    def _adjunct_start(self, start: int, clause: int) -> int:
        """Let a cue begin with its time or place: وفي يوم الأربعاء أعلن …"""
        if start <= clause:
            return start
        position = clause
        if self.tokens[position].kind != "word":
            return start
        text = self._word(position)
        if not (
            position in self.page.dates
            or function_class(text.lstrip("وف")) == "preposition"
            or text in ("في", "وفي")
            or function_class(text) in ("adverb", "conjunction")
        ):
            return start
        while position < start:
            if position in self.page.dates:
                position = self.page.dates[position]
                continue
            if self.tokens[position].kind != "word" or is_verb(self._word(position)):
                return start
            if not (is_function(self._word(position)) or position - clause < 4):
                return start
            position += 1
        return clause

    def _bare_verb(
        self, start: int, index: int, form: SpeechForm, found: Sequence[Cue]
    ) -> Cue | None:
        """Read a verb whose subject stands further before, parted by appositions."""
        if not (
            is_complement(self._word(index + 1)) or (form.plural and form.tense == "imperfect")
        ):
            return None
        complement = self._complement(index + 1, form.verb.prepositions, form.verb.takes, index)
        if complement is None or form.cut:
            return None
        names = [
            name
            for at, name in self.page.names.items()
            if self.sentence.start <= at < index
            and name.type in ("Person",)
            and name.start == at
            and all(at >= cue.content for cue in found)
        ]
        if not names:
            return None
        names.sort(key=lambda name: name.start)
        first, last = names[0], names[-1]
        span = (first.start, last.end) if form.plural and len(names) > 1 else (last.start, last.end)
        return Cue(
            start,
            complement.end,
            complement.content,
            "verb behind appositions",
            form.verb.act,
            form.verb.stance,
            span,
            nested=False,
            goes_on=True,
            confidence=0.6,
        )

    def _relaying(
        self,
        start: int,
        index: int,
        form: SpeechForm,
        subject: tuple[int, int, int] | None,
        nested: bool,
    ) -> Cue | None:
        """Read نقلت رويترز عن …, مراسلها سمع من …: the voice that relays."""
        preposition = form.verb.relay
        end = phrase_end(self.page, index + 1, self.stop) if subject is None else index + 1
        position = end
        while position < self.stop and position in self.page.dates:
            position = self.page.dates[position]
        if self._word(position) != preposition:
            return None
        inner = phrase_end(self.page, position + 1, self.stop)
        if inner == position + 1:
            return None
        said = self._past_apposition(inner)
        said += self.speech.noun(self._word(said)) is not None
        if self._complement(said, frozenset(), "no", index, reach=14) is None:
            return None
        if subject is None and end == index + 1 and not self._may_go_on(index, start, form):
            return None
        speaker = (
            (subject[0], subject[1]) if subject else ((index + 1, end) if end > index + 1 else None)
        )
        begin = subject[0] if subject else start
        cut = subject[2] if subject else 0
        if subject and self._word(subject[0] - 1) == "فان":
            begin -= 1
        return Cue(
            begin,
            position,
            position,
            "relaying verb",
            form.verb.act,
            "",
            speaker,
            cut,
            nested=nested and self._word(begin)[:1] not in ("و",),
            relay=True,
            comp=preposition,
            feminine=form.feminine,
            plural=form.plural,
        )

    # ---- complements

    def _complement(
        self,
        index: int,
        prepositions: frozenset[str],
        takes: str,
        verb: int,
        *,
        reach: int = _REACH,
        immediate: bool = False,
        subject_before: bool = False,
    ) -> _Complement | None:
        """Find what joins a verb of saying to what is said, from a token on."""
        near = self._near(index, prepositions, takes, subject_before=subject_before)
        if near is not None:
            return near
        if self._word(index) in _COMMAS and (past := self._past_apposition(index)) > index:
            # أعلن الرئيس، مساء الأحد، تجميد …
            near = self._near(past, prepositions, takes, subject_before=subject_before)
            if near is not None and past - index < 12:
                return _Complement(index, near.content, near.kind, far=True)
        position, broken = index, -1
        while position < self.stop and position - verb < reach:
            token = self.tokens[position]
            text = token.text
            if position in self.page.dates:
                position = self.page.dates[position]
                continue
            if token.kind == "newline" or text in _STOPS:
                return None
            if position in self.opens:
                quote = self.opens[position]
                if quote.close - position <= 6 and not quote.open_ended:
                    position = quote.close + 1
                    continue
                if broken < 0 or position - broken <= 2:
                    return _Complement(position if broken < 0 else broken, position + 1, "quote")
                return None
            if text == ":":
                after = position + 1
                kind = "quote" if after in self.opens else "that"
                return _Complement(
                    position + 1 if broken < 0 else broken, after + (after in self.opens), kind
                )
            if text in _COMMAS:
                after = self._word(position + 1)
                if broken >= 0:
                    broken = broken if not self._new_clause(position + 1) else broken
                elif immediate or (after[:1] == "و" and self._new_clause(position + 1)):
                    return None
                else:
                    broken = position
                if self._new_clause(position + 1):
                    return None
                position += 1
                continue
            if is_complement(text):
                if broken >= 0 and self._other_verb(broken, position):
                    return None
                return _Complement(
                    position + 1 if broken < 0 else broken, position + 1, "that", broken >= 0
                )
            if (
                token.kind == "word"
                and broken < 0
                and position > verb + 1
                and is_listed_verb(text)
                and not (self.page.block.raw_word(position).endswith("ة"))
            ):
                if self.speech.forms(text) and is_complement(self._word(position + 1)):
                    return None
                if immediate:
                    return None
                before = position - 1
                while before >= index and self._word(before) in _RELATIVES | _NEGATIONS:
                    before -= 1
                broken = before + 1
            position += 1
        return None

    def _new_clause(self, index: int) -> bool:
        """Tell whether a new clause with a verb of its own begins here."""
        text = self._word(index)
        return (text[:1] in "وف" and bool(is_verb(text))) or text in ("لكن", "فيما", "بينما")

    def _other_verb(self, start: int, index: int) -> bool:
        """Tell whether a verb of saying stands between, whose complement this is rather."""
        return any(
            any(
                form.form in ("finite", "participle")
                for form in self.speech.forms(self._word(position))
            )
            for position in range(start + 1, index)
            # مصدر طلب عدم ذكر اسمه: who asks to stay unnamed says nothing by that
            if self._word(position - 1) != "عدم" and self._word(position + 1) != "عدم"
        )

    def _near(
        self, index: int, prepositions: frozenset[str], takes: str, *, subject_before: bool
    ) -> _Complement | None:
        """Find a complement right here: أن, a colon, a preposition or a verbal noun."""
        position = index
        for _ in range(4):
            if position < self.stop and position in self.page.dates:
                position = self.page.dates[position]
                continue
            break
        text = self._word(position)
        if not text:
            return None
        if is_complement(text):
            return _Complement(position + 1, position + 1, "that")
        if self.tokens[position].kind == "mark":
            return None
        after = self._word(position + 1)
        if takes == "responsibility":
            return None
        bare = text
        if bare in prepositions or bare in ("عما", "مما", "فيما", "بما"):
            if is_complement(after):
                return _Complement(position + 2, position + 2, "that")
            if after == "ما":
                return _Complement(position + 1, position + 1, "prep")
            if after == "ان" or (bare in ("عما", "فيما") and after in ("اذا",)):
                return _Complement(position + 2, position + 2, "that")
            if takes == "any" or (
                takes in ("prep", "whom", "court")
                and is_verbal_noun(after, self._raw(position + 1))
            ):
                return _Complement(position + 1, position + 1, "prep")
            return None
        if (
            "ب" in prepositions
            and text.startswith("ب")
            and len(text) > 3
            and (
                takes == "any"
                or (
                    takes in ("prep", "court") and is_verbal_noun(text[1:], self._raw(position)[1:])
                )
            )
        ):
            return _Complement(position, position, "prep")
        if takes in ("yes", "court") and is_verbal_noun(text, self._raw(position)):
            return _Complement(position, position, "object")
        if takes == "yes" and text in ("ان",):
            return _Complement(position + 1, position + 1, "that")
        if takes == "yes" and is_definite(text) and self._ends_clause(position + 1):
            return _Complement(position, position, "object")
        if takes == "yes" and text in (
            "عدد",
            "نسبه",
            "حجم",
            "كلفه",
            "تكلفه",
            "قيمه",
            "خسائر",
            "ما",
            "الا",
            "اي",
            "صحه",
            "علاقه",
            "كل",
            "جميع",
            "وفاه",
        ):
            return _Complement(position, position, "object")
        if takes == "whom" and self._whom(position):
            return _Complement(position, position, "object")
        del subject_before
        return None

    def _raw(self, index: int) -> str:
        return self.page.block.raw_word(index) if index < self.stop else ""

    def _ends_clause(self, index: int) -> bool:
        return (
            index >= self.stop
            or self.tokens[index].kind == "mark"
            or self._word(index) in ("التي", "الذي")
        )

    def _whom(self, index: int) -> bool:
        """Tell whether the one who is accused or asked stands here, and of what or for what behind."""
        for position in range(index, min(self.stop, index + 12)):
            text = self._word(position)
            if self.tokens[position].kind == "mark" and text in _STOPS | _COMMAS:
                return False
            if text in ("الي", "علي", "من", "بان", "ان", "عدم"):
                return position > index or text in ("الي", "بان")
            if (
                text.startswith("ب")
                and (position > index or is_verbal_noun(text[1:], self._raw(position)[1:]))
                and (len(text) > 3)
            ):
                return True
        return False


def find_cues(page: Page, sentence: Sentence, quotes: Sequence[Quotation]) -> list[Cue]:
    """Return the cues of a sentence, left to right."""
    return [_trimmed(page, cue) for cue in CueFinder(page, sentence, quotes).find()]


def _trimmed(page: Page, cue: Cue) -> Cue:
    """Let the speaker's words end with a person's name: an office behind it is an apposition."""
    if cue.speaker is None:
        return cue
    start, end = cue.speaker
    for index in range(start, end):
        name = page.names.get(index)
        if name is not None and name.type == "Person" and name.end < end:
            after = page.tokens[name.end].text
            if is_definite(after) or after.startswith("لل"):
                return replace(cue, speaker=(start, name.end))
    return cue
