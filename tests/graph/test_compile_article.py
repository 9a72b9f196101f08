"""An article as quads: the work, its texts, its author, and names that nobody knows."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
from examples import TEXT, write_article
from small_compiler import authority, objects, ontology

from kg.errors import ReadingError
from kg.graph.compile_article import author_of, compile_article
from kg.rdf.iris import article_graph, concept, resource, term
from kg.text.article import load_article

if TYPE_CHECKING:
    from examples import Workspace
    from pyoxigraph import Quad

WORK = resource("source", "flood")
AUTHOR = resource("actor", "flood", "author")


def describe(workspace: Workspace, lines: str) -> None:
    path = workspace.article / "article.yaml"
    path.write_text(path.read_text(encoding="utf-8") + lines, encoding="utf-8")


def compiled(workspace: Workspace) -> set[Quad]:
    return compile_article(load_article(workspace.article), ontology(), authority(workspace))


def test_an_article_is_a_source_in_a_graph_of_its_own(workspace: Workspace) -> None:
    describe(workspace, "title: الفيضان\npublished: 2001-06\nurl: https://example.org/flood\n")
    quads = compiled(workspace)
    assert {quad.graph_name for quad in quads} == {article_graph("flood")}
    assert term("qawl:Source").value in objects(quads, WORK, "rdf:type")
    assert objects(quads, WORK, "qawl:sourceType") == {concept("source-type", "article").value}
    assert objects(quads, WORK, "skos:prefLabel") == {"An example", "مثال"}
    assert objects(quads, WORK, "dcterms:title") == {"الفيضان"}
    assert objects(quads, WORK, "dcterms:issued") == {"2001-06"}
    assert objects(quads, WORK, "dcterms:source") == {"https://example.org/flood"}


def test_an_author_without_a_name_is_an_unnamed_actor(workspace: Workspace) -> None:
    quads = compiled(workspace)
    assert objects(quads, WORK, "dcterms:creator") == {AUTHOR.value}
    assert term("qawl:UnnamedActor").value in objects(quads, AUTHOR, "rdf:type")
    assert objects(quads, AUTHOR, "skos:prefLabel") == {
        "The unnamed author of “An example”",
        "كاتب «مثال» (لم يُذكر اسمه)",
    }


def test_a_named_author_is_the_authority_files(workspace: Workspace) -> None:
    describe(workspace, "author: ministry\n")
    article, ministry = load_article(workspace.article), resource("actor", "ministry")
    assert author_of(article, authority(workspace)) == ministry
    quads = compiled(workspace)
    assert objects(quads, WORK, "dcterms:creator") == {ministry.value}
    assert not [quad for quad in quads if quad.subject in (ministry, AUTHOR)]


def test_each_text_revises_the_one_before(workspace: Workspace) -> None:
    draft = "ذكرت الوكالة."
    (workspace.article / "draft.txt").write_text(draft, encoding="utf-8")
    sha256 = hashlib.sha256(draft.encode()).hexdigest()
    describe(
        workspace,
        f"version: 2\nearlier: [{{text: draft.txt, sha256: {sha256}, retrieved: 2001-05-04}}]\n",
    )
    quads = compiled(workspace)
    first, second = (resource("text", "flood", number) for number in "12")
    assert objects(quads, second, "prov:wasRevisionOf") == {first.value}
    assert objects(quads, first, "prov:wasRevisionOf") == set()
    assert objects(quads, first, "qawl:storedText") == {draft}
    assert objects(quads, first, "dcterms:created") == {"2001-05-04"}
    assert objects(quads, first, "prov:specializationOf") == {WORK.value}


def test_what_the_authority_files_say_of_an_article_stands(workspace: Workspace) -> None:
    path = workspace.graph / "authority" / "entities.ttl"
    path.write_text(
        path.read_text(encoding="utf-8")
        + 'source:cited a qawl:Source ; skos:prefLabel "Cited"@en, "مذكور"@ar ;\n'
        + "    qawl:sourceType srctype:news-report .\n",
        encoding="utf-8",
    )
    # The flood's own id is an event's: an article of another name.
    folder = write_article(workspace.graph, "cited", TEXT, None)
    quads = compile_article(load_article(folder), ontology(), authority(workspace))
    work = resource("source", "cited")
    assert objects(quads, work, "skos:prefLabel") == set()
    assert objects(quads, work, "qawl:sourceType") == set()
    assert objects(quads, work, "dc:language") == {"ar"}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("author: nobody", "article flood: author 'nobody' is not in the authority files"),
        (
            "publisher: nobody",
            "article flood: publisher 'nobody' is neither in the authority files nor an article",
        ),
        ("derived-from: [nothing]", "article flood: derived-from 'nothing' is neither in"),
        ("translation-of: nothing", "article flood: translation-of 'nothing' is neither in"),
        ("type: articel", "article flood: type: .*did you mean article"),
    ],
)
def test_unknown_names_in_the_metadata_are_refused(
    workspace: Workspace, line: str, message: str
) -> None:
    describe(workspace, f"{line}\n")
    with pytest.raises(ReadingError, match=message):
        compiled(workspace)
