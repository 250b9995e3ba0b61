"""The embedded model reads what is in force under the question; nothing of it stays in the conversation."""

from __future__ import annotations

import asyncio

from jupyter_reconst.acts.answer import compose
from jupyter_reconst.acts.ask import ask
from jupyter_reconst.acts.inforce import in_force
from jupyter_reconst.core.constitution import EMPTY, Constitution
from jupyter_reconst.core.ports import CellState, ModelInfo
from jupyter_reconst.core.requests import Ask, Ended
from jupyter_reconst.core.turns import Message
from tests.fakes import ANA, Fakes, reconst
from tests.scenes import PATH, article, opened

BRIEF = article(1, "any reply is written.", "answer in one short sentence")


def toy() -> Fakes:
    fakes = reconst()
    fakes.model.info = ModelInfo(profile="test", model="toy", embedded=True, prompt_price=0, completion_price=0)
    return fakes


async def test_rules_stand_under_the_question() -> None:
    fakes = toy()
    law = Constitution(preamble="We study corrigibility.", articles=(BRIEF, article(2, "", "Cite\nsources")))
    made = await compose(fakes.ports, ANA, fakes.model, law, prompt="Why?")
    rules = "We study corrigibility.\nWhen any reply is written: answer in one short sentence.\nCite sources."
    assert made.messages == (Message(role="user", content=f"Why?\n\n{rules}"),)
    assert made.preface == rules
    bare = await compose(fakes.ports, ANA, fakes.model, EMPTY, prompt="Why?")
    assert (bare.messages, bare.preface) == ((Message(role="user", content="Why?"),), "")


async def test_what_is_shown_is_what_is_sent() -> None:
    fakes = toy()
    document = await opened(fakes, BRIEF)
    assert (
        await in_force(fakes.ports, ANA, document)
    ).preface in "Why?\n\nWhen any reply is written: answer in one short sentence."
    sample = await opened(fakes, BRIEF, sample="off-switch")
    assert (await in_force(fakes.ports, ANA, sample)).preface.startswith("The researcher")
    fakes.models.default = None
    assert (await in_force(fakes.ports, ANA, document)).preface.startswith("The researcher")


async def test_an_earlier_rule_does_not_stay_in_the_conversation() -> None:
    fakes = toy()
    document = await opened(fakes, BRIEF)

    async def asks(prompt: str, cell: str) -> str:
        request = Ask(path=PATH, cell=cell, prompt=prompt)
        ended = [e async for e in ask(fakes.ports, ANA, request, asyncio.Event()) if isinstance(e, Ended)]
        return ended[0].record.turn

    cells = (CellState(cell="a"), CellState(cell="b"))
    await fakes.documents.tell("ana", document.model_copy(update={"cells": cells}))
    await asks("First?", "a")
    told = await fakes.documents.of_path("ana", PATH)
    assert told
    empty = document.reading.model_copy(update={"revisions": (BRIEF.model_copy(update={"repealed": True}),)})
    await fakes.documents.tell("ana", told.model_copy(update={"reading": empty}))
    await asks("Second?", "b")
    messages, _ = fakes.model.calls[-1]
    assert [m.content for m in messages][:1] == ["First?"] and messages[-1].content == "Second?"
    assert not [m for m in messages if m.role == "user" and "one short sentence" in m.content]
