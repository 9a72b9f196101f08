"""The expected answers of the named questions, worked out from the reading files alone.

A second implementation, in plain Python, of what each question asks, of the shipped article and of
that together with the two examples. ``python tests/support/expected_answers.py`` writes
``queries/expected`` for the shipped one. Tests hold the two together, and hold the questions'
answers on every engine, in both modes, to them. What rules compute is not computed again: the
relations that hold are named here one by one, as a reader of the articles finds them.
"""

# ruff: noqa: E501 - columns and pairs are tables, which read better on one line

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import rdflib
from reading_world import (
    EXAMPLES,
    FIRST,
    LAST,
    QAWL,
    READING,
    ROOT,
    SHIPPED,
    SLUG,
    World,
    amount,
    answer,
    approximate,
    authority,
    comparator,
    corners,
    cues,
    during,
    edtf,
    interval,
    is_amount,
    listed,
    measure,
    surface,
    times,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

EXPECTED = ROOT / "queries" / "expected"
DEAD, COSTS = "iraq-dead-counts", "iraq-displaced-and-costs"

Row = list[object]
Table = tuple[list[str], list[list[str]]]

CASUALTIES = {"deaths", "combat-deaths", "excess-deaths", "wounded", "combat-wounded"}
COST_MEASURES = {"cost", "appropriated-cost", "total-economic-cost", "military-cost", "aid-cost"}
DISPLACED = {"displaced", "internally-displaced", "returned", "refugees"}
#: Events in which people leave their homes.
FLIGHT = {"iraqi-displacement"}
#: What goes up and down, so that one time's amount is no part of another's.
LEVELS = {"displaced", "internally-displaced", "refugees", "force-level"}
HEADS = {"george-w-bush", "saddam-hussein", "barack-obama", "tony-blair"}
AFFIRMING = {"certain", "probable", "possible"}


@dataclass(frozen=True)
class Corpus:
    """Some readings together, read generously or strictly."""

    worlds: tuple[World, ...]
    mode: str = "generous"

    @cached_property
    def claims(self) -> list[dict]:
        found = [claim for world in self.worlds for claim in world.claims]
        return sorted(found, key=lambda claim: (claim["start"], self.id(claim), self.full(claim)))

    @property
    def first(self) -> World:
        return next(world for world in self.worlds if world.slug == SLUG)

    def claim(self, name: str) -> dict | None:
        """Return a claim by ``slug/id``, or by its id in the shipped article; None where not loaded."""
        slug, _, identifier = name.rpartition("/")
        slug = {"dead": DEAD, "costs": COSTS}.get(slug, slug or SLUG)
        return next((w.claim(identifier) for w in self.worlds if w.slug == slug), None)

    def id(self, claim: dict) -> str:
        """Return the id of a claim; with its article where several meet."""
        slug = claim["world"].slug
        return claim["id"] if len(self.worlds) == 1 else f"{slug}/{claim['id']}"

    def voice_id(self, world: World, name: str | None) -> str:
        return "" if name is None else name if len(self.worlds) == 1 else f"{world.slug}/{name}"

    @staticmethod
    def full(claim: dict) -> str:
        return World.full(claim["world"].ref(claim))

    def voice(self, claim: dict) -> str:
        world = claim["world"]
        return claim["voice"] if self.mode == "generous" else world.marked(claim["voice"])[0]

    def spoken(self, claim: dict) -> Row:
        """Who says it, how that is marked, who passes it on, and who may have said it instead."""
        world, voice = claim["world"], self.voice(claim)
        relays = [
            world.says(one) + (" (inferred)" if world.marking(one) == "inferred" else "")
            for one in world.chain(voice)[1:-1]
            if self.mode == "generous" or world.marking(one) != "inferred"
        ]
        return [world.says(voice), world.marking(voice), "; ".join(relays), self.possibly(claim)]

    @staticmethod
    def possibly(claim: dict) -> str:
        return "; ".join(
            sorted(
                claim["world"].says(one["voice"])
                + (f" ({one['confidence']})" if "confidence" in one else "")
                for one in claim.get("possible-voices", [])
            )
        )

    def by(self, claim: dict) -> Row:
        """Who says it and how that is marked, without who passes it on."""
        return [*self.spoken(claim)[:2], self.possibly(claim)]

    def rows(self, claims: Iterable[dict], *extra: Callable[[dict], object]) -> list[Row]:
        """Return the rows of a list of claims: id, gloss, who says so, what is asked, the IRI."""
        return [
            [self.id(c), c["gloss"].strip(), *self.spoken(c), *(one(c) for one in extra),
             c["world"].ref(c)]
            for c in claims
        ]  # fmt: skip

    def as_of(self, claim: dict) -> tuple[str, str]:
        """Return the date of the data and how the text tells it.

        Without words for it, as with the day of the article's publication, the reader infers it;
        else the date of a voice is marked as the voice is.
        """
        for value, marking in self._dates(claim):
            if corners(value)[3] and "?" not in value:
                if self.mode == "strict" and marking == "inferred":
                    return "", ""
                return value, marking
        return "", ""

    @staticmethod
    def _dates(claim: dict) -> Iterable[tuple[str, str]]:
        world = claim["world"]
        own = claim.get("as-of")
        if value := edtf(own):
            yield value, "inferred" if unwritten(own) else "explicit"
        for voice in world.chain(claim["voice"]):
            given, said = world.voices[voice].get("as-of"), world.voices[voice].get("said")
            published = said is None and "in" not in world.voices[voice]
            for value, supplied in (
                (edtf(given), unwritten(given)),
                (world.said(voice), published or unwritten(said)),
            ):
                if value:
                    yield value, "inferred" if supplied else world.marking(voice)

    def of_kind(self, kind: str, measures: set[str] | None = None) -> list[dict]:
        return [
            claim
            for claim in self.claims
            if claim.get("kind") == kind or measure(claim) in (measures or set())
        ]


QUESTIONS: dict[str, Callable[[Corpus], Table]] = {}


def question(columns: str) -> Callable[[Callable[[Corpus], Iterable[Row]]], None]:
    columns = columns.replace("SPOKEN", "id gloss said_by marking relayed_by possibly")
    for end in ("one", "other", "part", "whole", "later", "earlier"):
        wide = f"{end}_id {end}_gloss {end}_by {end}_marking {end}_possibly"
        columns = columns.replace(f"PAIR({end})", wide)
        amounts = wide.replace(f"{end}_by", f"{end}_amount {end}_by")
        columns = columns.replace(f"AMOUNT({end})", amounts)
        dated = amounts.replace(f"{end}_by", f"{end}_as_of {end}_as_of_marking {end}_by")
        columns = columns.replace(f"DATED({end})", dated)

    def register(rows: Callable[[Corpus], Iterable[Row]]) -> None:
        name = rows.__name__.replace("_", "-")
        QUESTIONS[name] = lambda corpus: (
            columns.split(),
            [["" if cell is None else str(cell) for cell in row] for row in rows(corpus)],
        )

    return register


# One claim: the default of the questions about one is the toll of the whole war.


@question("standing depth speaker speaker_ar source act said marking confidence cue voice")
def who_said(corpus: Corpus) -> Iterable[Row]:
    world = corpus.first
    chain = world.chain(world.claim("us-dead-2003-2011")["voice"])
    if corpus.mode == "strict":
        chain = [voice for voice in chain if world.marking(voice) != "inferred"]
    for depth, voice in enumerate(chain, 1):
        told = world.voices[voice]
        source = told.get("source")
        yield [
            "kept", depth, world.says(voice), world.says(voice, "ar"),
            world.name(source) if source else world.article_label,
            world.concept("speech-act", told.get("act", "state")), world.said(voice),
            world.marking(voice), told.get("confidence"), cues(told.get("cue")),
            f"voice:{SLUG}/{READING}/{voice}",
        ]  # fmt: skip


@question("order property value claim")
def claim_details(corpus: Corpus) -> Iterable[Row]:
    world = corpus.first
    claim = world.claim("us-dead-2003-2011")
    ((start, end),) = claim["spans"]
    facts = [
        (1, "gloss (en)", claim["gloss"]),
        (
            2,
            "question",
            "how many · deaths · Members of the US forces · Iraq War · Iraq · 2003-03-19/..",
        ),
        (3, "amount", "4,487"),
        (3, "amount as written", "4487 عنصرا"),
        (3, "approximate", "false"),
        (3, "comparator", "exactly"),
        (3, "counts", "person"),
        (3, "unit", "NUM"),
        (3, "value", "4487"),
        (4, "as of", "2011 (inferred)"),
        (4, "time (EDTF)", "2003-03-19/.."),
        (4, "time as written", "منذ غزو تلك البلاد"),
        (4, "time, told by an event", "since Invasion of Iraq of 2003"),
        *((5, "about", name) for name in sorted(world.name(one) for one in world.about(claim))),
        (6, "polarity", "positive"),
        (6, "stance", "certain"),
        (7, "reader's confidence", claim["confidence"]),
        (7, "reader's note", claim["why"]),
        (9, f"words at {start}-{end}", claim["quote"]),
    ]
    return [[*fact, world.ref(claim)] for fact in facts]


@question("relation other_is other_id other_gloss said_by marking possibly basis difference ratio "
          "residual gap_days holds other")  # fmt: skip
def claim_relations(corpus: Corpus) -> Iterable[Row]:
    world = corpus.first
    whole = Decimal(4487)
    malta, brown, bush = (
        corpus.claim(one)
        for one in ("costs/us-dead-malta-today", "dead/us-dead-costs-of-war", "dead/us-dead-2005")
    )
    if malta and brown and bush:
        agree, newer, total = (
            world.concept("rule", one) for one in ("independent-agreement", "update", "later-total")
        )
        yield ["independent agreement", "", corpus.id(malta), malta["gloss"], *corpus.by(malta),
               f"computed: {agree}", *[""] * 5, malta["world"].ref(malta)]  # fmt: skip
    parts = ("us-combat-dead-since-2010", "us-combat-dead-to-2010", "us-dead-since-2010",
             "us-dead-to-2010")  # fmt: skip
    above, over = (world.concept("rule", one) for one in ("part-above-whole", "time-partition-sum"))
    for part in parts:
        claim = world.claim(part)
        # The reading relates this one itself; the rule finds all four.
        stated = ", curated" if part == "us-combat-dead-to-2010" else ""
        ratio = truncated(Decimal(answer(claim)["value"]) / whole)
        yield ["part and whole", "a part", corpus.id(claim), claim["gloss"], *corpus.by(claim),
               f"computed: {above}{stated}", "", ratio, "", "", "true",
               world.ref(claim)]  # fmt: skip
    for part in ("us-dead-since-2010", "us-dead-to-2010"):
        claim = world.claim(part)
        yield ["sum", "a part", corpus.id(claim), claim["gloss"], *corpus.by(claim), f"computed: {over}",
               "", "", "0", "", "true", world.ref(claim)]  # fmt: skip
    if malta and brown and bush:
        for other, place, rule, more in (
            (bush, "the second", total, 4487 - 2140), (brown, "the first", newer, 4488 - 4487)
        ):  # fmt: skip
            yield ["update", place, corpus.id(other), other["gloss"], *corpus.by(other),
                   f"computed: {rule}", more, *[""] * 4, other["world"].ref(other)]  # fmt: skip


def truncated(ratio: Decimal) -> Decimal:
    """SPARQL decimals of the engine that derives have 18 digits after the point."""
    return ratio.quantize(Decimal(10) ** -18, rounding="ROUND_DOWN")


@question("subject predicate object")
def chain_as_graph(corpus: Corpus) -> Iterable[Row]:
    world = corpus.first
    claim = world.claim("us-dead-2003-2011")
    voice = f"voice:{SLUG}/{READING}/"
    chain = world.chain(claim["voice"])
    yield [world.ref(claim), "qawl:voice", voice + chain[0]]
    for inner, outer in pairwise(chain):
        yield [voice + inner, "qawl:quotedIn", voice + outer]
    for one in chain:
        for speaker in listed(world.voices[one]["speaker"]):
            yield [voice + one, "qawl:speaker", world.iri(speaker)]


# Lists of claims


@question("SPOKEN start claim")
def claims(corpus: Corpus) -> Iterable[Row]:
    return corpus.rows(corpus.claims, lambda claim: claim["start"])


@question("SPOKEN claim")
def own_voice(corpus: Corpus) -> Iterable[Row]:
    own = [c for c in corpus.claims if "in" not in c["world"].voices[corpus.voice(c)]]
    return corpus.rows(own)


def unnamed(world: World, voice: str) -> bool:
    local = world.reading.get("entities", {})
    return any(
        local.get(one, {}).get("type") == "UnnamedActor"
        for one in listed(world.voices[voice].get("speaker"))
    )


@question("SPOKEN amount stance modality surface origin claim")
def figures_of_unnamed_origin(corpus: Corpus) -> Iterable[Row]:
    def origin(claim: dict) -> str | None:
        world, voice = claim["world"], claim["voice"]
        if voice == "article":
            return "the article's own"
        if world.marking(voice) == "inferred":
            return "inferred"
        return "unnamed" if unnamed(world, voice) else None

    found = [claim for claim in corpus.claims if is_amount(claim) and origin(claim)]
    return corpus.rows(found, amount, *HELD, written, origin)


@question("SPOKEN unnamed part claim")
def unnamed_sources(corpus: Corpus) -> Iterable[Row]:
    found = []
    for claim in corpus.claims:
        world = claim["world"]
        voice = corpus.voice(claim)
        for one in world.chain(voice)[:-1]:
            if unnamed(world, one):
                part = "says it" if one == voice else "passes it on"
                ((*row, ref),) = corpus.rows([claim])
                found.append([*row, world.says(one), part, ref])
    return sorted(found, key=lambda row: str(row[6]))


def written(claim: dict) -> str:
    return surface(answer(claim).get("surface"))


def about(entity: str) -> Callable[[Corpus], Iterable[Row]]:
    return lambda corpus: corpus.rows(c for c in corpus.claims if entity in c["world"].about(c))


for kind, entity in (
    ("actor", "saddam-hussein"),
    ("event", "iraq-invasion-2003"),
    ("place", "baghdad"),
):
    rows = about(entity)
    rows.__name__ = f"about_{kind}"
    question("SPOKEN claim")(rows)


@question("SPOKEN act transmission said timing claim")
def said_by(corpus: Corpus) -> Iterable[Row]:
    return spoken_by(corpus, {"george-w-bush"})


def spoken_by(corpus: Corpus, speakers: set[str]) -> list[Row]:
    def told(claim: dict) -> dict:
        return claim["world"].voices[corpus.voice(claim)]

    found = [c for c in corpus.claims if speakers & set(listed(told(c).get("speaker")))]
    rows = corpus.rows(
        found,
        lambda c: told(c).get("act", "state"),
        lambda c: told(c).get("transmission", "paraphrase"),
        lambda c: c["world"].said(corpus.voice(c)),
        lambda _: "",
    )
    return sorted(rows, key=lambda row: str(row[2]))


# Amounts


def unit(claim: dict) -> str:
    code = answer(claim).get("unit", "")
    return {"usd": "CCY_USD", "gbp": "CCY_GBP", "percent": "PERCENT"}.get(code, code)


def asked(dimension: str) -> Callable[[dict], str]:
    def name(claim: dict) -> str:
        entity = claim.get("question", {}).get(dimension)
        return claim["world"].name(entity) if entity else ""

    return name


def counted(claim: dict) -> str:
    return claim["world"].concept("measure", measure(claim)) if measure(claim) else ""


def unwritten(time: object) -> bool:
    """Whether the text has no words for a time: it only follows from the context."""
    return isinstance(time, dict) and time.get("status") == "implied"


def held(claim: dict) -> tuple[str, str]:
    """Return how sure the voice of an amount is, and the mood in which it gives the amount."""
    return claim.get("stance", "certain"), claim.get("modality", "")


HELD = (lambda c: held(c)[0], lambda c: held(c)[1])


def dated(corpus: Corpus) -> tuple[Callable[[dict], str], Callable[[dict], str]]:
    return (lambda c: corpus.as_of(c)[0], lambda c: corpus.as_of(c)[1])


@question(
    "SPOKEN counted of_whom in_event at_place paid_by during amount unit stance modality as_of "
    "as_of_marking claim"
)
def figures(corpus: Corpus) -> Iterable[Row]:
    found = corpus.rows(
        (c for c in corpus.claims if is_amount(c)),
        counted, asked("of"), asked("event"), asked("place"), asked("actor"), during, amount, unit,
        *HELD, *dated(corpus),
    )  # fmt: skip
    return sorted(found, key=lambda row: [str(one) for one in row[6:9]])


@question(
    "as_of as_of_marking amount unit stance modality SPOKEN counted of_whom in_event at_place during "
    "claim"
)
def figures_over_time(corpus: Corpus) -> Iterable[Row]:
    found = []
    for claim in (c for c in corpus.claims if is_amount(c)):
        row = corpus.rows([claim], counted, asked("of"), asked("event"), asked("place"), during)[0]
        day = corpus.as_of(claim)[0]
        found.append((corners(day)[3] if day else LAST,
                      [*corpus.as_of(claim), amount(claim), unit(claim), *held(claim), *row]))  # fmt: skip
    return [row for _, row in sorted(found, key=lambda one: one[0])]


@question(
    "SPOKEN paid_by counted during amount unit stance modality as_of as_of_marking surface claim"
)
def costs_by_payer(corpus: Corpus) -> Iterable[Row]:
    found = sorted(corpus.of_kind("cost", COST_MEASURES), key=asked("actor"))
    return corpus.rows(
        found, asked("actor"), counted, during, amount, unit, *HELD, *dated(corpus), written
    )


@question(
    "SPOKEN counted of_whom at_place during amount unit stance modality as_of as_of_marking surface "
    "claim"
)
def displacement_and_returns(corpus: Corpus) -> Iterable[Row]:
    amounts = corpus.of_kind("displacement", DISPLACED)
    found = [
        claim
        for claim in corpus.claims
        if claim in amounts
        or (claim.get("kind") == "occurrence" and FLIGHT & set(claim["world"].about(claim)))
    ]
    return corpus.rows(
        found, counted, asked("of"), asked("place"), during,
        amount, lambda c: unit(c) if is_amount(c) else "", *HELD, *dated(corpus), written,
    )  # fmt: skip


@question("SPOKEN counted of_whom in_event during amount stance modality as_of as_of_marking claim")
def casualties(corpus: Corpus) -> Iterable[Row]:
    return corpus.rows(
        corpus.of_kind("casualty", CASUALTIES), counted, asked("of"), asked("event"), during,
        amount, *HELD, *dated(corpus),
    )  # fmt: skip


@question("SPOKEN amount value lower upper coverage comparator stance modality surface claim")
def ranges_and_approximations(corpus: Corpus) -> Iterable[Row]:
    found = [
        claim
        for claim in corpus.claims
        if is_amount(claim)
        and (approximate(claim) or "coverage" in answer(claim) or comparator(claim) != "exactly")
    ]
    parts = ("value", "lower", "upper", "coverage")
    return corpus.rows(
        found, amount, *(lambda c, part=part: answer(c).get(part) for part in parts), comparator,
        *HELD, written,
    )  # fmt: skip


@question("SPOKEN surface literal emended stance modality claim")
def garbled(corpus: Corpus) -> Iterable[Row]:
    found = [claim for claim in corpus.claims if answer(claim).get("garbled") == "true"]
    return corpus.rows(
        found, written, lambda c: answer(c)["value"], lambda c: answer(c)["emended"], *HELD
    )


# Kinds of claims


@question("SPOKEN against claim")
def allegations(corpus: Corpus) -> Iterable[Row]:
    return [
        row
        for claim in corpus.claims
        if (claim.get("force") or claim["world"].voices[claim["voice"]].get("act")) == "accuse"
        for name in sorted(claim["world"].name(one) for one in listed(claim.get("against")))
        for row in corpus.rows([claim], lambda _, name=name: name)
    ]


for name, kind in (
    ("evaluations", "evaluative"),
    ("states", "state"),
    ("intentions", "intention"),
):

    def of_kind(corpus: Corpus, kind: str = kind) -> Iterable[Row]:
        return corpus.rows(corpus.of_kind(kind))

    of_kind.__name__ = name
    question("SPOKEN claim")(of_kind)


@question("SPOKEN cause effect holds claim")
def causes(corpus: Corpus) -> Iterable[Row]:
    def end(which: str) -> Callable[[dict], str]:
        def name(claim: dict) -> str:
            told = claim["question"]["is-it-so"]
            if which == "object" and "object" not in told:
                return told["name"].replace("-", " ")
            return claim["world"].name(told[which])

        return name

    # Each of them affirms.
    return corpus.rows(corpus.of_kind("causal"), end("subject"), end("object"), lambda _: "yes")


#: The claims that reject, by article, and what they reject where somebody claims it.
DENIED = {"dead/minister-misquoted": "dead/shemari-said-150000"}


@question(
    "SPOKEN how_firmly denied_id denied_gloss denied_by denied_marking denied_possibly claim denied"
)
def denials(corpus: Corpus) -> Iterable[Row]:
    rejected = {id(corpus.claim(one)): corpus.claim(other) for one, other in DENIED.items()}
    found = []
    for claim in corpus.claims:
        act = claim.get("force") or claim["world"].voices[claim["voice"]].get("act")
        stance = claim.get("stance") or ("certainly-not" if act == "deny" else "")
        if not stance.endswith("-not"):
            continue
        denied = rejected.get(id(claim))
        other = ["", "", "", "", "", ""] if denied is None else [
            corpus.id(denied), denied["gloss"], *corpus.by(denied), denied["world"].ref(denied)
        ]  # fmt: skip
        ((*row, ref),) = corpus.rows([claim])
        found.append([*row, stance, *other[:5], ref, other[5]])
    return found


# Relations: which hold, one by one


def both(corpus: Corpus, pairs: Iterable[tuple[str, ...]]) -> list[tuple[dict, dict, tuple]]:
    found = []
    for one, other, *more in pairs:
        ends = corpus.claim(one), corpus.claim(other)
        if ends[0] is not None and ends[1] is not None:
            found.append((*ends, tuple(more)))
    return sorted(found, key=lambda pair: (corpus.full(pair[0]), corpus.full(pair[1])))


def end(corpus: Corpus, claim: dict, *, with_amount: bool = False) -> Row:
    told = [amount(claim)] if with_amount else []
    return [corpus.id(claim), claim["gloss"].strip(), *told, *corpus.by(claim)]


def refs(one: dict, other: dict) -> Row:
    return [one["world"].ref(one), other["world"].ref(other)]


#: What cannot both be so; by how much or by how many days they differ; the rule that tells.
CONTRADICTIONS = [
    ("dead/invasion-on-19-march", "invasion-start-20-march", "", 1, "time-contradiction"),
    ("invasion-start", "invasion-start-20-march", "", 1, "time-contradiction"),
    # Iraqi ministries' 12,357 civilians against the UN's 34,452.
    ("dead/civilians-killed-ministries", "dead/civilians-killed-un", 34452 - 12357, "", "quantity-contradiction"),
    ("dead/minister-misquoted", "dead/shemari-said-150000", "", "", "truth-contradiction"),
    ("dead/us-dead-ap", "dead/us-dead-pentagon", 1, "", "quantity-contradiction"),
    # The Lancet's 601,027 against the WHO's at most 223,000, and against about 151,000.
    ("dead/violent-dead-lancet", "dead/violent-dead-who", 601027 - 223000, "", "quantity-contradiction"),
    ("dead/violent-dead-lancet", "costs/killed-2003-2006", 601027 - 151000, "", "quantity-contradiction"),
    # The Lancet's 601,027 by June 2006 are more than the minister's whole by November.
    ("dead/dead-below-600000", "dead/violent-dead-lancet", 601027 - 600000, "", "part-contradiction"),
    ("dead/killed-100000-to-150000", "dead/violent-dead-lancet", 601027 - 150000, "", "part-contradiction"),
    ("dead/killed-150000", "dead/violent-dead-lancet", 601027 - 150000, "", "part-contradiction"),
    # A number of dead does not fall: 4,488 by February 2013, 4,487 in July 2016.
    ("dead/us-dead-costs-of-war", "costs/us-dead-malta-today", 1, "", "total-contradiction"),
]  # fmt: skip


@question("PAIR(one) PAIR(other) difference gap_days rule one other")
def contradictions(corpus: Corpus) -> Iterable[Row]:
    for one, other, (difference, days, rule) in both(corpus, CONTRADICTIONS):
        yield [*end(corpus, one), *end(corpus, other), difference, days,
               one["world"].concept("rule", rule), *refs(one, other)]  # fmt: skip


AGREEMENTS = [
    ("dead/costs-of-war-of-brown", "costs/costs-of-war-at-brown", "one origin"),
    ("dead/invasion-on-19-march", "invasion-start", "independent"),
    ("dead/pentagon-counted", "dead/reuters-cites-pentagon", "independent"),
    ("dead/pentagon-counted", "pentagon-published", "independent"),
    ("dead/reuters-cites-pentagon", "pentagon-published", "independent"),
    ("dead/us-dead-pentagon", "dead/us-dead-reuters", "one origin"),
    ("dead/violent-dead-who", "costs/killed-2003-2006", "one origin"),
    ("costs/bombing-in-samarra", "samarra-bombing-place", "independent"),
    # Who considers it the spark is not said; it may be the administration.
    ("costs/samarra-set-off-violence", "costs/samarra-spark-of-violence", "not shown to be independent"),
    ("costs/stiglitz-bilmes-estimated", "stiglitz-bilmes-believe", "independent"),
    ("costs/uk-dead-malta-today", "uk-dead", "independent"),
    ("costs/us-dead-malta-today", "us-dead-2003-2011", "independent"),
    ("costs/displaced-share-since-2006", "displaced-share", "one origin"),
    ("costs/displaced-since-2006", "displaced-2006-2010", "one origin"),
    ("costs/us-real-cost", "stiglitz-cost", "one origin"),
]  # fmt: skip


@question("PAIR(one) PAIR(other) origins one other")
def agreements(corpus: Corpus) -> Iterable[Row]:
    for one, other, (origins,) in both(corpus, AGREEMENTS):
        yield [*end(corpus, one), *end(corpus, other), origins, *refs(one, other)]


@question("PAIR(one) PAIR(other) one other")
def echoes(corpus: Corpus) -> Iterable[Row]:
    same = [pair for pair in AGREEMENTS if pair[2] == "one origin"]
    for one, other, _ in both(corpus, same):
        yield [*end(corpus, one), *end(corpus, other), *refs(one, other)]


@question("PAIR(one) PAIR(other) basis why one other")
def contrasts(corpus: Corpus) -> Iterable[Row]:
    found = []
    for world in corpus.worlds:
        for relation in world.reading["relations"]:
            if "contrasts" in relation:
                one, other = (world.claim(name) for name in sorted(relation["contrasts"]))
                found.append([*end(corpus, one), *end(corpus, other), relation["basis"],
                              relation["why"], *refs(one, other)])  # fmt: skip
    return sorted(found, key=lambda row: (World.full(str(row[-2])), World.full(str(row[-1]))))


#: The later figure, the earlier one, and what tells so.
UPDATES = [
    ("dead/orb-dead-revised", "dead/orb-dead-first", "supersedes", "computed, stated"),
    # The agency's own in 2006, its spokeswoman's in 2007: levels of two days, of which both hold.
    ("costs/displaced-inside-june-2007", "costs/displaced-inside-october-2006", "updates", "computed"),
    ("costs/displaced-per-month", "costs/displaced-per-month-before", "updates", "computed, stated"),
    ("costs/us-funding-to-2014", "costs/us-funding-to-2011", "updates", "stated"),
    ("costs/us-funding-to-2014", "crs-cost", "updates", "computed"),
    ("costs/iraqi-dead-to-2009", "dead/iraqi-dead-2005", "updates", "computed"),
    # ORB gives no as-of, but spoke after Bush; neither total counts the other's dead in.
    ("dead/orb-dead-first", "dead/iraqi-dead-2005", "updates", "computed"),
    ("dead/orb-dead-revised", "dead/iraqi-dead-2005", "updates", "computed"),
]  # fmt: skip
#: Counts of the US dead in the order of their dates: each later one updates each earlier one.
CHAINS = [
    ["dead/us-dead-2005", "us-dead-to-2010", "dead/us-dead-ap", "dead/us-dead-pentagon",
     "dead/us-dead-reuters", "dead/us-dead-costs-of-war"],
    ["dead/us-dead-2005", "us-dead-to-2010", "dead/us-dead-ap", "dead/us-dead-pentagon",
     "dead/us-dead-reuters", "costs/us-dead-malta-today"],
    ["dead/us-dead-2005", "us-dead-2003-2011", "dead/us-dead-costs-of-war"],
]  # fmt: skip
#: But not where both are of one day, nor where both are one number.
NO_UPDATE = {("dead/us-dead-pentagon", "dead/us-dead-ap"),
             ("dead/us-dead-reuters", "dead/us-dead-pentagon")}  # fmt: skip
IN_CHAINS = {
    (later, earlier, "updates", "computed")
    for chain in CHAINS
    for place, later in enumerate(chain)
    for earlier in chain[:place]
    if (later, earlier) not in NO_UPDATE
}


@question("kind DATED(later) DATED(earlier) basis later earlier")
def updates(corpus: Corpus) -> Iterable[Row]:
    def told(claim: dict) -> Row:
        first, gloss, words, *who = end(corpus, claim, with_amount=True)
        return [first, gloss, words, *corpus.as_of(claim), *who]

    for later, earlier, (kind, basis) in both(corpus, [*UPDATES, *IN_CHAINS]):
        yield [kind, *told(later), *told(earlier), basis, *refs(later, earlier)]


@question(
    "whole_id whole_amount whole_by whole_marking whole_possibly parts residual holds basis whole"
)
def sums(corpus: Corpus) -> Iterable[Row]:
    # 4421 until 31 August 2010 and 66 since then are the 4487 of the whole war.
    whole = corpus.first.claim("us-dead-2003-2011")
    since, until = (
        corpus.id(corpus.first.claim(one)) for one in ("us-dead-since-2010", "us-dead-to-2010")
    )
    yield [corpus.id(whole), "4,487", *corpus.by(whole),
           f"66 ({since}) + 4,421 ({until})", 4487 - 4421 - 66, "true",
           "computed", corpus.first.ref(whole)]  # fmt: skip


@question("one_id one_amount one_by one_marking one_possibly other_id other_amount other_by "
          "other_marking other_possibly implied one other")  # fmt: skip
def implied_wholes(corpus: Corpus) -> Iterable[Row]:
    # 654,965 / 0.025; 1,600,000 / 0.055 = 29,090,909.09…
    implied = [
        ("dead/excess-dead-lancet", "dead/excess-share-lancet", "26198600"),
        ("costs/displaced-since-2006", "costs/displaced-share-since-2006", "more than about 29090909"),
        ("displaced-2006-2010", "displaced-share", "about 29090909"),
    ]  # fmt: skip
    for one, other, (whole,) in both(corpus, implied):
        yield [corpus.id(one), amount(one), *corpus.by(one), corpus.id(other), amount(other),
               *corpus.by(other), whole, *refs(one, other)]  # fmt: skip


def within(corpus: Corpus, one: str | None, other: str | None, relation: rdflib.URIRef) -> bool:
    """Whether an entity is another or, by a chain of a relation, a part of it."""
    graph, first = corpus.first.graph, corpus.first.entities
    if one == other:
        return True
    if one not in first or other not in first:
        return False
    return first[other] in graph.transitive_objects(first[one], relation)


def narrower_time(one: str, other: str) -> bool:
    if interval(one) == interval(other) or not other:
        return True
    if not one:
        return False
    start, _, _, stop = corners(one, throughout=True)
    begin, _, _, finish = corners(other, throughout=True)
    from_start = other.startswith("..") or bool(begin and start and begin <= start)
    return from_start and (other.endswith("..") or bool(finish and stop and stop <= finish))


def part_of(corpus: Corpus, part: dict, whole: dict) -> bool:
    """Whether one claim asks for a part of what another asks: fewer people, a shorter time."""
    asks, of = part["question"], whole["question"]
    one, other = (corpus.first.graph, QAWL.amountWithin), (measure(part), measure(whole))
    concepts = [rdflib.URIRef(f"https://w3id.org/qawl/vocab/measure/{name}") for name in other]
    if concepts[1] not in one[0].transitive_objects(concepts[0], one[1]):
        return False
    if not ("event" in asks and "event" in of):
        return False
    if any(asks.get(key) != of.get(key) for key in ("whole", "actor", "by")):
        return False
    if answer(part).get("per") != answer(whole).get("per"):
        return False
    dimensions = [
        (within(corpus, asks.get("event"), of.get("event"), QAWL.subEventOf)),
        (within(corpus, asks.get("of"), of.get("of"), QAWL.subgroupOf)),
        (within(corpus, asks.get("place"), of.get("place"), QAWL.containedIn)),
        narrower_time(asks.get("during", ""), of.get("during", "")),
    ]
    same = (
        measure(part) == measure(whole)
        and all(asks.get(key) == of.get(key) for key in ("event", "of", "place"))
        and during(part) == during(whole)
    )
    return all(dimensions) and not same


def bound(claim: dict, which: str) -> Decimal | None:
    """Return the least (low) or the most (high) that an amount can be."""
    given = answer(claim)
    if "lower" in given or "upper" in given:
        value = given.get("lower" if which == "low" else "upper")
    else:
        value = given.get("emended", given.get("value"))
        opened = {"low": {"less-than", "at-most"}, "high": {"at-least", "more-than"}}
        vague = {"most-of", "many", "large-amount"}
        if comparator(claim) in opened[which] | vague:
            value = None
    return None if value is None else Decimal(value)


def affirms(claim: dict) -> bool:
    return claim.get("stance", "certain") in AFFIRMING


#: Parts that a rule finds by time: what lies before a day and what lies after it.
SUMMED = {("us-dead-since-2010", "us-dead-2003-2011"), ("us-dead-to-2010", "us-dead-2003-2011")}


@question("AMOUNT(part) AMOUNT(whole) percent holds basis part whole")
def part_of_whole(corpus: Corpus) -> Iterable[Row]:
    return part_of_whole_rows(corpus)


def origins(claim: dict) -> set[str]:
    """Return who speaks in a claim's voice, for whom, and in what."""
    voice = claim["world"].voices[claim["voice"]]
    return {one for key in ("speaker", "on-behalf-of", "source") for one in listed(voice.get(key))}


def part_of_whole_rows(corpus: Corpus) -> list[Row]:
    # A part of one voice's total need not be a part of another's. What is more than the whole that
    # another gives contradicts it, and is no part of it.
    above = [pair for pair in CONTRADICTIONS if pair[-1] == "part-contradiction"]
    contradicted = {(id(part), id(whole)) for whole, part, _ in both(corpus, above)}
    found = []
    for world in corpus.worlds:
        told = {
            tuple(relation["part-of"]): relation["basis"]
            for relation in world.reading["relations"]
            if "part-of" in relation
        }
        amounts = [c for c in world.claims if is_amount(c)]
        for part in amounts:
            for whole in amounts:
                pair = (part["id"], whole["id"])
                summed = world.slug == SLUG and pair in SUMMED
                reckoned = part_of(corpus, part, whole) and origins(part) & origins(whole)
                if pair in told or summed or reckoned:
                    rivals = (id(part), id(whole)) in contradicted
                    basis, numbers = _part(part, whole, summed=summed, rivals=rivals)
                    if pair in told:
                        basis = [*basis, told[pair]]
                    if basis:
                        found.append([*end(corpus, part, with_amount=True),
                                      *end(corpus, whole, with_amount=True), *numbers,
                                      ", ".join(sorted(basis)), *refs(part, whole)])  # fmt: skip
    return sorted(found, key=lambda row: (World.full(str(row[-2])), World.full(str(row[-1]))))


def _part(part: dict, whole: dict, *, summed: bool, rivals: bool) -> tuple[list[str], Row]:
    """Return what computes a pair, and its percentage and whether the part is within the whole."""
    low, high = bound(part, "low"), bound(whole, "high")
    counted_part = answer(part).get("value") or low
    counted_whole = answer(whole).get("value") or high
    comparable = (
        unit(part) == unit(whole)
        and counted_part is not None
        and counted_whole is not None
        and not {answer(part).get("garbled"), answer(whole).get("garbled")} & {"true"}
        and affirms(part)
        and affirms(whole)
        and not rivals
        # Who is displaced may return: a level is within another only at the same time.
        and (measure(part) not in LEVELS or during(part) == during(whole))
    )
    basis = ["computed by time-partition-sum"] if summed else []
    if not comparable:
        return basis, ["", ""]
    share = Decimal(counted_part) / Decimal(counted_whole)
    percent = (share * 1000).quantize(Decimal(1), rounding=ROUND_HALF_UP) / 10
    holds = low is None or high is None or low <= high
    return ["computed by part-above-whole", *basis], [percent, str(holds).lower()]


#: The parts of a question in the order of its label, each with its vocabulary where it has one.
DIMENSIONS = ("of", "whole", "event", "where", "did", "actor", "by", "place")


def question_label(claim: dict) -> str:
    """Return what a claim answers, in words: what is asked, of whom, in which event, where, when."""
    world, asks = claim["world"], claim.get("question", {})
    kinds = [one for one in ("how-many", "when", "who", "where", "did") if one in asks]
    words = [world.concept("unit", answer(claim)["per"])] if "per" in answer(claim) else []
    words.append(world.concept("question-kind", (kinds or ["is-it-so"])[0]))
    for key, scheme in (("how-many", "measure"), ("when", "aspect"), ("who", "role")):
        if key in asks:
            words.append(world.concept(scheme, asks[key]))
    words += [world.name(asks[key]) for key in DIMENSIONS if key in asks]
    told = asks.get("is-it-so", "")
    if isinstance(told, dict):
        words.append(world.concept("predicate", told["predicate"]))
        words += [world.name(told[key]) for key in ("subject", "object") if key in told]
        told = told.get("name", "")
    return " · ".join(filter(None, [*words, told, during(claim)]))


def by_question(corpus: Corpus) -> dict[str, list[dict]]:
    found: dict[str, list[dict]] = {}
    for claim in corpus.claims:
        found.setdefault(question_label(claim), []).append(claim)
    return found


def ids(corpus: Corpus, claims: Iterable[dict]) -> str:
    return ", ".join(sorted({corpus.id(claim) for claim in claims}))


@question("question_label answers origins claims")
def questions_with_several_answers(corpus: Corpus) -> Iterable[Row]:
    rows = [
        [
            label,
            len(found),
            len({c["world"].says(corpus.voice(c)) for c in found}),
            ids(corpus, found),
        ]
        for label, found in by_question(corpus).items()
        if len(found) > 1
    ]
    return sorted(rows, key=lambda row: (-row[1], row[3]))


@question("question_label why claims")
def open_questions(corpus: Corpus) -> Iterable[Row]:
    found: dict[str, list[dict]] = {}
    for one, other, _ in both(corpus, CONTRADICTIONS):
        if question_label(one) == question_label(other):
            found.setdefault(question_label(one), []).extend((one, other))
    # Nothing in these articles is left unknown by its voice, and no question is only raised.
    assert not any(c.get("stance") in {"unknown", "certain-unknown"} for c in corpus.claims)
    return [[label, "contradicted", ids(corpus, found[label])] for label in sorted(found)]


@question("counted things of_whom in_event at_place during least most answers figures")
def totals(corpus: Corpus) -> Iterable[Row]:
    superseded = {"dead/orb-dead-first", "costs/displaced-per-month-before"}
    gone = [id(corpus.claim(one)) for one in superseded]
    parts = {(row[-2], row[-1]) for row in part_of_whole_rows(corpus)}
    inside = {part for part, _ in parts}
    amounts = [c for c in corpus.claims if is_amount(c)]

    def counts(claim: dict) -> bool:
        things = unit(claim) not in {"PERCENT", "CCY_USD", "CCY_GBP"}
        return things and affirms(claim) and "per" not in answer(claim) and not claim.get("under")

    def sort(claim: dict) -> str:
        """Soldiers and children are persons; families, weapons and groups are not."""
        thing = answer(claim)["unit"]
        return "person" if thing in {"soldier", "child"} else thing

    def contained(claim: dict) -> bool:
        """Whether another question is about all of them, over a time that is as well known."""
        return any(
            part_of(corpus, claim, whole) and (during(whole) or not during(claim))
            for whole in amounts
        )

    def outlasted(claim: dict) -> bool:
        """Whether a later count of the same takes in a count up to a day."""
        asks, until = claim["question"], during(claim)
        stop = until.startswith("../") and corners(until, throughout=True)[3]
        return bool(stop) and any(
            all(asks.get(key) == whole["question"].get(key) for key in ("how-many", "of", "event"))
            and during(whole)
            and (during(whole).endswith("..")
                 or corners(during(whole), throughout=True)[3] > stop)
            for whole in amounts
        )  # fmt: skip

    groups: dict[tuple[str, str], list[dict]] = {}
    for claim in filter(counts, amounts):
        if (id(claim) not in gone and claim["world"].ref(claim) not in inside
                and not contained(claim)
                and not (claim["question"].get("of") and outlasted(claim))):  # fmt: skip
            groups.setdefault((question_label(claim), sort(claim)), []).append(claim)
    rows = []
    for (_, things), kept in groups.items():
        low = [b for c in kept if (b := bound(c, "low")) is not None]
        high = [b for c in kept if (b := bound(c, "high")) is not None]
        told = "; ".join(
            f"{amount(c)} ({c['world'].says(corpus.voice(c))}"
            + ("" if c["world"].marking(corpus.voice(c)) == "explicit" else ", inferred")
            + f": {corpus.id(c)})"
            for c in sorted(kept, key=corpus.id)
        )
        one = kept[0]
        rows.append([counted(one), things, *(asked(key)(one) for key in ("of", "event", "place")),
                     during(one), min(low, default=""),
                     max(high) if len(high) == len(kept) else "", len(kept), told])  # fmt: skip
    return sorted(rows, key=lambda row: [str(one) for one in row[:4]] + [str(row[5])])


# Voices, text, dates


@question("speaker relayed relayed_inferred own own_inferred wikidata actor")
def who_relays_most(corpus: Corpus) -> Iterable[Row]:
    passed: dict[str, dict[str, set[int]]] = {}
    ids: dict[str, tuple[World, str]] = {}
    for world in corpus.worlds:
        for name, voice in world.voices.items():
            inferred = world.marking(name) == "inferred"
            for speaker in listed(voice.get("speaker")):
                iri = world.iri(speaker)
                ids[iri] = (world, speaker)
                sets = passed.setdefault(iri, {one: set() for one in ("r", "ri", "o", "oi", "in")})
                inner = {id(c) for c in world.claims if name in world.chain(c["voice"])[1:]}
                made = {id(c) for c in world.claims if corpus.voice(c) == name}
                sets["o"] |= made
                sets["oi"] |= made if inferred else set()
                if corpus.mode == "strict" and inferred:
                    continue
                sets["r"] |= inner
                sets["ri"] |= inner if inferred else set()
                sets["in"] |= {id(c) for c in world.claims if name in world.chain(c["voice"])}
    # Only who stands in the chain of some claim.
    rows = [
        [ids[iri][0].name(ids[iri][1]), len(sets["r"]), len(sets["ri"]), len(sets["o"]),
         len(sets["oi"]), ids[iri][0].wikidata(ids[iri][1]), iri]
        for iri, sets in passed.items()
        if sets["in"]
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-int(row[1]), -int(row[3]), str(row[0])))


