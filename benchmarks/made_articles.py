"""Articles made up for measuring: news of invented floods, strikes and elections, in two languages.

Every article is put together from sentences written for this purpose, with invented names, and is
as long as real news is (a median of 2,700 letters, a tenth above 5,000). Several outlets report on
each happening, quote one another and differ on figures. The same number and seed give the same
articles.

    python benchmarks/made_articles.py 1000 > articles.jsonl
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["made_articles"]

#: How many articles there are on one happening, in the mean.
_PER_HAPPENING = 8

_EN_TOWNS = ["Rivertown", "Marsh Hill", "Port Salim", "Old Ferry", "Greenvale", "Three Wells"]
_AR_TOWNS = ["وادي الزيتون", "مرسى الأمل", "تل النخيل", "عين الورد", "قصر البحر", "باب السوق"]
_EN_OUTLETS = ["Reuters", "the Daily Courier", "Channel Nine", "the Evening Post", "Radio Coast"]
_AR_OUTLETS = ["وكالة رويترز", "صحيفة الساحل", "قناة النور", "جريدة المساء", "إذاعة الميناء"]
_EN_PEOPLE = [
    "Salim Haddad", "Layla Nasser", "Peter Marsh", "Anna Weller", "Karim Aziz", "Helen Stone",
]  # fmt: skip
_AR_PEOPLE = ["سليم حداد", "ليلى ناصر", "كريم عزيز", "منى الشامي", "يوسف الخطيب", "هدى سالم"]
_EN_BODIES = [
    "the interior ministry", "the Red Crescent", "the civil defence", "the health ministry",
    "the United Nations", "the governor's office",
]  # fmt: skip
_AR_BODIES = [
    "وزارة الداخلية", "الهلال الأحمر", "الدفاع المدني", "وزارة الصحة", "الأمم المتحدة",
    "مكتب المحافظ",
]  # fmt: skip

_EN = [
    "{body} said on Tuesday that {dead} people had been killed in {town}.",
    "According to {body}, {dead} people died and {families} families were displaced.",
    "{person}, a spokesman for {body}, told {outlet} that at least {hurt} people were injured.",
    "{outlet} reported that {body} had put the cost of the damage at {cost} million dollars.",
    "{person} denied that the dam above {town} had collapsed.",
    '"We have not seen anything like this in {years} years," said {person}.',
    "Earlier, {outlet} had quoted {body} as saying that {low} people were missing.",
    "{body} announced that about {percent} percent of the houses in {town} had been damaged.",
    "Residents of {town} said that help had come too late.",
    "The road from {town} to the coast was closed for {days} days.",
    "It was not clear who had given the order to open the gates.",
    "{person} added that the figures would rise in the coming days.",
    "In a report published on {day} March 2031, {body} counted {dead} dead and {hurt} wounded.",
    "Schools in {town} stayed shut, and the market opened only in the morning.",
    "{outlet}, citing {body}, said that more than {families} families had returned.",
    "The rain that fell in one night was as much as usually falls in {days} weeks.",
]
_AR = [
    "قالت {body} يوم الثلاثاء إن {dead} شخصا لقوا حتفهم في {town}.",
    "وبحسب {body}، قتل {dead} شخصا ونزحت {families} أسرة.",
    "وصرح {person} المتحدث باسم {body} ل{outlet} بأن {hurt} شخصا على الأقل أصيبوا بجروح.",
    "وذكرت {outlet} أن {body} قدرت كلفة الأضرار بنحو {cost} مليون دولار.",
    "ونفى {person} انهيار السد فوق {town}.",
    "وقال {person}: «لم نر شيئا كهذا منذ {years} سنة».",
    "وكانت {outlet} قد نقلت عن {body} قولها إن {low} شخصا في عداد المفقودين.",
    "وأعلنت {body} أن نحو {percent} في المئة من منازل {town} تضررت.",
    "وقال سكان {town} إن المساعدة وصلت متأخرة.",
    "وأغلقت الطريق من {town} إلى الساحل مدة {days} أيام.",
    "ولم يتضح من أصدر الأمر بفتح البوابات.",
    "وأضاف {person} أن الأرقام سترتفع في الأيام المقبلة.",
    "وفي تقرير نشر في {day} مارس 2031 أحصت {body} {dead} قتيلا و{hurt} جريحا.",
    "وظلت المدارس في {town} مغلقة ولم يفتح السوق إلا صباحا.",
    "ونقلت {outlet} عن {body} أن أكثر من {families} أسرة عادت.",
    "وهطل في ليلة واحدة من المطر ما يهطل عادة في {days} أسابيع.",
]


@dataclass(frozen=True, slots=True)
class _Happening:
    """What all reports of one happening share: the place, and the figures that they vary."""

    town: int
    dead: int
    hurt: int
    families: int
    cost: int


def made_articles(number: int, seed: int = 1) -> Iterator[dict[str, str]]:
    """Yield articles with an id, a text, a title, a date, a publisher and a language."""
    chance = random.Random(seed)  # noqa: S311
    happenings = [
        _Happening(
            chance.randrange(len(_EN_TOWNS)),
            chance.randint(3, 90),
            chance.randint(10, 400),
            chance.randint(20, 3000),
            chance.randint(2, 900),
        )
        for _ in range(max(1, number // _PER_HAPPENING))
    ]
    for one in range(number):
        happening = chance.choice(happenings)
        arabic = chance.random() < 0.5
        outlet = chance.randrange(len(_EN_OUTLETS))
        text = _text(chance, happening, arabic)
        yield {
            "id": f"made-{one:06}",
            "text": text,
            "title": text.partition("\n")[0][:80],
            "date": f"2031-03-{chance.randint(4, 28):02}",
            "publisher": (_AR_OUTLETS if arabic else _EN_OUTLETS)[outlet],
            "language": "ar" if arabic else "en",
        }


def _text(chance: random.Random, happening: _Happening, arabic: bool) -> str:
    kinds = _AR if arabic else _EN
    length = round(chance.lognormvariate(7.9, 0.5))
    paragraphs, total = [], 0
    while total < length:
        sentences = [
            _sentence(chance, happening, chance.choice(kinds), arabic)
            for _ in range(chance.randint(1, 3))
        ]
        paragraphs.append(" ".join(sentences))
        total += len(paragraphs[-1])
    return "\n".join(paragraphs)


def _sentence(chance: random.Random, happening: _Happening, kind: str, arabic: bool) -> str:
    def near(figure: int) -> int:
        return figure if chance.random() < 0.6 else max(1, round(figure * chance.uniform(0.7, 1.4)))

    towns, outlets = (_AR_TOWNS, _AR_OUTLETS) if arabic else (_EN_TOWNS, _EN_OUTLETS)
    people, bodies = (_AR_PEOPLE, _AR_BODIES) if arabic else (_EN_PEOPLE, _EN_BODIES)
    sentence = kind.format(
        body=chance.choice(bodies),
        person=chance.choice(people),
        outlet=chance.choice(outlets),
        town=towns[happening.town],
        dead=near(happening.dead),
        hurt=near(happening.hurt),
        families=near(happening.families),
        cost=near(happening.cost),
        low=near(happening.dead),
        percent=chance.randint(5, 95),
        years=chance.randint(10, 60),
        days=chance.randint(3, 9),
        day=chance.randint(4, 28),
    )
    return sentence[:1].upper() + sentence[1:]


def main() -> None:
    """Write articles as JSONL."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("number", type=int)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    for article in made_articles(given.number, given.seed):
        sys.stdout.write(f"{json.dumps(article, ensure_ascii=False)}\n")


if __name__ == "__main__":
    main()
