"""One voice as quads: who speaks in whose words, how deep, by which act and when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples import TEXT
from small_compiler import grounded, objects, values_of

from kg.errors import ReadingError
from kg.graph.compile_voice import compile_voice
from kg.rdf.iris import concept, resource, term

if TYPE_CHECKING:
    from examples import Workspace
    from pyoxigraph import NamedNode, Quad

CUE = "ذكرت الوكالة في نشرتها أن"


def node(name: str) -> NamedNode:
    return resource("voice", "flood", "curated", name)


def compiled(workspace: Workspace, name: str) -> set[Quad]:
    values = values_of(workspace)
    compile_voice(grounded(workspace), values, name)
    return values.sink.quads


def test_the_articles_own_voice_is_quoted_in_no_other(workspace: Workspace) -> None:
    quads, article = compiled(workspace, "article"), node("article")
    assert objects(quads, article, "qawl:depth") == {"0"}
    assert objects(quads, article, "qawl:quotedIn") == set()
    assert objects(quads, article, "qawl:inSource") == {resource("source", "flood").value}
    author = resource("actor", "flood", "author")
    assert objects(quads, article, "qawl:speaker") == {author.value}
    assert term("qawl:ArticleVoice").value in objects(quads, article, "rdf:type")
    assert objects(quads, article, "qawl:saidDuring") == set()


def test_the_article_speaks_when_it_is_published(workspace: Workspace) -> None:
    path = workspace.article / "article.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "published: 2001-05-04\n", encoding="utf-8")
    quads = compiled(workspace, "article")
    said = resource("voice", "flood", "curated", "article.said")
    assert objects(quads, node("article"), "qawl:saidDuring") == {said.value}
    assert objects(quads, said, "qawl:edtf") == {"2001-05-04"}
    # The article has no words for the day on which it appears.
    assert objects(quads, said, "qawl:dateStatus") == {concept("date-status", "implied").value}
    assert objects(compiled(workspace, "agency"), node("agency"), "qawl:saidDuring") == set()


def test_a_quoted_voice_lies_in_another(workspace: Workspace) -> None:
    quads, agency = compiled(workspace, "agency"), node("agency")
    assert objects(quads, agency, "qawl:depth") == {"1"}
    assert objects(quads, agency, "qawl:quotedIn") == {node("article").value}
    assert objects(quads, agency, "qawl:inSource") == {resource("source", "bulletin").value}
    assert objects(quads, agency, "qawl:speechAct") == {concept("speech-act", "report").value}
    assert TEXT.startswith(CUE)
    cue = resource("passage", "flood", "1", f"0-{len(CUE)}")
    assert objects(quads, agency, "qawl:cue") == {cue.value}
    ministry = compiled(workspace, "ministry")
    assert objects(ministry, node("ministry"), "qawl:depth") == {"2"}
    assert objects(ministry, node("ministry"), "qawl:quotedIn") == {agency.value}


def test_a_source_that_speaks_by_itself_gives_the_voice_its_label(workspace: Workspace) -> None:
    workspace.edit("speaker: agency, source: bulletin", "speaker: [], source: bulletin")
    quads = compiled(workspace, "agency")
    assert objects(quads, node("agency"), "qawl:speaker") == set()
    labels = objects(quads, node("agency"), "rdfs:label")
    assert {label.split(" (")[0] for label in labels} == {"The bulletin", "النشرة"}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("act: report", "act: reprot", r"curated\.yaml:\d+: .*did you mean report"),
        ("speaker: agency, source", "speaker: valley, source", "'valley' is of kind place"),
        ("source: bulletin", "source: ministry", "'ministry' is of kind actor, but source"),
    ],
)
def test_words_that_do_not_fit_are_named_with_their_place(
    workspace: Workspace, old: str, new: str, message: str
) -> None:
    workspace.edit(old, new)
    with pytest.raises(ReadingError, match=message) as caught:
        compiled(workspace, "agency")
    assert f"{workspace.reading}:" in str(caught.value)
