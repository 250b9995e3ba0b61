"""The impact preview: the amended constitution on probes, rows as they are ready.

Everything is journaled as it happens: the request, the chosen probes, each row before it is shown. So leaving changes
nothing, a killed run goes on where it stopped with nothing recorded paid again, and the same preview twice makes no
call. An edited wording asks again only for the amended side, and a mark stays where both replies stayed.

The first two prompts are asked twice under the present constitution: how far those replies are apart is the floor that
every row is measured against. Where that floor is not zero the endpoint does not honour temperature 0, and every row
is measured in the same way.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Sequence

from jupyter_reconst.acts.aim import aim_of
from jupyter_reconst.acts.compare import Laws, Pair
from jupyter_reconst.acts.inforce import amendable, ratified_cases
from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.acts.previews import Record, marked_before, recorded_preview, state_event
from jupyter_reconst.acts.probe import Wish, probes
from jupyter_reconst.acts.recall import turn as turn_of
from jupyter_reconst.acts.run import Run
from jupyter_reconst.acts.sampled import sample_of
from jupyter_reconst.acts.scene import chosen
from jupyter_reconst.acts.silence import Silence
from jupyter_reconst.acts.slots import merged
from jupyter_reconst.core.amendments import amended
from jupyter_reconst.core.constitution import Article, Constitution, Draft
from jupyter_reconst.core.errors import NotebookUnknown, NotFound, ReconstError, Stale
from jupyter_reconst.core.impact import Preview, Probe
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests import Failed, Progress, Row, StartPreview, Waiting, WatchEvent
from jupyter_reconst.core.turns import Parameters, Turn

AT_ONCE = 4
SMALL_AT_ONCE = 1
MEASURED = 2
"""Prompts that are asked twice under the present constitution."""


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
            async for waiting in _choosing(run, stop):
                yield waiting
        if run.probes is not None:
            yield await run.stand(planned=len(run.probes))
            async for event in _rows(run, stop):
                yield event
        yield await run.stand(**_end(run, stopped=stop.is_set()))
    except ReconstError as error:
        yield Failed(problem=error.problem())
        yield await run.failed(error.message)


async def _begun(ports: Ports, person: Person, request: StartPreview, record: Record | None) -> Run:
    """Everything a run needs; the same again after an interruption, unless what is in force has changed since."""
    document = await ports.documents.of_path(person.owner, request.path)
    if document is None:
        raise NotebookUnknown("This notebook is not open here.")
    asked = await chosen(ports, document)
    model = Metered(asked)
    constitution, revisions = await amendable(ports, person, document)
    after, _ = amended(constitution, request.amendment, revisions=revisions)
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
    wish = Wish(
        notebook=document.notebook,
        draft=draft,
        aim=aim,
        library=request.amendment.source.by == "library",
        sources=sources,
        cases=await ratified_cases(ports, person, document, constitution),
        prompts=request.prompts,
        others=_others(constitution, request),
        generate=request.generate,
        sample=sample_of(asked),
    )
    run = Run(
        ports,
        person,
        request,
        model,
        laws,
        aim,
        wish,
        preview=start,
        before=start,
        marked=await marked_before(ports, person, start),
        silence=Silence(ports.clock, model),
        last=ports.clock.monotonic(),
    )
    if record is not None:
        run.probes = record.probes
        run.rows = {row.probe.id: row for row in record.rows}
    return run


async def _choosing(run: Run, stop: asyncio.Event) -> AsyncGenerator[Waiting, None]:
    """Choose the probes, which may take calls too; leaves them open as soon as the person stops."""
    task = asyncio.create_task(probes(run.ports, run.person, run.model, run.wish))
    stopped = asyncio.create_task(stop.wait())
    try:
        while not (task.done() or stopped.done()):
            await asyncio.wait({task, stopped}, timeout=1.0, return_when=asyncio.FIRST_COMPLETED)
            if (waiting := run.silence.said()) is not None:
                yield waiting
        if task.done():
            run.probes = task.result()
    finally:
        task.cancel()
        stopped.cancel()
        await asyncio.gather(task, stopped, return_exceptions=True)


async def _rows(run: Run, stop: asyncio.Event) -> AsyncGenerator[WatchEvent, None]:
    """First the rows that are measured, then the others. A raised floor judges the first ones anew."""
    noises = [row.noise for row in run.rows.values() if row.noise is not None]
    run.count(floor=max(noises, default=None))
    todo = [probe for probe in run.probes or () if probe.id not in run.rows]
    each = {probe.prompt: probe for probe in reversed(todo)}
    first = [probe for probe in todo if each[probe.prompt] is probe][: max(0, MEASURED - len(noises))]
    pairs: dict[str, tuple[Probe, Pair]] = {}
    async for event in _pairs(run, first, stop, twice=True):
        if isinstance(event, Waiting):
            yield event
            continue
        probe, pair = event
        pairs[probe.id] = event
        if pair.noise is not None:
            run.count(floor=max(run.preview.floor or 0.0, round(pair.noise, 4)))
        for other, seen in pairs.values():
            known = run.rows.get(other.id)
            if known is None or run.judged(other, seen).verdict != known.verdict:
                yield await run.row(other, seen)
        yield Progress(preview=run.preview)
    noisy = bool(run.preview.floor)
    async for event in _pairs(run, [probe for probe in todo if probe not in first], stop, twice=noisy):
        if isinstance(event, Waiting):
            yield event
            continue
        yield await run.row(*event)
        yield Progress(preview=run.preview)


async def _pairs(
    run: Run, todo: Sequence[Probe], stop: asyncio.Event, *, twice: bool
) -> AsyncGenerator[tuple[Probe, Pair] | Waiting, None]:
    """Both sides of every probe as they come, and that nothing comes."""
    writers = {place: run.writer(probe, twice=twice) for place, probe in enumerate(todo)}
    at_once = SMALL_AT_ONCE if run.model.info.embedded else AT_ONCE
    async for event in merged(writers, stop, run.ports.clock, at_once=at_once):
        if isinstance(event, tuple):
            yield event
        elif (waiting := run.silence.said()) is not None:
            yield waiting


def _end(run: Run, *, stopped: bool) -> dict[str, object]:
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


def _others(constitution: Constitution, request: StartPreview) -> tuple[Article, ...]:
    """The articles that the wording would be in force beside; a repeal has none."""
    amendment = request.amendment
    if amendment.action == "repeal":
        return ()
    return tuple(article for article in constitution.effective if article.id != amendment.article)


async def _sources(ports: Ports, person: Person, request: StartPreview) -> tuple[Turn, ...]:
    """The corrected turns, once each."""
    found: dict[str, Turn] = {}
    for annotation in request.annotations:
        turn = await turn_of(ports, person, annotation.target.turn)
        if turn is not None:
            found.setdefault(turn.id, turn)
    return tuple(found.values())
