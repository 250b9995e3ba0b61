"""Turns that a notebook's outputs tell of and this store does not have: kept as claimed, shown again, never sent on."""

from __future__ import annotations

from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Event, Ports
from jupyter_reconst.core.requests import Done, Turns
from jupyter_reconst.core.turns import Status, Timings, Turn, TurnRecord, asked


async def claim(ports: Ports, person: Person, request: Turns) -> Done:
    """Keep what the outputs say. A turn that is already known is left as it is: a file cannot rewrite the journal."""
    cells = {state.turn: state.cell for state in request.cells if state.turn}
    known = await ports.journal.known(person.owner, [record.turn for record in request.records])
    events = []
    for record in request.records:
        if record.turn in known:
            continue
        turn = _turn(record, request.notebook, cells.get(record.turn), ports)
        events.append(
            Event(
                id=turn.id,
                owner=person.owner,
                notebook=request.notebook,
                kind="turn",
                subject=asked(turn.prompt, turn.attachments),
                body=turn.model_dump(mode="json"),
                created=turn.created,
            )
        )
    if events:
        await ports.journal.append(*events)
    return Done()


def _turn(record: TurnRecord, notebook: str, cell: str | None, ports: Ports) -> Turn:
    status: Status = "incomplete" if record.status == "streaming" else record.status
    return Turn(
        id=record.turn,
        parent=record.parent,
        notebook=notebook,
        cell=cell,
        prompt=record.prompt,
        model=record.model,
        digest=record.digest,
        applied=record.applied,
        follows=record.follows,
        wish=record.wish,
        style=record.style,
        traces=record.traces,
        open=record.open,
        reply=record.reply,
        status=status,
        timings=Timings(total=record.seconds * 1000),
        created=ports.clock.now(),
        claimed=True,
        recording=record.recording,
    )
