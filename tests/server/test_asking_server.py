"""status, sync, ask, cancel, replay: through HTTP, as the browser and the kernel do it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from jupyter_reconst.core.errors import ModelBusy
from jupyter_reconst.core.notebook import Head, Reading, keys
from jupyter_reconst.core.ports import Piece
from tests.fakes import ScriptedModel, an_id
from tests.scenes import article
from tests.server.conftest import BASE, TOKEN, Lab, Starting

CELLS = [{"cell": "one"}, {"cell": "two"}]


def told(**more: Any) -> dict[str, Any]:
    return {"path": "loop.ipynb", "metadata": {}, "cells": CELLS, **more}


async def test_status_says_how_things_are(lab: Lab) -> None:
    status = await lab.good("status")
    assert (status["named"], status["store"], status["calls"]) == (False, None, 0)
    assert status["model"]["model"] == "scripted"
    said = await lab.good("name", {"name": "  Ana   Ruiz "})
    assert (said["person"]["name"], said["named"]) == ("Ana Ruiz", True)
    assert (await lab.good("status"))["person"]["name"] == "Ana Ruiz"


async def test_a_name_outlives_the_server(start: Starting) -> None:
    await (await start()).good("name", {"name": "Ana"})
    assert (await (await start()).good("status"))["person"]["name"] == "Ana"


async def test_an_ask_streams_and_an_unchanged_cell_is_free(lab: Lab) -> None:
    await lab.good("sync", told())
    asked = {"path": "loop.ipynb", "cell": "one", "prompt": "What is corrigibility?"}
    events = await lab.all("ask", asked)
    assert [e["type"] for e in (events[0], events[-1])] == ["began", "ended"]
    text = "".join(e["text"] for e in events if e["type"] == "text")
    assert text == events[-1]["record"]["reply"] == "You asked: What is corrigibility?"
    again = await lab.all("ask", asked)
    assert again[-1]["record"]["replayed"] and again[-1]["record"]["turn"] == events[-1]["record"]["turn"]
    assert len(lab.model.calls) == 1
    found = await lab.good("turn", {"turn": events[-1]["record"]["turn"]})
    assert found["turn"]["reply"] == text
    assert (await lab.good("status"))["calls"] == 1
    assert (await lab.good("history", {"path": "loop.ipynb"}))["events"][0]["kind"] == "turn"


async def test_events_are_flushed_one_by_one(start: Starting) -> None:
    lab = await start(ScriptedModel([Piece("first "), 5.0, Piece("last"), Piece(finish_reason="stop")]))
    await lab.good("sync", told())
    async with lab.stream("ask", {"path": "loop.ipynb", "cell": "one", "prompt": "?"}) as events:
        assert (await asyncio.wait_for(anext(events), 2))["type"] == "began"
        assert (await asyncio.wait_for(anext(events), 2))["text"] == "first "


async def test_cancel_stops_the_call_and_keeps_what_came(start: Starting) -> None:
    lab = await start(ScriptedModel([Piece("half an "), 60.0, Piece(finish_reason="stop")]))
    await lab.good("sync", told())
    async with lab.stream("ask", {"path": "loop.ipynb", "cell": "one", "prompt": "?"}) as events:
        turn = (await anext(events))["record"]["turn"]
        assert (await anext(events))["text"] == "half an "
        await lab.good("cancel", {"id": turn})
        rest = await asyncio.wait_for(_rest(events), 1)
    assert rest[-1]["type"] == "ended" and rest[-1]["record"]["status"] == "cancelled"
    assert lab.model.closed == 1
    assert (await lab.good("turn", {"turn": turn}))["turn"]["reply"] == "half an "


async def test_closing_the_stream_stops_the_call_within_a_second(start: Starting) -> None:
    lab = await start(ScriptedModel([Piece("half an "), 60.0, Piece(finish_reason="stop")]))
    await lab.good("sync", told())
    async with lab.stream("ask", {"path": "loop.ipynb", "cell": "one", "prompt": "?"}) as events:
        turn = (await anext(events))["record"]["turn"]
        await anext(events)
    for _ in range(20):
        if lab.model.closed:
            break
        await asyncio.sleep(0.05)
    assert lab.model.closed == 1
    await asyncio.sleep(0.1)
    assert (await lab.good("turn", {"turn": turn}))["turn"]["status"] == "cancelled"
    assert not lab.room.running._stops


async def test_what_is_wrong_before_the_first_event_is_a_status(start: Starting) -> None:
    lab = await start(ScriptedModel(ModelBusy("Too many requests.")))
    status, said = await lab.call("ask", {"cell": "one", "prompt": "?"})
    assert (status, said["code"]) == (400, "notebook_unknown")
    await lab.good("sync", told())
    events = await lab.all("ask", {"path": "loop.ipynb", "cell": "one", "prompt": "?"})
    assert events[-1]["type"] == "failed" and events[-1]["problem"]["code"] == "model_busy"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "path"),
        (b"{", "cannot be read"),
        (b"[]", "cannot be read"),
        (b'{"path": "", "metadata": {}}', "“path”"),
        (b'{"path": "a.ipynb", "metadata": {}, "cells": [{"cell": "sk-verysecretkey!"}]}', "“cells.0.cell”"),
        (b'{"path": "a.ipynb", "metadata": {}, "extra": 1}', "“extra”"),
        (b'{"path": "../a.ipynb", "metadata": {}}', "outside"),
        (b"\xff\xfe", "cannot be read"),
        (b"[" * 100_000, "cannot be read"),
    ],
)
async def test_a_request_that_cannot_be_read_is_said_plainly(lab: Lab, body: bytes, says: str) -> None:
    status, _, said = await lab.send("POST", f"{BASE}reconst/sync", body, {"Authorization": f"token {TOKEN}"})
    problem = json.loads(said)
    assert (status, problem["code"]) == (400, "bad_input")
    assert says in problem["message"] and "secret" not in said.decode() and "pydantic" not in said.decode()


async def test_too_large_a_request_is_refused(lab: Lab) -> None:
    status, said = await lab.call("ask", {"path": "loop.ipynb", "prompt": "x" * (5 * 2**20)})
    assert (status, said["code"]) == (400, "bad_input") and "4 MB" in said["message"]


async def test_an_error_of_ours_shows_no_path_and_no_traceback(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: Any) -> None:
        raise RuntimeError(f"/home/ana/secret {TOKEN} sk-abcdefgh12345678")

    monkeypatch.setattr("jupyter_reconst.acts.sync.sync", broken)
    status, said = await lab.call("sync", told())
    assert (status, said["code"]) == (500, "internal")
    assert "secret" not in json.dumps(said) and "RuntimeError" not in json.dumps(said)


Running = Callable[..., Awaitable[None]]


@pytest.fixture
def running(lab: Lab, monkeypatch: pytest.MonkeyPatch) -> Running:
    """Say which notebooks (or consoles) a kernel runs."""
    sessions = lab.app.session_manager
    monkeypatch.setattr(lab.app.kernel_manager, "kernel_model", lambda kernel: {"id": kernel})
    monkeypatch.setattr(sessions, "kernel_culled", lambda kernel: False)

    async def run(kernel: str, *paths: str, type: str = "notebook") -> None:
        for path in paths:
            await sessions.save_session(f"{kernel} {path}", path=path, name=path, type=type, kernel_id=kernel)  # type: ignore[no-untyped-call]

    return run


async def test_a_kernel_is_found_by_its_session(lab: Lab, running: Running) -> None:
    await running("k0", "other.ipynb")
    await running("k1", "renamed.ipynb")
    await running("k1", "renamed.ipynb-console-1", type="console")
    await lab.good("sync", told(path="renamed.ipynb"))
    events = await lab.all("ask", {"path": "/gone/old.ipynb", "kernel": "k1", "cell": "one", "prompt": "?"})
    assert events[-1]["type"] == "ended"
    assert (await lab.good("inforce", {"kernel": "k1"}))["notebook"] == events[-1]["record"]["notebook"]


async def test_of_notebooks_that_share_a_kernel_the_one_with_the_cell_asks(lab: Lab, running: Running) -> None:
    await running("k1", "a.ipynb", "b.ipynb", "never-opened.ipynb")
    a = await lab.good("sync", told(path="a.ipynb", cells=[{"cell": "in-a"}, {"cell": "in-both"}]))
    b = await lab.good("sync", told(path="b.ipynb", cells=[{"cell": "in-b"}, {"cell": "in-both"}]))
    asked = {"path": "a.ipynb", "kernel": "k1", "prompt": "?"}
    for cell, notebook in (("in-a", a["notebook"]), ("in-b", b["notebook"])):
        events = await lab.all("ask", {**asked, "cell": cell})
        assert events[-1]["record"]["notebook"] == notebook
        assert (await lab.good("inforce", {"kernel": "k1", "cell": cell}))["notebook"] == notebook
    calls = len(lab.model.calls)
    for cell in ("in-both", "in-neither", None):
        status, said = await lab.call("ask", {**asked, "cell": cell, "again": True})
        assert (status, said["code"]) == (400, "notebook_unknown") and "own" in said["remedy"]
    assert len(lab.model.calls) == calls


async def test_an_unknown_kernel_and_no_path_is_nothing(lab: Lab) -> None:
    assert await lab.good("inforce", {"kernel": "nobody"}) is None


async def test_a_page_holds_a_notebook_until_it_lets_go(lab: Lab, tmp_path: Path) -> None:
    def saved(reply: str) -> None:
        rule = article(1, "a result is stated", reply)
        metadata = keys(Reading(head=Head(id=an_id(7)), revisions=(rule,)))
        (tmp_path / "root" / "loop.ipynb").write_text(json.dumps({"cells": [], "metadata": metadata, "nbformat": 4}))

    async def review() -> str:
        found = await lab.good("inforce", {"path": "loop.ipynb"})
        return str(found["review"]["constitution"]["articles"][0]["then"]) if found["review"] else ""

    inside = str(tmp_path / "root" / "loop.ipynb")
    assert not (await lab.good("open", {"path": inside}))["live"]
    await lab.good("sync", told())
    assert (await lab.good("open", {"path": inside}))["live"] and await review() == ""
    saved("cite the page")  # As `git pull` does, under an open page.
    assert await review() == ""
    await lab.good("close", {"path": "loop.ipynb"})
    assert not (await lab.good("open", {"path": "loop.ipynb"}))["live"] and await review() == "cite the page"
    assert await lab.good("close", {"path": "nowhere.ipynb"}) == {"ok": True}


async def test_a_file_that_no_browser_holds_is_read(lab: Lab, tmp_path: Path) -> None:
    record = {"version": 1, "turn": an_id(5)}
    cells = [{"cell_type": "code", "id": "one", "outputs": [{"data": {"application/vnd.reconst.turn+json": record}}]}]
    (tmp_path / "root" / "saved.ipynb").write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}))
    found = await lab.good("inforce", {"path": "saved.ipynb"})
    assert found["identify"] and found["digest"]
    inside = str(tmp_path / "root" / "saved.ipynb")
    assert (await lab.good("inforce", {"path": inside}))["notebook"] == found["notebook"]
    assert await lab.good("inforce", {"path": str(tmp_path / "elsewhere.ipynb")}) is None


async def test_sse_headers(lab: Lab) -> None:
    await lab.good("sync", told())
    body = json.dumps({"path": "loop.ipynb", "cell": "one", "prompt": "?"}).encode()
    signed = {"Authorization": f"token {TOKEN}"}
    status, headers, reader, writer = await lab.open("POST", f"{BASE}reconst/ask", body, signed)
    await reader.read()
    writer.close()
    wanted = {"x-accel-buffering": "no", "cache-control": "no-store", "x-content-type-options": "nosniff"}
    assert status == 200 and wanted.items() <= headers.items()


async def _rest(events: Any) -> list[Any]:
    return [event async for event in events]
