"""Keep one of several answers: the cell shows it from now on, and that it was preferred to the others is remembered.

The journal only grows: what was kept last counts, and taking it back is one more line.
"""

from __future__ import annotations

from typing import Any

from jupyter_reconst.acts.cite import counted
from jupyter_reconst.acts.family import family
from jupyter_reconst.acts.recall import turn as turn_of
from jupyter_reconst.core.errors import BadInput, NotebookUnknown, NotFound
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Event, Ports
from jupyter_reconst.core.requests import Keep
from jupyter_reconst.core.turns import Turn, TurnRecord
from jupyter_reconst.core.variants import root_of


async def keep(ports: Ports, person: Person, request: Keep) -> TurnRecord:
    """Remember what was kept; returns the record that the frontend writes into the cell.

    Raises NotFound where this person has no such turns, BadInput where they do not answer one question.
    """
    document = await ports.documents.of_path(person.owner, request.path)
    if document is None:
        raise NotebookUnknown("This notebook is not open, and cannot be read.")
    kept, shown = [await turn_of(ports, person, id) for id in (request.turn, request.instead)]
    if kept is None or shown is None:
        raise NotFound("There is no such turn in your journal.")
    if root_of(kept) != root_of(shown) or kept.status != "complete":
        raise BadInput("Only a whole reply to what this cell asked can be kept in it.")
    body = await (_earlier if request.undoes else _preferred)(ports, person, request, kept)
    event = Event(
        id=request.id,
        owner=person.owner,
        notebook=document.notebook,
        kind="keep",
        subject=root_of(kept),
        body=body,
        created=ports.clock.now(),
    )
    await ports.journal.append(event)
    await ports.documents.shows(person.owner, document.path, request.cell, kept.id)
    return TurnRecord.of(kept, references=await counted(kept))


async def _preferred(ports: Ports, person: Person, request: Keep, kept: Turn) -> dict[str, Any]:
    """What is preferred to what: every other whole answer that says something else."""
    others = [one for one in await family(ports, person, kept) if one.status == "complete" and one.reply != kept.reply]
    return {"chosen": kept.id, "rejected": [one.id for one in others]}


async def _earlier(ports: Ports, person: Person, request: Keep, kept: Turn) -> dict[str, Any]:
    """What was preferred before the keeping that is taken back."""
    undone = await ports.journal.get(person.owner, request.undoes or "")
    if undone is None or undone.kind != "keep" or undone.subject != root_of(kept):
        raise NotFound("There is nothing to take back.")
    lines = await ports.journal.events(person.owner, kind="keep", subject=root_of(kept), newest_first=True)
    before = next((line for line in lines if line.sequence < undone.sequence and line.body), None)
    same = before is not None and before.body.get("chosen") == kept.id
    return {"chosen": kept.id, "rejected": before.body["rejected"] if before and same else [], "undoes": undone.id}
