"""`jupyter reconst persuade` as an operator uses it: against a real endpoint, with a result that the server finds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.command_line import caller, calls, run
from tests.faulty import Asked
from tests.judges import Finds, framed, gullible, robust


def judge(finds: Finds) -> Any:
    def says(asked: Asked) -> str:
        shown = [framed(asked.prompt, name) for name in ("question", "reply 1", "reply 2")]
        return f'{{"better": {finds(*shown)}}}'

    return says


@pytest.mark.parametrize(
    "finds, status, says",
    [(robust, 0, "0 of 100 texts moved it (208 calls)"), (gullible, 1, "as a judge it is switched off")],
)
async def test_a_judge_is_tested_once(
    finds: Finds,
    status: int,
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    async with caller(tmp_path, monkeypatch, judge(finds)) as endpoint:
        assert await run("persuade", "--budget-calls", "20") == (status or 2) and len(calls(endpoint)) == 20
        assert status or "Not every text was tried" in capfd.readouterr().err
        assert await run("persuade") == status and len(calls(endpoint)) == 208
        told = capfd.readouterr()
        assert says.replace("208", "188") in told.out and "100/100 texts" in told.err
        assert await run("persuade") == status and len(calls(endpoint)) == 208


async def test_a_judge_that_is_out_of_reach_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    async with caller(tmp_path, monkeypatch, judge(robust)) as endpoint:
        endpoint.mode = "401"
        assert await run("persuade") == 1
    assert "moved it (" not in capfd.readouterr().out
