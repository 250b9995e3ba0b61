"""One contract text over every adapter of the Model port."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator

import pytest

from jupyter_reconst.core.ports import Model
from jupyter_reconst.core.samples import Recorded, Sample
from jupyter_reconst.core.turns import Message, Parameters
from jupyter_reconst.models.local import Embedded
from jupyter_reconst.models.recording import Recording
from jupyter_reconst.models.scripted import Line, Scripted
from tests.adapter.models import BRIEF, QUESTION, REPLY, asking, closing, outcome
from tests.faulty import Faulty

SAMPLE = Sample(
    id="corrigibility",
    title="A sample",
    model="a recorded model",
    turns=(Recorded(prompt=QUESTION[0].content, without=REPLY, **{"with": f"{REPLY} With a rule."}),),
)


@pytest.fixture(scope="module", params=["openai", "scripted", "recording", "embedded"])
def kind(request: pytest.FixtureRequest) -> str:
    if request.param == "embedded" and Embedded().missing():
        pytest.skip(Embedded().missing())
    return str(request.param)


@pytest.fixture
async def model(kind: str) -> AsyncIterator[Model]:
    if kind == "openai":
        async with Faulty(REPLY, delay=0.005) as server:
            found = asking(server.url)
            yield found
            await closing(found)
    elif kind == "scripted":
        yield Scripted([REPLY], delay=0.005)
    elif kind == "recording":
        yield Recording(SAMPLE, pace=0.005)
    else:
        embedded = Embedded(context=512)
        yield embedded.model()
        await embedded.close()


async def test_a_reply_comes_in_pieces_and_says_that_it_ended(model: Model, kind: str) -> None:
    pieces = [piece async for piece in model.stream(QUESTION, BRIEF)]
    text = "".join(piece.text for piece in pieces)
    reasons = [piece.finish_reason for piece in pieces if piece.finish_reason]
    assert len([piece for piece in pieces if piece.text]) > 5
    assert reasons in (["stop"], ["length"])
    assert text.strip() and (kind == "embedded" or text == REPLY)
    usage = next(piece.usage for piece in reversed(pieces) if piece.usage)
    assert usage.prompt > 0 and 5 < usage.completion <= 40 and not usage.estimated


async def test_closing_the_iterator_ends_the_call_at_once(model: Model) -> None:
    pieces = model.stream(QUESTION, Parameters(temperature=0, max_tokens=200))
    await pieces.__anext__()
    began = time.monotonic()
    await pieces.aclose()  # type: ignore[attr-defined]
    assert time.monotonic() - began < 1
    with pytest.raises(StopAsyncIteration):
        await pieces.__anext__()


async def test_cancelling_the_task_ends_the_call_at_once(model: Model) -> None:
    task = asyncio.ensure_future(outcome(model))
    await asyncio.sleep(0.02)
    began = time.monotonic()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert time.monotonic() - began < 1


async def test_calls_do_not_disturb_each_other(model: Model) -> None:
    both = await asyncio.gather(outcome(model), outcome(model))
    again = await outcome(model)
    assert {found.text for found in both} == {again.text}
    assert all(found.finish and found.error is None for found in (*both, again))


async def test_it_says_what_it_is(model: Model, kind: str) -> None:
    info = model.info
    assert info.model and info.profile
    assert (info.embedded, info.recording) == (kind == "embedded", kind == "recording")
    assert info.endpoint == "" or info.endpoint.startswith("http")
    assert model.tokens("") == 0
    assert 5 < model.tokens(REPLY) < 60 and model.tokens(REPLY * 10) > 5 * model.tokens(REPLY)


async def test_a_reply_that_was_cut_off_has_no_finish_reason() -> None:
    async with Faulty(REPLY, mode="unfinished") as server:
        endpoint = asking(server.url)
        found = [await outcome(endpoint), await outcome(Scripted([Line(REPLY, cut=20)]))]
        await closing(endpoint)
    assert [(one.finish, one.error) for one in found] == [(None, None), (None, None)]
    assert all(one.text and REPLY.startswith(one.text) for one in found)


async def test_a_recording_answers_with_the_rule_where_a_rule_is_sent() -> None:
    governed = (Message(role="system", content="1. Be brief."), *QUESTION)
    found = await outcome(Recording(SAMPLE, pace=0), messages=governed)
    assert found.text == f"{REPLY} With a rule."


async def test_a_recording_refuses_what_was_not_recorded() -> None:
    found = await outcome(Recording(SAMPLE, pace=0), messages=(Message(role="user", content="Something else"),))
    assert found.error is not None and found.error.problem().code == "recording_only"  # type: ignore[attr-defined]


async def test_a_script_remembers_what_it_was_sent() -> None:
    model = Scripted(lambda messages, parameters: messages[-1].content.upper())
    assert (await outcome(model)).text == QUESTION[0].content.upper()
    assert model.calls == [(QUESTION, BRIEF)] and model.open == 0
