"""A person's session with a reading: the current file, decisions that change it, and undo.

A decision is either refused, or logged and written; it is on disk when :meth:`decide` returns. If
the file is not what the person saw, nothing is written, whoever changed it.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Final

from pydantic import ValidationError

from kg.desk import decision_log
from kg.desk.changes import applied
from kg.desk.decision_log import DecisionLog, Entry, log_path, sha256_of
from kg.errors import ChangedUnderneathError, DecisionError, ReadingError
from kg.files.atomic import replacing
from kg.files.schema_faults import first_fault
from kg.files.utf8 import read_utf8
from kg.files.yaml_edit import Splice, rewritten, spliced
from kg.files.yaml_input import LARGEST_FILE, load_yaml
from kg.reading.draft import DRAFT_HEAD
from kg.reading.file import ReadingFile, check_reading
from kg.reading.grounded import GroundedReading, ground_reading
from kg.reading.model import Reading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet
    from pathlib import Path

    from pyoxigraph import Quad

    from kg.desk.decision_requests import Decision
    from kg.files.yaml_input import YamlFile
    from kg.text.article import Article

__all__ = ["Seen", "Sitting"]

_HEAD: Final = f"# {DRAFT_HEAD}\n"


@dataclass(frozen=True, slots=True)
class Seen:
    """The current reading: its text, the text's SHA-256, its content, and its quads.

    The quads include undecided proposals. ``undoable`` is the decision that undo would take back
    next, if any.
    """

    text: str
    sha256: str
    grounded: GroundedReading
    quads: AbstractSet[Quad]
    undoable: Entry | None


@dataclass(frozen=True, slots=True)
class Sitting:
    """A person, and the reading that they decide on.

    :param path: the reading's file; it need not exist if there is a draft to start from.
    :param draft: the draft that it corrects, if any.
    :param person: the name to record the reading and its decisions under.
    :param order: the claims of the draft, in its order.
    :param compiled: returns the quads of a reading; raises a :class:`KgError` if it cannot become
        part of the graph.
    :param known: readings read so far, by the SHA-256 of their text; it keeps the last.
    """

    article: Article
    path: Path
    draft: Path | None
    person: str
    compiled: Callable[[GroundedReading], AbstractSet[Quad]]
    order: tuple[str, ...] = ()
    known: dict[str, tuple[GroundedReading, AbstractSet[Quad]]] = field(default_factory=dict)

    @property
    def source(self) -> Path:
        """The file that the reading is in, or starts from."""
        return self.path if self.draft is None or self.path.exists() else self.draft

    def sha256_now(self) -> str:
        """Return the SHA-256 of the reading's current text, whether or not it is valid.

        :raises KgError: the file cannot be read.
        """
        return sha256_of(self._text())

    def look(self) -> Seen:
        """Return the reading as it is now.

        :raises KgError: the file cannot be read, or is not a reading of the article.
        """
        entries = DecisionLog.read(log_path(self.path))
        return self._seen(self._text(), entries)

    def decide(self, decision: Decision, saw: str) -> Seen:
        """Apply a decision.

        :param saw: the SHA-256 of the text that the person saw.
        :returns: the resulting reading, which is on disk.
        :raises ChangedUnderneathError: the file has changed; nothing was written.
        :raises DecisionError: the decision does not fit; nothing was written.
        :raises OutputError: the file or its log cannot be written; nothing is lost.
        """

        def change(now: Seen, _: Sequence[Entry]) -> _Change:
            data = applied(now.grounded, decision, self.order)
            made = rewritten(now.text, data, self.path)
            what = decision.model_dump(mode="json", by_alias=True, exclude_defaults=True)
            return _Change(decision.does, what, made.splices, made.file)

        try:
            return self._write(change, saw)
        except DecisionError as error:
            part, field = _about(decision)
            raise DecisionError(
                str(error), error.part or part, error.field or field
            ) from error.__cause__

    def undo(self, saw: str) -> Seen:
        """Undo the last decision that has not been undone.

        :raises DecisionError: there is none, or its place has since been changed by other means.
        :raises ChangedUnderneathError: the file has changed; nothing was written.
        :raises OutputError: the file or its log cannot be written; nothing is lost.
        """

        def change(now: Seen, entries: Sequence[Entry]) -> _Change:
            last = _undoable(entries)
            if last is None:
                raise DecisionError("there is nothing to undo")
            splices = last.inverse
            if last.now != now.sha256:
                after = decision_log.text_at(entries, last.now)
                assert after is not None
                splices = _moved(splices, after, now.text)
            return _Change(decision_log.UNDO, {"of": last.number}, splices)

        return self._write(change, saw)

    def _write(self, change: Callable[[Seen, Sequence[Entry]], _Change], saw: str) -> Seen:
        # The log's lock is held from reading the file to replacing it.
        with DecisionLog.opened(log_path(self.path), lambda: sha256_of(self._text())) as book:
            text = self._text()
            sha256 = sha256_of(text)
            if sha256 != saw:
                raise ChangedUnderneathError(
                    f"{self.path}: has changed since this page was loaded; nothing was written",
                    book.text_at(saw),
                    text,
                )
            preface = self._preface(text, sha256, book.entries)
            known = (*book.entries, *preface)
            made = change(self._seen(text, known), known)
            result = spliced(text, made.splices)
            after = sha256_of(result)
            entry = self._entry(
                len(known) + 1, made.does, sha256, after, what=made.what, change=made.splices
            )
            try:
                seen = self._seen(result, (*known, entry), made.file)
            except DecisionError:
                raise
            except ReadingError as error:
                raise DecisionError(str(error)) from error
            with book.adding([*preface, entry]), replacing(self.path) as stream:
                stream.write(result.encode())
            return seen

    def _preface(self, text: str, sha256: str, entries: Sequence[Entry]) -> list[Entry]:
        """Return the log entries needed before a decision: the initial text, or others' changes."""
        if not entries:
            draft = {"draft": self.draft.stem} if self.draft else {}
            return [self._entry(1, decision_log.BEGIN, "", sha256, what=draft, text=text)]
        if entries[-1].now == sha256:
            return []
        before = decision_log.text_at(entries, entries[-1].now)
        assert before is not None
        change = tuple(_differences(before, text))
        number = len(entries) + 1
        return [self._entry(number, decision_log.ELSEWHERE, entries[-1].now, sha256, change=change)]

    def _entry(self, number: int, does: str, was: str, now: str, **more: Any) -> Entry:
        at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        return Entry(number, at, self.person, does, was, now, **more)

    def _text(self) -> str:
        if self.path.exists() or self.draft is None:
            return read_utf8(self.path, ReadingError, largest=LARGEST_FILE)
        return self._begun(self.draft)

    def _begun(self, draft: Path) -> str:
        """Return a draft as a person's reading without any decisions."""
        text = read_utf8(draft, ReadingError, largest=LARGEST_FILE).removeprefix(_HEAD)
        source = load_yaml(draft, text)
        reading = _validated(source)
        data: Any = source.data
        data = {
            "article": data["article"],
            **({"version": data["version"]} if "version" in data else {}),
            "reader": {"name": self.person, "kind": "person"},
            "made": datetime.now(UTC).date().isoformat(),
            "decisions": {"draft": draft.stem, "open": [claim.id for claim in reading.claims]},
            **{key: value for key, value in data.items() if key not in _OF_DRAFT},
        }
        return rewritten(text, data, draft).text

    def _seen(self, text: str, entries: Sequence[Entry], source: YamlFile | None = None) -> Seen:
        sha256 = sha256_of(text)
        if (found := self.known.get(sha256)) is None:
            if source is None:
                source = load_yaml(self.path, text)
            file = ReadingFile(self.path.stem, _validated(source), source)
            check_reading(source, file.reading)
            grounded = ground_reading(file, self.article.at_version(file.reading.version))
            found = grounded, self.compiled(grounded)
            while len(self.known) >= _KEPT:
                del self.known[next(iter(self.known))]
            self.known[sha256] = found
        return Seen(text, sha256, *found, _undoable(entries))


