"""Adding an article never changes what another article says.

What an article says lies in the graphs of its text and of its readings. Whatever other article
comes, those graphs stay what they were, quad by quad; only what is shared (questions, authority)
and what is derived may grow.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import hypothesis.strategies as st
from examples import AUTHORITY, READING, TEXT, write_article
from hypothesis import given, settings

from kg.graph.build import compile_graph
from kg.rdf.iris import QUESTIONS_GRAPH, ReadingName, article_graph

if TYPE_CHECKING:
    from pyoxigraph import Quad

FLOOD = {ReadingName("flood", "curated").node, article_graph("flood")}

VOICES = st.fixed_dictionaries(
    {
        "speaker": st.sampled_from(["agency", "ministry", "hospital", "villagers"]),
        "act": st.sampled_from(["report", "deny", "accuse", "estimate", "claim"]),
        "source": st.sampled_from(["", ", source: bulletin", ", source: flood"]),
    }
)
ANSWERS = st.sampled_from(
    [
        (
            "question: {how-many: deaths, of: villagers, event: flood}, "
            "answer: {value: 12, unit: person}"
        ),
        (
            "question: {how-many: deaths, of: villagers, event: flood, during: 2001/..}, "
            "answer: {value: 20, unit: person, approximate: true}, as-of: '2003'"
        ),
        "question: {did: flood}",
        "question: {did: flood}, stance: unknown",
        "question: {when: start, event: flood}, answer: 2001~",
        "question: {is-it-so: {subject: ministry, predicate: cause, object: flood}}, kind: causal",
    ]
)
METADATA = st.sampled_from(["", "derived-from: [flood]\n", "published: '2005'\n", "type: report\n"])


def _compiled(folder: Path) -> set[Quad]:
    return set(compile_graph(folder).store)


def _said_by_the_flood(quads: set[Quad]) -> set[Quad]:
    return {quad for quad in quads if quad.graph_name in FLOOD}


@settings(max_examples=15, deadline=None)
@given(voice=VOICES, answers=st.lists(ANSWERS, min_size=1, max_size=4), metadata=METADATA)
def test_another_article_changes_nothing_that_the_first_says(
    voice: dict[str, str], answers: list[str], metadata: str
) -> None:
    claims = "".join(
        f"  - {{id: claim-{number}, voice: told, quote: الماء, gloss: Water, {answer}}}\n"
        for number, answer in enumerate(answers)
    )
    reading = (
        "article: other\nreader: {name: A reader, kind: person}\nmade: 2026-11-22\n"
        "implies: [flood]\nvoices:\n  article: {speaker: the-article}\n"
        f"  told: {{in: article, speaker: {voice['speaker']}, act: {voice['act']}"
        f"{voice['source']}, cue: قيل}}\nclaims:\n{claims}"
    )
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "authority").mkdir()
        (folder / "authority" / "entities.ttl").write_text(AUTHORITY, encoding="utf-8")
        write_article(folder, "flood", TEXT, READING)
        before = _compiled(folder)
        other = write_article(folder, "other", "قيل الماء", reading)
        described = other / "article.yaml"
        described.write_text(described.read_text(encoding="utf-8") + metadata, encoding="utf-8")
        after = _compiled(folder)
    assert _said_by_the_flood(after) == _said_by_the_flood(before)
    asked = {quad for quad in before if quad.graph_name == QUESTIONS_GRAPH}
    assert asked <= after
