"""The rules, each on a small case whose outcome is worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from examples import READING, TEXT, write_article
from pyoxigraph import NamedNode, Quad, Store

from kg.errors import QueryError
from kg.graph.build import compile_graph
from kg.graph.derive import derive, derive_apart, load_rules
from kg.rdf.iris import DERIVED_GRAPH, concept, derived_graph, resource, term
from kg.sparql.results import Table, plain
from kg.store.local import Graph

if TYPE_CHECKING:
    from pathlib import Path

    from examples import Workspace

SECOND = """\
article: {slug}
reader: {{name: A reader, kind: person}}
made: 2026-11-22
voices:
  article: {{speaker: the-article}}
  told: {{in: article, speaker: {speaker}, act: {act}, cue: قيل}}
claims:
{claims}
"""


def add_article(workspace: Workspace, slug: str, text: str, claims: str, **voice: str) -> None:
    voice = {"speaker": "agency", "act": "report"} | voice
    reading = SECOND.format(slug=slug, claims=claims, **voice)
    write_article(workspace.graph, slug, text, reading)


def deaths(claim: str, value: str, surface: str, during: str = "") -> str:
    span = f", during: {during}" if during else ""
    return f"""\
  - id: {claim}
    voice: told
    quote: {surface}
    gloss: "{surface}"
    question: {{how-many: deaths, of: villagers, event: flood{span}}}
    answer: {{value: {value}, unit: person, surface: {surface}}}
"""


def twelve_died(workspace: Workspace, during: str = "", **voice: str) -> None:
    """Add an article that says what the first one says of the drowned."""
    deaths_told = deaths("said-later", "12", "12 نفسا", during)
    add_article(workspace, "later", "قيل مات 12 نفسا", deaths_told, **voice)


def fix_the_period(workspace: Workspace) -> str:
    """Limit the first article's questions to a year, which makes undated answers comparable."""
    workspace.edit("event: flood}", "event: flood, during: 2001}")
    return "2001"


def relations(workspace: Workspace, kind: str, *details: str) -> list[tuple[object, ...]]:
    """Return the relations of a kind: the ids of the claims, then the details asked for."""
    optional = " ".join(f"OPTIONAL {{ ?r qawl:{name} ?{name} }}" for name in details)
    answer = Graph(compile_graph(workspace.graph).store).sparql(
        f"""SELECT (GROUP_CONCAT(?id; separator="+") AS ?ids) {" ".join(f"?{d}" for d in details)}
        WHERE {{
          {{ SELECT ?r ?id WHERE {{
            ?r a qawl:{kind} ; qawl:relates|qawl:wholeClaim|qawl:partClaim ?c .
            ?c dcterms:identifier ?id
          }} ORDER BY ?id }}
          {optional}
        }} GROUP BY ?r {" ".join(f"?{d}" for d in details)} ORDER BY ?ids"""
    )
    assert isinstance(answer, Table)
    return [tuple(map(plain, row)) for row in answer]


def test_two_amounts_for_one_question_contradict(workspace: Workspace) -> None:
    assert relations(workspace, "Contradiction", "difference", "ratio") == [
        ("drowned+drowned-by-agency", 3.0, 1.25)
    ]


def test_about_the_same_is_no_contradiction(workspace: Workspace) -> None:
    workspace.edit("value: 15,", "value: 13, approximate: true,")
    assert relations(workspace, "Contradiction") == []


def test_a_bound_contradicts_only_what_lies_outside_it(workspace: Workspace) -> None:
    workspace.edit("value: 15,", "value: 10, comparator: at-least,")
    assert relations(workspace, "Contradiction") == []
    workspace.edit("value: 10, comparator: at-least,", "value: 11, comparator: at-most,")
    assert relations(workspace, "Contradiction", "difference") == [
        ("drowned+drowned-by-agency", 1.0)
    ]


def test_another_article_meets_the_first_on_its_questions(workspace: Workspace) -> None:
    twelve_died(workspace, fix_the_period(workspace), speaker="hospital")
    assert relations(workspace, "IndependentAgreement") == [("drowned+said-later",)]
    assert relations(workspace, "Agreement") == [("drowned+said-later",)]
    assert ("drowned-by-agency+said-later",) in relations(workspace, "Contradiction")


def test_who_relays_both_makes_them_neither_independent_nor_an_echo(workspace: Workspace) -> None:
    """The ministry is quoted by the agency, whose own words another article passes on."""
    twelve_died(workspace)
    assert relations(workspace, "Agreement") == [("drowned+said-later",)]
    assert relations(workspace, "IndependentAgreement") == []
    assert relations(workspace, "Echo") == []


UNNAMED = "entities:\n  source-said: {type: UnnamedActor, label: {en: A source, ar: مصدر}}\nvoices:"


@pytest.mark.parametrize(("second", "independent"), [("hospital", True), ("source-said", False)])
def test_an_origin_without_a_name_is_not_shown_to_be_another(
    workspace: Workspace, second: str, independent: bool
) -> None:
    """The source that an article does not name may be the ministry itself."""
    claims = deaths("said-later", "12", "12 نفسا")
    reading = SECOND.format(slug="later", claims=claims, speaker=second, act="report")
    reading = reading.replace("voices:", UNNAMED)
    write_article(workspace.graph, "later", "قيل مات 12 نفسا", reading)
    assert relations(workspace, "Agreement") == [("drowned+said-later",)]
    assert (relations(workspace, "IndependentAgreement") != []) == independent
    assert relations(workspace, "Echo") == []


@pytest.mark.parametrize(("speaker", "independent"), [("hospital", True), ("ministry", False)])
def test_what_may_be_the_others_voice_is_not_shown_to_be_another(
    workspace: Workspace, speaker: str, independent: bool
) -> None:
    """The article says it, or else one whom it has just quoted."""
    claims = deaths("said-later", "12", "12 نفسا").replace("voice: told", "voice: article")
    claims += "    possible-voices: [{voice: told, confidence: 0.5}]\n"
    add_article(workspace, "later", "قيل مات 12 نفسا", claims, speaker=speaker)
    assert relations(workspace, "Agreement") == [("drowned+said-later",)]
    assert (relations(workspace, "IndependentAgreement") != []) == independent
    assert relations(workspace, "Echo") == []


def test_articles_made_from_one_another_echo(workspace: Workspace) -> None:
    twelve_died(workspace, speaker="hospital")
    metadata = workspace.graph / "articles" / "later" / "article.yaml"
    metadata.write_text(f"{metadata.read_text(encoding='utf-8')}derived-from: [flood]\n", "utf-8")
    assert relations(workspace, "Echo") == [("drowned+said-later",)]
    assert relations(workspace, "IndependentAgreement") == []


def test_the_same_origin_makes_an_echo(workspace: Workspace) -> None:
    twelve_died(workspace, speaker="ministry")
    assert relations(workspace, "Echo") == [("drowned+said-later",)]
    assert relations(workspace, "Agreement") == [("drowned+said-later",)]
    assert relations(workspace, "IndependentAgreement") == []


def since(claim: str, value: str, as_of: str, measure: str = "deaths") -> str:
    """Return a claim that counts from 2001 on, its data as of a year."""
    counted = deaths(claim, value, f"{value} نفسا", "2001/..")
    return counted.replace("deaths,", f"{measure},") + f"    as-of: {{edtf: '{as_of}'}}\n"


@pytest.mark.parametrize(
    ("measure", "later", "contradicts", "updates"),
    [
        ("deaths", "20", False, True),  # what only grows has grown
        ("deaths", "10", True, False),  # what only grows cannot shrink
        ("force-level", "10", False, True),  # a level may
    ],
)
def test_counts_of_an_open_interval_as_of_two_dates(
    workspace: Workspace, measure: str, later: str, contradicts: bool, updates: bool
) -> None:
    add_article(workspace, "one", "قيل 15 نفسا", since("early", "15", "2003", measure))
    add_article(
        workspace,
        "two",
        f"قيل {later} نفسا",
        since("late", later, "2005", measure),
        speaker="hospital",
    )
    found = {row for row in relations(workspace, "Contradiction") if "early" in str(row[0])}
    assert found == ({("early+late",)} if contradicts else set())
    assert relations(workspace, "Update") == ([("early+late",)] if updates else [])
    assert relations(workspace, "Supersession") == []