#: How many versions of a reading stay known: the last, and those that undo goes back to next.
_KEPT: Final = 4
_OF_DRAFT: Final = frozenset({"article", "version", "reader", "made", "note"})
_NO_DECISION: Final = frozenset({decision_log.BEGIN, decision_log.ELSEWHERE, decision_log.UNDO})


@dataclass(frozen=True, slots=True)
class _Change:
    does: str
    what: dict[str, Any]
    splices: tuple[Splice, ...]
    file: YamlFile | None = None


def _validated(source: YamlFile) -> Reading:
    """Return the reading in a file's data.

    :raises DecisionError: it breaks the schema; ``part`` and ``field`` say where.
    """
    try:
        return Reading.model_validate(source.data)
    except ValidationError as error:
        fault = first_fault(error)
        where = [str(one) for one in fault.keys]
        part, field = ".".join(where[:2]), _card_field(where[2:])
        match fault.keys:
            case ("claims", int(index), *_):
                claim: Any = source.data
                part = f"claims.{claim['claims'][index].get('id', index)}"
        raise DecisionError(f"{source.place(*fault.keys)}: {fault.reason}", part, field) from error


def _card_field(where: Sequence[str]) -> str:
    """Return the field of a card that shows a place inside a claim or a voice."""
    match where:
        case ["answer", inner, *_]:
            return inner
        case ["question", inner, *_]:
            return f"question.{inner}"
        case [name, *_]:
            return name
        case _:
            return ""


