"""Requests of httpx that wait as long as a busy machine may take: a limit is for what hangs."""

from __future__ import annotations

from functools import partial

import httpx
from server_process import PATIENCE

__all__ = ["client", "get", "head", "post"]

client = partial(httpx.Client, timeout=PATIENCE)
get = partial(httpx.get, timeout=PATIENCE)
head = partial(httpx.head, timeout=PATIENCE)
post = partial(httpx.post, timeout=PATIENCE)