@question("relayed_by relayed_by_marking said_by marking claims article")
def relays(corpus: Corpus) -> Iterable[Row]:
    counts: dict[tuple[str, ...], int] = {}
    for world in corpus.worlds:
        for name in world.voices:
            chain = world.chain(name)
            if corpus.mode == "strict":
                if world.marking(name) == "inferred":
                    continue
                chain = world.marked(name)
            carried = sum(name in world.chain(claim["voice"]) for claim in world.claims)
            if len(chain) > 1 and carried:
                key = (world.says(chain[1]), world.marking(chain[1]), world.says(name),
                       world.marking(name), f"source:{world.slug}")  # fmt: skip
                counts[key] = counts.get(key, 0) + carried
    rows = [[*key[:4], count, key[4]] for key, count in counts.items()]
    return sorted(rows, key=lambda row: (row[0], row[2], World.full(row[5]), row[3], row[4]))


@question("said_by marking speaks_for claims article")
def on_behalf_of(corpus: Corpus) -> Iterable[Row]:
    counts: dict[tuple[str, ...], int] = {}
    for world in corpus.worlds:
        for name, voice in world.voices.items():
            for body in listed(voice.get("on-behalf-of")):
                key = (world.says(name), world.marking(name), world.name(body),
                       f"source:{world.slug}")  # fmt: skip
                made = sum(claim["voice"] == name for claim in world.claims)
                counts[key] = counts.get(key, 0) + made
    rows = [[*key[:3], count, key[3]] for key, count in counts.items()]
    return sorted(rows, key=lambda row: (row[0], row[2], row[4]))


