"""The folder of a corpus: its layout, and what it was made from.

``corpus.json`` names the sources; ``authority/`` and ``gazetteer/`` have the corpus's own entities
and names; ``readings/SLUG/NAME.yaml`` are readings by people. Made from these are ``parts/`` and
``relations/``, ``refused.jsonl``, and the current build: its store, which every command opens with
``--store FOLDER``, and ``tables/``.
"""

from __future__ import annotations

import fcntl
import json
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from kg.corpus.build_state import State
from kg.corpus.workshop import Setting, folder_digest, software_digest
from kg.errors import CorpusError
from kg.files.atomic import replacing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from kg.corpus.record import Refused

__all__ = ["CorpusHome", "Source"]

_DESCRIBED: Final = "corpus.json"
_STATE: Final = "state.json"
_LOCK: Final = "lock"


@dataclass(frozen=True, slots=True)
class Source:
    """A source of articles: its absolute path, and the columns of its tables by what they have."""

    path: str
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CorpusHome:
    """The folder of a corpus.

    :param made: the date given to its drafts, that of its first build.
    """

    folder: Path
    sources: tuple[Source, ...]
    made: str

    @classmethod
    def open(cls, folder: Path) -> CorpusHome:
        """Open the folder of a corpus.

        :raises CorpusError: it is not one, or its ``corpus.json`` is damaged.
        """
        path = folder / _DESCRIBED
        try:
            data = json.loads(path.read_text(encoding="utf-8"))
            sources = tuple(Source(one["path"], dict(one["columns"])) for one in data["sources"])
            return cls(folder.resolve(), sources, str(data["made"]))
        except FileNotFoundError as error:
            raise CorpusError(
                f"{folder}: is not a corpus folder; create one with: kg corpus build SOURCE -o "
                f"{folder}"
            ) from error
        except (OSError, ValueError, LookupError, TypeError) as error:
            raise CorpusError(
                f"{path}: cannot be read ({error}); restore it, or build the corpus again"
            ) from error

    @classmethod
    def create(cls, folder: Path, made: str | None = None) -> CorpusHome:
        """Create the folder of a new corpus without sources, or open an existing one.

        :param made: the date assigned to drafts; default today in UTC.
        :raises CorpusError: the folder holds something else, or cannot be written.
        """
        if (folder / _DESCRIBED).exists():
            return cls.open(folder)
        own = {"authority", "gazetteer", "readings", "decisions"}
        if folder.is_dir() and (other := {one.name for one in folder.iterdir()} - own):
            raise CorpusError(
                f"{folder}: holds {min(other)!r} and is not a corpus folder; choose an empty one"
            )
        made = made or datetime.now(tz=UTC).date().isoformat()
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CorpusError(
                f"{folder}: cannot be created: {error.strerror or error}; choose another folder"
            ) from error
        home = cls(folder.resolve(), (), made)
        home.save()
        return home

    def save(self) -> None:
        """Write ``corpus.json``.

        :raises OutputError: the folder cannot be written.
        """
        data = {"made": self.made, "sources": [asdict(one) for one in self.sources]}
        with replacing(self.folder / _DESCRIBED) as stream:
            stream.write(json.dumps(data, ensure_ascii=False, indent=1).encode())

    @property
    def parts(self) -> Path:
        """The folder of parts."""
        return self.folder / "parts"

    @property
    def relations(self) -> Path:
        """The folder of relations between articles."""
        return self.folder / "relations"

    @property
    def refused(self) -> Path:
        """The file that lists every record left out of the corpus, and why."""
        return self.folder / "refused.jsonl"

    def state(self) -> State | None:
        """Return the state of the last build, or ``None`` if none has finished.

        :raises CorpusError: it cannot be read.
        """
        path = self.folder / _STATE
        try:
            return State.parse(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError) as error:
            raise CorpusError(
                f"{path}: cannot be read ({error}); delete it, and build the corpus again"
            ) from error

    def save_state(self, state: State, refused: Iterable[Refused]) -> None:
        """Write the state of a build, and the records that were left out.

        :raises OutputError: the folder cannot be written.
        """
        with replacing(self.refused) as stream:
            for one in refused:
                stream.write(f"{json.dumps(asdict(one), ensure_ascii=False)}\n".encode())
        with replacing(self.folder / _STATE) as stream:
            stream.write(state.serialized())

    @property
    def tables(self) -> Path:
        """The tables of the current build, a folder of Parquet files each."""
        return self.folder / "tables"

    def setting(self) -> Setting:
        """Return the current settings for reading its articles.

        :raises OSError: a file of the authority or the gazetteer cannot be read.
        """
        authority, gazetteer = self.folder / "authority", self.folder / "gazetteer"
        return Setting(
            str(authority),
            str(gazetteer),
            self.made,
            software_digest(),
            folder_digest(authority, gazetteer),
        )

    def readings_of(self, slug: str) -> dict[str, bytes]:
        """Return the readings by people in the corpus's own folder, by id."""
        folder = self.folder / "readings" / slug
        return {path.stem: path.read_bytes() for path in sorted(folder.glob("*.yaml"))}

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock for changing a corpus; the kernel releases it if this process dies.

        :raises CorpusError: another process holds it, or the folder cannot be written.
        """
        try:
            lock = (self.folder / _LOCK).open("a")
        except OSError as error:
            raise CorpusError(
                f"{self.folder}: cannot be written: {error.strerror or error}"
            ) from error
        with lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise CorpusError(
                    f"{self.folder}: another build of it is running; wait until it finishes"
                ) from error
            yield
