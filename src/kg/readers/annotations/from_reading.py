"""Converts a reading to an annotation document."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.readers.annotations.document import FEATURES, HEAD, AnnotationDocument, Layer, Mark, Record
from kg.reading.draft import plain_part
from kg.reading.grounded import ground_reading

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from kg.reading.file import ReadingFile
    from kg.reading.grounded import GroundedClaim, GroundedReading, GroundedVoice
    from kg.reading.parts import Time
    from kg.text.article import Article
    from kg.text.spans import Span

__all__ = ["document_of"]


def document_of(
    file: ReadingFile, article: Article, class_of: Callable[[str], str]
) -> AnnotationDocument:
    """Return the annotations that represent a reading.

    :param class_of: the class of an entity by its id, for the marks of its mentions.
    :raises ReadingError: the reading names another article.
    :raises GroundingError: a quote is not in the text exactly once.
    """
    return _Writer(ground_reading(file, article), class_of).write()


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


class _Writer:
    def __init__(self, grounded: GroundedReading, class_of: Callable[[str], str]) -> None:
        self.grounded, self.class_of = grounded, class_of
        self.reading = grounded.reading
        self.marks: list[Mark] = []
        self.records: list[Record] = []
        self.voice_marks: dict[str, int] = {}

    def write(self) -> AnnotationDocument:
        head = {name: part for name, part in plain_part(self.reading).items() if name in HEAD}
        self.records.append(Record("reading", self.grounded.file.id, head))
        for name, entity in self.reading.entities.items():
            self.records.append(Record("entities", name, plain_part(entity)))
        # Outer voices first, so that an inner one can be linked to them.
        for name in sorted(self.reading.voices, key=lambda one: (self._depth(one), one)):
            self._voice(name, self.grounded.voices[name])
        for claim in self.grounded.claims:
            self._claim(claim)
        for name, spans in self.grounded.mentions.items():
            for span in spans:
                self._add("Mention", [span], {"entity": name, "type": self.class_of(name)})
        for kind in ("relations", "unread", "judgements"):
            for number, part in enumerate(getattr(self.reading, kind), 1):
                self.records.append(Record(kind, f"{number:04d}", plain_part(part)))
        return AnnotationDocument(
            self.grounded.article.slug,
            self.grounded.file.id,
            self.grounded.article.text,
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

    def _date(self, time: Time | None, words: Span | None) -> int | None:
        """Mark a time's words; ``None`` if it has none."""
        if time is None or words is None:
            return None
        plain = plain_part(time)
        plain.pop("surface", None)
        features = {key: plain.pop(key, None) for key in FEATURES["Date"]}
        return self._add("Date", [words], features, plain)

    def _voice(self, name: str, grounded: GroundedVoice) -> None:
        voice = grounded.voice
        plain = plain_part(voice)
        if not voice.cue:
            self.records.append(Record("voice", name, plain))
            return
        links = []
        for key, time, words in (
            ("said", voice.said, grounded.said),
            ("as-of", voice.as_of, grounded.as_of),
        ):
            if (number := self._date(time, words)) is not None:
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
        self.voice_marks[name] = self._add("Voice", grounded.cues, features, plain, links)

    def _claim(self, grounded: GroundedClaim) -> None:
        claim = grounded.claim
        plain = plain_part(claim)
        links = []
        answer = claim.answer
        if answer.is_quantity and grounded.answer is not None:
            rest = plain["answer"]
            features = {key: rest.pop(key, None) for key in FEATURES["Quantity"]}
            del rest["surface"]
            number = self._add("Quantity", [grounded.answer], features, rest)
            links.append(("quantity", number))
            del plain["answer"]
        elif (date := self._date(answer.time, grounded.answer)) is not None:
            links.append(("answer-date", date))
            del plain["answer"]
        pairs = list(zip(claim.time, grounded.times, strict=True))
        dates = [self._date(time, words) for time, words in pairs]
        plain.pop("time", None)
        bare = [plain_part(time) for time, words in pairs if words is None]
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
        self._add("Claim", grounded.quotes, features, plain, links)
