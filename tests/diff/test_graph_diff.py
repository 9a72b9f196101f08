"""What changed between two graphs: resources, values, counts, text, JSON, SPARQL, ``kg diff``."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING

import pytest
import zstandard
from examples import ROOT
from graph_strategies import graphs
from hypothesis import given, settings
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, parse

from kg.diff.graph_diff import Change, GraphCount, GraphDiff, ResourceDiff, graph_diff
from kg.diff.load import load_versions
from kg.diff.report import DiffTexts, diff_json, diff_text
from kg.errors import LeftOutWarning, OutputError, StoreError
from kg.graph.build import compile_graph
from kg.knowledge.ontology import ENTITY_KINDS
from kg.rdf.iris import ID
from kg.sparql.update import write_update

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable
    from pathlib import Path

    from examples import Workspace

    Kg = Callable[..., subprocess.CompletedProcess[str]]

PREFIXES = """\
@prefix : <https://w3id.org/qawl/id/claim/a/r/> .
@prefix qawl: <https://w3id.org/qawl/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix ex: <http://example.org/> .
@prefix actor: <https://w3id.org/qawl/id/actor/> .
@prefix passage: <https://w3id.org/qawl/id/passage/a/> .
"""
CLAIM = "https://w3id.org/qawl/id/claim/a/r/"
QAWL = "https://w3id.org/qawl/ontology#"
TEXTS = DiffTexts("old", "new")


def quads(text: str) -> set[Quad]:
    return set(parse((PREFIXES + text).encode(), format=RdfFormat.TRIG))


def diff(before: str, after: str) -> GraphDiff:
    return graph_diff(quads(before), quads(after))


def test_a_value_of_a_part_is_a_change_of_its_owner() -> None:
    found = diff(
        ':dead qawl:gloss "66 died"@en ; qawl:answerQuantity :dead.quantity .'
        ":dead.quantity qawl:numericValue 66 .",
        ':dead qawl:gloss "67 died"@en, "مات 67"@ar ; qawl:answerQuantity :dead.quantity .'
        ":dead.quantity qawl:numericValue 67 .",
    )
    integer = NamedNode("http://www.w3.org/2001/XMLSchema#integer")
    assert found.resources == (
        ResourceDiff(
            f"{CLAIM}dead",
            "claims",
            "changed",
            {"ar": "مات 67", "en": "67 died"},
            added=3,
            removed=2,
            changes=(
                Change(
                    (f"{QAWL}answerQuantity", f"{QAWL}numericValue"),
                    None,
                    (Literal("66", datatype=integer),),
                    (Literal("67", datatype=integer),),
                    (),
                ),
                Change((f"{QAWL}gloss",), "ar", (), (Literal("مات 67", language="ar"),), ()),
                Change(
                    (f"{QAWL}gloss",),
                    "en",
                    (Literal("66 died", language="en"),),
                    (Literal("67 died", language="en"),),
                    (),
                ),
            ),
        ),
    )


def test_what_only_looks_like_a_part_stands_by_itself() -> None:
    # No link leads from the first to the second, though its name continues the first one's.
    found = diff(":a rdfs:label 1 .", ":a rdfs:label 1 . :a.b rdfs:label 1 .")
    assert [(one.iri, one.status) for one in found.resources] == [(f"{CLAIM}a.b", "new")]


def test_resources_are_told_by_kind_then_new_gone_changed() -> None:
    found = diff(
        ":gone rdfs:label 1 . :changed rdfs:label 1 . ex:x rdfs:label 1 . actor:a rdfs:label 1 .",
        ":new rdfs:label 1 . :changed rdfs:label 2 . actor:b rdfs:label 1 .",
    )
    assert [(one.kind, one.status) for one in found.resources] == [
        ("claims", "new"),
        ("claims", "gone"),
        ("claims", "changed"),
        ("entities", "new"),
        ("entities", "gone"),
        ("other", "gone"),
    ]


def test_entities_of_every_kind_are_entities() -> None:
    for kind in ENTITY_KINDS:
        (found,) = diff("", f"<{ID}{kind}/a> rdfs:label 1 .").resources
        assert found.kind == "entities", kind


def test_quads_are_counted_by_graph() -> None:
    found = diff(
        "ex:a ex:p 1 . ex:g { ex:a ex:p 1 . ex:a ex:p 2 }",
        "ex:g { ex:a ex:p 1 . ex:b ex:p 3 . ex:b ex:p 4 }",
    )
    assert found.graphs == (
        GraphCount(None, 0, 1),
        GraphCount("http://example.org/g", 2, 1),
    )
    assert not diff("ex:a ex:p 1 .", "ex:a ex:p 1 .")


def test_a_value_that_goes_to_another_graph_is_moved_not_changed() -> None:
    found = diff("ex:g { ex:a ex:p 1, 2 }", "ex:g { ex:a ex:p 1 } ex:h { ex:a ex:p 2 }")
    (resource,) = found.resources
    (change,) = resource.changes
    assert (change.before, change.after, len(change.moved)) == ((), (), 1)
    assert "http://example.org/p: 2 (moved to another graph)" in diff_text(found, TEXTS)


def test_a_claim_without_a_gloss_in_a_language_is_called_by_its_words() -> None:
    found = diff(
        "",
        ':dead qawl:gloss "66 died"@en ; qawl:evidence passage:1-9 .'
        "passage:1-9 oa:hasSelector passage:1-9.quote ."
        'passage:1-9.quote oa:exact "قتل 66" .',
    )
    assert found.resources[0].labels == {"": "قتل 66", "en": "66 died"}
    assert "“66 died”" in diff_text(found, TEXTS)
    # Between isolates, so that it does not reorder the line.
    assert "“\u2068قتل 66\u2069”" in diff_text(found, TEXTS, language="ar")


def test_the_text_in_both_languages() -> None:
    found = diff(
        ':dead qawl:numericValue 66 . actor:a skos:prefLabel "A"@en, "أ"@ar .',
        ":dead qawl:numericValue 67 .",
    )
    assert diff_text(found, TEXTS) == (
        "old → new\n"
        "quads +1 −3; resources: new 0, removed 1, changed 1\n"
        "        +1       −3  the default graph\n"
        "\n"
        "Claims\n"
        "  ~ claim:a/r/dead\n"
        "      qawl:numericValue: 66 → 67\n"
        "\n"
        "Actors, events, places, populations, sources\n"
        "  − actor:a  “A”  (quads 2)"
    )
    arabic = diff_text(found, TEXTS, language="ar")
    assert "الأقوال\n" in arabic
    assert "  − actor:a  “\u2068أ\u2069”  (الرباعيات: 2)" in arabic


def test_long_values_are_cut_to_where_they_differ() -> None:
    same = "x" * 300
    found = diff(f'ex:a ex:p "{same}old" .', f'ex:a ex:p "{same}new" .')
    line = next(line for line in diff_text(found, TEXTS).splitlines() if "→ …" in line)
    assert line.strip() == (f"http://example.org/p: …{'x' * 30}old → …{'x' * 30}new")


def test_values_that_look_alike_are_told_apart_by_their_datatypes() -> None:
    found = diff('ex:a ex:p "1" .', "ex:a ex:p 1 .")
    assert "http://example.org/p: 1 (xsd:string) → 1 (xsd:integer)" in diff_text(found, TEXTS)


def test_a_value_cannot_reorder_or_rewrite_the_terminal() -> None:
    found = diff("", 'ex:a rdfs:label "a\\u202Eb\\u001B[2J" .')
    assert "“a\\u202eb\\u001b[2J”" in diff_text(found, TEXTS)


def test_a_large_difference_says_how_much_is_left_out() -> None:
    many = " ".join(f":c{number} rdfs:label 1 ." for number in range(25))
    shown = diff_text(diff("", many), TEXTS, limit=20)
    assert shown.count("\n  + ") == 20
    assert shown.endswith("\n  … and 5 more; --limit 0 shows all")
    assert diff_text(diff("", many), TEXTS, limit=None).count("\n  + ") == 25


def test_graphs_and_values_are_limited_too() -> None:
    graphs = " ".join(f"ex:g{number} {{ ex:a ex:p {number} }}" for number in range(9))
    found = diff("ex:a ex:p 99 .", f"ex:a ex:p 99 . {graphs} ex:g8 {{ ex:b ex:p 1, 2 }}")
    assert diff_text(found, TEXTS, limit=2) == (
        "old → new\n"
        "quads +11 −0; resources: new 1, removed 0, changed 1\n"
        "        +3       −0  http://example.org/g8\n"
        "        +1       −0  http://example.org/g0\n"
        "  … and 7 more; --limit 0 shows all\n"
        "\n"
        "Other resources\n"
        "  + http://example.org/b  (quads 2)\n"
        "  ~ http://example.org/a\n"
        "      http://example.org/p: + 0\n"
        "      http://example.org/p: + 1\n"
        "      … and 7 more; --limit 0 shows all"
    )


def test_json_has_what_the_text_has() -> None:
    found = diff(":dead qawl:numericValue 66 .", ':dead qawl:numericValue 67 ; qawl:gloss "م"@ar .')
    assert diff_json(found, DiffTexts("old", "new", ({"en": "note", "ar": "ملاحظة"},))) == {
        "before": "old",
        "after": "new",
        "notes": [{"en": "note", "ar": "ملاحظة"}],
        "added": 2,
        "removed": 1,
        "graphs": [{"graph": None, "added": 2, "removed": 1}],
        "resources": [
            {
                "iri": f"{CLAIM}dead",
                "kind": "claims",
                "status": "changed",
                "labels": {"ar": "م"},
                "added": 2,
                "removed": 1,
                "changes": [
                    {
                        "path": [f"{QAWL}gloss"],
                        "language": "ar",
                        "before": [],
                        "after": [{"type": "literal", "value": "م", "xml:lang": "ar"}],
                        "moved": [],
                    },
                    {
                        "path": [f"{QAWL}numericValue"],
                        "language": None,
                        "before": [
                            {
                                "type": "literal",
                                "value": "66",
                                "datatype": "http://www.w3.org/2001/XMLSchema#integer",
                            }
                        ],
                        "after": [
                            {
                                "type": "literal",
                                "value": "67",
                                "datatype": "http://www.w3.org/2001/XMLSchema#integer",
                            }
                        ],
                        "moved": [],
                    },
                ],
            }
        ],
    }


def test_the_update_deletes_and_inserts_by_graph() -> None:
    found = diff("ex:a ex:p 1 . ex:g { ex:a ex:p 2 }", 'ex:g { ex:a ex:p "\\\\u0041" }')
    assert write_update(found.removed, found.added).decode() == (
        "DELETE DATA {\n"
        "  GRAPH <http://example.org/g> {\n"
        "    <http://example.org/a> <http://example.org/p> "
        '"2"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
        "  }\n"
        "  <http://example.org/a> <http://example.org/p> "
        '"1"^^<http://www.w3.org/2001/XMLSchema#integer> .\n'
        "} ;\n"
        "INSERT DATA {\n"
        "  GRAPH <http://example.org/g> {\n"
        # Were the u written as it is, SPARQL would take \u0041 for the letter A.
        '    <http://example.org/a> <http://example.org/p> "\\\\\\u00750041" .\n'
        "  }\n"
        "}\n"
    )


def test_triples_within_triples_stay_so() -> None:
    found = diff("", 'ex:a ex:p <<( ex:b ex:q <<( ex:c ex:r "x" )>> )>> .')
    inner = '<<( <http://example.org/c> <http://example.org/r> "x" )>>'
    outer = f"<<( <http://example.org/b> <http://example.org/q> {inner} )>>"
    assert outer in write_update(found.removed, found.added).decode()
    changed = diff("ex:a ex:p 1 .", 'ex:a ex:p <<( ex:b ex:q <<( ex:c ex:r "x" )>> )>> .')
    assert f"1 → {outer}" in diff_text(changed, TEXTS)


def test_no_update_can_name_a_blank_node() -> None:
    found = diff("", "ex:a ex:p [] .")
    with pytest.raises(OutputError, match="has a blank node"):
        write_update(found.removed, found.added)


@settings(deadline=None)
@given(graphs(), graphs())
def test_the_update_makes_one_graph_of_the_other(before: set[Quad], after: set[Quad]) -> None:
    found = graph_diff(before, after)
    store = Store()
    store.extend(before)
    store.update(write_update(found.removed, found.added).decode())
    assert set(store) == after


@settings(deadline=None)
@given(graphs(blank=True), graphs(blank=True))
def test_a_difference_holds_together(before: set[Quad], after: set[Quad]) -> None:
    found, back = graph_diff(before, after), graph_diff(after, before)
    assert (set(found.removed), set(found.added)) == (before - after, after - before)
    assert (back.removed, back.added) == (found.added, found.removed)
    # The same, whatever order they are walked in.
    backwards = [dict.fromkeys(sorted(side, key=str, reverse=True)) for side in (before, after)]
    assert graph_diff(*(side.keys() for side in backwards)) == found
    for whole in (found.graphs, found.resources):
        assert sum(one.added for one in whole) == len(found.added)
        assert sum(one.removed for one in whole) == len(found.removed)
    assert bool(found) == (before != after)
    diff_text(found, TEXTS)
    json.dumps(diff_json(found, TEXTS))


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Write two versions of a small graph."""
    for name, value in (("a", 66), ("b", 67)):
        content = f"{PREFIXES}:dead qawl:numericValue {value} ."
        (tmp_path / f"{name}.ttl").write_text(content, encoding="utf-8")
    return tmp_path


