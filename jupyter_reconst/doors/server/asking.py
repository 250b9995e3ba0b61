"""ask, compose, cancel, turn."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import ExitStack, aclosing

from jupyter_reconst.acts import ask as asking
from jupyter_reconst.acts import recall
from jupyter_reconst.core.errors import NotFound
from jupyter_reconst.core.requests import Ask, AskEvent, Cancel, Composed, Done, Find, Found
from jupyter_reconst.doors.server.base import Call
from jupyter_reconst.doors.server.documents import located


async def ask(call: Call, request: Ask) -> AsyncGenerator[AskEvent, None]:
    """Stream a turn; it can be cancelled by its id from the first event on."""
    stop = asyncio.Event()
    events = asking.ask(call.ports, call.person, await located(call, request), stop)
    with ExitStack() as held:
        async with aclosing(events):
            async for event in events:
                if event.type == "began":
                    held.enter_context(call.room.running.holding(call.person.owner, event.record.turn, stop))
                yield event


async def compose(call: Call, request: Ask) -> Composed:
    """What asking would send."""
    return await asking.composed(call.ports, call.person, await located(call, request))


async def cancel(call: Call, request: Cancel) -> Done:
    """Stop what has this id. What has ended already is as good as stopped."""
    call.room.running.stop(call.person.owner, request.id)
    return Done()


async def turn(call: Call, request: Find) -> Found:
    """A turn of this person, as it was recorded; without its record while it is being asked."""
    running = call.room.running.has(call.person.owner, request.turn)
    found = await recall.turn(call.ports, call.person, request.turn)
    if found is None and not running:
        raise NotFound("There is no such turn in your journal.")
    return Found(turn=found)
