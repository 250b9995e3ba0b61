"""An argument pinned as a case: kept in the notebook, judged again without a model, told to people and machines."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from jupyter_reconst.acts.pin import pin
from jupyter_reconst.acts.sync import sync
from jupyter_reconst.core.errors import BadInput, NotebookUnknown
from jupyter_reconst.core.formal.pinned import Pinned
from jupyter_reconst.core.formal.written import Stated, Written
from jupyter_reconst.core.merging import merge
from jupyter_reconst.core.notebook import keys, read
from jupyter_reconst.core.requests import Pin, Sync
from jupyter_reconst.core.travel import manifest, stripped
from tests.command_line import caller, calls, run, written
from tests.fakes import ANA, reconst
from tests.scenes import PATH, opened
from tests.unit.test_formalize import CLAIM, FACT, PASSAGE, RULE, SYMBOL_NOUNS, Says

ID, KEY = "01JD0000000000000000000001", "reconst:argument:01JD0000000000000000000001"
HEAD = {"version": 1, "id": "01JD0000000000000000000009"}


def argument(claim: str = CLAIM, **fields: Any) -> Written:
    premises = (Stated(name="rule", said="Trust makes wise", formal=RULE), Stated(name="fact", formal=FACT))
    return Written(symbols=SYMBOL_NOUNS, premises=premises, claim=Stated(name="claim", formal=claim), **fields)


async def kept(says: str = "does not follow") -> dict[str, Any]:
    fakes = reconst()
    await opened(fakes)
    request = Pin(id=ID, path=PATH, passage=PASSAGE, argument=argument())
    change = await pin(replace(fakes.ports, prover=Says(says)), ANA, request)
    assert fakes.model.calls == [] and not change.removes
    return change.writes


async def test_a_verdict_is_kept_with_its_sentences_and_reads_back_the_same() -> None:
    metadata = {"reconst": HEAD, **await kept()}
    reading = read(metadata)
    assert not reading.problems and keys(reading)[KEY] == metadata[KEY]
    (found,) = reading.arguments
    assert (found.says, found.passage, found.provenance.author) == ("does not follow", PASSAGE, ANA.name)
    assert found.argument.premises[0].said == "Trust makes wise"
    assert not reading.cases, "nothing of it is sent to a model"


async def test_what_is_not_settled_and_what_is_not_open_are_not_pinned() -> None:
    fakes = reconst()
    await opened(fakes)
    request = Pin(id=ID, path=PATH, passage=PASSAGE, argument=argument())
    for says in ("not decided", "not checked"):
        with pytest.raises(BadInput, match="no verdict to keep"):
            await pin(replace(fakes.ports, prover=Says(says)), ANA, request)
    with pytest.raises(BadInput, match="no verdict to keep"):
        await pin(fakes.ports, ANA, request)
    with pytest.raises(BadInput, match="cannot be read"):
        await pin(fakes.ports, ANA, request.model_copy(update={"argument": argument("wise(")}))
    with pytest.raises(NotebookUnknown):
        await pin(fakes.ports, ANA, request.model_copy(update={"path": "other.ipynb"}))


async def test_a_notebook_of_a_newer_format_is_not_written() -> None:
    fakes = reconst()
    await sync(fakes.ports, ANA, Sync(path=PATH, metadata={"reconst": {**HEAD, "version": 2}}, cells=()))
    prover = Says("follows")
    with pytest.raises(BadInput, match="newer version"):
        request = Pin(id=ID, path=PATH, passage=PASSAGE, argument=argument())
        await pin(replace(fakes.ports, prover=prover), ANA, request)
    assert prover.asked == []


async def test_it_travels_is_told_of_is_merged_and_is_stripped() -> None:
    def notebook(metadata: dict[str, Any]) -> dict[str, Any]:
        return {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": []}

    base, theirs = notebook({"reconst": HEAD}), notebook({"reconst": HEAD, **await kept()})
    said = [item.says for item in manifest(theirs).items if item.key == KEY]
    assert len(said) == 1 and "pinned as “does not follow”" in said[0] and PASSAGE[:20] in said[0]
    assert KEY not in stripped(theirs)["metadata"]
    assert KEY in merge(base["metadata"], base["metadata"], theirs["metadata"]).keys


@pytest.mark.parametrize(
    ("claim", "says", "status", "told"),
    [
        (CLAIM, "does not follow", 0, "holds: n.ipynb: argument “Everybody who trusts Ana is wise."),
        (CLAIM, "follows", 1, "pinned as “follows”, now “does not follow”."),
        ("wise(", "follows", 2, "now “not checked”. “claim” cannot be read"),
    ],
)
async def test_a_check_judges_it_again_and_asks_no_model(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    claim: str,
    says: str,
    status: int,
    told: str,
) -> None:
    pytest.importorskip("z3")
    (value,) = (await kept()).values()
    pinned = Pinned.model_validate(value | {"argument": argument(claim).model_dump(), "says": says})
    metadata = {"reconst": HEAD, KEY: pinned.model_dump(mode="json")}
    report, summary = tmp_path / "report.xml", tmp_path / "report.md"
    async with caller(tmp_path, monkeypatch, lambda asked: "never") as endpoint:
        path = written(tmp_path / "n.ipynb", "1", metadata=metadata)
        assert await run("check", path, "--junit", report, "--markdown", summary) == status
        assert calls(endpoint) == []
    assert told in capfd.readouterr().out
    kinds = {0: 'failures="0" errors="0"', 1: 'failures="1" errors="0"', 2: 'failures="0" errors="1"'}
    assert f'name="arguments of {path}" tests="1" {kinds[status]}' in report.read_text("utf-8")
    assert "argument “Everybody who trusts Ana is wise" in summary.read_text("utf-8")


def test_a_damaged_one_is_told_of_and_has_no_effect() -> None:
    for value in ({}, {"id": ID, "says": "surely"}, json.loads('{"argument": {"symbols": []}}')):
        reading = read({"reconst": HEAD, KEY: value})
        assert reading.arguments == () and reading.problems == (KEY,)
