"""`jupyter reconst formalize` from end to end: real files, a scripted endpoint, a real solver, an exit status."""

from __future__ import annotations

import io
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.command_line import caller, calls, run, written
from tests.faulty import Asked, Faulty
from tests.scenes import said
from tests.unit.test_formalize import CLAIM, PASSAGE, again, draft, tree

pytest.importorskip("z3")


def drafts(asked: Asked) -> str:
    """Finds poems not worth it; with “surely” in the passage the claim is one of the premises."""
    if '{"worth"' in asked.system:
        return said(worth="poem" not in asked.prompt, loss="How sure people are.")
    sure = "surely" in asked.prompt or "Ana trusts Ben" in asked.prompt
    claim = "trusts(ana, ben)" if sure else CLAIM
    if '{"formulas"' in asked.system:
        return again(claim="wise(ben)" if sure else claim)
    return draft(claim={"name": "claim", "quote": "Ben trusts Ana", "formula": tree("wise(ben)" if sure else claim)})


@pytest.fixture
async def endpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Faulty]:
    async with caller(tmp_path, monkeypatch, drafts) as server:
        yield server


async def test_rows_and_the_verdict_are_printed_and_what_does_not_follow_is_1(
    endpoint: Faulty, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "notes.txt").write_text(PASSAGE, "utf-8")
    assert await run("formalize", tmp_path / "notes.txt") == 1
    lines = capfd.readouterr().out.splitlines()
    assert lines[0] == "What would be lost: How sure people are."
    assert lines[2:5] == [
        "rule: “Everybody who trusts Ana is wise”",
        "    forall x: person. trusts(x, ana) -> wise(x)",
        "    for every person x: [if x trusts Ana, then x is wise]",
    ]
    assert any(line.startswith("does not follow (Z3 ") for line in lines) and "    Not so: Ben trusts Ana." in lines
    assert len(calls(endpoint)) == 3
    assert await run("formalize", tmp_path / "notes.txt", "--json") == 1
    found = json.loads(capfd.readouterr().out)
    assert found["verdict"]["says"] == "does not follow" and found["calls"] == 0


async def test_what_follows_is_0_from_a_cell_or_standard_input(
    endpoint: Faulty, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    text = f"surely. {PASSAGE}"
    path = written(tmp_path / "n.ipynb", "1", text)
    content = json.loads(path.read_text("utf-8"))
    content["cells"][0]["outputs"] = [
        {"output_type": "display_data", "metadata": {}, "data": {"text/markdown": text, "text/plain": "…"}}
    ]
    path.write_text(json.dumps(content), "utf-8")
    for cell in ("c0", "2"):
        assert await run("formalize", path, "--cell", cell) == 0
        assert "follows, by fact (Z3 " in capfd.readouterr().out
    monkeypatch.setattr("sys.stdin", io.StringIO(text))
    assert await run("formalize", "-") == 0


async def test_what_is_not_worth_it_is_2_and_what_cannot_be_read_is_refused(
    endpoint: Faulty, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "poem.txt").write_text("A poem about trust.", "utf-8")
    assert await run("formalize", tmp_path / "poem.txt") == 2
    assert "Not worth formalising: How sure" in capfd.readouterr().out
    before = len(calls(endpoint))
    path = written(tmp_path / "n.ipynb", "1")
    (tmp_path / "long.txt").write_text("a" * 8_001, "utf-8")
    (tmp_path / "binary.txt").write_bytes(b"\xff\xfe\x00")
    for arguments in ([path], [path, "--cell", "9"], [tmp_path / "long.txt"], [tmp_path / "binary.txt"], ["none.txt"]):
        assert await run("formalize", *arguments) == 2
        assert "(bad_input)" in capfd.readouterr().err
    assert len(calls(endpoint)) == before
