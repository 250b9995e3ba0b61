"""browse, page, lend, offer, foresee."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from jupyter_reconst.acts import browse as browsing
from jupyter_reconst.acts import foresee as foreseeing
from jupyter_reconst.acts import lend as lending
from jupyter_reconst.acts import offer as offering
from jupyter_reconst.acts import page as reading
from jupyter_reconst.core.requests import Browse, Browsed, Foresee, ForeseeEvent, Lend, Lent, Offer, Open, Page, Patch
from jupyter_reconst.doors.server.base import Call


async def browse(call: Call, request: Browse) -> Browsed:
    """Packs, and the articles that hold some words."""
    return await browsing.browse(call.ports, call.person, call.room.reconst.wiki, request)


async def page(call: Call, request: Open) -> Page:
    """One pack."""
    return await reading.page(call.ports, call.person, call.room.reconst.wiki, request)


async def lend(call: Call, request: Lend) -> Lent:
    """A copy of it, or of some of its articles."""
    return await lending.lend(call.room.reconst.wiki, request)


async def offer(call: Call, request: Offer) -> Patch:
    """An article as a patch."""
    return await offering.offer(call.ports, call.person, call.room.reconst.wiki, request)


async def foresee(call: Call, request: Foresee) -> AsyncGenerator[ForeseeEvent, None]:
    """What adopting would do to kept cases; stopped by the request's id, or by leaving."""
    stop = asyncio.Event()
    with call.room.running.holding(call.person.owner, request.id, stop):
        async with aclosing(foreseeing.foresee(call.ports, call.person, request, stop)) as events:
            async for event in events:
                yield event