def _about(decision: Decision) -> tuple[str, str]:
    """Return the part and the field at which to show a fault without a place of its own."""
    field = next(iter(getattr(decision, "changes", {})), "")
    for kind, group in (("claim", "claims"), ("voice", "voices"), ("entity", "entities")):
        if (name := getattr(decision, kind, None)) is not None:
            return f"{group}.{name}", field
    return "", field


def _undoable(entries: Sequence[Entry]) -> Entry | None:
    """Return the last decision that has not been undone."""
    stack: list[Entry] = []
    for entry in entries:
        if entry.does == decision_log.UNDO:
            stack.pop()
        elif entry.does not in _NO_DECISION:
            stack.append(entry)
    return stack[-1] if stack else None


def _blocks(before: str, after: str) -> list[tuple[bool, int, int, int, int]]:
    """Return which ranges of two texts are equal, line by line, in characters of each."""
    one, two = before.splitlines(keepends=True), after.splitlines(keepends=True)
    ones, twos = ([0, *accumulate(map(len, lines))] for lines in (one, two))
    matcher = difflib.SequenceMatcher(a=one, b=two, autojunk=False)
    return [
        (kind == "equal", ones[a], ones[b], twos[c], twos[d])
        for kind, a, b, c, d in matcher.get_opcodes()
    ]


def _differences(before: str, after: str) -> list[Splice]:
    return [
        Splice(start, before[start:end], after[low:high])
        for same, start, end, low, high in _blocks(before, after)
        if not same
    ]


def _moved(splices: Sequence[Splice], before: str, after: str) -> tuple[Splice, ...]:
    """Convert splices of a text to splices of another in which their places are unchanged.

    :raises DecisionError: a place has been changed.
    """
    same = [(start, end, low) for equal, start, end, low, _ in _blocks(before, after) if equal]
    found = []
    for one in splices:
        for start, end, low in same:
            if start <= one.start and one.end <= end:
                found.append(replace(one, start=one.start - start + low))
                break
        else:
            raise DecisionError(
                "the part that this decision changed has since been edited in the file; undo that "
                "edit there"
            )
    return tuple(found)
