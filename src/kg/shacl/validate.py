"""Validation of a graph against the SHACL shapes of ``ontology/shapes``, or others.

Named graphs are merged. Vocabularies, entities and readings must all be in the graph, or in the
base that it extends.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Quad, Store, Triple

from kg.errors import ShapesError
from kg.files import shipped
from kg.rdf.read import read_rdf
from kg.shacl.columns import Columns
from kg.shacl.engine import judge
from kg.shacl.report import ValidationReport, prefixed
from kg.shacl.shapes import read_shapes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kg.shacl.model import Result
    from kg.shacl.shapes import ShapeSet

__all__ = ["Engine", "ValidationReport", "Validator", "read_data", "validate"]

Data = Store | Path | str | Iterable[Quad | Triple]


class Engine(Enum):
    """The validator: Qawl's own engine, or pySHACL as a much slower second opinion."""

    QAWL = "qawl"
    PYSHACL = "pyshacl"


def validate(
    data: Data, shapes: Data | None = None, *, engine: Engine = Engine.QAWL
) -> ValidationReport:
    """Validate a graph against SHACL shapes.

    :param data: a store, quads or triples, or the path of an RDF file.
    :param shapes: the same, or a folder of Turtle files; default Qawl's own shapes. Our prefixes
        can be used in ``sh:sparql`` with ``sh:prefixes <https://w3id.org/qawl/prefixes>``.
    :raises ShapesError: the shapes or the data cannot be read, or the shapes are malformed.
    """
    return Validator(shapes).validate(data, engine=engine)


class Validator:
    """Shapes that are read once and can validate any number of graphs.

    :param shapes: a store, quads or triples, an RDF file or a folder of Turtle files; default
        Qawl's own.
    :raises ShapesError: the shapes cannot be read, or are malformed.
    """

    def __init__(self, shapes: Data | None = None) -> None:
        self._shapes = _own_shapes() if shapes is None else _shapes(shapes)

    def base(self, data: Data) -> Columns:
        """Return a graph that others can extend, such as what all articles share.

        :raises ShapesError: the data cannot be read.
        """
        return Columns(read_data(data))

    def validate(
        self, data: Data, *, base: Columns | None = None, engine: Engine = Engine.QAWL
    ) -> ValidationReport:
        """Validate a graph, or the part of it that extends a base.

        :param base: data that the graph needs but that is not validated itself: only focus nodes
            that are subjects or objects in ``data`` are validated.
        :raises ShapesError: the data cannot be read, or a shape cannot be evaluated.
        """
        return self.judge(Columns(read_data(data), base), engine=engine)

    def judge(self, graph: Columns, *, engine: Engine = Engine.QAWL) -> ValidationReport:
        """Validate a graph that has been read, as :meth:`validate` does.

        :raises ShapesError: a shape cannot be evaluated.
        """
        among = None if graph.base is None else graph.nodes
        shapes = self._shapes
        if engine is Engine.PYSHACL:
            shapes = shapes.left_to_others()
        found = judge(graph, shapes, among)
        results = list(found.results)
        if shapes.left:
            results += self._by_pyshacl(graph, shapes, among)
        return ValidationReport(
            results=tuple(results),
            triples=graph.size,
            shapes=len(shapes.targeted),
            focus_nodes=found.focus_nodes,
            notes=tuple(
                f"{prefixed(node)} is validated by pySHACL: {reason}"
                for node, reason in shapes.left.items()
                if reason
            ),
        )

    @staticmethod
    def _by_pyshacl(
        graph: Columns, shapes: ShapeSet, among: frozenset[object] | None
    ) -> Iterator[Result]:
        from kg.shacl.referee import judge_by_pyshacl

        done = [one.node for one in shapes.targeted if one.node not in shapes.left]
        for result in judge_by_pyshacl(graph.all_triples(), shapes.graph.triples(), done):
            if among is None or result.focus in among:
                yield result


@cache
def _own_shapes() -> ShapeSet:
    return _shapes(shipped.ontology_dir() / "shapes")


def _shapes(shapes: Data) -> ShapeSet:
    prefixes = shipped.ontology_dir() / "prefixes.ttl"
    return read_shapes(Columns([*read_data(shapes), *read_data(prefixes)]), prefixed)


def read_data(data: Data) -> Iterable[Quad | Triple]:
    """Return the quads or triples of a store, a file or a folder of Turtle files.

    :raises ShapesError: a file cannot be read.
    """
    if not isinstance(data, str | Path):
        return data
    path = Path(data)
    if not path.is_dir():
        return _parse(path)
    files = sorted(path.glob("*.ttl"))
    if not files:
        raise ShapesError(f"{path}: has no Turtle files (*.ttl); pass another folder")
    return chain.from_iterable(map(_parse, files))


def _parse(path: Path) -> Sequence[Quad]:
    # The loader keeps blank nodes of different files distinct.
    return read_rdf(path, ShapesError).quads
