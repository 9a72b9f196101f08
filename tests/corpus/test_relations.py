"""Relations between articles: which groups make which parts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from small_corpus import MADE, TEXTS, write_jsonl

from kg.corpus.build import add_source, build_corpus
from kg.corpus.layout import bits_of
from kg.corpus.part import MEETING, QUESTIONS, ArticleEntry, PartManifest
from kg.corpus.relations import MOST_MEETINGS, RelationManifest, make_relations, relation_jobs
from kg.corpus.workshop import Setting

if TYPE_CHECKING:
    from collections.abc import Iterable

SETTING = Setting("/nowhere", "/nowhere", MADE, "software", "relations-test")


def _part(*articles: tuple[str, Iterable[str]]) -> PartManifest:
    entries = [
        ArticleEntry(
            slug, slug, f"input-{slug}", meets=tuple(map(bits_of, meets)), kinds=("rules",)
        )
        for slug, meets in articles
    ]
    return PartManifest("", "v", tuple(entries))


def test_a_question_of_one_article_meets_nothing(tmp_path: Path) -> None:
    parts = {"0": _part(("a", ["q", "own"])), "1": _part(("b", ["q"]), ("c", ["alone"]))}
    (job,) = relation_jobs(tmp_path, tmp_path, SETTING, parts)
    assert (job.grouped, job.groups) == (MEETING, {bits_of("q")})
    assert (job.sources, job.kind) == (("0", "1"), "rules")


def test_many_groups_are_several_parts_and_keep_their_names(tmp_path: Path) -> None:
    questions = [f"q{number}" for number in range(MOST_MEETINGS)]
    parts = {"0": _part(("a", questions), ("b", questions), ("c", ["q1"]), ("d", ["q1"]))}
    jobs = list(relation_jobs(tmp_path, tmp_path, SETTING, parts))
    assert sorted(bits for job in jobs for bits in job.groups) == sorted(map(bits_of, questions))
    changed = {"0": _part(("a", questions), ("b", questions), ("c", ["q1"]), ("e", ["q1"]))}
    again = list(relation_jobs(tmp_path, tmp_path, SETTING, changed))
    names, other = ({job.name for job in some} for some in (jobs, again))
    assert len(names) > 1
    assert len(names - other) == len(other - names) == 1


def test_a_part_of_relations_is_made_once(tmp_path: Path) -> None:
    home = add_source(tmp_path / "c", write_jsonl(tmp_path / "a.jsonl", TEXTS), {}, MADE)
    build_corpus(home, load=False)
    parts = {path.name: PartManifest.load(path) for path in home.parts.iterdir()}
    for job in relation_jobs(home.relations, home.parts, home.setting(), parts):
        assert job.grouped in (MEETING, QUESTIONS)
        manifest = make_relations(job)
        assert RelationManifest.load(Path(job.relations) / job.name) == manifest
