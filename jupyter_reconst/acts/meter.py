"""A model with a meter on it: how many calls were really made, what they cost, and what may still be spent.

No more calls are under way at once than its profile allows, and the embedded model is asked one thing at a time.
Replies that llama.cpp computes side by side differ in their last digits, and then in their words: measured, two runs of
one prompt at temperature 0 were up to 0.67 apart, and not at all when asked one after the other.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing

from jupyter_reconst.core.errors import BudgetSpent
from jupyter_reconst.core.impact import Budget
from jupyter_reconst.core.ports import Model, ModelInfo, Piece
from jupyter_reconst.core.turns import Message, Parameters, Usage

LENGTH = 500
"""Tokens that a reply is taken to have while nothing bounds it and none has come yet."""


class Metered:
    """Counts what passes through. Replies that come from the record never reach it, so they cost nothing.

    The call that would exceed the budget is not made, those under way counted at their most; `spent` says that one was
    held back.
    """

    def __init__(self, model: Model, budget: Budget | None = None) -> None:
        self._model = model
        self._budget = budget or Budget()
        self.calls = 0
        self.prompt = 0
        self.completion = 0
        self.pieces = 0
        self.spent = False
        self._longest = 0
        self._reserved = 0.0
        self._seats = asyncio.Semaphore(1 if model.info.embedded else model.info.at_once)

    @property
    def info(self) -> ModelInfo:
        """What it measures."""
        return self._model.info

    def tokens(self, text: str) -> int:
        """About how many tokens a text has."""
        return self._model.tokens(text)

    def stream(self, messages: tuple[Message, ...], parameters: Parameters) -> AsyncIterator[Piece]:
        """Pass the call on. A call that was stopped is counted by what had arrived. Raises BudgetSpent."""
        return _Seated(self._seats, self._bounded(messages, parameters))

    async def _bounded(self, messages: tuple[Message, ...], parameters: Parameters) -> AsyncGenerator[Piece, None]:
        most = self._afforded(messages, parameters)
        self._reserved += most
        try:
            async with aclosing(self._counted(messages, parameters)) as pieces:
                async for piece in pieces:
                    yield piece
        finally:
            self._reserved -= most

    def _afforded(self, messages: tuple[Message, ...], parameters: Parameters) -> float:
        """What this call costs at most. Raises BudgetSpent where that is more than is left."""
        if self._budget.calls is not None and self.calls >= self._budget.calls:
            self.spent = True
            raise BudgetSpent("The calls of this run's budget are used up.")
        if self._budget.dollars is None:
            return 0.0
        sent = sum(self.tokens(message.content) for message in messages)
        length = parameters.max_tokens or max(self._longest, LENGTH)
        most = self.info.cost(Usage(prompt=sent, completion=length)) or 0.0
        if (self.cost or 0.0) + self._reserved + most > self._budget.dollars:
            self.spent = True
            raise BudgetSpent("The next call might go beyond this run's budget.")
        return most

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
            written = usage.completion if usage else self.tokens("".join(text))
            self.completion += written
            self._longest = max(self._longest, written)

    @property
    def cost(self) -> float | None:
        """US dollars so far; none where the price is unknown."""
        if not self.calls or self.info.embedded or self.info.recording:
            return 0.0
        return self.info.cost(Usage(prompt=self.prompt, completion=self.completion))


class _Seated:
    """A call in its seat. It leaves when it is closed, not when it ends: by then its reply is recorded, so that a
    process that is killed has no more unrecorded calls than there are seats.
    """

    def __init__(self, seats: asyncio.Semaphore, pieces: AsyncGenerator[Piece, None]) -> None:
        self._seats = seats
        self._pieces = pieces
        self._seated = False

    def __aiter__(self) -> AsyncIterator[Piece]:
        return self

    async def __anext__(self) -> Piece:
        if not self._seated:
            await self._seats.acquire()
            self._seated = True
        return await self._pieces.__anext__()

    async def aclose(self) -> None:
        """End the call."""
        try:
            await self._pieces.aclose()
        finally:
            if self._seated:
                self._seated = False
                self._seats.release()
