"""Reads an article with a language model, paragraph by paragraph, with the voices found so far.

A quote that does not occur exactly once in the paragraph is rejected, requested again with the
reason, and then dropped and reported. Everything the model says is checked.
"""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING

from pydantic import ValidationError

from kg.files.schema_faults import first_fault
from kg.readers.llm.acceptance import Acceptance, Piece
from kg.readers.llm.client import ModelClient
from kg.readers.llm.prompt import again, first_messages, prompt_hash
from kg.readers.llm.proposal import Proposal
from kg.reading.draft import Draft, Note
from kg.reading.entity_names import EntityNames
from kg.reading.model import Reader, Reading
from kg.text.spans import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kg.knowledge.authority import Authority
    from kg.knowledge.ontology import Ontology
    from kg.readers.llm.settings import ModelSettings
    from kg.text.article import Article

__all__ = ["read_article"]

# A piece this short is not split further when the model's answer for it is too long.
_SHORTEST_PIECE = 200
_CUT = re.compile(r"[.!?؟؛…»\"]\s|[،,]\s|\s")


def read_article(
    article: Article, authority: Authority, ontology: Ontology, settings: ModelSettings
) -> Draft:
    """Return the draft that a model proposes for an article.

    :raises ModelError: the server cannot be reached or does not answer as expected.
    """
    return _ModelReader(article, authority, ontology, settings).read()


def _cut(text: str, span: Span, longest: int) -> Iterator[Span]:
    """Split a span into pieces of at most ``longest`` characters, preferably after a sentence."""
    start = span.start
    while span.end - start > longest:
        window = text[start : start + longest]
        ends: dict[int, int] = {}
        for match in _CUT.finditer(window, longest // 2):
            # The last sentence mark, else the last comma, else the last blank.
            rank = 0 if match[0][0] in '.!?؟؛…»"' else 1 if match[0][0] in "،," else 2
            ends[rank] = match.end()
        end = start + (ends[min(ends)] if ends else longest)
        yield Span(start, end)
        start = end
    yield Span(start, span.end)


class _ModelReader:
    def __init__(
        self, article: Article, authority: Authority, ontology: Ontology, settings: ModelSettings
    ) -> None:
        self.article, self.ontology, self.settings = article, ontology, settings
        self.names = EntityNames(authority, ontology)
        self.kept = Acceptance(article, ontology, self.names)
        self.client = ModelClient(settings)
        self.dropped: list[Note] = []
        self.model = settings.model

    def read(self) -> Draft:
        for number, span in enumerate(self.article.paragraphs, 1):
            if not any(map(str.isalnum, span.of(self.article.text))):
                continue
            cuts = list(_cut(self.article.text, span, self.settings.longest_piece))
            for order, cut in enumerate(cuts, 1):
                name = f"p{number}" if len(cuts) == 1 else f"p{number}-{order}"
                self._read_piece(Piece(number, cut, name))
        return Draft(self._reading(), tuple(self._explanations()), tuple(self.dropped))

    def _read_piece(self, piece: Piece) -> None:
        text = piece.span.of(self.article.text)
        messages = first_messages(self.article, self.ontology, text, piece.number, self.kept.voices)
        self.kept.begin(piece)
        faults: dict[str, str] = {}
        for number in range(self.settings.rounds + 1):
            answer = self.client.ask(messages)
            self.model = answer.model
            if answer.ending == "truncated" and number == 0:
                self._read_halves(piece)
                return
            if answer.ending != "complete":
                faults["the answer"] = f"the model refused: {answer.text}"
                break
            before, faults = faults, self._taken(answer.text, faults)
            # If the model did not even try to correct what was rejected, it will not do so later.
            if not faults or (before == faults and "the answer" not in faults):
                break
            reasons = [f"{part}: {reason}" for part, reason in faults.items()]
            messages = [*messages, *again(answer.text, reasons)]
        for part, reason in faults.items():
            self._drop(piece, f"{part}: {reason}")

    def _taken(self, answer: str, faults: Mapping[str, str]) -> dict[str, str]:
        """Keep the acceptable parts of an answer; return the remaining faults, old and new."""
        try:
            proposal = Proposal.model_validate_json(answer)
        except ValidationError as error:
            return {
                **faults,
                "the answer": f"does not match the schema: {first_fault(error).told()}",
            }
        found = {fault.part: fault.reason for fault in self.kept.take(proposal)}
        left = faults.keys() - _parts(proposal) - {"the answer"}
        return {**{part: faults[part] for part in faults if part in left}, **found}

    def _read_halves(self, piece: Piece) -> None:
        length = piece.span.end - piece.span.start
        if length <= _SHORTEST_PIECE:
            self._drop(piece, "the model's answer for it exceeds the model's output limit")
            return
        cuts = _cut(self.article.text, piece.span, -(-length // 2) + 1)
        for order, cut in enumerate(cuts, 1):
            self._read_piece(Piece(piece.number, cut, f"{piece.name}-{order}"))

    def _drop(self, piece: Piece, why: str) -> None:
        self.dropped.append(Note(f"paragraph {piece.number}", "model", why))

    def _reading(self) -> Reading:
        named = {name for voice in self.kept.voices.values() for name in voice.speaker}
        named |= self.kept.mentions.keys()
        return Reading(
            article=self.article.slug,
            reader=Reader(
                name=self.model,
                kind="model",
                parameters=self.settings.parameters,
                prompt=prompt_hash(self.ontology),
            ),
            made=datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
            entities={
                name: entity for name, entity in self.names.entities.items() if name in named
            },
            voices=self.kept.voices,
            claims=tuple(self.kept.claims),
            mentions={name: tuple(found) for name, found in self.kept.mentions.items()},
        )

    def _explanations(self) -> Iterator[Note]:
        for name, voice in self.kept.voices.items():
            if voice.in_ is not None:
                why = voice.why or "has a cue"
                yield Note(f"voices.{name}", self.model, why, voice.confidence)
        for claim in self.kept.claims:
            yield Note(f"claims.{claim.id}", self.model, claim.gloss, claim.confidence)


def _parts(proposal: Proposal) -> set[str]:
    return {
        *(f"voice {one.id}" for one in proposal.voices),
        *(f"claim {one.id}" for one in proposal.claims),
        *(f"mention {one.words}" for one in proposal.mentions),
    }
