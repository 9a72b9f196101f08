"""The documentation as pages: complete, well-formed, linked, accessible, safe."""

from __future__ import annotations

import re
from itertools import pairwise
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING
from urllib.parse import unquote

import html5rdf
import pytest
import rdflib
from examples import ROOT
from ontology_turtle import QAWL, VOCAB
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS

from kg.errors import AuthorityError
from kg.ontology_docs import Alternate, document_page, load_ontology_docs, term_fragment
from kg.ontology_docs.site import site_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from kg.ontology_docs import OntologyDocs

SCHEMES = sorted((ROOT / "ontology" / "vocab").glob("*.ttl"))
ARABIC = re.compile("[\u0621-\u064a]")
HTML = "{http://www.w3.org/1999/xhtml}"
XLINK = "{http://www.w3.org/1999/xlink}"


@pytest.fixture(scope="module")
def docs() -> OntologyDocs:
    return load_ontology_docs()


@pytest.fixture(scope="module")
def site(docs: OntologyDocs) -> dict[str, bytes]:
    return site_files(docs)


@pytest.fixture(scope="module")
def trees(site: dict[str, bytes]) -> dict[str, Element]:
    """Parse all pages; the parser raises where the HTML is not well-formed."""
    parser = html5rdf.HTMLParser(strict=True, namespaceHTMLElements=False)
    return {
        name: parser.parse(content.decode())
        for name, content in site.items()
        if name.endswith(".html")
    }


@pytest.fixture(scope="module")
def sections(trees: dict[str, Element]) -> dict[str, dict[str, str]]:
    """Return by page the text, attributes included, of each element that has an id."""
    return {
        page: {one.get("id"): whole_text(one) for one in tree.iter() if one.get("id")}
        for page, tree in trees.items()
    }


def whole_text(element: Element) -> str:
    links = [one.get("href") or "" for one in element.iter("a")]
    return " ".join("".join(element.itertext()).split()) + " " + " ".join(links)


def squeezed(text: str) -> str:
    return " ".join(text.split())


def triples(*names: str) -> rdflib.Graph:
    graph = rdflib.Graph()
    for name in names:
        for path in sorted((ROOT / "ontology").glob(name)):
            graph.parse(path)
    return graph


# All of it is there


def test_every_term_has_its_section_with_all_that_is_written_of_it(
    sections: dict[str, dict[str, str]],
) -> None:
    graph = triples("qawl.ttl")
    terms = {node for node in graph.subjects(RDF.type, None) if str(node).startswith(QAWL)}
    assert len(terms) == 292
    for page in ("ontology.html", "ontology.ar.html"):
        for node in terms:
            section = sections[page][str(node).removeprefix(QAWL)]
            for predicate, value in graph.predicate_objects(node):
                if predicate == OWL.deprecated:  # told by the heading above it
                    assert section.split()[0] in sections[page]["sec-deprecated"].split()
                elif isinstance(value, rdflib.Literal):
                    assert squeezed(value) in section, f"{page} {node} {predicate}"
                elif str(value).startswith(QAWL):
                    assert f"#{str(value).removeprefix(QAWL)}" in section, f"{node} {predicate}"


def test_every_concept_has_its_section_with_all_that_is_written_of_it(
    sections: dict[str, dict[str, str]],
) -> None:
    graph = triples("vocab/*.ttl")
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert len(concepts) == 436
    for ending in (".html", ".ar.html"):
        for node in concepts:
            scheme, _, code = str(node).removeprefix(VOCAB).partition("/")
            section = sections[f"vocab/{scheme}{ending}"][code]
            for predicate, value in graph.predicate_objects(node):
                if isinstance(value, rdflib.Literal):
                    assert squeezed(value) in section, f"{node} {predicate}"
                elif predicate == SKOS.broader:
                    assert str(value).rpartition("/")[2] in section, f"{node} {predicate}"


def test_every_shape_has_its_section_with_names_and_messages(
    sections: dict[str, dict[str, str]],
) -> None:
    graph = triples("shapes/*.ttl")
    kinds = (SH.NodeShape, SH.PropertyShape, SH.SPARQLConstraint)
    shapes = {node for kind in kinds for node in graph.subjects(RDF.type, kind)}
    assert len(shapes) == 587
    for page in ("shapes.html", "shapes.ar.html"):
        for node in shapes:
            section = sections[page][str(node).partition("#")[2]]
            for predicate in (SH.name, SH.message, SH.pattern, SH.select):
                for value in graph.objects(node, predicate):
                    if predicate != SH.pattern or value.isascii():
                        assert squeezed(value) in section, f"{node} {predicate}"
            for value in graph.objects(node, SH["class"]):
                assert str(value).partition("#")[2] in section, node
        # What no font shows is escaped, as it is in Turtle.
        clean = r"^[\t\n\r -~\u00A0-\uD7FF\uE000-\uFFFD\U00010000-\U0010FFFF]*$"
        assert clean in sections[page]["CleanText"]


