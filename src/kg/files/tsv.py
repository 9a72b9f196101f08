"""Tab-separated tables that are shipped with the package.

Lines that begin with ``#`` are comments; the first other line has the names of the columns.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kg.errors import KgError

__all__ = ["tsv_rows"]


def tsv_rows(path: Path, error: type[KgError]) -> tuple[Mapping[str, str], ...]:
    """Return the rows of a table, each a mapping from column name to field.

    :param error: the class of error to raise.
    :raises KgError: an ``error`` if the file cannot be read, or a line has more fields than the
        header.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as cause:
        raise error(f"{path}: cannot be read ({cause}); restore the file") from cause
    found: list[Mapping[str, str]] = []
    head: list[str] | None = None
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        fields = line.split("\t")
        if head is None:
            head = fields
            continue
        if len(fields) > len(head):
            raise error(
                f"{path}:{number}: has {len(fields)} fields, but the header has {len(head)} "
                f"({', '.join(head)}); separate fields with one tab"
            )
        fields += [""] * (len(head) - len(fields))
        found.append(dict(zip(head, map(str.strip, fields), strict=True)))
    return tuple(found)
