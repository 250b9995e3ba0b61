"""collect, shelves, discard, consult, quote."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from jupyter_reconst.acts import collect as collecting
from jupyter_reconst.acts import consult as consulting
from jupyter_reconst.acts import discard as discarding
from jupyter_reconst.acts import quote as quoting
from jupyter_reconst.acts import shelve as shelving
from jupyter_reconst.core.library import Passage
from jupyter_reconst.core.requests import Collect, CollectEvent, Consult, Consulted, Discard, Quote, Shelves
from jupyter_reconst.doors.server.base import Call


async def collect(call: Call, request: Collect) -> AsyncGenerator[CollectEvent, None]:
    """Add and read; stopped by the request's id, or by leaving."""
    stop = asyncio.Event()
    with call.room.running.holding(call.person.owner, request.id, stop):
        async with aclosing(collecting.collect(call.ports, call.person, request, stop)) as events:
            async for event in events:
                yield event


async def shelves(call: Call, request: None) -> Shelves:
    """What the library is made of."""
    return await shelving.shelves(call.ports, call.person)


async def discard(call: Call, request: Discard) -> Shelves:
    """Take a source out."""
    return await discarding.discard(call.ports, call.person, request)


async def consult(call: Call, request: Consult) -> Consulted:
    """Search it."""
    return await consulting.consult(call.ports, call.person, request)


async def quote(call: Call, request: Quote) -> Passage:
    """One passage."""
    return await quoting.quote(call.ports, call.person, request)
