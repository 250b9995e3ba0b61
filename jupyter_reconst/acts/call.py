"""One model call: streamed, counted, and recorded so that it is never paid for twice.

The cache key covers everything that decides a reply: endpoint, model, parameters, messages, sample. Only complete
replies are recorded; recordings are never, because they cost nothing.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from dataclasses import dataclass, field

from jupyter_reconst.core.canonical import digest
from jupyter_reconst.core.errors import ModelIncomplete, StoreError
from jupyter_reconst.core.ports import Model, Piece, Ports
from jupyter_reconst.core.turns import Message, Parameters, Reply, Timings, Usage


@dataclass(slots=True)
class Gathering:
    """A reply as it arrives. `started` and `now` are seconds of one monotonic clock."""

    started: float
    text: list[str] = field(default_factory=list)
    finish_reason: str | None = None
    usage: Usage | None = None
    first: float | None = None

    def take(self, piece: Piece, now: float) -> None:
        """Add a piece."""
        if piece.text:
            if self.first is None:
                self.first = now
            self.text.append(piece.text)
        self.finish_reason = piece.finish_reason or self.finish_reason
        self.usage = piece.usage or self.usage

    def reply(self, model: Model, messages: tuple[Message, ...], now: float) -> Reply:
        """What has arrived so far; tokens are estimated where the endpoint did not count them."""
        text = "".join(self.text)
        usage = self.usage
        if usage is None:
            sent = sum(model.tokens(message.content) for message in messages)
            usage = Usage(prompt=sent, completion=model.tokens(text) if text else 0, estimated=True)
        first = None if self.first is None else max(0.0, self.first - self.started) * 1000
        timings = Timings(first=first, total=max(0.0, now - self.started) * 1000)
        return Reply(text=text, finish_reason=self.finish_reason, usage=usage, timings=timings)


def call_key(model: Model, messages: tuple[Message, ...], parameters: Parameters, sample: int = 0) -> str:
    """The name under which a reply is recorded."""
    return digest([model.info.endpoint, model.info.model, parameters, messages, sample])


async def recorded(
    ports: Ports, model: Model, messages: tuple[Message, ...], parameters: Parameters, *, sample: int = 0
) -> Reply | None:
    """The recorded reply to exactly this call, marked as cached."""
    return await _known(ports, model, call_key(model, messages, parameters, sample))


async def call(
    ports: Ports,
    model: Model,
    messages: tuple[Message, ...],
    parameters: Parameters,
    *,
    sample: int = 0,
    fresh: bool = False,
) -> AsyncGenerator[Piece, None]:
    """Stream one call. A complete reply is recorded before its last piece is shown; `fresh` does not look it up."""
    key = call_key(model, messages, parameters, sample)
    known = None if fresh else await _known(ports, model, key)
    if known is not None:
        _note(ports, model, messages, parameters, known)
        yield Piece(known.text, known.finish_reason, known.usage)
        return
    async with aclosing(_made(ports, model, messages, parameters, key)) as pieces:
        async for piece in pieces:
            yield piece


async def called(
    ports: Ports,
    model: Model,
    messages: tuple[Message, ...],
    parameters: Parameters,
    *,
    sample: int = 0,
    fresh: bool = False,
) -> Reply:
    """The whole reply of one call. Raises ModelIncomplete where it was cut off."""
    key = call_key(model, messages, parameters, sample)
    known = None if fresh else await _known(ports, model, key)
    if known is not None:
        _note(ports, model, messages, parameters, known)
        return known
    gathering = Gathering(ports.clock.monotonic())
    async with aclosing(_made(ports, model, messages, parameters, key)) as pieces:
        async for piece in pieces:
            gathering.take(piece, ports.clock.monotonic())
    reply = gathering.reply(model, messages, ports.clock.monotonic())
    if not reply.complete:
        raise ModelIncomplete(f"{model.info.model} stopped before the end of its reply.")
    return reply


async def _known(ports: Ports, model: Model, key: str) -> Reply | None:
    if model.info.recording:
        return None
    found = await ports.journal.cached(key)
    return found.model_copy(update={"cached": True}) if found else None


async def _made(
    ports: Ports, model: Model, messages: tuple[Message, ...], parameters: Parameters, key: str
) -> AsyncGenerator[Piece, None]:
    """Ask the model, and record the reply under its key before the last piece is passed on."""
    gathering = Gathering(ports.clock.monotonic())
    last: Piece | None = None
    async with aclosing(model.stream(messages, parameters)) as pieces:  # type: ignore[type-var]
        async for piece in pieces:
            gathering.take(piece, ports.clock.monotonic())
            if last is None and piece.finish_reason is None:
                yield piece
            else:
                last = _joined(last, piece)
        reply = gathering.reply(model, messages, ports.clock.monotonic())
        _note(ports, model, messages, parameters, reply)
        if last is not None and not model.info.recording:
            with suppress(StoreError):  # A cache that cannot be written costs money later, never the reply now.
                await ports.journal.remember(key, reply)
    if last is not None:
        yield last


def _note(ports: Ports, model: Model, messages: tuple[Message, ...], parameters: Parameters, reply: Reply) -> None:
    """Tell whoever keeps what a piece was written from."""
    if ports.noted is not None:
        ports.noted(model, messages, parameters, reply)


def _joined(last: Piece | None, piece: Piece) -> Piece:
    """The end of a reply that an adapter tells in several pieces (finish reason first, usage after it)."""
    if last is None:
        return piece
    return Piece(last.text + piece.text, piece.finish_reason or last.finish_reason, piece.usage or last.usage)
