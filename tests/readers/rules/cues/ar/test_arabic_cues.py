"""Arabic cues: the reporting words, who speaks with them, and how each is found."""

from __future__ import annotations

import pytest
from rules_reading import cue, finder, speaker, told

from kg.readers.rules.cues.ar.according_to import AccordingTo
from kg.readers.rules.cues.ar.cited_sources import CitedSources
from kg.readers.rules.cues.ar.complements import Complement, Complements, without_pronoun
from kg.readers.rules.cues.ar.cues import CueFinder
from kg.readers.rules.cues.ar.relative_clauses import RelativeClauses
from kg.readers.rules.cues.ar.speaking_on import SpeakingOn
from kg.readers.rules.cues.ar.speech import speech
from kg.readers.rules.cues.ar.subjects import Subjects
from kg.readers.rules.cues.cue import Content, CueKind


@pytest.mark.parametrize(
    ("text", "expected", "who"),
    [
        ("وقال مدير المرفأ إن السفينة غرقت.", "وقال مدير المرفأ إن", "مدير المرفأ"),
        ("والمهندس يقول إن القطع ناقصة.", "والمهندس يقول إن", "المهندس"),
        ("غرقت السفينة، بحسب إدارة المرفأ.", "بحسب إدارة المرفأ", "إدارة المرفأ"),
        ("ووفقا لسكان الحي، سقطت القذيفة.", "ووفقا لسكان الحي", "سكان الحي"),
        ("ويعتقد أن الزورق غرق.", "ويعتقد أن", "unnamed"),
        ("وفي رأي المحقق أن الباب فتح.", "وفي رأي المحقق أن", "المحقق"),
        (
            "وأعلن الحاكم المدني في العراق إلقاء القبض على اللص.",
            "وأعلن الحاكم المدني في العراق",
            "الحاكم المدني في العراق",
        ),
        (
            "وجاء في بيان اتحاد الملاحين: نرفض الخفض.",
            "وجاء في بيان اتحاد الملاحين:",
            "اتحاد الملاحين",
        ),
        ("«الجسر آمن»، قالت المهندسة ندى فارس.", "قالت المهندسة ندى فارس", "المهندسة ندى فارس"),
        ("وفي 3 مارس 2011 أعلن الوزير أن الجسر فتح.", "وفي 3 مارس 2011 أعلن الوزير أن", "الوزير"),
    ],
)
def test_one_cue(text: str, expected: str, who: str) -> None:
    state = told(text)
    assert [cue(text, voice) for voice in state.voices] == [expected]
    assert speaker(text, state, 1) == who


@pytest.mark.parametrize(
    "text",
    [
        "يبيع الشيخ قيل بن ناصر العسل في السوق.",
        "وكثر القيل والقال في الحي.",
        "وقوله مسموع بين التجار.",
        "الوزير الذي قال كلمته رحل.",
    ],
)
def test_no_cue(text: str) -> None:
    assert told(text).voices == []


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("وقال الوزير إن الجسر سقط.", [CueKind.VERB_AND_SUBJECT]),
        ("الوزير قال إن الجسر سقط.", [CueKind.SUBJECT_AND_VERB]),
        ("سقط الجسر، بحسب الشرطة.", [CueKind.ACCORDING_TO]),
        ("سقط الجسر، بحسب ما قالت الشرطة.", [CueKind.ACCORDING_TO_WORDS]),
        ("ونقلت رويترز عن الوزير قوله إن الجسر سقط.", [CueKind.RELAYING_VERB, CueKind.RELAYED]),
        ("ويعتقد أن الجسر سقط.", [CueKind.PASSIVE]),
        ("«سقط الجسر»، قال الوزير.", [CueKind.BEHIND_A_QUOTATION]),
        ("وجاء في بيان الوزارة أن الجسر سقط.", [CueKind.SOURCE_THAT_SAYS]),
        ("ونفى الوزير ذلك.", [CueKind.ON_IT]),
    ],
)
def test_kinds_of_cues(text: str, kinds: list[CueKind]) -> None:
    assert [one.kind for one in finder(CueFinder, text).find()] == kinds


def test_kinds_tell_what_they_are() -> None:
    assert CueKind.ACCORDING_TO.cites
    assert not CueKind.RELAYED.cites
    assert CueKind.SUBJECT_AND_VERB.has_subject
    assert not CueKind.PASSIVE.has_subject
    assert [one for one in Content if one.goes_on] == [Content.THAT, Content.QUOTE]
    assert f"rule: {CueKind.VERB_AND_SUBJECT}" == "rule: verb and subject"


def test_forms_of_verbs_of_saying() -> None:
    (form,) = speech().forms("واضافت")
    assert (form.verb.name, form.form, form.cut, form.feminine) == ("أضاف", "finite", 1, True)
    assert [one.form for one in speech().forms("مضيفا")] == ["participle"]
    verb = speech().noun("قوله")
    assert verb is not None
    assert verb.name == "قال"
    assert not speech().hopeful("جسر")


def test_what_joins_a_verb_to_what_is_said() -> None:
    # قال 0 الوزير 1 إن 2 الجسر 3 سقط 4
    found = finder(Complements, "قال الوزير إن الجسر سقط")
    assert found._complement(2, None, 0) == Complement(3, 3, Content.THAT)
    # قال 0 : 1 « 2 لا 3 » 4
    found = finder(Complements, "قال: «لا»")
    assert found._complement(1, None, 0) == Complement(2, 3, Content.QUOTE)
    assert without_pronoun("خسائره") == "خسائر"
    assert without_pronoun("وجه") == "وجه"


def test_layers_find_their_cues() -> None:
    found = finder(AccordingTo, "وفقا للشرطة، سقط الجسر")._according(0, 0)
    assert found is not None
    assert (found.kind, found.speaker, found.closes) == (CueKind.ACCORDING_TO, (1, 2), False)
    found = finder(CitedSources, "توقعات بأن يسقط الجسر")._noun(0)
    assert found is not None
    assert (found.kind, found.unnamed, found.content) == (CueKind.NOUN_OF_SAYING, True, 2)
    found = finder(SpeakingOn, "مضيفا أن الجسر سقط")._participle(0, 0, ())
    assert found is not None
    assert (found.kind, found.participle, found.content) == (CueKind.PARTICIPLE, True, 2)
    (form,) = speech().forms("قالت")
    text = "الوزارة التي قالت إن الجسر سقط"
    found = finder(RelativeClauses, text)._relative(2, 0, form, False, ())
    assert found is not None
    assert (found.kind, found.speaker, found.goes_on) == (CueKind.RELATIVE_CLAUSE, (0, 1), False)
    assert finder(Subjects, "الوزير الجديد قال إن")._subject_before(0, 2) == (0, 2, 0)
