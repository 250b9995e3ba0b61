"""variants, vary, keep, edit."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from jupyter_reconst.acts import edit as editing
from jupyter_reconst.acts import keep as keeping
from jupyter_reconst.acts import vary as asking
from jupyter_reconst.core.requests import AskVariants, Edit, Edited, Keep, Variants, Vary, VaryEvent
from jupyter_reconst.core.turns import TurnRecord
from jupyter_reconst.doors.server.base import Call


async def variants(call: Call, request: AskVariants) -> Variants:
    """The other answers to a turn, and what asking more would take."""
    return await asking.variants(call.ports, call.person, request)


async def vary(call: Call, request: Vary) -> AsyncGenerator[VaryEvent, None]:
    """Stream the variants; cancelled by the request's id."""
    stop = asyncio.Event()
    with call.room.running.holding(call.person.owner, request.id, stop):
        async with aclosing(asking.vary(call.ports, call.person, request, stop)) as events:
            async for event in events:
                yield event


async def keep(call: Call, request: Keep) -> TurnRecord:
    """Let a cell show another answer."""
    return await keeping.keep(call.ports, call.person, request)


async def edit(call: Call, request: Edit) -> Edited:
    """What a person changed in a reply, as corrections."""
    return await editing.edit(call.ports, call.person, request)
