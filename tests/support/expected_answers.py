"""The expected answers of the named questions, worked out from the reading file alone.

A second implementation, in plain Python, of what each question asks; ``python
tests/support/expected_answers.py`` writes ``queries/expected``. A test holds the two together,
another holds the questions' answers on every engine to them.
"""

from __future__ import annotations

import csv
import io
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from reading_world import (
    READING,
    ROOT,
    SLUG,
    World,
    answer,
    corners,
    is_amount,
    listed,
    measure,
    surface,
    times,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

EXPECTED = ROOT / "queries" / "expected"

Row = list[object]
Table = tuple[list[str], list[list[str]]]

CASUALTIES = {"deaths", "combat-deaths", "wounded", "combat-wounded"}
COSTS = {"cost", "appropriated-cost", "total-economic-cost", "military-cost", "aid-cost"}
DISPLACED = {"displaced", "internally-displaced", "returned"}
HEADS = {"george-w-bush", "saddam-hussein", "barack-obama", "tony-blair"}

QUESTIONS: dict[str, Callable[[World], Table]] = {}


def question(columns: str) -> Callable[[Callable[[World], Iterable[Row]]], None]:
    def register(rows: Callable[[World], Iterable[Row]]) -> None:
        name = rows.__name__.replace("_", "-")
        QUESTIONS[name] = lambda world: (
            columns.split(),
            [["" if cell is None else str(cell) for cell in row] for row in rows(world)],
        )

    return register


def plainly(world: World, claims: Iterable[dict], *extra: Callable[[dict], object]) -> list[Row]:
    """Return the rows of a list of claims: id, gloss, speaker, what is asked, the IRI."""
    return [
        [c["id"], c["gloss"].strip(), world.by(c), *(one(c) for one in extra), world.ref(c)]
        for c in claims
    ]


# One claim: the default of the questions about one is the toll of the whole war.


@question("depth speaker speaker_ar source act said marking confidence cue voice")
def who_said(world: World) -> Iterable[Row]:
    for depth, voice in enumerate(world.chain(world.claim("us-dead-2003-2011")["voice"]), 1):
        told = world.reading["voices"][voice]
        source = told.get("source")
        yield [
            depth,
            ", ".join(world.speakers(voice)),
            " و".join(world.speakers(voice, "ar")),
            world.name(source) if source else world.article_label,
            world.concept("speech-act", told.get("act", "state")),
            world.said(voice),
            world.marking(voice),
            told.get("confidence"),
            surface(told.get("cue")),
            f"voice:{SLUG}/{READING}/{voice}",
        ]


@question("order property value claim")
def claim_details(world: World) -> Iterable[Row]:
    claim = world.claim("us-dead-2003-2011")
    ((start, end),) = claim["spans"]
    facts = [
        (1, "gloss (en)", claim["gloss"]),
        (
            2,
            "question",
            "how many · deaths · Members of the US forces · Iraq War · Iraq · 2003-03-19/..",
        ),
        (3, "amount as written", "4487 عنصرا"),
        (3, "approximate", "false"),
        (3, "comparator", "exactly"),
        (3, "counts", "person"),
        (3, "unit", "NUM"),
        (3, "value", "4487"),
        (4, "time (EDTF)", "2003-03-19/.."),
        (4, "time as written", "منذ غزو تلك البلاد"),
        (4, "time, told by an event", "since Invasion of Iraq of 2003"),
        (5, "polarity", "positive"),
        (5, "stance", "certain"),
        (6, "reader's confidence", claim["confidence"]),
        (6, "reader's note", claim["why"]),
        (8, f"words at {start}-{end}", claim["quote"]),
    ]
    return [[*fact, world.ref(claim)] for fact in facts]


@question("relation other_id other_gloss basis rule difference ratio residual gap_days holds other")
def claim_relations(world: World) -> Iterable[Row]:
    whole = Decimal(4487)
    parts = ("us-combat-dead-since-2010", "us-combat-dead-to-2010", "us-dead-since-2010",
             "us-dead-to-2010")  # fmt: skip
    for part in parts:
        claim = world.claim(part)
        if part == "us-combat-dead-to-2010":  # the reading relates this one itself
            yield ["part and whole", part, claim["gloss"], "curated", "", "", "", "", "", "",
                   world.ref(claim)]  # fmt: skip
        ratio = truncated(Decimal(answer(claim)["value"]) / whole)
        yield ["part and whole", part, claim["gloss"], "computed",
               world.concept("rule", "part-above-whole"), "", ratio, "", "", "true",
               world.ref(claim)]  # fmt: skip
    for part in ("us-dead-since-2010", "us-dead-to-2010"):
        claim = world.claim(part)
        yield ["sum", part, claim["gloss"], "computed",
               world.concept("rule", "time-partition-sum"), "", "", "0", "", "true",
               world.ref(claim)]  # fmt: skip


def truncated(ratio: Decimal) -> Decimal:
    """SPARQL decimals of the engine that derives have 18 digits after the point."""
    return ratio.quantize(Decimal(10) ** -18, rounding="ROUND_DOWN")


@question("subject predicate object")
def chain_as_graph(world: World) -> Iterable[Row]:
    claim = world.claim("us-dead-2003-2011")
    voice = f"voice:{SLUG}/{READING}/"
    chain = world.chain(claim["voice"])
    yield [world.ref(claim), "qawl:voice", voice + chain[0]]
    for inner, outer in pairwise(chain):
        yield [voice + inner, "qawl:quotedIn", voice + outer]
    for one in chain:
        for speaker in listed(world.reading["voices"][one]["speaker"]):
            yield [voice + one, "qawl:speaker", world.iri(speaker)]


# Lists of claims


@question("id gloss said_by start claim")
def claims(world: World) -> Iterable[Row]:
    return plainly(world, world.claims, lambda claim: claim["start"])


@question("id gloss said_by claim")
def own_voice(world: World) -> Iterable[Row]:
    return plainly(world, [claim for claim in world.claims if claim["voice"] == "article"])


@question("id gloss said_by surface origin claim")
def figures_of_unnamed_origin(world: World) -> Iterable[Row]:
    unnamed = {name for name, one in world.reading["entities"].items()
               if one["type"] == "UnnamedActor"}  # fmt: skip

    def origin(claim: dict) -> str | None:
        voice = claim["voice"]
        if voice == "article":
            return "the article's own"
        if world.marking(voice) == "inferred":
            return "inferred"
        speakers = listed(world.reading["voices"][voice]["speaker"])
        return "unnamed" if unnamed & set(speakers) else None

    found = [claim for claim in world.claims if is_amount(claim) and origin(claim)]
    return plainly(world, found, written, origin)


def written(claim: dict) -> str:
    return surface(answer(claim).get("surface"))


def about(entity: str) -> Callable[[World], Iterable[Row]]:
    return lambda world: plainly(world, [c for c in world.claims if entity in world.about(c)])


for kind, entity in (
    ("actor", "saddam-hussein"),
    ("event", "iraq-invasion-2003"),
    ("place", "baghdad"),
):
    rows = about(entity)
    rows.__name__ = f"about_{kind}"
    question("id gloss said_by claim")(rows)


@question("id gloss said_by edtf overlap claim")
def between_dates(world: World) -> Iterable[Row]:
    first, last = "2010-01-01", "2010-08-31"
    found = []
    for claim in world.claims:
        for edtf in sorted({span["edtf"] for span in times(claim) if span.get("edtf")}):
            earliest_start, latest_start, earliest_end, latest_end = corners(edtf)
            if earliest_start <= last and latest_end >= first:
                sure = latest_start <= last and earliest_end >= first
                overlap = "certain" if sure else "possible"
                found.append([*plainly(world, [claim])[0][:3], edtf, overlap, world.ref(claim)])
    return found


@question("id gloss said_by act transmission claim")
def said_by(world: World) -> Iterable[Row]:
    voices = world.reading["voices"]
    found = [c for c in world.claims if voices[c["voice"]]["speaker"] == "george-w-bush"]
    return plainly(
        world,
        found,
        lambda claim: world.concept("speech-act", voices[claim["voice"]]["act"]),
        lambda claim: voices[claim["voice"]].get("transmission", "paraphrase"),
    )


@question("id gloss said_by claim")
def heads_of_government(world: World) -> Iterable[Row]:
    voices = world.reading["voices"]
    found = [c for c in world.claims if HEADS & set(listed(voices[c["voice"]]["speaker"]))]
    return plainly(world, sorted(found, key=lambda c: (world.by(c), c["start"], c["id"])))


@question("id gloss said_by payer measure value emended surface claim")
def costs_by_payer(world: World) -> Iterable[Row]:
    def payer(claim: dict) -> str:
        actor = claim["question"].get("actor")
        return world.name(actor) if actor else ""

    found = sorted(world.of_kind("cost", COSTS), key=lambda c: (payer(c), c["start"], c["id"]))
    return plainly(
        world, found, payer, lambda c: world.concept("measure", measure(c) or ""),
        lambda c: answer(c).get("value"), lambda c: answer(c).get("emended"), written,
    )  # fmt: skip


@question("id gloss said_by value surface claim")
def displacement_and_returns(world: World) -> Iterable[Row]:
    found = world.of_kind("displacement", DISPLACED)
    return plainly(world, found, lambda c: answer(c).get("value"), written)


@question("id gloss said_by measure population during value claim")
def casualties(world: World) -> Iterable[Row]:
    found = [c for c in world.of_kind("casualty", CASUALTIES) if answer(c).get("value")]
    return plainly(
        world, found, lambda c: world.concept("measure", measure(c) or ""),
        lambda c: world.name(c["question"]["of"]), lambda c: c["question"].get("during"),
        lambda c: answer(c)["value"],
    )  # fmt: skip


@question("id gloss said_by against claim")
def allegations(world: World) -> Iterable[Row]:
    voices = world.reading["voices"]
    return [
        row
        for claim in world.claims
        if voices[claim["voice"]].get("act") == "accuse"
        for name in sorted(world.name(one) for one in listed(claim.get("against")))
        for row in plainly(world, [claim], lambda _, name=name: name)
    ]


@question("id gloss said_by value lower upper comparator surface claim")
def ranges_and_approximations(world: World) -> Iterable[Row]:
    def comparator(claim: dict) -> str:
        given = answer(claim)
        about = given.get("approximate") == "true" or given.get("approximate") is True
        return given.get("comparator") or ("exactly" if "value" in given and not about else "")

    found = [
        claim
        for claim in world.claims
        if is_amount(claim)
        and (
            answer(claim).get("approximate") == "true"
            or "value" not in answer(claim)
            or comparator(claim) != "exactly"
        )
    ]
    return plainly(
        world, found, *(lambda c, part=part: answer(c).get(part)
                        for part in ("value", "lower", "upper")), comparator, written,
    )  # fmt: skip


@question("id gloss said_by surface literal emended claim")
def garbled(world: World) -> Iterable[Row]:
    found = [claim for claim in world.claims if answer(claim).get("garbled") == "true"]
    return plainly(
        world, found, written, lambda c: answer(c)["value"], lambda c: answer(c)["emended"]
    )


for name, kind in (
    ("causes", "causal"),
    ("evaluations", "evaluative"),
    ("states", "state"),
    ("intentions", "intention"),
):

    def of_kind(world: World, kind: str = kind) -> Iterable[Row]:
        return plainly(world, world.of_kind(kind))

    of_kind.__name__ = name
    question("id gloss said_by claim")(of_kind)


@question("id gloss said_by surface status edtf anchor claim")
def relative_dates(world: World) -> Iterable[Row]:
    return [
        row
        for claim in world.claims
        for span in sorted(times(claim), key=lambda one: surface(one.get("surface")))
        if span.get("status", "explicit") != "explicit" and span.get("surface")
        for row in plainly(
            world,
            [claim],
            lambda _, s=span: surface(s["surface"]),
            lambda _, s=span: world.concept("date-status", s["status"]),
            lambda _, s=span: s.get("edtf"),
            lambda _, s=span: world.name(s["anchor"]) if "anchor" in s else "",
        )
    ]


# Relations


@question("one_id one_gloss one_by other_id other_gloss other_by difference gap_days rule")
def contradictions(world: World) -> Iterable[Row]:
    # Two dates of one event, 19 and 20 March 2003: one day apart.
    one, other = world.claim("invasion-start"), world.claim("invasion-start-20-march")
    yield [one["id"], one["gloss"], world.by(one), other["id"], other["gloss"], world.by(other),
           "", 1, world.concept("rule", "time-contradiction")]  # fmt: skip


@question("one_id one_gloss other_id other_gloss basis why")
def contrasts(world: World) -> Iterable[Row]:
    found = []
    for relation in world.reading["relations"]:
        if "contrasts" in relation:
            one, other = (world.claim(name) for name in sorted(relation["contrasts"]))
            found.append([one["id"], one["gloss"], other["id"], other["gloss"],
                          relation["basis"], relation["why"]])  # fmt: skip
    return sorted(found, key=lambda row: (row[0], row[2]))


@question("whole_id whole_value parts residual holds basis")
def sums(world: World) -> Iterable[Row]:
    del world
    # 4421 until 31 August 2010 and 66 since then are the 4487 of the whole war.
    parts = "66 (us-dead-since-2010) + 4421 (us-dead-to-2010)"
    yield ["us-dead-2003-2011", 4487, parts, 4487 - 4421 - 66, "true", "computed"]


@question("part_id part_value whole_id whole_value percent holds")
def part_of_whole(world: World) -> Iterable[Row]:
    # "Of them" in the text, and narrower questions on the same event and people.
    pairs = [
        ("crs-appropriated", "crs-cost"),
        ("returned-to-2010", "displaced-2006-2010"),
        ("uk-aid-cost", "uk-cost"),
        ("uk-combat-dead", "uk-dead"),
        ("us-combat-dead-since-2010", "us-dead-2003-2011"),
        ("us-combat-dead-since-2010", "us-dead-since-2010"),
        ("us-combat-dead-to-2010", "us-dead-2003-2011"),
        ("us-combat-dead-to-2010", "us-dead-to-2010"),
        ("us-dead-since-2010", "us-dead-2003-2011"),
        ("us-dead-to-2010", "us-dead-2003-2011"),
    ]
    for part, whole in pairs:
        counted, total = (Decimal(answer(world.claim(one))["value"]) for one in (part, whole))
        percent = (counted / total * 100).quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)
        yield [part, counted, whole, total, percent, "true" if counted <= total else "false"]


