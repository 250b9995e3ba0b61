"""highlight, correct, propose."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from jupyter_reconst.acts import correct as correcting
from jupyter_reconst.acts import highlight as highlighting
from jupyter_reconst.acts import propose as proposing
from jupyter_reconst.core.annotations import Annotation
from jupyter_reconst.core.requests import Correct, CorrectEvent, Highlight, Propose, ProposeEvent
from jupyter_reconst.doors.server.base import Call


async def highlight(call: Call, request: Highlight) -> Annotation:
    """Keep an annotation."""
    return await highlighting.highlight(call.ports, call.person, request)


async def correct(call: Call, request: Correct) -> AsyncGenerator[CorrectEvent, None]:
    """Candidate corrections; cancelled by the request's id."""
    stop = asyncio.Event()
    with call.room.running.holding(call.person.owner, request.id, stop):
        async with aclosing(correcting.correct(call.ports, call.person, request, stop)) as events:
            async for event in events:
                yield event


async def propose(call: Call, request: Propose) -> AsyncGenerator[ProposeEvent, None]:
    """Candidate amendments; cancelled by the request's id."""
    stop = asyncio.Event()
    with call.room.running.holding(call.person.owner, request.id, stop):
        async with aclosing(proposing.propose(call.ports, call.person, request, stop)) as events:
            async for event in events:
                yield event
