"""A progress bar on a terminal for a build, with its rate and the time left."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from kg.corpus.progress import Progress, Step
from kg.wording import wording

if TYPE_CHECKING:
    from typing import TextIO

__all__ = ["ProgressBar", "progress_bar"]

_WIDTH = 24
_BETWEEN = 0.1


class ProgressBar(Progress):
    """Shows the step, the bar, the rate, the refused records and the time left on one line."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._words = wording("cli", "en")
        self._step: Step | None = None
        self._total: int | None = None
        self._done = self._refused = 0
        self._begun = self._shown = 0.0

    def begin(self, step: Step, total: int | None) -> None:
        """Begin a step."""
        self._step, self._total, self._done, self._refused = step, total, 0, 0
        self._begun = time.monotonic()
        self._show()

    def advance(self, done: int, refused: int = 0) -> None:
        """Count completed items, and update the bar a few times a second."""
        self._done += done
        self._refused += refused
        if time.monotonic() - self._shown >= _BETWEEN:
            self._show()

    def end(self) -> None:
        """Clear the line."""
        self._stream.write("\r\033[K")
        self._stream.flush()

    def line(self, seconds: float) -> str:
        """Return the line after a step has taken so long."""
        assert self._step is not None
        rate = self._done / seconds if seconds > 0 else 0.0
        parts = [self._words[f"step-{self._step.value}"]]
        if self._total:
            share = min(1.0, self._done / self._total)
            full = round(share * _WIDTH)
            parts.append(f"[{'#' * full}{'.' * (_WIDTH - full)}] {self._done:,}/{self._total:,}")
        else:
            parts.append(f"{self._done:,}")
        parts.append(f"{rate:.1f}/s")
        if self._refused:
            parts.append(self._words.counted("refused", self._refused))
        if self._total and rate:
            left = round((self._total - self._done) / rate)
            parts.append(f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02}")
        return "  ".join(parts)

    def _show(self) -> None:
        self._shown = time.monotonic()
        self._stream.write(f"\r\033[K{self.line(self._shown - self._begun)}")
        self._stream.flush()


def progress_bar(stream: TextIO) -> Progress:
    """Return a progress bar if the stream is a terminal, else one that shows nothing."""
    return ProgressBar(stream) if stream.isatty() else Progress()