@question("SPOKEN voices strict_voices claim")
def chain_depths(corpus: Corpus) -> Iterable[Row]:
    rows = corpus.rows(
        corpus.claims,
        lambda c: len(c["world"].chain(c["voice"])),
        lambda c: len(c["world"].marked(c["voice"])),
    )
    return sorted(rows, key=lambda row: (-int(row[6]), -int(row[7])))


@question("depth id outer_id said_by marking confidence claims voice")
def voices(corpus: Corpus) -> Iterable[Row]:
    rows = [
        [len(world.chain(name)) - 1, corpus.voice_id(world, name), corpus.voice_id(world, voice.get("in")), world.says(name), world.marking(name),
         voice.get("confidence"), sum(claim["voice"] == name for claim in world.claims),
         f"voice:{world.slug}/{READING}/{name}"]
        for world in corpus.worlds
        for name, voice in world.voices.items()
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (row[0], row[1], str(row[-1])))


@question("id gloss said_by marking candidate candidate_marking confidence claim")
def open_voices(corpus: Corpus) -> Iterable[Row]:
    found = [
        [corpus.id(claim), claim["gloss"].strip(), world.says(claim["voice"]),
         world.marking(claim["voice"]), world.says(one["voice"]), world.marking(one["voice"]),
         one.get("confidence"), world.ref(claim)]
        for world in corpus.worlds
        for claim in world.claims
        for one in claim.get("possible-voices", [])
    ]  # fmt: skip
    return sorted(found, key=lambda row: (row[0], row[4], str(row[-1])))


