"""Checking an argument through HTTP: a passage is drafted and judged, an edited one is judged without a model."""

from __future__ import annotations

import pytest

from tests.fakes import ScriptedModel
from tests.server.conftest import Starting
from tests.unit.test_formalize import CLAIM, PASSAGE, SYMBOLS, script

pytest.importorskip("z3")


async def test_a_passage_is_drafted_judged_edited_and_judged_again(start: Starting) -> None:
    lab = await start(ScriptedModel(script()))
    await lab.good("sync", {"path": "loop.ipynb", "metadata": {}, "cells": []})
    found = await lab.good("formalize", {"path": "loop.ipynb", "passage": PASSAGE})
    assert found["verdict"]["says"] == "does not follow" and found["calls"] == 3
    assert (await lab.good("status"))["calls"] == 3
    edited = {"symbols": SYMBOLS, "premises": found["premises"], "claim": {"name": "claim", "formal": "wise(ben)"}}
    again = await lab.good("verify", edited)
    assert (again["verdict"]["says"], again["verdict"]["core"]) == ("follows", ["fact"])
    assert again["claim"]["words"] == "Ben is wise" and again["premises"][0]["source"]["start"] == 0
    assert len(lab.model.calls) == 3


async def test_the_operator_bounds_the_prover(start: Starting) -> None:
    lab = await start(ScriptedModel(script()), prover_seconds=1, prover_megabytes=256)
    squares = {
        "symbols": [],
        "claim": {"name": "claim", "formal": "not exists p: int. exists q: int. q != 0 and p * p = 2 * q * q"},
    }
    assert (await lab.good("verify", squares))["verdict"]["says"] == "not decided"
    assert (await lab.good("verify", {"symbols": SYMBOLS, "claim": {"name": "claim", "formal": CLAIM}}))["claim"]
