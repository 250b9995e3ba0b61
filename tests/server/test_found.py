"""A turn by its id: recorded, still being asked, or nowhere."""

from __future__ import annotations

from jupyter_reconst.core.ports import Piece
from tests.fakes import ScriptedModel, an_id
from tests.server.conftest import Starting


async def test_a_turn_is_found_while_it_is_asked_and_after(start: Starting) -> None:
    lab = await start(ScriptedModel([Piece("half an "), 60.0, Piece(finish_reason="stop")]))
    await lab.good("sync", {"path": "loop.ipynb", "metadata": {}, "cells": [{"cell": "one"}]})
    async with lab.stream("ask", {"path": "loop.ipynb", "cell": "one", "prompt": "?"}) as events:
        turn = (await anext(events))["record"]["turn"]
        await anext(events)
        assert await lab.good("turn", {"turn": turn}) == {"turn": None}
        await lab.good("cancel", {"id": turn})
        _ = [event async for event in events]
    found = await lab.good("turn", {"turn": turn})
    assert (found["turn"]["status"], found["turn"]["reply"]) == ("cancelled", "half an ")
    status, said = await lab.call("turn", {"turn": an_id(7)})
    assert (status, said["code"]) == (404, "not_found")
