"""What the tests of the model adapters share."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Any

from jupyter_reconst.core.errors import ReconstError
from jupyter_reconst.core.ports import Model, ModelInfo
from jupyter_reconst.core.turns import Message, Parameters, Usage
from jupyter_reconst.models.keys import Key
from jupyter_reconst.models.openai import Endpoint, Limits, OpenAIModel

CANARY = "sk-canary-7Qd4ZpXw91LmTv"
QUESTION = (Message(role="user", content="What is the off-switch game?"),)
REPLY = "The off-switch game has two players: a robot, and the person who may switch it off. Ω ≠ ∅."
BRIEF = Parameters(temperature=0, max_tokens=40)


@dataclass(frozen=True)
class Outcome:
    """How a call ended."""

    text: str
    finish: str | None
    usage: Usage | None
    error: BaseException | None


async def outcome(model: Model, parameters: Parameters = BRIEF, messages: tuple[Message, ...] = QUESTION) -> Outcome:
    """Gather a whole call, its error included."""
    text, finish, usage, error = "", None, None, None
    try:
        async for piece in model.stream(messages, parameters):
            text += piece.text
            finish = piece.finish_reason or finish
            usage = piece.usage or usage
    except ReconstError as raised:
        error = raised
    return Outcome(text, finish, usage, error)


def asking(url: str, *, key: str = CANARY, model: str = "scripted", **limits: Any) -> OpenAIModel:
    """A model of an endpoint with patience for tests. What it takes is known, so that nobody asks it for that."""
    endpoint = Endpoint(url, Key(key), limits=Limits(**{"total": 5, "between": 1, **limits}))
    return OpenAIModel(endpoint, ModelInfo(profile="test", model=model, endpoint="http://127.0.0.1", context=32_000))


async def closing(model: OpenAIModel) -> None:
    await model._endpoint.close()


def everything(error: BaseException | None) -> str:
    """All that an exception carries: words, causes, contexts, attributes, and the locals of its frames."""
    told: list[str] = []
    seen: set[int] = set()

    def tell(value: Any, depth: int = 0) -> None:
        if id(value) in seen or depth > 5 or isinstance(value, type(sys)):
            return
        seen.add(id(value))
        told.append(repr(value)[:20_000])
        if isinstance(value, dict):
            for key, item in value.items():
                tell(key, depth + 1)
                tell(item, depth + 1)
        elif isinstance(value, list | tuple | set):
            for item in value:
                tell(item, depth + 1)
        elif hasattr(value, "__dict__") and not isinstance(value, type):
            tell(vars(value), depth + 1)

    while error is not None:
        told.append(str(error))
        tell(error.args)
        tell(vars(error))
        frame = error.__traceback__
        while frame is not None:
            if "test" not in frame.tb_frame.f_code.co_filename:
                tell(list(frame.tb_frame.f_locals.values()))
            frame = frame.tb_next
        error = error.__cause__ or error.__context__
    return "\n".join(told)
