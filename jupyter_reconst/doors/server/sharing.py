"""import, adopt, rehearse, diff, restore, undo, exports, export."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from jupyter_reconst.acts import adopt as adopting
from jupyter_reconst.acts import diff as comparing
from jupyter_reconst.acts import export as exporting
from jupyter_reconst.acts import rehearse as rehearsing
from jupyter_reconst.acts import restore as restoring
from jupyter_reconst.acts import undo as undoing
from jupyter_reconst.core.requests import (
    Adopt,
    Bring,
    Brought,
    Change,
    Diff,
    Differs,
    Export,
    Exports,
    Notebook,
    Rehearse,
    RehearseEvent,
    Restore,
    Undo,
)
from jupyter_reconst.core.requests.sharing import Written
from jupyter_reconst.doors.server.base import Call


async def bring(call: Call, request: Bring) -> Brought:
    """What a file would bring."""
    return await adopting.bring(call.ports, call.person, request)


async def adopt(call: Call, request: Adopt) -> Change:
    """Take what was ticked of a file."""
    return await adopting.adopt(call.ports, call.person, request)


async def rehearse(call: Call, request: Rehearse) -> AsyncGenerator[RehearseEvent, None]:
    """Try ticked articles on the person's own turns; cancelled by the request's id."""
    stop = asyncio.Event()
    with call.room.running.holding(call.person.owner, request.id, stop):
        async with aclosing(rehearsing.rehearse(call.ports, call.person, request, stop)) as events:
            async for event in events:
                yield event


async def diff(call: Call, request: Diff) -> Differs:
    """What differs."""
    return await comparing.diff(call.ports, call.person, request)


async def restore(call: Call, request: Restore) -> Change:
    """Let the notebook read as it did."""
    return await restoring.restore(call.ports, call.person, request)


async def undo(call: Call, request: Undo) -> Change:
    """Take back what was adopted or restored."""
    return await undoing.undo(call.ports, call.person, request)


async def exports(call: Call, request: Notebook) -> Exports:
    """The ways to write the constitution, and what goes along."""
    return await exporting.exports(call.ports, call.person, request)


async def export(call: Call, request: Export) -> Written:
    """The constitution as a file."""
    return await exporting.written(call.ports, call.person, request)
