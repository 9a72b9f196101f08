"""The flattened view: loud about what it is, and silent where a claim is not certain."""

from __future__ import annotations

import pytest
import rdflib
from profile_examples import CLAIM, CLAIMS, READING, TOLL, forbid_network, graph_of, quads, shipped
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, parse

from kg.publish.profiles import export, profile
from kg.publish.profiles.base import SelectedClaim, select_claims
from kg.publish.profiles.flattened import FLATTENED, FLATTENED_CLAIMS, flattened
from kg.publish.profiles.plain_triples import FLAT

# The graph's description: class, licence, reading; title, description, comment in two languages.
DESCRIPTION = 3 + 3 * 2


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    forbid_network(monkeypatch)


def test_the_toll_that_the_pentagon_gives() -> None:
    found = set(flattened(shipped(), select_claims(shipped(), claims=["us-dead-2003-2011"])))
    assert {quad for quad in found if quad.graph_name == FLATTENED_CLAIMS} == {
        quad for quad in found if quad.subject.value.startswith(f"{TOLL}.flat.")
    }
    (node,) = {quad.subject for quad in found if quad.graph_name == FLATTENED_CLAIMS}
    expected = quads(
        "graph:flattened { population:us-forces flat:deaths "
        '"4487"^^xsd:decimal . graph:flattened a flat:FlattenedGraph ;'
        f"prov:wasDerivedFrom <{READING}> . }}"
        f"graph:flattened-claims {{ {node} a flat:PlainTriple ; flat:claim c:us-dead-2003-2011 ;"
        "flat:subject population:us-forces ; flat:predicate flat:deaths ;"
        'flat:object "4487"^^xsd:decimal ; flat:standing flat:asserted . }'
        "<https://w3id.org/qawl/flat> { flat:deaths a rdf:Property ; rdfs:seeAlso measure:deaths ;"
        'rdfs:label "deaths"@en , "عدد القتلى والوفيات"@ar . }'
    )
    assert expected <= found


def test_the_file_says_what_it_is_in_both_languages_at_its_head() -> None:
    for syntax in ("trig", "nq"):
        head = export(shipped(), "flattened", syntax=syntax).decode().splitlines()[:4]
        assert all(line.startswith("# ") for line in head)
        assert head[0] == "# Claims flattened as if asserted"
        assert "Qawl does not say what this graph says" in head[1]
        assert head[2] == "# أقوال مسطحة كأنها مثبتة"
        assert "لا يقول «قَوْل» ما يقوله هذا الرسم البياني" in head[3]


def test_the_graph_says_what_it_is_in_itself() -> None:
    found = {
        (quad.predicate.value.rpartition("/")[2].rpartition("#")[2], quad.object.language)
        for quad in flattened(shipped(), select_claims(shipped()))
        if quad.subject == quad.graph_name == FLATTENED and isinstance(quad.object, Literal)
    }
    assert found == {
        (name, language)
        for name in ("title", "description", "comment")
        for language in ("en", "ar")
    }


def test_only_what_a_voice_is_certain_of_is_put_as_asserted() -> None:
    """Of 146 triples 5 are withheld, and no two claims make one triple."""
    statements = set(flattened(shipped(), select_claims(shipped())))
    plain = [quad for quad in statements if quad.graph_name == FLATTENED]
    assert len(plain) == 146 - 5 + DESCRIPTION
    listed: dict[NamedNode, dict[str, object]] = {}
    for quad in statements:
        if quad.graph_name == FLATTENED_CLAIMS:
            name = quad.predicate.value.removeprefix(FLAT)
            listed.setdefault(quad.subject, {})[name] = quad.object
    assert len(listed) == 146
    assert len({node["claim"] for node in listed.values()}) == CLAIMS
    asserted = {(quad.subject, quad.predicate, quad.object) for quad in plain}
    for node in listed.values():
        triple = (node["subject"], node["predicate"], node["object"])
        assert (triple in asserted) == (node["standing"] == NamedNode(f"{FLAT}asserted")), node
    standings = {
        node["claim"].value.removeprefix(CLAIM): node["standing"].value.removeprefix(FLAT)
        for node in listed.values()
    }
    assert {name: one for name, one in standings.items() if one != "asserted"} == {
        "crs-cost": "uncertain",
        "stiglitz-cost": "garbled",
        "displaced-2006-2010": "uncertain",
        "aftermath-complicated": "uncertain",
        "blair-sorry-beyond-belief": "uncertain",
    }


