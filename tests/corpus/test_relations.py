"""Relations: which topics make which parts."""

from __future__ import annotations

from pathlib import Path

from small_corpus import MADE, TEXTS, write_jsonl

from kg.corpus.build import add_source, build_corpus
from kg.corpus.layout import bits_of
from kg.corpus.part import ArticleEntry, PartManifest
from kg.corpus.relations import MOST_CLAIMS, RelationManifest, make_relations, relation_jobs
from kg.corpus.workshop import Setting

SETTING = Setting("/nowhere", "/nowhere", MADE, "software", "relations-test")


def _part(**articles: dict[str, int]) -> PartManifest:
    """Return a part: how many claims each article has of each topic."""
    entries = [
        ArticleEntry(
            slug,
            slug,
            f"input-{slug}",
            topics={bits_of(topic): claims for topic, claims in topics.items()},
            kinds=("rules",),
        )
        for slug, topics in articles.items()
    ]
    return PartManifest("", "v", tuple(entries))


def test_a_claim_alone_is_in_no_relation(tmp_path: Path) -> None:
    parts = {
        "0": _part(a={"shared": 1, "own": 2}),
        "1": _part(b={"shared": 1}, c={"alone": 1}),
        "2": _part(d={"other": 1}),
    }
    (job,) = relation_jobs(tmp_path, tmp_path, SETTING, parts)
    assert job.topics == {bits_of("shared"), bits_of("own")}
    assert (job.shared, job.sources, job.kind) == (1, ("0", "1"), "rules")


def test_many_topics_are_several_parts_that_keep_their_names(tmp_path: Path) -> None:
    topics = {f"t{number}": 1 for number in range(MOST_CLAIMS)}
    parts = {"0": _part(a=topics, b=topics, c={"t1": 1})}
    jobs = list(relation_jobs(tmp_path, tmp_path, SETTING, parts))
    assert sorted(bits for job in jobs for bits in job.topics) == sorted(map(bits_of, topics))
    changed = {"0": _part(a=topics, b=topics, d={"t1": 1})}
    again = list(relation_jobs(tmp_path, tmp_path, SETTING, changed))
    names, other = ({job.name for job in some} for some in (jobs, again))
    assert len(names) > 1
    assert len(names - other) == len(other - names) == 1


def test_a_part_of_relations_is_made_once(tmp_path: Path) -> None:
    home = add_source(tmp_path / "c", write_jsonl(tmp_path / "a.jsonl", TEXTS), {}, MADE)
    build_corpus(home, load=False)
    parts = {path.name: PartManifest.load(path) for path in home.parts.iterdir()}
    for job in relation_jobs(home.relations, home.parts, home.setting(), parts):
        manifest = make_relations(job)
        assert RelationManifest.load(Path(job.relations) / job.name) == manifest
