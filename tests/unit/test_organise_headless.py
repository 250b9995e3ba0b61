"""Notes are organised without a browser: the magic's line, asked in process, of a notebook's file."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from jupyter_reconst.doors.headless import InProcess
from jupyter_reconst.doors.magics import Magic
from tests.command_line import caller, calls, written

TURN_MIME = "application/vnd.reconst.turn+json"


class Shell:
    """As much of a shell as a magic needs: it keeps what is shown last."""

    def __init__(self) -> None:
        self.user_ns: dict[str, Any] = {}
        self.display_pub = self
        self.shown: dict[str, Any] = {}

    def publish(self, data: dict[str, Any], metadata: dict[str, Any], **more: Any) -> None:
        self.shown = data


async def test_the_magic_organises_the_cells_that_it_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = json.dumps({"points": [{"level": 1, "text": "The robot asks first", "from": [1, 3]}]})
    async with caller(tmp_path, monkeypatch, lambda _: draft) as endpoint:
        line, prompt = "--outline --attach c0 c1", "Organise into an outline."
        notebook = written(
            tmp_path / "n.ipynb",
            "The robot should ask first. Nobody knows why.",
            "x = 1  # it asks the person first\nprint(x)",
            f"%%reconst {line}\n{prompt}",
        )
        content = json.loads(notebook.read_text("utf-8"))
        words = content["cells"][0]["source"]
        content["cells"][0] = {"cell_type": "markdown", "id": "c0", "metadata": {}, "source": words}
        notebook.write_text(json.dumps(content), "utf-8")
        monkeypatch.setenv("RECONST_NOTEBOOK", str(notebook))
        shell, process = Shell(), InProcess()
        magic = Magic(shell)
        monkeypatch.setattr(magic, "_transport", process)
        await asyncio.to_thread(magic.cell, line, prompt)
        await asyncio.to_thread(process.close)
        (asked,) = calls(endpoint)
    record = shell.shown[TURN_MIME]
    assert record["reply"].startswith("- The robot asks first [¶1] [¶3]\n\n**Left out**: 1 of 3 sentences")
    assert [(one["cell"], one["quote"]) for one in record["traces"]] == [
        ("c0", "The robot should ask first."),
        ("c0", "Nobody knows why."),
        ("c1", "it asks the person first"),
    ]
    assert shell.shown["text/markdown"].startswith("- The robot asks first [¶1] [¶3]")
    assert asked.body["response_format"]["type"] == "json_schema" and "print" not in asked.prompt
