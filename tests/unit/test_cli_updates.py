"""`jupyter reconst updates`: what is new is shown, and tried once exactly that was accepted. Nothing is written."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.command_line import calls, run
from tests.fakes import an_id
from tests.faulty import Faulty
from tests.shelf import LAW, RULE, UPDATE, holding, published, sharing


@pytest.fixture
async def endpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Faulty]:
    async with sharing(tmp_path, monkeypatch) as faulty:
        yield faulty


async def test_an_update_is_shown_then_tried_once_what_is_sent_was_accepted(
    endpoint: Faulty, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    target = holding(tmp_path / "n.ipynb", LAW)
    assert await run("updates", target) == 0
    assert "reads as they do" in capfd.readouterr().out
    published(tmp_path / "shared", UPDATE)
    before = target.read_bytes()
    assert await run("updates", target) == 1
    said = capfd.readouterr().out
    assert "revised: Article 1" in said and "THEN [-say what you-] {+never+} doubt" in said
    assert "jupyter reconst import shared:careful" in said
    assert await run("updates", target, "--impact") == 2 and calls(endpoint) == []
    told = capfd.readouterr()
    assert "sends 1 article that nobody here has accepted and 1 kept case" in told.out
    assert "article: Article 1" in told.out and "case: Is it true?" in told.out
    digest = re.findall(r"--accept (\w{64})", told.err)[-1]
    assert await run("updates", target, "--impact", "--accept", "0" * 64) == 2 and calls(endpoint) == []
    capfd.readouterr()
    assert await run("updates", target, "--impact", "--accept", digest) == 1
    told = capfd.readouterr()
    assert "regression: Article 1: Is it true?" in told.out and "an earlier correction is undone" in told.out
    assert target.read_bytes() == before, "looking writes nothing"
    made = len(calls(endpoint))
    assert made and await run("updates", target, "--impact", "--accept", digest) == 1
    assert len(calls(endpoint)) == made, "what was answered is recorded"
    assert await run("check", target) == 2, "a digest is accepted for that run alone"


async def test_an_update_that_undoes_nothing_ends_well_and_another_pack_is_left_alone(
    endpoint: Faulty, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    target = holding(tmp_path / "n.ipynb", LAW)
    kind = RULE.model_copy(
        update={"revision": an_id(701), "parents": (RULE.revision,), "then": "say what you doubt, and why"}
    )
    published(tmp_path / "shared", LAW.model_copy(update={"revisions": (*LAW.revisions, kind)}))
    assert await run("updates", target, "honest-references") == 0
    assert await run("updates", target, "no-such-pack") == 2
    assert await run("updates", target, "shared:careful", "--impact") == 2
    digest = re.findall(r"--accept (\w{64})", capfd.readouterr().err)[-1]
    assert await run("updates", target, "--impact", "--accept", digest, "--budget-calls", "1") == 2
    assert await run("updates", target, "--impact", "--accept", digest) == 0
    assert "unchanged: Article 1" in capfd.readouterr().out and len(calls(endpoint)) == 2
