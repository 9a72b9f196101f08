"""Frames come whole out of bytes that come in any pieces."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.web.messages import End, FrameReader, Head, frame

FRAMES = st.lists(st.tuples(st.integers(1, 4), st.binary(max_size=40)), max_size=8)


@given(FRAMES, st.lists(st.integers(1, 30), min_size=1, max_size=20))
def test_frames_survive_any_cutting(frames: list[tuple[int, bytes]], sizes: list[int]) -> None:
    stream = b"".join(frame(kind, content) for kind, content in frames)
    reader = FrameReader()
    found = []
    position = number = 0
    while position < len(stream):
        size = sizes[number % len(sizes)]
        found += list(reader.feed(stream[position : position + size]))
        position += size
        number += 1
    assert found == frames


def test_heads_and_ends_survive() -> None:
    head = Head.read(Head.packed(200, {"Content-Type": "text/csv"}, repeatable=True))
    assert head == Head(200, ((b"content-type", b"text/csv"),), repeatable=True)
    for end in (End(), End("cut after 3 rows", told=True), End(last=True)):
        assert End.read(end.packed()) == end


def test_nothing_in_a_header_ends_it() -> None:
    packed = Head.packed(200, {"link": "a\r\nset-cookie: b\n c\x00"}, repeatable=True)
    assert Head.read(packed).headers == ((b"link", b"a set-cookie: b  c "),)
