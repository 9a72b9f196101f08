"""A reading becomes an annotation document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.readers.annotations.document import AnnotationDocument, Layer, Mark, Record
from kg.reading.draft import plain_part
from kg.reading.grounding import find_mention, find_quote

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.reading.file import ReadingFile
    from kg.reading.model import Claim, Voice
    from kg.reading.parts import Quote, Time
    from kg.text.article import Article
    from kg.text.spans import Span

__all__ = ["document_of"]

_QUANTITY = ("value", "lower", "upper", "unit", "comparator", "approximate")
_DATE = ("edtf", "status", "modifier", "relation", "anchor", "duration")


def document_of(
    file: ReadingFile, article: Article, class_of: Callable[[str], str]
) -> AnnotationDocument:
    """Return the annotations that say what a reading says.

    :param class_of: the class of an entity by its id, for the marks of its mentions.
    :raises GroundingError: a quote is not in the text exactly once.
    """
    return _Writer(file, article, class_of).write()


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


class _Writer:
    def __init__(self, file: ReadingFile, article: Article, class_of: Callable[[str], str]) -> None:
        self.file, self.article, self.class_of = file, article, class_of
        self.reading = file.reading
        self.marks: list[Mark] = []
        self.records: list[Record] = []
        self.voice_marks: dict[str, int] = {}

    def write(self) -> AnnotationDocument:
        head = {
            name: part
            for name, part in plain_part(self.reading).items()
            if name in {"reader", "made", "note"}
        }
        self.records.append(Record("reading", self.file.id, head))
        for name, entity in self.reading.entities.items():
            self.records.append(Record("entities", name, plain_part(entity)))
        # Outer voices first, so that an inner one can be linked to them.
        for name in sorted(self.reading.voices, key=lambda one: (self._depth(one), one)):
            self._voice(name, self.reading.voices[name])
        for index, claim in enumerate(self.reading.claims):
            self._claim(claim, self.file.place("claims", index))
        for name, mentions in self.reading.mentions.items():
            place = self.file.place("mentions", name)
            for mention in mentions:
                for span in find_mention(self.article, mention, place):
                    self._add("Mention", [span], {"entity": name, "type": self.class_of(name)})
        for kind in ("relations", "unread", "judgements"):
            for number, part in enumerate(getattr(self.reading, kind), 1):
                self.records.append(Record(kind, f"{number:04d}", plain_part(part)))
        return AnnotationDocument(
            self.article.slug,
            self.file.id,
            self.article.text,
            tuple(self.marks),
            tuple(self.records),
        )

    def _depth(self, name: str) -> int:
        outer = self.reading.voices[name].in_
        return 0 if outer is None else 1 + self._depth(outer)

    def _add(
        self,
        layer: Layer,
        spans: Sequence[Span],
        features: dict[str, Any],
        data: dict[str, Any] | None = None,
        links: Sequence[tuple[str, int]] = (),
    ) -> int:
        number = len(self.marks) + 1
        texts = {key: _text(value) for key, value in features.items() if value is not None}
        mark = Mark(number, layer, tuple(sorted(spans)), texts, data or {}, tuple(links))
        self.marks.append(mark)
        return number

    def _date(
        self, time: Time, surface: Quote | None, frames: Sequence[Span], place: str
    ) -> int | None:
        """Mark a time's words; ``None`` where it has none."""
        words = time.surface or surface
        if words is None:
            return None
        plain = plain_part(time)
        plain.pop("surface", None)
        features = {key: plain.pop(key, None) for key in _DATE}
        span = find_quote(self.article, words, place, frames)
        return self._add("Date", [span], features, plain)

    def _voice(self, name: str, voice: Voice) -> None:
        place = self.file.place("voices", name)
        plain = plain_part(voice)
        if not voice.cue:
            self.records.append(Record("voice", name, plain))
            return
        spans = [find_quote(self.article, quote, place) for quote in voice.cue]
        links = []
        for key, time in (("said", voice.said), ("as-of", voice.as_of)):
            if time is not None and (number := self._date(time, None, spans, place)) is not None:
                del plain[key]
                links.append((key, number))
        if voice.in_ in self.voice_marks:
            links.append(("in", self.voice_marks[voice.in_]))
            del plain["in"]
        for key in ("cue", "speaker", "act", "marking", "transmission"):
            plain.pop(key, None)
        features = {
            "id": name,
            "speaker": " ".join(voice.speaker),
            "act": voice.act,
            "marking": voice.marking,
            "transmission": voice.transmission,
        }
        self.voice_marks[name] = self._add("Voice", spans, features, plain, links)

    def _claim(self, claim: Claim, place: str) -> None:
        plain = plain_part(claim)
        spans = [find_quote(self.article, quote, place) for quote in claim.quote]
        links = []
        answer = claim.answer
        if answer.is_quantity and answer.surface is not None:
            rest = plain["answer"]
            features = {key: rest.pop(key, None) for key in _QUANTITY}
            del rest["surface"]
            span = find_quote(self.article, answer.surface, place, spans)
            links.append(("quantity", self._add("Quantity", [span], features, rest)))
            del plain["answer"]
        elif answer.time is not None:
            number = self._date(answer.time, answer.surface, spans, place)
            if number is not None:
                links.append(("answer-date", number))
                del plain["answer"]
        dates = [self._date(time, None, spans, place) for time in claim.time]
        plain.pop("time", None)
        pairs = zip(claim.time, dates, strict=True)
        bare = [plain_part(time) for time, number in pairs if number is None]
        if bare:
            plain["time"] = bare
        links += [("date", number) for number in dates if number is not None]
        if claim.voice in self.voice_marks:
            links.append(("voice", self.voice_marks[claim.voice]))
            del plain["voice"]
        features = {key: plain.pop(key, None) for key in ("id", "kind", "gloss")}
        for key in ("quote", "polarity", "stance"):
            plain.pop(key, None)
        features |= {"polarity": claim.polarity, "stance": claim.stance or ""}
        self._add("Claim", spans, features, plain, links)
