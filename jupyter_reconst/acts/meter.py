"""A model with a meter on it: how many calls were really made, and what they cost.

The embedded model is asked one thing at a time. Replies that llama.cpp computes side by side differ in their last
digits, and then in their words: measured, two runs of one prompt at temperature 0 were up to 0.67 apart, and not at all
when asked one after the other.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, nullcontext

from jupyter_reconst.core.ports import Model, ModelInfo, Piece
from jupyter_reconst.core.turns import Message, Parameters, Usage


class Metered:
    """Counts what passes through. Replies that come from the record never reach it, so they cost nothing."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.calls = 0
        self.prompt = 0
        self.completion = 0
        self.pieces = 0
        self._alone = asyncio.Semaphore(1) if model.info.embedded else None

    @property
    def info(self) -> ModelInfo:
        """What it measures."""
        return self._model.info

    def tokens(self, text: str) -> int:
        """About how many tokens a text has."""
        return self._model.tokens(text)

    async def stream(self, messages: tuple[Message, ...], parameters: Parameters) -> AsyncGenerator[Piece, None]:
        """Pass the call on. A call that was stopped is counted by what had arrived."""
        async with self._alone or nullcontext(), aclosing(self._counted(messages, parameters)) as pieces:
            async for piece in pieces:
                yield piece

    async def _counted(self, messages: tuple[Message, ...], parameters: Parameters) -> AsyncGenerator[Piece, None]:
        self.calls += 1
        usage: Usage | None = None
        text: list[str] = []
        try:
            async with aclosing(self._model.stream(messages, parameters)) as pieces:  # type: ignore[type-var]
                async for piece in pieces:
                    self.pieces += 1
                    usage = piece.usage or usage
                    text.append(piece.text)
                    yield piece
        finally:
            self.prompt += usage.prompt if usage else sum(self.tokens(m.content) for m in messages)
            self.completion += usage.completion if usage else self.tokens("".join(text))

    @property
    def cost(self) -> float | None:
        """US dollars so far; none where the price is unknown."""
        if not self.calls or self.info.embedded or self.info.recording:
            return 0.0
        return self.info.cost(Usage(prompt=self.prompt, completion=self.completion))
