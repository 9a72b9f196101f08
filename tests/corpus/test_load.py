"""Loading: several compressed files read as one stream."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from small_corpus import MADE, TEXTS, write_jsonl

from kg.corpus.build import add_source, build_corpus
from kg.corpus.load import Chained, content_digest, fill, point_tables, quad_files
from kg.corpus.part import frame
from kg.errors import StoreError
from kg.store.builds import open_store
from kg.store.verify import verify

if TYPE_CHECKING:
    from pathlib import Path


def test_files_follow_one_another_and_empty_ones_do_not_end_it(tmp_path: Path) -> None:
    pieces = [b"one\n", b"", b"two\n" * 100_000, b"three\n"]
    paths = []
    for number, piece in enumerate(pieces):
        path = tmp_path / str(number)
        path.write_bytes(frame(piece) + frame(b"!\n"))
        paths.append(path)
    begun: list[Path] = []
    with io.BufferedReader(Chained(paths, begun.append), 1 << 12) as stream:
        found = stream.read()
    assert found == b"".join(piece + b"!\n" for piece in pieces)
    assert begun == paths


def test_quads_come_part_by_part(tmp_path: Path) -> None:
    found = quad_files([tmp_path / "a", tmp_path / "b"], [tmp_path / "r"])
    assert [str(path.relative_to(tmp_path)) for path in found] == [
        "a/quads.nq.zst", "a/derived.nq.zst", "b/quads.nq.zst", "b/derived.nq.zst",
        "r/relations.nq.zst",
    ]  # fmt: skip


def test_nothing_but_what_is_shared(tmp_path: Path) -> None:
    assert fill(tmp_path, [], [], [], lambda _: None) == 0
    assert content_digest(["a"]) != content_digest(["b"])


def test_tables_lead_to_the_current_build(tmp_path: Path) -> None:
    for name in ("build-1", "build-2"):
        (tmp_path / name / "tables" / name).mkdir(parents=True)
        point_tables(tmp_path, tmp_path / name)
        assert [path.name for path in (tmp_path / "tables").iterdir()] == [name]


def test_a_corpus_can_be_verified(tmp_path: Path) -> None:
    build_corpus(add_source(tmp_path / "c", write_jsonl(tmp_path / "a.jsonl", TEXTS), {}, MADE))
    build = verify(tmp_path / "c")
    assert build.of_corpus
    assert build.quads == len(open_store(tmp_path / "c"))
    damaged = next(path for path in build.store.iterdir() if path.suffix == ".sst")
    damaged.write_bytes(damaged.read_bytes()[:-1] + b"?")
    with pytest.raises(StoreError, match="differs from what was built"):
        verify(tmp_path / "c")


def test_a_build_with_open_readers_is_replaced(tmp_path: Path) -> None:
    source = write_jsonl(tmp_path / "a.jsonl", TEXTS)
    home = add_source(tmp_path / "c", source, {}, MADE)
    build_corpus(home)
    before = open_store(tmp_path / "c")
    number = len(before)
    write_jsonl(source, dict(list(TEXTS.items())[:2]))
    build_corpus(home)
    assert len(before) == number
    assert len(open_store(tmp_path / "c")) < number