@question("one_id one_gloss one_by other_id other_gloss other_by")
def echoes(world: World) -> Iterable[Row]:
    del world
    return []  # within one article nobody's figure is heard twice


@question("one_id one_gloss one_by other_id other_gloss other_by independent")
def agreements(world: World) -> Iterable[Row]:
    del world
    return []  # Bush's and Blair's wish to free the Iraqis are two acts, so two questions


@question("count_id count share_id percent implied")
def implied_population(world: World) -> Iterable[Row]:
    del world
    # 1,600,000 / 0.055 = 29,090,909.09…
    yield ["displaced-2006-2010", 1600000, "displaced-share", "5.5", 29090909]


@question("question_label answers claims")
def questions_with_several_answers(world: World) -> Iterable[Row]:
    shared: dict[str, list[str]] = {}
    for claim in world.claims:
        if claim.get("question"):
            shared.setdefault(str(sorted(claim["question"].items())), []).append(claim["id"])
    found = [sorted(ids) for ids in shared.values() if len(ids) > 1]
    label = {
        "invasion-start": f"when · {world.concept('aspect', 'start')} · Invasion of Iraq of 2003",
    }
    return [[label[ids[0]], len(ids), ", ".join(ids)] for ids in
            sorted(found, key=lambda ids: (-len(ids), ", ".join(ids)))]  # fmt: skip


