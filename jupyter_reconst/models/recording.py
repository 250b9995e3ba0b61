"""A recorded model: it plays a sample's replies at a human pace, and refuses what was not recorded."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

from pydantic import ValidationError

from jupyter_reconst.core.errors import NotFound, RecordingOnly
from jupyter_reconst.core.ports import ModelInfo, Piece
from jupyter_reconst.core.samples import Sample
from jupyter_reconst.core.turns import Message, Parameters, Usage
from jupyter_reconst.models.scripted import tokens

_PACE = 1 / 60
"""Seconds a token."""


def load(directory: Path, id: str) -> Sample:
    """Read one sample. Raises NotFound."""
    path = directory / f"{id}.json"
    if not id.replace("-", "").replace("_", "").isalnum() or not path.is_file():
        raise NotFound("There is no sample of this name.")
    try:
        return Sample.model_validate_json(path.read_bytes())
    except ValidationError as error:
        raise NotFound(f"The sample {id} cannot be read: {error.error_count()} of its fields are wrong.") from None


class Recording:
    """A sample as a model. `sample` holds what was recorded besides replies, for the acts to play."""

    def __init__(self, sample: Sample, *, pace: float = _PACE) -> None:
        self.sample = sample
        self._pace = pace

    @property
    def info(self) -> ModelInfo:
        """Its name, and that it is a recording."""
        return ModelInfo(
            profile="recording", model=self.sample.model, recording=True, prompt_price=0, completion_price=0
        )

    def tokens(self, text: str) -> int:
        """About how many tokens a text has."""
        return len(tokens(text))

    async def stream(self, messages: tuple[Message, ...], parameters: Parameters) -> AsyncGenerator[Piece, None]:
        """The recorded reply to the last question; the one *with* the article where a constitution is sent."""
        asked = next((message.content for message in reversed(messages) if message.role == "user"), "")
        governed = any(message.role == "system" and message.content.strip() for message in messages)
        reply = self.sample.reply(asked, governed=governed)
        if reply is None:
            raise RecordingOnly("This is a recording: it holds no answer to this question.")
        for token in tokens(reply):
            await asyncio.sleep(self._pace)
            yield Piece(token)
        prompt = sum(self.tokens(message.content) for message in messages)
        yield Piece("", "stop", Usage(prompt=prompt, completion=self.tokens(reply)))
