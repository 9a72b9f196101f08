"""Possible word classes of a folded Arabic word: function word, verb, verbal noun, adjective.

There is no full dictionary: function words and common news verbs are listed, other words are
classified by form. Each answer is a guess that the rules weigh against others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from kg.readers.rules.lexicon.tables import folded, rows, word_class, words
from kg.readers.rules.matching.sentences import Abbreviations

__all__ = [
    "VerbForm",
    "abbreviations",
    "function_class",
    "inflections",
    "is_adjective",
    "is_definite",
    "is_function",
    "is_listed_adjective",
    "is_listed_verb",
    "is_listed_verbal_noun",
    "is_noun",
    "is_verb",
    "is_verbal_noun",
    "nationality",
    "verb_forms",
    "verb_stem",
]

_LANGUAGE = "ar"
_OBJECTS = ("هما", "هم", "ها", "نا", "ني", "كم", "ه", "ك")
#: Verbal nouns of derived forms: انفعال, افتعال, استفعال, مفاعلة. إفعال is recognised by its hamza.
_VERBAL_NOUN = re.compile(r"ان\w\wا\w|ا\wت\wا\w|است\w\w?ا\w|است\w\wا\wه|م\wا\w\wه")
_CLITIC_VERB = re.compile(r"است[^ا]{3}ت?|ان[^ا]{3}ت?")


@lru_cache(maxsize=1)
def _functions() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in rows(_LANGUAGE, "function_words"):
        for word in row["words"].split():
            found.setdefault(folded(word), row["class"])
    return found


def function_class(word: str) -> str:
    """Return the class of a function word, empty for other words."""
    return _functions().get(word, "")


def is_function(word: str) -> bool:
    """Return whether a word, with or without a clitic, is a function word."""
    functions = _functions()
    return word in functions or (word[:1] in "وف" and word[1:] in functions)


@dataclass(frozen=True, slots=True)
class VerbForm:
    """A reading of a word as a verb: ``stem`` as listed, tense, gender and number."""

    stem: str
    tense: str
    feminine: bool
    plural: bool


def _perfect_stems(word: str) -> list[tuple[str, bool, bool]]:
    """Return the stems that a word in the perfect may have: stem, feminine, plural."""
    found = [(word, False, False)]
    if word.endswith("وا"):
        found += [(word[:-2], False, True), (word[:-2] + "ي", False, True)]
    elif word.endswith("و"):
        found.append((word[:-1], False, True))
    elif word.endswith("تا"):
        found += [(word[:-2], True, True), (word[:-2] + "ي", True, True)]
    elif word.endswith("ت"):
        found += [(word[:-1], True, False), (word[:-1] + "ي", True, False)]
        found.append((word[:-1] + "ا", True, False))
        if len(word) == 3:
            found.append((word[0] + "ا" + word[1], False, False))
    elif word.endswith("نا"):
        found.append((word[:-2], False, True))
        if len(word) == 4:
            found.append((word[0] + "ا" + word[1], False, True))
    elif word.endswith("ا"):
        found.append((word[:-1], False, True))
    return found


def _imperfect_stems(word: str) -> list[tuple[str, bool, bool]]:
    if len(word) < 3 or word[0] not in "يتنا":
        return []
    feminine, core = word[0] == "ت", word[1:]
    found = [(core, feminine, False)]
    if core.endswith(("ون", "ان", "ين")):
        found += [(core[:-2], feminine, True), (core[:-2] + "ي", feminine, True)]
    if core.endswith("وا"):
        found.append((core[:-2], feminine, True))
    if len(core) == 2:
        found += [(core[0] + middle + core[1], feminine, False) for middle in "وي"]
    return [*found, (core + "ي", feminine, False)]


@lru_cache(maxsize=20_000)
def verb_forms(word: str) -> tuple[VerbForm, ...]:
    """Return the readings of a word without conjunction as a verb, object pronouns removed."""
    found = []
    bodies = [word, *(word[: -len(one)] for one in _OBJECTS if word.endswith(one))]
    if word.endswith(("ته", "تها", "تهم", "اه", "اها")):
        bodies.append(word.rstrip("هم").removesuffix("ه").removesuffix("ا") + "ي")
    for body in bodies:
        if len(body) < 2:
            continue
        for stem, feminine, plural in _perfect_stems(body):
            found.append(VerbForm(stem, "perfect", feminine, plural))
        future = body[1:] if body[0] == "س" and len(body) > 4 else body
        for one in {body, future}:
            tense = "imperfect" if one == body else "future"
            for stem, feminine, plural in _imperfect_stems(one):
                found.append(VerbForm(stem, tense, feminine, plural))
    return tuple(found)


@lru_cache(maxsize=1)
def _verb_stems() -> tuple[frozenset[str], frozenset[str]]:
    perfect, imperfect = set(), set()
    for row in rows(_LANGUAGE, "verbs"):
        for pair in row["words"].split():
            one, _, two = pair.partition("/")
            perfect.add(folded(one))
            imperfect.add(folded(two))
    for row in rows(_LANGUAGE, "speech_verbs"):
        perfect.add(folded(row["perfect"]))
        imperfect.add(folded(row["imperfect"]))
    return frozenset(perfect), frozenset(imperfect - {""})


@lru_cache(maxsize=1)
def _not_verbs() -> frozenset[str]:
    return words(_LANGUAGE, "not_verbs")


def verb_stem(word: str) -> str:
    """Return a word without the conjunction و or ف, if the rest may be a verb."""
    return word[1:] if word[:1] in "وف" and len(word) > 3 else word


@lru_cache(maxsize=20_000)
def is_verb(word: str) -> str:
    """Return the tense of a word that is likely a finite verb, empty for others.

    >>> is_verb("وارتفعت"), is_verb("سيفتح"), is_verb("تقرير")
    ('perfect', 'future', '')
    """
    for one in (word, verb_stem(word)):
        if one in _functions() or one in _not_verbs() or is_definite(one):
            if one == word and word in _functions():
                return ""
            continue
        if tense := _listed(one) or _formed(one):
            return tense
    return ""


@lru_cache(maxsize=20_000)
def is_listed_verb(word: str) -> bool:
    """Return whether a word is a form of a listed verb."""
    return any(
        one not in _functions()
        and one not in _not_verbs()
        and not is_definite(one)
        and bool(_listed(one))
        for one in (word, verb_stem(word))
    )


def _listed(word: str) -> str:
    perfect, imperfect = _verb_stems()
    for form in verb_forms(word):
        if form.tense == "perfect" and form.stem in perfect:
            return "perfect"
        if form.tense != "perfect" and form.stem in imperfect:
            return form.tense
    return ""


def _formed(word: str) -> str:
    """Guess from the form only."""
    if len(word) < 4:
        return ""
    if word[0] == "ي" and not word.endswith(("ه", "ات")):
        return "imperfect"
    if (
        word.startswith(("سي", "ست", "سن"))
        and len(word) > 4
        and not word.endswith(("ه", "ي", "ات"))
    ):
        return "future" if word.startswith("سي") else ""
    if word.endswith("ت") and not word.endswith(("ات", "يت")) and len(word) <= 7:
        return "perfect"
    if word.endswith("وا"):
        return "perfect"
    if _CLITIC_VERB.fullmatch(word):
        return "perfect"
    return ""


@lru_cache(maxsize=1)
def _verbal_nouns() -> frozenset[str]:
    listed = set(words(_LANGUAGE, "verbal_nouns"))
    for row in rows(_LANGUAGE, "speech_verbs"):
        if row["noun"]:
            listed.add(folded(row["noun"]))
    return frozenset(listed)


@lru_cache(maxsize=20_000)
def is_verbal_noun(word: str, raw: str = "") -> bool:
    """Return whether a word, without article and possessive, is likely a verbal noun.

    :param raw: the word as written: a hamza under its alef distinguishes إفعال from أفعال.
    """
    bare = word.removeprefix("ال") if is_definite(word) else word
    nouns = _verbal_nouns()
    bodies = [bare, *(bare[: -len(one)] for one in _OBJECTS if bare.endswith(one))]
    for body in bodies:
        if body in nouns or (body.endswith("ت") and body[:-1] + "ه" in nouns):
            return True
        if len(body) > 4 and _VERBAL_NOUN.fullmatch(body):
            return True
        if raw.removeprefix("ال").startswith("إ") and len(body) >= 5 and body[-2] == "ا":
            return True
    # تفعيل, except nouns for things with the same form.
    shaped = len(bare) == 5 and bare[0] == "ت" and bare[3] == "ي"
    return shaped and bare not in word_class("ar", "like-verbal-nouns")


def is_listed_verbal_noun(word: str) -> bool:
    """Return whether a word without article is a listed verbal noun."""
    return word in _verbal_nouns()


@lru_cache(maxsize=1)
def _adjectives() -> frozenset[str]:
    return words(_LANGUAGE, "adjectives")


@lru_cache(maxsize=20_000)
def is_adjective(word: str) -> bool:
    """Return whether a word, without article and ending, is likely an adjective."""
    bare = word.removeprefix("ال")
    if len(bare) < 3:
        return False
    listed = _adjectives()
    if bare in listed or (bare.endswith("ا") and bare[:-1] in listed):
        return True
    for ending in ("ه", "ون", "ين", "ان", "ات", "تان", "تين", "يه"):
        if bare.endswith(ending) and bare[: -len(ending)] in listed:
            return True
    if nationality(word) is not None:
        return True
    return word.startswith("ال") and len(bare) > 3 and bare.endswith(("ي", "يه", "يون", "يين"))


def is_listed_adjective(word: str) -> bool:
    """Return whether a word is a form of a listed adjective: المالية is financial, not Malian."""
    bare = word.removeprefix("ال")
    return any(bare.removesuffix(ending) in _adjectives() for ending in ("", "ه", "ا", "ين", "ون"))


def is_definite(word: str) -> bool:
    """Return whether a word has the article; folded إلكتروني and the like only seem to have it."""
    return word.startswith("ال") and len(word) > 3 and word not in _without_article()


@lru_cache(maxsize=1)
def _without_article() -> frozenset[str]:
    return words(_LANGUAGE, "not_article")


def is_noun(word: str) -> bool:
    """Return whether a word may be a noun or adjective: not a function word, not likely a verb."""
    return not is_function(word) and not is_verb(word)


def inflections(noun: str, *, human: bool = False) -> dict[str, str]:
    """Return the folded forms of a noun and their number: its dual, accusative and sound plural.

    >>> sorted(inflections("جندي"))[:3]
    ['جندي', 'جنديا', 'جنديات']
    """
    singular, feminine = folded(noun), noun.endswith("ة")
    stem = singular[:-1] + "ت" if feminine else singular
    forms = {singular: "singular", stem + "ان": "dual", stem + "ين": "dual"}
    if feminine:
        forms[singular[:-1] + "ات"] = "plural"
    else:
        forms[singular + "ات"] = "plural"
        if not singular.endswith("ا"):
            forms[singular + "ا"] = "singular"
    if human and not feminine:
        forms |= {singular + "ه": "singular", singular + "تين": "dual", singular + "تان": "dual"}
        forms |= {singular + "ون": "plural"}
    return forms


@lru_cache(maxsize=1)
def _nationalities() -> dict[str, tuple[str, bool]]:
    found: dict[str, tuple[str, bool]] = {}
    for row in rows(_LANGUAGE, "nationalities"):
        for entry in row["words"].split():
            singular, _, plurals = entry.partition("/")
            if "_" in singular:
                continue
            form, country = folded(singular), row["country"]
            for ending in ("", "ه", "ا", "ات", "تان", "تين", "ان"):
                found.setdefault(form + ending, (country, False))
            for ending in ("ون", "ين", "ي"):
                found[form + ending] = (country, ending != "ي")
            for plural in plurals.split(","):
                if plural:
                    found[folded(plural)] = (country, True)
    return found


def nationality(word: str) -> tuple[str, bool] | None:
    """Return the country of an adjective of nationality, and whether it is a plural of people."""
    bare = word.removeprefix("ال")
    return _nationalities().get(bare)


@lru_cache(maxsize=1)
def abbreviations() -> Abbreviations:
    """Return the English words whose full stop does not end a sentence."""
    names = word_class("en", "abbreviations-before-names")
    return Abbreviations(names, word_class("en", "abbreviations-before-numbers"))
