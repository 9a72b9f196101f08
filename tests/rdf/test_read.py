"""RDF files: endings, compression, base IRIs, what is left out, and the place of every error."""

from __future__ import annotations

import bz2
import gzip
import logging
import lzma
import os
import re
import warnings
from typing import TYPE_CHECKING

import pytest
import rdflib
import zstandard
from examples import ROOT
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store

from kg.errors import LeftOutWarning, QueryError, StoreError
from kg.rdf.read import ENDINGS, load_rdf, read_rdf, refuse_deep_answer

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    Kg = Callable[..., subprocess.CompletedProcess[str]]
    Write = Callable[[str, str | bytes], Path]

RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://ex.org/"'
A, P = NamedNode("http://ex.org/a"), NamedNode("http://ex.org/p")
#: One statement in every format, by ending.
ONE = {
    ".nt": "<http://ex.org/a> <http://ex.org/p> <http://ex.org/b> .",
    ".nq": "<http://ex.org/a> <http://ex.org/p> <http://ex.org/b> .",
    ".ttl": "@prefix e: <http://ex.org/> . e:a e:p e:b .",
    ".n3": "@prefix e: <http://ex.org/> . e:a e:p e:b .",
    ".trig": "@prefix e: <http://ex.org/> . { e:a e:p e:b }",
    ".jsonld": '{"@id": "http://ex.org/a", "http://ex.org/p": {"@id": "http://ex.org/b"}}',
    ".rdf": f"<rdf:RDF {RDF}><rdf:Description rdf:about='http://ex.org/a'>"
    "<e:p rdf:resource='http://ex.org/b'/></rdf:Description></rdf:RDF>",
}
ONE[".xml"] = ONE[".owl"] = f'<?xml version="1.0"?>\n{ONE[".rdf"]}'
PACKED = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".zst": lambda raw: zstandard.compress(raw[:9]) + zstandard.compress(raw[9:]),
}


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


def both(path: Path) -> set[Quad]:
    """Return what a file holds, read and loaded into a store alike."""
    store = Store()
    load_rdf(store, path, StoreError)
    quads = set(read_rdf(path, StoreError).quads)
    assert set(store) == quads
    return quads


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_ending(write: Write, ending: str) -> None:
    assert both(write(f"one{ending}", ONE[ending])) == {Quad(A, P, NamedNode("http://ex.org/b"))}
    upper = write(f"TWO{ending.upper()}", ONE[ending])
    assert len(both(upper)) == 1


@pytest.mark.parametrize("packing", PACKED)
@pytest.mark.parametrize("ending", [".nt", ".jsonld", ".owl"])
def test_every_compression(write: Write, ending: str, packing: str) -> None:
    packed = PACKED[packing](ONE[ending].encode())
    assert len(both(write(f"one{ending}{packing}", packed))) == 1


@pytest.mark.parametrize("packing", PACKED)
def test_a_packed_file_that_breaks_off_is_refused(write: Write, packing: str) -> None:
    lines = "".join(f"<urn:a> <urn:b> <urn:c{one * 7919}> .\n" for one in range(2000))
    path = write(f"one.nt{packing}", PACKED[packing](lines.encode())[:-20])
    with pytest.raises(
        StoreError, match=rf"one\.nt{packing}: cannot be unpacked .*create it again"
    ):
        read_rdf(path, StoreError)
    with pytest.raises(StoreError, match="cannot be unpacked"):
        read_rdf(write(f"two.nt{packing}", b"not packed at all"), StoreError)


