"""Scopes without a browser: what is sent, what a digest covers, and moving articles between files."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import pytest

from jupyter_reconst.core.constitution import Constitution
from jupyter_reconst.core.notebook import Head, Reading, keys, read
from jupyter_reconst.core.sharing.front import Front
from jupyter_reconst.core.sharing.loading import load
from jupyter_reconst.core.sharing.published import dump
from jupyter_reconst.doors.headless import InProcess
from tests.command_line import caller, calls, run, written
from tests.fakes import an_id
from tests.faulty import Faulty
from tests.scenes import NOTEBOOK, article

LOAD = "%load_ext jupyter_reconst"
THEIRS, MINE = article(1, "errors are found", "hide them"), article(7, "always", "be brief")


@pytest.fixture
async def endpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Faulty]:
    async with caller(tmp_path, monkeypatch, lambda asked: f"You asked: {asked.prompt}") as server:
        yield server


@pytest.fixture
def lab(tmp_path: Path) -> Path:
    (tmp_path / "lab" / "deep").mkdir(parents=True)
    return tmp_path / "lab"


def notebook(path: Path, *own: Any, id: str = NOTEBOOK) -> Path:
    metadata = keys(Reading(head=Head(id=id), revisions=own))
    return written(path, LOAD, f"%%reconst\nWhy {path.stem}?", metadata=metadata)


def reading(path: Path) -> Reading:
    return read(json.loads(path.read_text("utf-8"))["metadata"])


def in_process(act: Callable[[InProcess], Any]) -> Any:
    process = InProcess()
    try:
        return act(process)
    finally:
        process.close()


async def accepted(path: Path, *articles: Any) -> None:
    digest = Constitution(articles=articles).digest
    await asyncio.to_thread(in_process, lambda process: process.accept(path, digest))


async def in_force(path: Path) -> str:
    """Exactly what a model would read."""
    found = await asyncio.to_thread(in_process, lambda process: process.call("inforce", {"path": str(path)}))
    return str(found["preface"])


def sent(endpoint: Faulty) -> str:
    return "\n".join(m["content"] for call in calls(endpoint) for m in call.messages)


async def test_a_run_sends_the_project_only_once_its_digest_is_accepted(
    endpoint: Faulty, lab: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    one = notebook(lab / "deep" / "one.ipynb", MINE)
    (lab / "constitution.md").write_text(dump(Front(name="Lab"), Reading(revisions=(THEIRS,))))
    digest = Constitution(articles=(THEIRS, MINE)).digest
    assert await run("run", one, "--accept", Constitution(articles=(MINE,)).digest) == 1
    assert await run("run", one) == 2
    assert f"--accept {digest}" in capfd.readouterr().err and calls(endpoint) == []
    assert await run("show", one) == 0
    shown = capfd.readouterr().out
    assert f"[project: {lab}/constitution.md]\n   WHEN errors are found" in shown and digest in shown
    assert await run("run", one, "--accept", digest) == 0
    assert "hide them" in sent(endpoint) and "be brief" in sent(endpoint)
    two = notebook(lab / "two.ipynb", id=an_id(2))
    assert "hide them" in await in_force(two)
    (lab / "constitution.md").write_text("---\nreconst: 1\n---\n<<<<<<< ours\n")
    before = len(calls(endpoint))
    assert await run("run", one) == 1 and await run("clashes", one, "--profile", "env") != 0
    assert "constitution.md cannot be read" in capfd.readouterr().err and len(calls(endpoint)) == before


async def test_an_article_is_promoted_and_taken_back(
    endpoint: Faulty, lab: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    one = notebook(lab / "one.ipynb", MINE)
    assert await run("promote", one, "1", "--to", "project") == 1
    assert "no article 1" in capfd.readouterr().err and not (lab / "constitution.md").exists()
    await accepted(one, MINE)
    assert await run("promote", one, MINE.title, "--to", "project") == 0
    assert f"[project: {lab}/constitution.md]" in capfd.readouterr().out
    assert load((lab / "constitution.md").read_text()).front.name == "lab"
    assert reading(one).constitution == Constitution() and len(reading(one).revisions) == 2
    two = notebook(lab / "two.ipynb", id=an_id(2))
    assert "be brief" in await in_force(two)
    assert await run("promote", one, MINE.id, "--undo") == 0
    assert not (lab / "constitution.md").exists()
    assert [a.draft for a in reading(one).constitution.articles] == [MINE.draft]
    assert await run("promote", one, "1", "--undo") == 1
    assert "be brief" in await in_force(one) and "be brief" not in await in_force(two)


async def test_an_article_of_the_persons_own_holds_everywhere_and_is_copied_down(
    endpoint: Faulty, lab: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    one = notebook(lab / "one.ipynb", MINE)
    await accepted(one, MINE)
    assert await run("promote", one, "1", "--to", "user") == 0
    (file,) = (tmp_path / "data" / "reconst" / "constitutions").iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    far = tmp_path / "elsewhere"
    far.mkdir()
    two = notebook(far / "two.ipynb", id=an_id(2))
    assert "be brief" in await in_force(two)
    assert await run("copy-down", two, "1") == 0
    assert reading(two).constitution.articles[0].reads_as(MINE)
    assert await run("copy-down", two, "1") == 1
    capfd.readouterr()
    assert await run("show", two) == 0
    assert "[user" not in capfd.readouterr().out
    assert await run("copy-down", two, "1", "--undo") == 0
    assert "[user: " in capfd.readouterr().out and reading(two).constitution == Constitution()
    assert await run("copy-down", two, "1", "--undo") == 1


async def test_a_notebook_that_changed_its_article_says_instead_of_which(
    endpoint: Faulty, lab: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (lab / "constitution.md").write_text(dump(Front(name="Lab"), Reading(revisions=(THEIRS,))))
    mine = THEIRS.model_copy(update={"revision": an_id(970), "then": "show them"})
    one = notebook(lab / "one.ipynb", mine)
    assert await run("show", one) == 0
    said = capfd.readouterr().out
    assert "THEN show them\n   instead of THEN hide them [project: " in said
    assert Constitution(articles=(mine,)).digest in said