# Voices, text, dates


@question("speaker relayed own actor")
def who_relays_most(world: World) -> Iterable[Row]:
    voices = world.reading["voices"]
    relayed: dict[str, set[str]] = {}
    own: dict[str, set[str]] = {}
    for name, voice in voices.items():
        for speaker in listed(voice["speaker"]):
            inner = {c["id"] for c in world.claims if name in world.chain(c["voice"])[1:]}
            made = {c["id"] for c in world.claims if c["voice"] == name}
            relayed.setdefault(speaker, set()).update(inner)
            own.setdefault(speaker, set()).update(made)
    # Only who stands in the chain of some claim.
    speakers = [one for one in relayed if relayed[one] or own[one]]
    rows = [[world.name(one), len(relayed[one]), len(own[one]), world.iri(one)]
            for one in speakers]  # fmt: skip
    return sorted(rows, key=lambda row: (-int(row[1]), -int(row[2]), str(row[0])))


@question("depth id outer_id marking claims")
def voices(world: World) -> Iterable[Row]:
    rows = [
        [len(world.chain(name)) - 1, name, voice.get("in"), world.marking(name),
         sum(claim["voice"] == name for claim in world.claims)]
        for name, voice in world.reading["voices"].items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row[0], row[1]))


@question("id voice_id candidate_id confidence")
def open_voices(world: World) -> Iterable[Row]:
    return sorted(
        [claim["id"], claim["voice"], one["voice"], one.get("confidence")]
        for claim in world.claims
        for one in claim.get("possible-voices", [])
    )


