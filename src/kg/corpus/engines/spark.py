"""A Spark cluster as the engine: the same function over the same jobs.

The jobs are sent to the workers, which write the parts into the corpus's folder themselves and
return the manifests. All of them must see that folder under the same path.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kg.corpus.engines.base import Engine
from kg.errors import CorpusError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["Spark"]

_Job = TypeVar("_Job")
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Spark(Engine):
    """A Spark cluster, by the address of its master, such as ``spark://HOST:7077``."""

    master: str

    def run(self, function: Callable[[_Job], _Result], jobs: Sequence[_Job]) -> Iterator[_Result]:
        """Yield the results as they arrive; Spark repeats the jobs of a lost worker.

        :raises CorpusError: PySpark is not installed, the cluster cannot be reached, or a job fails
            repeatedly.
        """
        if not jobs:
            return
        try:
            from py4j.protocol import Py4JJavaError
            from pyspark import SparkContext
        except ImportError as error:
            raise CorpusError(
                "--spark needs PySpark; install it with: pip install 'qawl[corpus,spark]'"
            ) from error
        # What runs here runs on the workers, unless the user says where Python is there.
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        context = SparkContext(conf=_configuration(self.master))
        try:
            yield from context.parallelize(jobs, len(jobs)).map(function).collect()
        except Py4JJavaError as error:
            raise CorpusError(f"{self.master}: {_reason(error)}") from error
        finally:
            context.stop()


def _configuration(master: str) -> Any:
    from pyspark import SparkConf

    # Workers import the very code that runs here.
    paths = [str(Path(__file__).resolve().parents[3]), os.environ.get("PYTHONPATH", "")]
    return (
        SparkConf()
        .setMaster(master)
        .setAppName("kg corpus")
        .set("spark.executorEnv.PYTHONPATH", os.pathsep.join(filter(None, paths)))
        .set("spark.ui.enabled", "false")
        .set("spark.ui.showConsoleProgress", "false")
    )


def _reason(error: Any) -> str:
    """Extract the reason for a job's failure from Spark's long message."""
    lines = str(error.java_exception).splitlines()
    told = [line for line in lines if "Error" in line and not line.startswith(("\t", " "))]
    return (told or lines or ["failed"])[-1]
