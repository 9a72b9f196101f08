"""From a reading to quads: IRIs, values, voices, grounding."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from small_compiler import authority, objects, ontology

from kg.errors import GroundingError, ReadingError
from kg.graph.build import compile_graph
from kg.graph.compile_reading import compile_reading
from kg.rdf.iris import AGENTS_GRAPH, QUESTIONS_GRAPH, ReadingName, article_graph, resource, term
from kg.reading.file import load_reading
from kg.sparql.results import Table, plain
from kg.store.local import Graph
from kg.text.article import load_article

if TYPE_CHECKING:
    from examples import Workspace
    from pyoxigraph import Quad

READING = ReadingName("flood", "curated").node


def compiled(workspace: Workspace) -> set[Quad]:
    """Compile the reading alone."""
    return compile_reading(
        load_reading(workspace.reading),
        load_article(workspace.article),
        ontology(),
        authority(workspace),
    )


def ask(workspace: Workspace, query: str) -> list[tuple[object, ...]]:
    answer = Graph(compile_graph(workspace.graph).store).sparql(query)
    assert isinstance(answer, Table)
    return [tuple(map(plain, row)) for row in answer]


def test_a_claim_has_its_voice_words_and_amount(workspace: Workspace) -> None:
    rows = ask(
        workspace,
        """SELECT ?value ?unit ?exact ?start ?end WHERE {
          claim:flood\\/curated\\/drowned a qawl:CasualtyClaim, qawl:QuantityClaim, qawl:Claim ;
            qawl:voice voice:flood\\/curated\\/ministry ; qawl:evidence ?passage ;
            qawl:answerQuantity ?q .
          ?q qawl:numericValue ?value ; qawl:unit ?unit .
          ?passage oa:hasSelector/oa:exact ?exact ; oa:hasSelector/oa:start ?start ;
            oa:hasSelector/oa:end ?end .
        }""",
    )
    quote = "غرق 12 شخصا في الوادي منذ 3 مايو 2001"
    assert rows == [(12, "http://qudt.org/vocab/unit/NUM", quote, 40, 40 + len(quote))]


def test_one_path_returns_the_whole_chain(workspace: Workspace) -> None:
    rows = ask(
        workspace,
        """SELECT ?name WHERE { claim:flood\\/curated\\/drowned
             qawl:voice/qawl:quotedIn* ?voice . ?voice dcterms:identifier ?name }
           ORDER BY ?name""",
    )
    assert rows == [("agency",), ("article",), ("ministry",)]


def test_claims_of_one_question_meet_on_its_iri(workspace: Workspace) -> None:
    rows = ask(workspace, "SELECT (COUNT(DISTINCT ?q) AS ?n) WHERE { ?c qawl:answers ?q }")
    assert rows == [(1,)]


def test_adding_a_claim_adds_its_own_lines_only(workspace: Workspace) -> None:
    before = set(compile_graph(workspace.graph, rules=False).store)
    workspace.edit(
        "mentions:",
        """  - id: drowned-in-valley
    voice: agency
    kind: occurrence
    quote: في الوادي
    gloss: It was in the valley
