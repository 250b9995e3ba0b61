"""A model that says what it is told to: for tests. It fails in the ways that real ones do, on demand."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass

from jupyter_reconst.core.errors import ReconstError
from jupyter_reconst.core.ports import ModelInfo, Piece
from jupyter_reconst.core.turns import Message, Parameters, Usage

_TOKEN = re.compile(r"\s*\S{1,6}|\s+")


@dataclass(frozen=True, slots=True)
class Line:
    """One reply: its text, and what goes wrong.

    `cut` ends the stream after so many characters without a finish reason; `error` is raised there instead; `hang`
    waits there until the call is given up.
    """

    text: str = ""
    cut: int | None = None
    error: ReconstError | None = None
    hang: bool = False
    finish_reason: str = "stop"


Said = str | Line | ReconstError
Replies = Sequence[Said] | Callable[[tuple[Message, ...], Parameters], Said]


class Scripted:
    """A model playing replies in turn, or what a function answers. `calls` holds what it was sent.

    `first` and `delay` are seconds before the first token and before each further one. The last reply of a list stays.
    """

    def __init__(self, replies: Replies, *, first: float = 0, delay: float = 0, info: ModelInfo | None = None) -> None:
        self._replies = replies
        self._first = first
        self._delay = delay
        self._info = info or ModelInfo(profile="scripted", model="scripted", endpoint="http://scripted")
        self.calls: list[tuple[tuple[Message, ...], Parameters]] = []
        self.open = 0

    @property
    def info(self) -> ModelInfo:
        """Its name."""
        return self._info

    def tokens(self, text: str) -> int:
        """How many tokens it would make of a text."""
        return len(tokens(text))

    async def stream(self, messages: tuple[Message, ...], parameters: Parameters) -> AsyncGenerator[Piece, None]:
        """The next reply, token by token."""
        said = self._next(messages, parameters)
        line = said if isinstance(said, Line) else Line(error=said) if not isinstance(said, str) else Line(said)
        self.open += 1
        try:
            await asyncio.sleep(self._first)
            text = line.text if line.cut is None else line.text[: line.cut]
            for token in tokens(text):
                yield Piece(token)
                await asyncio.sleep(self._delay)
            if line.hang:
                await asyncio.Event().wait()
            if line.error is not None:
                raise line.error
            if line.cut is None:
                prompt = sum(self.tokens(message.content) for message in messages)
                yield Piece("", line.finish_reason, Usage(prompt=prompt, completion=self.tokens(text)))
        finally:
            self.open -= 1

    def _next(self, messages: tuple[Message, ...], parameters: Parameters) -> Said:
        index = len(self.calls)
        self.calls.append((messages, parameters))
        if callable(self._replies):
            return self._replies(messages, parameters)
        return self._replies[min(index, len(self._replies) - 1)]


def tokens(text: str) -> list[str]:
    """A text in pieces of about a token each; together they are the text."""
    return _TOKEN.findall(text)
