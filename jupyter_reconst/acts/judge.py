"""Put the changed rows of a preview to a judge: which of two replies does better what the person said?

It is asked blind, once in each order, and only agreement counts. Whether its word then counts is measured by the
person's own marks (`core.judging`) and by texts that try to talk it over (`acts.persuade`); a judge that is known to
be moved by them is not asked. What it says is kept with the row. It is never a mark.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from jupyter_reconst.acts.begin import reopened
from jupyter_reconst.acts.blind import Answers, compared
from jupyter_reconst.acts.drafting import told
from jupyter_reconst.acts.noting import Notes
from jupyter_reconst.acts.persuade import robustness
from jupyter_reconst.acts.previews import judged_before, with_marks
from jupyter_reconst.acts.run import Run
from jupyter_reconst.acts.slots import Emit, Writer, merged
from jupyter_reconst.core.canonical import digest
from jupyter_reconst.core.errors import BadInput, ReconstError, RecordingOnly
from jupyter_reconst.core.impact import Impact, JudgeScore
from jupyter_reconst.core.judging import judgement, measured, pairs
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests import Failed, Judge, Progress, WatchEvent
from jupyter_reconst.prompts.judging import asked_with

_Judged = tuple[Impact, Answers, str | None]
"""A row, what was said of it, and the line of what was sent."""


async def judge(ports: Ports, person: Person, request: Judge, stop: asyncio.Event) -> AsyncGenerator[WatchEvent, None]:
    """Ask about each changed row of a preview that has ended, and say the rows as they are judged.

    An interrupted one goes on as the preview does. Raises NotFound, BadInput, Stale, NoModel and RecordingOnly before
    the first event.
    """
    run, ended = await reopened(ports, person, request.preview, request.budget)
    if run.model.info.recording:
        raise RecordingOnly("This is a recording: it judges nothing.")
    if not run.request.annotations:
        raise BadInput("There is no correction to judge by.", remedy="Mark the rows yourself.")
    known = run.preview.judge
    score = await _known(run)
    again = known is None or known.key != score.key
    open_ = tuple(
        id
        for id, row in run.rows.items()
        if row.changed and score.standing != "moved" and (again or row.judgement is None)
    )
    try:
        yield await run.stand(status="running", ended=ended, judging=open_, judge=score, problem="")
        async for event in judgements(run, stop):
            yield event
    except ReconstError as error:
        yield Failed(problem=error.problem())
        yield await run.failed(error.message)


async def judgements(run: Run, stop: asyncio.Event) -> AsyncGenerator[WatchEvent, None]:
    """The rows that are still to be judged, as they are.

    A row that the model fails on, or the budget does not reach, stays as it was; the run says so.
    """
    todo = [row for id in run.preview.judging if (row := run.rows.get(id)) is not None]
    writers = {place: _writer(run, row) for place, row in enumerate(todo)}
    at_once = 1 if run.model.info.embedded else run.model.info.at_once
    async for event in merged(writers, stop, run.ports.clock, at_once=at_once):
        if isinstance(event, tuple):
            row, said, call = event
            left = tuple(id for id in run.preview.judging if id != row.probe.id)
            run.preview = run.preview.model_copy(update={"judging": left})
            run.paced(len(left))
            found = judgement(row.probe, said.first, said.second).model_copy(update={"call": call})
            yield await run.again(row.model_copy(update={"judgement": found}))
            yield Progress(preview=run.preview)
        elif (waiting := run.silence.said()) is not None:
            yield waiting
    rows = await with_marks(run.ports, run.person, run.preview.id, *run.rows.values())
    run.rows = {row.probe.id: row for row in rows}
    yield await run.stand(**run.end(run.preview.ended) | {"problem": run.preview.problem})


def _writer(run: Run, row: Impact) -> Writer[_Judged]:
    """One row, in both orders."""

    async def write(emit: Emit[_Judged]) -> None:
        correction, notes = told(run.request.annotations), Notes(run.ports)
        try:
            said = await compared(
                notes.ports(), run.model, correction, row.probe.prompt, row.before.text, row.after.text
            )
        except ReconstError as error:
            run.count(problem=error.message)
            return
        run.saved += said.saved
        about = (row.probe.turn, *(id for a in run.request.annotations for id in (a.id, a.target.turn)))
        call = await notes.kept(
            run.person, "judgement", notebook=run.preview.notebook, subject=run.preview.id, about=about
        )
        emit((row, said, call))

    return write


async def _known(run: Run) -> JudgeScore:
    """The judge, by the texts that were tried on it, and by the marks of other previews of the notebook."""
    info = run.model.info
    key = digest([info.endpoint, info.model, asked_with(info.embedded)])
    tested = await robustness(run.ports, run.model)
    rows = await judged_before(run.ports, run.person, run.preview, key, run.rows.values())
    return measured(JudgeScore(key=key, model=info.model, texts=tested.texts, moved=tested.moved), pairs(rows))
