"""What waits for a slow reader comes out as it went in, from memory and from the disk."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.web.server.spool import IN_MEMORY, Spool, SpoolSpace


async def read(spool: Spool, into: list[bytes], pause: int = 0) -> None:
    async for piece in spool.pieces():
        into.append(piece)
        for _ in range(pause):
            await asyncio.sleep(0)


@given(st.lists(st.tuples(st.binary(max_size=20), st.integers(0, 3)), max_size=30))
def test_bytes_come_out_in_order(pieces: list[tuple[bytes, int]]) -> None:
    async def run() -> bytes:
        spool = Spool()
        found: list[bytes] = []
        reading = asyncio.create_task(read(spool, found, pause=2))
        for piece, pause in pieces:
            spool.put(piece)
            for _ in range(pause):
                await asyncio.sleep(0)
        spool.close()
        await reading
        return b"".join(found)

    assert asyncio.run(run()) == b"".join(piece for piece, _ in pieces)


def test_what_memory_should_not_hold_waits_on_the_disk() -> None:
    async def run() -> None:
        spool = Spool()
        piece = bytes(range(256)) * 1024
        for _ in range(40):
            spool.put(piece)
        assert not spool.in_memory
        assert spool.size <= IN_MEMORY + len(piece)
        spool.close()
        found: list[bytes] = []
        await read(spool, found)
        assert b"".join(found) == piece * 40
        spool.discard()
        assert spool.in_memory

    asyncio.run(run())


def test_a_loss_is_told_to_the_reader() -> None:
    async def run() -> None:
        spool = Spool()
        spool.put(b"the beginning")
        spool.close(failed=True)
        found: list[bytes] = []
        with pytest.raises(EOFError):
            await read(spool, found)
        assert found == [b"the beginning"]

    asyncio.run(run())


def test_the_largest_gives_way_where_the_room_is_used_up() -> None:
    async def run() -> None:
        piece = bytes(1 << 18)
        space = SpoolSpace(10 * len(piece))
        large, small, later = Spool(space), Spool(space), Spool(space)
        for spool, pieces in ((large, 12), (small, 6)):
            for _ in range(pieces):
                spool.put(piece)
        # Five pieces of each stay in memory, as the first megabyte does.
        assert space.taken == 8 * len(piece)
        for _ in range(8):
            later.put(piece)
        assert space.taken == 4 * len(piece)
        assert (large.closed, small.closed, later.closed) == (True, False, False)
        found: list[bytes] = []
        with pytest.raises(EOFError):
            await read(large, found)
        later.close()
        await read(later, found)
        assert b"".join(found) == piece * 8
        small.discard()
        later.discard()
        assert space.taken == 0

    asyncio.run(run())


def test_who_alone_takes_more_than_there_is_gives_way() -> None:
    async def run() -> None:
        space = SpoolSpace(1_000_000)
        spool = Spool(space)
        for _ in range(100):
            spool.put(bytes(1 << 17))
        assert spool.closed
        assert space.taken == 0
        with pytest.raises(EOFError):
            await read(spool, [])

    asyncio.run(run())
