"""clashes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from jupyter_reconst.acts import clash as clashing
from jupyter_reconst.core.requests import Clashes, ClashEvent
from jupyter_reconst.doors.server.base import Call


async def clashes(call: Call, request: Clashes) -> AsyncGenerator[ClashEvent, None]:
    """Articles that clash, and dead weight; cancelled by the request's id."""
    stop = asyncio.Event()
    budget = call.room.config.token_budget
    with call.room.running.holding(call.person.owner, request.id, stop):
        async with aclosing(clashing.clashes(call.ports, call.person, request, stop, budget=budget)) as events:
            async for event in events:
                yield event
