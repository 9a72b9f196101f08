"""Parts: whole or not there, and the same from the same."""

from __future__ import annotations

from pathlib import Path

import pytest
from small_corpus import TEXTS

from kg.corpus.part import (
    MANIFEST,
    PartJob,
    PartManifest,
    Wanted,
    frame,
    make_part,
    part_name,
    sorted_lines,
    topic_lines,
)
from kg.corpus.record import Record
from kg.corpus.stage import write_staged
from kg.corpus.workshop import Setting

SETTING = Setting("/nowhere", "/nowhere", "2031-03-09", "software", "part-test")


def _job(folder: Path) -> PartJob:
    folder.mkdir()
    wanted = []
    with (folder / "stage").open("wb") as stream:
        for name, text in sorted(TEXTS.items()):
            place = write_staged(stream, Record(name, f"f:{name}", text.encode(), "text"))
            wanted.append(Wanted(name, f"input-{name}", place))
    (folder / "parts").mkdir()
    return PartJob(str(folder / "parts"), str(folder / "stage"), SETTING, "", tuple(wanted))


def test_a_part_is_made_once(tmp_path: Path) -> None:
    job = _job(tmp_path / "a")
    manifest = make_part(job)
    Path(job.stage).unlink()
    assert make_part(job) == manifest == PartManifest.load(Path(job.parts) / job.name)
    assert [path.name for path in Path(job.parts).iterdir()] == [job.name]


def test_a_part_that_cannot_be_written_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = _job(tmp_path / "a")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.corpus.part.write_tables", full)
    with pytest.raises(OSError, match="No space"):
        make_part(job)
    assert list(Path(job.parts).iterdir()) == []


def test_articles_of_an_earlier_part_are_taken_over_byte_for_byte(tmp_path: Path) -> None:
    job = _job(tmp_path / "a")
    make_part(job)
    kept = [Wanted(one.slug, one.input, kept_in=job.name) for one in job.articles]
    again = PartJob(job.parts, job.stage, SETTING, "0", tuple(kept))
    make_part(again)
    for path in (Path(job.parts) / job.name).iterdir():
        copied = (Path(job.parts) / again.name / path.name).read_bytes()
        if path.name == MANIFEST:
            copied = copied.replace(b'"prefix": "0"', b'"prefix": ""')
        assert copied == path.read_bytes(), path.name


def test_the_name_follows_the_articles_and_the_setting() -> None:
    articles = (Wanted("a", "1"), Wanted("b", "2"))
    other = Setting("/nowhere", "/nowhere", "2031-03-10", "software", "part-test")
    names = {
        part_name("", SETTING, articles),
        part_name("1", SETTING, articles),
        part_name("", SETTING, articles[:1]),
        part_name("", SETTING, (articles[0], Wanted("b", "3"))),
        part_name("", other, articles),
    }
    assert len(names) == 5


def test_topics_are_found_by_their_bits(tmp_path: Path) -> None:
    job = _job(tmp_path / "a")
    manifest = make_part(job)
    folder = Path(job.parts) / job.name
    every = list(topic_lines(folder, manifest, ""))
    for prefix in ("0", "1", "01", "1" * 12):
        wanted = [line for line in every if line.startswith(prefix)]
        assert list(topic_lines(folder, manifest, prefix)) == wanted


def test_nothing_stays_nothing() -> None:
    assert (frame(b""), sorted_lines([])) == (b"", b"")
