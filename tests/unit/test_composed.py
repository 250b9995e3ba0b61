"""What is shown before it is sent is what is sent: a prompt that has no cell yet continues what its cell will."""

from __future__ import annotations

import asyncio

from jupyter_reconst.acts.ask import ask, composed
from jupyter_reconst.core.notebook import Head, Reading
from jupyter_reconst.core.ports import CellState, Document
from jupyter_reconst.core.requests import Ask
from jupyter_reconst.core.turns import TurnRecord
from tests.fakes import ANA, Fakes, reconst
from tests.scenes import NOTEBOOK, PATH


async def _cells(fakes: Fakes, *cells: CellState) -> None:
    reading = Reading(head=Head(id=NOTEBOOK))
    await fakes.documents.tell("ana", Document(path=PATH, notebook=NOTEBOOK, reading=reading, cells=cells, live=True))


async def _asked(fakes: Fakes, cell: str) -> TurnRecord:
    request = Ask(path=PATH, cell=cell, prompt=f"Why {cell}?")
    last = [event async for event in ask(fakes.ports, ANA, request, asyncio.Event())][-1]
    assert last.type == "ended"
    return last.record


async def test_a_prompt_to_be_inserted_continues_what_its_cell_will() -> None:
    fakes = reconst(lambda messages, _: f"reply to {messages[-1].content}")
    await _cells(fakes, *(CellState(cell=name) for name in ("one", "two", "three")))
    one, three = (await _asked(fakes, "one")).turn, (await _asked(fakes, "three")).turn
    shown = await composed(fakes.ports, ANA, Ask(path=PATH, cell="new", below="two", prompt="Why new?"))
    cells = {"one": one, "two": None, "new": None, "three": three}
    await _cells(fakes, *(CellState(cell=name, turn=turn) for name, turn in cells.items()))
    record = await _asked(fakes, "new")
    assert shown.parent == record.parent == one
    assert shown.messages == fakes.model.calls[-1][0]


async def test_at_the_very_top_there_is_nothing_to_continue() -> None:
    fakes = reconst("Yes.")
    await _cells(fakes, CellState(cell="text"), CellState(cell="one"))
    await _asked(fakes, "one")
    shown = await composed(fakes.ports, ANA, Ask(path=PATH, cell="new", below="text", prompt="and?"))
    assert shown.parent is None