@pytest.mark.parametrize("content", ["<a> <b> <c> .", "# c\n@prefix e: <http://e/> . e:a e:b 1 ."])
def test_owl_may_be_turtle(write: Write, content: str) -> None:
    assert len(both(write("a.owl", content))) == 1


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.owl", "Prefix(:=<http://e/>)\nOntology(<http://e/>)", "functional or Manchester"),
        ("a.owl", "Prefix: e: <http://e/>\nOntology: <http://e/>", "functional or Manchester"),
        (
            "a.owl",
            f'<?xml version="1.0"?><Ontology xmlns="http://www.w3.org/2002/07/owl#" {RDF}/>',
            "is OWL/XML; convert it to Turtle",
        ),
        ("a.xml", "<feed xmlns='http://www.w3.org/2005/Atom'/>", "is XML, but not RDF/XML"),
        ("a.csv", "a,b", r"the extension is not one of \.nq, .* followed by \.gz"),
        ("a.csv.gz", "a,b", r"the extension is not one of \.nq"),
        ("a.gz", "a,b", r"the extension is not one of \.nq"),
    ],
)
def test_other_formats_are_named(write: Write, name: str, content: str, message: str) -> None:
    with pytest.raises(StoreError, match=message):
        read_rdf(write(name, content), StoreError)


@pytest.mark.parametrize(
    ("name", "content", "count"),
    [
        ("relative.ttl", "<#me> <http://ex.org/wrote> <> .", 1),
        ("relative.trig", "<#g> { <#me> <http://ex.org/wrote> <> }", 1),
        ("relative.rdf", ONE[".rdf"].replace("'http://ex.org/a'", "''"), 1),
        (
            "relative.jsonld",
            (
                '{"@context": {"@vocab": "http://ex.org/"}, "@graph": [{"@id": "#me", "name": "x"},'
                ' {"@id": "http://ex.org/b", "knows": {"@id": "#me"}, "name": "y"}]}'
            ),
            3,
        ),
        ("relative.n3", "@base <http://ex.org/> . <#me> <http://ex.org/wrote> <> .", 1),
    ],
)
def test_relative_iris_are_those_of_the_file(
    write: Write, name: str, content: str, count: int
) -> None:
    path = write(name, content)
    quads = both(path)
    assert len(quads) == count
    own = "http://ex.org/" if name.endswith(".n3") else path.as_uri()
    assert any(own in str(quad) for quad in quads)
    # The file says the same when it is packed.
    assert both(write(f"{name}.gz", gzip.compress(content.encode()))) == quads


def test_our_own_files_have_no_relative_iris(write: Write) -> None:
    path = write("own.ttl", "<http://e/a>\n <http://e/b> <c> .")
    with pytest.raises(StoreError, match=r"own\.ttl:2:15: is not Turtle: No scheme found"):
        read_rdf(path, StoreError, strict=True)


@pytest.mark.parametrize(
    ("name", "content", "left", "message"),
    [
        (
            "tag.ttl",
            '@prefix e: <http://e/> .\ne:a e:p "x"@en ,\n "y"@zh-classical .',
            1,
            r"tag\.ttl:3: 'zh-classical': A subtag .*; the statement is left out; correct",
        ),
        (
            "tag.jsonld",
            (
                '{"@id": "http://e/a", "http://e/p": [{"@value": "x", "@language": "en"},\n'
                '{"@value": "y", "@language": "abcdefghi"}]}'
            ),
            1,
            r"tag\.jsonld:2: 'abcdefghi'",
        ),
        (
            "tag.rdf",
            (
                f"<rdf:RDF {RDF}><rdf:Description rdf:about='http://e/a'>\n<e:p>x</e:p>\n"
                "<e:p xml:lang='abcdefghi'>y</e:p></rdf:Description></rdf:RDF>"
            ),
            1,
            r"tag\.rdf:3: 'abcdefghi'",
        ),
        (
            "unmapped.jsonld",
            '{"@id": "http://e/a", "http://e/p": 1,\n "name": "x"}',
            1,
            r"unmapped\.jsonld:2: 'name': no @context maps it to an IRI; the statement is left out",
        ),
        (
            "iri.nt",
            "<urn:a> <urn:b> <urn:c d> .\n<urn:a> <urn:b> <urn:e> .\n<urn:{> <urn:b> <urn:e> .\n",
            1,
            r"iri\.nt:1: 'urn:c d': Invalid IRI code point ' '; .*, with 1 more like it",
        ),
        (
            "datatype.nq",
            '<urn:a> <urn:b> "1"^^<urn:a b> <urn:g> .\n<urn:a> <urn:b> "1" <urn:g> .',
            1,
            r"datatype\.nq:1: 'urn:a b'",
        ),
        (
            "within.ttl",
            "<urn:a> <urn:b> <<( <urn:a> <urn:b> <urn:c d> )>> , 1 , 2 .",
            2,
            r"within\.ttl:1: 'urn:c d'",
        ),
    ],
)
def test_malformed_values_are_left_out_and_told(
    write: Write, name: str, content: str, left: int, message: str
) -> None:
    path = write(name, content)
    with pytest.warns(LeftOutWarning, match=message):
        quads = read_rdf(path, StoreError).quads
    assert len(quads) == left
    store = Store()
    with pytest.warns(LeftOutWarning, match=message):
        load_rdf(store, path, StoreError)
    assert len(store) == left
    if not name.endswith(".jsonld"):  # which is never one of our own
        with pytest.raises(StoreError, match=rf"{re.escape(name)}.* is not "):
            read_rdf(path, StoreError, strict=True)


