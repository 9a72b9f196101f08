"""Complements: أن, a colon, a quotation or a verbal noun after a speech verb."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kg.readers.rules.cues.ar.speech import Speech, SpeechForm, SpeechVerb, speech
from kg.readers.rules.cues.cue import Content, Cue, CueKind
from kg.readers.rules.lexicon.tables import word_class
from kg.readers.rules.lexicon.words import (
    function_class,
    is_definite,
    is_listed_verb,
    is_noun,
    is_verb,
    is_verbal_noun,
)
from kg.readers.rules.names.noun_phrases import Page, is_complement, occasions, phrase_end
from kg.readers.rules.names.person_names import NameRule

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kg.readers.rules.matching.quotations import Quotation
    from kg.readers.rules.matching.sentences import Sentence

__all__ = [
    "COMMAS",
    "NEGATIONS",
    "RELATIVES",
    "STOPS",
    "THESE",
    "Complement",
    "Complements",
    "without_pronoun",
]

#: How far to look for the complement of a speech verb, in tokens.
_REACH: Final = 32
_OBJECTS: Final = word_class("ar", "told-objects")
_REFUSING: Final = word_class("ar", "refusing-verbs")
_NAMELESS: Final = word_class("ar", "refused-things")
THESE: Final = word_class("ar", "these")
_QUESTIONS: Final = frozenset({"كيف", "لماذا", "متي", "اين"})
#: Longest aside between commas, in tokens.
_ASIDE: Final = 20
STOPS: Final = frozenset(".!?؟؛;…")
COMMAS: Final = frozenset("،,")
NEGATIONS: Final = word_class("ar", "negations")
RELATIVES: Final = word_class("ar", "relatives")


@dataclass(frozen=True, slots=True)
class Complement:
    """Where a cue ends, where the content begins, and what joins them."""

    end: int
    content: int
    kind: Content
    far: bool = False
    stance: str = ""


def without_pronoun(text: str) -> str:
    """Return a noun without its possessive suffix: خسائره."""
    for suffix in ("ها", "هم", "ه"):
        if text.endswith(suffix) and len(text) > len(suffix) + 3:
            return text.removesuffix(suffix)
    return text


class Complements:
    """Finds what joins a speech verb to what is said."""

    def __init__(self, page: Page, sentence: Sentence, quotes: Sequence[Quotation]) -> None:
        self.page, self.sentence = page, sentence
        self.tokens = page.tokens
        self.stop = sentence.end
        self.speech: Speech = speech()
        #: Names such as صحيفة «البوصلة»: opening quotation mark to end.
        self.quoted_names = {
            name.end - inner: name.end
            for name in page.names.values()
            if name.rule == NameRule.QUOTED_NAME
            for inner in range(1, name.end - name.start)
        }
        self.opens = {quote.open: quote for quote in quotes}
        self.closes = {quote.close: quote for quote in quotes if not quote.open_ended}

    def _word(self, index: int) -> str:
        return self.tokens[index].text if 0 <= index < self.stop else ""

    def _past_comma(self, index: int) -> int:
        """Return the index after a comma, فإن or فقد, a quotation mark."""
        while index < self.stop:
            text = self._word(index)
            if (
                text in COMMAS
                or text in ("فان", "فقد", "فانه", "فانها")
                or (self.tokens[index].kind == "mark" and text not in STOPS)
            ):
                index += 1
                continue
            break
        return index

    def _past_dates(self, index: int) -> int:
        """Return the index after dates, each with its preposition: في شهر يونيو من عام 2010."""
        while index < self.stop:
            at = index + (self._word(index) in ("في", "خلال", "من"))
            if at not in self.page.dates:
                break
            index = self.page.dates[at]
        return index

    def _past_occasion(self, index: int) -> int:
        """Return the index after في اتصال هاتفي مع رويترز, خلال مؤتمر صحافي."""
        if (
            self._word(index) not in ("في", "خلال", "عبر")
            or self._word(index + 1) not in occasions()
        ):
            return index
        end = phrase_end(self.page, index + 1, self.stop)
        hearer = self.page.names.get(end)
        if hearer is not None and hearer.cut and hearer.type == "MediaOutlet":
            end = hearer.end  # في حديث لرويترز
        if self._word(end) in ("مع", "الي") and (name := self.page.names.get(end + 1)) is not None:
            end = name.end
        return self._past_dates(max(end, index + 2))

    def _past_apposition(self, index: int) -> int:
        """Return the index after dates, and after an apposition between two commas."""
        while index < self.stop and index in self.page.dates:
            index = self.page.dates[index]
        if self._word(index) in COMMAS:
            for position in range(index + 1, min(self.stop, index + 14)):
                if self._word(position) in COMMAS:
                    return position + 1
                if self._word(position) in STOPS:
                    break
        return index

    def _complement(
        self,
        index: int,
        saying: SpeechVerb | None,
        verb: int,
        *,
        reach: int = _REACH,
        immediate: bool = False,
    ) -> Complement | None:
        """Find what joins a speech verb to what is said, starting at a token.

        :param saying: the verb, which determines its complements; ``None`` without one.
        :param verb: the token from which the distance is counted.
        """
        near = self._near(index, saying)
        if near is not None:
            return near
        if self._word(index) in COMMAS and (past := self._past_apposition(index)) > index:
            # أعلن الرئيس، مساء الأحد، تجميد …
            near = self._near(past, saying)
            if near is not None and past - index < 12:
                return Complement(index, near.content, near.kind, far=True)
        position, broken = index, -1
        while position < self.stop and position - verb < reach:
            token = self.tokens[position]
            text = token.text
            if position in self.page.dates:
                position = self.page.dates[position]
                continue
            if token.kind == "newline" or text in STOPS:
                return None
            if position in self.opens:
                quote = self.opens[position]
                if quote.close - position <= 6 and not quote.open_ended:
                    position = quote.close + 1
                    continue
                if broken < 0 or position - broken <= 2:
                    apart = position if broken < 0 else broken
                    return Complement(apart, position + 1, Content.QUOTE, far=broken >= 0)
                return None
            if text == ":":
                after = position + 1
                kind = Content.QUOTE if after in self.opens else Content.THAT
                return Complement(
                    position + 1 if broken < 0 else broken, after + (after in self.opens), kind
                )
            if text in COMMAS:
                past = 0 if immediate else self._past_aside(position)
                if past:
                    return Complement(
                        position if broken < 0 else broken, past + 1, Content.THAT, far=True
                    )
                if (immediate and broken < 0) or self._new_clause(position + 1):
                    return None
                broken = position if broken < 0 else broken
                position += 1
                continue
            if is_complement(text) or (text == "كيف" and position > verb + 1):
                against = self._word(position - 1) in ("الا", "غير", "بيد")
                if against or (broken >= 0 and self._other_verb(broken, position)):
                    return None
                return Complement(
                    position + 1 if broken < 0 else broken, position + 1, Content.THAT, broken >= 0
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
                while before >= index and self._word(before) in RELATIVES | NEGATIONS:
                    before -= 1
                broken = before + 1
            position += 1
        return None

    @staticmethod
    def _said(
        kind: CueKind,
        start: int,
        complement: Complement,
        form: SpeechForm,
        speaker: tuple[int, int] | None,
        cut: int = 0,
        *,
        stance: str = "",
        nested: bool = False,
    ) -> Cue:
        """Return the cue of a speech verb with what joins it to what is said."""
        return Cue(
            start,
            complement.end,
            complement.content,
            kind,
            form.verb.act,
            stance or form.verb.stance,
            speaker,
            cut,
            nested=nested,
            quoted=complement.kind == Content.QUOTE,
            goes_on=complement.kind.goes_on,
            feminine=form.feminine,
            plural=form.plural,
            joint=complement.kind,
        )

    def _past_aside(self, comma: int) -> int:
        """Return the position of أن after an aside: رأى المحلل، في حديث نشر أمس، أن; else 0."""
        for position in range(comma + 2, min(self.stop, comma + _ASIDE)):
            text = self._word(position)
            if text in COMMAS:
                return position + 1 if is_complement(self._word(position + 1)) else 0
            if is_complement(text) or text in STOPS or text == ":":
                return 0
        return 0

    def _new_clause(self, index: int) -> bool:
        """Return whether a new clause with its own verb begins here."""
        text = self._word(index)
        return (text[:1] in "وف" and bool(is_verb(text))) or text in ("لكن", "فيما", "بينما")

    def _other_verb(self, start: int, index: int) -> bool:
        """Return whether another speech verb comes between and takes the complement."""
        return any(
            any(
                form.form in ("finite", "participle") and not form.suffix
                for form in self.speech.forms(self._word(position))
            )
            for position in range(start + 1, index)
            # مصدر طلب عدم ذكر اسمه: asking to stay unnamed is not a report
            if self._word(position - 1) != "عدم" and self._word(position + 1) != "عدم"
        )

    def _near(self, index: int, saying: SpeechVerb | None) -> Complement | None:
        """Find a complement at a token: أن, a colon, a preposition or a verbal noun."""
        prepositions = saying.prepositions if saying else frozenset[str]()
        takes = saying.takes if saying else "no"
        position = self._past_occasion(self._past_dates(index))
        if self._raw(position) == "أمام":
            position = phrase_end(self.page, position + 1, self.stop)
        if function_class(self._word(position)) == "adverb":
            position += 1
        text = self._word(position)
        if not text:
            return None
        if is_complement(text):
            return Complement(position + 1, position + 1, Content.THAT)
        if text in _QUESTIONS and is_verb(self._word(position + 1)):
            return Complement(position, position, Content.OBJECT)  # متسائلا كيف يمكن
        if self.tokens[position].kind == "mark":
            return None
        after = self._word(position + 1)
        if takes == "responsibility":
            return None
        if takes == "yes" and position in self.page.amounts:
            return Complement(position, position, Content.OBJECT)  # أحصت المنظمة 30 حالة
        bare = text
        if bare in prepositions or bare in ("عما", "مما", "فيما", "بما"):
            if is_complement(after):
                return Complement(position + 2, position + 2, Content.THAT)
            if after == "ما":
                return Complement(position + 1, position + 1, Content.PREPOSITION)
            if after == "ان" or (bare in ("عما", "فيما") and after in ("اذا",)):
                return Complement(position + 2, position + 2, Content.THAT)
            hoped = self._hoped(position + 1)
            if hoped is not None:
                return hoped
            if (
                takes == "any"
                or (takes == "yes" and bare == "علي")
                or (
                    takes in ("yes", "prep", "whom", "court")
                    and (
                        position + 1 in self.page.amounts
                        or is_verbal_noun(after, self._raw(position + 1))
                        or (takes == "whom" and bare == "الي" and self._is_thing(position + 1))
                    )
                )
            ):
                return Complement(position + 1, position + 1, Content.PREPOSITION)
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
            return Complement(position, position, Content.PREPOSITION)
        if text in _REFUSING and (after in _NAMELESS or after.startswith("ال")):
            return None  # مصدر رفض الكشف عن اسمه: a clause about the speaker
        if takes in ("yes", "court") and is_verbal_noun(text, self._raw(position)):
            return Complement(position, position, Content.OBJECT)
        if takes == "yes" and self._is_given(position):
            return Complement(position, position, Content.OBJECT)  # قدر حصة الخزانة بنحو 3
        if takes == "yes" and text in THESE and is_definite(after):
            return Complement(position, position, Content.OBJECT)  # نفى الوزير هذه الاتهامات
        if takes == "yes" and text in ("ان",):
            return Complement(position + 1, position + 1, Content.THAT)
        if takes == "yes" and is_definite(text) and self._ends_clause(position + 1):
            return Complement(position, position, Content.OBJECT)
        if takes == "yes" and without_pronoun(text) in _OBJECTS:
            return Complement(position, position, Content.OBJECT)
        if takes == "whom" and self._whom(position):
            return Complement(position, position, Content.OBJECT)
        return None

    def _is_thing(self, index: int) -> bool:
        """Return whether an indefinite noun without a name is here: دعا إلى هدنة."""
        text = self._word(index)
        return is_noun(text) and not is_definite(text) and index not in self.page.names

    def _is_given(self, position: int) -> bool:
        """Return whether a noun phrase is here, followed by its amount with ب."""
        end = phrase_end(self.page, position, self.stop)
        joint = self._word(end)
        return (
            end > position
            and joint.startswith("ب")
            and (end in self.page.amounts or end + 1 in self.page.amounts)
        )

    def _hoped(self, index: int) -> Complement | None:
        """Read أمله في أن, خشيتهم من أن, ثقته بأن after أعرب عن."""
        if not self._word(index).endswith(("ه", "ها", "هم")):
            return None
        at = index + 1 + (self._word(index + 1) in ("في", "من", "ب", "علي"))
        if not is_complement(self._word(at)):
            return None
        stance = "possible" if self._word(index).startswith(("امل", "خشي", "مخاوف", "قلق")) else ""
        return Complement(at + 1, at + 1, Content.THAT, stance=stance)

    def _raw(self, index: int) -> str:
        return self.page.block.raw_word(index) if index < self.stop else ""

    def _ends_clause(self, index: int) -> bool:
        return (
            index >= self.stop
            or self.tokens[index].kind == "mark"
            or self._word(index) in ("التي", "الذي")
        )

    def _whom(self, index: int) -> bool:
        """Return whether an accused or asked person is here, with the charge or request."""
        for position in range(index, min(self.stop, index + 12)):
            text = self._word(position)
            if self.tokens[position].kind == "mark" and text in STOPS | COMMAS:
                return False
            if (
                position > index
                and position not in self.page.names
                and is_definite(self._word(position - 1))
                and not is_definite(text)
                and is_verbal_noun(text, self._raw(position))
            ):
                return True  # ناشدت الدول المانحة تقديم 4 مليارات
            if text in ("الي", "علي", "من", "بان", "ان", "عدم"):
                return position > index or text in ("الي", "بان")
            if (
                text.startswith("ب")
                and len(text) > 3
                and position not in self.page.names
                and (position > index or is_noun(text[1:]))
            ):
                return True
        return False
