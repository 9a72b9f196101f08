"""Readings to and from annotation tools: the same graph comes back, and faults are told."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from examples import ROOT, TEXT, Workspace, write_article
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.compare.findings import known_entities
from kg.errors import KgError, ReadingError
from kg.files import shipped
from kg.graph.compile_reading import compile_reading
from kg.knowledge.authority import Authority, load_authority
from kg.knowledge.ontology import Ontology, load_ontology
from kg.readers.annotations import FORMATS, annotation_files, read_annotations
from kg.readers.annotations.brat import from_brat, to_brat
from kg.readers.annotations.document import AnnotationDocument, Mark, Record, unshown
from kg.readers.annotations.from_reading import document_of
from kg.readers.annotations.web_annotation import from_web_annotations, to_web_annotations
from kg.reading.draft import Draft, as_file
from kg.reading.file import ReadingFile, load_reading
from kg.reading.grounded import ground_reading
from kg.text.article import Article, load_article
from kg.text.spans import Span

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable

pytest.importorskip("cassis")

SEED = (ROOT / "graph", "iraq-war-2003-2011")
DAM = (ROOT / "tests" / "support" / "shapes_example", "dam")


def opened(place: tuple[Path, str], ontology: Ontology) -> tuple[ReadingFile, Article, Authority]:
    graph, slug = place
    folder = graph / "articles" / slug
    return (
        load_reading(folder / "readings" / "curated.yaml"),
        load_article(folder),
        load_authority(graph / "authority", ontology),
    )


def exported(
    file: ReadingFile, article: Article, authority: Authority, ontology: Ontology
) -> AnnotationDocument:
    known = known_entities(authority, ontology)

    def class_of(name: str) -> str:
        local = file.reading.entities.get(name)
        return local.type if local else known.narrowest(name)

    return document_of(file, article, class_of)


def written(document: AnnotationDocument, name: str, folder: Path) -> Path:
    for ending, content in annotation_files(document, name).items():
        whole = f"curated{ending}" if ending.startswith(".") else ending
        (folder / whole).write_bytes(content)
    return folder / f"curated{FORMATS[name]}"


@pytest.mark.parametrize("place", [SEED, DAM], ids=["seed", "every part of the model"])
@pytest.mark.parametrize("name", FORMATS)
def test_a_reading_comes_back_as_the_same_graph(
    place: tuple[Path, str], name: str, ontology: Ontology, tmp_path: Path
) -> None:
    file, article, authority = opened(place, ontology)
    path = written(exported(file, article, authority, ontology), name, tmp_path)
    draft = read_annotations(path, article, authority, ontology)
    assert draft.dropped == ()
    back = as_file(draft.reading, "curated")
    ground_reading(back, article)
    assert compile_reading(back, article, ontology, authority) == compile_reading(
        file, article, ontology, authority
    )


def test_what_tools_do_not_show_is_listed(ontology: Ontology) -> None:
    lines = unshown(exported(*opened(DAM, ontology), ontology))
    assert "2 voices without reporting words" in lines
    assert "10 relations between claims" in lines
    assert "1 judgements" in lines
    assert "`question` of 39 annotations" in lines


# Letters outside the basic plane take two UTF-16 units each.
ASTRAL = "😀 قال «𐎠 الوزير» إن\r\n12 😀 شخصا غرقوا\nفي الوادي"


def at(words: str) -> Span:
    start = ASTRAL.index(words)
    return Span(start, start + len(words))


ASTRAL_MARKS = (
    Mark(1, "Voice", (at("قال «𐎠 الوزير» إن"),), {"id": "v1", "speaker": "ministry"}),
    Mark(2, "Quantity", (at("12 😀 شخصا"),), {"value": "12", "unit": "person"}),
    Mark(
        3,
        "Claim",
        (at("12 😀 شخصا غرقوا"), at("الوادي")),
        {"id": "c1", "gloss": "😀"},
        {},
        (("quantity", 2), ("voice", 1)),
    ),
)


@pytest.fixture
def astral(workspace: Workspace) -> Article:
    return load_article(write_article(workspace.graph, "astral", ASTRAL, None))


@pytest.mark.parametrize("name", FORMATS)
def test_offsets_are_code_points_whatever_the_format_counts(
    name: str, astral: Article, authority: Authority, ontology: Ontology, tmp_path: Path
) -> None:
    document = AnnotationDocument("astral", "r", ASTRAL, ASTRAL_MARKS)
    draft = read_annotations(written(document, name, tmp_path), astral, authority, ontology)
    assert draft.dropped == ()
    [claim] = draft.reading.claims
    assert [quote.exact for quote in claim.quote] == ["12 😀 شخصا غرقوا", "الوادي"]
    assert claim.answer.surface is not None
    assert claim.answer.surface.exact == "12 😀 شخصا"
    assert [quote.exact for quote in draft.reading.voices["v1"].cue] == ["قال «𐎠 الوزير» إن"]


def test_brat_counts_code_points_and_cuts_at_line_breaks() -> None:
    across = Span(ASTRAL.index("إن"), ASTRAL.index("12") + 2)
    long = Mark(1, "Claim", (across,), {"polarity": "negative", "gloss": "a\u2028b\nc"})
    lines = to_brat(AnnotationDocument("x", "r", ASTRAL, (long,))).decode().splitlines()
    assert lines[0] == "T1\tClaim 17 19;21 23\tإن 12"
    assert lines[1] == "A1\tClaim-polarity T1 negative"
    assert lines[2] == '#1\tAnnotatorNotes T1\t{"gloss": "a\\u2028b\\nc"}'
    [back] = from_brat("\n".join(lines).encode(), ASTRAL, "x").marks
    assert back.spans == (across,)
    assert back.features == long.features


_SPANS = st.tuples(st.integers(0, len(ASTRAL) - 2), st.integers(1, 20)).map(
    lambda pair: Span(pair[0], min(len(ASTRAL) - 1, pair[0] + pair[1]))
)
BREAKS = {"\r", "\n"}
_WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)


@settings(deadline=None)
@given(st.lists(st.tuples(_SPANS, _WORDS, _WORDS), min_size=1, max_size=4), _WORDS)
def test_any_marks_survive_standoff_and_web_annotations(
    parts: list[tuple[Span, str, str]], note: str
) -> None:
    spans = [span for span, _, _ in parts if ASTRAL[span.start : span.end].strip("\r\n")]
    spans = [
        span
        for span in spans
        if ASTRAL[span.start] not in "\r\n" and ASTRAL[span.end - 1] not in "\r\n"
    ]
    marks = tuple(
        Mark(number, "Claim", (span,), {"gloss": gloss, "stance": stance}, {"why": note})
        for number, (span, (_, gloss, stance)) in enumerate(zip(spans, parts, strict=False), 1)
    )
    if not marks:
        return
    document = AnnotationDocument("x", "r", ASTRAL, marks, (Record("judgements", "1", [note]),))
    article = Article("x", ASTRAL, "", None)  # type: ignore[arg-type]
    for back in (
        from_brat(to_brat(document), ASTRAL, "x"),
        from_web_annotations(json.loads(to_web_annotations(document)), "x", article),
    ):
        assert back.marks == marks
        assert back.records == document.records


def test_web_annotations_are_rdf_that_needs_nothing_fetched(
    ontology: Ontology, monkeypatch: pytest.MonkeyPatch
) -> None:
    import socket

    import rdflib
    from pyoxigraph import RdfFormat, Store

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    content = to_web_annotations(exported(*opened(DAM, ontology), ontology))
    graph = rdflib.Graph()
    graph.parse(data=content, format="json-ld")
    store = Store()
    store.load(content, format=RdfFormat.JSON_LD)
    query = """PREFIX oa: <http://www.w3.org/ns/oa#>
        SELECT ?start ?exact WHERE {
          ?annotation a oa:Annotation ; oa:hasBody/a <https://w3id.org/qawl/annotation#Mention> ;
            oa:hasTarget ?target .
          ?target oa:hasSource <https://w3id.org/qawl/id/source/dam> ;
            oa:hasSelector [ a oa:TextPositionSelector ; oa:start ?start ] ,
                           [ a oa:TextQuoteSelector ; oa:exact ?exact ] . }"""
    rows = store.query(query)
    told = sorted((int(start.value), exact.value) for start, exact in rows)  # type: ignore
    assert told == [
        (88, "الوادي"), (134, "الوكالة"), (234, "الوكالة"), (565, "الوادي"), (818, "الوكالة"),
    ]  # fmt: skip
    # The other library reads the same; its joins are too slow for the query, so it is walked.
    oa = rdflib.Namespace("http://www.w3.org/ns/oa#")
    mention = rdflib.URIRef("https://w3id.org/qawl/annotation#Mention")
    source = rdflib.URIRef("https://w3id.org/qawl/id/source/dam")
    walked = []
    for body in graph.subjects(rdflib.RDF.type, mention):
        [annotation] = graph.subjects(oa.hasBody, body)
        assert (annotation, rdflib.RDF.type, oa.Annotation) in graph
        [target] = graph.objects(annotation, oa.hasTarget)
        assert (target, oa.hasSource, source) in graph
        selectors = {
            graph.value(one, rdflib.RDF.type): one for one in graph.objects(target, oa.hasSelector)
        }
        start = graph.value(selectors[oa.TextPositionSelector], oa.start)
        walked.append((int(start), str(graph.value(selectors[oa.TextQuoteSelector], oa.exact))))
    assert sorted(walked) == told


def pointing(words: str) -> dict[str, Any]:
    return {"source": "x", "selector": {"type": "TextQuoteSelector", "exact": words}}


def annotation(**change: Any) -> dict[str, Any]:
    """One annotation as other tools write them."""
    return {
        "@context": "http://www.w3.org/ns/anno.jsonld", "id": "urn:x", "type": "Annotation",
        "body": {"type": "Claim", "feature-gloss": "12 drowned"},
        "target": pointing("غرق 12 شخصا"),
    } | change  # fmt: skip


def read_json(
    data: Any, article: Article, authority: Authority, ontology: Ontology, folder: Path
) -> Draft:
    path = folder / "a.jsonld"
    path.write_text(json.dumps(data), encoding="utf-8")
    return read_annotations(path, article, authority, ontology)


@pytest.fixture
def flood(workspace: Workspace) -> Article:
    return load_article(workspace.article)


def test_annotations_made_elsewhere_become_a_draft(
    flood: Article, authority: Authority, ontology: Ontology, tmp_path: Path
) -> None:
    cue = {"type": "TextQuoteSelector", "exact": "الوزارة أعلنت"}
    moved = {"type": "TextPositionSelector", "start": 0, "end": 5}
    data = [
        annotation(body={"type": ["own", "Claim"], "link-voice": "urn:v"}),
        annotation(id="urn:v", body={"type": "Voice", "feature-speaker": "ministry"},
                   target={"source": "x", "selector": [moved, cue]}),
        annotation(id="urn:m", target=pointing("الوادي"),
                   body=[{"type": "TextualBody"}, {"type": "Mention", "feature-type": "Place"}]),
    ]  # fmt: skip
    draft = read_json(data, flood, authority, ontology, tmp_path)
    assert draft.dropped == ()
    [claim] = draft.reading.claims
    assert (claim.id, claim.voice, claim.gloss) == ("c1", "v1", "غرق 12 شخصا")
    voice = draft.reading.voices["v1"]
    assert (voice.in_, voice.speaker, voice.cue[0].exact) == (
        "article", ("ministry",), "الوزارة أعلنت",
    )  # fmt: skip
    assert list(draft.reading.mentions) == ["valley"]
    assert draft.reading.reader.kind == "person"


def test_what_the_schema_refuses_is_left_out_and_told(
    flood: Article, authority: Authority, ontology: Ontology, tmp_path: Path
) -> None:
    data = [
        annotation(body={"type": "Claim", "feature-stance": "surely", "feature-id": "c1"}),
        annotation(body={"type": "Claim", "feature-id": "c2"}),
        annotation(id="urn:q", body={"type": "Claim", "link-quantity": "urn:d"}),
        annotation(id="urn:d", body={"type": "Date", "feature-edtf": "2001"}),
        annotation(body={"type": "Mention", "feature-type": "Nonsense"}),
        annotation(body={"type": "Record", "kind": "voice", "name": "v9",
                         "data": '{"speaker": "agency", "in": "nobody"}'}),
        annotation(body={"type": "Record", "kind": "relations", "name": "1",
                         "data": '{"id": "r", "contrasts": ["c1", "c2"]}'}),
    ]  # fmt: skip
    draft = read_json(data, flood, authority, ontology, tmp_path)
    assert [claim.id for claim in draft.reading.claims] == ["c2"]
    told = {note.part: note.why for note in draft.dropped}
    assert "stance" in told["claims.c1"]
    assert "leads to a Date" in told["claims.'غرق 12 شخصا'"]
    assert "'Nonsense' is neither a class" in told["Mention 'غرق 12 شخصا'"]
    assert "does not end at the article's own" in told["voices.v9"]
    assert "refers to something that was left out" in told["relations"]


REFUSED = {
    "text.md": (b"# notes", "is not in a known annotation format"),
    "bad.jsonld": (b"{", "is not JSON"),
    "empty.jsonld": (b"{}", "has no annotations"),
    "other.jsonld": (json.dumps(annotation(body={"type": "Tag"})).encode(), "has a body type or"),
    "astray.jsonld": (json.dumps(annotation(target=pointing("xyz"))).encode(), "occur 0 times"),
    "nowhere.jsonld": (json.dumps(annotation(target="x")).encode(), "does not point to a place"),
    "bad.ann": (b"hello", "is not a line of brat"),
    "far.ann": (b"T1\tClaim 0 900", "is not a valid span"),
    "half.ann": (b"R1\tvoice Arg1:T1 Arg2:T2", "one of which is missing"),
    "bad.xmi": (b"<?xml version='1.0'?><x/>", "contains no text"),
    "entities.xmi": (
        b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><x>&a;</x>",
        "DOCTYPE",
    ),
    "bad.json": (b'{"%TYPES": {}, "%FEATURE_STRUCTURES": 1}', "is not a readable CAS"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_none_is_refused(
    name: str, flood: Article, authority: Authority, ontology: Ontology, tmp_path: Path
) -> None:
    content, message = REFUSED[name]
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ReadingError, match=message):
        read_annotations(tmp_path / name, flood, authority, ontology)
    with pytest.raises(ReadingError, match="cannot be read"):
        read_annotations(tmp_path / "missing.ann", flood, authority, ontology)


@pytest.mark.parametrize("name", ["brat", "cas-xmi", "cas-json"])
def test_annotations_of_another_text_are_refused(
    name: str, flood: Article, authority: Authority, ontology: Ontology, tmp_path: Path
) -> None:
    other = TEXT.replace("12", "13")
    mark = Mark(1, "Claim", (Span(0, 5),))
    path = written(AnnotationDocument("flood", "r", other, (mark,)), name, tmp_path)
    with pytest.raises(ReadingError, match=f"differ from offset {TEXT.index('12') + 1} on"):
        read_annotations(path, flood, authority, ontology)


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["id", "in", "about", "sum", "speaker", "voice", "quote", "answer", "time"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)


@settings(deadline=None)
@given(
    st.sampled_from(["voice", "entities", "relations", "unread", "judgements", "reading", "x"]),
    st.sampled_from(["Claim", "Voice", "Quantity", "Date", "Mention"]),
    _JSON,
)
def test_records_and_data_of_any_shape_end_in_a_draft_or_a_message(
    kind: str, layer: str, value: object
) -> None:
    import tempfile

    world = _world()
    data = [
        annotation(body={"type": "Record", "kind": kind, "name": "n", "data": json.dumps(value)}),
        annotation(body={"type": layer, "data": json.dumps(value), "feature-id": "c"}),
    ]
    with tempfile.TemporaryDirectory() as folder:
        try:
            draft = read_json(data, *world, Path(folder))
        except KgError as error:
            assert str(error)
        else:
            assert isinstance(draft, Draft)


_WORLD: list[Any] = []


def _world() -> tuple[Article, Authority, Ontology]:
    if not _WORLD:
        ontology = load_ontology(shipped.ontology_dir())
        _, article, authority = opened(DAM, ontology)
        text = "غرق 12 شخصا"
        _WORLD.append((Article("dam", text, "", article.metadata), authority, ontology))
    return _WORLD[0]


def test_the_commands(
    workspace: Workspace, kg: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    (workspace.root / "out").mkdir()
    for name, ending in FORMATS.items():
        done = kg("annotations", workspace.reading, "-f", name, "-o", f"out/flood{ending}")
        assert done.returncode == 0, done.stderr
        assert "1 reader, date and note of the reading" in done.stderr
        back = kg("read", "flood", "--with", f"out/flood{ending}", "-o", f"{name}.yaml")
        assert back.returncode == 0, back.stderr
        same = kg("compare", workspace.reading, f"{name}.yaml", "--json")
        assert json.loads(same.stdout)["cases"] == []
    # The words are those that stand there, but the link leads to no voice.
    words = f"{TEXT[0:5]} {TEXT[7:8]}"
    (workspace.root / "bad.ann").write_text(
        f"T1\tClaim 0 5;7 8\t{words}\nR1\tvoice Arg1:T1 Arg2:T1\n", encoding="utf-8"
    )
    told = kg("read", "flood", "--with", "bad.ann", "-o", "-")
    assert told.returncode == 0, told.stderr
    assert "left out: claims." in told.stderr
    assert "claims: []" in told.stdout
    assert io.StringIO(told.stdout).readline() == "article: flood\n"
