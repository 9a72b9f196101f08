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


def test_requests_count_as_answers_do() -> None:
    cache = AnswerCache(1_000_000)
    requests = [SparqlCall(b"", body=bytes([number]) * 40_000).packed() for number in range(30)]
    for request in requests:
        cache.put(request, answer(1))
    kept = [request for request in requests if cache.get(request, "1")]
    # 1,000,000 hold 24 of 40,000 bytes and what comes with them, the newest ones.
    assert kept == requests[-len(kept) :]
    assert 20 <= len(kept) <= 24
    cache.put(b"x" * 70_000, answer(1))
    assert cache.get(b"x" * 70_000, "1") is None


def test_headers_count_too() -> None:
    cache = AnswerCache(100_000)
    head = Head(200, ((b"x", b"y" * 7000),), repeatable=True)
    cache.put(work(1), Answer(head, b"", version="1"))
    assert cache.get(work(1), "1") is None


def test_large_answers_are_not_kept() -> None:
    cache = AnswerCache(100_000)
    cache.put(work(1), answer(50_000))
    assert cache.get(work(1), "1") is None
    nothing = AnswerCache(0)
    nothing.put(work(1), answer(1))
    assert nothing.get(work(1), "1") is None