def test_the_same_origin_supersedes_its_earlier_count(workspace: Workspace) -> None:
    add_article(workspace, "one", "قيل 15 نفسا", since("early", "15", "2003"))
    add_article(workspace, "two", "قيل 20 نفسا", since("late", "20", "2005"))
    assert relations(workspace, "Supersession", "difference") == [("early+late", 5.0)]
    answer = Graph(compile_graph(workspace.graph).store).sparql(
        """SELECT ?id WHERE {
             ?c qawl:supersedes/dcterms:identifier 'early' ; dcterms:identifier ?id }"""
    )
    assert isinstance(answer, Table)
    assert [tuple(map(plain, row)) for row in answer] == [("late",)]


@pytest.mark.parametrize(
    ("during", "instead"), [("", False), ("2001/..", False), ("2001", False), ("2001-05-03", True)]
)
def test_a_level_of_another_day_corrects_nothing(
    workspace: Workspace, during: str, instead: bool
) -> None:
    """Only what one voice later says of the same day takes the place of what it said."""
    for slug, value, year in (("early", "15", "2003"), ("late", "20", "2005")):
        level = deaths(slug, value, f"{value} نفسا", during).replace("deaths,", "force-level,")
        level += f"    as-of: {{edtf: '{year}'}}\n"
        add_article(workspace, slug, f"قيل {value} نفسا", level)
    assert relations(workspace, "Update") == [("early+late",)]
    assert relations(workspace, "Supersession") == ([("early+late",)] if instead else [])


def test_a_spokeswomans_later_count_supersedes_that_of_her_body(workspace: Workspace) -> None:
    add_article(workspace, "one", "قيل 15 نفسا", since("early", "15", "2003"), speaker="ministry")
    spoken = "agency, on-behalf-of: ministry"
    add_article(workspace, "two", "قيل 20 نفسا", since("late", "20", "2005"), speaker=spoken)
    assert ("early+late",) in relations(workspace, "Supersession")


def test_counts_as_of_the_same_year_contradict(workspace: Workspace) -> None:
    add_article(workspace, "one", "قيل 15 نفسا", since("early", "15", "2003"))
    add_article(workspace, "two", "قيل 20 نفسا", since("late", "20", "2003"), speaker="hospital")
    assert ("early+late",) in relations(workspace, "Contradiction")
    assert relations(workspace, "Update") == []


def test_a_later_word_on_a_closed_interval_still_contradicts(workspace: Workspace) -> None:
    for slug, value, year, speaker in (
        ("one", "15", 2003, "agency"),
        ("two", "20", 2005, "hospital"),
    ):
        claim = deaths(slug, value, f"{value} نفسا", "2001") + f"    as-of: {{edtf: '{year}'}}\n"
        add_article(workspace, slug, f"قيل {value} نفسا", claim, speaker=speaker)
    assert ("one+two",) in relations(workspace, "Contradiction")
    assert relations(workspace, "Update") == []


def test_two_readings_of_one_article_do_not_answer_each_other(workspace: Workspace) -> None:
    second = workspace.reading.with_name("second.yaml")
    second.write_text(workspace.reading.read_text(encoding="utf-8"), encoding="utf-8")
    assert len(relations(workspace, "Contradiction")) == 2
    assert relations(workspace, "Agreement") == []


@pytest.mark.parametrize(("whole", "residual", "holds"), [("9", 0.0, True), ("11", 2.0, False)])
def test_parts_of_an_interval_add_up_or_do_not(
    workspace: Workspace, whole: str, residual: float, holds: bool
) -> None:
    claims = (
        deaths("until", "4", "4 أولا", "../2001-05-10")
        + deaths("since", "5", "5 ثانيا", "2001-05-10/..")
        + deaths("all", whole, f"{whole} جميعا", "2001-05-03/..")
    )
    add_article(workspace, "sum", f"قيل 4 أولا و5 ثانيا و{whole} جميعا", claims)
    assert relations(workspace, "SumRelation", "residual", "holds") == [
        ("all+since+until", residual, holds)
    ]


@pytest.mark.parametrize("other", ["until", "since", "all"])
def test_figures_of_two_voices_neither_add_up_nor_contain_each_other(
    workspace: Workspace, other: str
) -> None:
    """One voice's figures are held against its own total, never against another's."""
    voices = "  told: {in: article, speaker: agency, cue: قيل}\n"
    voices += "  heard: {in: article, speaker: hospital, cue: وسمع}\n"
    claims = (
        deaths("until", "4", "4 أولا", "../2001-05-10")
        + deaths("since", "5", "5 ثانيا", "2001-05-10/..")
        + deaths("all", "9", "9 جميعا", "2001-05-03/..")
    ).replace(f"- id: {other}\n    voice: told", f"- id: {other}\n    voice: heard")
    reading = "article: two\nreader: {name: A reader, kind: person}\nmade: 2026-11-22\nvoices:\n"
    reading += f"  article: {{speaker: the-article}}\n{voices}claims:\n{claims}"
    text = "قيل 4 أولا و5 ثانيا و9 جميعا وسمع"
    write_article(workspace.graph, "two", text, reading)
    assert relations(workspace, "SumRelation") == []
    assert {row[0] for row in relations(workspace, "PartWhole")} == (
        set() if other == "all" else {"all+since"} - {f"all+{other}"}
    )


def test_a_stated_sum_is_checked(workspace: Workspace) -> None:
    claims = deaths("a", "4", "4 أولا", "2001") + deaths("b", "9", "9 جميعا", "2002")
    claims += "relations:\n  - {id: total, sum: b, parts: [a], exhaustive: true, basis: stated}\n"
    add_article(workspace, "sum", "قيل 4 أولا و9 جميعا", claims)
    assert relations(workspace, "SumRelation", "residual", "holds") == [("a+b", 5.0, False)]


def test_a_part_above_its_whole_does_not_hold(workspace: Workspace) -> None:
    claims = deaths("narrow", "7", "7 هنا").replace("deaths,", "combat-deaths,")
    claims += deaths("broad", "6", "6 هناك")
    add_article(workspace, "part", "قيل 7 هنا و6 هناك", claims)
    rows = relations(workspace, "PartWhole", "holds")
    assert ("broad+narrow", False) in rows


def test_a_narrower_measure_is_no_part_unless_its_amounts_are_contained(
    workspace: Workspace,
) -> None:
    """Excess deaths are deaths, but an estimate of them may exceed any count of the dead."""
    claims = deaths("excess", "7", "7 هنا").replace("deaths,", "excess-deaths,")
    claims += deaths("dead", "6", "6 هناك")
    claims += deaths("violent", "5", "5 هنالك").replace("deaths,", "violent-deaths,")
    add_article(workspace, "part", "قيل 7 هنا و6 هناك و5 هنالك", claims)
    assert relations(workspace, "PartWhole", "holds") == [("dead+violent", True)]
    assert "dead+excess" not in {row[0] for row in relations(workspace, "Contradiction")}


def test_a_wider_reckoning_of_a_cost_is_no_part_of_it(workspace: Workspace) -> None:
    claims = (
        deaths("spent", "6", "6 دولارات").replace("deaths,", "cost,")
        + deaths("reckoned", "7", "7 دولارات").replace("deaths,", "total-economic-cost,")
        + deaths("aid", "2", "2 دولار").replace("deaths,", "aid-cost,")
    ).replace("unit: person", "unit: usd")
    add_article(workspace, "cost", "قيل 6 دولارات أو 7 دولارات ومنها 2 دولار", claims)
    assert relations(workspace, "PartWhole", "holds") == [("aid+spent", True)]


def test_a_count_and_its_share_imply_the_whole(workspace: Workspace) -> None:
    claims = deaths("count", "30", "30 قرويا", "2001")
    claims += (
        deaths("share", "1.5", "1.5 في المئة", "2001")
        .replace("deaths,", "share-of-population,")
        .replace("unit: person", "unit: percent")
    )
    add_article(workspace, "share", "قيل 30 قرويا أي 1.5 في المئة", claims)
    assert relations(workspace, "ShareImplication", "impliedWhole") == [("count+share", 2000.0)]


def test_a_larger_scale_before_a_smaller_one_is_flagged(workspace: Workspace) -> None:
    claims = deaths("odd", "2000000000000000", "مليارا مليون")
    claims += deaths("plain", "3000000", "3 ملايين")
    add_article(workspace, "scale", "قيل مليارا مليون و3 ملايين", claims)
    assert relations(workspace, "ScaleAnomaly") == [("odd",)]


