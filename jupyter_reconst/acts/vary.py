"""Ask a turn in other ways. Each variant is a turn of its own, in the journal.

The first turn of a question holds them together. What has been answered is never asked again: the same way once more is
another sample of the same call, so a variant whose process died before it was written down is found on record.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress

from jupyter_reconst.acts.answer import answer
from jupyter_reconst.acts.call import Gathering, recorded
from jupyter_reconst.acts.forming import Forming, told
from jupyter_reconst.acts.meter import LENGTH
from jupyter_reconst.acts.recall import turn as turn_of
from jupyter_reconst.acts.slots import Emit, Writer, merged
from jupyter_reconst.acts.ways import Call, Ways, way_of, ways
from jupyter_reconst.core.errors import BadInput, Problem, ReconstError, StoreError
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Event, Ports
from jupyter_reconst.core.requests import AskVariants, Finished, Text, Variant, Variants, Vary, VaryEvent, Way
from jupyter_reconst.core.turns import Status, Turn, TurnRecord, Usage, asked
from jupyter_reconst.core.variants import root_of

AT_ONCE = 8
"""Variants that are written at once, where their models take so many."""


async def vary(ports: Ports, person: Person, request: Vary, stop: asyncio.Event) -> AsyncGenerator[VaryEvent, None]:
    """Stream the variants as they are written. One that fails says so, and can be asked again; the others go on."""
    work = await ways(ports, person, request.path, request.turn)
    costs: list[float | None] = []
    writers = {slot: _writer(work, slot, way, costs) for slot, way in enumerate(request.ways)}
    async with aclosing(merged(writers, stop, ports.clock, at_once=AT_ONCE)) as events:
        async for event in events:
            yield event
    yield Finished(cost=None if None in costs else sum(cost or 0 for cost in costs))


async def variants(ports: Ports, person: Person, request: AskVariants) -> Variants:
    """What has been answered, and what some ways would take, about. Nobody is asked, not even to judge scopes."""
    work = await ways(ports, person, request.path, request.turn)
    costs: list[float | None] = []
    problem: Problem | None = None
    length = max(work.shown.usage.completion, LENGTH)
    for way in request.ways:
        try:
            call = await work.call(way, judge=False)
            info = call.model.info
            free = info.embedded or info.recording
            costs.append(0.0 if free else info.cost(Usage(prompt=call.made.tokens, completion=length)))
        except ReconstError as error:
            problem = error.problem()
    others = [turn for turn in work.family if turn.id != work.shown.id]
    again = [way_of(turn).model_copy(update={"id": ""}) for turn in others]
    # What did not come to its end is not shown any more once the same has been asked again.
    left = [o for place, o in enumerate(others) if o.status == "complete" or again[place] not in again[place + 1 :]]
    return Variants(
        shown=TurnRecord.of(work.shown),
        variants=tuple(work.variant(slot, turn) for slot, turn in enumerate(left)),
        calls=len(request.ways),
        cost=None if None in costs else sum(cost or 0 for cost in costs),
        problem=problem,
    )


def _writer(work: Ways, slot: int, way: Way, costs: list[float | None]) -> Writer[Text | Variant]:
    async def write(emit: Emit[Text | Variant]) -> None:
        known = await turn_of(work.ports, work.person, way.id)
        if known is not None:
            if known.varies != root_of(work.shown):
                raise BadInput("A turn with this id is there already.")
            emit(work.variant(slot, known))
            return
        now = work.ports.clock.monotonic
        call = await work.call(way, judge=True)
        if not way.anew and (same := work.answered(call)):
            emit(work.variant(slot, same))
            return
        sample = work.sample(call)
        found = await recorded(work.ports, call.model, call.made.messages, call.made.parameters, sample=sample)
        gathering = Gathering(now())
        forming = call.made.formed.begin() if call.made.formed else None
        status: Status = "cancelled"
        try:
            async with aclosing(answer(work.ports, call.model, call.made, sample=sample)) as pieces:
                async for piece in pieces:
                    gathering.take(piece, now())
                    text = forming.take(piece.text) if forming else piece.text
                    if text:
                        emit(Text(slot=slot, text=text))
            status = "complete" if gathering.finish_reason else "incomplete"
        except ReconstError:
            status = "failed"
            raise
        finally:
            turn = _turn(work, way, call, gathering, forming, status, paid=found is None)
            with suppress(StoreError):  # What has arrived is shown, even where it cannot be written down.
                await asyncio.shield(_kept(work, turn))
            costs.append(turn.cost)
            emit(work.variant(slot, turn))

    return write


def _turn(
    work: Ways, way: Way, call: Call, gathering: Gathering, forming: Forming | None, status: Status, *, paid: bool
) -> Turn:
    info, made, shown = call.model.info, call.made, work.shown
    reply = gathering.reply(call.model, made.messages, work.ports.clock.monotonic())
    unpaid = not paid or (status == "failed" and not reply.text)
    costs = [info.cost(Usage() if unpaid else reply.usage), info.cost(made.judging)]
    return Turn(
        id=way.id,
        parent=shown.parent,
        varies=root_of(shown),
        follows=shown.follows,
        notebook=work.document.notebook,
        cell=shown.cell,
        prompt=call.ask.prompt,
        attachments=call.ask.attachments,
        given=made.given,
        left=call.left,
        wish=shown.wish.model_copy(update={"style": call.ask.style}),
        style=call.rules.name,
        style_digest=call.rules.digest,
        law=call.rules.beside,
        messages=made.messages,
        profile=info.profile,
        model=info.model,
        parameters=made.parameters,
        digest=made.digest,
        applied=made.applied,
        **told(forming, reply.text, status == "complete"),
        status=status,
        usage=reply.usage,
        timings=reply.timings,
        cost=None if None in costs else sum(cost or 0 for cost in costs),
        created=work.ports.clock.now(),
        recording=info.recording,
    )


async def _kept(work: Ways, turn: Turn) -> None:
    """The turn, and a line that leads to it from the first one of its question."""
    subject, body = asked(turn.prompt, turn.attachments), turn.model_dump(mode="json")
    for_all = {"owner": work.person.owner, "notebook": turn.notebook, "created": turn.created}
    leads = Event(id=work.ports.clock.id(), kind="variant", subject=turn.varies, body={"turn": turn.id}, **for_all)
    await work.ports.journal.append(Event(id=turn.id, kind="turn", subject=subject, body=body, **for_all), leads)
