"""schema.org Claims: one spelled out, properties of the types alone, two parsers, no network."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

import pytest
import rdflib
from profile_examples import CLAIM, CLAIMS, READING, TOLL, forbid_network, graph_of, shipped
from pyoxigraph import BlankNode, NamedNode, RdfFormat, parse
from rdflib.compare import isomorphic

from kg.publish.profiles import export, profile
from kg.publish.profiles.base import Description, SelectedClaim
from kg.publish.profiles.schema_claims import schema_claims
from kg.publish.profiles.schema_nodes import quantity_node

ID = "https://w3id.org/qawl/id/"
GLOSS = {
    "@value": "The United States has lost 4487 service members in Iraq since the invasion of that "
    "country",
    "@language": "en",
}
WORDS = {
    "@value": "فقدت الولايات المتحدة 4487 عنصرا في العراق منذ غزو تلك البلاد",
    "@language": "ar",
}
# By hand, from the reading: the Pentagon's voice is explicit, the BBC's around it only inferred.
EXPECTED = {
    "@id": TOLL,
    "@type": "Claim",
    "additionalType": [
        "https://w3id.org/qawl/ontology#CasualtyClaim",
        "https://w3id.org/qawl/ontology#QuantityClaim",
    ],
    "name": [GLOSS, WORDS],
    "text": [WORDS, GLOSS],
    "isBasedOn": {"@id": f"{ID}passage/iraq-war-2003-2011/1/1778-1839"},
    "author": {"@id": f"{ID}actor/us-department-of-defense"},
    "creditText": [
        {
            "@value": "US Department of Defense (publish figures), quoted in: BBC (report) "
            "[inferred 0.85], quoted in: The article (state)",
            "@language": "en",
        },
        {
            "@value": "وزارة الدفاع الأمريكية (نشر أرقام)، كما نُقل في: بي بي سي (إيراد خبر) "
            "[مستنتج 0.85]، كما نُقل في: المقال (إفادة)",
            "@language": "ar",
        },
    ],
    "appearance": [
        {"@id": f"{ID}source/iraq-war-2003-2011"},
        {"@id": f"{ID}source/pentagon-figures"},
    ],
    "firstAppearance": {"@id": f"{ID}source/pentagon-figures"},
    "about": [
        {"@id": f"{ID}actor/united-states"},
        {"@id": f"{ID}actor/us-armed-forces"},
        {"@id": f"{ID}event/iraq-war"},
        {"@id": f"{ID}place/iraq"},
        {"@id": f"{ID}population/us-forces"},
        {"@id": f"{TOLL}.quantity"},
    ],
    "temporalCoverage": "2003-03-19/..",
    "spatialCoverage": {"@id": f"{ID}place/iraq"},
    "keywords": [
        {"@id": "https://w3id.org/qawl/vocab/stance/certain"},
        {"@id": "https://w3id.org/qawl/vocab/polarity/positive"},
    ],
    "isPartOf": {"@id": READING},
    "claimInterpreter": {"@id": f"{ID}agent/the-qawl-project"},
    "sdPublisher": {"@id": f"{ID}agent/the-qawl-project"},
    "sdDatePublished": "2026-11-22",
    "sdLicense": "https://creativecommons.org/licenses/by/4.0/",
}

# What schema.org defines, of what may be of use here, by type with the types above it.
THING = {"additionalType", "description", "name", "sameAs", "url"}
WORK = THING | {
    "about", "author", "copyrightNotice", "creator", "creditText", "dateCreated", "datePublished",
    "headline", "inLanguage", "isBasedOn", "isPartOf", "keywords", "license", "publisher",
    "sdDatePublished", "sdLicense", "sdPublisher", "spatialCoverage", "temporalCoverage", "text",
}  # fmt: skip
DEFINED = {
    "Thing": THING,
    "Person": THING,
    "Place": THING,
    **dict.fromkeys(
        ("Organization", "GovernmentOrganization", "NewsMediaOrganization",
         "ResearchOrganization"), THING),
    **dict.fromkeys(
        ("CreativeWork", "Article", "NewsArticle", "Dataset", "WebSite", "Quotation"), WORK),
    "Claim": WORK | {"appearance", "claimInterpreter", "firstAppearance"},
    "SoftwareApplication": WORK | {"softwareVersion"},
    "DefinedTerm": THING | {"inDefinedTermSet", "termCode"},
    "QuantitativeValue": THING | {"maxValue", "minValue", "unitCode", "unitText", "value"},
    "MonetaryAmount": THING | {"currency", "maxValue", "minValue", "value"},
}  # fmt: skip


@pytest.fixture(autouse=True)
def _offline(monkeypatch: pytest.MonkeyPatch) -> None:
    forbid_network(monkeypatch)


@cache
def content() -> bytes:
    return export(shipped(), "schema")


@cache
def nodes() -> dict[str, dict[str, Any]]:
    return {node["@id"]: node for node in json.loads(content())["@graph"]}


def test_the_toll_that_the_pentagon_gives() -> None:
    assert nodes()[TOLL] == EXPECTED
    assert nodes()[f"{TOLL}.quantity"] == {
        "@id": f"{TOLL}.quantity",
        "@type": "QuantitativeValue",
        "name": {"@value": "4487 عنصرا", "@language": "ar"},
        "value": 4487,
        "unitCode": "http://qudt.org/vocab/unit/NUM",
        "unitText": [
            {"@value": "person", "@language": "en"},
            {"@value": "شخص", "@language": "ar"},
        ],
    }
    assert nodes()[f"{ID}passage/iraq-war-2003-2011/1/1778-1839"] == {
        "@id": f"{ID}passage/iraq-war-2003-2011/1/1778-1839",
        "@type": "Quotation",
        "text": WORDS,
        "inLanguage": "ar",
        "isPartOf": {"@id": f"{ID}source/iraq-war-2003-2011"},
    }


def test_every_claim_is_there_with_who_where_and_what_in_both_languages() -> None:
    claims = [node for node in nodes().values() if node["@type"] == "Claim"]
    assert len(claims) == CLAIMS
    for claim in claims:
        for name in ("name", "text", "creditText"):
            languages = sorted(one["@language"] for one in claim[name])
            assert languages == ["ar", "en"], (claim["@id"], name)
        for name in ("appearance", "isBasedOn", "isPartOf", "claimInterpreter", "about"):
            assert name in claim, claim["@id"]
        # Memoranda speak, and no writer is named.
        assert ("author" in claim) is not claim["@id"].endswith("/presence-outweighs-saddam")


def test_nodes_have_only_what_schema_org_defines_for_their_types() -> None:
    for node in nodes().values():
        used = {name for name in node if not name.startswith("@")}
        assert used <= DEFINED[node["@type"]], node["@id"]
    assert not any("Review" in node["@type"] for node in nodes().values())
    assert "Rating" not in content().decode()


def test_every_name_is_one_of_schema_org() -> None:
    """Hold every type and property against the list that rdflib carries."""
    known = {str(one) for one in dir(rdflib.SDO)}
    for node in nodes().values():
        for name in (node["@type"], *(key for key in node if not key.startswith("@"))):
            assert f"https://schema.org/{name}" in known, name


def test_a_voice_that_is_only_inferred_is_not_the_author() -> None:
    """The dead to 2010: the Pentagon's and the BBC's voices are both the reader's conclusion."""
    claim = nodes()[f"{CLAIM}us-dead-to-2010"]
    assert claim["author"] == {"@id": f"{ID}actor/iraq-war-2003-2011/author"}
    assert claim["appearance"] == {"@id": f"{ID}source/iraq-war-2003-2011"}
    assert "firstAppearance" not in claim
    assert claim["creditText"][0]["@value"] == (
        "US Department of Defense (publish figures) [inferred 0.7], quoted in: BBC (report) "
        "[inferred 0.85], quoted in: The article (state)"
    )