def test_literals_of_files_are_compared_as_written(files: Path) -> None:
    (files / "a.ttl").write_text(f"{PREFIXES}:dead qawl:numericValue 66.0 .", encoding="utf-8")
    (files / "b.ttl").write_text(f"{PREFIXES}:dead qawl:numericValue 66.00 .", encoding="utf-8")
    versions = load_versions(files / "a.ttl", files / "b.ttl")
    assert len(versions.before - versions.after) == 1


def test_compressed_files_are_unpacked(files: Path) -> None:
    content = (files / "a.ttl").read_bytes()
    (files / "a.ttl.gz").write_bytes(gzip.compress(content))
    # Two frames, as tools that work in parallel write them.
    frames = zstandard.compress(content[:50]) + zstandard.compress(content[50:])
    (files / "a.ttl.zst").write_bytes(frames)
    for name in ("a.ttl.gz", "a.ttl.zst"):
        versions = load_versions(files / "a.ttl", files / name)
        assert versions.before == versions.after
        assert not versions.notes


@pytest.mark.parametrize("ending", ["gz", "zst"])
@pytest.mark.parametrize("fault", [lambda whole: whole[:-9], lambda whole: b"not packed at all"])
def test_damaged_files_are_refused(
    files: Path, ending: str, fault: Callable[[bytes], bytes]
) -> None:
    pack = {"gz": gzip.compress, "zst": zstandard.compress}[ending]
    path = files / f"c.nq.{ending}"
    path.write_bytes(fault(pack(b"<http://a> <http://b> <http://c> .\n" * 1000)))
    with pytest.raises(StoreError, match="cannot be unpacked") as found:
        load_versions(path, path)
    assert str(found.value).startswith(str(path))


