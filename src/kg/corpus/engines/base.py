"""The interface of an engine, and the simplest one: the calling process.

Every engine calls the same function on the same jobs, and each job writes its own files, so the
result does not depend on the engine or the number of workers.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["Engine", "Here"]

_Job = TypeVar("_Job")
_Result = TypeVar("_Result")


class Engine(ABC):
    """Runs a function on jobs and yields the results as they come."""

    @abstractmethod
    def run(self, function: Callable[[_Job], _Result], jobs: Sequence[_Job]) -> Iterator[_Result]:
        """Yield the results, in any order.

        :raises CorpusError: workers repeatedly die on the same job.
        """


@dataclass(frozen=True, slots=True)
class Here(Engine):
    """The calling process."""

    def run(self, function: Callable[[_Job], _Result], jobs: Sequence[_Job]) -> Iterator[_Result]:
        """Yield the results in the order of the jobs."""
        yield from map(function, jobs)
