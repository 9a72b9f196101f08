"""A violation is shown at the part and field that it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.desk.faults import faults_of
from kg.desk.live import LiveGraph
from kg.reading.file import load_reading
from kg.reading.grounded import ground_reading
from kg.shacl.validate import validate

if TYPE_CHECKING:
    from examples import Workspace


def test_a_violation_of_an_amount_is_its_claims(workspace: Workspace) -> None:
    workspace.edit("{value: 12, unit: person", "{value: 12, upper: 5, unit: person")
    live = LiveGraph(workspace.graph)
    grounded = ground_reading(load_reading(workspace.reading), live.article("flood"))
    quads = live.compiled(grounded)
    report = validate([*live.known.quads, *live.article_quads("flood"), *quads])
    assert not report.passes
    assert {(one.part, one.field) for one in faults_of(report, quads)} == {
        ("claims.drowned", "value")
    }