def test_dates_that_share_no_day_contradict_by_their_gap(workspace: Workspace) -> None:
    claims = """\
  - id: third
    voice: told
    quote: يوم 3 مايو 2001
    gloss: It was on 3 May
    question: {when: start, event: flood}
    answer: {edtf: 2001-05-03, surface: يوم 3 مايو 2001}
  - id: month
    voice: told
    quote: في مايو 2001
    gloss: It was in May
    question: {when: start, event: flood}
    answer: {edtf: 2001-05, surface: في مايو 2001}
  - id: fifth
    voice: told
    quote: يوم 5 مايو 2001
    gloss: It was on 5 May
    question: {when: start, event: flood}
    answer: {edtf: 2001-05-05, surface: يوم 5 مايو 2001}
"""
    add_article(workspace, "dates", "قيل يوم 3 مايو 2001 وفي مايو 2001 ويوم 5 مايو 2001", claims)
    rows = relations(workspace, "Contradiction", "gapDays")
    assert ("fifth+third", 2) in rows
    assert not [row for row in rows if "month" in str(row[0])]


def test_yes_and_no_contradict(workspace: Workspace) -> None:
    claims = """\
  - {id: did, voice: told, quote: إنه وقع, gloss: It was, question: {did: flood}}
  - {id: did-not, voice: told, quote: لم يقع, gloss: It was not, question: {did: flood},
     polarity: negative}
"""
    add_article(workspace, "denial", "قيل لم يقع ثم إنه وقع", claims)
    assert ("did+did-not",) in relations(workspace, "Contradiction")


def test_a_denial_meets_what_it_denies(workspace: Workspace) -> None:
    yes = "  - {id: did, voice: told, quote: وقع, gloss: It was, question: {did: flood}}\n"
    add_article(workspace, "one", "قيل وقع", yes, act="claim")
    add_article(workspace, "two", "قيل وقع", yes.replace("did,", "denied,", 1), act="deny")
    assert ("denied+did",) in relations(workspace, "Contradiction")
    answer = Graph(compile_graph(workspace.graph).store).sparql(
        "SELECT ?what WHERE { ?c a qawl:Denial ; qawl:denies/dcterms:identifier ?what }"
    )
    assert isinstance(answer, Table)
    assert [tuple(map(plain, row)) for row in answer] == [("did",)]


def test_a_denied_amount_meets_the_amount(workspace: Workspace) -> None:
    denial = deaths("not-twelve", "12", "12 نفسا", fix_the_period(workspace))
    add_article(workspace, "denial", "قيل 12 نفسا", denial, act="deny")
    assert ("drowned+not-twelve",) in relations(workspace, "Contradiction")
    assert relations(workspace, "Agreement") == []


def test_about_a_year_contradicts_no_day(workspace: Workspace) -> None:
    claims = """\
  - {id: about, voice: told, quote: حوالي 2001, gloss: About 2001,
     question: {when: start, event: flood}, answer: {edtf: 2001~, surface: حوالي 2001}}
  - {id: day, voice: told, quote: يوم 2 يناير 2002, gloss: On 2 January 2002,
     question: {when: start, event: flood}, answer: {edtf: 2002-01-02, surface: يوم 2 يناير 2002}}
  - {id: doubtful, voice: told, quote: ربما 2005, gloss: Perhaps in 2005,
     question: {when: start, event: flood}, answer: {edtf: 2005?, surface: ربما 2005}}
"""
    add_article(workspace, "dates", "قيل حوالي 2001 أو يوم 2 يناير 2002 أو ربما 2005", claims)
    assert relations(workspace, "Contradiction", "gapDays") == [("drowned+drowned-by-agency", None)]


def test_a_sum_is_of_one_place(workspace: Workspace) -> None:
    claims = (
        deaths("until", "4", "4 أولا", "../2001-05-10")
        + deaths("since", "5", "5 ثانيا", "2001-05-10/..").replace("{how", "{place: valley, how")
        + deaths("all", "9", "9 جميعا", "2001-05-03/..")
    )
    add_article(workspace, "sum", "قيل 4 أولا و5 ثانيا و9 جميعا", claims)
    assert relations(workspace, "SumRelation") == []


def test_an_accusation_is_an_allegation(workspace: Workspace) -> None:
    workspace.edit("act: announce", "act: accuse")
    answer = Graph(compile_graph(workspace.graph).store).sparql(
        "SELECT ?id WHERE { ?c a qawl:Allegation ; dcterms:identifier ?id }"
    )
    assert isinstance(answer, Table)
    assert [tuple(map(plain, row)) for row in answer] == [("drowned",)]


def test_rules_can_be_switched_off(workspace: Workspace) -> None:
    graph = Graph(compile_graph(workspace.graph, rules=False).store)
    answer = graph.sparql("ASK { GRAPH <https://w3id.org/qawl/id/graph/derived> { ?s ?p ?o } }")
    assert isinstance(answer, Table)
    assert answer.boolean is False


def test_a_relation_says_what_it_was_derived_from_and_by_what(workspace: Workspace) -> None:
    answer = Graph(compile_graph(workspace.graph).store).sparql(
        """SELECT ?claim ?plan ?agent WHERE {
          ?relation a qawl:Contradiction ; prov:wasDerivedFrom/dcterms:identifier ?claim ;
            prov:wasGeneratedBy ?activity .
          ?activity prov:qualifiedAssociation [ prov:hadPlan ?plan ; prov:agent ?agent ] ;
            prov:wasAssociatedWith ?agent .
          ?agent a prov:SoftwareAgent ; schema:softwareVersion ?version
        } ORDER BY ?claim"""
    )
    assert isinstance(answer, Table)
    rule, software = term("qrule:quantity-contradiction"), term("qagent:qawl")
    assert [(plain(claim), plan, agent) for claim, plan, agent in answer.rows] == [
        ("drowned", rule, software),
        ("drowned-by-agency", rule, software),
    ]


# The machinery: the order of rules, and into which graph they derive

RULE = """\
#+ {{"title": {{"en": "A rule", "ar": "قاعدة"}}, "description": {{"en": "A", "ar": "أ"}},
#+  "tags": ["rule"], "after": {after}}}
{query}
"""
KNOWS = "CONSTRUCT { ?b qawl:refines ?a } WHERE { ?a qawl:refines ?b }"
CLOSES = "CONSTRUCT { ?a qawl:refines ?c } WHERE { ?a qawl:refines ?b . ?b qawl:refines ?c }"


def write_rules(folder: Path, **rules: tuple[str, str]) -> Path:
    """Write rules, each with the names that it comes after, as JSON, and its query."""
    for name, (after, query) in rules.items():
        text = RULE.format(after=after, query=query)
        (folder / f"{name}.rq").write_text(text, encoding="utf-8")
    return folder


def refines(one: str, other: str, graph: NamedNode) -> Quad:
    return Quad(resource("claim", one), term("qawl:refines"), resource("claim", other), graph)


def test_rules_come_after_those_that_they_build_on(tmp_path: Path) -> None:
    folder = write_rules(tmp_path, a=('["c"]', KNOWS), b=("[]", KNOWS), c=('["b"]', KNOWS))
    assert [rule.name for rule in load_rules(folder)] == ["b", "c", "a"]


@pytest.mark.parametrize("after", ['["b"]', '["missing"]'])
def test_rules_that_wait_for_each_other_or_for_none_are_refused(tmp_path: Path, after: str) -> None:
    folder = write_rules(tmp_path, a=(after, KNOWS), b=('["a"]', KNOWS))
    with pytest.raises(QueryError, match="the rules' 'after' lines cannot be resolved") as caught:
        load_rules(folder)
    assert str(caught.value).startswith(str(folder))


def test_a_later_rule_sees_what_an_earlier_one_derived(tmp_path: Path) -> None:
    rules = load_rules(write_rules(tmp_path, knows=("[]", KNOWS), closes=('["knows"]', CLOSES)))
    into = NamedNode("https://example.org/derived")
    store = Store()
    store.add(refines("a", "b", NamedNode("https://example.org/given")))
    # b refines a; then a refines a and b refines b.
    assert derive(store, rules, into) == (("knows", 1), ("closes", 2))
    assert set(store.quads_for_pattern(None, None, None, into)) == {
        refines("b", "a", into),
        refines("a", "a", into),
        refines("b", "b", into),
    }


def test_a_rule_is_run_only_where_there_is_what_it_needs(tmp_path: Path) -> None:
    folder = write_rules(tmp_path, closes=("[]", CLOSES))
    (rule,) = load_rules(folder)
    store = Store()
    given = NamedNode("https://example.org/given")
    store.extend(refines(one, other, given) for one, other in ("ab", "bc"))
    for needs, count in (("?a qawl:refines ?c", 1), ("?a qawl:contradicts ?c", 0)):
        assert derive(store, [replace(rule, needs=needs)]) == (("closes", count),)
        store.clear_graph(DERIVED_GRAPH)


