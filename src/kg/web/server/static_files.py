"""Stylesheets and scripts, which need no worker."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from starlette.staticfiles import StaticFiles

from kg.html.scripts import SCRIPTS

if TYPE_CHECKING:
    import os
    from os import PathLike

    from starlette.responses import Response
    from starlette.types import Scope

__all__ = ["StaticAssets"]

# A script's name changes with its content; the others are asked for again, with their ETag.
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_ASK_AGAIN: Final = "no-cache"


class StaticAssets(StaticFiles):
    """Files of the package; browsers cache the built scripts indefinitely."""

    def file_response(
        self,
        full_path: PathLike[str] | str,
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Return a file as a response that says how long it may be cached."""
        response = super().file_response(full_path, stat_result, scope, status_code)
        path = Path(full_path)
        lasting = path.parent == SCRIPTS and path.suffix == ".js"
        response.headers["cache-control"] = _FOR_EVER if lasting else _ASK_AGAIN
        return response
