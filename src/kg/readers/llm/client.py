"""Requests to an OpenAI-compatible server, with the answers cached on disk.

The ``openai`` client retries temporary failures by itself: refused connections, timeouts, 408, 409,
429 (after the delay in ``Retry-After``) and 5xx. A cached answer is returned without a request, so
that a run can be replayed without a server.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Literal

from kg.errors import ModelError
from kg.files.atomic import replacing
from kg.readers.llm.proposal import answer_format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from openai import OpenAI

    from kg.readers.llm.prompt import Message
    from kg.readers.llm.settings import ModelSettings

__all__ = ["ModelAnswer", "ModelClient"]

_LONGEST_REASON = 300


@dataclass(frozen=True, slots=True)
class ModelAnswer:
    """An answer: its text, or why there is none; ``model`` as the server reports it."""

    ending: Literal["complete", "truncated", "refused"]
    text: str
    model: str


class ModelClient:
    """Asks one model, and caches its answers on disk."""

    def __init__(self, settings: ModelSettings) -> None:
        self.settings = settings
        self._client: OpenAI | None = None

    def ask(self, messages: Sequence[Message]) -> ModelAnswer:
        """Return the model's answer.

        :raises ModelError: the server cannot be reached or refuses, or, offline, the answer is not
            cached.
        """
        request: dict[str, Any] = {
            "model": self.settings.model,
            "messages": list(messages),
            "temperature": self.settings.temperature,
            "response_format": answer_format(),
        }
        canonical = json.dumps(request, sort_keys=True, ensure_ascii=False)
        path = self.settings.cache / f"{hashlib.sha256(canonical.encode()).hexdigest()}.json"
        try:
            return ModelAnswer(**json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError) as error:
            if self.settings.offline:
                raise ModelError(
                    f"{path}: cannot read a cached answer ({_reason(error)}); run once "
                    "without --offline, with the same article, model and version of Qawl"
                ) from error
        answer = self._from_server(request)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ModelError(
                f"{path.parent}: cannot write answers: {error.strerror or error}; choose another "
                "folder with --cache"
            ) from error
        with replacing(path) as stream:
            stream.write(json.dumps(asdict(answer), ensure_ascii=False).encode())
        return answer

    def _opened(self) -> OpenAI:
        try:
            from openai import OpenAI
        except ImportError as error:
            raise ModelError(
                "the OpenAI client is not installed: pip install 'qawl[llm]'"
            ) from error
        chosen = self.settings
        return OpenAI(
            base_url=chosen.base_url,
            api_key=chosen.api_key,
            timeout=chosen.timeout,
            max_retries=chosen.retries,
        )

    def _from_server(self, request: dict[str, Any]) -> ModelAnswer:
        self._client = self._client or self._opened()
        import openai

        place = self.settings.base_url
        try:
            completion = self._client.chat.completions.create(**request)
        except openai.APITimeoutError as error:
            raise ModelError(
                f"{place}: no answer within {self.settings.timeout:g} s, tried "
                f"{self.settings.retries + 1} times; allow more with --timeout"
            ) from error
        except openai.APIConnectionError as error:
            raise ModelError(
                f"{place}: cannot be reached ({_reason(error.__cause__ or error)}); check that the "
                "server is running, or correct --base-url"
            ) from error
        except openai.RateLimitError as error:
            raise ModelError(
                f"{place}: still rate-limits requests after {self.settings.retries + 1} tries "
                f"({_reason(error)}); run again later: the answers so far are cached"
            ) from error
        except openai.APIStatusError as error:
            raise ModelError(
                f"{place}: answered {error.status_code} ({_reason(error)}); it must have the model "
                f"{self.settings.model!r} and structured output (response_format json_schema)"
            ) from error
        except (openai.OpenAIError, ValueError) as error:
            raise ModelError(
                f"{place}: did not answer like an OpenAI-compatible server "
                f"({_reason(error)}); correct --base-url"
            ) from error
        return self._understood(completion, place)

    def _understood(self, completion: Any, place: str) -> ModelAnswer:
        # Servers that claim to be compatible may send anything: check before use.
        choices = getattr(completion, "choices", None) or [None]
        message = getattr(choices[0], "message", None)
        if message is None:
            raise ModelError(
                f"{place}: the answer has no choices, so the server is not OpenAI-compatible; "
                "correct --base-url"
            )
        ending = getattr(choices[0], "finish_reason", None)
        text = getattr(message, "content", None) or ""
        model = str(getattr(completion, "model", None) or self.settings.model)
        if refusal := getattr(message, "refusal", None):
            return ModelAnswer("refused", str(refusal), model)
        if ending == "content_filter":
            return ModelAnswer("refused", "the server's content filter", model)
        if ending == "length":
            return ModelAnswer("truncated", text, model)
        return ModelAnswer("complete", text, model)


def _reason(error: BaseException) -> str:
    return (str(error).strip() or type(error).__name__).partition("\n")[0][:_LONGEST_REASON]