def test_a_rule_constructs(tmp_path: Path) -> None:
    rules = load_rules(write_rules(tmp_path, asks=("[]", "SELECT * WHERE { ?s ?p ?o }")))
    with pytest.raises(QueryError, match="rule asks: is not a CONSTRUCT"):
        derive(Store(), rules)


def test_what_follows_from_persons_claims_is_kept_apart(tmp_path: Path) -> None:
    """A person has a refine b and b refine c; a model adds that c refines d."""
    person, model = (resource("reading", "flood", kind) for kind in ("person", "model"))
    store = Store()
    for kind, node in (("person", person), ("model", model)):
        store.add(Quad(node, term("qawl:readerKind"), concept("reader-kind", kind), node))
    store.extend([refines("a", "b", person), refines("b", "c", person), refines("c", "d", model)])
    rules = load_rules(write_rules(tmp_path, closes=("[]", CLOSES)))
    assert derive_apart(store, rules) == (("closes", 3),)
    found = {
        kind: set(store.quads_for_pattern(None, None, None, derived_graph(kind)))
        for kind in ("person", "model", "all")
    }
    assert found == {
        "person": {refines("a", "c", derived_graph("person"))},
        "model": set(),
        "all": {refines(one, "d", derived_graph("all")) for one in "ab"},
    }


def found_in(workspace: Workspace, kind: str, rule: str) -> set[str]:
    """Return the pairs of claims that one rule puts into relations of a kind."""
    answer = Graph(compile_graph(workspace.graph).store).sparql(
        f"""SELECT (GROUP_CONCAT(?id; separator="+") AS ?ids) WHERE {{
          {{ SELECT ?r ?id WHERE {{
            ?r a qawl:{kind} ; qawl:byRule qrule:{rule} ; qawl:relates/dcterms:identifier ?id
          }} ORDER BY ?id }}
        }} GROUP BY ?r"""
    )
    assert isinstance(answer, Table)
    return {str(plain(row[0])) for row in answer if row[0] is not None}


FLOOD_BEGAN = """\
  - id: began
    voice: told
    quote: يوم 3 مايو 2001
    gloss: It began on 3 May
    question: {when: start, event: flood}
    answer: {edtf: 2001-05-03, surface: يوم 3 مايو 2001}
"""


@pytest.mark.parametrize(
    ("early", "late", "expected"),
    [
        (("15", "../2003"), ("20", "../2005"), {"early+late"}),
        (("15", "../2003"), ("20", "2001-05-03/2005"), {"early+late"}),  # since the flood began
        (("15", "../2003"), ("20", "2002/2005"), set()),  # from a day after it had begun
        (("15", "../2003"), ("14", "../2005"), set()),  # a total does not shrink
    ],
)
def test_a_total_to_a_later_day_updates_an_earlier_one(
    workspace: Workspace, early: tuple[str, str], late: tuple[str, str], expected: set[str]
) -> None:
    claims = deaths("early", early[0], f"{early[0]} نفسا", early[1]) + FLOOD_BEGAN
    add_article(workspace, "one", f"قيل {early[0]} نفسا منذ يوم 3 مايو 2001", claims)
    add_article(
        workspace,
        "two",
        f"قيل {late[0]} نفسا",
        deaths("late", late[0], f"{late[0]} نفسا", late[1]),
        speaker="hospital",
    )
    updates = found_in(workspace, "Update", "later-total")
    assert {pair for pair in updates if "late" in pair and "early" in pair} == expected
    shrunk = {"early+late"} if late[0] == "14" else set()
    contradictions = found_in(workspace, "Contradiction", "total-contradiction")
    assert {pair for pair in contradictions if pair == "early+late"} == shrunk


@pytest.mark.parametrize("value", ["14", "20"])
@pytest.mark.parametrize(
    ("act", "more"),
    [
        ("forecast", ""),
        ("promise", ""),
        ("deny", ""),
        ("state", "    stance: certainly-not\n"),
        ("state", "    modality: wished\n"),
        ("state", "    as-of: {edtf: '2004'}\n"),  # to a day that was still to come
    ],
)
def test_what_nobody_has_counted_is_no_later_total(
    workspace: Workspace, act: str, more: str, value: str
) -> None:
    add_article(workspace, "one", "قيل 15 نفسا", deaths("early", "15", "15 نفسا", "../2003"))
    late = deaths("late", value, f"{value} نفسا", "../2005") + more
    add_article(workspace, "two", f"قيل {value} نفسا", late, speaker="hospital", act=act)
    assert "early+late" not in found_in(workspace, "Update", "later-total")
    assert "early+late" not in found_in(workspace, "Contradiction", "total-contradiction")


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("15, 2001/..", "20, 2001/..", "Update"),  # as of two years
        ("10, 2002", "20, 2002", "Refinement"),  # more than the one, exactly the other
    ],
)
@pytest.mark.parametrize("alternative", [False, True])
def test_an_alternative_reading_neither_updates_nor_refines(
    workspace: Workspace, one: str, other: str, kind: str, alternative: bool
) -> None:
    claims = ""
    for name, (value, during), year in (
        ("one", one.split(", "), "2003"),
        ("other", other.split(", "), "2005"),
    ):
        claims += deaths(name, value, "15 نفسا", during)
        claims += f"    as-of: {{edtf: '{year}'}}\n" if during.endswith("..") else ""
    claims = claims.replace("value: 10,", "value: 10, comparator: more-than,")
    if alternative:
        claims += "relations: [{id: r1, alternative: [one, other]}]\n"
    add_article(workspace, "second", "قيل مات 15 نفسا", claims)
    found = "one+other" in {row[0] for row in relations(workspace, kind)}
    assert found == (not alternative)


def test_a_part_that_exceeds_another_articles_whole_contradicts_it(workspace: Workspace) -> None:
    add_article(workspace, "one", "قيل 20 نفسا", deaths("part", "20", "20 نفسا", "2001/2002"))
    add_article(workspace, "two", "قيل 14 نفسا", deaths("whole", "14", "14 نفسا", "../2005"))
    assert found_in(workspace, "Contradiction", "part-contradiction") == {"part+whole"}
    assert "part+whole" not in {row[0] for row in relations(workspace, "PartWhole")}


def test_a_part_may_exceed_what_was_counted_before_it_was_complete(workspace: Workspace) -> None:
    early = deaths("whole", "14", "14 نفسا") + "    as-of: {edtf: '2001-06'}\n"
    add_article(workspace, "one", "قيل 20 نفسا", deaths("part", "20", "20 نفسا", "2001/2002"))
    add_article(workspace, "two", "قيل 14 نفسا", early)
    assert found_in(workspace, "Contradiction", "part-contradiction") == set()


@pytest.mark.parametrize(
    ("during", "speaker", "expected"),
    [
        ("2001/2005", "agency", {"here+there"}),
        ("2003/2004", "agency", {"here+there"}),
        ("2001/..", "agency", {"here+there"}),
        ("2002-02/..", "agency", {"here+there"}),  # from 2002 on may be from February on
        ("2001/2003", "agency", set()),  # they only overlap
        ("2004-12-31/2006", "agency", set()),  # they only meet
        ("2005", "agency", set()),
        ("2001/2005", "ministry", set()),
    ],
)
def test_one_origins_figure_told_again_is_an_echo(
    workspace: Workspace, during: str, speaker: str, expected: set[str]
) -> None:
    add_article(workspace, "one", "قيل 20 نفسا", deaths("here", "20", "20 نفسا", "2002/2004"))
    there = deaths("there", "20", "20 نفسا", during)
    add_article(workspace, "two", "قيل 20 نفسا", there, speaker=speaker)
    assert found_in(workspace, "Echo", "repeated-figure") == expected


@pytest.mark.parametrize(("during", "refines"), [("2002", True), ("2002/..", False)])
def test_a_figure_refines_a_bound_that_holds_it(
    workspace: Workspace, during: str, refines: bool
) -> None:
    """Undated counts may be of two days, unless the question fixes the period."""
    bound = deaths("bound", "10", "10 نفسا", during).replace(
        "value: 10,", "value: 10, comparator: more-than,"
    )
    add_article(workspace, "one", "قيل 10 نفسا", bound)
    add_article(workspace, "two", "قيل 20 نفسا", deaths("exact", "20", "20 نفسا", during))
    answer = Graph(compile_graph(workspace.graph).store).sparql(
        """SELECT ?a ?b WHERE {
             ?x qawl:refines ?y ; dcterms:identifier ?a . ?y dcterms:identifier ?b }"""
    )
    assert isinstance(answer, Table)
    found = [tuple(map(plain, row)) for row in answer]
    assert found == ([("exact", "bound")] if refines else [])


