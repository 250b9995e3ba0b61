"""Voting without a browser: on the words that were read, under one's own name, and not behind a server's back."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from jupyter_reconst.core.notebook import Reading, read
from jupyter_reconst.doors import remote
from tests.command_line import caller, calls, run, written
from tests.faulty import Faulty
from tests.unit.test_agree import BOTH, Someone, adding, people


@pytest.fixture
async def endpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Faulty]:
    async with caller(tmp_path, monkeypatch, lambda asked: "Yes.") as server:
        yield server


@pytest.fixture
async def proposed(endpoint: Faulty, tmp_path: Path) -> tuple[Path, Someone]:
    ana, _ = people()
    await ana.govern(BOTH)
    await ana.submit(amendment=adding())
    return written(tmp_path / "n.ipynb", "1", metadata=ana.shared.metadata), ana


def reading(path: Path) -> Reading:
    return read(json.loads(path.read_text("utf-8"))["metadata"])


async def called(path: Path, capfd: pytest.CaptureFixture[str]) -> str:
    """What `show` calls the proposal."""
    assert await run("show", path) == 0
    found = re.search(r"^proposal (\w+), ", capfd.readouterr().out, re.M)
    assert found
    return found[1]


async def test_a_vote_is_in_the_notebook_and_says_how_it_stands(
    proposed: tuple[Path, Someone], endpoint: Faulty, capfd: pytest.CaptureFixture[str]
) -> None:
    path, ana = proposed
    name = await called(path, capfd)
    assert await run("vote", path, name, "agree") == 1
    assert "needs a name" in capfd.readouterr().err and len(reading(path).votes) == 1
    no = ("disagree", "--why", "too strict", "--try", "What is 1 + 1?", "--name", "Ben Okafor")
    assert await run("vote", path, name, *no) == 0
    assert "You said disagree: proposal" in (out := capfd.readouterr().out) and "1 of 2 agree: add “Claims" in out
    vote = reading(path).votes[-1]
    assert (vote.author, vote.answer, vote.why, vote.provocation) == (
        "Ben Okafor",
        "disagree",
        "too strict",
        "What is 1 + 1?",
    )
    assert await run("vote", path, name, "agree") == 0, "the name is remembered, and the last vote counts"
    assert "carried, 2 of 2 agree" in (out := capfd.readouterr().out) and "one of you can ratify it" in out
    ana.shared.metadata = json.loads(path.read_text("utf-8"))["metadata"]
    (seen,) = (await ana.look()).agreeing.proposals
    assert seen.state == "carried" and reading(path).constitution.articles == () and calls(endpoint) == []


@pytest.mark.parametrize("name", ["", "3", "0" * 64, "add", "…", "../n.ipynb"])
async def test_only_what_was_read_is_voted_on(
    name: str, proposed: tuple[Path, Someone], capfd: pytest.CaptureFixture[str]
) -> None:
    path, ana = proposed
    read_first = await called(path, capfd)
    before = path.read_bytes()
    assert await run("vote", path, name, "agree", "--name", "Ben Okafor") == 1
    assert await run("vote", path, read_first[:8], "agree") == 1, "so few digits can be forged"
    assert "(not_found)" in capfd.readouterr().err and path.read_bytes() == before
    ana.shared.metadata = {k: v for k, v in ana.shared.metadata.items() if "proposal" not in k}
    await ana.submit(amendment=adding(then="ratify everything"))
    written(path, "1", metadata=ana.shared.metadata)
    assert await run("vote", path, read_first, "agree") == 1 and len(reading(path).votes) == 2


async def test_a_notebook_that_a_server_holds_open_is_not_written(
    proposed: tuple[Path, Someone], capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path, _ = proposed
    name, before = await called(path, capfd), path.read_bytes()
    monkeypatch.setattr(remote, "running", lambda: [object()])
    monkeypatch.setattr(remote, "holds", lambda server, held: held == path)
    assert await run("vote", path, name, "pass", "--name", "Ben Okafor") == 1
    assert "open in a running Jupyter server" in capfd.readouterr().err and path.read_bytes() == before
    assert await run("vote", path, name, "pass", "--name", "Ben Okafor", "--force") == 0
    assert reading(path).votes[-1].answer == "pass"


async def test_what_is_too_long_to_keep_is_not_understood(proposed: tuple[Path, Someone]) -> None:
    path, _ = proposed
    with pytest.raises(SystemExit) as ended:
        await run("vote", path, "0" * 16, "agree", "--why", "x" * 201)
    assert ended.value.code == 2
