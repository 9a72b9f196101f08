"""Networks of selected claims: the filters of the named question ``claims``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.errors import ParameterError
from kg.networks.rows import solutions
from kg.store.local import named_question

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kg.store.local import Graph

__all__ = ["filter_names", "passing_claims"]


def filter_names() -> tuple[str, ...]:
    """Return the names of the filters, without the parameter ``mode``."""
    return tuple(one.name for one in named_question("claims").parameters if one.name != "mode")


def passing_claims(
    graph: Graph, filters: Mapping[str, object], mode: str = "generous"
) -> frozenset[str] | None:
    """Return the IRIs of the claims that pass every filter; ``None`` if no filter is set.

    :param mode: ``strict`` looks for speakers only among the voices that the text marks.
    :raises ParameterError: a filter is unknown, malformed, or names nothing in the graph.
    """
    filters = {name: value for name, value in filters.items() if value is not None}
    if not filters:
        return None
    question = named_question("claims")
    unknown = [name for name in filters if name.replace("-", "_") not in filter_names()]
    if unknown:
        raise ParameterError(
            f"networks have no filter {unknown[0]!r}; they have {', '.join(filter_names())}"
        )
    _, rows = solutions(graph, graph.question_text(question, {**filters, "mode": mode}))
    return frozenset(row["claim"].value for row in rows)
