"""How a preview ends: failed, stopped, interrupted and taken up again; and what it says while nothing comes."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any

import pytest

from jupyter_reconst.acts.call import call_key
from jupyter_reconst.acts.mark import mark
from jupyter_reconst.acts.preview import preview
from jupyter_reconst.acts.previews import begun, preview_state, shown
from jupyter_reconst.core.errors import ModelBusy, StoreBusy
from jupyter_reconst.core.ports import ModelInfo
from jupyter_reconst.core.requests import Failed, MarkRow, Progress, Waiting, Watch
from tests.fakes import ANA, an_id
from tests.scenes import article, governed, opened, task
from tests.unit.test_preview import answers, final, heard, rows, stage, start


async def test_silence_is_said_while_probes_are_chosen_and_while_rows_are_awaited() -> None:
    silences = {"fires": 7, "reply": 61}

    async def slow(messages: Any, parameters: Any) -> str:
        kind = task(messages)
        if kind in silences:
            fakes.clock.pass_(silences[kind])
            silences[kind] = 0
            await asyncio.sleep(1.1 if kind == "fires" else 2.1)
            silences.pop(kind, None)
        return answers(messages, parameters)

    fakes, about = await stage(slow)
    events = await heard(fakes, start(about, generate=0))
    waited = [(event.seconds, event.still) for event in events if isinstance(event, Waiting)]
    assert waited == [(7, False), (61, True)]
    planned = [isinstance(event, Progress) and event.preview.planned > 0 for event in events].index(True)
    assert isinstance(events[planned - 1], Waiting) and final(events).status == "done"


async def test_a_run_that_failed_is_kept_as_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that the journal still calls running would be taken up, and paid for, again."""

    async def unreadable(*args: Any, **fields: Any) -> Any:
        raise StoreBusy("Locked.")

    fakes, about = await stage()
    with monkeypatch.context() as patch:
        patch.setattr(fakes.journal, "search", unreadable)
        events = await heard(fakes, start(about))
    assert [event.problem.code for event in events if isinstance(event, Failed)] == ["store_busy"]
    state = await preview_state(fakes.ports, ANA, Watch(preview=an_id(70)))
    assert (state.status, state.problem) == ("failed", "Locked.")
    assert final(await heard(fakes, start(about))).status == "failed" and fakes.model.calls == []


async def test_single_failures_are_rows_and_the_run_goes_on() -> None:
    def fails(messages: Any, parameters: Any) -> Any:
        return ModelBusy("Busy.") if "Plot" in messages[-1].content else answers(messages, parameters)

    fakes, about = await stage(fails)
    events = await heard(fakes, start(about))
    failed = [row for row in rows(events).values() if row.verdict == "failed"]
    assert [row.probe.prompt for row in failed] == ["Plot a sine curve."]
    assert final(events).status == "done" and final(events).effect == "seen"


async def test_when_everything_fails_the_run_has_failed() -> None:
    fakes, about = await stage(lambda messages, parameters: ModelBusy("Busy."))
    done = final(await heard(fakes, start(about)))
    assert (done.status, done.problem, done.effect) == ("failed", "Busy.", "unknown")


async def test_stop_keeps_the_rows() -> None:
    fakes, about = await stage()
    stop, seen = asyncio.Event(), []
    async for event in preview(fakes.ports, ANA, start(about), stop):
        seen.append(event)
        if len(rows(seen)) == 3:
            stop.set()
    state = await preview_state(fakes.ports, ANA, Watch(preview=an_id(70)))
    assert final(seen).status == state.status == "stopped"
    assert 3 <= len(state.rows) < state.planned and state.effect == "seen"
    shown = await heard(fakes, start(about))
    assert len(rows(shown)) == len(state.rows) and final(shown).status == "stopped"


async def test_stop_while_probes_are_chosen() -> None:
    async def hangs(messages: Any, parameters: Any) -> str:
        await asyncio.sleep(3600)
        return ""

    fakes, about = await stage(hangs)
    stop = asyncio.Event()
    asyncio.get_running_loop().call_later(0.02, stop.set)
    done = final(await asyncio.wait_for(heard(fakes, start(about), stop), 5))
    assert (done.status, done.planned) == ("stopped", 0)