def test_speakers_who_speak_jointly_are_both_authors() -> None:
    assert nodes()[f"{CLAIM}stiglitz-cost"]["author"] == [
        {"@id": f"{ID}actor/joseph-stiglitz"},
        {"@id": f"{ID}actor/linda-bilmes"},
    ]


def test_when_it_was_said_is_a_date_of_schema_org() -> None:
    assert nodes()[f"{CLAIM}intelligence-wrong"]["datePublished"] == "2016-07-06"
    # 2000? is EDTF and no date of ISO 8601-1.
    assert "datePublished" not in nodes()[f"{CLAIM}confronting-to-liberate"]


def test_words_stand_in_the_order_of_the_article() -> None:
    arabic = nodes()[f"{CLAIM}displaced-share"]["text"][0]["@value"]
    assert arabic == (
        "حوالي 1.6 مليون عراقي أُبعدوا عن ديارهم داخل العراق "
        "في الفترة الممتدة ما بين عامي 2006 و2010 … "
        "ويشكِّل هذا العدد 5.5 في المئة من عدد سكان البلاد."
    )


AMOUNTS = {
    "crs-cost": {"@type": "MonetaryAmount", "value": 802000000000, "currency": "USD"},
    "crs-appropriated": {"@type": "MonetaryAmount", "value": 747600000000, "currency": "USD"},
    "stiglitz-cost": {
        "@type": "MonetaryAmount",
        "value": 3e21,
        "currency": "USD",
        "description": [
            {
                "@value": "as written; the reader believes that 3000000000000 is meant",
                "@language": "en",
            },
            {"@value": "كما في النص؛ ويرى القارئ أن المقصود 3000000000000", "@language": "ar"},
        ],
    },
    "displaced-share": {"@type": "QuantitativeValue", "value": 5.5,
                        "unitCode": "http://qudt.org/vocab/unit/PERCENT"},
    "us-force-level": {"@type": "QuantitativeValue", "minValue": 100000, "maxValue": 150000},
    "returned-to-2010": {
        "@type": "QuantitativeValue",
        "value": 400000,
        "description": [
            {"@value": "about", "@language": "en"},
            {"@value": "نحو", "@language": "ar"},
        ],
    },
    "uk-military-cost": {
        "@type": "QuantitativeValue",
        "unitCode": "http://qudt.org/vocab/unit/PERCENT",
        "description": [
            {"@value": "most of", "@language": "en"},
            {"@value": "معظم", "@language": "ar"},
        ],
    },
}  # fmt: skip


