"""Try articles that nobody here has accepted on the person's own turns, before they decide: for these calls alone.

It is the one way in which such articles are ever sent, and it is an act of its own: it says what it takes before
anything is sent, makes no more calls than it said, and accepts nothing. Replies are recorded, so that one that was
stopped goes on where it was, and what is there already is not paid again.

Six turns: this notebook's last ones, then others that the same model connection has answered, so that no question goes
to a place where it has not been before.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing

from jupyter_reconst.acts import adopt as adopting
from jupyter_reconst.acts.accept import ticked
from jupyter_reconst.acts.aim import Aim
from jupyter_reconst.acts.compare import Laws, Pair, Twice, always, both, judged, never
from jupyter_reconst.acts.estimate import Bill, Silent, add_pair, total
from jupyter_reconst.acts.inforce import amendable
from jupyter_reconst.acts.meter import LENGTH, Metered
from jupyter_reconst.acts.noting import keep_calls
from jupyter_reconst.acts.probe import remembered, turn_probe
from jupyter_reconst.acts.scene import chosen
from jupyter_reconst.acts.sent import both_sides
from jupyter_reconst.acts.sign import opened
from jupyter_reconst.acts.silence import Silence
from jupyter_reconst.acts.slots import Emit, Writer, merged
from jupyter_reconst.core.constitution import Constitution
from jupyter_reconst.core.errors import BudgetSpent, RecordingOnly
from jupyter_reconst.core.impact import Budget, Impact, Probe
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Document, Model, Ports
from jupyter_reconst.core.requests import Rehearsal, Rehearse, RehearseEvent, Row
from jupyter_reconst.core.sent import KeptCalls
from jupyter_reconst.core.turns import Turn

MOST = 6
"""Turns that it is tried on."""

_AIM = Aim()
"""Nobody has said what the articles are for."""


async def rehearse(
    ports: Ports, person: Person, request: Rehearse, stop: asyncio.Event
) -> AsyncGenerator[RehearseEvent, None]:
    """Say what it takes; then, unless that was the question, each row as it is ready, and how it ended.

    Raises what ticking raises (Stale, InvisibleText, BadInput), NoModel and RecordingOnly before the first event.
    """
    document = await opened(ports, person, request.path)
    before, after = await _laws(ports, person, document, request)
    model = await chosen(ports, document)
    if model.info.recording:
        raise RecordingOnly("This is a recording: it answers nothing that was not recorded.")
    turns = await _turns(ports, person, document, model)
    todo = [
        (turn_probe(ports, turn, "own", "one of your turns"), Laws(before, after, turn.parameters)) for turn in turns
    ]
    most, price = await _estimated(ports, person, model, turns, todo)
    stands = Rehearsal(
        status="estimated",
        model=model.info.model,
        probes=tuple(probe for probe, _ in todo),
        most=most,
        price=price,
    )
    if request.estimate:
        yield stands
        return
    metered = Metered(model, Budget(calls=most))
    stands = stands.model_copy(update={"status": "running"})
    yield stands
    async with aclosing(_rows(ports, person, metered, document.notebook, todo, stop)) as events:
        async for event in events:
            yield event
            if event.type == "row":
                yield stands.model_copy(update={"calls": metered.calls, "cost": metered.cost})
    ended = "stopped" if stop.is_set() else "done"
    yield stands.model_copy(update={"status": ended, "calls": metered.calls, "cost": metered.cost})


async def _laws(
    ports: Ports, person: Person, document: Document, request: Rehearse
) -> tuple[Constitution, Constitution]:
    """What is in force, and what would be if what was ticked were accepted."""
    law, _ = await amendable(ports, person, document)
    if request.file is None:
        return law, ticked(document.carried, request)
    return law, adopting.ticked(law, adopting.offered(document, request.file), request)


async def _turns(ports: Ports, person: Person, document: Document, model: Model) -> list[Turn]:
    """The person's own turns, newest first, each prompt once: this notebook's, then those of this connection."""
    own = await remembered(ports, person, document.notebook)
    others = [turn for turn in await remembered(ports, person, None) if turn.profile == model.info.profile]
    found: dict[str, Turn] = {}
    for turn in (*own, *others):
        found.setdefault(turn.prompt, turn)
    return list(found.values())[:MOST]


async def _estimated(
    ports: Ports, person: Person, model: Model, turns: list[Turn], todo: list[tuple[Probe, Laws]]
) -> tuple[int, float | None]:
    """Calls and dollars at most; nobody is asked."""
    silent = Silent(model)
    bill = Bill(length=max([LENGTH, *(turn.usage.completion for turn in turns if turn.usage)]))
    for probe, laws in todo:
        await add_pair(ports, person, silent, laws, bill, probe, twice=not model.info.embedded)
    calls, _, cost = total(bill, silent)
    return calls, cost


async def _rows(
    ports: Ports,
    person: Person,
    model: Metered,
    notebook: str,
    todo: list[tuple[Probe, Laws]],
    stop: asyncio.Event,
) -> AsyncGenerator[RehearseEvent, None]:
    """Rows as they come, each measured against the noise that was seen so far."""
    silence, floor = Silence(ports.clock, model), 0.0
    twice = never if model.info.embedded else always
    writers = {place: _writer(ports, person, model, laws, probe, twice) for place, (probe, laws) in enumerate(todo)}
    lawful = {probe.id: laws for probe, laws in todo}
    at_once = 1 if model.info.embedded else model.info.at_once
    async for event in merged(writers, stop, ports.clock, at_once=at_once):
        if isinstance(event, tuple):
            probe, pair = event
            silence.broken()
            floor = max(floor, pair.noise or 0.0)
            row = judged(probe, pair, _AIM, floor=floor)
            yield Row(row=await _noted(ports, person, model, notebook, lawful[probe.id], row))
        elif (waiting := silence.said()) is not None:
            yield waiting


async def _noted(ports: Ports, person: Person, model: Metered, notebook: str, laws: Laws, row: Impact) -> Impact:
    """The row, naming what both its sides were sent: it is in no preview that would tell. Nobody is asked."""
    if row.verdict == "failed":
        return row
    _, sendings = await both_sides(ports, person, model, laws, row, ("Now", "With what is ticked"))
    kept = KeptCalls(what="rehearsal", about=(row.probe.turn,) if row.probe.turn else (), sendings=sendings)
    call = await keep_calls(ports, person, kept, notebook=notebook, subject=row.probe.turn)
    return row.model_copy(update={"call": call})


def _writer(
    ports: Ports, person: Person, model: Metered, laws: Laws, probe: Probe, twice: Twice
) -> Writer[tuple[Probe, Pair]]:
    async def write(emit: Emit[tuple[Probe, Pair]]) -> None:
        try:
            emit((probe, await both(ports, person, model, laws, probe, twice=twice)))
        except BudgetSpent:  # More than was said is never sent.
            return

    return write
