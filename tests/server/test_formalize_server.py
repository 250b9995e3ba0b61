"""Checking an argument through HTTP: a passage is drafted and judged, an edited one is judged without a model."""

from __future__ import annotations

import pytest

from tests.fakes import ScriptedModel
from tests.server.conftest import Starting
from tests.unit.test_formalize import CLAIM, PASSAGE, SYMBOLS, script

pytest.importorskip("z3")

ULID = "01JD0000000000000000000001"


async def test_a_passage_is_drafted_judged_edited_and_judged_again(start: Starting) -> None:
    lab = await start(ScriptedModel(script()))
    await lab.good("sync", {"path": "loop.ipynb", "metadata": {}, "cells": []})
    *before, found = await lab.all("formalize", {"path": "loop.ipynb", "passage": PASSAGE})
    assert [one["type"] for one in before] == ["formalized"] * 3 and before[0]["loss"] == "How sure people are."
    assert found["verdict"]["says"] == "does not follow" and found["calls"] == 3
    assert (await lab.good("status"))["calls"] == 3
    assert len((await lab.good("sent", {"call": found["call"]}))["sendings"]) == 3
    edited = {"symbols": SYMBOLS, "premises": found["premises"], "claim": {"name": "claim", "formal": "wise(ben)"}}
    again = await lab.good("verify", {"argument": edited})
    assert (again["verdict"]["says"], again["verdict"]["core"]) == ("follows", ["fact"])
    assert again["claim"]["words"] == "Ben is wise" and again["premises"][0]["source"]["start"] == 0
    pinned = {"id": ULID, "path": "loop.ipynb", "passage": PASSAGE, "argument": edited}
    change = await lab.good("pin", pinned)
    assert change["writes"][f"reconst:argument:{ULID}"]["says"] == "follows" and not change["removes"]
    assert len(lab.model.calls) == 3


async def test_the_operator_bounds_the_prover(start: Starting) -> None:
    lab = await start(ScriptedModel(script()), prover_seconds=1, prover_megabytes=256)
    squares = {
        "symbols": [],
        "claim": {"name": "claim", "formal": "not exists p: int. exists q: int. q != 0 and p * p = 2 * q * q"},
    }
    assert (await lab.good("verify", {"argument": squares}))["verdict"]["says"] == "not decided"
    status, problem = await lab.call("pin", {"id": ULID, "path": "n.ipynb", "passage": PASSAGE, "argument": squares})
    assert status in (400, 404) and problem["code"]
    claimed = {"symbols": SYMBOLS, "claim": {"name": "claim", "formal": CLAIM}}
    assert (await lab.good("verify", {"argument": claimed}))["claim"]
