"""The search for clashes through HTTP: weighed by the operator's budget, estimated, searched, and ended by its id."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from jupyter_reconst.core.notebook import article_key
from tests.fakes import ScriptedModel, an_id
from tests.scenes import article
from tests.server.conftest import Lab, Starting
from tests.unit.test_clash import adding, judge

pytest.importorskip("z3")  # The prover takes one call of the search.

PATH = "loop.ipynb"
LAW = (
    article(1, "a date is asked for", "answer with the year alone"),
    article(2, "a date is asked for", "answer with a source in full"),
)


async def accepted(lab: Lab) -> None:
    """A notebook with two articles, taken into use."""
    metadata = {article_key(one): one.model_dump(mode="json") for one in LAW}
    here = await lab.good("sync", {"path": PATH, "metadata": metadata, "cells": []})
    ticked = {"path": PATH, "digest": here["review"]["digest"], "articles": [one.id for one in LAW]}
    await lab.good("accept", ticked)


def wanted(**fields: Any) -> dict[str, Any]:
    return {"id": an_id(60), "path": PATH, **fields}


async def test_it_is_weighed_estimated_and_searched(start: Starting) -> None:
    lab = await start(ScriptedModel(judge), token_budget=1)
    await accepted(lab)
    first, second = await lab.all("clashes", wanted(estimate=True))
    assert (first["budget"], [one["beyond"] for one in first["articles"]]) == (1, [True, True])
    assert (second["status"], second["expected"]) == ("estimated", 2) and lab.model.calls == []
    events = await lab.all("clashes", wanted())
    (found,) = [event for event in events if event["type"] == "clash"]
    assert [side["followed"] for side in found["sides"]] == [True, False]
    assert (events[-1]["status"], events[-1]["calls"]) == ("done", 5)
    status = await lab.good("status")
    assert status["calls"] == 5


async def test_a_draft_is_searched_and_what_was_found_is_there_again_without_a_call(start: Starting) -> None:
    lab = await start(ScriptedModel(judge))
    await accepted(lab)
    draft = wanted(amendment=adding().model_dump(mode="json"))
    events = await lab.all("clashes", draft)
    (found,) = [event for event in events if event["type"] == "clash"]
    assert events[-1]["pairs"] == 2
    before = len(lab.model.calls)
    again = await lab.all("clashes", {**draft, "id": an_id(61), "estimate": True})
    assert [event for event in again if event["type"] == "clash"] == [found]
    assert (again[-1]["status"], len(lab.model.calls)) == ("done", before)


async def test_it_is_stopped_by_its_id(start: Starting) -> None:
    async def slow(messages: Any, parameters: Any) -> str:
        await asyncio.sleep(60)
        return "never"

    lab = await start(ScriptedModel(slow))
    await accepted(lab)
    async with lab.stream("clashes", wanted()) as events:
        async for event in events:
            if event["type"] == "searched" and event["status"] == "running":
                await lab.good("cancel", {"id": an_id(60)})
            last = event
    assert last["status"] == "stopped"


async def test_a_notebook_that_is_not_open_is_an_answer_by_its_code(lab: Lab) -> None:
    status, said = await lab.call("clashes", wanted())
    assert (status, said["code"]) == (400, "notebook_unknown")
