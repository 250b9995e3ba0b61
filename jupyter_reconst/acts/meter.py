"""A model with a meter on it: how many calls were really made, and what they cost."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

from jupyter_reconst.core.ports import Model, ModelInfo, Piece
from jupyter_reconst.core.turns import Message, Parameters, Usage


class Metered:
    """Counts what passes through. Replies that come from the record never reach it, so they cost nothing."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.calls = 0
        self.prompt = 0
        self.completion = 0

    @property
    def info(self) -> ModelInfo:
        """What it measures."""
        return self._model.info

    def tokens(self, text: str) -> int:
        """About how many tokens a text has."""
        return self._model.tokens(text)

    async def stream(self, messages: tuple[Message, ...], parameters: Parameters) -> AsyncGenerator[Piece, None]:
        """Pass the call on. A call that was stopped is counted by what had arrived."""
        self.calls += 1
        usage: Usage | None = None
        text: list[str] = []
        try:
            async with aclosing(self._model.stream(messages, parameters)) as pieces:  # type: ignore[type-var]
                async for piece in pieces:
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