def notes(world: World, name: str, part: dict) -> list[str]:
    """Return what the reader noted of a claim or a voice."""
    found = [part["why"]] if "why" in part else []
    found += [one["note"] for one in world.reading.get("judgements", []) if name in one["about"]]
    return sorted(set(found))


@question("kind id said_by marking confidence note node")
def inferred(corpus: Corpus) -> Iterable[Row]:
    found = []
    for world in corpus.worlds:
        found += [
            ["claim", corpus.id(claim), world.says(claim["voice"]), world.marking(claim["voice"]),
             claim["confidence"], " ".join(notes(world, claim["id"], claim)), world.ref(claim)]
            for claim in world.claims
            if "confidence" in claim
        ]  # fmt: skip
        for name, voice in world.voices.items():
            if voice.get("marking") == "inferred":
                found.append(["voice", corpus.voice_id(world, name), world.says(name), "inferred", voice["confidence"],
                              " ".join(notes(world, name, voice)),
                              f"voice:{world.slug}/{READING}/{name}"])  # fmt: skip
    return sorted(found, key=lambda row: (Decimal(row[4]), row[0], row[1], str(row[-1])))


@question("kind id gloss said_by marking relayed_by possibly other confidence note claim")
def left_open(corpus: Corpus) -> Iterable[Row]:
    found = []
    for claim in corpus.claims:
        world = claim["world"]
        ((*row, ref),) = corpus.rows([claim])

        def add(
            kind: str, other: str = "", sure: object = "", note: str = "", row=row, ref=ref
        ) -> None:
            found.append([kind, *row, other, sure, note, ref])

        sure = claim.get("confidence", "")
        for one in claim.get("possible-voices", []):
            add("another voice", world.says(one["voice"]), one.get("confidence", ""))
        for relation in world.reading["relations"]:
            pair = relation.get("alternative", [])
            if claim["id"] in pair:
                (other,) = {corpus.id(world.claim(one)) for one in pair} - {corpus.id(claim)}
                add("another reading", other, sure)
        for span in times(claim):
            if "?" in edtf(span):
                add("a doubtful date", edtf(span), "", span.get("why", ""))
        if answer(claim).get("garbled") == "true":
            add("a garbled figure", amount(claim))
        if claim.get("stance") in {"unknown", "certain-unknown"}:
            add("left open by its voice")
        for note in notes(world, claim["id"], claim):
            add("a judgement", "", sure, note)
    start = {corpus.full(claim): claim["start"] for claim in corpus.claims}
    return sorted(
        found, key=lambda row: (row[0], start[World.full(row[-1])], row[1], row[7], row[9])
    )