@pytest.mark.parametrize(
    ("one", "other", "agree", "contradict"),
    [
        ("value: 500,", "value: -500,", False, True),  # it rose, it fell
        ("value: -500,", "value: -500,", True, False),
        ("value: -500,", "value: -600,", False, True),
        ("value: -500, approximate: true,", "value: -520,", False, False),
        ("value: -500, comparator: less-than,", "value: -600,", False, False),  # by more than 500
        ("value: -500, comparator: less-than,", "value: 600,", False, True),
        ("lower: -600, upper: -500,", "lower: -600, upper: -500,", True, False),
        ("lower: -600, upper: -500,", "lower: 500, upper: 600,", False, True),
    ],
)
@pytest.mark.parametrize("measure", ["deaths", "force-level"])
def test_a_rise_is_no_fall(
    workspace: Workspace, measure: str, one: str, other: str, agree: bool, contradict: bool
) -> None:
    for slug, given, speaker in (("one", one, "agency"), ("other", other, "hospital")):
        claim = deaths(slug, "500", "500 نفس", "2002").replace("deaths,", f"{measure},")
        claim = claim.replace("{how-many", "{change-from: 2001, how-many")
        claim = claim.replace("value: 500,", given)
        add_article(workspace, slug, "قيل 500 نفس", claim, speaker=speaker)
    pair = [("one+other",)]
    assert relations(workspace, "Agreement") == (pair if agree else [])
    found = [row for row in relations(workspace, "Contradiction") if row == pair[0]]
    assert found == (pair if contradict else [])


def test_a_count_of_anybody_is_no_part_of_a_count_of_a_group(workspace: Workspace) -> None:
    """A group that has a part is no reason to take a question without a group for that part."""
    entities = workspace.graph / "authority" / "entities.ttl"
    part = "population:children a qawl:PopulationGroup ; qawl:subgroupOf population:villagers ; "
    labels = 'skos:prefLabel "Children"@en, "الأطفال"@ar .'
    entities.write_text(f"{entities.read_text(encoding='utf-8')}\n{part}{labels}\n", "utf-8")
    group = deaths("of-group", "20", "20 نفسا").replace(", event", ", place: valley, event")
    anybody = deaths("of-anybody", "15", "15 نفسا").replace("of: villagers", "place: valley")
    children = deaths("of-children", "5", "5 أنفس").replace(
        "of: villagers", "place: valley, of: children"
    )
    text = "قيل 20 نفسا و15 نفسا و5 أنفس"
    add_article(workspace, "one", text, group + anybody + children)
    answer = Graph(compile_graph(workspace.graph).store).sparql(
        """SELECT ?a ?b WHERE {
             ?x qawl:answers/qawl:broaderQuestion/^qawl:answers ?y .
             ?x dcterms:identifier ?a . ?y dcterms:identifier ?b }"""
    )
    assert isinstance(answer, Table)
    found = {tuple(map(plain, row)) for row in answer}
    assert ("of-children", "of-group") in found
    assert not any(part == "of-anybody" for part, _ in found)


def test_who_speaks_for_a_body_has_the_bodys_origin(workspace: Workspace) -> None:
    """A spokeswoman and the body itself are one origin; a relay of one publisher is no second."""
    spoken = READING.replace(
        "voices:\n",
        "entities:\n  hala: {type: Person, label: {en: Hala, ar: هالة}}\nvoices:\n",
        1,
    ).replace("speaker: ministry", "speaker: hala, on-behalf-of: ministry")
    write_article(
        workspace.graph, "flood-2", TEXT, spoken.replace("article: flood", "article: flood-2")
    )
    store = compile_graph(workspace.graph).store
    one, other = (resource("claim", slug, "curated", "drowned") for slug in ("flood", "flood-2"))
    assert any(store.quads_for_pattern(one, term("qawl:echoes"), other))
    assert not any(store.quads_for_pattern(one, term("qawl:agreesIndependentlyWith"), other))


@pytest.mark.parametrize("dated", [False, True])
@pytest.mark.parametrize("measure", ["deaths", "force-level"])
@pytest.mark.parametrize(
    ("during", "fixed"),
    [
        ("", set()),
        ("2001/..", set()),
        ("2001", {"deaths"}),  # a level may be of two of its days
        ("2001-05-03", {"deaths", "force-level"}),
    ],
)
def test_an_undated_count_contradicts_only_if_the_question_fixes_the_period(
    workspace: Workspace, during: str, fixed: set[str], measure: str, dated: bool
) -> None:
    """It is as of a day that nobody knows, so that the other may be of another day."""
    one = deaths("one", "15", "15 نفسا", during).replace("deaths,", f"{measure},")
    one += "    as-of: {edtf: '2003'}\n" if dated else ""
    add_article(workspace, "first", "قيل 15 نفسا", one)
    other = deaths("other", "20", "20 نفسا", during).replace("deaths,", f"{measure},")
    add_article(workspace, "second", "قيل 20 نفسا", other, speaker="hospital")
    no = deaths("no", "15", "15 نفسا", during).replace("deaths,", f"{measure},")
    add_article(workspace, "third", "قيل 15 نفسا", no, speaker="ministry", act="deny")
    pairs = {str(row[0]) for row in relations(workspace, "Contradiction")}
    assert pairs & {"one+other", "no+one"} == (
        {"one+other", "no+one"} if measure in fixed else set()
    )


def test_undated_counts_of_one_article_are_as_of_that_article(workspace: Workspace) -> None:
    claims = deaths("one", "15", "15 نفسا", "2001/..") + deaths("other", "20", "20 شخصا", "2001/..")
    levels = claims.replace("deaths,", "force-level,").replace("id: ", "id: level-")
    add_article(workspace, "first", "قيل 15 نفسا ثم 20 شخصا", claims + levels)
    found = {row[0] for row in relations(workspace, "Contradiction")}
    assert "one+other" in found
    assert "level-one+level-other" not in found  # one may be what the other has become


def test_the_date_of_a_relay_does_not_make_a_count_the_later_one(workspace: Workspace) -> None:
    """The smaller number was known by 2005, when its article came out; it may be the older one."""
    add_article(workspace, "first", "قيل 15 نفسا", since("early", "15", "2003"))
    smaller = deaths("smaller", "10", "10 نفسا", "2001/..")
    add_article(workspace, "second", "قيل 10 نفسا", smaller, speaker="hospital")
    metadata = workspace.graph / "articles" / "second" / "article.yaml"
    metadata.write_text(f"{metadata.read_text(encoding='utf-8')}published: '2005-01-01'\n", "utf-8")
    assert "early+smaller" not in {row[0] for row in relations(workspace, "Contradiction")}


@pytest.mark.parametrize(
    ("modality", "stance"),
    [("commanded", "unknown"), ("wished", "unknown"), ("counterfactual", "certainly-not")],
)
def test_what_nobody_says_to_be_so_meets_no_answer(
    workspace: Workspace, modality: str, stance: str
) -> None:
    given = "" if stance == "unknown" else f"    stance: {stance}\n"
    during = fix_the_period(workspace)
    claim = deaths("hoped", "12", "12 نفسا", during) + f"    modality: {modality}\n{given}"
    yes = "  - {id: did, voice: told, quote: وقع, gloss: It was, question: {did: flood}}\n"
    no = f"""\
  - {{id: let-it-not, voice: told, quote: لا يقع, gloss: It is not to be, question: {{did: flood}},
     polarity: negative, modality: {modality}}}
"""
    add_article(workspace, "second", "قيل 12 نفسا لا يقع", claim + no, speaker="hospital")
    add_article(workspace, "third", "قيل وقع", yes)
    assert relations(workspace, "Agreement") == []
    denied = {"drowned+hoped"} if stance == "certainly-not" else set()
    assert found_in(workspace, "Contradiction", "denied-answer") == denied
    assert found_in(workspace, "Contradiction", "truth-contradiction") == set()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value: 5,", "value: 5, approximate: true,"),
        ("value: 5,", "value: 5, comparator: at-least,"),
        ('gloss: "5 ثانيا"', 'gloss: "5 ثانيا"\n    modality: wished'),
        ('gloss: "5 ثانيا"', 'gloss: "5 ثانيا"\n    stance: certainly-not'),
        ("value: 5, unit: person", "value: 5, unit: family"),
        ("deaths,", "force-level,"),
    ],
)
def test_only_exact_numbers_that_are_affirmed_add_up(
    workspace: Workspace, old: str, new: str
) -> None:
    claims = (
        deaths("until", "4", "4 أولا", "../2001-05-10")
        + deaths("since", "5", "5 ثانيا", "2001-05-10/..")
        + deaths("all", "9", "9 جميعا", "2001-05-03/..")
    )
    assert old in claims
    add_article(workspace, "sum", "قيل 4 أولا و5 ثانيا و9 جميعا", claims.replace(old, new))
    assert relations(workspace, "SumRelation") == []


