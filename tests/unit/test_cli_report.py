"""`jupyter reconst report`: the bytes that the page would save, without a server or a browser."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from jupyter_reconst.core.notebook import Head, Reading, annotation_key, keys
from jupyter_reconst.core.ports import Event
from jupyter_reconst.core.reports.report import Report
from jupyter_reconst.store.journal import SqlJournal
from jupyter_reconst.wiring import OWNER, headless
from tests.command_line import run, written
from tests.fakes import an_id
from tests.scenes import AT, CORRECTION, NOTEBOOK, PROMPT, QUOTE, REPLY, annotation, turn


@pytest.fixture
async def notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A notebook with a highlight, and a store that knows its turn."""
    for name in ("DATA", "CONFIG", "RUNTIME"):
        monkeypatch.setenv(f"JUPYTER_{name}_DIR", str(tmp_path / name.lower()))
    monkeypatch.setenv("HOME", "/home/zoe")
    one, about = turn(), annotation(said=CORRECTION, about=turn())
    journal = SqlJournal(headless().directory)
    body = one.model_dump(mode="json")
    await journal.append(Event(id=one.id, owner=OWNER, notebook=NOTEBOOK, kind="turn", body=body, created=AT))
    await journal.close()
    path = written(tmp_path / "n.ipynb", "1", metadata=keys(Reading(head=Head(id=NOTEBOOK))))
    content: dict[str, Any] = json.loads(path.read_text("utf-8"))
    content["cells"][0]["metadata"] = {annotation_key(about): about.model_dump(mode="json", by_alias=True)}
    path.write_text(json.dumps(content), "utf-8")
    return path


async def test_a_report_is_printed_or_saved(notebook: Path, capfd: pytest.CaptureFixture[str]) -> None:
    about = ("report", notebook, "--turn", an_id(10), "--expected", "A source, Zoe said.")
    assert await run(*about) == 0
    printed = capfd.readouterr()
    assert QUOTE in printed.out and CORRECTION in printed.out and "replaced by Person 1: Zoe" in printed.err
    saved = notebook.parent / "report.json"
    assert await run(*about, "--format", "json", "-o", saved, "--without", "prompt", "--replace", "off-switch") == 0
    report = Report.model_validate_json(saved.read_text("utf-8"))
    assert (report.prompt, report.expected) == ("", "A source, Person 1 said.")
    assert report.reply == REPLY.replace("off-switch", "Word 1") and PROMPT not in saved.read_text("utf-8")
    assert await run(*about, "-o", saved) == 1, "a file that is there is somebody's"


async def test_its_parts_are_listed_and_an_unknown_one_is_said(
    notebook: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    about = ("report", notebook, "--highlight", an_id(20))
    assert await run(*about, "--parts", "--without", "reply") == 0
    listed = capfd.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in listed] == ["asked", "prompt", "reply (left out)", "highlight"]
    assert await run(*about, "--without", "rpely") == 1 and await run("report", notebook, "--turn", "x") == 1
    said = capfd.readouterr().err
    assert "no part rpely" in said and "no id" in said
