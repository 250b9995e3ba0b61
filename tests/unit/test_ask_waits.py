"""Asking: what is said while the model is silent, while scopes are judged, and where the prompt is too long."""

from __future__ import annotations

import asyncio
import json
import time
from typing import Any

import pytest

from jupyter_reconst.acts import ask as asking
from jupyter_reconst.acts.ask import ask, composed
from jupyter_reconst.core.errors import (
    ModelUnreachable,
    TooLong,
)
from jupyter_reconst.core.ports import ModelInfo, Piece
from jupyter_reconst.core.requests import Ask
from jupyter_reconst.core.turns import Message, Parameters
from tests.asking import asked, cells, turns
from tests.fakes import ANA, reconst
from tests.scenes import PATH, article, opened


async def test_waiting_is_said_until_the_first_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "WAITING", 0.02)
    fakes = reconst([0.07, Piece("Yes"), 0.07, Piece(finish_reason="stop")])
    await cells(fakes, ("one", None))
    events = await asked(fakes, "?")
    types = [e.type for e in events]
    assert 2 <= types.count("waiting") <= 4
    assert types.index("text") > max(i for i, t in enumerate(types) if t == "waiting")
    assert not any(e.still for e in events if e.type == "waiting")
    fakes.model.info = fakes.model.info.model_copy(update={"timeout": 0})
    assert all(e.still for e in await asked(fakes, "?", again=True) if e.type == "waiting")


async def test_too_long_is_said_before_sending() -> None:
    fakes = reconst()
    fakes.model.info = ModelInfo(profile="p", model="m", context=64)
    await cells(fakes, ("one", None))
    with pytest.raises(TooLong):
        await asked(fakes, "word " * 100)
    shown = await composed(fakes.ports, ANA, Ask(path=PATH, cell="one", prompt="word " * 100))
    assert shown.problem is not None and shown.problem.code == "too_long"
    assert fakes.model.calls == [] and await turns(fakes) == []


def judged(seconds: float, fits: bool = True, reply: str = "Yes.") -> Any:
    """A model that takes its time over every scope."""

    async def said(messages: tuple[Message, ...], parameters: Parameters) -> str:
        if parameters.json_schema is None:
            return reply
        await asyncio.sleep(seconds)
        return json.dumps({"fits": fits})

    return said


async def test_while_scopes_are_judged_the_turn_has_begun_and_waiting_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "WAITING", 0.02)
    fakes = reconst(judged(0.05, fits=False))
    await opened(fakes, article(1, "numbers are asked for", "give three", always=False))
    events = ask(fakes.ports, ANA, Ask(path=PATH, cell="one", prompt="?"), asyncio.Event())
    assert (await anext(events)).type == "began" and fakes.model.calls == []
    rest = [event async for event in events]
    assert [e.type for e in rest if e.type != "text"][:1] == ["waiting"]
    record = rest[-1].record  # type: ignore[union-attr]
    assert (record.status, record.articles, record.reply) == ("complete", 0, "Yes.")
    (turn,) = await turns(fakes)
    assert turn.messages == (Message(role="user", content="?"),) and len(fakes.model.calls) == 2


async def test_cancel_ends_the_judging_too() -> None:
    fakes = reconst(judged(60))
    await opened(fakes, article(1, "numbers are asked for", "give three", always=False))
    stop, began = asyncio.Event(), time.perf_counter()
    async for event in ask(fakes.ports, ANA, Ask(path=PATH, cell="one", prompt="?"), stop):
        if event.type == "began":
            asyncio.get_running_loop().call_later(0.01, stop.set)
    assert time.perf_counter() - began < 1 and event.type == "ended" and event.record.status == "cancelled"
    assert [(t.status, t.reply) for t in await turns(fakes)] == [("cancelled", "")]
    assert len(fakes.model.calls) == 1


async def test_a_scope_that_cannot_be_judged_for_want_of_an_endpoint_is_a_failed_turn() -> None:
    fakes = reconst(ModelUnreachable("No."))
    await opened(fakes, article(1, "numbers are asked for", "give three", always=False))
    events = await asked(fakes, "?")
    assert [e.type for e in events] == ["began", "ended", "failed"]
    assert events[2].problem.code == "model_unreachable"  # type: ignore[union-attr]


async def test_too_long_is_raised_where_no_judgement_can_help_and_told_where_one_did() -> None:
    fakes = reconst(judged(0))
    fakes.model.info = ModelInfo(profile="p", model="m", context=400, prompt_price=1.0, completion_price=1.0)
    await opened(fakes, article(1, "numbers are asked for", "word " * 300, always=False))
    with pytest.raises(TooLong):
        await asked(fakes, "word " * 400)
    assert fakes.model.calls == [] and await turns(fakes) == []
    events = await asked(fakes, "?")
    assert [e.type for e in events] == ["began", "ended", "failed"]
    assert events[2].problem.code == "too_long" and len(fakes.model.calls) == 1  # type: ignore[union-attr]
    fakes.model.script = judged(0, fits=False)
    assert (await asked(fakes, "Or else?"))[-1].record.reply == "Yes."  # type: ignore[union-attr]


async def test_what_is_always_in_force_asks_nobody_before_the_first_token() -> None:
    fakes = reconst(judged(60))
    await opened(fakes, article(1, "a result is stated", "cite it"))
    events = await asyncio.wait_for(asked(fakes, "?"), 1)
    assert events[-1].type == "ended" and len(fakes.model.calls) == 1