@pytest.mark.parametrize(
    ("other", "agreements"),
    [
        ("[hospital, agency]", [("both+other",)]),
        ("[agency]", []),
        ("[hospital, agency, ministry]", []),
    ],
)
def test_agreement_on_who_is_on_all_of_them(
    workspace: Workspace, other: str, agreements: list[tuple[str]]
) -> None:
    claim = """\
  - {{id: {id}, voice: told, quote: وقع, gloss: They did it,
     question: {{who: agent, event: flood}}, answer: {{entity: {who}}}}}
"""
    add_article(workspace, "one", "قيل وقع", claim.format(id="both", who="[agency, hospital]"))
    second = claim.format(id="other", who=other)
    add_article(workspace, "two", "قيل وقع", second, speaker="hospital")
    assert relations(workspace, "Agreement") == agreements


@pytest.mark.parametrize(
    "other",
    [
        "unit: family",
        "unit: person, per: person, per-amount: 1000",
        "unit: person, price-year: 2001",
    ],
)
def test_a_figure_refines_no_bound_on_something_else(workspace: Workspace, other: str) -> None:
    bound = deaths("bound", "10", "10 نفسا", "2002").replace(
        "value: 10,", "value: 10, comparator: more-than,"
    )
    exact = deaths("exact", "20", "20 نفسا", "2002").replace("unit: person", other)
    add_article(workspace, "one", "قيل 10 نفسا", bound)
    add_article(workspace, "two", "قيل 20 نفسا", exact)
    assert found_in(workspace, "Refinement", "refinement") == set()


@pytest.mark.parametrize(
    ("affirmed", "rejected", "meets"),
    [
        ("value: 15,", "value: 15,", True),
        ("value: 15,", "value: 15, comparator: at-least,", True),
        ("value: 15,", "value: 15, approximate: true,", True),
        ("value: 15, comparator: more-than,", "value: 15, comparator: more-than,", True),
        ("value: 15, comparator: at-least,", "value: 15,", False),  # it may be 16
        ("value: 15, approximate: true,", "value: 15,", False),
        ("value: 15,", "value: 15, comparator: more-than,", False),  # 15 is not more than 15
        ("value: 15, comparator: not-equal,", "value: 15,", False),  # they say the same
        ("value: 15,", "value: 15, per: person, per-amount: 1000,", False),
        ("value: 15,", "value: 15, price-year: 2001,", False),
    ],
)
def test_a_rejected_amount_meets_what_lies_within_it(
    workspace: Workspace, affirmed: str, rejected: str, meets: bool
) -> None:
    yes = deaths("yes", "15", "15 نفسا", "2002").replace("value: 15,", affirmed)
    no = deaths("no", "15", "15 نفسا", "2002").replace("value: 15,", rejected)
    add_article(workspace, "one", "قيل 15 نفسا", yes)
    add_article(workspace, "two", "قيل 15 نفسا", no, act="deny")
    assert found_in(workspace, "Contradiction", "denied-answer") == ({"no+yes"} if meets else set())


@pytest.mark.parametrize(("rejected", "expected"), [("2003", {"no+yes"}), ("2005", set())])
def test_an_amount_of_one_day_is_not_rejected_for_another(
    workspace: Workspace, rejected: str, expected: set[str]
) -> None:
    add_article(workspace, "one", "قيل 15 نفسا", since("yes", "15", "2003"))
    add_article(workspace, "two", "قيل 15 نفسا", since("no", "15", rejected), act="deny")
    assert found_in(workspace, "Contradiction", "denied-answer") == expected


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("lower: 100, upper: 150,", "lower: 100, upper: 150,", True),
        ("lower: 100, upper: 150,", "lower: 100, upper: 200,", False),
        ("lower: 50, upper: 150,", "lower: 100, upper: 150,", False),
        ("value: 100,", "lower: 100, upper: 200,", False),
    ],
)
def test_ranges_agree_if_both_their_ends_do(
    workspace: Workspace, one: str, other: str, agree: bool
) -> None:
    first = deaths("one", "100", "100 نفس", "2002").replace("value: 100,", one)
    second = deaths("other", "100", "100 نفس", "2002").replace("value: 100,", other)
    add_article(workspace, "first", "قيل 100 نفس", first)
    add_article(workspace, "second", "قيل 100 نفس", second, speaker="hospital")
    assert relations(workspace, "Agreement") == ([("one+other",)] if agree else [])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value: 30, unit: person", "value: 30, unit: family"),
        ("value: 1.5,", "value: 1.5, comparator: at-most,"),
        ("deaths, of: villagers,", "deaths, of: villagers, place: valley,"),
        ("deaths, of: villagers,", "deaths, of: villagers, actor: ministry,"),
        ("", deaths("hurt", "40", "40 جريحا", "2001").replace("deaths,", "wounded,")),
    ],
)
def test_a_share_of_something_else_implies_no_whole(
    workspace: Workspace, old: str, new: str
) -> None:
    claims = deaths("count", "30", "30 قرويا", "2001")
    claims += (
        deaths("share", "1.5", "1.5 في المئة", "2001")
        .replace("deaths,", "share-of-population,")
        .replace("unit: person", "unit: percent")
    )
    assert old in claims
    claims = claims.replace(old, new) if old else claims + new
    add_article(workspace, "share", "قيل 30 قرويا أي 1.5 في المئة و40 جريحا", claims)
    assert relations(workspace, "ShareImplication") == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("unit: person", "unit: person, per: month"),
        ("{how-many", "{change-from: 2000, how-many"),
        ("unit: person", "unit: person, per: person, per-amount: 1000"),
        ("unit: person", "unit: percent"),
    ],
)
def test_a_part_may_have_a_higher_rate_than_its_whole(
    workspace: Workspace, old: str, new: str
) -> None:
    part = deaths("part", "20", "20 نفسا", "2001/2002").replace(old, new)
    whole = deaths("whole", "14", "14 نفسا", "../2005").replace(old, new)
    add_article(workspace, "one", "قيل 20 نفسا", part)
    add_article(workspace, "two", "قيل 14 نفسا", whole)
    assert found_in(workspace, "Contradiction", "part-contradiction") == set()


@pytest.mark.parametrize(
    ("measure", "unit", "during", "expected"),
    [
        ("deaths", "person", ("2002", "2001/2003"), {"part+whole"}),
        ("force-level", "person", ("2002", "2001/2003"), set()),  # the troops of two times
        ("force-level", "person", ("2002", "2002"), {"part+whole"}),
        ("share-of-population", "percent", ("2002", "2002"), set()),
        ("deaths", "percent", ("2002", "2002"), set()),
        ("rank", "item", ("2002", "2002"), set()),
    ],
)
def test_only_what_adds_up_is_a_part_of_a_whole(
    workspace: Workspace, measure: str, unit: str, during: tuple[str, str], expected: set[str]
) -> None:
    claims = deaths("part", "7", "7 هنا", during[0]) + deaths("whole", "9", "9 هناك", during[1])
    if during[0] == during[1]:  # then a part of the same interval in a place
        claims = claims.replace("{how-many", "{place: gorge, how-many", 1)
        claims = claims[::-1].replace("{how-many"[::-1], "{place: valley, how-many"[::-1], 1)[::-1]
        entities = workspace.graph / "authority" / "entities.ttl"
        gorge = "qplace:gorge a qawl:Place ; qawl:containedIn qplace:valley ; "
        labels = 'skos:prefLabel "The gorge"@en, "المضيق"@ar .'
        entities.write_text(f"{entities.read_text(encoding='utf-8')}\n{gorge}{labels}\n", "utf-8")
    claims = claims.replace("deaths,", f"{measure},").replace("unit: person", f"unit: {unit}")
    add_article(workspace, "part", "قيل 7 هنا و9 هناك", claims)
    answer = Graph(compile_graph(workspace.graph).store).sparql(
        """SELECT ?a ?b WHERE {
             ?x qawl:countedWithin ?y . ?x dcterms:identifier ?a . ?y dcterms:identifier ?b }"""
    )
    assert isinstance(answer, Table)
    assert {f"{a}+{b}" for a, b in (map(plain, row) for row in answer)} == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("possible", "possibly-not", set()),
        ("possible", "probably-not", set()),
        ("possible", "certainly-not", {"one+other"}),
        ("probable", "probably-not", {"one+other"}),
        ("certain", "possibly-not", {"one+other"}),
    ],
)
def test_what_may_be_so_contradicts_only_what_is_certain(
    workspace: Workspace, one: str, other: str, expected: set[str]
) -> None:
    claims = "".join(
        f"  - {{id: {claim}, voice: told, quote: وقع, gloss: It, question: {{did: flood}},\n"
        f"     stance: {stance}}}\n"
        for claim, stance in (("one", one), ("other", other))
    )
    add_article(workspace, "second", "قيل وقع", claims)
    assert found_in(workspace, "Contradiction", "truth-contradiction") == expected


