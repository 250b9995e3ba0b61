"""Several writers at once, one ordered stream: each slot is a row that somebody fills.

The order of rows is fixed before the first word is written. A writer that fails ends its own row; a writer that is
silent for a while is said to be waited for; when the person stops or leaves, every writer is stopped with its call.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from typing import Any, TypeAlias, TypeVar

from jupyter_reconst.core.errors import ReconstError
from jupyter_reconst.core.ports import Clock
from jupyter_reconst.core.requests import Failed, Waiting

SILENCE = 3.0
"""Seconds without a word before a row is said to be waited for."""

_LOOK = 1.0
"""Seconds between two looks at who is silent."""

E = TypeVar("E")
Emit: TypeAlias = Callable[[E], None]
Writer: TypeAlias = Callable[[Emit[E]], Awaitable[None]]


async def merged(
    writers: Mapping[int, Writer[E]], stop: asyncio.Event, clock: Clock, *, silence: float = SILENCE, at_once: int = 8
) -> AsyncGenerator[E | Waiting | Failed, None]:
    """The events of all writers as they come, until the last one is done or the person stops.

    `writers` maps slots to writers; negative slots never fail or wait in public. `at_once` bounds how many write.
    """
    events: asyncio.Queue[tuple[int, E | Failed | None]] = asyncio.Queue()
    seats = asyncio.Semaphore(at_once)
    began: dict[int, float] = {}
    heard: dict[int, float] = {}

    async def write(slot: int, writer: Writer[E]) -> None:
        try:
            async with seats:
                began[slot] = heard[slot] = clock.monotonic()
                await writer(lambda event: events.put_nowait((slot, event)))
        except ReconstError as error:
            if slot >= 0:
                events.put_nowait((slot, Failed(problem=error.problem(), slot=slot)))
        finally:
            events.put_nowait((slot, None))

    tasks = [asyncio.create_task(write(slot, writer)) for slot, writer in writers.items()]
    stopped = asyncio.create_task(stop.wait())
    left = set(writers)
    loop = asyncio.get_running_loop()
    look = loop.time() + _LOOK
    next_event: asyncio.Task[tuple[int, E | Failed | None]] | None = None
    try:
        while left and not stop.is_set():
            next_event = next_event or asyncio.create_task(events.get())
            await asyncio.wait({next_event, stopped}, timeout=look - loop.time(), return_when=asyncio.FIRST_COMPLETED)
            if stop.is_set():
                break
            if next_event.done():
                slot, event = next_event.result()
                next_event = None
                heard[slot] = clock.monotonic()
                if event is None:
                    left.discard(slot)
                else:
                    yield event
            if loop.time() < look:
                continue
            look, now = loop.time() + _LOOK, clock.monotonic()
            for slot in sorted(s for s in left if s >= 0 and s in began and now - heard[s] >= silence):
                heard[slot] = now - silence + _LOOK
                yield Waiting(seconds=round(now - began[slot], 1), slot=slot)
        for task in tasks:
            if task.done() and not task.cancelled() and (error := task.exception()):
                raise error
    finally:
        pending: list[asyncio.Task[Any]] = [*tasks, stopped, *([next_event] if next_event else [])]
        for task in pending:
            task.cancel()
        await asyncio.gather(*pending, return_exceptions=True)
