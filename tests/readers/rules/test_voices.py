"""Voices: cues, speakers, chains, scope; and the claims that hang on them with their stance."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kg.readers.rules.reader import RulesReader

if TYPE_CHECKING:
    from kg.readers.rules.voices.reports import FoundVoice, VoiceState

READER = RulesReader()


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


def test_a_participle_speaks_on_for_its_subject() -> None:
    text = "وقال النائب جاسم البدري إن الشركة ضعيفة، مؤكدا أن الشبكة قديمة."
    assert chains(text) == [
        ("الشركة ضعيفة", ["النائب جاسم البدري"], "certain"),
        ("الشبكة قديمة", ["النائب جاسم البدري"], "certain"),
    ]


def test_a_chain_of_three() -> None:
    text = (
        "ونقلت وكالة رويترز عن وزير الهجرة كمال سعيد قوله إن الأمم المتحدة تقدر عدد اللاجئين "
        "بتسعين ألف شخص."
    )
    assert chains(text) == [
        (
            "عدد اللاجئين بتسعين ألف شخص",
            ["الأمم المتحدة", "وزير الهجرة كمال سعيد", "وكالة رويترز"],
            "probable",
        )
    ]


def test_a_relayed_speaker_behind_an_apposition() -> None:
    text = "ونقلت صحيفة الضفة عن مسؤول رفيع، طلب عدم الكشف عن هويته، قوله إن الشحنة بيعت."
    assert chains(text) == [("الشحنة بيعت", ["مسؤول رفيع", "صحيفة الضفة"], "certain")]


def test_a_denial_of_what_others_said_is_two_claims() -> None:
    text = "ونفت الرئاسة ما نشرته صحف أجنبية من أن الرئيس مريض."
    assert sorted(chains(text)) == sorted(
        [
            ("الرئيس مريض", ["الرئاسة"], "certainly-not"),
            ("الرئيس مريض", ["صحف أجنبية", "الرئاسة"], "certain"),
        ]
    )


def test_a_voice_goes_on_until_another_begins() -> None:
    text = (
        "وقال رئيس التعاونية إن المحصول جيد. وتبلغ المساحة 120 هكتارا. وقالت النيابة إن المتهم هرب."
    )
    state = told(text)
    found = [(claim.voice, claim.marking) for claim in state.claims]
    assert found == [(1, "explicit"), (1, "inherited"), (2, "explicit")]
    later = told("وقال رئيس التعاونية إن المحصول جيد. ويباع هنا. ويؤكل هناك.").claims
    assert later[1].confidence > later[2].confidence


def test_a_new_paragraph_is_the_articles_own() -> None:
    text = "وقال رئيس التعاونية إن المحصول جيد.\nوتبلغ المساحة 120 هكتارا."
    assert [claim.voice for claim in told(text).claims] == [1, 0]


def test_a_quotation_that_never_closes_runs_to_the_end_of_its_paragraph() -> None:
    text = "وقال الحارس: «الباب مفتوح. والنافذة مكسورة. ولم أر أحدا.\nوهرب اللصوص."
    assert [claim.voice for claim in told(text).claims] == [1, 1, 1, 0]


def test_a_report_goes_on_over_paragraphs_with_figures() -> None:
    text = (
        'وفي تقرير نشرته قناة الأفق عام 2011 قالت فيه إن "السدود خطرة".\n'
        "وبلغ عدد السدود 40 سدا.\n"
        "وفي عام 2016 أعلن الوزير أن السدود رممت."
    )
    state = told(text)
    inferred = [voice for voice in state.voices if voice.inferred]
    assert len(inferred) == 1
    by_words = {words: chain for words, chain, _ in chains(text)}
    assert by_words["وبلغ عدد السدود 40 سدا"] == ["قناة الأفق"]
    assert by_words["السدود رممت"] == ["الوزير"]


@pytest.mark.parametrize(
    ("text", "stance"),
    [
        ("وقال الوزير إن الجسر لن يفتح.", "certainly-not"),
        ("ونفت الوزارة وجود خطة.", "certainly-not"),
        ("وشكك خبراء في أن يكون النمو كبيرا.", "probably-not"),
        ("ويتوقع المعهد أن تبلغ الحرارة 47 درجة.", "probable"),
        ("وحذرت المنظمة من أن الوباء سيصل.", "possible"),
        ("وقال الوزير إن الجسر قد يسقط.", "possible"),
        ("وقال الوزير إن الجسر قد لا يسقط.", "possibly-not"),
        ("وتساءل مراقبون عما إذا كان الجسر آمنا.", "unknown"),
        ("وقال الوزير إن الجسر لا يزال مغلقا.", "certain"),
        ("وقال الوزير إن السعر لم يتجاوز 5 دولارات.", "certain"),
        ("وقال الوزير إنهم لم ينفقوا سوى 5 دولارات.", "certain"),
        ("ولم تستبعد الوزارة إغلاق الجسر.", "possible"),
    ],
)
def test_stance(text: str, stance: str) -> None:
    assert [one for _, _, one in chains(text)] == [stance]


def test_clauses_are_claims_of_their_own() -> None:
    text = "نزح الأهالي في 2012، وعادوا في 2014، فيما بقي 30 شخصا في المخيم."
    assert [words for words, _, _ in chains(text)] == [
        "نزح الأهالي في 2012",
        "وعادوا في 2014",
        "فيما بقي 30 شخصا في المخيم",
    ]


@pytest.mark.parametrize(
    ("text", "words", "chain", "stance"),
    [
        (
            "The company insisted that the spill was small.",
            "the spill was small",
            ["The company"],
            "certain",
        ),
        ("“We are ready,” said coach Owen Marsh.", "We are ready", ["coach Owen Marsh"], "certain"),
        (
            "The storm hit, the National Relief Board said.",
            "The storm hit",
            ["the National Relief Board"],
            "certain",
        ),
        ("According to the office, prices fell.", "prices fell", ["the office"], "certain"),
        ("It is reported that the boat left.", "the boat left", ["unnamed"], "certain"),
        (
            "Officials denied that the road was closed.",
            "the road was closed",
            ["Officials"],
            "certainly-not",
        ),
    ],
)
def test_english(text: str, words: str, chain: list[str], stance: str) -> None:
    assert chains(text, "en") == [(words, chain, stance)]


def test_english_chain() -> None:
    text = "Reuters quoted the minister as saying that the bank expected losses."
    assert chains(text, "en") == [("losses", ["the bank", "the minister", "Reuters"], "probable")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "أعلن القائد نهاية المعركة ولم يعثر على السلاح وبدأت عمليات نهب.",
            [
                ("نهاية المعركة", ["القائد"], "certain"),
                ("ولم يعثر على السلاح", [], "certainly-not"),
                ("وبدأت عمليات نهب", [], "certain"),
            ],
            id="what an object says ends with its clause",
        ),
        pytest.param(
            "قتل خمسة أشخاص، وفق ما أوردت صحيفة الديار الأحد نقلا عن مصدر أمني.",
            [("قتل خمسة أشخاص", ["مصدر أمني", "صحيفة الديار"], "certain")],
            id="a closing cue with its own source",
        ),
        pytest.param(
            "قالت صحيفة النهار نقلا عن مصدر دبلوماسي إن المحادثات توقفت.",
            [("المحادثات توقفت", ["مصدر دبلوماسي", "صحيفة النهار"], "certain")],
            id="a relayed source between verb and that",
        ),
        pytest.param(
            "من المتوقع أن يصوت المجلس غدا، بحسب ما قال النائب عن الريف سامر خوري.",
            [("يصوت المجلس غدا", ["unnamed", "النائب عن الريف سامر خوري"], "probable")],
            id="what closes a sentence relays its cue",
        ),
        pytest.param(
            "ادعت الشرطة أن الشاب قاوم، إلا أن شهودا أكدوا أنه كان مقيدا.",
            [("الشاب قاوم", ["الشرطة"], "certain"), ("كان مقيدا", ["شهودا"], "certain")],
            id="but sets a clause against the voice before",
        ),
        pytest.param(
            "ذكرت الصحيفة أن المصنع أغلق، وهو ما نفاه مديره سامر خوري.",
            [
                ("المصنع أغلق", ["الصحيفة"], "certain"),
                ("المصنع أغلق", ["مديره سامر خوري"], "certainly-not"),
            ],
            id="denial of the clause before",
        ),
        pytest.param(
            "زعم البيان أن الطائرة سقطت. ونفت الوزارة ذلك.",
            [
                ("الطائرة سقطت", ["البيان"], "certain"),
                ("الطائرة سقطت", ["الوزارة"], "certainly-not"),
            ],
            id="denial of the sentence before",
        ),
        pytest.param(
            "ولم يعلق التحالف، الذي سبق أن نفى استهداف السوق.",
            [
                ("ولم يعلق التحالف", [], "certainly-not"),
                ("استهداف السوق", ["التحالف"], "certainly-not"),
            ],
            id="a relative clause that speaks",
        ),
        pytest.param(
            "أظهرت دراسة، ونشرت نتائجها أمس، أن ربع الشباب غادروا.",
            [("ربع الشباب غادروا", ["دراسة"], "certain")],
            id="an aside before that",
        ),
        pytest.param(
            "يقول سليم حداد إن السوق فارغ. «بعنا كل شيء»، يضيف ضاحكا.",
            [
                ("السوق فارغ", ["سليم حداد"], "certain"),
                ("بعنا كل شيء", ["سليم حداد"], "certain"),
            ],
            id="the same speaker behind a quotation",
        ),
        pytest.param(
            "تحدث العقيد سامي مراد إلينا. وأضاف: «لا أملك رقما».",
            [
                ("تحدث العقيد سامي مراد إلينا", [], "certain"),
                ("لا أملك رقما", ["سامي مراد"], "certainly-not"),
            ],
            id="a speaker told of before",
        ),
        pytest.param(
            "وكانت صحيفة «المرسى» ذكرت أن الزورق غرق.",
            [("الزورق غرق", ["صحيفة «المرسى»"], "certain")],
            id="a name in quotation marks",
        ),
        pytest.param(
            "وشكك وزير الصحة في دقة هذه الأرقام.",
            [("دقة هذه الأرقام", ["وزير الصحة"], "probably-not")],
            id="the verb's own preposition ends its subject",
        ),
        pytest.param(
            "أمّا عدد المصابين في الميناء، فقد بلغ 30 شخصا.",
            [("أمّا عدد المصابين في الميناء، فقد بلغ 30 شخصا", [], "certain")],
            id="a topic and what is said of it are one clause",
        ),
        pytest.param(
            "انتقدت المعارضة الخطة، معتبرة أن العجز كبير.",
            [
                ("انتقدت المعارضة الخطة", [], "certain"),
                ("العجز كبير", ["المعارضة"], "certain"),
            ],
            id="who acts and speaks in a participle",
        ),
        pytest.param(
            "حذر سامي حداد من الجفاف.\nوقدر صاحب المخزن خسائره بألف دينار، وقال إنه أفلس.",
            [
                ("الجفاف", ["سامي حداد"], "possible"),
                ("خسائره بألف دينار", ["صاحب المخزن"], "probable"),
                ("أفلس", ["صاحب المخزن"], "certain"),
            ],
            id="a new paragraph has its own people",
        ),
        pytest.param(
            "قال لي أحد الصيادين إن البحر فارغ. ومضى يقول إن السمك رحل.",
            [
                ("البحر فارغ", ["أحد الصيادين"], "certain"),
                ("السمك رحل", ["أحد الصيادين"], "certain"),
            ],
            id="hearers, and going on to say",
        ),
        pytest.param(
            "وصرح مصدر رفض الكشف عن هويته بأن الصفقة تمت.",
            [("الصفقة تمت", ["مصدر"], "certain")],
            id="a source that stays unnamed",
        ),
        pytest.param(
            "وسبق للوزير أن أعلن أن الضريبة ستلغى.",
            [("الضريبة ستلغى", ["لوزير"], "certain")],
            id="who had said it before",
        ),
        pytest.param(
            "ترددت أنباء عن مقتل القائد.",
            [("مقتل القائد", ["unnamed"], "certain")],
            id="news that somebody spreads",
        ),
        pytest.param(
            "دحضت اللجنة مزاعم الشركة بأن الماء نظيف.",
            [("الماء نظيف", ["اللجنة"], "certainly-not")],
            id="a claim that is refuted",
        ),
        pytest.param(
            "أعرب الوزير عن أمله في أن تنجح المحادثات.",
            [("تنجح المحادثات", ["الوزير"], "possible")],
            id="hope",
        ),
        pytest.param(
            "لا يعتقد الخبراء أن السعر سيهبط.",
            [("السعر سيهبط", ["الخبراء"], "probably-not")],
            id="a belief denied",
        ),
        pytest.param(
            "أما وزير الزراعة فقال إن الموسم جيد.",
            [("الموسم جيد", ["وزير الزراعة"], "certain")],
            id="a topic that speaks",
        ),
        pytest.param(
            "ويزعم خصومه أنه سرق المال، وهي اتهامات ينفيها محاميه.",
            [
                ("سرق المال", ["خصومه"], "certain"),
                ("سرق المال", ["محاميه"], "certainly-not"),
            ],
            id="charges that are denied",
        ),
        pytest.param(
            "وعزت المنظمة ذلك إلى الجفاف، وقدرت أن الخسائر كبيرة.",
            [
                ("ذلك إلى الجفاف", ["المنظمة"], "certain"),
                ("الخسائر كبيرة", ["المنظمة"], "probable"),
            ],
            id="causes, and the one who goes on",
        ),
        pytest.param(
            "قال رئيس اللجنة إن الجسر قديم. وعلى حد قوله، الماء ملوث.",
            [
                ("الجسر قديم", ["رئيس اللجنة"], "certain"),
                ("الماء ملوث", ["رئيس اللجنة"], "certain"),
            ],
            id="according to the one who spoke",
        ),
        pytest.param(
            "تعهد المرشح بخفض الضرائب.",
            [("بخفض الضرائب", ["المرشح"], "certain")],
            id="a promise, not a name",
        ),
        pytest.param(
            "وفي 3 آذار 2010، أي مع بدء الشتاء، بلغ عدد القتلى 12.",
            [("وفي 3 آذار 2010، أي مع بدء الشتاء، بلغ عدد القتلى 12", [], "certain")],
            id="a time and what it is the time of",
        ),
        pytest.param(
            "ووفقا لأرقام الوزارة، غرق 12 صيادا.\nونجا 30 صيادا.\nوهبت ريح.",
            [
                ("غرق 12 صيادا", ["أرقام الوزارة"], "certain"),
                ("ونجا 30 صيادا", ["أرقام الوزارة"], "certain"),
                ("وهبت ريح", [], "certain"),
            ],
            id="figures go on over paragraphs with figures",
        ),
        pytest.param(
            "إلا أن الباحث سامي حداد، الحائز جائزة الملاحة لعام 2001، والباحثة ندى فارس،"
            " يعتقدان أن الكلفة أعلى.",
            [
                (
                    "إلا أن الباحث سامي حداد، الحائز جائزة الملاحة لعام 2001",
                    [],
                    "certain",
                ),
                (
                    "الكلفة أعلى",
                    ["سامي حداد، الحائز جائزة الملاحة لعام 2001، والباحثة ندى فارس"],
                    "probable",
                ),
            ],
            id="appositions of the next speaker",
        ),
    ],
)
def test_who_says_what(text: str, expected: list[tuple[str, list[str], str]]) -> None:
    assert chains(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Jane Carter accused the board of fraud, a charge the minister rejected.",
            [
                ("the board of fraud", ["Jane Carter"], "certain"),
                ("the board of fraud", ["the minister"], "certainly-not"),
            ],
        ),
        (
            "The bank said that profits rose, and that no jobs would be cut.",
            [
                ("profits rose", ["The bank"], "certain"),
                ("no jobs would be cut", ["The bank"], "certainly-not"),
            ],
        ),
        (
            "The ministry rejected claims that the water was unsafe.",
            [("the water was unsafe", ["The ministry"], "certainly-not")],
        ),
        (
            "The spokesman said in a statement on Monday that talks would resume.",
            [("talks would resume", ["The spokesman"], "certain")],
        ),
        (
            "There are reports that the dam has collapsed.",
            [("the dam has collapsed", ["unnamed"], "certain")],
        ),
        (
            "The general was quoted as saying the war was over.",
            [("the war was over", ["The general"], "certain")],
        ),
        (
            "“It was dark,” the pilot said. “Nobody came.”",
            [
                ("It was dark", ["the pilot"], "certain"),
                ("Nobody came", ["the pilot"], "certainly-not"),
            ],
        ),
    ],
)
def test_who_says_what_in_english(text: str, expected: list[tuple[str, list[str], str]]) -> None:
    assert chains(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "The two sides are expected to meet again in March, according to a diplomat.",
            [
                (
                    "The two sides are expected to meet again in March",
                    ["unnamed", "a diplomat"],
                    "probable",
                )
            ],
        ),
        (
            "A court is reported to have opened an inquiry.",
            [("A court is reported to have opened an inquiry", ["unnamed"], "certain")],
        ),
        (
            '"We know how many are inside," its spokesman, Karim Daoud, told reporters on Tuesday.',
            [("We know how many are inside", ["Karim Daoud"], "certain")],
        ),
        (
            "Two officials told Reuters the bank had lost money.",
            [("the bank had lost money", ["Two officials"], "certain")],
        ),
        (
            "But a senior officer, on the phone, told the daily al-Ufuq that ten men fell.",
            [("ten men fell", ["a senior officer"], "certain")],
        ),
        (
            "Prices will rise, the fund warned in a report published last week.",
            [("Prices will rise", ["the fund"], "possible")],
        ),
        (
            "The agency said it had counted 212 graves. Officials in the capital disputed that.",
            [
                ("it had counted 212 graves", ["The agency"], "certain"),
                ("it had counted 212 graves", ["Officials in the capital"], "certainly-not"),
            ],
        ),
        (
            "The fire began on Friday, witnesses said, adding that four people were hurt.",
            [
                ("The fire began on Friday", ["witnesses"], "certain"),
                ("four people were hurt", ["witnesses"], "certain"),
            ],
        ),
        (
            "The court has not confirmed that the man died.",
            [("the man died", ["The court"], "unknown")],
        ),
        (
            "No independent body has confirmed the count.",
            [("the count", ["No independent body"], "unknown")],
        ),
        (
            "The army does not believe that the town fell.",
            [("the town fell", ["The army"], "probably-not")],
        ),
        (
            "Rebels put the toll at 65.",
            [("the toll at 65", ["Rebels"], "probable")],
        ),
        (
            "Earlier reports had spoken of 30 dead.",
            [("30 dead", ["Earlier reports"], "certain")],
        ),
        (
            "The president has repeatedly accused his rivals of theft.",
            [("his rivals of theft", ["The president"], "certain")],
        ),
        (
            "A survey estimated 655 deaths, a number that both governments rejected at the time.",
            [
                ("655 deaths", ["A survey"], "probable"),
                ("655 deaths", ["both governments"], "certainly-not"),
            ],
        ),
        (
            "Leaks showed that field reports had logged ten deaths.",
            [("field reports had logged ten deaths", ["Leaks"], "certain")],
        ),
        (
            "A spokesman, Colonel Dave Lopez, left. He had told aides in 2008 that it would end.",
            [
                ("A spokesman, Colonel Dave Lopez, left", [], "certain"),
                ("it would end", ["Dave Lopez"], "certain"),
            ],
        ),
        (
            "Economists calculated last month that the United States would pay.",
            [("the United States would pay", ["Economists"], "probable")],
        ),
        (
            "The loss was nearly double its earlier estimate.",
            [("The loss was nearly double its earlier estimate", [], "certain")],
        ),
    ],
)
def test_who_says_what_in_longer_english(
    text: str, expected: list[tuple[str, list[str], str]]
) -> None:
    assert chains(text, "en") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "رأى المحلل وليد الشامي، في حديث إلى صحيفة نشر أمس، أن الكلفة ترتفع.",
            [("الكلفة ترتفع", ["المحلل وليد الشامي"], "probable")],
        ),
        (
            "نفى الناطق أن تكون الطائرات شاركت، ووصف هذه الأرقام بأنها مبالغ فيها.",
            [
                ("تكون الطائرات شاركت", ["الناطق"], "certainly-not"),
                ("هذه الأرقام بأنها مبالغ فيها", ["الناطق"], "certain"),
            ],
        ),
        (
            "شككت المندوبية في التوقعات، إذ قدرت النمو بنحو 2 في المئة لا غير.",
            [
                ("التوقعات", ["المندوبية"], "probably-not"),
                ("النمو بنحو 2 في المئة لا غير", ["المندوبية"], "probable"),
            ],
        ),
        (
            "قال الوزير إن الأجور ارتفعت. ومن جهتها نددت نقابة المعلمين به، وقالت إن الأسعار زادت.",
            [
                ("الأجور ارتفعت", ["الوزير"], "certain"),
                ("ومن جهتها نددت نقابة المعلمين به", [], "certain"),
                ("الأسعار زادت", ["نقابة المعلمين"], "certain"),
            ],
        ),
        (
            "تذهب دراسة أعدتها جامعة الساحل إلى أن الرقم أكبر.",
            [("الرقم أكبر", ["دراسة أعدتها جامعة الساحل"], "certain")],
        ),
        (
            "ووفقا لمسؤول سابق تحدث شريطة عدم ذكر اسمه، نقل المال إلى الخارج.",
            [("نقل المال إلى الخارج", ["مسؤول سابق"], "certain")],
        ),
        (
            "ونفى محامو الرئيس هذه الاتهامات جملة وتفصيلا.",
            [("هذه الاتهامات جملة وتفصيلا", ["محامو الرئيس"], "certainly-not")],
        ),
        (
            "وبحسب لائحة الاتهام التي اطلعت عليها الوكالة، فقد باعت الشركة الأرض.",
            [("باعت الشركة الأرض", ["لائحة الاتهام"], "certain")],
        ),
        (
            "قالت الأسرة إنها حزينة. وردا على سؤال عن القضاء، أجابت: «لا نثق به».",
            [("حزينة", ["الأسرة"], "certain"), ("لا نثق به", ["الأسرة"], "certainly-not")],
        ),
        (
            "قدرت المنظمة عدد الركاب بمئتين، استنادا إلى شهادات الناجين.",
            [("عدد الركاب بمئتين، استنادا إلى شهادات الناجين", ["المنظمة"], "probable")],
        ),
        (
            "وروى أحد الناجين، وهو شاب سوداني، لمراسلنا كيف امتلأ القارب بالماء.",
            [("امتلأ القارب بالماء", ["أحد الناجين"], "certain")],
        ),
        (
            "أما المؤرخ جون مارلو فيقدر حصة الخزانة بالربع.",
            [("حصة الخزانة بالربع", ["المؤرخ جون مارلو"], "probable")],
        ),
        (
            "وذكرت الصحيفة أن أحدهم اعترف أمام المحققين بتلقي 400 ألف دولار.",
            [("بتلقي 400 ألف دولار", ["أحدهم", "الصحيفة"], "certain")],
        ),
        (
            "قال الشاهد: «كنا نصرخ». ولم تعلق السلطات على الحادث.",
            [
                ("كنا نصرخ", ["الشاهد"], "certain"),
                ("ولم تعلق السلطات على الحادث", [], "certainly-not"),
            ],
        ),
        (
            "واتهم النائب الوزارة بالتقصير، وهو ما رفضته الوزيرة.",
            [
                ("الوزارة بالتقصير", ["النائب"], "certain"),
                ("الوزارة بالتقصير", ["الوزيرة"], "certainly-not"),
            ],
        ),
        (
            "ومن المتوقع، بحسب خبراء المنظمة، أن يصل العدد إلى 300 ألف.",
            [("يصل العدد إلى 300 ألف", ["unnamed", "خبراء المنظمة"], "probable")],
        ),
        (
            "ويتوقع الخبراء أن يرتفع العدد إذا لم تتوقف المعارك.",
            [("يرتفع العدد إذا لم تتوقف المعارك", ["الخبراء"], "probable")],
        ),
        (
            "جاء في وثيقة سرية أن الحكومة أنفقت المال.",
            [("الحكومة أنفقت المال", ["وثيقة سرية"], "certain")],
        ),
        (
            "تحصي وزارة الصحة 400 قتيل.",
            [("400 قتيل", ["وزارة الصحة"], "certain")],
        ),
        (
            "دعت البلدية أمس إلى هدنة.",
            [("هدنة", ["البلدية"], "unknown")],
        ),
        (
            "ويزعم مسؤولون سابقون أن الكلفة كبيرة، وإن كان خبراء المصرف يشككون في الرقم.",
            [
                ("الكلفة كبيرة", ["مسؤولون سابقون"], "certain"),
                ("الرقم", ["خبراء المصرف"], "probably-not"),
            ],
        ),
        (
            "ونفت وارسو ذلك على لسان نائب وزير خارجيتها الذي أكد أن القرار لم يتخذ.",
            [("القرار لم يتخذ", ["نائب وزير خارجيتها"], "certainly-not")],
        ),
    ],
)
def test_who_says_what_in_newspapers(text: str, expected: list[tuple[str, list[str], str]]) -> None:
    assert chains(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "أعلنتها لجنة الأطباء المركزية، القريبة من حركة الاحتجاج، والتي تحدثت عن 127 قتيلا.",
            [
                ("أعلنتها لجنة الأطباء المركزية، القريبة من حركة الاحتجاج", [], "certain"),
                ("127 قتيلا", ["لجنة الأطباء المركزية"], "certain"),
            ],
        ),
        (
            "ورفض تجمع المهنيين نتائج التحقيق، ووصفها في بيان بأنها ناقصة، مطالبا بلجنة مستقلة.",
            [
                ("ورفض تجمع المهنيين نتائج التحقيق", [], "certain"),
                ("ناقصة", ["تجمع المهنيين"], "certain"),
                ("بلجنة مستقلة", ["تجمع المهنيين"], "unknown"),
            ],
        ),
        (
            "أما حزب الأمة، أكبر الأحزاب، فرأى أن التقرير معيب، متسائلا كيف يمكن قبوله.",
            [
                ("التقرير معيب", ["حزب الأمة"], "probable"),
                ("كيف يمكن قبوله", ["حزب الأمة"], "unknown"),
            ],
        ),
        (
            "لكن قياديا في الحركة نفى في اتصال هاتفي مع رويترز استهداف السوق.",
            [("استهداف السوق", ["قياديا في الحركة"], "certainly-not")],
        ),
        (
            "وقال التحالف على لسان رئيسه غانم الراوي إن الصناديق لم تصل.",
            [("الصناديق لم تصل", ["رئيسه غانم الراوي"], "certainly-not")],
        ),
        (
            "سقط القتلى في السوق، بحسب ما أفاد مسعفون وسكان لوكالة فرانس برس.",
            [("سقط القتلى في السوق", ["مسعفون وسكان"], "certain")],
        ),
        (
            "وقال المصدر إن الوزير أبلغ البرلمان بأن الأسر عادت، وإن الوزارة تعتقد أن الرقم خطأ.",
            [
                ("الأسر عادت", ["الوزير", "المصدر"], "certain"),
                ("الرقم خطأ", ["الوزارة", "المصدر"], "probable"),
            ],
        ),
        (
            "نفى التحالف مسؤوليته، لكنه أقر لاحقا بأنه قصف المبنى.",
            [("مسؤوليته", ["التحالف"], "certainly-not"), ("قصف المبنى", ["التحالف"], "certain")],
        ),
        (
            "وتشير آخر الأرقام الصادرة عن الديوان إلى ارتفاع البطالة.",
            [("ارتفاع البطالة", ["آخر الأرقام الصادرة عن الديوان"], "certain")],
        ),
        (
            "ونقلت يومية «الفجر» أمس، عن مصدر وصفته بالموثوق، أن المشروع أجل.",
            [("المشروع أجل", ["مصدر", "يومية «الفجر»"], "certain")],
        ),
        (
            "وعلى الرغم من أن الرئيس أعلن أن الجماعة هزمت، يشير محللون إلى أنها باقية.",
            [
                ("وعلى الرغم من أن", [], "certain"),
                ("الجماعة هزمت", ["الرئيس"], "certain"),
                ("باقية", ["محللون"], "certain"),
            ],
        ),
        (
            "لا يعرف عدد القتلى، إلا أن القاضي استمع إلى ثلاثة، بحسب ما أفاد مصدر.",
            [
                ("لا يعرف عدد القتلى", [], "unknown"),
                ("إلا أن القاضي استمع إلى ثلاثة", ["مصدر"], "certain"),
            ],
        ),
        (
            "عظيمة صفقته، غير أن مصادر مطلعة قدرتها بما يفوق 25 مليار دولار.",
            [
                ("عظيمة صفقته", [], "certain"),
                ("بما يفوق 25 مليار دولار", ["مصادر مطلعة"], "probable"),
            ],
        ),
        (
            "واستنادا إلى وثائق اطلعت عليها الصحيفة، فإن الصفقة كبيرة.",
            [("الصفقة كبيرة", ["وثائق"], "certain")],
        ),
        (
            "قال الخبير إن الهدف «صعب»، فيما يحذر آخرون من الإفلاس.",
            [("الهدف «صعب", ["الخبير"], "certain"), ("الإفلاس", ["آخرون"], "possible")],
        ),
    ],
)
def test_who_says_what_in_agencies(text: str, expected: list[tuple[str, list[str], str]]) -> None:
    assert chains(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أعلن الوزير عن مقتل 12 شخصا.", [("مقتل 12 شخصا", ["الوزير"], "certain")]),
        ("أعلن الوزير عن خطة جديدة.", [("أعلن الوزير عن خطة جديدة", [], "certain")]),
        (
            "وقال الوزير للصحيفة إن العدد زاد.",
            [("العدد زاد", ["الوزير"], "certain")],
        ),
        (
            "وحسب دراسة للجامعة أجريت على ألف طالب، يعاني الطلاب من الاكتظاظ.",
            [("يعاني الطلاب من الاكتظاظ", ["دراسة للجامعة"], "certain")],
        ),
        (
            "قال المدير إن الوضع حرج. ودعا المواطنين إلى الحذر من الماء.",
            [
                ("الوضع حرج", ["المدير"], "certain"),
                ("المواطنين إلى الحذر من الماء", ["المدير"], "unknown"),
            ],
        ),
    ],
)
def test_who_says_what_in_papers(text: str, expected: list[tuple[str, list[str], str]]) -> None:
    assert chains(text) == expected
