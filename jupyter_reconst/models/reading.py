"""Reading what an endpoint says: the events of its stream, each one or a whole reply as a piece of text.

Nothing is assumed of its shape. Choices other than the first are ignored: one was asked for.
Sources: the OpenAI chat completions reference (objects `chat.completion` and `chat.completion.chunk`); the HTML
standard, 9.2.6 (interpreting an event stream).
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterable
from typing import Any

from jupyter_reconst.core.errors import ModelGarbled
from jupyter_reconst.core.ports import Piece
from jupyter_reconst.core.turns import Usage


async def events(body: AsyncIterable[bytes]) -> AsyncGenerator[str, None]:
    """The data of each server-sent event. One that the end of the body cuts off is none."""
    waiting: list[bytes] = []  # Of a line that has not come to its end.
    data: list[str] = []
    async for chunk in body:
        waiting.append(chunk)
        if b"\n" not in chunk:
            continue
        text = b"".join(waiting)
        end = text.rindex(b"\n") + 1
        waiting = [text[end:]]
        for line in text[:end].splitlines():
            if line.startswith(b"data:"):
                data.append(line[5:].decode().removeprefix(" "))
            elif not line and data:
                yield "\n".join(data)
                data = []


def piece(data: object) -> Piece:
    """One object of a stream, or a reply in one object. Raises ModelGarbled for another shape."""
    if not isinstance(data, dict):
        raise ModelGarbled("The endpoint answered something that is not a reply.")
    choices = data.get("choices")
    if choices is None and isinstance(data.get("usage"), dict):
        choices = []
    if not isinstance(choices, list):
        raise ModelGarbled("The endpoint answered something that is not a reply.")
    usage = _usage(data.get("usage"))
    for choice in choices:
        if not isinstance(choice, dict):
            raise ModelGarbled("The endpoint answered something that is not a reply.")
        if choice.get("index") in (0, None):
            return Piece(_text(choice), _finish(choice.get("finish_reason")), usage)
    return Piece(usage=usage)


def context(listed: dict[str, Any]) -> int | None:
    """How many tokens a model of a list takes, where its endpoint says it.

    `max_model_len` is vLLM's word, `context_length` that of OpenRouter and most gateways, `context_window` Groq's,
    `max_context_length` Mistral's; llama.cpp tells what it was started with, and what the model was made for.
    """
    meta = listed.get("meta")
    said = [listed.get(name) for name in ("max_model_len", "context_length", "context_window", "max_context_length")]
    said += [meta.get(name) for name in ("n_ctx", "n_ctx_train")] if isinstance(meta, dict) else []
    return next((number for number in said if type(number) is int and number > 0), None)


def _text(choice: dict[str, Any]) -> str:
    said = choice.get("delta", choice.get("message"))
    if said is None:
        said = {}
    if not isinstance(said, dict):
        raise ModelGarbled("The endpoint answered something that is not a reply.")
    if said.get("tool_calls") or said.get("function_call"):
        raise ModelGarbled("The model asked to use a tool. It is given none, so there is no reply.")
    content = said.get("content")
    if content is None:
        content = said.get("refusal")  # A model that declines says so in a field of its own.
    if content is None:
        return ""
    if not isinstance(content, str):
        raise ModelGarbled("The endpoint answered something that is not a reply.")
    return content


def _finish(reason: object) -> str | None:
    if reason in ("tool_calls", "function_call"):
        raise ModelGarbled("The model asked to use a tool. It is given none, so there is no reply.")
    if reason is not None and not isinstance(reason, str):
        raise ModelGarbled("The endpoint answered something that is not a reply.")
    return reason or None


def _usage(said: object) -> Usage | None:
    if not isinstance(said, dict):
        return None
    prompt, completion = said.get("prompt_tokens"), said.get("completion_tokens")
    if type(prompt) is not int or type(completion) is not int or prompt < 0 or completion < 0:
        return None
    return Usage(prompt=prompt, completion=completion)