@pytest.mark.parametrize(("stance", "contradict"), [("possible", False), ("probable", True)])
def test_two_amounts_that_are_only_possible_may_both_be(
    workspace: Workspace, stance: str, contradict: bool
) -> None:
    claims = "".join(
        deaths(claim, value, f"{value} نفسا", "2002") + f"    stance: {stance}\n"
        for claim, value in (("one", "15"), ("other", "20"))
    )
    add_article(workspace, "second", "قيل 15 نفسا أو 20 نفسا", claims)
    found = found_in(workspace, "Contradiction", "quantity-contradiction")
    assert ("one+other" in found) == contradict


@pytest.mark.parametrize("alternative", [False, True])
def test_two_readings_of_the_same_words_do_not_answer_each_other(
    workspace: Workspace, alternative: bool
) -> None:
    claims = deaths("one", "15", "15 نفسا", "2002") + deaths("other", "20", "15 نفسا", "2002")
    yes = "  - {id: yes, voice: told, quote: لم, gloss: It, question: {did: flood}}\n"
    no = yes.replace("yes,", "no,", 1).replace("}}", "}, polarity: negative}")
    relation = "{id: r1, alternative: [one, other]}, {id: r2, alternative: [no, yes]}"
    if alternative:
        no += f"relations: [{relation}]\n"
    add_article(workspace, "second", "قيل لم يمت 15 نفسا", claims + yes + no)
    found = {row[0] for row in relations(workspace, "Contradiction")}
    assert found & {"one+other", "no+yes"} == (set() if alternative else {"one+other", "no+yes"})


@pytest.mark.parametrize(("value", "year"), [("10", "2005"), ("20", "2005"), ("20", "2003")])
@pytest.mark.parametrize("act", ["forecast", "promise", "warn", "threaten"])
def test_a_forecast_is_no_count(workspace: Workspace, act: str, value: str, year: str) -> None:
    add_article(workspace, "one", "قيل 15 نفسا", since("early", "15", "2003"))
    forecast = since("forecast", value, year)
    add_article(workspace, "two", f"قيل {value} نفسا", forecast, speaker="hospital", act=act)
    assert relations(workspace, "Update") == []
    assert "early+forecast" not in found_in(workspace, "Contradiction", "quantity-contradiction")


def test_a_translation_echoes_its_original(workspace: Workspace) -> None:
    twelve_died(workspace, speaker="hospital")
    metadata = workspace.graph / "articles" / "later" / "article.yaml"
    metadata.write_text(f"{metadata.read_text(encoding='utf-8')}translation-of: flood\n", "utf-8")
    assert relations(workspace, "Echo") == [("drowned+said-later",)]
    assert relations(workspace, "IndependentAgreement") == []


@pytest.mark.parametrize(
    ("later", "during", "expected"),
    [
        ("as-of: {edtf: '2003'}", "", {"is+is-not"}),
        ("as-of: {edtf: '2005'}", "", set()),
        ("time: {edtf: '2005'}", "", {"is+is-not"}),
        ("as-of: {edtf: '2005'}", ", during: 2002", {"is+is-not"}),
        ("as-of: {edtf: '2005'}", ", during: 2002/..", set()),
    ],
)
def test_what_is_so_on_one_date_may_not_be_so_on_another(
    workspace: Workspace, later: str, during: str, expected: set[str]
) -> None:
    claim = """\
  - {{id: {id}, voice: told, kind: state, quote: خربة, gloss: It lies in ruins,
     question: {{is-it-so: {{subject: valley, predicate: attribute, name: in-ruins}}{during}}},
     {more}}}
"""
    yes = claim.format(id="is", during=during, more="as-of: {edtf: '2003'}")
    no = claim.format(id="is-not", during=during, more=f"{later}, polarity: negative")
    add_article(workspace, "one", "قيل خربة", yes)
    add_article(workspace, "two", "قيل خربة", no)
    assert found_in(workspace, "Contradiction", "truth-contradiction") == expected


@pytest.mark.parametrize(
    ("narrow", "broad", "expected"),
    [
        ("during: 2002", "during: 2002", {("narrow", "broad")}),
        ("during: 2002", "during: 2003", set()),
        ("place: valley", "during: 2002", set()),
    ],
)
def test_a_broader_proposition_is_of_the_same_time_and_place(
    workspace: Workspace, narrow: str, broad: str, expected: set[tuple[str, str]]
) -> None:
    entities = workspace.graph / "authority" / "entities.ttl"
    part = "population:children a qawl:PopulationGroup ; qawl:subgroupOf population:villagers ; "
    labels = 'skos:prefLabel "Children"@en, "الأطفال"@ar .'
    entities.write_text(f"{entities.read_text(encoding='utf-8')}\n{part}{labels}\n", "utf-8")
    claims = "".join(
        f"  - {{id: {claim}, voice: told, kind: state, quote: وقع, gloss: It is so,\n"
        f"     question: {{{more}, is-it-so:\n"
        f"       {{subject: {subject}, predicate: cause, object: flood}}}}}}\n"
        for claim, subject, more in (("narrow", "children", narrow), ("broad", "villagers", broad))
    )
    add_article(workspace, "second", "قيل وقع", claims)
    answer = Graph(compile_graph(workspace.graph).store).sparql(
        """SELECT ?a ?b WHERE {
             ?x qawl:answers/qawl:broaderQuestion/^qawl:answers ?y .
             ?x dcterms:identifier ?a . ?y dcterms:identifier ?b }"""
    )
    assert isinstance(answer, Table)
    assert {tuple(map(plain, row)) for row in answer} == expected


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        ("value: 20, comparator: more-than,", "value: 20,", {"here+there"}),
        ("value: 20, comparator: more-than,", "value: 20, comparator: less-than,", set()),
        ("value: 20, comparator: at-most,", "value: 20, comparator: at-least,", set()),
        ("value: 20,", "value: 20, per: person, per-amount: 1000,", set()),
        ("value: 20,", "value: 20, price-year: 2001,", set()),
    ],
)
def test_a_figure_told_again_is_of_the_same_kind(
    workspace: Workspace, here: str, there: str, expected: set[str]
) -> None:
    one = deaths("here", "20", "20 نفسا", "2002/2004").replace("value: 20,", here)
    two = deaths("there", "20", "20 نفسا", "2001/2004").replace("value: 20,", there)
    add_article(workspace, "one", "قيل 20 نفسا", one)
    add_article(workspace, "two", "قيل 20 نفسا", two)
    assert found_in(workspace, "Echo", "repeated-figure") == expected


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("", "", True),
        ("gloss: It began on 3 May", "gloss: It did not\n    stance: certainly-not", False),
        ("edtf: 2001-05-03", "edtf: 2001-05-03?", False),
    ],
)
def test_a_total_runs_from_a_beginning_that_is_affirmed(
    workspace: Workspace, old: str, new: str, found: bool
) -> None:
    claims = deaths("early", "15", "15 نفسا", "../2003") + FLOOD_BEGAN.replace(old, new)
    add_article(workspace, "one", "قيل 15 نفسا منذ يوم 3 مايو 2001", claims)
    late = deaths("late", "20", "20 نفسا", "2001-05-03/2005")
    add_article(workspace, "two", "قيل 20 نفسا", late, speaker="hospital")
    assert ("early+late" in found_in(workspace, "Update", "later-total")) == found


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [("2002", "2001/2003", True), ("2002?", "2001/2003", False), ("2002", "2001?/2003", False)],
)
def test_a_doubtful_interval_is_no_part_of_another(
    workspace: Workspace, part: str, whole: str, expected: bool
) -> None:
    claims = deaths("part", "7", "7 هنا", part) + deaths("whole", "9", "9 هناك", whole)
    add_article(workspace, "part", "قيل 7 هنا و9 هناك", claims)
    found = {row[0] for row in relations(workspace, "PartWhole")}
    assert ("part+whole" in found) == expected


