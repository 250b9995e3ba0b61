"""The impact preview: the amended constitution on probes, rows as they are ready.

Everything is journaled as it happens: the request, the chosen probes, each row before it is shown. So leaving changes
nothing, a killed run goes on where it stopped with nothing recorded paid again, and the same preview twice makes no
call. An edited wording asks again only for the amended side, and a mark stays where both replies stayed.

The first two rows are asked twice under the present constitution: how far those replies are apart is the floor that
every row is measured against. Where that floor is not zero the endpoint does not honour temperature 0, and every row
is measured in the same way.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Coroutine, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from jupyter_reconst.acts.aim import Aim, aim_of
from jupyter_reconst.acts.compare import Laws, Pair, both, judged
from jupyter_reconst.acts.inforce import constitution_in_force
from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.acts.previews import (
    Record,
    mark_event,
    marked_before,
    recorded_preview,
    row_event,
    sight,
    state_event,
)
from jupyter_reconst.acts.probe import Wish, probes
from jupyter_reconst.acts.recall import turn as turn_of
from jupyter_reconst.acts.sampled import sample_of
from jupyter_reconst.acts.scene import chosen
from jupyter_reconst.acts.slots import Emit, Writer, merged
from jupyter_reconst.core.amendments import amended
from jupyter_reconst.core.constitution import Case, Constitution, Draft
from jupyter_reconst.core.errors import NotebookUnknown, NotFound, ReconstError, Stale
from jupyter_reconst.core.impact import Impact, Preview, Probe
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Document, Ports
from jupyter_reconst.core.requests import Failed, MarkRow, Progress, Row, StartPreview, Waiting, WatchEvent
from jupyter_reconst.core.samples import Sample
from jupyter_reconst.core.turns import Parameters, Turn

AT_ONCE = 4
SMALL_AT_ONCE = 1
MEASURED = 2
"""Rows that are asked twice under the present constitution."""
_SMOOTH = 0.3
"""Weight of the newest row in the estimate of the time that is left (an exponentially weighted mean)."""

_T = TypeVar("_T")


@dataclass(slots=True)
class _Run:
    """One run of one wording."""

    ports: Ports
    person: Person
    request: StartPreview
    model: Metered
    laws: Laws
    aim: Aim
    wish: Wish
    preview: Preview
    before: Preview
    cases: dict[str, Case]
    marked: dict[str, Impact]
    probes: tuple[Probe, ...] | None = None
    rows: dict[str, Impact] = field(default_factory=dict)
    saved: int = 0
    pace: float | None = None
    last: float = 0.0

    async def stand(self, **changes: object) -> Progress:
        """Keep how the run stands, and say it."""
        self.count(**changes)
        await self.ports.journal.append(state_event(self.ports, self.person, self.preview, self.request, self.probes))
        return Progress(preview=self.preview)

    def count(self, **changes: object) -> Preview:
        """Bring the counters up to date. `before` holds what an interrupted run had already paid."""
        costs = (self.before.cost, self.model.cost)
        self.preview = self.preview.model_copy(
            update={
                "calls": self.before.calls + self.model.calls,
                "saved": self.before.saved + self.saved,
                "cost": None if costs[1] is None else (costs[0] or 0.0) + costs[1],
                **changes,
            }
        )
        return self.preview

    async def row(self, probe: Probe, pair: Pair) -> Row:
        """Judge a pair, keep the row, and say it."""
        case = self.cases.get(probe.case) if probe.case else None
        row = judged(probe, pair, self.aim, case=case, floor=self.preview.floor)
        fresh = probe.id not in self.rows and row.verdict != "failed"
        known = self.marked.get(sight(row)) if fresh else None
        self.rows[probe.id] = row
        now = self.ports.clock.monotonic()
        took, self.last = max(0.0, now - self.last), now
        self.pace = took if self.pace is None else _SMOOTH * took + (1 - _SMOOTH) * self.pace
        left = self.preview.planned - len(self.rows)
        self.count(seconds_left=round(self.pace * left, 1))
        lines = [row_event(self.ports, self.person, self.preview, row)]
        if known is not None:
            row = row.model_copy(update={"mark": known.mark, "note": known.note})
            said = MarkRow(preview=self.preview.id, probe=probe.id, mark=known.mark, note=known.note)
            lines.append(mark_event(self.ports, self.person, self.preview, said))
        await self.ports.journal.append(*lines)
        return Row(row=row)

    def writer(self, probe: Probe, *, twice: bool) -> Writer[tuple[Probe, Pair]]:
        """Ask for both sides of a probe."""

        async def write(emit: Emit[tuple[Probe, Pair]]) -> None:
            pair = await both(self.ports, self.person, self.model, self.laws, probe, twice=twice)
            self.saved += pair.saved
            emit((probe, pair))

        return write


async def preview(
    ports: Ports, person: Person, request: StartPreview, stop: asyncio.Event
) -> AsyncGenerator[WatchEvent, None]:
    """Run a preview, or go on with an interrupted one of this id; one that has ended is only shown again.

    An interrupted one whose law or model has changed since is ended where it is. Raises NotebookUnknown, NoModel,
    NotFound and Stale before the first event.
    """
    record = await recorded_preview(ports, person, request.id)
    if record is not None and record.preview.status != "running":
        yield Progress(preview=record.preview)
        for row in record.rows:
            yield Row(row=row)
        return
    try:
        run = await _begun(ports, person, record.request if record else request, record)
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
        yield await run.stand()
        for row in record.rows if record else ():
            yield Row(row=row)
        if run.probes is None:
            run.probes = await _unless(stop, probes(ports, person, run.model, run.wish))
        if run.probes is not None:
            yield await run.stand(planned=len(run.probes))
            async for event in _rows(run, stop):
                yield event
        yield await run.stand(**_end(run, stopped=stop.is_set()))
    except ReconstError as error:
        yield Failed(problem=error.problem())
        yield Progress(preview=run.count(status="failed", problem=error.message, seconds_left=None))


async def _begun(ports: Ports, person: Person, request: StartPreview, record: Record | None) -> _Run:
    """Everything a run needs; the same again after an interruption, unless what is in force has changed since."""
    document = await ports.documents.of_path(person.owner, request.path)
    if document is None:
        raise NotebookUnknown("This notebook is not open here.")
    asked = await chosen(ports, document)
    model = Metered(asked)
    constitution = await constitution_in_force(ports, person, document)
    after, _ = amended(constitution, request.amendment)
    sources = await _sources(ports, person, request)
    parameters = sources[0].parameters if sources else Parameters()
    laws = Laws(constitution, after, parameters)
    draft = _draft(constitution, request)
    aim = aim_of(request.amendment, request.annotations, draft)
    start = Preview(
        id=request.id,
        notebook=document.notebook,
        amendment=request.amendment,
        before=constitution.digest,
        after=after.digest,
        model=model.info.model,
        status="running",
        planned=0,
        created=ports.clock.now(),
    )
    if record is not None:
        told = record.preview
        if (told.before, told.after, told.model) != (start.before, start.after, start.model):
            raise Stale("What is in force, or the model, has changed since this preview began.")
        start = told
    run = _Run(
        ports,
        person,
        request,
        model,
        laws,
        aim,
        _wish(document, request, draft, aim, sources, sample_of(asked)),
        preview=start,
        before=start,
        cases={case.id: case for case in document.reading.cases},
        marked=await marked_before(ports, person, start),
        last=ports.clock.monotonic(),
    )
    if record is not None:
        run.probes = record.probes
        run.rows = {row.probe.id: row for row in record.rows}
    return run


async def _rows(run: _Run, stop: asyncio.Event) -> AsyncGenerator[WatchEvent, None]:
    """First the rows that are measured, then the others. A raised floor judges the first ones anew."""
    noises = [row.noise for row in run.rows.values() if row.noise is not None]
    run.count(floor=max(noises, default=None))
    todo = [probe for probe in run.probes or () if probe.id not in run.rows]
    first = todo[: max(0, MEASURED - len(noises))]
    pairs: dict[str, tuple[Probe, Pair]] = {}
    async for probe, pair in _pairs(run, first, stop, twice=True):
        pairs[probe.id] = (probe, pair)
        if pair.noise is not None:
            run.count(floor=max(run.preview.floor or 0.0, round(pair.noise, 4)))
        for other, seen in pairs.values():
            known = run.rows.get(other.id)
            if known is None or judged(other, seen, run.aim, floor=run.preview.floor).verdict != known.verdict:
                yield await run.row(other, seen)
        yield Progress(preview=run.preview)
    noisy = bool(run.preview.floor)
    async for probe, pair in _pairs(run, todo[len(first) :], stop, twice=noisy):
        yield await run.row(probe, pair)
        yield Progress(preview=run.preview)


async def _pairs(
    run: _Run, todo: Sequence[Probe], stop: asyncio.Event, *, twice: bool
) -> AsyncGenerator[tuple[Probe, Pair], None]:
    writers = {place: run.writer(probe, twice=twice) for place, probe in enumerate(todo)}
    at_once = SMALL_AT_ONCE if run.model.info.embedded else AT_ONCE
    async for event in merged(writers, stop, run.ports.clock, at_once=at_once):
        if not isinstance(event, Waiting | Failed):
            yield event


def _end(run: _Run, *, stopped: bool) -> dict[str, object]:
    """How the run stands at its end."""
    tried = [row for row in run.rows.values() if row.verdict != "failed"]
    failed = [row for row in run.rows.values() if row.verdict == "failed"]
    status, problem = "done", ""
    if stopped and len(run.rows) < max(run.preview.planned, 1):
        status = "stopped"
    elif failed and not tried:
        status, problem = "failed", failed[0].why
    effect = "unknown"
    if any(row.verdict != "unchanged" for row in tried):
        effect = "seen"
    elif tried and status == "done":
        effect = "none"
    return {"status": status, "problem": problem, "effect": effect, "seconds_left": None}


def _draft(constitution: Constitution, request: StartPreview) -> Draft:
    """The wording that the amendment is about."""
    if request.amendment.draft is not None:
        return request.amendment.draft
    article = constitution.article(request.amendment.article or "")
    if article is None:
        raise NotFound("The article that this would change is not in the constitution.")
    return article.draft


def _wish(
    document: Document,
    request: StartPreview,
    draft: Draft,
    aim: Aim,
    sources: tuple[Turn, ...],
    sample: Sample | None,
) -> Wish:
    return Wish(
        notebook=document.notebook,
        draft=draft,
        aim=aim,
        library=request.amendment.source.by == "library",
        sources=sources,
        cases=document.reading.cases,
        prompts=request.prompts,
        generate=request.generate,
        sample=sample,
    )


async def _sources(ports: Ports, person: Person, request: StartPreview) -> tuple[Turn, ...]:
    """The corrected turns, once each."""
    found: dict[str, Turn] = {}
    for annotation in request.annotations:
        turn = await turn_of(ports, person, annotation.target.turn)
        if turn is not None:
            found.setdefault(turn.id, turn)
    return tuple(found.values())


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, _T]) -> _T | None:
    """The result of some work, or None as soon as the person stops."""
    task, stopped = asyncio.create_task(work), asyncio.create_task(stop.wait())
    try:
        await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        task.cancel()
        stopped.cancel()
        await asyncio.gather(task, stopped, return_exceptions=True)
