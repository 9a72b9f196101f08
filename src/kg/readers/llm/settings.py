"""Which model to ask, where and how; and which settings the reading records."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from kg.errors import ModelError

__all__ = ["ModelSettings", "settings"]

#: How often an answer with faults is requested again.
ROUNDS: Final = 2
#: Longest piece of a paragraph to send in one request, in characters.
LONGEST_PIECE: Final = 6000


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """A server, a model, and how to ask it; times in seconds."""

    base_url: str
    model: str
    api_key: str = field(repr=False, default="none")
    temperature: float = 0.0
    timeout: float = 120.0
    retries: int = 4
    rounds: int = ROUNDS
    longest_piece: int = LONGEST_PIECE
    cache: Path = Path()
    offline: bool = False

    @property
    def parameters(self) -> dict[str, str | int | float]:
        """The settings that affect the answers, for the record."""
        return {
            "temperature": self.temperature,
            "rounds": self.rounds,
            "longest-piece": self.longest_piece,
        }


def settings(
    base_url: str | None,
    model: str | None,
    *,
    cache: Path | None = None,
    offline: bool = False,
    timeout: float = 120.0,
) -> ModelSettings:
    """Return the settings of a run; the server's key comes only from ``$OPENAI_API_KEY``.

    :raises ModelError: no server or no model is given, or the address is malformed.
    """
    base_url = base_url or os.environ.get("OPENAI_BASE_URL")
    if not base_url:
        raise ModelError(
            "no server given: use --base-url with an OpenAI-compatible server, such as "
            "http://127.0.0.1:8000/v1; the article's text is sent there"
        )
    if urlsplit(base_url).scheme not in {"http", "https"} or not urlsplit(base_url).hostname:
        raise ModelError(
            f"--base-url {base_url!r} is not an address; write it like http://HOST:PORT/v1"
        )
    if not model:
        raise ModelError("no model given: use --model NAME, with the name that the server uses")
    if timeout <= 0:
        raise ModelError(f"--timeout {timeout}: must be a number of seconds above 0")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return ModelSettings(
        base_url=base_url,
        model=model,
        api_key=os.environ.get("OPENAI_API_KEY") or "none",
        timeout=timeout,
        cache=cache or home / "qawl" / "llm",
        offline=offline,
    )
