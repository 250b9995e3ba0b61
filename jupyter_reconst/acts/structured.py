"""Asking for one small object. Endpoints without structured output answer in words; `prompts.replies` reads both."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

from jupyter_reconst.acts.call import call, called
from jupyter_reconst.core.errors import ModelIncomplete
from jupyter_reconst.core.ports import Model, Ports
from jupyter_reconst.core.turns import Message, Parameters, Reply
from jupyter_reconst.prompts import replies


async def asked(
    ports: Ports, model: Model, messages: tuple[Message, ...], parameters: Parameters, *, sample: int = 0
) -> Reply:
    """The whole reply. Raises ModelIncomplete for one that was cut off, by the stream or by its length."""
    reply = await called(ports, model, messages, parameters, sample=sample)
    _whole(model, reply.text, reply.finish_reason)
    return reply


async def unfolded(
    ports: Ports, model: Model, messages: tuple[Message, ...], parameters: Parameters, *, key: str
) -> AsyncGenerator[tuple[str, str], None]:
    """Stream (the reply so far, what is new of the string `key`). Raises ModelIncomplete for a cut-off reply."""
    text, shown, reason = "", "", None
    async with aclosing(call(ports, model, messages, parameters)) as pieces:
        async for piece in pieces:
            text, reason = text + piece.text, piece.finish_reason or reason
            now = replies.unfolding(text, key)
            more = now[len(shown) :] if now.startswith(shown) else ""
            shown = shown + more
            yield text, more
    _whole(model, text, reason)


def _whole(model: Model, text: str, finish_reason: str | None) -> None:
    """A reply that ran into its length is whole only if its object is."""
    if finish_reason is None or (finish_reason == "length" and replies.first_object(text) is None):
        raise ModelIncomplete(f"{model.info.model} stopped before the end of its reply.")
