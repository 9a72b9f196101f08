"""Engines, which make the parts: this process, several on this machine, or a Spark cluster."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.corpus.engines.base import Here
from kg.corpus.engines.pool import Pool

if TYPE_CHECKING:
    from kg.corpus.engines.base import Engine

__all__ = ["engine_for"]


def engine_for(workers: int, spark: str | None = None) -> Engine:
    """Return the engine for a number of workers, or for the Spark cluster at an address.

    :raises CorpusError: PySpark is not installed.
    """
    if spark is not None:
        from kg.corpus.engines.spark import Spark

        return Spark(spark)
    return Pool(workers) if workers > 1 else Here()