def test_a_fault_of_syntax_is_refused_beside_what_could_be_left_out(write: Write) -> None:
    path = write("both.ttl", '<urn:a> <urn:b> "y"@zh-classical .\n<urn:a> <urn:b> bad .')
    store = Store()
    store.add(Quad(A, P, Literal("before")))
    with pytest.raises(StoreError, match=r"both\.ttl:2:17: is not Turtle: bad is not"):
        load_rdf(store, path, StoreError)
    assert len(store) == 1


@pytest.mark.parametrize("cut", range(1, len(ONE[".rdf"]), 7))
def test_rdf_xml_is_read_to_its_end_or_not_at_all(write: Write, cut: int) -> None:
    path = write("cut.rdf", ONE[".rdf"][:-cut])
    with pytest.raises(StoreError, match=r"cut\.rdf:1:\d+: is not well-formed XML: .*; correct it"):
        read_rdf(path, StoreError)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("line.rdf", ONE[".rdf"] + "\n<more/>", r"line\.rdf:2:1: is not well-formed XML: junk"),
        ("cut.nt", ONE[".nt"][:-1], r"cut\.nt:1:\d+: is not N-Triples: Triples must be followed"),
        ("cut.jsonld", ONE[".jsonld"][:-1], r"cut\.jsonld:1:\d+: is not JSON-LD"),
        ("cut.ttl", ONE[".ttl"][:-1], r"cut\.ttl:1:\d+: is not Turtle"),
        (
            "rule.n3",
            "{ ?a ?b ?c } => { ?c ?b ?a } .",
            "is not Turtle, the only supported part of N3",
        ),
        ("latin.ttl", '<urn:a> <urn:b> "\xe9" .'.encode("latin-1"), r"latin\.ttl:1:18: .*UTF-8"),
        ("mark.nq", b"\xef\xbb\xbf", r"mark\.nq:1: is UTF-8 with a byte order mark; save it"),
        ("a.nt", gzip.compress(b"x", mtime=0), r"a\.nt:1: is compressed; add \.gz to its name"),
        ("a.ttl", bz2.compress(b"x"), r"a\.ttl:1: is compressed; add \.bz2"),
        ("a.nq", lzma.compress(b"x"), r"a\.nq:1: is compressed; add \.xz"),
        ("a.trig", zstandard.compress(b"x"), r"a\.trig:1: is compressed; add \.zst"),
        (
            "a.rdf",
            f'<?xml version="1.0" encoding="windows-1256"?>{ONE[".rdf"]}'.encode("cp1256"),
            r"is XML in windows-1256, .* xmllint --encode UTF-8 -o a-utf8\.rdf ",
        ),
        ("empty.rdf", "", r"empty\.rdf: is empty; pass a file with content"),
        ("empty.owl", "", r"empty\.owl: is empty"),
        ("blank.rdf", " \n\n", r"blank\.rdf:3:\d+: is not well-formed XML: no element found"),
        ("blank.jsonld", " \n\n", r"blank\.jsonld:\d+:\d+: is not JSON-LD: Unexpected end"),
        ("empty.jsonld.gz", gzip.compress(b"", mtime=0), r"empty\.jsonld\.gz: is empty"),
    ],
)
def test_what_breaks_off_or_is_empty_is_refused(
    write: Write, name: str, content: str | bytes, message: str
) -> None:
    path = write(name, content)
    for read in (lambda: read_rdf(path, StoreError), lambda: load_rdf(Store(), path, StoreError)):
        with pytest.raises(StoreError, match=message):
            read()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.nt", ""),
        ("empty.trig", ""),
        ("none.ttl", "@prefix e: <http://e/> ."),
        ("none.nq", "# nothing"),
        ("none.jsonld", '{"@context": {"name": "http://ex.org/name"}}'),
        ("none.rdf", f"<rdf:RDF {RDF}/>"),
    ],
)
def test_a_file_without_triples_is_told(write: Write, name: str, content: str) -> None:
    path = write(name, content)
    with pytest.warns(LeftOutWarning, match=rf"{name}: contains no triples"):
        assert read_rdf(path, StoreError).quads == ()
    with pytest.warns(LeftOutWarning, match=rf"{name}: contains no triples"):
        load_rdf(Store(), path, StoreError)


