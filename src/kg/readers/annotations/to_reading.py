"""Converts an annotation document to a draft reading, with the usual checks."""

from __future__ import annotations

import datetime
import itertools
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from kg.errors import KgError, ReadingError
from kg.files.schema_faults import first_fault
from kg.files.yaml_input import shown
from kg.readers.annotations.document import FEATURES, HEAD, LINKS
from kg.reading.draft import Draft, Note
from kg.reading.entity_names import EntityNames
from kg.reading.model import Claim, LocalEntity, Mention, Reader, Reading, Voice
from kg.reading.parts import ARTICLE_SPEAKER, Answer, Time, listed
from kg.reading.quoting import quote_at

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from kg.knowledge.authority import Authority
    from kg.knowledge.ontology import Ontology
    from kg.readers.annotations.document import AnnotationDocument, Layer, Mark, Record
    from kg.text.article import Article
    from kg.text.spans import Span

__all__ = ["draft_of"]

_ROOT = "article"
_RELATING = (
    "sum", "parts", "contrasts", "refines", "supersedes", "updates", "retracts", "supports",
    "alternative", "part-of",
)  # fmt: skip
_Part = TypeVar("_Part")


def draft_of(
    document: AnnotationDocument, article: Article, authority: Authority, ontology: Ontology
) -> Draft:
    """Return the reading from annotations of an article.

    Marks that the schema rejects, or that are outside the annotation they belong to, are left out
    and reported.

    :raises ReadingError: the annotated text is not the article's.
    """
    if document.text != article.text:
        pairs = zip(document.text, article.text, strict=False)
        shorter = min(len(document.text), len(article.text))
        at = next((offset for offset, (a, b) in enumerate(pairs) if a != b), shorter)
        raise ReadingError(
            f"the annotated text is not that of {article.slug}: they differ from offset {at} on "
            f"({shown(document.text[at : at + 20])}, {shown(article.text[at : at + 20])}); "
            "annotate the stored text of the article"
        )
    return _Reader(document, article, authority, ontology).read()


