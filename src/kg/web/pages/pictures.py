"""The worker's part of the pictures of ``kg draw``: the input for Graphviz.

A worker cannot start a program; the server runs Graphviz (:mod:`kg.web.server.drawing`).
"""

from __future__ import annotations

from dataclasses import asdict
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from kg.errors import NetworkError, PictureError
from kg.pictures.drawing import scene_of
from kg.web.pages.content import Content, json_document
from kg.web.refusal import RequestRefused

if TYPE_CHECKING:
    from kg.store.local import Graph
    from kg.web.requests import Picture

__all__ = ["picture_scene"]


def picture_scene(graph: Graph, request: Picture) -> Content:
    """Return the scene of a picture as JSON.

    :raises RequestRefused: there is no such picture, or it has nothing or too much to draw.
    :raises ParameterError: a parameter is unknown, or names nothing in the graph.
    """
    given: dict[str, Any] = {name.replace("-", "_"): value for name, value in request.parameters}
    try:
        scene = scene_of(request.name, graph, lang=request.language, **given)
    except (NetworkError, PictureError) as error:
        raise RequestRefused(HTTPStatus.NOT_FOUND, str(error)) from error
    return json_document(asdict(scene), "application/json")
