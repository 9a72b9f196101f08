"""``SHA256SUMS``: the checksums of files, as ``sha256sum --check`` reads them."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["SUMS", "checksums"]

#: The name of the file of checksums.
SUMS: Final = "SHA256SUMS"


def checksums(files: Mapping[str, bytes]) -> bytes:
    """Return the content of ``SHA256SUMS`` for files by name, in order of their names."""
    return "".join(
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in sorted(files.items())
    ).encode()
