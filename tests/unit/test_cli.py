"""`jupyter reconst` as a person without a browser uses it: real kernels, a scripted endpoint, a store of their own."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from jupyter_reconst.core.notebook import Head, Reading, keys
from tests.command_line import caller, calls, run, written
from tests.faulty import Faulty
from tests.scenes import NOTEBOOK, article

TURN_MIME = "application/vnd.reconst.turn+json"


@pytest.fixture
async def endpoint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Faulty]:
    async with caller(tmp_path, monkeypatch, lambda asked: f"You asked: {asked.prompt}") as server:
        yield server


def outputs(path: Path, cell: int) -> list[dict[str, Any]]:
    return list(json.loads(path.read_text("utf-8"))["cells"][cell]["outputs"])


LOAD = "%load_ext jupyter_reconst"


async def test_a_notebook_is_run_with_the_callers_key_and_the_second_run_is_free(
    endpoint: Faulty, tmp_path: Path
) -> None:
    notebook = written(tmp_path / "n.ipynb", LOAD, "%%reconst\nFirst?", "%%reconst\nSecond?", "print(1)")
    assert await run("run", notebook) == 0
    first = [outputs(notebook, n)[0]["data"][TURN_MIME] for n in (1, 2)]
    assert [record["reply"] for record in first] == ["You asked: First?", "You asked: Second?"]
    assert first[1]["parent"] == first[0]["turn"] and len(calls(endpoint)) == 2
    assert calls(endpoint)[0].headers["authorization"] == "Bearer sk-of-the-caller"
    assert [m["content"] for m in calls(endpoint)[1].messages] == ["First?", "You asked: First?", "Second?"]
    assert await run("run", notebook) == 0
    second = [outputs(notebook, n)[0]["data"][TURN_MIME] for n in (1, 2)]
    assert len(calls(endpoint)) == 2 and all(record["replayed"] for record in second)
    assert [record["turn"] for record in second] == [record["turn"] for record in first]
    assert "sk-of-the-caller" not in notebook.read_text("utf-8")


async def test_a_constitution_that_nobody_accepted_is_not_sent(
    endpoint: Faulty, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    rule = article(1, "a result is stated", "cite the page")
    reading = Reading(head=Head(id=NOTEBOOK), revisions=(rule,))
    notebook = written(tmp_path / "n.ipynb", LOAD, "%%reconst\nWhy?", metadata=keys(reading))
    before = notebook.read_bytes()
    assert await run("run", notebook) == 2
    said = capfd.readouterr().err
    digest = said.rsplit(maxsplit=1)[-1]
    assert endpoint.requests == [] and notebook.read_bytes() == before and "--accept" in said
    assert await run("run", notebook, "--accept", "0" * 64) != 0
    assert endpoint.requests == []
    assert await run("run", notebook, "--accept", digest) == 0
    assert "cite the page" in str(calls(endpoint)[0].messages)
    assert outputs(notebook, 1)[0]["data"][TURN_MIME]["digest"] == digest


async def test_a_failing_cell_ends_the_run_and_what_ran_is_kept(
    endpoint: Faulty, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    endpoint.mode = "401"
    notebook = written(tmp_path / "n.ipynb", LOAD, "%%reconst\nWhy?", "print('never')")
    out = tmp_path / "out.ipynb"
    assert await run("run", notebook, "--output", out) == 1
    assert outputs(notebook, 1) == [] and outputs(out, 2) == []
    assert "sk-of-the-caller" not in out.read_text("utf-8") + capfd.readouterr().err


async def test_where_the_notebook_cannot_be_known_nothing_is_sent(endpoint: Faulty, tmp_path: Path) -> None:
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    notebook = written(tmp_path / "n.ipynb", LOAD, "%%reconst\nWhy?")
    content = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    with pytest.raises(CellExecutionError):
        await NotebookClient(content).async_execute()
    assert content.cells[1].outputs[-1].traceback[-1] == "(notebook_unknown)"
    assert endpoint.requests == []
    written(notebook, LOAD, f"%reconst use {notebook}", "%%reconst\nWhy?")
    content = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    await NotebookClient(content).async_execute()
    assert content.cells[2].outputs[0].data[TURN_MIME]["reply"] == "You asked: Why?"


async def test_what_nobody_foresaw_is_said_in_process_too(endpoint: Faulty) -> None:
    from jupyter_reconst.doors.headless import InProcess

    process = InProcess()
    try:
        events = await asyncio.to_thread(lambda: list(process.stream("ask", {"prompt": "x" * 65_000})))
    finally:
        process.close()
    assert [event["type"] for event in events] == ["failed"] and events[0]["problem"]["code"] == "internal"


@pytest.fixture(params=["session", "page"])
def holding(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[HTTPServer]:
    """A running server, as its runtime file tells of it: a kernel runs n.ipynb there, or only a page has it open."""

    class Sessions(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.answer([{"path": "n.ipynb"}] if request.param == "session" else [])

        def do_POST(self) -> None:
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            assert self.path == "/reconst/open"
            self.answer({"live": request.param == "page" and asked["path"] == str(tmp_path.resolve() / "n.ipynb")})

        def answer(self, said: object) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(said).encode())

        def log_message(self, *_: object) -> None:
            """Silence."""

    server = HTTPServer(("127.0.0.1", 0), Sessions)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


async def test_a_notebook_that_a_server_holds_open_is_not_written(
    endpoint: Faulty, tmp_path: Path, holding: HTTPServer, capfd: pytest.CaptureFixture[str]
) -> None:
    said = {"url": f"http://127.0.0.1:{holding.server_port}/", "token": "t", "root_dir": str(tmp_path), "pid": 1}
    (tmp_path / "runtime" / "jpserver-1.json").write_text(json.dumps(said), "utf-8")
    notebook = written(tmp_path / "n.ipynb", "print(1)", metadata={"reconst": {"version": 1, "id": NOTEBOOK}})
    before = notebook.read_bytes()
    for verb in ("run", "strip"):
        assert await run(verb, notebook) == 1
        assert "open in a running Jupyter server" in capfd.readouterr().err
    assert notebook.read_bytes() == before
    assert await run("strip", notebook, "-o", tmp_path / "copy.ipynb") == 0
    assert await run("run", notebook, "--force") == 0
    assert outputs(notebook, 0)[0]["text"] == ["1\n"]


async def test_a_notebook_with_outputs_is_run_for_nothing_where_no_cell_is_known(
    endpoint: Faulty, tmp_path: Path
) -> None:
    import nbformat
    from nbclient import NotebookClient

    notebook = tmp_path / "n.ipynb"
    written(notebook, LOAD, f"%reconst use {notebook}", "%%reconst\nFirst?", "%%reconst\nSecond?")
    turns = []
    for _ in range(2):
        content = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
        await NotebookClient(content).async_execute()
        nbformat.write(content, notebook)  # type: ignore[no-untyped-call]
        turns.append([outputs(notebook, n)[0]["data"][TURN_MIME]["turn"] for n in (2, 3)])
    assert turns[0] == turns[1] and len(calls(endpoint)) == 2


async def test_under_papermill_the_notebook_is_named(endpoint: Faulty, tmp_path: Path) -> None:
    import papermill

    notebook = tmp_path / "n.ipynb"
    written(notebook, LOAD, f"%reconst use {notebook}", "%%reconst\nFirst?", "%%reconst\nSecond?")
    out = tmp_path / "out.ipynb"
    for _ in range(2):
        await asyncio.to_thread(papermill.execute_notebook, str(notebook), str(out), progress_bar=False)
        records = [outputs(out, n)[0]["data"][TURN_MIME] for n in (2, 3)]
        assert records[1]["parent"] == records[0]["turn"]
    assert len(calls(endpoint)) == 2 and all(record["replayed"] for record in records)
    # The notebook as it was written, with its outputs, asks for nothing either.
    written_over = out.replace(notebook)
    await asyncio.to_thread(papermill.execute_notebook, str(written_over), str(written_over), progress_bar=False)
    again = [outputs(written_over, n)[0]["data"][TURN_MIME] for n in (2, 3)]
    assert [record["turn"] for record in again] == [record["turn"] for record in records]
    assert len(calls(endpoint)) == 2