def test_a_fault_inside_a_compressed_file_is_told_by_the_name_that_was_given(files: Path) -> None:
    (files / "bad.ttl.gz").write_bytes(gzip.compress(b"ex:a ex:b ex:c ."))
    with pytest.raises(StoreError, match=r"/bad\.ttl\.gz:1:\d+: is not Turtle"):
        load_versions(files / "bad.ttl.gz", files / "a.ttl")
    (files / "deep.jsonld.gz").write_bytes(gzip.compress(b"[" * 200))
    with pytest.raises(StoreError, match=r"/deep\.jsonld\.gz:1: is nested more than"):
        load_versions(files / "deep.jsonld.gz", files / "a.ttl")


def test_without_named_graphs_on_one_side_the_triples_are_compared(files: Path) -> None:
    (files / "c.trig").write_text(
        f"{PREFIXES}ex:g {{ :dead qawl:numericValue 66 }}", encoding="utf-8"
    )
    versions = load_versions(files / "a.ttl", files / "c.trig")
    assert versions.before == versions.after
    assert "only the triples" in versions.notes[0]["en"]
    # A file that holds nothing has no say in this.
    (files / "empty.nq").write_bytes(b"")
    with pytest.warns(LeftOutWarning, match=r"empty\.nq: contains no triples"):
        assert not load_versions(files / "empty.nq", files / "c.trig").notes


