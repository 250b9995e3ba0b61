"""preview, repeat, judge, estimate, watch, stop, mark, print, previews."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import TypeVar

from jupyter_reconst.acts import estimate as estimating
from jupyter_reconst.acts import judge as judging
from jupyter_reconst.acts import mark as marking
from jupyter_reconst.acts import preview as previewing
from jupyter_reconst.acts import previews as recorded
from jupyter_reconst.acts import print as printing
from jupyter_reconst.acts import repeat as repeating
from jupyter_reconst.core.impact import Preview
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests import (
    Cancel,
    Done,
    Estimate,
    Judge,
    Marked,
    MarkRow,
    Notebook,
    Previews,
    Print,
    Progress,
    Repeat,
    StartPreview,
    Watch,
    WatchEvent,
)
from jupyter_reconst.core.requests.sharing import Written
from jupyter_reconst.doors.server.base import Call
from jupyter_reconst.doors.server.documents import located
from jupyter_reconst.doors.server.running import Background


async def preview(call: Call, request: StartPreview) -> Preview:
    """Start a preview, which runs on by itself, or go on with an interrupted one; the same request twice is one run."""
    run = call.room.running.preview(call.person.owner, request.id) or _start(call, request)
    return await run.begun()


async def repeat(call: Call, request: Repeat) -> Preview:
    """Decide rows of a preview that has ended, which runs on by itself; watched and stopped as the preview is."""
    return await _more(call, request, repeating.repeat)


async def judge(call: Call, request: Judge) -> Preview:
    """Put the changed rows of a preview that has ended to a judge; watched and stopped as the preview is."""
    return await _more(call, request, judging.judge)


async def estimate(call: Call, request: StartPreview) -> Estimate:
    """What a preview would take."""
    return await estimating.estimate(call.ports, call.person, request)


async def watch(call: Call, request: Watch) -> AsyncGenerator[WatchEvent, None]:
    """How a preview stands, then every change. An interrupted one is only shown: looking pays for nothing."""
    run = call.room.running.preview(call.person.owner, request.preview)
    if run is None:
        async with aclosing(recorded.shown(call.ports, call.person, request)) as states:
            async for state in states:
                yield Progress(preview=_standing(state, call.room.running.previews(call.person.owner)))
        return
    with run.watching() as events:
        async with aclosing(recorded.shown(call.ports, call.person, request)) as states:
            async for state in states:
                yield Progress(preview=state)
        async with aclosing(events):
            async for event in events:
                yield event


async def stop(call: Call, request: Cancel) -> Done:
    """Stop a preview. One that a restart interrupted is ended, so that nothing takes it up again."""
    if not call.room.running.stop(call.person.owner, request.id):
        watched = Watch(preview=request.id)
        state = await recorded.preview_state(call.ports, call.person, watched)
        if state.status == "running":
            await asyncio.shield((await _ended(call, watched)).task)
    return Done()


async def mark(call: Call, request: MarkRow) -> Marked:
    """What the person says of a row, and what that makes of the evidence."""
    return await marking.mark(call.ports, call.person, request)


async def printed(call: Call, request: Print) -> Written:
    """A preview as a page to keep."""
    return await printing.printed(call.ports, call.person, request)


async def previews(call: Call, request: Notebook) -> Previews:
    """The previews of a notebook."""
    # Looked at before and after: one may begin or end while the journal is read.
    live = call.room.running.previews(call.person.owner)
    found = (await recorded.previews(call.ports, call.person, await located(call, request))).previews
    live |= call.room.running.previews(call.person.owner)
    told = (tried.model_copy(update={"preview": _standing(tried.preview, live)}) for tried in found)
    return Previews(previews=tuple(told))


def _standing(preview: Preview, live: set[str]) -> Preview:
    """A preview as it stands: one that says running, and that nothing here runs, was interrupted."""
    interrupted = preview.status == "running" and preview.id not in live
    return preview.model_copy(update={"status": "interrupted"}) if interrupted else preview


async def _ended(call: Call, request: Watch) -> Background:
    """Take up an interrupted preview only to end it where it is."""
    started = await recorded.begun(call.ports, call.person, request)
    running = call.room.running.preview(call.person.owner, started.id)
    run = running or _start(call, started, stopped=True)
    await run.begun()
    return run


R = TypeVar("R", Repeat, Judge)


async def _more(
    call: Call,
    request: R,
    act: Callable[[Ports, Person, R, asyncio.Event], AsyncGenerator[WatchEvent, None]],
) -> Preview:
    """Do more with the rows of a preview, in its place; what is being done with them already goes on alone."""
    running = call.room.running.preview(call.person.owner, request.preview)
    if running is None:
        stop = asyncio.Event()
        events = act(call.ports, call.person, request, stop)
        running = call.room.running.start(call.person.owner, request.preview, events, stop)
    return await running.begun()


def _start(call: Call, request: StartPreview, *, stopped: bool = False) -> Background:
    stop = asyncio.Event()
    if stopped:
        stop.set()
    events = previewing.preview(call.ports, call.person, request, stop)
    return call.room.running.start(call.person.owner, request.id, events, stop)