@question("id start end exact claim")
def quotes_with_offsets(corpus: Corpus) -> Iterable[Row]:
    rows = [
        [corpus.id(claim), start, stop, claim["world"].text[start:stop], claim["world"].ref(claim)]
        for claim in corpus.claims
        for start, stop in claim["spans"]
    ]
    return sorted(rows, key=lambda row: (row[1], row[2], row[0], row[4]))


@question("value surface")
def ungrounded_values(corpus: Corpus) -> Iterable[Row]:
    assert all(written(claim) for claim in corpus.claims if is_amount(claim))
    found = [
        f"{claim['world'].ref(claim)}.claimed-time"
        for claim in corpus.claims
        for span in times(claim)
        if not span.get("surface")
    ]
    return [[one, ""] for one in sorted(found)]


def shown_relation(span: dict) -> str:
    return span.get("relation", "")


def anchor(world: World, span: dict) -> str:
    return world.name(span["anchor"]) if "anchor" in span else ""


@question("SPOKEN surface status relation anchor edtf claim")
def relative_dates(corpus: Corpus) -> Iterable[Row]:
    return [
        row
        for claim in corpus.claims
        for span in sorted(times(claim), key=lambda one: surface(one.get("surface")))
        if span.get("status", "explicit") != "explicit"
        for row in corpus.rows(
            [claim],
            lambda _, s=span: surface(s.get("surface")),
            lambda _, s=span: s["status"],
            lambda _, s=span: shown_relation(s),
            lambda c, s=span: anchor(c["world"], s),
            lambda _, s=span: s.get("edtf"),
        )
    ]