def test_blank_nodes_are_the_same_whatever_their_labels(files: Path) -> None:
    (files / "c.nt").write_text('_:x <http://p> _:y . _:y <http://p> "1" .'.replace(". _", ".\n_"))
    (files / "d.nt").write_text('_:b <http://p> "1" .\n_:a <http://p> _:b .')
    versions = load_versions(files / "c.nt", files / "d.nt")
    assert versions.before == versions.after
    assert "compared by the triples about them" in versions.notes[0]["en"]


def test_a_build_is_compared_with_its_dump(workspace: Workspace, kg: Kg) -> None:
    assert kg("build", "--no-validate").returncode == 0
    assert kg("dump").returncode == 0
    dumps = workspace.graph / "dumps"
    assert kg("diff", ".qawl", dumps).stdout.splitlines()[-1] == "no differences"
    # A store keeps the value of a number, not how it is written; that is no difference.
    whole = (dumps / "qawl.nq").read_text(encoding="utf-8")
    (workspace.root / "x.nq").write_text(whole.replace('"12"^^', '"012"^^'), encoding="utf-8")
    assert kg("diff", "x.nq", ".qawl").returncode == 0
    # But another number is one.
    (workspace.root / "x.nq").write_text(whole.replace('"12"^^', '"13"^^'), encoding="utf-8")
    done = kg("diff", "x.nq", ".qawl")
    assert done.returncode == 1
    assert "claim:flood/curated/drowned  “12 people" in done.stdout
    assert "qawl:answerQuantity / qawl:numericValue: 13 → 12" in done.stdout


