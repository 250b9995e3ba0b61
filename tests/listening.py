"""A question, its answer and the reply, as a machine of states: one text for every wire that a model can be behind."""

from __future__ import annotations

import asyncio
from typing import Any

from jupyter_reconst.acts.ask import ask
from jupyter_reconst.core.ports import Piece
from jupyter_reconst.core.questions import question
from jupyter_reconst.core.requests import Ask
from jupyter_reconst.core.turns import TurnRecord
from tests.asking import asked, cells
from tests.fakes import ANA, Fakes
from tests.scenes import PATH

ASKED = "Help me with the paper."
OPTIONS = ("The proof", "The wording")
QUESTION = "Question: Which part of it?\n1. The proof\n2. The wording"


def partner(prompt: str) -> str:
    """One that listens: it asks what it does not know yet, and then replies."""
    return QUESTION if prompt.startswith(ASKED) else f"About that: {prompt}"


async def record(fakes: Fakes, prompt: str, cell: str, **fields: Any) -> TurnRecord:
    event = (await asked(fakes, prompt, cell, style="listen", **fields))[-1]
    assert event.type == "ended", event
    return event.record


async def cut(fakes: Fakes, prompt: str, cell: str) -> TurnRecord:
    """Ask, and press stop at once."""
    stop = asyncio.Event()
    request = Ask(path=PATH, cell=cell, prompt=prompt, style="listen", again=True)
    events = []
    async for event in ask(fakes.ports, ANA, request, stop):
        events.append(event)
        stop.set()
    assert events[-1].type == "ended"
    return events[-1].record


async def listens(fakes: Fakes, *, scripted: bool = True) -> None:
    """The machine. Where a model says what it likes, its states must hold all the same."""
    await cells(fakes, ("asks", None), ("answers", None), ("next", None))

    # A request that is not complete: one question, with answers to choose from.
    first = await record(fakes, ASKED, "asks")
    assert first.status == "complete" and first.style == "listen" and first.question == question(first.reply)
    if scripted:
        assert first.question and first.question.options == OPTIONS
    # Answered in the cell below: it continues the question, and the reply is an answer.
    answer = await record(fakes, OPTIONS[0], "answers")
    assert (answer.parent, answer.follows) == (first.turn, "asks") and answer.question == question(answer.reply)
    if scripted:
        assert answer.question is None and answer.reply == "About that: The proof"
    then = await record(fakes, "And then?", "next")
    assert (then.parent, then.follows) == (answer.turn, "answers")

    # Reloaded: told again from the file's outputs, and run from the top.
    shown = [("asks", first.turn), ("answers", answer.turn), ("next", then.turn)]
    await cells(fakes, *shown)
    for prompt, cell, before in (
        (ASKED, "asks", first),
        (OPTIONS[0], "answers", answer),
        ("And then?", "next", then),
    ):
        again = await record(fakes, prompt, cell)
        assert again.replayed and again == before.model_copy(update={"replayed": True, "note": again.note})

    # Stopped while it answers: nothing of it is an answer; asked anew, it continues the question again.
    stopped = await cut(fakes, OPTIONS[1], "answers")
    assert stopped.status == "cancelled" and stopped.question is None and stopped.parent == first.turn
    answer = await record(fakes, OPTIONS[1], "answers")
    assert answer.status == "complete" and not answer.replayed and answer.parent == first.turn

    # Stopped while it asks: there is no question, and what was answered stays as it was.
    stopped = await cut(fakes, ASKED, "asks")
    assert stopped.status == "cancelled" and stopped.question is None
    same = await record(fakes, OPTIONS[1], "answers")
    assert same.replayed and same.turn == answer.turn and same.parent == first.turn

    # The earlier cell is edited: its question is another one. The answer stays until it is asked anew.
    edited = await record(fakes, f"{ASKED} I mean the second one.", "asks")
    assert not edited.replayed and edited.turn != first.turn and edited.question == question(edited.reply)
    same = await record(fakes, OPTIONS[1], "answers")
    assert same.replayed and (same.parent, same.follows) == (first.turn, "asks")
    moved = await record(fakes, OPTIONS[1], "answers", again=True)
    assert (moved.parent, moved.follows) == (edited.turn, "asks")

    # Nowhere in the document, as without a browser: the asker says what it continues.
    alone = (await asked(fakes, "Headless.", None, style="listen", after=moved.turn))[-1].record  # type: ignore[union-attr]
    assert alone.parent == moved.turn and alone.follows == "answers"


def slow(reply: str) -> list[Any]:
    """A reply that takes its time, so that it can be stopped."""
    return [Piece(reply[:9]), 0.05, Piece(reply[9:]), Piece(finish_reason="stop")]
