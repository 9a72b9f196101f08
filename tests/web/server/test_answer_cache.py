"""Answers are kept within bounds, and for one version of the graph."""

from __future__ import annotations

from kg.web.messages import Head
from kg.web.requests import SparqlCall
from kg.web.server.answer_cache import AnswerCache
from kg.web.server.job import Answer


def answer(size: int, version: str = "1") -> Answer:
    return Answer(Head(200, (), repeatable=True), b"x" * size, version=version)


def work(number: int) -> bytes:
    return SparqlCall(str(number).encode()).packed()


def test_an_answer_is_given_again_while_the_graph_is_the_same() -> None:
    cache = AnswerCache(1_000_000)
    kept = answer(10)
    cache.put(work(1), kept)
    assert cache.get(work(1), "1") is kept
    assert cache.get(work(2), "1") is None
    assert cache.get(work(1), "2") is None


def test_what_was_not_used_goes_first() -> None:
    cache = AnswerCache(100_000)
    for number in range(40):
        cache.put(work(number), answer(4000))
        assert cache.get(work(0), "1") is not None
    assert cache.get(work(1), "1") is None
    assert cache.get(work(39), "1") is not None


def test_large_answers_are_not_kept() -> None:
    cache = AnswerCache(100_000)
    cache.put(work(1), answer(50_000))
    assert cache.get(work(1), "1") is None
    nothing = AnswerCache(0)
    nothing.put(work(1), answer(1))
    assert nothing.get(work(1), "1") is None