def test_pages_say_what_ontology_vocabularies_and_shapes_say_of_themselves(
    trees: dict[str, Element],
) -> None:
    graph = triples("qawl.ttl", "vocab/*.ttl", "shapes/*.ttl")
    names = {f"{VOCAB}{path.stem}": f"vocab/{path.stem}.html" for path in SCHEMES}
    names |= {f"https://w3id.org/qawl/{name}": f"{name}.html" for name in ("ontology", "shapes")}
    assert len(names) == 27
    for iri, page in names.items():
        text = whole_text(trees[page])
        for predicate, value in graph.predicate_objects(rdflib.URIRef(iri)):
            if isinstance(value, rdflib.Literal):
                assert squeezed(value) in text, f"{page} {predicate}"
            elif predicate in (OWL.versionIRI, DCTERMS.license):
                assert str(value) in text, f"{page} {predicate}"


def test_labels_and_definitions_are_in_both_languages(trees: dict[str, Element]) -> None:
    for page, tree in trees.items():
        if page.startswith("shapes"):
            continue
        for section in tree.iter("section"):
            if section.get("class") != "term":
                continue
            for properties in (("rdfs:label", "skos:prefLabel"), ("skos:definition",)):
                languages = {
                    language
                    for one, language, _ in in_context(section)
                    if one.get("property") in properties
                }
                assert languages >= {"en", "ar"}, f"{page} {section.get('id')} {properties}"


def test_marked_up_statements_are_those_of_the_ontology(trees: dict[str, Element]) -> None:
    graph = triples("qawl.ttl")
    names = {"rdfs:label": RDFS.label, "skos:definition": SKOS.definition}
    found = set()
    for section in trees["ontology.html"].iter("section"):
        if (subject := section.get("resource")) is None:
            continue
        for one, language, _ in in_context(section):
            if one.get("property") in names:
                text = rdflib.Literal("".join(one.itertext()), lang=language)
                found.add((rdflib.URIRef(subject), names[one.get("property")], text))
    own = {one for one in graph if one[1] in names.values() and str(one[0]).startswith(QAWL)}
    assert found == own


def test_constraints_stand_beside_classes_and_properties(
    sections: dict[str, dict[str, str]],
) -> None:
    page = sections["ontology.html"]
    assert "exactly 1 an IRI instance of Voice" in page["Claim"]
    assert "Attach the claim to exactly one voice" in page["Claim"]
    assert "أسند القول إلى صوت واحد" in page["Claim"]
    assert "shape:Claim-voice" in page["voice"]


# The HTML


def test_no_id_stands_twice(trees: dict[str, Element]) -> None:
    for page, tree in trees.items():
        ids = [one.get("id") for one in tree.iter() if one.get("id")]
        assert len(ids) == len(set(ids)), page


def test_every_link_has_a_target(trees: dict[str, Element], site: dict[str, bytes]) -> None:
    ids = {page: {one.get("id") for one in tree.iter()} for page, tree in trees.items()}
    count = 0
    for page, tree in trees.items():
        for one in tree.iter():
            href = one.get("href") or one.get(f"{XLINK}href")
            if href is None:
                continue
            assert href, page
            if href.startswith(("http://", "https://")):
                assert not href.startswith(("https://w3id.org/qawl/ontology#", VOCAB)), href
                continue
            path, _, anchor = href.partition("#")
            target = normpath(join(dirname(page), path)) if path else page
            assert target in site, f"{page}: {href}"
            if anchor:
                assert unquote(anchor) in ids[target], f"{page}: {href}"
            count += 1
    assert count > 5000


def test_nothing_is_inline_and_nothing_is_loaded_but_the_stylesheet(
    trees: dict[str, Element],
) -> None:
    loading = {"script", "style", "img", "iframe", "object", "embed", "image", "use", "base"}
    for page, tree in trees.items():
        for one in tree.iter():
            tag = str(one.tag).rpartition("}")[2]
            assert tag not in loading, page
            assert not [name for name in one.attrib if str(name).startswith("on")], page
            assert "style" not in one.attrib, page
            assert "src" not in one.attrib, page
        sheets = [one.get("href") for one in tree.iter("link") if one.get("rel") == "stylesheet"]
        assert sheets == ["../qawl.css" if "/" in page else "qawl.css"]