@pytest.mark.parametrize("name", AMOUNTS)
def test_amounts_keep_what_they_are(name: str) -> None:
    found = nodes()[f"{CLAIM}{name}.quantity"]
    expected = AMOUNTS[name]
    assert {key: found.get(key) for key in expected} == expected
    for bound in ("value", "minValue", "maxValue", "description"):
        assert (bound in found) == (bound in expected)


@pytest.mark.parametrize(
    ("comparator", "bound", "words"),
    [
        ("at-least", "minValue", "at least"),
        ("more-than", "minValue", "more than"),
        ("at-most", "maxValue", "at most"),
        ("less-than", "maxValue", "less than"),
    ],
)
def test_bounds_are_bounds(comparator: str, bound: str, words: str) -> None:
    graph = graph_of(
        f"ex:a qawl:numericValue 7.5 ; qawl:comparator comparator:{comparator} ;"
        " qawl:approximate true ."
        f'comparator:{comparator} skos:prefLabel "{words}"@en .'
    )
    about = Description(quad.triple for quad in graph.store)
    node = quantity_node(about, about, NamedNode("http://example.org/a"), "ar")
    assert node[bound] == 7.5
    assert node["description"][0] == {"@value": f"about; {words}", "@language": "en"}
    assert not {"value", "minValue", "maxValue"} - {bound} & set(node)


def test_an_event_is_not_said_to_have_taken_place() -> None:
    assert nodes()[f"{ID}event/saddam-al-qaeda-cooperation"]["@type"] == "Thing"
    assert not any(node["@type"] == "Event" for node in nodes().values())


def test_the_text_of_the_article_is_not_exported() -> None:
    article = nodes()[f"{ID}source/iraq-war-2003-2011"]
    assert "text" not in article
    assert "unknown" in article["copyrightNotice"][0]["@value"]


def test_two_parsers_read_the_same_without_fetching_anything() -> None:
    """The same triples, whatever way a parser has of writing a number."""
    quads = list(parse(content(), format=RdfFormat.JSON_LD))
    assert not any(BlankNode in map(type, (quad.subject, quad.object)) for quad in quads)
    theirs = rdflib.Graph().parse(data=content(), format="json-ld")
    ours = rdflib.Graph()
    ours.parse(data="".join(f"{quad.triple} .\n" for quad in quads), format="nt")
    assert len(ours) == len(theirs)

    def plain(graph: rdflib.Graph) -> rdflib.Graph:
        found = rdflib.Graph()
        for subject, predicate, value in graph:
            number = isinstance(value, rdflib.Literal) and value.datatype is not None
            found.add((subject, predicate, rdflib.Literal(float(value)) if number else value))
        return found

    assert isomorphic(plain(ours), plain(theirs))
    claims = ours.subjects(rdflib.RDF.type, rdflib.URIRef("https://schema.org/Claim"))
    assert len(set(claims)) == CLAIMS


def test_links_are_links() -> None:
    triples = {(quad.subject.value, quad.predicate.value, str(quad.object))
               for quad in parse(content(), format=RdfFormat.JSON_LD)}  # fmt: skip
    schema = "https://schema.org/"
    assert (f"{ID}actor/tony-blair", f"{schema}sameAs",
            "<http://www.wikidata.org/entity/Q9545>") in triples  # fmt: skip
    for name in ("additionalType", "inDefinedTermSet", "license", "sdLicense", "unitCode"):
        values = [value for _, predicate, value in triples if predicate == f"{schema}{name}"]
        assert values, name
        assert all(value.startswith("<") for value in values), name


def test_a_claim_without_a_gloss_or_voice_of_its_own_is_still_one() -> None:
    graph = graph_of("c:one a qawl:Claim ; qawl:inReading ex:r . ex:r a qawl:Reading .")
    claims = [SelectedClaim(NamedNode(f"{CLAIM}one"), NamedNode("http://example.org/r"))]
    found = schema_claims(graph, claims)["@graph"]
    assert {node["@type"] for node in found} == {"Claim", "Dataset"}


def test_the_profile_says_what_it_cannot_say() -> None:
    assert len(profile("schema").limits) == 7
