"""Speech verbs and their forms: perfect, imperfect, participle, verbal noun."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from kg.readers.rules.lexicon.tables import Phrases, folded, rows, word_class, word_stems
from kg.readers.rules.lexicon.words import verb_forms

__all__ = ["Opener", "Speech", "SpeechForm", "SpeechVerb", "speech"]


@dataclass(frozen=True, slots=True)
class SpeechVerb:
    """A speech verb, as listed in the table."""

    name: str
    act: str
    stance: str
    prepositions: frozenset[str]
    takes: str
    relay: str


@dataclass(frozen=True, slots=True)
class SpeechForm:
    """One reading of a word as a form of a speech verb.

    ``form`` is finite, participle or noun; ``cut`` counts the letters of a conjunction or
    preposition before it; ``suffix`` is its pronoun.
    """

    verb: SpeechVerb
    form: str
    cut: int = 0
    feminine: bool = False
    plural: bool = False
    tense: str = ""
    suffix: str = ""


@dataclass(frozen=True, slots=True)
class Opener:
    """An according-to phrase: what follows it (noun or verb), its act and stance."""

    follows: str
    act: str
    stance: str
    with_l: bool = False


_SMALL = word_class("ar", "cue-openers")
_SUFFIXES = ("ه", "ها", "هم", "نا", "هما", "ني")


class Speech:
    """The speech verbs of Arabic, by form."""

    def __init__(self) -> None:
        self.perfect: dict[str, SpeechVerb] = {}
        self.imperfect: dict[str, SpeechVerb] = {}
        self.participles: dict[str, tuple[SpeechVerb, bool, bool]] = {}
        self.nouns: dict[str, SpeechVerb] = {}
        self.relayed: dict[str, SpeechVerb] = {}
        for row in rows("ar", "speech_verbs"):
            verb = SpeechVerb(
                row["perfect"],
                row["act"],
                row["stance"],
                frozenset(map(folded, row["preps"].split())),
                row["object"] or "no",
                folded(row["relay"]),
            )
            self.perfect.setdefault(folded(row["perfect"]), verb)
            if row["imperfect"]:
                self.imperfect.setdefault(folded(row["imperfect"]), verb)
            if row["participle"]:
                self._participle(folded(row["participle"]), verb)
            if row["noun"]:
                for suffix in ("", *_SUFFIXES):
                    noun = folded(row["noun"])
                    noun = noun[:-1] + "ت" if noun.endswith("ه") and suffix else noun
                    self.nouns.setdefault(noun + suffix, verb)
        self.speech_nouns = {
            folded(word): (row["act"], row["stance"], row["about"] == "yes")
            for row in rows("ar", "speech_nouns")
            for word in row["words"].split()
        }
        self.passives: dict[str, tuple[str, str]] = {}
        for row in rows("ar", "passives"):
            for word in row["words"].split():
                self.passives.setdefault(
                    folded(word.replace("_", " ")), (row["act"], row["stance"])
                )
        pairs = []
        for row in rows("ar", "according"):
            phrase, with_l = row["phrase"], row["phrase"].endswith(" ل")
            opener = Opener(row["follows"], row["act"], row["stance"], with_l)
            pairs.append((phrase.removesuffix(" ل"), opener))
        self.according: Phrases[Opener] = Phrases.of(pairs, word_stems("ar"))
        self.sources = {
            folded(word): row["type"]
            for row in rows("ar", "sources")
            for word in row["words"].split()
        }
        #: Folded word to its readings as a form of a speech verb.
        self.forms = lru_cache(maxsize=50_000)(self._read)
        #: Folded word to whether it may begin a cue.
        self.hopeful = lru_cache(maxsize=50_000)(self._may_begin)

    def _participle(self, singular: str, verb: SpeechVerb) -> None:
        for form, feminine, plural in (
            (singular + "ا", False, False),
            (singular + "ه", True, False),
            (singular + "ين", False, True),
            (singular + "ان", False, True),
            (singular + "تين", True, True),
        ):
            self.participles.setdefault(form, (verb, feminine, plural))

    def _read(self, word: str) -> tuple[SpeechForm, ...]:
        found = []
        for cut in (0, 1):
            if cut and not (word[:1] in "وفل" and len(word) > 2):
                break
            body = word[cut:]
            if cut and word[0] == "ل" and body[:1] not in ("ي", "ت"):
                break  # ليؤكد, but not لقاء
            if body in self.participles:
                verb, feminine, plural = self.participles[body]
                found.append(SpeechForm(verb, "participle", cut, feminine, plural))
            for form in verb_forms(body):
                table = self.perfect if form.tense == "perfect" else self.imperfect
                verb_found = table.get(form.stem)
                if verb_found is not None:
                    suffix = next(
                        (
                            one
                            for one in _SUFFIXES
                            if body.endswith(one) and not form.stem.endswith(one)
                        ),
                        "",
                    )
                    if form.tense == "future" and not body.startswith("س"):
                        continue
                    found.append(
                        SpeechForm(
                            verb_found,
                            "finite",
                            cut,
                            form.feminine,
                            form.plural,
                            form.tense,
                            suffix,
                        )
                    )
            if found:
                break
        return tuple(found)

    def _may_begin(self, word: str) -> bool:
        bodies = (word, word[1:]) if word[:1] in "وف" else (word,)
        tables = (self.according.entries, self.passives, self.speech_nouns, _SMALL)
        return bool(self.forms(word)) or any(body in one for body in bodies for one in tables)

    def noun(self, word: str) -> SpeechVerb | None:
        """Return the verb of a verbal noun with its pronoun: قوله, تأكيدها, توقعها."""
        verb = self.nouns.get(word)
        if verb is None and word[:1] in "بو":
            verb = self.nouns.get(word[1:])
        return verb


@lru_cache(maxsize=1)
def speech() -> Speech:
    """Return the speech verbs of Arabic."""
    return Speech()
