"""The documentation as files: whole or not at all, the same everywhere, safe in any case."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING

import html5rdf
import pytest
from examples import ROOT
from ontology_turtle import QAWL

from kg.errors import OutputError
from kg.ontology_docs import load_ontology_docs, term_fragment
from kg.ontology_docs.site import site_files, write_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Kg = Callable[..., subprocess.CompletedProcess[str]]


def test_pages_are_the_same_bytes_in_every_process() -> None:
    site = site_files(load_ontology_docs())
    program = (
        "import hashlib; from kg.ontology_docs import load_ontology_docs as load;"
        "from kg.ontology_docs.site import site_files;"
        "print(*(f'{hashlib.sha256(c).hexdigest()} {n}' for n, c in"
        " site_files(load()).items()), sep='\\n')"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "PYTHONHASHSEED": "1"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, check=True
    )
    here = [f"{hashlib.sha256(content).hexdigest()} {name}" for name, content in site.items()]
    assert done.stdout.decode().splitlines() == here


# An ontology that means harm

HOSTILE = """
@prefix dcterms: <http://purl.org/dc/terms/> . @prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix qawl: <https://w3id.org/qawl/ontology#> . @prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
EVIL = "</title></p><script>alert(1)</script>\\\"'><img src=x onerror=alert(2)>&amp;"
FILES = {
    "qawl.ttl": f"""
        <https://w3id.org/qawl/ontology> a owl:Ontology ; dcterms:title "{EVIL}"@en , "{EVIL}"@ar ;
            dcterms:description "{EVIL}" ; dcterms:creator "{EVIL}" ; owl:versionInfo "{EVIL}" ;
            skos:changeNote "{EVIL}" ; rdfs:seeAlso <javascript:alert(3)> .
        qawl:Claim a owl:Class ; rdfs:label "{EVIL}"@en , "{EVIL}"@ar ; skos:definition "{EVIL}" ;
            skos:example "{EVIL}"@ar ; rdfs:seeAlso <javascript:alert(4)> , <data:text/html,x> ;
            rdfs:subClassOf [ owl:onProperty qawl:p ; owl:hasValue "{EVIL}" ] .
        qawl:p a owl:ObjectProperty ; rdfs:seeAlso <https://w3id.org/qawl/vocab/bad> .
    """,
    "alignments.ttl": """
        <https://w3id.org/qawl/alignments> a owl:Ontology .
        qawl:Claim skos:closeMatch <javascript:alert(5)> .
    """,
    "vocab/bad.ttl": f"""
        <https://w3id.org/qawl/vocab/bad> a skos:ConceptScheme ; dcterms:title "{EVIL}"@en ;
            dcterms:description "{EVIL}"@en .
        <https://w3id.org/qawl/vocab/bad/one> a skos:Concept ; skos:notation "{EVIL}" ;
            skos:inScheme <https://w3id.org/qawl/vocab/bad> ; skos:prefLabel "{EVIL}"@en ;
            skos:definition "{EVIL}"@ar ; rdfs:seeAlso <javascript:alert(6)> .
    """,
    "shapes/bad.ttl": f"""
        <https://w3id.org/qawl/shapes> a owl:Ontology ; dcterms:title "{EVIL}"@en .
        <https://w3id.org/qawl/shapes#Bad> a sh:NodeShape ; sh:targetClass qawl:Claim ;
            sh:name "{EVIL}"@en ; sh:message "{EVIL}"@en ; sh:pattern "{EVIL}" ;
            sh:severity <javascript:alert(7)> ; sh:in ( "{EVIL}" <javascript:alert(8)> ) .
    """,
}


def test_nothing_is_left_unescaped(tmp_path: Path) -> None:
    for name, content in FILES.items():
        path = tmp_path / "ontology" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HOSTILE + content, encoding="utf-8")
    (tmp_path / "queries").mkdir()
    docs = load_ontology_docs(tmp_path / "ontology", tmp_path / "queries")
    files = site_files(docs, tmp_path / "ontology")
    parser = html5rdf.HTMLParser(strict=True, namespaceHTMLElements=False)
    evil = EVIL.replace('\\"', '"')
    pages = {name: content.decode() for name, content in files.items() if name.endswith(".html")}
    assert len(pages) == 6
    pages["fragment"] = f"<!DOCTYPE html><title>x</title>{term_fragment(docs, QAWL + 'Claim', str)}"
    for name, content in pages.items():
        tree = parser.parse(content)
        assert not [one for one in tree.iter() if str(one.tag) in {"script", "img"}], name
        for one in tree.iter():
            for attribute, value in one.attrib.items():
                assert not str(attribute).startswith("on"), name
                assert not value.startswith(("javascript:", "data:")), f"{name} {attribute}"
        assert evil in "".join(tree.itertext()), name


# The static site


def test_the_site_is_written_by_the_command(kg: Kg, tmp_path: Path) -> None:
    done = kg("docs", "out")
    assert done.returncode == 0, done.stderr
    out = tmp_path / "out"
    for name in ("ontology.html", "vocab/stance.html", "shapes.html", "qawl.css", "ontology.ttl"):
        assert (out / name).is_file()
    assert len(list((out / "vocab").glob("*.ar.html"))) == 25
    assert (out / "qawl.css").read_bytes() == (ROOT / "src/kg/html/static/qawl.css").read_bytes()
    again = kg("docs", "out")
    assert again.returncode == 0


def test_the_site_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "b").mkdir(parents=True)
    (out / "a.html").write_text("old", encoding="utf-8")
    (out / "b" / "c.html").mkdir()
    with pytest.raises(OutputError):
        write_site(out, {"a.html": b"new", "new/d.html": b"new", "b/c.html": b"new"})
    assert (out / "a.html").read_text(encoding="utf-8") == "old"
    assert sorted(one.name for one in out.rglob("*")) == ["a.html", "b", "c.html"]
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="choose another folder"):
        write_site(tmp_path / "file", {"a.html": b"new"})


# The stylesheet


def test_the_stylesheet_loads_nothing_and_has_contrast() -> None:
    css = (ROOT / "src/kg/html/static/qawl.css").read_text(encoding="utf-8")
    assert "url(" not in css
    assert "@import" not in css
    light, dark = re.findall(r":root \{(.*?)\n *\}", css, re.DOTALL)
    for scheme in (light, dark):
        colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6});", scheme))
        for surface in ("background", "surface", "target"):
            for name in ("text", "muted", "link", "accent", "keyword", "warning", "danger"):
                assert contrast(colours[name], colours[surface]) >= 4.5, f"{name} on {surface}"


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours (WCAG 2.2)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