def test_turtle_is_an_alternate_of_every_page(trees: dict[str, Element]) -> None:
    for page, tree in trees.items():
        links = [one for one in tree.iter("link") if one.get("rel") == "alternate"]
        assert "text/turtle" in [one.get("type") for one in links], page
        other = "en" if page.endswith(".ar.html") else "ar"
        assert other in [one.get("hreflang") for one in links], page


def in_context(
    element: Element, language: str = "", direction: str = ""
) -> Iterator[tuple[Element, str, str]]:
    """Yield an element and all in it with the language and direction in force."""
    language = element.get("lang") or language
    isolated = "auto" if element.tag == "bdi" else direction
    direction = element.get("dir") or element.get("direction") or isolated
    yield element, language, direction
    for child in element:
        yield from in_context(child, language, direction)


def test_arabic_is_marked_as_arabic_and_runs_from_right_to_left(trees: dict[str, Element]) -> None:
    count = 0
    for page, tree in trees.items():
        # A child's tail belongs to the parent; a title is no part of the text.
        texts = [
            ((one.text or "") + "".join(child.tail or "" for child in one), language, direction)
            for one, language, direction in in_context(tree)
            if not str(one.tag).endswith("title")
        ]
        for text, language, direction in texts:
            if ARABIC.search(text):
                assert (language, direction in {"rtl", "auto"}) == ("ar", True), f"{page}: {text}"
                count += 1
    assert count > 3000


def test_headings_landmarks_and_languages(trees: dict[str, Element]) -> None:
    for page, tree in trees.items():
        language = "ar" if page.endswith(".ar.html") else "en"
        assert tree.get("lang") == language
        assert tree.get("dir") == ("rtl" if language == "ar" else "ltr")
        levels = [int(one.tag[1]) for one in tree.iter() if re.fullmatch("h[1-6]", str(one.tag))]
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels)), page
        assert len(list(tree.iter("main"))) == 1
        for name in ("header", "footer", "nav", "title"):
            assert list(tree.iter(name)), f"{page}: {name}"
        assert all(one.get("aria-label") for one in tree.iter("nav"))
        body = next(tree.iter("body"))
        first = next(body.iter("a"))
        assert (first.get("class"), first.get("href")) == ("skip", "#content")
        for one in tree.iter("th"):
            assert one.get("scope") in {"row", "col"}


# The public functions


def test_links_go_where_the_server_says(docs: OntologyDocs) -> None:
    def href(iri: str) -> str:
        assert iri.startswith("https://w3id.org/qawl/")
        return iri.replace("https://w3id.org/qawl/", "/mirror/")

    page = document_page(
        docs,
        docs.iri,
        href,
        stylesheet="/mirror/static/qawl.css",
        language="ar",
        alternates=[Alternate("/mirror/ontology.ttl", "Turtle", media_type="text/turtle")],
    )
    assert '<link rel="stylesheet" href="/mirror/static/qawl.css">' in page
    assert 'type="text/turtle" title="Turtle" href="/mirror/ontology.ttl"' in page
    assert 'href="/mirror/ontology#Claim"' in page
    assert 'href="/mirror/vocab/speech-act/accuse"' in page
    assert 'href="http://www.w3.org/2004/02/skos/core#Concept"' in page
    page = document_page(docs, docs.shapes_iri, href, stylesheet="q.css")
    assert 'href="/mirror/shapes#Claim-voice"' in page
    page = document_page(docs, VOCAB + "stance", href, stylesheet="q.css")
    assert 'href="/mirror/ontology#factbankValue"' in page


def test_a_term_can_be_had_by_itself(docs: OntologyDocs) -> None:
    fragment = term_fragment(docs, QAWL + "Claim", str)
    parser = html5rdf.HTMLParser(strict=True, namespaceHTMLElements=False)
    [section] = parser.parseFragment(fragment)
    assert section.get("id") == "Claim"
    assert "قول" in whole_text(section.find("h2"))
    deaths = term_fragment(docs, VOCAB + "measure/deaths", str, language="ar")
    assert '<section class="term" id="deaths"' in deaths
    assert ">مفهوم</span>" in deaths
    with pytest.raises(AuthorityError, match="neither a term nor a concept"):
        term_fragment(docs, QAWL + "Clam", str)
    with pytest.raises(AuthorityError, match="the vocabularies are aspect, basis"):
        document_page(docs, VOCAB + "stances", str, stylesheet="q.css")