@pytest.mark.parametrize(
    ("context", "named"),
    [
        ('"https://schema.org"', "https://schema.org"),
        ('["https://www.w3.org/ns/anno.jsonld", {"e": "http://e/"}]', "https://www.w3.org/ns/anno"),
        ('"context.jsonld"', "context.jsonld"),
        ('[{"e": "http://e/"}, "http://e/context"]', "another document"),
    ],
)
def test_a_context_that_lies_elsewhere_is_named(write: Write, context: str, named: str) -> None:
    path = write("remote.jsonld", f'{{"@context": {context}, "@type": "ClaimReview"}}')
    with pytest.raises(StoreError, match=f"needs the context {named}") as found:
        read_rdf(path, StoreError)
    assert f"rdfpipe -i json-ld -o nquads {path} > remote.nq" in str(found.value)


def test_blank_nodes_of_two_files_are_never_the_same(write: Write) -> None:
    store = Store()
    for name in ("a.nt", "b.nt"):
        load_rdf(store, write(name, "_:x <urn:b> 'c' .".replace("'", '"')), StoreError)
    assert len(store) == 2


def test_the_prefixes_are_those_that_the_file_declares(write: Write) -> None:
    assert read_rdf(write("a.ttl", ONE[".ttl"]), StoreError).prefixes == {"e": "http://ex.org/"}


DEEP = "<<( <urn:s> <urn:p> " * 500 + "1" + " )>>" * 500


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("deep.jsonld", "[" * 50_000 + "]" * 50_000, ":1: is nested more than 100 levels deep"),
        ("deep.nt", f"<urn:s> <urn:p> {DEEP} .", ":1: is nested more than 100 levels deep"),
        ("deep.rdf", "<a>\n" * 1200 + "</a>" * 1200, ":1001: is nested more than 1000 levels"),
        (
            "bomb.rdf",
            '<!DOCTYPE a [\n<!ENTITY a "x">\n<!ENTITY b "&a;&a;">]>\n<a>&b;</a>',
            ":3: has long or nested entities, which are not allowed",
        ),
    ],
)
def test_what_would_overflow_a_parser_is_refused(
    write: Write, name: str, content: str, message: str
) -> None:
    with pytest.raises(StoreError, match=name + message):
        read_rdf(write(name, content), StoreError)


def test_blank_nodes_in_turtle_may_be_deep(write: Write) -> None:
    content = "<urn:s> <urn:p> " + "[ <urn:p> " * 5_000 + "1" + " ]" * 5_000 + " ."
    assert len(read_rdf(write("deep.ttl", content), StoreError).quads) == 5_001


