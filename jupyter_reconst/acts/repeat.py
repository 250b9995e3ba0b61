"""Decide single rows of a preview: six replies under each law, a permutation test of each row, Holm over them all.

One pair of replies says that a row is *likely* a change; only this says *changed*, or that it was noise. The replies
that the preview has asked for count among the six, so they are not paid again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from jupyter_reconst.acts.begin import reopened
from jupyter_reconst.acts.compare import decided, repeated
from jupyter_reconst.acts.run import Run
from jupyter_reconst.acts.slots import Emit, Writer, merged
from jupyter_reconst.core.errors import NotFound, ReconstError
from jupyter_reconst.core.impact import Impact
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests import Failed, Progress, Repeat, WatchEvent
from jupyter_reconst.core.statistics import holm


async def repeat(
    ports: Ports, person: Person, request: Repeat, stop: asyncio.Event
) -> AsyncGenerator[WatchEvent, None]:
    """Decide some rows of a preview that has ended, or all its likely ones, and say them as they are decided.

    An interrupted one goes on as the preview does. Raises NotFound, BadInput, Stale and NoModel before the first event.
    """
    run, ended = await reopened(ports, person, request.preview, request.budget)
    wanted = set(request.probes) or {id for id, row in run.rows.items() if row.certainty == "likely"}
    if unknown := wanted - set(run.rows):
        raise NotFound(f"This preview has no row {min(unknown)}.")
    open_ = tuple(id for id, row in run.rows.items() if id in wanted and row.distance and row.p is None)
    try:
        yield await run.stand(status="running", ended=ended, repeating=open_, problem="")
        async for event in repeats(run, stop):
            yield event
    except ReconstError as error:
        yield Failed(problem=error.problem())
        yield await run.failed(error.message)


async def repeats(run: Run, stop: asyncio.Event) -> AsyncGenerator[WatchEvent, None]:
    """The rows that are still to be repeated, as they are decided, and the others that this decides otherwise.

    A row that the model fails on, or the budget does not reach, stays likely; the run says so.
    """
    todo = [row for id in run.preview.repeating if (row := run.rows.get(id)) is not None and row.p is None]
    writers = {place: _writer(run, row) for place, row in enumerate(todo)}
    async for event in merged(writers, stop, run.ports.clock, at_once=1):
        if isinstance(event, tuple):
            row, p = event
            run.preview = run.preview.model_copy(
                update={"repeating": tuple(id for id in run.preview.repeating if id != row.probe.id)}
            )
            run.paced(len(run.preview.repeating))
            for changed in _decided(run, row.model_copy(update={"p": p})):
                yield await run.again(changed)
            yield Progress(preview=run.preview)
        elif (waiting := run.silence.said()) is not None:
            yield waiting
    yield await run.stand(**run.end(run.preview.ended) | {"problem": run.preview.problem})


def _writer(run: Run, row: Impact) -> Writer[tuple[Impact, float]]:
    """One row at a time, so that what is decided is decided soon; its replies are asked for together."""

    async def write(emit: Emit[tuple[Impact, float]]) -> None:
        try:
            p, saved = await repeated(run.ports, run.person, run.model, run.laws, row.probe)
        except ReconstError as error:
            run.count(problem=error.message)
            return
        run.saved += saved
        emit((row, p))

    return write


def _decided(run: Run, newest: Impact) -> list[Impact]:
    """The newest row, and those whose standing its p has changed: Holm looks at all that were decided."""
    rows = {row.probe.id: row for row in run.rows.values() if row.p is not None} | {newest.probe.id: newest}
    stands = holm([row.p or 0.0 for row in rows.values()])
    return [
        decided(row, run.aim, case=run.case(row.probe), p=row.p or 0.0, stands=stand)
        for row, stand in zip(rows.values(), stands, strict=True)
        if row is newest or (row.certainty == "changed") != stand
    ]
