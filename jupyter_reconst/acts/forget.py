"""Erase a turn's text from the store, and everything that repeats it. What stands in the notebook stays there."""

from __future__ import annotations

from jupyter_reconst.core.errors import NotFound
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Event, Ports
from jupyter_reconst.core.requests import Forget, Forgotten


async def forget(ports: Ports, person: Person, request: Forget) -> Forgotten:
    """Forget a turn, and the other answers to it. Raises NotFound where this person has no such turn."""
    line = await ports.journal.get(person.owner, request.turn)
    if line is None or line.kind != "turn":
        raise NotFound("There is no such turn in your journal.")
    others = await ports.journal.events(person.owner, kind="variant", subject=request.turn)
    ids = [request.turn, *(other.body["turn"] for other in others if other.body)]
    lines = sum([await ports.journal.forget(person.owner, id) for id in ids])
    event = Event(
        id=ports.clock.id(),
        owner=person.owner,
        notebook=line.notebook,
        kind="forget",
        subject=request.turn,
        body={"lines": lines},
        created=ports.clock.now(),
    )
    await ports.journal.append(event)
    return Forgotten(lines=lines)