@question(
    "what side edtf status relation anchor implied said_by marking relayed_by possibly id claim"
)
def events_in_order(corpus: Corpus) -> Iterable[Row]:
    rows = []
    for claim in corpus.claims:
        world, asks = claim["world"], claim.get("question", {})
        for number_, span in enumerate(times(claim)):
            answers = "when" in asks and number_ == 0
            what = world.name(asks["event"]) if answers else claim["gloss"].strip()
            only = answers and asks["event"] in listed(world.reading.get("implies"))
            start, _, _, stop = corners(edtf(span)) if edtf(span) else ("", "", "", "")
            row = [
                what, asks["when"] if answers else "of the claim", edtf(span),
                span.get("status", "explicit"), shown_relation(span), anchor(world, span),
                "implied" if only else "", *corpus.spoken(claim), corpus.id(claim), world.ref(claim),
            ]  # fmt: skip
            rows.append(((not (start or stop), start or stop, what, corpus.id(claim)), row))
    return [row for _, row in sorted(rows, key=lambda one: one[0])]


@question(
    "edtf surface side relation anchor said_by marking relayed_by possibly confidence id gloss claim"
)
def dates_of_an_event(corpus: Corpus) -> Iterable[Row]:
    rows = []
    for claim in corpus.claims:
        world, asks = claim["world"], claim.get("question", {})
        if "when" in asks and asks["event"] == "iraq-invasion-2003":
            span = answer(claim)
            rows.append([
                edtf(span), surface(span.get("surface")), asks["when"], shown_relation(span),
                anchor(world, span), *corpus.spoken(claim),
                world.voices[corpus.voice(claim)].get("confidence"), corpus.id(claim), claim["gloss"],
                world.ref(claim),
            ])  # fmt: skip
    return sorted(rows, key=lambda row: (str(row[0]), str(row[-3]), str(row[-1])))