@pytest.mark.parametrize("after_rows", [0, 1, 2, 5])
async def test_a_killed_run_goes_on_and_pays_for_nothing_twice(after_rows: int) -> None:
    """The process dies after some rows; the next one has the journal and nothing else."""
    fakes, about = await stage()
    stream = preview(fakes.ports, ANA, start(about), asyncio.Event())
    seen: list[Any] = []
    async for event in stream:
        seen.append(event)
        if len(rows(seen)) >= after_rows:
            break
    await stream.aclose()
    state = await preview_state(fakes.ports, ANA, Watch(preview=an_id(70)))
    assert state.status == "running" and len(state.rows) == after_rows
    recorded, before = set(fakes.journal.replies), {r.probe.id: r for r in state.rows}
    paid = len(fakes.model.calls)
    request = await begun(fakes.ports, ANA, Watch(preview=an_id(70)))
    events = await heard(fakes, request)
    done = await preview_state(fakes.ports, ANA, Watch(preview=an_id(70)))
    assert (done.status, len(done.rows)) == ("done", done.planned)
    assert {r.probe.id: r for r in done.rows if r.probe.id in before} == before
    assert {id for id in rows(events)} == {row.probe.id for row in done.rows}
    again = {call_key(fakes.model, messages, parameters) for messages, parameters in fakes.model.calls[paid:]}
    assert not again & recorded, "a recorded call was paid again"


async def test_a_killed_run_goes_on_with_the_noise_that_it_has_measured() -> None:
    """Otherwise a restart would call likely what is within noise."""
    count: Counter[str] = Counter()

    def noisy(messages: Any, parameters: Any) -> str:
        if task(messages) != "reply":
            return answers(messages, parameters)
        count[messages[-1].content] += not governed(messages)
        same, other = "a b c d", "a b x y"
        if messages[-1].content == "Mine?":  # The second row: its two replies under one law are half apart.
            return other if count["Mine?"] > 1 and not governed(messages) else same
        return "a b c x" if governed(messages) else same

    fakes, about = await stage(noisy)
    fakes.model.info = ModelInfo(profile="test", model="noisy", context=8_192, at_once=1)
    request = start(about, generate=0, prompts=("Mine?",))
    stream = preview(fakes.ports, ANA, request, asyncio.Event())
    seen: list[Any] = []
    async for event in stream:
        seen.append(event)
        if len(rows(seen)) == 2:
            break
    await stream.aclose()
    assert [row.certainty for row in rows(seen).values()] == ["likely", "none"]
    floor = (await preview_state(fakes.ports, ANA, Watch(preview=an_id(70)))).floor
    done = final(await heard(fakes, request))
    state = await preview_state(fakes.ports, ANA, Watch(preview=an_id(70)))
    assert floor == done.floor == 0.5
    assert {row.certainty for row in state.rows} == {"none", "noise"}


async def test_an_interrupted_run_under_another_law_is_ended_where_it_is() -> None:
    fakes, about = await stage()
    stream = preview(fakes.ports, ANA, start(about), asyncio.Event())
    await stream.__anext__()
    await stream.aclose()
    await opened(fakes, article(1, "any reply", "be brief"))
    calls = len(fakes.model.calls)
    await heard(fakes, start(about))
    state = await preview_state(fakes.ports, ANA, Watch(preview=start(about).id))
    assert state.status == "stopped" and "has changed since" in state.problem
    assert len(fakes.model.calls) == calls


async def test_many_rows_are_shown_a_page_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes, about = await stage()
    await heard(fakes, start(about))
    watch = Watch(preview=an_id(70))
    whole = await preview_state(fakes.ports, ANA, watch)
    changed = next(row for row in whole.rows if row.verdict != "unchanged")
    await mark(fakes.ports, ANA, MarkRow(preview=an_id(70), probe=changed.probe.id, mark="regression"))
    whole = await preview_state(fakes.ports, ANA, watch)
    assert [state async for state in shown(fakes.ports, ANA, watch)] == [whole]
    monkeypatch.setattr("jupyter_reconst.acts.previews._PAGE", 3)
    states = [state async for state in shown(fakes.ports, ANA, watch)]
    assert {len(state.rows) for state in states[:-1]} == {3} and len(states) == len(whole.rows) // 3 + 1
    assert {row.probe.id: row for state in states for row in state.rows} == {row.probe.id: row for row in whole.rows}
    assert states[-1].evidence == whole.evidence
    assert await preview_state(fakes.ports, ANA, watch) == whole
    monkeypatch.setattr("jupyter_reconst.acts.previews._FIRST", 1)
    states = [state async for state in shown(fakes.ports, ANA, watch)]
    assert len(states[0].rows) == 1
