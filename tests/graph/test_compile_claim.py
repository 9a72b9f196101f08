"""One claim as quads: its classes, what its voice does by it, its answer and its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples import TEXT
from pyoxigraph import NamedNode
from small_compiler import grounded, objects, values_of

from kg.errors import ReadingError
from kg.graph.compile_claim import compile_claim
from kg.rdf.iris import ClaimName, concept, resource, term

if TYPE_CHECKING:
    from examples import Workspace
    from pyoxigraph import Quad

NODE = ClaimName("flood", "curated", "drowned-by-agency").node
QUOTE = "عدد الغرقى بلغ 15 شخصا"
AMOUNT = """\
    question: {how-many: deaths, of: villagers, event: flood}
    answer: {value: 15, unit: person, surface: 15 شخصا}
"""


def compiled(workspace: Workspace) -> set[Quad]:
    """Return the quads that the reading's second claim adds to its graph."""
    reading, values = grounded(workspace), values_of(workspace)
    assert compile_claim(reading, values, reading.claims[1]) == NODE
    return values.sink.quads


def test_a_claim_of_a_count_has_its_voice_its_words_and_its_amount(workspace: Workspace) -> None:
    quads = compiled(workspace)
    start = TEXT.index(QUOTE)
    assert objects(quads, NODE, "qawl:quote") == {QUOTE}
    assert objects(quads, NODE, "qawl:startsAt") == {str(start)}
    assert objects(quads, NODE, "qawl:endsAt") == {str(start + len(QUOTE))}
    voice = resource("voice", "flood", "curated", "agency-itself")
    assert objects(quads, NODE, "qawl:voice") == {voice.value}
    assert objects(quads, NODE, "qawl:force") == {concept("speech-act", "state").value}
    assert objects(quads, NODE, "qawl:answerQuantity") == {f"{NODE.value}.quantity"}
    assert objects(quads, NODE, "qawl:answerTruth") == set()
    types = objects(quads, NODE, "rdf:type")
    assert {term("qawl:CasualtyClaim").value, term("qawl:QuantityClaim").value} <= types


def test_a_claim_is_about_what_its_question_names(workspace: Workspace) -> None:
    quads = compiled(workspace)
    villagers, flood = resource("population", "villagers"), resource("event", "flood")
    assert objects(quads, NODE, "qawl:aboutPopulation") == {villagers.value}
    assert objects(quads, NODE, "qawl:aboutEvent") == {flood.value}
    assert objects(quads, NODE, "qawl:aboutActor") == set()


@pytest.mark.parametrize(
    ("polarity", "truth"), [("", {"true"}), ("    polarity: negative\n", {"false"})]
)
def test_a_claim_that_something_happened_is_answered_by_yes_or_no(
    workspace: Workspace, polarity: str, truth: set[str]
) -> None:
    workspace.edit(f"    gloss: 15 people drowned\n{AMOUNT}", f"    gloss: It was\n{polarity}"
                   "    question: {did: flood}\n")  # fmt: skip
    quads = compiled(workspace)
    assert objects(quads, NODE, "qawl:answerTruth") == truth
    assert term("qawl:OccurrenceClaim").value in objects(quads, NODE, "rdf:type")


def test_an_entity_that_answers_is_what_the_claim_is_about(workspace: Workspace) -> None:
    workspace.edit(
        AMOUNT, "    question: {who: agent, event: flood}\n    answer: {entity: ministry}\n"
    )
    quads = compiled(workspace)
    ministry = {resource("actor", "ministry").value}
    assert objects(quads, NODE, "qawl:answerEntity") == ministry
    assert objects(quads, NODE, "qawl:aboutActor") == ministry


def test_a_voice_that_denies_does_not_answer_yes(workspace: Workspace) -> None:
    workspace.edit("act: state", "act: deny")
    workspace.edit(AMOUNT, "    question: {did: flood}\n    stance: certain\n")
    with pytest.raises(
        ReadingError,
        match=r"curated\.yaml:\d+: claim 'drowned-by-agency': is in a denying voice",
    ):
        compiled(workspace)


def test_only_people_can_be_spoken_against(workspace: Workspace) -> None:
    workspace.edit(AMOUNT, f"{AMOUNT}    against: valley\n")
    with pytest.raises(
        ReadingError,
        match=r"curated\.yaml:\d+: claim 'drowned-by-agency': 'valley' is of kind place, but actor",
    ):
        compiled(workspace)


def test_a_group_of_people_can_be_spoken_against_and_be_who_did_it(workspace: Workspace) -> None:
    by = AMOUNT.replace("event: flood", "event: flood, by: villagers")
    workspace.edit(AMOUNT, f"{by}    against: villagers\n")
    reading, values = grounded(workspace), values_of(workspace)
    compile_claim(reading, values, reading.claims[1])
    villagers = {resource("population", "villagers").value}
    assert objects(values.sink.quads, NODE, "qawl:against") == villagers
    (question,) = objects(values.sink.quads, NODE, "qawl:answers")
    asked = objects(values.questions.quads, NamedNode(question), "qawl:byActor")
    assert asked == villagers


@pytest.mark.parametrize(
    ("modality", "stance"),
    [
        ("asserted", "certain"),
        ("rhetorical", "certain"),
        ("commanded", "unknown"),
        ("wished", "unknown"),
        ("counterfactual", "unknown"),
        ("conditional", "unknown"),
        ("conditional, under: drowned", "certain"),  # certain, if its condition holds
        ("wished, stance: certainly-not", "certainly-not"),  # a wish that came too late
    ],
)
def test_what_nobody_says_to_be_so_is_left_open(
    workspace: Workspace, modality: str, stance: str
) -> None:
    lines = "".join(f"    {one}\n" for one in f"modality: {modality}".split(", "))
    workspace.edit(AMOUNT, AMOUNT + lines)
    assert objects(compiled(workspace), NODE, "qawl:stance") == {concept("stance", stance).value}


@pytest.mark.parametrize("more", ["stance: probable", "answer: {truth: true}"])
def test_a_wish_affirms_nothing(workspace: Workspace, more: str) -> None:
    workspace.edit(AMOUNT, f"    question: {{did: flood}}\n    modality: wished\n    {more}\n")
    with pytest.raises(ReadingError, match="a wished claim does not say that it is so"):
        compiled(workspace)
