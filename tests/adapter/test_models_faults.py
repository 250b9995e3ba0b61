"""Endpoints that fail: each failure has a name, ends in time, and lets nothing partial pass for whole."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

import pytest

from jupyter_reconst.core.turns import Message, Parameters
from tests.adapter.models import QUESTION, REPLY, asking, closing, outcome
from tests.faulty import Faulty, Played

NAMED = {
    "429": "model_busy",
    "500": "model_error",
    "503": "model_busy",
    "401": "model_refused",
    "404": "model_refused",
    "too-long": "too_long",
    "reset": "model_unreachable",
    "reset-midway": "model_incomplete",
    "hang": "model_slow",
    "hang-midway": "model_slow",
    "drip": "model_slow",
    "garbage": "model_garbled",
    "garbage-midway": "model_incomplete",
    "html": "model_garbled",
    "empty-choices": "model_garbled",
    "null-content": "model_garbled",
    "huge-json": "model_garbled",
    "tool-call": "model_garbled",
    "wrong-shape": "model_garbled",
    "redirect": "model_unreachable",
    "error-midway": "model_incomplete",
}


@pytest.mark.parametrize(("mode", "code"), NAMED.items(), ids=NAMED)
async def test_every_fault_has_a_name(mode: str, code: str) -> None:
    async with Faulty(REPLY, mode=mode) as server:
        model = asking(server.url, total=2, between=0.5)
        found = await asyncio.wait_for(outcome(model), 5)
        await closing(model)
    assert found.error is not None, found
    problem = found.error.problem()  # type: ignore[attr-defined]
    assert problem.code == code and problem.message and problem.remedy
    assert found.finish is None and REPLY.startswith(found.text)
    assert found.error.__cause__ is None and found.error.__context__ is None


async def test_choices_that_were_not_asked_for_are_ignored() -> None:
    async with Faulty(REPLY, mode="wrong-n") as server:
        model = asking(server.url)
        found = await outcome(model)
        await closing(model)
    assert (found.text, found.finish) == (REPLY, "stop")


async def test_ten_megabytes_are_stopped_and_never_complete() -> None:
    async with Faulty(mode="huge") as server:
        model = asking(server.url)
        found = await outcome(model)
        await closing(model)
        assert (len(found.text), found.finish, found.error) == (64_000, None, None)
        await _until(lambda: server.requests[0].gone is not None)


async def test_an_endpoint_that_does_not_stream_is_read_whole() -> None:
    async with Faulty(REPLY, mode="json") as server:
        model = asking(server.url)
        found = await outcome(model)
        await closing(model)
    assert (found.text, found.finish) == (REPLY, "stop") and found.usage is not None


async def test_a_busy_endpoint_is_asked_again_after_the_time_it_says() -> None:
    async with Faulty(REPLY, mode="429-once") as server:
        model = asking(server.url)
        began = time.monotonic()
        found = await outcome(model)
        await closing(model)
    assert found.text == REPLY and len(server.requests) == 2
    assert 1 <= time.monotonic() - began < 2.5
    sent = {request.headers["idempotency-key"] for request in server.requests}
    assert len(sent) == 1, "one question, one name, so that an endpoint can tell a retry"


async def test_nothing_is_asked_again_once_a_reply_has_begun() -> None:
    async with Faulty(REPLY, mode=["reset-midway", "ok"]) as server:
        model = asking(server.url)
        await outcome(model)
        await closing(model)
    assert len(server.requests) == 1


async def test_a_wait_that_is_too_long_is_told_at_once() -> None:
    async with Faulty(REPLY, mode="429") as server:
        model = asking(server.url, patience=0.2)
        began = time.monotonic()
        found = await outcome(model)
        await closing(model)
    assert time.monotonic() - began < 1 and len(server.requests) == 1
    assert "wait 1 s" in str(found.error)


async def test_nobody_listens() -> None:
    model = asking("http://127.0.0.1:9/v1")
    found = await outcome(model)
    await closing(model)
    assert found.error is not None and found.error.problem().code == "model_unreachable"  # type: ignore[attr-defined]


@pytest.mark.parametrize("when", ["before the first token", "between tokens"])
async def test_cancelling_hangs_up_within_a_second(when: str) -> None:
    mode, delay = ("hang", 0.0) if when.startswith("before") else ("ok", 0.2)
    async with Faulty(REPLY, mode=mode, delay=delay) as server:
        model = asking(server.url)
        task = asyncio.ensure_future(outcome(model))
        await asyncio.sleep(0.5)
        cancelled = time.monotonic()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert time.monotonic() - cancelled < 0.2
        await _until(lambda: server.requests[0].gone is not None)
        assert server.requests[0].gone is not None and server.requests[0].gone - cancelled < 1
        server.mode, server.delay = "ok", 0
        assert (await outcome(model)).text == REPLY, "the client is still good"
        await closing(model)


async def test_closing_the_iterator_hangs_up() -> None:
    async with Faulty(REPLY, delay=0.2) as server:
        model = asking(server.url)
        pieces = model.stream(QUESTION, Parameters())
        await pieces.__anext__()
        closed = time.monotonic()
        await pieces.aclose()
        await _until(lambda: server.requests[0].gone is not None)
        assert (server.requests[0].gone or 0) - closed < 1
        await closing(model)


async def test_one_connection_serves_many_calls() -> None:
    async with Faulty(REPLY) as server:
        model = asking(server.url)
        for _ in range(5):
            assert (await outcome(model)).text == REPLY
        assert len(server.requests) == 5 and len(server._tasks) == 1
        await closing(model)


async def test_as_many_connections_as_calls_at_once_and_none_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Faulty(REPLY, first=0.05) as server:
        model = asking(server.url)
        for _ in range(3):
            await asyncio.gather(*(outcome(model) for _ in range(8)))
        assert len(server._tasks) == 8
        monkeypatch.setattr("jupyter_reconst.models.transport._IDLE", 0.0)
        await outcome(model)
        await _until(lambda: len(server._tasks) == 1)
        assert len(server._tasks) == 1
        await closing(model)
        await _until(lambda: not server._tasks)
        assert not server._tasks


async def test_an_endpoint_that_does_not_end_its_stream_is_not_waited_for() -> None:
    async with Faulty(REPLY, mode="endless") as server:
        model = asking(server.url, between=10)
        began = time.monotonic()
        found = await outcome(model)
        assert (found.text, found.finish, found.error) == (REPLY, "stop", None) and time.monotonic() - began < 5
        await closing(model)


OBJECT = Parameters(temperature=0, seed=1, max_tokens=50, json_schema={"type": "object"})
DIALECTS = {
    "no-json-schema": [{"type": "json_schema"}, {"type": "json_object"}],
    "no-formats": [{"type": "json_schema"}, {"type": "json_object"}, None],
    "no-usage": [{"type": "json_schema"}, {"type": "json_schema"}],
    "new-names": [{"type": "json_schema"}] * 3,
}


@pytest.mark.parametrize("mode", DIALECTS)
async def test_an_endpoint_is_asked_in_its_own_dialect(mode: str) -> None:
    async with Faulty('{"fits": true}', mode=mode) as server:
        model = asking(server.url)
        assert (await outcome(model, OBJECT)).text == '{"fits": true}'
        formats = [request.body.get("response_format") for request in server.requests]
        assert [f and {"type": f["type"]} for f in formats] == DIALECTS[mode]
        learned = len(server.requests)
        assert (await outcome(model, OBJECT)).finish == "stop"
        assert len(server.requests) == learned + 1, "what it refused once is not tried again"
        await closing(model)


async def test_a_refusal_for_another_reason_teaches_nothing() -> None:
    async with Faulty('{"fits": true}', mode=["echo-key"] * 4 + ["ok"]) as server:
        model = asking(server.url)
        refused = await outcome(model, OBJECT)
        assert refused.error is not None
        await outcome(model, OBJECT)
        last = server.requests[-1].body
        assert last["response_format"]["type"] == "json_schema" and "stream_options" in last
        await closing(model)


async def test_a_seed_that_is_ignored_harms_nothing() -> None:
    async with Faulty(lambda asked: f"reply {asked.number}") as server:
        model = asking(server.url)
        found = [(await outcome(model, OBJECT)).text for _ in range(2)]
        assert found == ["reply 0", "reply 1"] and server.requests[0].body["seed"] == 1
        await closing(model)


# --- R4: a stream cut anywhere -----------------------------------------------------------------------------------


@pytest.mark.parametrize("framing", ["close", "chunked", "length"])
@pytest.mark.parametrize("mode", ["ok", "json"])
async def test_a_cut_reply_is_never_taken_for_whole(mode: str, framing: str) -> None:
    await cut_everywhere(mode, framing, every=2)


LANES = 12
"""How many endpoints are cut side by side: a call mostly waits before it is tried again."""


async def cut_everywhere(mode: str, framing: str, *, every: int) -> int:
    """Cut a reply at every so many bytes; returns how many cuts were tried."""
    async with Faulty(REPLY[-24:], mode=mode, framing=framing) as server:
        model = asking(server.url)
        assert (await outcome(model)).text == REPLY[-24:]
        await closing(model)
    cuts = sorted({*range(0, server.size, every), *range(server.size - 40, server.size)})
    await asyncio.gather(*(_cut_at(cuts[lane::LANES], mode, framing) for lane in range(LANES)))
    return len(cuts)


async def _cut_at(cuts: list[int], mode: str, framing: str) -> None:
    reply = REPLY[-24:]
    async with Faulty(reply, mode=mode, framing=framing) as server:
        model = asking(server.url)
        for server.cut in cuts:
            cut, found = server.cut, await outcome(model)
            if found.finish is not None and found.error is None:
                assert found.text == reply and not (mode == "json" and framing != "chunked"), (cut, found)
            else:
                assert reply.startswith(found.text), (cut, found)
            if found.error is not None:
                code = found.error.problem().code  # type: ignore[attr-defined]
                assert code in ("model_incomplete", "model_garbled", "model_unreachable"), (cut, found)
                assert found.finish is None, (cut, found)
        await closing(model)


# --- T8: where a prompt may go -----------------------------------------------------------------------------------


async def test_redirect_refused() -> None:
    async with Faulty(REPLY) as elsewhere, Faulty(mode="redirect") as server:
        server.redirect = f"{elsewhere.url}/chat/completions"
        model = asking(server.url)
        found = await outcome(model)
        await closing(model)
        assert found.error is not None and "redirect" in str(found.error)
        assert elsewhere.requests == [] and len(server.requests) == 1


async def test_a_reply_of_its_own_mode() -> None:
    async with Faulty(lambda asked: Played("no", "401") if "no" in asked.prompt else "yes") as server:
        model = asking(server.url)
        assert (await outcome(model, messages=(Message(role="user", content="say no"),))).error is not None
        assert (await outcome(model, messages=(Message(role="user", content="say it"),))).text == "yes"
        await closing(model)


async def _until(true: Callable[[], bool]) -> None:
    for _ in range(200):
        if true():
            return
        await asyncio.sleep(0.01)
