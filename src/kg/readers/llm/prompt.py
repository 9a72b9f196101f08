"""What is sent to a model: fixed instructions, and the article as data."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from kg.readers.llm.proposal import answer_format

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kg.knowledge.ontology import Ontology
    from kg.reading.model import Voice
    from kg.text.article import Article

__all__ = ["Message", "again", "first_messages", "prompt_hash"]

Message = dict[str, str]

_SCHEMES = {
    "unit": "unit",
    "comparator": "comparator",
    "measure": "measure",
    "speech_act": "speech-act",
}


@lru_cache(maxsize=1)
def _instructions() -> str:
    return files("kg.readers.llm").joinpath("prompt.txt").read_text(encoding="utf-8")


def _system(ontology: Ontology) -> str:
    codes = {name: sorted(ontology.codes[scheme]) for name, scheme in _SCHEMES.items()}
    return f"{_instructions()}\nVocabularies: {json.dumps(codes)}\n"


def prompt_hash(ontology: Ontology) -> str:
    """Return the SHA-256, in hexadecimal, of everything in the prompt except the article."""
    said = json.dumps([_system(ontology), answer_format()], sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()


def first_messages(
    article: Article,
    ontology: Ontology,
    paragraph: str,
    number: int,
    voices: Mapping[str, Voice],
) -> list[Message]:
    """Return the messages that ask for one paragraph.

    The article's words appear only in strings of the JSON of the user message.
    """
    so_far = [
        {"id": name, "in": voice.in_, "speaker": list(voice.speaker)}
        for name, voice in voices.items()
        if voice.in_ is not None
    ]
    data: dict[str, Any] = {
        "language": article.metadata.language,
        "published": article.metadata.published,
        "voices_so_far": so_far,
        "number": number,
        "paragraph": paragraph,
    }
    return [
        {"role": "system", "content": _system(ontology)},
        {"role": "user", "content": json.dumps(data, ensure_ascii=False)},
    ]


def again(answer: str, reasons: Sequence[str]) -> list[Message]:
    """Return the messages that ask again after an answer with faults."""
    data = {
        "refused": list(reasons),
        "task": "Answer again with the refused parts only, corrected and under the same ids; "
        "leave out what you cannot correct.",
    }
    return [
        {"role": "assistant", "content": answer},
        {"role": "user", "content": json.dumps(data, ensure_ascii=False)},
    ]