@question("kind id confidence")
def inferred(world: World) -> Iterable[Row]:
    rows = [["claim", c["id"], c["confidence"]] for c in world.claims if "confidence" in c]
    rows += [
        ["voice", name, voice["confidence"]]
        for name, voice in world.reading["voices"].items()
        if voice.get("marking") == "inferred"
    ]
    return sorted(rows, key=lambda row: (Decimal(row[2]), row[0], row[1]))


@question("id start end exact")
def quotes_with_offsets(world: World) -> Iterable[Row]:
    rows = [
        [claim["id"], start, end, world.text[start:end]]
        for claim in world.claims
        for start, end in claim["spans"]
    ]
    return sorted(rows, key=lambda row: (row[1], row[2], row[0]))


@question("value surface")
def ungrounded_values(world: World) -> Iterable[Row]:
    assert all(written(claim) for claim in world.claims if is_amount(claim))
    return []


@question("event aspect edtf relation anchor said_by id")
def events_in_order(world: World) -> Iterable[Row]:
    rows = []
    for claim in world.claims:
        if "when" in claim.get("question", {}):
            span, asked = answer(claim), claim["question"]
            first = corners(span["edtf"])[0] if span.get("edtf") else "9999"
            relation = span.get("relation")
            row = [
                world.name(asked["event"]), world.concept("aspect", asked["when"]),
                span.get("edtf"), world.concept("time-relation", relation) if relation else "",
                world.name(span["anchor"]) if "anchor" in span else "", world.by(claim),
                claim["id"],
            ]  # fmt: skip
            rows.append((first, row))
    return [row for _, row in sorted(rows, key=lambda one: (one[0], one[1][0], one[1][6]))]


