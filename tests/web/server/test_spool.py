"""What waits for a slow reader comes out as it went in, from memory and from the disk."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.web.server.spool import IN_MEMORY, Spool


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