def test_a_denial_reads_as_one() -> None:
    found = set(flattened(shipped(), select_claims(shipped(), claims=["no-wmd"])))
    holds = NamedNode(f"{FLAT}holds")
    plain = {quad for quad in found if quad.graph_name == FLATTENED}
    truths = {str(quad.object) for quad in plain if quad.predicate == holds}
    assert truths == {'"false"^^<http://www.w3.org/2001/XMLSchema#boolean>'}


def test_a_number_that_is_denied_is_listed_and_not_put() -> None:
    graph = graph_of(
        "c:one a qawl:Claim ; qawl:answers ex:q ; qawl:answerQuantity ex:a ; qawl:inReading ex:r ;"
        "qawl:polarity polarity:negative ; qawl:stance stance:certainly-not ."
        "ex:q qawl:measure measure:deaths ; qawl:population ex:people ."
        "ex:a qawl:numericValue 7.5 ."
    )
    claims = [SelectedClaim(NamedNode(f"{CLAIM}one"), NamedNode("http://example.org/r"))]
    found = flattened(graph, claims)
    people = NamedNode("http://example.org/people")
    assert not any(quad.subject == people for quad in found)
    assert {quad.predicate.value for quad in found if quad.object == people} == {f"{FLAT}subject"}
    assert NamedNode(f"{FLAT}denied") in {quad.object for quad in found}


def test_every_term_that_is_used_is_described() -> None:
    statements = flattened(shipped(), select_claims(shipped()))
    used = {node.value for quad in statements for node in (quad.predicate, quad.object)
            if isinstance(node, NamedNode) and node.value.startswith(FLAT)}  # fmt: skip
    labels = {(quad.subject.value, quad.object.language) for quad in statements
              if quad.predicate.value.endswith("#label")}  # fmt: skip
    assert {(term, language) for term in used for language in ("en", "ar")} <= labels


def test_no_measure_role_or_aspect_takes_the_name_of_a_term_of_the_view() -> None:
    codes = {row[0].value for row in shipped().sparql(
        "SELECT ?code { ?c skos:inScheme ?s ; skos:notation ?code "
        "FILTER (?s IN (<https://w3id.org/qawl/vocab/measure>, <https://w3id.org/qawl/vocab/role>,"
        "<https://w3id.org/qawl/vocab/aspect>)) }"
    )}  # fmt: skip
    assert len(codes) > 20
    assert not codes & {"claim", "subject", "predicate", "object", "standing", "asserted",
                        "denied", "uncertain", "garbled", "holds", "happened"}  # fmt: skip


@pytest.mark.parametrize(
    ("syntax", "rdf_format"), [("trig", RdfFormat.TRIG), ("nq", RdfFormat.N_QUADS)]
)
def test_each_format_reads_back_as_the_same(syntax: str, rdf_format: RdfFormat) -> None:
    content = export(shipped(), "flattened", syntax=syntax)
    expected = set(flattened(shipped(), select_claims(shipped())))
    assert set(parse(content, format=rdf_format)) == expected
    assert not any(BlankNode in map(type, (one.subject, one.object)) for one in expected)
    # RDF 1.1 is enough to read it.
    dataset = rdflib.Dataset()
    dataset.parse(data=content, format={"trig": "trig", "nq": "nquads"}[syntax])
    assert len(list(dataset.quads())) == len(expected)


def test_one_more_claim_changes_only_its_own_lines() -> None:
    one, two = (
        set(export(shipped(), "flattened", claims=claims, syntax="nq").splitlines())
        for claims in (["us-dead-2003-2011"], ["us-dead-2003-2011", "crs-appropriated"])
    )
    assert one < two


def test_the_profile_says_what_it_cannot_say() -> None:
    assert len(profile("flattened").limits) == 5
