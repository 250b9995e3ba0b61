"""Rows are decided by repeats: six replies under each law, Holm over them, nothing recorded paid again."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from jupyter_reconst.acts.compare import TIMES
from jupyter_reconst.acts.preview import preview
from jupyter_reconst.acts.previews import begun, preview_state
from jupyter_reconst.acts.repeat import repeat
from jupyter_reconst.core.errors import BadInput, ModelBusy, NotFound, Stale
from jupyter_reconst.core.impact import Budget, Preview
from jupyter_reconst.core.requests import Progress, Repeat, Watch
from tests.fakes import ANA, Fakes, an_id
from tests.scenes import article, governed, opened, task
from tests.unit.test_measuring import EVERY
from tests.unit.test_preview import answers, final, heard, rows, stage, start

PLOT = "Plot a sine curve."
FLIPS = "Who first described the halting problem?"


def script() -> Any:
    """The plot changes under the new law; of another question the replies flip by themselves, under either."""
    count = 0

    def says(messages: Any, parameters: Any) -> str:
        nonlocal count
        if task(messages) != "reply":
            return answers(messages, parameters)
        prompt = messages[-1].content
        if prompt == PLOT and governed(messages):
            return "No plot at all."
        if prompt == FLIPS:
            count += 1
            return "One way of it." if count in (1, 2) or count % 2 else "Quite another manner of speaking."
        return f"Reply to: {prompt}"

    return says


async def repeats(fakes: Fakes, stop: asyncio.Event | None = None, **fields: Any) -> list[Any]:
    request = Repeat(preview=an_id(70), **fields)
    return [event async for event in repeat(fakes.ports, ANA, request, stop or asyncio.Event())]


async def state(fakes: Fakes) -> Preview:
    return await preview_state(fakes.ports, ANA, Watch(preview=an_id(70)))


def by_prompt(preview: Preview) -> dict[str, Any]:
    return {row.probe.prompt: row for row in preview.rows}


async def test_likely_rows_become_changed_or_noise() -> None:
    fakes, about = await stage(script())
    await heard(fakes, start(about, EVERY, generate=0))
    before = by_prompt(await state(fakes))
    likely = {prompt for prompt, row in before.items() if row.certainty == "likely"}
    assert PLOT in likely and before[PLOT].repeats == 0
    calls = len(fakes.model.calls)
    events = await repeats(fakes)
    after = await state(fakes)
    found = by_prompt(after)
    assert (found[PLOT].certainty, found[PLOT].repeats) == ("changed", TIMES)
    assert found[PLOT].p == pytest.approx(1 / 462)
    assert {found[prompt].certainty for prompt in likely - {PLOT}} <= {"noise"}
    paid = len(fakes.model.calls) - calls
    assert paid <= len(likely) * (2 * TIMES - 2) and final(events).calls == after.calls == len(fakes.model.calls)
    assert (after.status, after.ended, after.repeating) == ("done", "all", ())
    assert next(e.preview.status for e in events if isinstance(e, Progress)) == "running"
    assert len(await repeats(fakes)) == 2 and len(fakes.model.calls) == calls + paid, "what is decided stays decided"


async def test_a_row_decided_as_noise_stands_as_unchanged() -> None:
    replies = iter(["A first reply.", "A first reply.", "Something else said."])

    def says(messages: Any, parameters: Any) -> str:
        if task(messages) != "reply" or messages[-1].content != PLOT:
            return answers(messages, parameters)
        return next(replies, None) or ("A first reply." if len(fakes.model.calls) % 2 else "Something else said.")

    fakes, about = await stage(says)
    await heard(fakes, start(about, EVERY, generate=0))
    row = by_prompt(await state(fakes))[PLOT]
    await repeats(fakes, probes=(row.probe.id,))
    now = by_prompt(await state(fakes))[PLOT]
    if row.distance:
        assert (now.verdict, now.certainty) == ("unchanged", "noise")
        assert "6 repeats could not tell them apart" in now.why
    assert now.probe == row.probe and (now.before, now.after) == (row.before, row.after)


async def test_stop_and_budget_leave_the_rest_likely() -> None:
    fakes, about = await stage(lambda m, p: f"Otherwise: {m[-1].content}" if governed(m) else answers(m, p))
    await heard(fakes, start(about, EVERY, generate=0))
    calls = len(fakes.model.calls)
    await repeats(fakes, budget=Budget(calls=3 * (2 * TIMES - 2)))
    held = await state(fakes)
    assert len(fakes.model.calls) - calls == 3 * (2 * TIMES - 2)
    counts = [row.certainty for row in held.rows]
    assert counts.count("changed") >= 2 and counts.count("likely") >= 2 and "budget" in held.problem
    stop, seen = asyncio.Event(), []
    async for event in repeat(fakes.ports, ANA, Repeat(preview=an_id(70)), stop):
        seen.append(event)
        if rows(seen):
            stop.set()
    stopped = await state(fakes)
    assert (stopped.status, stopped.repeating) == ("done", ()) and "likely" in {r.certainty for r in stopped.rows}
    await repeats(fakes)
    assert {r.certainty for r in (await state(fakes)).rows} == {"changed"}


async def test_repeats_that_a_killed_process_left_go_on_and_pay_nothing_twice() -> None:
    fakes, about = await stage(lambda m, p: f"Otherwise: {m[-1].content}" if governed(m) else answers(m, p))
    await heard(fakes, start(about, EVERY, generate=0))
    stream = repeat(fakes.ports, ANA, Repeat(preview=an_id(70)), asyncio.Event())
    seen: list[Any] = []
    async for event in stream:
        seen.append(event)
        if len(rows(seen)) == 2:
            break
    await stream.aclose()
    left = await state(fakes)
    assert left.status == "running" and left.repeating
    paid = len(fakes.model.calls)
    request = await begun(fakes.ports, ANA, Watch(preview=an_id(70)))
    events = [event async for event in preview(fakes.ports, ANA, request, asyncio.Event())]
    after = await state(fakes)
    assert (final(events).status, after.ended) == ("done", "all")
    assert {row.certainty for row in after.rows} == {"changed"}
    assert len(fakes.model.calls) - paid <= (after.planned - 2) * (2 * TIMES - 2)
    assert 0 < after.maybe_twice <= fakes.model.info.at_once


async def test_a_model_that_fails_leaves_the_row_as_it_was() -> None:
    fakes, about = await stage(script())
    await heard(fakes, start(about, EVERY, generate=0))
    fakes.model.script = ModelBusy("Busy.")
    await repeats(fakes)
    after = await state(fakes)
    assert (after.status, after.problem) == ("done", "Busy.") and by_prompt(after)[PLOT].certainty == "likely"


async def test_refusals_come_before_the_first_event() -> None:
    fakes, about = await stage(script())
    with pytest.raises(NotFound):
        await repeats(fakes)
    stream = preview(fakes.ports, ANA, start(about, EVERY, generate=0), asyncio.Event())
    await stream.__anext__()
    await stream.aclose()
    with pytest.raises(BadInput):
        await repeats(fakes)
    await heard(fakes, start(about, EVERY, generate=0))
    with pytest.raises(NotFound):
        await repeats(fakes, probes=(an_id(999),))
    await opened(fakes, article(1, "any reply", "be brief"))
    with pytest.raises(Stale):
        await repeats(fakes)
