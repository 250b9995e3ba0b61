"""An endpoint that takes only so many calls at once: all are answered, and it is not asked over and over."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from jupyter_reconst.acts.call import called
from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.core.ports import ModelInfo
from jupyter_reconst.core.turns import Message, Parameters
from jupyter_reconst.models.openai import OpenAIModel
from jupyter_reconst.models.pace import Pace
from tests.adapter.models import asking, closing, outcome
from tests.fakes import reconst
from tests.faulty import Faulty


async def many(server: Faulty, calls: int, at_once: int) -> list[str]:
    """So many different questions through a meter, as a preview asks them."""
    plain = asking(server.url, total=60)
    info = ModelInfo(profile="test", model="scripted", endpoint="http://127.0.0.1", context=32_000, at_once=at_once)
    model = Metered(OpenAIModel(plain._endpoint, info))
    ports = reconst().ports

    async def ask(number: int) -> str:
        question = (Message(role="user", content=f"Question {number}"),)
        return (await called(ports, model, question, Parameters())).text

    try:
        return await asyncio.gather(*(ask(number) for number in range(calls)))
    finally:
        await closing(plain)


@pytest.mark.parametrize(("takes", "calls"), [(64, 128), (4, 64)])
async def test_all_are_answered_by_an_endpoint_that_takes_fewer_at_once(takes: int, calls: int) -> None:
    async with Faulty(lambda asked: f"To {asked.prompt}", first=0.05, takes=takes) as server:
        said = await many(server, calls, at_once=calls)
    print({"takes": takes, "asked": calls, "requests": len(server.requests), "refused": server.refused})
    assert said == [f"To Question {number}" for number in range(calls)]
    assert len(server.requests) == calls + server.refused
    assert server.refused <= 2 * calls


async def test_no_more_are_under_way_than_the_profile_says() -> None:
    most = 0

    def replies(asked: Any) -> str:
        nonlocal most
        most = max(most, server.under_way)
        return "Yes."

    async with Faulty(replies, first=0.02) as server:
        await many(server, 24, at_once=8)
    assert most == 8 and server.refused == 0


async def test_a_single_question_is_not_asked_more_often_than_before() -> None:
    async with Faulty("Never.", takes=0) as server:
        model = asking(server.url, total=30, retries=2)
        found = await outcome(model)
        await closing(model)
    assert found.error is not None and len(server.requests) == 3


async def test_half_after_a_refusal_and_one_more_for_each_round() -> None:
    pace = Pace()
    assert not pace.refused(await pace.enter(), 0), "it has answered nobody yet"
    pace.leave(answered=True)
    rounds = [await pace.enter() for _ in range(16)]
    assert all(pace.refused(round, 0) for round in rounds[:5]), "one refusal, however many are turned away"
    assert pace.limit == 8
    for _ in range(16):
        pace.leave()
    for _ in range(8):
        await pace.enter()
    waiting = asyncio.ensure_future(pace.enter())
    await asyncio.sleep(0)
    assert not waiting.done()
    pace.leave(answered=True)
    await waiting
    for _ in range(8):
        pace.leave(answered=True)
        await pace.enter()
    assert 9 <= pace.limit < 9.2
    for _ in range(8):
        pace.leave(answered=True)
    assert pace.limit < 9.4, "it grows only where it is in the way"


async def test_a_place_that_nobody_waits_for_any_more_goes_to_the_next() -> None:
    pace = Pace()
    pace.limit = 1
    await pace.enter()
    first, second = asyncio.ensure_future(pace.enter()), asyncio.ensure_future(pace.enter())
    await asyncio.sleep(0)
    pace.leave()
    first.cancel()
    await asyncio.wait_for(second, 1)
    pace.leave()
    await asyncio.wait_for(pace.enter(), 1)
