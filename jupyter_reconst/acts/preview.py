"""The impact preview: the amended constitution on probes, rows as they are ready.

Everything is journaled as it happens: the request, the chosen probes, each row before it is shown. So leaving changes
nothing, a killed run goes on where it stopped with nothing recorded paid again, and the same preview twice makes no
call. An edited wording asks again only for the amended side, and a mark stays where both replies stayed.

Rows are asked twice under the present constitution until the set has decided whether anything changed
(`acts.measuring`). How far two such replies are apart at most is the floor that every row is measured against: a row
beneath it is within noise, also where the floor was raised later.

A run ends with its planned probes. One that probes harder goes on until the side effects are decided, or no harder
prompt is found; the person's stop and the budget end any.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Coroutine, Sequence

from jupyter_reconst.acts.begin import begin
from jupyter_reconst.acts.compare import TIMES
from jupyter_reconst.acts.harder import harder
from jupyter_reconst.acts.judge import judgements
from jupyter_reconst.acts.previews import Record, recorded_preview, state_event
from jupyter_reconst.acts.probe import probes
from jupyter_reconst.acts.repeat import repeats
from jupyter_reconst.acts.run import Run
from jupyter_reconst.acts.slots import merged
from jupyter_reconst.core.errors import NotFound, ReconstError, Stale
from jupyter_reconst.core.impact import Ended, Probe
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests import Failed, Progress, Row, StartPreview, Waiting, WatchEvent

_CALLS = 3
"""Calls of a row at most."""


async def preview(
    ports: Ports, person: Person, request: StartPreview, stop: asyncio.Event
) -> AsyncGenerator[WatchEvent, None]:
    """Run a preview, or go on with an interrupted one of this id; one that has ended is only shown again.

    An interrupted one whose law or model has changed since is ended where it is. Raises NotebookUnknown, NoModel,
    NotFound, Stale, and BadInput for a budget that cannot be kept, before the first event.
    """
    record = await recorded_preview(ports, person, request.id)
    if record is not None and record.preview.status != "running":
        yield Progress(preview=record.preview)
        for row in record.rows:
            yield Row(row=row)
        return
    try:
        run = await begin(ports, person, record.request if record else request, record)
    except (Stale, NotFound) as error:
        if record is None:
            raise
        ended = record.preview.model_copy(update={"status": "stopped", "problem": error.message})
        await ports.journal.append(state_event(ports, person, ended, record.request, record.probes))
        yield Progress(preview=ended)
        for row in record.rows:
            yield Row(row=row)
        return
    try:
        yield await run.stand(maybe_twice=run.preview.maybe_twice + (_cut_off(run, record) if not stop.is_set() else 0))
        for row in record.rows if record else ():
            yield Row(row=row)
        for row in run.beneath():  # The process ended between a raised floor and the rows beneath it.
            yield await run.again(row)
        if run.preview.ended:  # More was being done with its rows.
            more = judgements if run.preview.judging else repeats
            async for told in more(run, stop):
                yield told
            return
        async for event in _tried(run, stop):
            yield event
        yield await run.stand(**run.end(_ended(run, stop)))
    except ReconstError as error:
        yield Failed(problem=error.problem())
        yield await run.failed(error.message)


def _cut_off(run: Run, record: Record | None) -> int:
    """How many calls may have been under way, and be billed, when the run was interrupted."""
    info = run.model.info
    if record is None or info.embedded or info.recording:
        return 0
    if record.preview.ended:
        left = 2 * TIMES * len(record.preview.repeating) + 2 * len(record.preview.judging)
    else:
        left = info.at_once if record.probes is None else _CALLS * (len(record.probes) - len(record.rows))
    return min(info.at_once, left)


async def _tried(run: Run, stop: asyncio.Event) -> AsyncGenerator[WatchEvent, None]:
    """Choose probes and try them; where it probes harder, again and again."""
    if run.probes is None:
        async for waiting in _chosen(run, probes(run.ports, run.person, run.model, run.wish), stop):
            yield waiting
    todo: Sequence[Probe] = [probe for probe in run.probes or () if probe.id not in run.rows]
    while run.probes is not None:
        yield await run.stand(planned=len(run.probes))
        async for event in _rows(run, todo, stop):
            yield event
        if not _goes_on(run, stop):
            return
        known = len(run.probes)
        prompts = [probe.prompt for probe in run.probes]
        async for waiting in _chosen(run, harder(run.ports, run.model, run.wish, prompts), stop):
            yield waiting
        todo = run.probes[known:]
        if not todo:
            return


def _goes_on(run: Run, stop: asyncio.Event) -> bool:
    """Whether harder probes are drawn."""
    undecided = run.preview.evidence.side.standing == "open"
    return run.request.harder and undecided and not run.model.spent and not stop.is_set()


def _ended(run: Run, stop: asyncio.Event) -> Ended:
    """What has ended the run."""
    short = len(run.rows) < max(run.preview.planned, 1)
    undecided = run.preview.evidence.side.standing == "open"
    if stop.is_set() and (short or (run.request.harder and undecided)):
        return "stopped"
    if run.model.spent:
        return "budget"
    if not run.request.harder:
        return "all"
    return "exhausted" if undecided else "decided"


async def _chosen(
    run: Run, drawing: Coroutine[object, object, tuple[Probe, ...]], stop: asyncio.Event
) -> AsyncGenerator[Waiting, None]:
    """Choose probes, which may take calls too; leaves them as they are as soon as the person stops."""
    task = asyncio.create_task(drawing)
    stopped = asyncio.create_task(stop.wait())
    try:
        while not (task.done() or stopped.done()):
            await asyncio.wait({task, stopped}, timeout=1.0, return_when=asyncio.FIRST_COMPLETED)
            if (waiting := run.silence.said()) is not None:
                yield waiting
        if task.done():
            run.choose(task.result())
    finally:
        task.cancel()
        stopped.cancel()
        await asyncio.gather(task, stopped, return_exceptions=True)


async def _rows(run: Run, todo: Sequence[Probe], stop: asyncio.Event) -> AsyncGenerator[WatchEvent, None]:
    """Rows as they come, those that a raised floor judges anew, and that nothing comes."""
    writers = {place: run.writer(probe) for place, probe in enumerate(todo)}
    at_once = 1 if run.model.info.embedded else run.model.info.at_once
    async for event in merged(writers, stop, run.ports.clock, at_once=at_once):
        if isinstance(event, tuple):
            probe, pair = event
            yield await run.row(probe, pair)
            for row in run.beneath():
                yield await run.again(row)
            yield Progress(preview=run.preview)
        elif (waiting := run.silence.said()) is not None:
            yield waiting