class _Reader:
    def __init__(
        self,
        document: AnnotationDocument,
        article: Article,
        authority: Authority,
        ontology: Ontology,
    ) -> None:
        self.document, self.article, self.authority = document, article, authority
        self.names = EntityNames(authority, ontology)
        self.marks = {mark.number: mark for mark in document.marks}
        self.mentions = self._of("Mention")
        self.dropped: list[Note] = list(document.left_out)
        self.explained: list[Note] = []
        self.entities: dict[str, LocalEntity] = {}
        self.voices: dict[str, Voice] = {}
        self.voice_names: dict[int, str] = {}
        self.numbers = {letter: itertools.count(1) for letter in "vc"}

    def read(self) -> Draft:
        head: dict[str, Any] = {}
        for record in self.document.records:
            if record.kind == "reading" and isinstance(record.data, dict):
                head = record.data
            elif record.kind == "entities":
                self._kept(f"entities.{record.name}", self._entity, record)
        mentions = self._mentions()
        self._voices()
        claims = self._claims()
        others: dict[str, list[Any]] = {"relations": [], "unread": [], "judgements": []}
        for record in self.document.records:
            if record.kind in others:
                others[record.kind].append(record.data)
        made = datetime.datetime.now(tz=datetime.UTC).date().isoformat()
        data: dict[str, Any] = {
            "article": self.article.slug,
            "reader": Reader(name="Annotations"),
            "made": made,
            **{key: head[key] for key in HEAD if key in head},
            "entities": {**self.entities, **self.names.entities},
            "voices": self.voices,
            "claims": claims,
            "mentions": mentions,
            **self._sound(others, {claim.id for claim in claims}),
        }
        try:
            reading = Reading.model_validate(data)
        except ValidationError as error:
            fault = first_fault(error)
            raise ReadingError(
                f"the annotations do not form a valid reading: {fault.told()} "
                f"(here: {shown(fault.value)})"
            ) from error
        return Draft(reading, tuple(self.explained), tuple(self.dropped))

    def _kept(self, part: str, make: Callable[[_Part], None], given: _Part) -> None:
        try:
            make(given)
        except ValidationError as error:
            self.dropped.append(Note(part, "annotation", first_fault(error).told()))
        except KgError as error:
            self.dropped.append(Note(part, "annotation", str(error)))

    def _entity(self, record: Record) -> None:
        if record.name in self.authority.entities:
            raise ReadingError(f"{record.name!r} is already in the authority files")
        self.entities[record.name] = LocalEntity.model_validate(record.data)

    def _words(self, mark: Mark) -> str:
        return " ".join(span.of(self.article.text) for span in mark.spans)

    def _of(self, layer: Layer) -> list[Mark]:
        return [mark for mark in self.document.marks if mark.layer == layer]

    def _linked(self, mark: Mark, name: str) -> list[Mark]:
        numbers = [number for key, number in mark.links if key == name]
        if any(number not in self.marks for number in numbers):
            raise ReadingError(f"its link {name!r} leads to something that was left out")
        found = [self.marks[number] for number in numbers]
        wrong = [one for one in found if one.layer != LINKS[mark.layer][name]]
        if wrong:
            raise ReadingError(f"its link {name!r} leads to a {wrong[0].layer}")
        return found

    def _known(self, name: str) -> bool:
        return name in self.authority.entities or name in self.entities

    def _mentions(self) -> dict[str, list[Mention]]:
        found: dict[str, list[Mention]] = {}

        def keep(mark: Mark) -> None:
            if len(mark.spans) != 1:
                raise ReadingError("a mention must be in one place")
            name = mark.features.get("entity", "")
            if not self._known(name):
                name = self.names.resolve(self._words(mark), mark.features.get("type", "Actor"))
            quote = quote_at(self.article, mark.spans[0])
            found.setdefault(name, []).append(Mention.model_validate(quote.model_dump()))

        for mark in self._of("Mention"):
            self._kept(f"Mention {shown(self._words(mark))}", keep, mark)
        return found

    # Voices

    def _voices(self) -> None:
        waiting: dict[str, Mark | dict[str, Any]] = {}
        for record in self.document.records:
            if record.kind == "voice" and isinstance(record.data, dict):
                waiting[record.name] = record.data
        for mark in self._of("Voice"):
            name = mark.features.get("id", "")
            if not name or name in waiting:
                name = self._free("v", waiting)
            waiting[name] = mark
            self.voice_names[mark.number] = name
        roots = [
            name for name, one in waiting.items() if isinstance(one, dict) and one.get("in") is None
        ]
        if not roots:
            self.voices[_ROOT] = Voice.model_validate({"speaker": ARTICLE_SPEAKER})
        self.root = roots[0] if roots else _ROOT
        for name, one in waiting.items():
            self._kept(f"voices.{name}", self._voice, (name, one))
        self._drop_orphans()

    def _free(self, letter: str, taken: Collection[str]) -> str:
        """Return the next unused name of a kind."""
        while (name := f"{letter}{next(self.numbers[letter])}") in taken:
            pass
        return name

    def _voice(self, given: tuple[str, Mark | dict[str, Any]]) -> None:
        name, one = given
        if isinstance(one, dict):
            self.voices[name] = Voice.model_validate(one)
            return
        data = dict(one.data)
        data |= {key: one.features[key] for key in FEATURES["Voice"][2:] if key in one.features}
        outer = self._linked(one, "in")
        if outer:
            data["in"] = self.voice_names[outer[0].number]
        data.setdefault("in", self.root)
        data["speaker"] = self._speakers(one)
        data["cue"] = [quote_at(self.article, span) for span in one.spans]
        for key in ("said", "as-of"):
            for date in self._linked(one, key):
                data[key] = self._time(date, one.spans)
        self.voices[name] = Voice.model_validate(data)
        self.explained.append(Note(f"voices.{name}", "annotation", self._words(one)))

    def _speakers(self, mark: Mark) -> list[str]:
        named = mark.features.get("speaker", "").split()
        if named and all(self._known(one) or one == ARTICLE_SPEAKER for one in named):
            return named
        if not named and mark.data.get("source"):
            return []  # a document speaks
        for mention in self.mentions:
            inside = all(any(cue.contains(span) for cue in mark.spans) for span in mention.spans)
            name = mention.features.get("entity", "")
            if inside and self._known(name) and not named:
                return [name]
        return [self.names.resolve(" ".join(named) or self._words(mark), "UnnamedActor")]

    def _drop_orphans(self) -> None:
        """Drop voices whose outer voices are missing or form a cycle."""
        for name in list(self.voices):
            seen, here = set(), name
            while here in self.voices and here not in seen:
                seen.add(here)
                outer = self.voices[here].in_
                if outer is None:
                    break
                here = outer
            else:
                self.dropped.append(
                    Note(
                        f"voices.{name}",
                        "annotation",
                        "its chain of voices does not end at the article's own voice",
                    )
                )
                del self.voices[name]

    # Claims

    def _time(self, mark: Mark, frames: Sequence[Span]) -> Time:
        data = dict(mark.data)
        data |= {key: mark.features[key] for key in FEATURES["Date"] if mark.features.get(key)}
        data["surface"] = self._surface(mark, frames)
        return Time.model_validate(data)

    def _surface(self, mark: Mark, frames: Sequence[Span]) -> Any:
        if len(mark.spans) != 1 or not any(frame.contains(mark.spans[0]) for frame in frames):
            raise ReadingError(
                f"{shown(self._words(mark))} is outside the annotation that it belongs to"
            )
        return quote_at(self.article, mark.spans[0], frames)

    def _claims(self) -> list[Claim]:
        found: list[Claim] = []
        given = {mark.features.get("id", "") for mark in self._of("Claim")}
        taken: set[str] = set()

        def keep(mark: Mark) -> None:
            name = mark.features.get("id", "")
            if not name or name in taken:
                name = self._free("c", taken | given if name else given)
            found.append(self._claim(name, mark))
            taken.add(name)
            self.explained.append(Note(f"claims.{name}", "annotation", self._words(mark)))

        for mark in self._of("Claim"):
            part = f"claims.{mark.features.get('id') or shown(self._words(mark))}"
            self._kept(part, keep, mark)
        return found

    def _claim(self, name: str, mark: Mark) -> Claim:
        data = dict(mark.data)
        data |= {key: mark.features[key] for key in FEATURES["Claim"][1:] if mark.features.get(key)}
        data["id"] = name
        data["quote"] = [quote_at(self.article, span) for span in mark.spans]
        data.setdefault("gloss", self._words(mark))
        linked = self._linked(mark, "voice")
        if linked:
            data["voice"] = self.voice_names[linked[0].number]
        data.setdefault("voice", self.root)
        if isinstance(data["voice"], str) and data["voice"] not in self.voices:
            raise ReadingError(f"its voice {data['voice']!r} was left out")
        for quantity in self._linked(mark, "quantity"):
            data["answer"] = self._quantity(quantity, mark.spans)
            data.setdefault("question", {"how-many": "count"})
        for date in self._linked(mark, "answer-date"):
            data["answer"] = {"time": self._time(date, mark.spans)}
        times = [self._time(date, mark.spans) for date in self._linked(mark, "date")]
        if times:
            bare = data.get("time", [])
            data["time"] = [*times, *(bare if isinstance(bare, list) else [bare])]
        if "question" not in data:
            data.setdefault("kind", "state")
        return Claim.model_validate(data)

    def _quantity(self, mark: Mark, frames: Sequence[Span]) -> Answer:
        data = dict(mark.data)
        data |= {key: mark.features[key] for key in FEATURES["Quantity"] if mark.features.get(key)}
        data["surface"] = self._surface(mark, frames)
        return Answer.model_validate(data)

    def _sound(self, others: dict[str, list[Any]], claims: set[str]) -> dict[str, list[Any]]:
        """Leave out relations and judgements about parts that were left out."""
        kept: dict[str, list[Any]] = {**others, "relations": [], "judgements": []}
        known = {*claims, *self.voices}
        for part in others["relations"]:
            self._either(kept, "relations", part, _names(part, _RELATING) <= claims)
        for part in others["judgements"]:
            self._either(kept, "judgements", part, _names(part, ("about",)) <= known)
        return kept

    def _either(self, kept: dict[str, list[Any]], kind: str, part: Any, sound: bool) -> None:
        if sound:
            kept[kind].append(part)
        else:
            self.dropped.append(
                Note(
                    kind, "annotation", f"{shown(str(part))}: refers to something that was left out"
                )
            )


def _names(part: Any, keys: Sequence[str]) -> set[str]:
    """Return the ids under some keys of a record, each one id or a list."""
    values = [part.get(key) for key in keys] if isinstance(part, dict) else []
    return {str(one) for value in values if value for one in listed(value)}
