"""The client of a model: answers are kept, and given again without a server."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kg.errors import ModelError
from kg.readers.llm.client import ModelAnswer, ModelClient
from kg.readers.llm.settings import ModelSettings

if TYPE_CHECKING:
    from collections.abc import Callable

QUESTION = [{"role": "user", "content": "?"}]


def offline(cache: Path) -> ModelClient:
    return ModelClient(ModelSettings("http://127.0.0.1:1/v1", "m", cache=cache, offline=True))


def test_an_answer_that_was_kept_needs_no_server(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot read a cached answer") as caught:
        offline(tmp_path).ask(QUESTION)
    path = Path(str(caught.value).partition(": ")[0])
    path.write_text(json.dumps({"ending": "complete", "text": "!", "model": "m-1"}))
    assert offline(tmp_path).ask(QUESTION) == ModelAnswer("complete", "!", "m-1")


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"ending": "complete"}'])
def test_a_kept_answer_that_is_spoilt_is_none(tmp_path: Path, content: str) -> None:
    def path_of(asking: Callable[[], object]) -> Path:
        with pytest.raises(ModelError) as caught:
            asking()
        return Path(str(caught.value).partition(": ")[0])

    path = path_of(lambda: offline(tmp_path).ask(QUESTION))
    path.write_text(content)
    assert path_of(lambda: offline(tmp_path).ask(QUESTION)) == path