def test_the_command_ends_like_diff(files: Path, kg: Kg) -> None:
    same = kg("diff", "a.ttl", "a.ttl")
    assert (same.returncode, same.stdout) == (0, "a.ttl → a.ttl\nno differences\n")
    for name in ("text", "patch", "json", "sparql"):
        assert kg("diff", "a.ttl", "b.ttl", "--format", name).returncode == 1
        assert kg("diff", "a.ttl", "a.ttl", "--format", name).returncode == 0
    changed = kg("diff", "a.ttl", "b.ttl", "-f", "patch", "-o", "out.rdfp")
    assert (changed.returncode, changed.stdout) == (1, "")
    versions = load_versions(files / "a.ttl", files / "b.ttl")
    written = (files / "out.rdfp").read_text()
    changes = [line for line in written.splitlines() if line[:2] in ("A ", "D ")]
    assert sorted(changes) == sorted(
        [
            *(f"D {quad} ." for quad in versions.before - versions.after),
            *(f"A {quad} ." for quad in versions.after - versions.before),
        ]
    )


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["a.ttl", "nothing.ttl"], "nothing.ttl: cannot be read: No such file"),
        (["a.ttl", "a.csv"], "a.csv: the extension is not one of .nq"),
        (["a.ttl", "a.csv.gz"], "a.csv.gz: the extension is not one of .nq"),
        (["a.ttl", "."], ".: is neither a folder of builds (.qawl) nor one that contains qawl.nq"),
        (["a.ttl", "b.ttl", "-o", "no/such/x"], "cannot be written"),
        (["a.ttl", "b.ttl", "-f", "patch", "--previous", "1"], "'1': is not an IRI"),
        (["a.ttl"], "Missing argument 'B'"),
    ],
)
@pytest.mark.usefixtures("files")
def test_trouble_is_one_message_and_status_2(kg: Kg, arguments: list[str], message: str) -> None:
    done = kg("diff", *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.usefixtures("files")
def test_what_was_done_to_the_graphs_is_said_in_every_format(kg: Kg, tmp_path: Path) -> None:
    (tmp_path / "c.trig").write_text("<http://a> { <http://a> <http://b> <http://c> }")
    for name in ("patch", "sparql"):
        first = kg("diff", "a.ttl", "c.trig", "-f", name).stdout.splitlines()[0]
        assert first == "# one of the two has no named graphs, so only the triples are compared"
    assert "\nnote: one of the two has" in kg("diff", "a.ttl", "c.trig").stdout
    assert json.loads(kg("diff", "a.ttl", "c.trig", "-f", "json").stdout)["notes"]


def test_a_changed_reading_changes_its_claim(workspace: Workspace) -> None:
    before = set(compile_graph(workspace.graph).store)
    workspace.edit("15 people drowned", "15 people drowned there")
    after = set(compile_graph(workspace.graph).store)
    found = graph_diff(before, after)
    (claim,) = found.resources
    assert claim.iri == "https://w3id.org/qawl/id/claim/flood/curated/drowned-by-agency"
    assert [(change.path, change.language) for change in claim.changes] == [
        (("http://www.w3.org/2000/01/rdf-schema#label",), "en"),
        ((f"{QAWL}gloss",), "en"),
        ((f"{QAWL}searchText",), None),
    ]


def test_the_dumps_of_the_repository_agree() -> None:
    dumps = ROOT / "graph" / "dumps"
    versions = load_versions(dumps, dumps / "qawl.ttl")
    assert versions.before == versions.after
