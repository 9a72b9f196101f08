"""Decisions on entities and questions: one on a line, followed when a graph is compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from examples import AUTHORITY, READING, TEXT, write_article

from kg.errors import AuthorityError, ReadingError
from kg.files import shipped
from kg.graph.build import compile_graph
from kg.knowledge.authority import load_authority
from kg.knowledge.decisions import load_entity_decisions, load_question_decisions
from kg.knowledge.ontology import Ontology, load_ontology
from kg.rdf.iris import term
from kg.shacl.validate import validate

if TYPE_CHECKING:
    from pathlib import Path

    from pyoxigraph import Store

PROPOSED = """\
entities:
  agency-here: {type: MediaOutlet, label: {en: The agency, ar: الوكالة نفسها}}
"""
READING_PROPOSING = READING.replace("voices:\n", PROPOSED + "voices:\n", 1).replace(
    "speaker: agency, source: bulletin", "speaker: agency-here"
)


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return load_ontology(shipped.ontology_dir())


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    (tmp_path / "authority").mkdir()
    (tmp_path / "authority" / "entities.ttl").write_text(AUTHORITY, encoding="utf-8")
    write_article(tmp_path, "flood", TEXT, READING_PROPOSING)
    return tmp_path


def _decide(graph: Path, *lines: str, file: str = "entities.yaml") -> None:
    (graph / "authority" / file).write_text("".join(f"- {one}\n" for one in lines), "utf-8")


def _values(store: Store, subject: str, predicate: str) -> set[str]:
    quads = store.quads_for_pattern(term(subject), term(predicate), None)
    return {str(quad.object) for quad in quads}


def test_a_proposed_entity_becomes_one_of_the_corpus_and_leaves_a_redirect(graph: Path) -> None:
    _decide(graph, "{entity: agency, same: [flood/curated/agency-here], why: the same words}")
    store = compile_graph(graph).store
    old, new = "actor:flood/curated/agency-here", "actor:agency"
    assert _values(store, old, "dcterms:isReplacedBy") == {str(term(new))}
    assert _values(store, old, "rdf:type") == set()
    assert _values(store, "voice:flood/curated/agency", "qawl:speaker") == {str(term(new))}
    assert validate(store).passes


def test_a_redirect_outlasts_the_draft_that_proposed_the_entity(graph: Path) -> None:
    _decide(graph, "{entity: agency, same: [flood/curated/agency-here]}")
    reading = graph / "articles" / "flood" / "readings" / "curated.yaml"
    reading.write_text(READING, encoding="utf-8")
    store = compile_graph(graph).store
    redirect = _values(store, "actor:flood/curated/agency-here", "dcterms:isReplacedBy")
    assert redirect == {str(term("actor:agency"))}
    assert validate(store).passes


def test_a_new_entity_of_the_corpus_is_described_by_its_line(graph: Path) -> None:
    _decide(
        graph,
        "{entity: nahr, type: MediaOutlet, label: {en: Nahr, ar: نهر}, "
        "same: [flood/curated/agency-here]}",
    )
    store = compile_graph(graph).store
    assert _values(store, "actor:nahr", "skos:prefLabel") == {'"Nahr"@en', '"نهر"@ar'}
    assert _values(store, "voice:flood/curated/agency", "qawl:speaker") == {str(term("actor:nahr"))}
    assert validate(store).passes


def test_a_name_means_an_entity_in_every_article_but_where_it_was_decided_otherwise(
    graph: Path,
) -> None:
    named = "{entity: nahr, type: MediaOutlet, label: {en: Nahr, ar: نهر}, names: [الوَكالة نفسها]}"
    _decide(graph, named)
    speaker = _values(compile_graph(graph).store, "voice:flood/curated/agency", "qawl:speaker")
    assert speaker == {str(term("actor:nahr"))}
    _decide(graph, named, "{different: [nahr, flood/curated/agency-here]}")
    speaker = _values(compile_graph(graph).store, "voice:flood/curated/agency", "qawl:speaker")
    assert speaker == {str(term("actor:flood/curated/agency-here"))}


def test_an_entity_of_the_gazetteer_may_be_meant(graph: Path) -> None:
    _decide(graph, "{entity: reuters, same: [flood/curated/agency-here]}")
    store = compile_graph(graph).store
    assert '"Reuters"@en' in _values(store, "actor:reuters", "skos:prefLabel")


def test_two_entities_of_the_authority_files_become_one(graph: Path) -> None:
    _decide(graph, "{entity: agency, same: [ministry]}")
    store = compile_graph(graph).store
    assert _values(store, "actor:ministry", "dcterms:isReplacedBy") == {str(term("actor:agency"))}
    assert '"The Ministry"@en' in _values(store, "actor:agency", "skos:altLabel")
    speaker = _values(store, "voice:flood/curated/ministry", "qawl:speaker")
    assert speaker == {str(term("actor:agency"))}
    assert validate(store).passes


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["{entity: nobody, same: [flood/curated/agency-here]}"], "add its type and label"),
        (["{entity: agency, same: [x/y]}"], r"entities.yaml:1: same.0: "),
        (["{entity: agency, same: [nobody]}"], "'nobody' is not an entity"),
        (["{entity: agency, same: [valley]}"], "are of different kinds"),
        (
            ["{entity: agency, same: [a/b/c]}", "{entity: hospital, same: [a/b/c]}"],
            "entities.yaml:2: 'a/b/c' is 'hospital' here and 'agency' before",
        ),
        (
            ["{entity: agency, same: [ministry]}", "{entity: ministry, same: [hospital]}"],
            "use the last of these",
        ),
        (["{entity: x, type: Nothing, label: {en: X, ar: س}, same: [a/b/c]}"], "'x': 'Nothing'"),
        (
            ["{entity: agency, names: [Nahr]}", "{entity: hospital, names: [nahr]}"],
            "'nahr' is a name of 'hospital' and of 'agency'",
        ),
        (["{different: [flood/curated/agency-here]}"], r"entities.yaml:1: different: "),
        (["{sme: [a]}"], "entities.yaml:1: "),
    ],
)
def test_a_decision_that_cannot_be_followed_is_refused(
    graph: Path, ontology: Ontology, lines: list[str], message: str
) -> None:
    _decide(graph, *lines)
    with pytest.raises(AuthorityError, match=message):
        load_authority(graph / "authority", ontology)


def test_what_is_of_two_kinds_is_not_one(graph: Path) -> None:
    _decide(graph, "{entity: valley, same: [flood/curated/agency-here]}")
    with pytest.raises(ReadingError, match=r"is of kind actor, but .* of kind place"):
        compile_graph(graph)


def test_no_file_and_an_empty_file_decide_nothing(tmp_path: Path) -> None:
    assert load_entity_decisions(tmp_path).merged == {}
    (tmp_path / "questions.yaml").write_text("# nothing yet\n", encoding="utf-8")
    assert load_question_decisions(tmp_path).asked == {}


def test_a_claim_answers_the_question_that_was_decided(graph: Path) -> None:
    before = _answers(compile_graph(graph).store)
    assert before["drowned"] == before["drowned-by-agency"]
    ask = "ask: {how-many: deaths, of: villagers, place: valley}"
    _decide(graph, f"{{{ask}, claims: [flood/curated/drowned]}}", file="questions.yaml")
    store = compile_graph(graph).store
    after = _answers(store)
    assert after["drowned-by-agency"] == before["drowned-by-agency"]
    assert after["drowned"] != before["drowned"]
    assert validate(store).passes


def test_a_question_that_cannot_be_asked_is_refused_with_its_claim(graph: Path) -> None:
    _decide(
        graph, "{ask: {how-many: deaths, off: x}, claims: [flood/curated/drowned]}",
        file="questions.yaml",
    )  # fmt: skip
    with pytest.raises(ReadingError, match=r"questions.yaml: flood/curated/drowned: off: "):
        compile_graph(graph)


@pytest.mark.parametrize("ask", ["is-it-so: it-rained", "how-many: deaths, during: '2001'"])
def test_a_question_of_nothing_cannot_join_claims_of_articles(graph: Path, ask: str) -> None:
    _decide(graph, f"{{ask: {{{ask}}}, claims: [flood/curated/drowned]}}", file="questions.yaml")
    with pytest.raises(ReadingError, match=r"yaml: flood/curated/drowned: .* what it is about"):
        compile_graph(graph)


def test_a_claim_answers_one_question(graph: Path, ontology: Ontology) -> None:
    _decide(
        graph,
        "{ask: {how-many: deaths}, claims: [flood/curated/drowned]}",
        "{ask: {how-many: injured}, claims: [flood/curated/drowned]}",
        file="questions.yaml",
    )
    with pytest.raises(AuthorityError, match=r"questions.yaml:2: .*answers another question"):
        load_authority(graph / "authority", ontology)


def _answers(store: Store) -> dict[str, str]:
    quads = store.quads_for_pattern(None, term("qawl:answers"), None)
    return {str(quad.subject).strip("<>").rpartition("/")[2]: str(quad.object) for quad in quads}