mentions:""",
    )
    after = set(compile_graph(workspace.graph, rules=False).store)
    assert before < after
    new = "drowned-in-valley"
    passage = "passage/flood/1/52-61"
    assert all(new in str(quad) or passage in str(quad) for quad in after - before)


def test_no_node_is_blank(workspace: Workspace) -> None:
    assert ask(workspace, "SELECT * WHERE { ?s ?p ?o FILTER(isBlank(?s) || isBlank(?o)) }") == []


def test_a_missing_quote_is_shown_with_its_nearest_place(workspace: Workspace) -> None:
    workspace.edit("quote: عدد الغرقى بلغ 15 شخصا", "quote: عدد الغرقي بلغ ١٥ شخصا")
    with pytest.raises(GroundingError) as caught:
        compile_graph(workspace.graph)
    message = str(caught.value)
    assert "curated.yaml:" in message
    assert "'drowned-by-agency'" in message
    assert "[عدد الغرقى بلغ 15 شخصا]" in message


def test_an_ambiguous_quote_is_shown_with_its_candidates(workspace: Workspace) -> None:
    workspace.edit("quote: عدد الغرقى بلغ 15 شخصا", "quote: الوكالة")
    with pytest.raises(GroundingError, match="occurs 2 times in flood"):
        compile_graph(workspace.graph)


def test_a_prefix_chooses_among_places(workspace: Workspace) -> None:
    workspace.edit(
        "cue: الوزارة أعلنت", "cue: {exact: 'الوكالة', prefix: 'وتقول ', suffix: ' نفسها'}"
    )
    rows = ask(
        workspace,
        """SELECT ?start WHERE { voice:flood\\/curated\\/ministry
             qawl:cue/oa:hasSelector/oa:start ?start }""",
    )
    assert rows == [(85,)]


def test_a_surface_must_lie_in_its_claim(workspace: Workspace) -> None:
    workspace.edit("surface: 15 شخصا", "surface: 12 شخصا")
    with pytest.raises(GroundingError, match="not inside the quotes"):
        compile_graph(workspace.graph)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("unit: person, surface: 12", "unit: persn, surface: 12", "did you mean person"),
        (
            "of: villagers, event: flood}\n    answer: {value: 12",
            "of: agency}\n    answer: {value: 12",
            "of kind actor",
        ),
        ("speaker: ministry", "speaker: minister", "did you mean ministry"),
        ("act: announce", "act: anounce", "did you mean announce"),
        ("how-many: deaths", "how-many: dead", "did you mean deaths"),
    ],
)
def test_unknown_words_are_named_with_their_place(
    workspace: Workspace, old: str, new: str, message: str
) -> None:
    workspace.edit(old, new)
    with pytest.raises(ReadingError, match=message) as caught:
        compile_graph(workspace.graph)
    assert "curated.yaml:" in str(caught.value)


def test_no_triple_stands_in_two_graphs(workspace: Workspace) -> None:
    # The union of graphs would show it twice, and every join over it would double.
    second = workspace.reading.with_name("second.yaml")
    second.write_text(workspace.reading.read_text(encoding="utf-8"), encoding="utf-8")
    store = compile_graph(workspace.graph).store
    assert len({quad.triple for quad in store}) == len(store)


def test_a_second_reading_doubles_no_row(workspace: Workspace) -> None:
    second = workspace.reading.with_name("second.yaml")
    second.write_text(workspace.reading.read_text(encoding="utf-8"), encoding="utf-8")
    graph = Graph(compile_graph(workspace.graph).store)
    assert len(graph.table("claims")) == 4
    assert len(graph.table("quotes-with-offsets")) == 4
    assert len(graph.table("readings")) == 2
    assert len(graph.table("who-said", claim="claim:flood/second/drowned")) == 3


# The reading by itself


def test_a_reading_writes_its_own_graph_and_three_that_are_shared(workspace: Workspace) -> None:
    quads = compiled(workspace)
    assert {quad.graph_name for quad in quads} == {
        READING,
        article_graph("flood"),
        QUESTIONS_GRAPH,
        AGENTS_GRAPH,
    }
    assert objects(quads, READING, "dcterms:created") == {"2026-11-22"}
    assert objects(quads, READING, "prov:wasDerivedFrom") == {resource("text", "flood", "1").value}
    reader = resource("agent", "a-reader")
    assert objects(quads, READING, "prov:wasAttributedTo") == {reader.value}
    assert objects(quads, reader, "rdf:type") == {term("prov:Agent").value}


def test_an_entity_of_the_reading_has_the_kind_of_its_class(workspace: Workspace) -> None:
    workspace.edit(
        "voices:", "entities:\n  mayor: {type: Person, label: {en: Mayor, ar: العمدة}}\nvoices:"
    )
    quads, mayor = compiled(workspace), resource("actor", "flood", "curated", "mayor")
    assert objects(quads, mayor, "skos:prefLabel") == {"Mayor", "العمدة"}
    assert term("qawl:Person").value in objects(quads, mayor, "rdf:type")


@pytest.mark.parametrize(
    ("entity", "message"),
    [
        ("mayor: {type: Claim,", "'Claim' is not an entity"),
        ("mayor: {type: Persn,", "did you mean Person"),
        ("agency: {type: Person,", r"'agency' .* authority files"),
    ],
)
def test_an_entity_that_cannot_be_is_refused_with_its_place(
    workspace: Workspace, entity: str, message: str
) -> None:
    workspace.edit("voices:", f"entities:\n  {entity} label: {{en: One, ar: واحد}}}}\nvoices:")
    with pytest.raises(ReadingError, match=message) as caught:
        compiled(workspace)
    assert str(caught.value).startswith(f"{workspace.reading}:5: ")


def test_a_reading_of_a_text_that_is_not_there_is_refused(workspace: Workspace) -> None:
    workspace.edit("article: flood\n", "article: flood\nversion: 2\n")
    with pytest.raises(ReadingError, match="has no version 2; it has 1") as caught:
        compiled(workspace)
    assert str(caught.value).startswith(f"{workspace.reading}:2: ")


@pytest.mark.parametrize(
    ("kind", "links"),
    [
        ("refines", {"qawl:refines"}),
        ("supersedes", {"qawl:supersedes", "qawl:updates"}),
        ("part-of", {"qawl:countedWithin"}),
    ],
)
def test_a_relation_links_its_claims_as_its_kind_says(
    workspace: Workspace, kind: str, links: set[str]
) -> None:
    pair = f"{kind}: [drowned, drowned-by-agency], basis: stated"
    workspace.edit("mentions:", f"relations:\n  - {{id: pair, {pair}}}\nmentions:")
    one, other = (
        resource("claim", "flood", "curated", name) for name in ("drowned", "drowned-by-agency")
    )
    linking = {
        quad.predicate
        for quad in compiled(workspace)
        if (quad.subject, quad.object) == (one, other)
    }
    assert linking == set(map(term, links))