@question("SPOKEN edtf relation anchor overlap claim")
def between_dates(corpus: Corpus) -> Iterable[Row]:
    return overlapping(corpus, "2010-01-01", "2010-08-31")


def overlapping(corpus: Corpus, first: str, last: str) -> list[Row]:
    """Return the claims whose time overlaps an interval: by their own dates, or by those of an event."""
    found = []
    for claim in corpus.claims:
        for dated_, relation, anchored, overlap in sorted(_overlaps(corpus, claim, first, last)):
            ((*row, ref),) = corpus.rows([claim])
            found.append([*row, dated_, relation, anchored, overlap, ref])
    return found


def _overlaps(corpus: Corpus, claim: dict, first: str, last: str) -> set[tuple[str, str, str, str]]:
    world = claim["world"]
    own = [
        (edtf(span), shown_relation(span), span.get("extent") == "throughout")
        for span in times(claim)
        if edtf(span)
    ]
    if during(claim):
        own.append((during(claim), "", True))
    found = {
        (dated_, relation, "", overlap)
        for dated_, relation, throughout in own
        if (overlap := _overlap(dated_, relation, first, last, throughout=throughout))
    }
    for span in times(claim):
        if "anchor" in span and not edtf(span) and shown_relation(span):
            for dated_ in _datings(corpus, span["anchor"]):
                if _overlap(dated_, shown_relation(span), first, last):
                    found.add((dated_, shown_relation(span), anchor(world, span), "possible"))
    if not times(claim) and not during(claim):
        asks = claim.get("question", {})
        told = asks.get("is-it-so")
        events = [asks.get(key) for key in ("event", "where", "did")]
        events += [told.get("object")] if isinstance(told, dict) else []
        for event in filter(None, events):
            spans = [*_datings(corpus, event), *_intervals(corpus, event)]
            if any(_overlap(one, "during", first, last) for one in spans):
                found.add(("", "during", world.name(event), "possible"))
    return found


