"""cite, lookup, wrong."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

from jupyter_reconst.acts import cite as citing
from jupyter_reconst.acts import lookup as looking
from jupyter_reconst.acts import wrong as marking
from jupyter_reconst.core.requests import Cite, Cited, LookUp, LookUpEvent, Wrong, Wronged
from jupyter_reconst.doors.server.base import Call


async def cite(call: Call, request: Cite) -> Cited:
    """The references of a turn."""
    return await citing.cite(call.ports, call.person, request)


async def lookup(call: Call, request: LookUp) -> AsyncGenerator[LookUpEvent, None]:
    """Each reference as it was looked up; the person leaves, and it ends."""
    async with aclosing(looking.lookup(call.ports, call.person, request)) as events:
        async for event in events:
            yield event


async def wrong(call: Call, request: Wrong) -> Wronged:
    """A reference that is wrong, and what is right."""
    return await marking.wrong(call.ports, call.person, request)
