"""variants, vary, keep, edit: through HTTP, on the real store."""

from __future__ import annotations

import asyncio
from typing import Any

from jupyter_reconst.acts.prefer import pairs
from jupyter_reconst.core.annotations import Annotation
from jupyter_reconst.core.ports import Piece
from tests.fakes import ScriptedModel, an_id
from tests.server.conftest import Lab, Starting

PATH = "loop.ipynb"


async def shown(lab: Lab) -> str:
    """A cell that shows a turn; its id."""
    await lab.good("sync", {"path": PATH, "metadata": {}, "cells": [{"cell": "one"}]})
    events = await lab.all("ask", {"path": PATH, "cell": "one", "prompt": "Why so?"})
    turn: str = events[-1]["record"]["turn"]
    await lab.good("sync", {"path": PATH, "metadata": {}, "cells": [{"cell": "one", "turn": turn}]})
    return turn


def asking(turn: str, *ways: dict[str, Any], number: int = 500) -> dict[str, Any]:
    return {"id": an_id(number), "path": PATH, "turn": turn, "ways": list(ways)}


async def test_variants_stream_are_found_after_a_reload_and_one_is_kept(lab: Lab) -> None:
    turn = await shown(lab)
    ways = [{"id": an_id(601), "prompt": "How so?"}, {"id": an_id(602), "without": [an_id(101)]}]
    assert (await lab.good("variants", {"path": PATH, "turn": turn, "ways": ways}))["problem"]["code"] == "bad_input"
    events = await lab.all("vary", asking(turn, *ways))
    assert {event["type"] for event in events} == {"text", "variant", "failed", "finished"}
    (made,) = [event for event in events if event["type"] == "variant"]
    assert made["record"]["reply"] == "You asked: How so?" and made["differs"] == ["in other words"]
    assert [event["slot"] for event in events if event["type"] == "failed"] == [1]
    found = await lab.good("variants", {"path": PATH, "turn": turn})
    assert [one["record"]["turn"] for one in found["variants"]] == [an_id(601)]
    keeping = {"id": an_id(700), "path": PATH, "cell": "one", "turn": an_id(601), "instead": turn}
    assert (await lab.good("keep", keeping))["turn"] == an_id(601)
    again = (await lab.all("ask", {"path": PATH, "cell": "one", "prompt": "Why so?"}))[-1]["record"]
    assert (again["turn"], again["replayed"], len(lab.model.calls)) == (an_id(601), True, 2)
    reconst = lab.room.reconst
    (pair,) = await pairs(reconst.ports, reconst.person)
    assert pair.trusted and (pair.chosen, pair.rejected) == ("You asked: How so?", "You asked: Why so?")
    assert (await lab.good("forget", {"turn": turn}))["lines"] >= 3
    assert await pairs(reconst.ports, reconst.person) == []
    kept = await reconst.ports.journal.events(reconst.person.owner)
    assert not any("so?" in str(line.body) for line in kept)
    assert (await lab.call("variants", {"path": PATH, "turn": an_id(601)}))[0] == 404


async def test_stop_ends_the_calls_and_another_person_finds_nothing(start: Starting) -> None:
    lab = await start()
    turn = await shown(lab)
    lab.model.script = lambda messages, parameters: [Piece("Begun"), 60.0]
    async with lab.stream("vary", asking(turn, {"id": an_id(601)}, {"id": an_id(602)})) as events:
        assert (await asyncio.wait_for(anext(events), 2))["type"] == "text"
        await lab.good("cancel", {"id": an_id(500)})
        assert (await asyncio.wait_for(anext(events), 2))["type"] in ("text", "finished")
    for _ in range(50):
        found = (await lab.good("variants", {"path": PATH, "turn": turn}))["variants"]
        if len(found) == 2:
            break
        await asyncio.sleep(0.02)
    assert {one["record"]["status"] for one in found} == {"cancelled"}
    assert (await lab.call("variants", {"path": PATH, "turn": an_id(999)}))[0] == 404


async def test_an_edited_reply_becomes_corrections_once(start: Starting) -> None:
    lab = await start(ScriptedModel("It was **proved** in 2011 by Smith. It is a very good result."))
    turn = await shown(lab)
    request = {
        "path": PATH,
        "turn": turn,
        "cell": "one",
        "output": 0,
        "text": "It was **stated** in 2016 by Smith. It is a good result, so far.",
        "reading": "It was proved in 2011 by Smith. It is a very good result.",
    }
    found = (await lab.good("edit", request))["annotations"]
    assert [(Annotation.model_validate(one).target.quote, one["body"][0]["value"]) for one in found] == [
        ("proved in 2011", "**stated** in 2016"),
        ("very good result", "good result, so far"),
    ]
    assert all(one["target"]["turn"] == turn and one["motivation"] == "editing" for one in found)
    assert (await lab.good("edit", request))["annotations"] == found
    assert (
        await lab.good("edit", {**request, "text": "It was **proved** in 2011 by Smith. It is a very good result."})
    ) == {"annotations": []}
    assert (await lab.call("edit", {**request, "text": " "}))[0] == 400
    assert len(lab.model.calls) == 1