@pytest.mark.parametrize(
    ("measure", "later", "agree"),
    [
        ("force-level", "2003", True),
        ("force-level", "2005", False),
        ("deaths", "2005", True),
    ],
)
def test_levels_of_two_dates_do_not_agree(
    workspace: Workspace, measure: str, later: str, agree: bool
) -> None:
    add_article(workspace, "one", "قيل 25 نفسا", since("one", "25", "2003", measure))
    other = since("other", "25", later, measure)
    add_article(workspace, "two", "قيل 25 نفسا", other, speaker="hospital")
    assert relations(workspace, "Agreement") == ([("one+other",)] if agree else [])


@pytest.mark.parametrize(("emended", "expected"), [("", {"one+other"}), (", emended: 2001", set())])
def test_a_date_that_a_reader_emends_contradicts_none(
    workspace: Workspace, emended: str, expected: set[str]
) -> None:
    claims = f"""\
  - {{id: one, voice: told, quote: عام 2011, gloss: In 2011,
     question: {{when: start, event: flood}}, answer: {{edtf: 2011, surface: عام 2011{emended}}}}}
  - {{id: other, voice: told, quote: عام 2001, gloss: In 2001,
     question: {{when: start, event: flood}}, answer: {{edtf: 2001, surface: عام 2001}}}}
"""
    add_article(workspace, "dates", "قيل عام 2011 أو عام 2001", claims)
    assert found_in(workspace, "Contradiction", "time-contradiction") == expected


@pytest.mark.parametrize("during", ["2002", "2001/.."])
@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        ("value: 30, unit: person", "value: 12, unit: child", False),
        ("value: 12, unit: person", "value: 12, unit: child", False),
        ("lower: 10, upper: 20, unit: person", "value: 12, unit: child", False),
        ("value: 12, unit: person", "value: 30, unit: child", True),  # more than all of them
        ("value: 12, unit: soldier", "value: 30, unit: child", False),
    ],
)
def test_a_count_of_children_is_no_count_of_persons(
    workspace: Workspace, during: str, one: str, other: str, contradict: bool
) -> None:
    for slug, given, speaker in (("one", one, "agency"), ("other", other, "hospital")):
        claim = deaths(slug, "30", "30 نفسا", during).replace("value: 30, unit: person", given)
        claim += "    as-of: {edtf: '2003'}\n"
        add_article(workspace, slug, "قيل 30 نفسا", claim, speaker=speaker)
    for kind in ("Agreement", "Update", "Refinement"):
        assert relations(workspace, kind) == []
    pairs = {row[0] for row in relations(workspace, "Contradiction")}
    assert ("one+other" in pairs) == contradict


def test_a_later_count_of_soldiers_updates_no_count_of_persons(workspace: Workspace) -> None:
    add_article(workspace, "one", "قيل 15 نفسا", since("early", "15", "2003"))
    late = since("late", "20", "2005").replace("unit: person", "unit: soldier")
    add_article(workspace, "two", "قيل 20 نفسا", late)
    assert relations(workspace, "Update") == []


@pytest.mark.parametrize(
    ("early", "late", "contradict"),
    [
        ("15, unit: person", "20, unit: soldier", False),
        ("15, unit: person", "14, unit: soldier", False),
        ("15, unit: soldier", "14, unit: person", True),  # there had been more of them
    ],
)
def test_a_total_of_soldiers_is_no_total_of_persons(
    workspace: Workspace, early: str, late: str, contradict: bool
) -> None:
    for slug, given, until in (("early", early, "../2003"), ("late", late, "../2005")):
        claim = deaths(slug, "15", "15 نفسا", until).replace("15, unit: person", given)
        add_article(workspace, slug, "قيل 15 نفسا", claim)
    assert relations(workspace, "Update") == []
    found = found_in(workspace, "Contradiction", "total-contradiction")
    assert ("early+late" in found) == contradict


@pytest.mark.parametrize(
    ("part", "whole", "contained"), [("person", "child", False), ("child", "person", True)]
)
def test_children_are_a_part_of_persons_and_not_the_reverse(
    workspace: Workspace, part: str, whole: str, contained: bool
) -> None:
    """The 30 persons of a part may all be grown up, where 20 children died in the whole."""
    above = deaths("above", "30", "30 نفسا", "2002").replace("unit: person", f"unit: {part}")
    below = above.replace("above", "below").replace("30", "10")
    total = deaths("total", "20", "20 نفسا", "2001/2003").replace("unit: person", f"unit: {whole}")
    add_article(workspace, "one", "قيل 30 نفسا", above)
    add_article(workspace, "two", "قيل 20 نفسا ومنهم 10 نفسا", total + below)
    contradictions = found_in(workspace, "Contradiction", "part-contradiction")
    assert contradictions == ({"above+total"} if contained else set())
    parts = {row[0] for row in relations(workspace, "PartWhole")}
    assert parts == ({"below+total"} if contained else set())


@pytest.mark.parametrize("speaker", ["agency", "hospital"])
@pytest.mark.parametrize("value", ["13", "15"])
def test_a_year_has_levels_of_many_days(workspace: Workspace, value: str, speaker: str) -> None:
    """What was so in May is not taken back, denied or confirmed by what is so in November."""
    for slug, given, month, who in (("may", "15", "05", "agency"), ("nov", value, "11", speaker)):
        level = deaths(slug, given, f"{given} نفسا", "2003").replace("deaths,", "force-level,")
        level += f"    as-of: {{edtf: '2003-{month}'}}\n"
        add_article(workspace, slug, f"قيل {given} نفسا", level, speaker=who)
    no = level.replace("id: nov", "id: no").replace(f"value: {value},", "value: 15,")
    add_article(workspace, "no", f"قيل {value} نفسا", no, speaker="ministry", act="deny")
    assert relations(workspace, "Update") == ([("may+nov",)] if value == "13" else [])
    for kind in ("Supersession", "Agreement", "Refinement"):
        assert relations(workspace, kind) == []
    contradictions = {row[0] for row in relations(workspace, "Contradiction")}
    assert not contradictions & {"may+nov", "may+no"}


@pytest.mark.parametrize(
    ("measure", "as_of", "expected"),
    [
        ("force-level", "2003", {"here+there"}),
        ("force-level", "2005", set()),
        ("deaths", "2005", {"here+there"}),
    ],
)
def test_a_level_told_again_is_of_the_same_date(
    workspace: Workspace, measure: str, as_of: str, expected: set[str]
) -> None:
    here = since("here", "20", "2003", measure)
    there = since("there", "20", as_of, measure).replace("during: 2001/..", "during: 2000/..")
    add_article(workspace, "one", "قيل 20 نفسا", here)
    add_article(workspace, "two", "قيل 20 نفسا", there)
    assert found_in(workspace, "Echo", "repeated-figure") == expected


@pytest.mark.parametrize(
    ("part", "whole", "contained"),
    [("2005", "2011", True), ("2005", "2005", True), ("2011", "2005", False)],
)
def test_a_total_does_not_contain_what_was_counted_after_it(
    workspace: Workspace, part: str, whole: str, contained: bool
) -> None:
    claims = since("part", "9", part, "combat-deaths") + since("whole", "13", whole)
    add_article(workspace, "one", "قيل 9 نفسا و13 نفسا", claims)
    assert relations(workspace, "PartWhole") == ([("part+whole",)] if contained else [])


@pytest.mark.parametrize(("value", "holds"), [("6", False), ("4", True)])
def test_what_exceeds_its_whole_is_not_counted_within_it(
    workspace: Workspace, value: str, holds: bool
) -> None:
    part = since("part", value, "2003", "internally-displaced")
    whole = since("whole", "5", "2003", "displaced")
    add_article(workspace, "one", f"قيل {value} نفسا من 5 نفسا", part + whole)
    assert relations(workspace, "PartWhole", "holds") == [("part+whole", holds)]
    answer = Graph(compile_graph(workspace.graph).store).sparql(
        "SELECT ?whole WHERE { ?part qawl:countedWithin ?whole }"
    )
    assert isinstance(answer, Table)
    assert (list(answer.rows) != []) == holds