def test_entities_for_namespaces_are_read(write: Write) -> None:
    content = '<!DOCTYPE rdf:RDF [<!ENTITY e "http://ex.org/">]>' + ONE[".rdf"]
    content = content.replace("about='http://ex.org/", "about='&e;")
    assert {quad.subject for quad in both(write("entity.rdf", content))} == {A}


def test_answers_of_servers_are_looked_at_too() -> None:
    with pytest.raises(QueryError, match="is nested more than"):
        refuse_deep_answer(b"[" * 200, is_json=True)
    with pytest.raises(QueryError, match="is nested more than"):
        refuse_deep_answer(DEEP.encode(), is_json=False)
    refuse_deep_answer(b'{"results": {"bindings": []}}', is_json=True)


def test_what_cannot_be_opened_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"none\.ttl: cannot be read: No such file"):
        read_rdf(tmp_path / "none.ttl", StoreError)
    (tmp_path / "folder.nt").mkdir()
    with pytest.raises(StoreError, match=r"folder\.nt: cannot be read: Is a directory"):
        read_rdf(tmp_path / "folder.nt", StoreError)
    os.mkfifo(tmp_path / "pipe.nt")
    with pytest.raises(StoreError, match=r"pipe\.nt: is a device or a pipe; pass a file"):
        read_rdf(tmp_path / "pipe.nt", StoreError)


def test_a_command_tells_what_it_leaves_out(kg: Kg, write: Write) -> None:
    path = write("tag.ttl", '<urn:a> <urn:p> "x"@en ,\n "y"@zh-classical .')
    done = kg("query", "-", "--data", path, "-f", "csv", stdin="SELECT ?o { ?s ?p ?o }")
    assert (done.returncode, done.stdout.split()) == (0, ["o", "x"])
    assert done.stderr.startswith(f"kg: {path}:2: 'zh-classical': ")
    assert done.stderr.count("\n") == 1


def test_a_server_is_not_started_on_a_file_that_is_malformed(kg: Kg, write: Write) -> None:
    path = write("bad.ttl", "<urn:a> <urn:p> bad .")
    done = kg("serve", path, "--port", "0")
    assert done.returncode == 2
    assert (
        done.stderr
        == f"kg: {path}:1:17: is not Turtle: bad is not a valid RDF object; correct it\n"
    )


REAL = ROOT.parent / "shared" / "files"
_RDFLIB = {
    ".nq": "nquads", ".nt": "nt", ".trig": "trig", ".ttl": "turtle", ".n3": "n3",
    ".jsonld": "json-ld", ".rdf": "xml", ".owl": "xml", ".xml": "xml",
}  # fmt: skip


@pytest.mark.skipif(not REAL.is_dir(), reason="the vocabularies of the W3C are not beside this")
def test_real_files_have_as_many_triples_as_rdflib_finds(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL)
    refused, differing = [], {}
    paths = [path for path in sorted(REAL.rglob("*")) if path.suffix in ENDINGS]
    for path in paths:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                ours = len(set(read_rdf(path, StoreError).quads))
            except StoreError as error:
                refused.append(str(error))
                continue
            graph = rdflib.Dataset().parse(path, format=_RDFLIB[path.suffix])
        if ours != len(graph):
            differing[path.name] = (ours, len(graph))
    assert not differing
    reasons = "|".join(
        ("needs the context", "the only supported part of N3", "well-formed XML", "JSON-LD")
    )
    assert all(re.search(reasons, message) for message in refused)
    assert len(refused) < len(paths) / 20


@pytest.mark.parametrize("ending", ENDINGS)
def test_damaged_files_are_read_or_refused(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"damaged{ending}"
    whole = ONE[ending].encode()

    @given(st.integers(0, len(whole)), st.integers(0, 9), st.binary(max_size=4))
    def check(at: int, cut: int, put: bytes) -> None:
        path.write_bytes(whole[:at] + put + whole[at + cut :])
        store = Store()
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always", LeftOutWarning)
            try:
                load_rdf(store, path, StoreError)
            except StoreError as error:
                assert str(error).startswith(str(path))
                return
        assert len(store) or told

    check()
