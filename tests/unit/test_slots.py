"""Writers side by side: their words in the order of time, silence said aloud, stopping stops everybody."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from jupyter_reconst.acts.slots import Emit, Writer, merged
from jupyter_reconst.core.errors import ModelBusy
from jupyter_reconst.core.requests import Failed, Text, Waiting
from tests.fakes import MemoryClock


def says(slot: int, *words: str | float) -> Writer[Text]:
    async def write(emit: Emit[Text]) -> None:
        for word in words:
            if isinstance(word, str):
                emit(Text(slot=slot, text=word))
                await asyncio.sleep(0)
            else:
                await asyncio.sleep(word)

    return write


async def heard(*args: Any, **options: Any) -> list[Any]:
    return [event async for event in merged(*args, **options)]


async def test_everything_arrives_and_a_failure_ends_its_own_row() -> None:
    async def fails(emit: Emit[Text]) -> None:
        emit(Text(slot=1, text="half"))
        raise ModelBusy("Busy.")

    events = await heard({0: says(0, "a", "b"), 1: fails}, asyncio.Event(), MemoryClock())
    assert [e.text for e in events if isinstance(e, Text) and e.slot == 0] == ["a", "b"]
    failed = [e for e in events if isinstance(e, Failed)]
    assert [(f.slot, f.problem.code) for f in failed] == [(1, "model_busy")]


async def test_hidden_writers_fail_in_silence() -> None:
    async def fails(emit: Emit[Text]) -> None:
        raise ModelBusy("Busy.")

    assert await heard({-1: fails}, asyncio.Event(), MemoryClock()) == []


async def test_an_error_that_is_nobodys_is_raised() -> None:
    async def breaks(emit: Emit[Text]) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await heard({0: breaks}, asyncio.Event(), MemoryClock())


async def test_silence_is_said_after_a_while_and_only_then() -> None:
    clock = MemoryClock()

    async def slow(emit: Emit[Text]) -> None:
        clock.pass_(2.9)
        await asyncio.sleep(1.1)
        clock.pass_(0.2)
        await asyncio.sleep(1.1)
        emit(Text(slot=0, text="late"))

    events = await heard({0: slow}, asyncio.Event(), clock)
    assert [type(e) for e in events] == [Waiting, Text]
    assert events[0].seconds == pytest.approx(3.1)


async def test_stopping_ends_every_writer_at_once() -> None:
    stop, ended = asyncio.Event(), []

    async def endless(emit: Emit[Text]) -> None:
        try:
            emit(Text(slot=0, text="x"))
            await asyncio.sleep(3600)
        finally:
            ended.append(True)

    events = []
    async for event in merged({0: endless, 1: endless}, stop, MemoryClock()):
        events.append(event)
        stop.set()
    assert len(events) == 1 and ended == [True, True]


async def test_only_so_many_write_at_once() -> None:
    busy, most = 0, 0

    async def write(emit: Emit[Text]) -> None:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0.001)
        busy -= 1

    await heard(dict.fromkeys(range(9), write), asyncio.Event(), MemoryClock(), at_once=2)
    assert most == 2