@question("edtf said_by marking confidence surface id")
def dates_of_the_invasion(world: World) -> Iterable[Row]:
    bbc = world.reading["voices"]["bbc-2011-continued"]["confidence"]
    author = world.name("the-article")
    yield ["2003-03-19", "BBC", "inferred", bbc, "التاسع عشر من شهر مارس من عام 2003",
           "invasion-start"]  # fmt: skip
    yield ["2003-03-20", author, "explicit", "", "فجر 20 مارس عام 2003",
           "invasion-start-20-march"]  # fmt: skip


@question("name name_ar mentions wikidata entity")
def entities_mentioned(world: World) -> Iterable[Row]:
    rows = [
        [world.name(name), world.name(name, "ar"), len(world.mention_places(name)),
         world.wikidata(name), world.iri(name)]
        for name in world.reading["mentions"]
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-int(row[2]), world.full(str(row[4]))))


@question("name type cited_in text_held voices source")
def sources(world: World) -> Iterable[Row]:
    counted: dict[str, int] = dict.fromkeys(
        [name for name in world.entities if world.iri(name).startswith("source:")], 0
    )
    counted["memo-2000"] = 0
    for voice in world.reading["voices"].values():
        if "source" in voice:
            counted[voice["source"]] += 1
    article = f"source:{SLUG}"
    rows = [
        [world.name(one), world.source_type(one), article, "no", n, world.iri(one)]
        for one, n in counted.items()
    ]
    rows.append([world.article_label, "article", "", "yes", 1, article])
    return sorted(rows, key=lambda row: (-int(row[4]), world.full(str(row[5]))))


@question("article reader kind made claims reading")
def readings(world: World) -> Iterable[Row]:
    told = world.reading
    yield [f"source:{SLUG}", told["reader"]["name"], told["reader"]["kind"], told["made"],
           len(world.claims), f"reading:{SLUG}/{READING}"]  # fmt: skip


def as_csv(table: Table) -> str:
    """Return a table as CSV text."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows([table[0], *table[1]])
    return stream.getvalue()


def expected_files() -> dict[str, str]:
    """Return the content of every file of the expected answers, by the question's name."""
    world = World.load()
    return {name: as_csv(rows(world)) for name, rows in sorted(QUESTIONS.items())}


def main() -> None:
    """Write the expected answers."""
    EXPECTED.mkdir(exist_ok=True)
    for name, content in expected_files().items():
        (EXPECTED / f"{name}.csv").write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
