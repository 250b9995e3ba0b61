"""What the tests of asking do: put cells into an open notebook, ask in one, and read what was recorded."""

from __future__ import annotations

import asyncio
from typing import Any

from jupyter_reconst.acts.ask import ask
from jupyter_reconst.core.notebook import Head, Reading
from jupyter_reconst.core.ports import CellState, Document
from jupyter_reconst.core.requests import Ask, AskEvent
from jupyter_reconst.core.turns import Turn
from tests.fakes import ANA, Fakes
from tests.scenes import NOTEBOOK, PATH


async def cells(fakes: Fakes, *states: tuple[str, str | None], owner: str = "ana") -> None:
    """An open notebook with these cells and the turns they show."""
    told = tuple(CellState(cell=cell, turn=turn) for cell, turn in states)
    known = await fakes.documents.of_path(owner, PATH)
    reading = known.reading if known else Reading(head=Head(id=NOTEBOOK))
    await fakes.documents.tell(owner, Document(path=PATH, notebook=NOTEBOOK, reading=reading, cells=told, live=True))


async def asked(
    fakes: Fakes, prompt: str, cell: str | None = "one", person: Any = ANA, **fields: Any
) -> list[AskEvent]:
    request = Ask(path=PATH, cell=cell, prompt=prompt, **fields)
    return [event async for event in ask(fakes.ports, person, request, asyncio.Event())]


async def turns(fakes: Fakes) -> list[Turn]:
    return [Turn.model_validate(e.body) for e in await fakes.journal.events("ana", kind="turn")]