def _datings(corpus: Corpus, event: str) -> list[str]:
    return [
        edtf(answer(c))
        for c in corpus.claims
        if "when" in c.get("question", {}) and c["question"]["event"] == event and edtf(answer(c))
    ]


def _intervals(corpus: Corpus, event: str) -> list[str]:
    return [during(c) for c in corpus.claims
            if c.get("question", {}).get("event") == event and during(c)]  # fmt: skip


def _overlap(dated_: str, relation: str, first: str, last: str, *, throughout: bool = False) -> str:
    earliest, latest_start, earliest_end, latest = corners(dated_, throughout=throughout)
    begins, ends = earliest or FIRST, latest or LAST
    if relation in {"before", "until"}:
        begins = FIRST
    if relation in {"after", "since"}:
        ends = LAST
    if begins > last or ends < first:
        return ""
    if dated_[:1] in "[{" and not any(
        low <= last and high >= first
        for member in dated_[1:-1].split(",")
        for low, high in [corners(member.replace("..", "/"))[::3]]
    ):
        return ""
    starts = bool(earliest) and first <= earliest and latest_start <= last
    stops = bool(earliest_end) and first <= earliest_end and latest <= last
    reaches = bool(latest_start and earliest_end) and latest_start <= last and earliest_end >= first
    sure = "?" not in dated_ and (starts or stops or reaches)
    return "certain" if sure else "possible"


@question("name name_ar mentions wikidata entity")
def entities_mentioned(corpus: Corpus) -> Iterable[Row]:
    counts: dict[str, list] = {}
    for world in corpus.worlds:
        for name in world.reading["mentions"]:
            row = counts.setdefault(
                world.iri(name), [world.name(name), world.name(name, "ar"), 0, world.wikidata(name)]
            )
            row[2] += len(world.mention_places(name))
    rows = [[*row, iri] for iri, row in counts.items()]
    return sorted(rows, key=lambda row: (-int(row[2]), World.full(str(row[4]))))


@question("name type published_by cited_in text_held voices source")
def sources(corpus: Corpus) -> Iterable[Row]:
    names = {
        name: iri for name, iri in corpus.first.entities.items()
        if str(iri).startswith("https://w3id.org/qawl/id/source/")
    }  # fmt: skip
    rows = []
    cited: dict[str, set[str]] = {}
    counted_: dict[str, int] = {}
    local: dict[str, World] = {}
    for world in corpus.worlds:
        for name, one in world.reading.get("entities", {}).items():
            if one["type"] == "Memorandum":
                local[name] = world
        for voice in world.voices.values():
            if "source" in voice:
                counted_[voice["source"]] = counted_.get(voice["source"], 0) + 1
                cited.setdefault(voice["source"], set()).add(world.slug)
        for claim in world.claims:
            for one in world.about(claim):
                if one in names or one in local:
                    cited.setdefault(one, set()).add(world.slug)
        rows.append([world.article_label, "article", "", "", "yes", 1, f"source:{world.slug}"])
    for name in {*names, *local}:
        world = local.get(name, corpus.first)
        rows += [
            [world.name(name), world.source_type(name), world.publisher(name), f"source:{slug}",
             "no", counted_.get(name, 0), world.iri(name)]
            for slug in sorted(cited.get(name, {""}))
        ]  # fmt: skip
    rows = [[*row[:3], "" if row[3] == "source:" else row[3], *row[4:]] for row in rows]
    return sorted(rows, key=lambda row: (-int(row[5]), World.full(str(row[6])), str(row[3])))


@question("article reader kind made claims reading")
def readings(corpus: Corpus) -> Iterable[Row]:
    rows = [
        [f"source:{world.slug}", world.reading["reader"]["name"], world.reading["reader"]["kind"],
         world.reading["made"], len(world.claims), f"reading:{world.slug}/{READING}"]
        for world in corpus.worlds
    ]  # fmt: skip
    return sorted(rows, key=lambda row: str(row[-1]))


@question("name language author published_by published rights claims voices article")
def articles(corpus: Corpus) -> Iterable[Row]:
    rows = [
        [world.article_label, world.about_article["language"], world.name("the-article"),
         "", world.about_article.get("published", ""), world.about_article["rights"]["en"].strip(),
         len(world.claims), len(world.voices), f"source:{world.slug}"]
        for world in corpus.worlds
    ]  # fmt: skip
    return sorted(rows, key=lambda row: str(row[-1]))


def as_csv(table: Table) -> str:
    """Return a table as CSV text."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerows([table[0], *table[1]])
    return stream.getvalue()


def shipped(mode: str = "generous") -> Corpus:
    """Return the corpus of the shipped article."""
    graph = authority(SHIPPED)
    return Corpus((World.load(SHIPPED / "articles" / SLUG, graph),), mode)


def three(mode: str = "generous") -> Corpus:
    """Return the corpus of the shipped article and the two examples."""
    graph = authority(SHIPPED, EXAMPLES)
    folders = [SHIPPED / "articles" / SLUG, *(EXAMPLES / "articles" / one for one in (DEAD, COSTS))]
    return Corpus(tuple(World.load(folder, graph) for folder in folders), mode)


def expected_files() -> dict[str, str]:
    """Return the content of every file of the expected answers, by the question's name."""
    corpus = shipped()
    return {name: as_csv(rows(corpus)) for name, rows in sorted(QUESTIONS.items())}


def main() -> None:
    """Write the expected answers."""
    EXPECTED.mkdir(exist_ok=True)
    for name, content in expected_files().items():
        (EXPECTED / f"{name}.csv").write_text(content, encoding="utf-8")


if __name__ == "__main__":
    main()
