"""200 tokens at 5 ms: through `%%reconst`, and through the openai client in a cell of the same kernel.

A client of the kernel's websocket watches the outputs, as the page does. Also: what the first ask of a server costs
over a warm one, five seconds after a page has been opened.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from _measure import ROOT, RUNS, Server, close, differences, interval, server
from tornado.httpclient import HTTPRequest
from tornado.websocket import WebSocketClientConnection, websocket_connect

TOKENS = [f"word{number}" for number in range(200)]
PACE = 0.005
ROUNDS = 3
"""Interleaved pairs on each server."""

SET_UP = """
import openai
client = openai.OpenAI(base_url="{url}", api_key="sk-bench", max_retries=0)
%load_ext jupyter_reconst
"""
DIRECT = """
messages = [{{"role": "user", "content": "Question {number}"}}]
for chunk in client.chat.completions.create(model="scripted", messages=messages, stream=True):
    if chunk.choices and chunk.choices[0].delta.content:
        print(chunk.choices[0].delta.content, end="", flush=True)
"""
OURS = "%%reconst --again --new\nQuestion {number}"


@contextmanager
def endpoint() -> Iterator[str]:
    """The scripted endpoint, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "script.json"
        script.write_text(json.dumps({"delay": PACE, "default": " ".join(TOKENS), "rules": []}), "utf-8")
        port = 18_000 + uuid.uuid4().int % 10_000
        command = [sys.executable, "-m", "tests.scripted", "--port", str(port), "--script", str(script)]
        process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL)
        try:
            time.sleep(1)
            yield f"http://127.0.0.1:{port}/v1"
        finally:
            process.terminate()
            process.wait()


class Kernel:
    """One kernel of a server, through its websocket."""

    def __init__(self, connection: WebSocketClientConnection) -> None:
        self._connection = connection

    @classmethod
    async def start(cls, running: Server) -> Kernel:
        """A notebook, its session, its kernel."""
        cell = {"cell_type": "code", "id": "c0", "metadata": {}, "source": "", "outputs": [], "execution_count": None}
        metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
        notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": [cell]}
        (running.root / "bench.ipynb").write_text(json.dumps(notebook), "utf-8")
        wanted = {"path": "bench.ipynb", "name": "", "type": "notebook", "kernel": {"name": "python3"}}
        session = running.get("api/sessions", wanted, "POST")
        url = f"{running.url.replace('http', 'ws')}/api/kernels/{session['kernel']['id']}/channels"
        headers = {"Authorization": f"token {running.token}"}
        return cls(await websocket_connect(HTTPRequest(url, headers=headers)))

    async def run(self, code: str) -> tuple[float, float, str]:
        """Seconds to the first token in an output, seconds until idle, and the text that is shown."""
        message = uuid.uuid4().hex
        content = {"code": code, "silent": False, "store_history": False, "stop_on_error": True}
        header = {"msg_id": message, "msg_type": "execute_request", "username": "", "session": "b", "version": "5.3"}
        whole = {"header": header, "parent_header": {}, "metadata": {"cellId": "c0"}, "content": content}
        began = time.perf_counter()
        await self._connection.write_message(json.dumps({**whole, "channel": "shell", "buffers": []}))
        first, streamed, drawn = 0.0, "", ""
        while True:
            told: dict[str, Any] = json.loads(str(await self._connection.read_message()))
            if told["parent_header"].get("msg_id") != message:
                continue
            kind, said = told["msg_type"], told["content"]
            if kind == "error":
                raise SystemExit("\n".join(said["traceback"]))
            if kind == "stream":
                streamed += said["text"]
            elif kind in ("display_data", "update_display_data"):
                drawn = said["data"].get("text/plain", "")
            if not first and TOKENS[0] in (streamed, drawn, *streamed.split()[:1], *drawn.split()[:1]):
                first = time.perf_counter() - began
            if kind == "status" and said["execution_state"] == "idle":
                return first, time.perf_counter() - began, drawn or streamed


async def measured(url: str) -> tuple[list[tuple[float, float]], list[tuple[float, float]], float]:
    """Interleaved runs on one server; and the extra seconds of its first ask."""
    with server(environment={"OPENAI_BASE_URL": url, "OPENAI_API_KEY": "sk-bench"}) as running:
        kernel = await Kernel.start(running)
        await kernel.run(SET_UP.format(url=url))
        running.get("reconst/status")  # what a page asks when it opens
        await asyncio.sleep(5)
        ours: list[tuple[float, float]] = []
        direct: list[tuple[float, float]] = []
        first = await kernel.run(OURS.format(number=-1))
        await kernel.run(DIRECT.format(number=-1))
        for number in range(ROUNDS):
            ways = [(OURS, ours), (DIRECT, direct)]
            for code, results in ways if number % 2 else reversed(ways):
                to_first, total, text = await kernel.run(code.format(number=number))
                if text.split() != TOKENS:
                    raise SystemExit(f"not every token was shown: {text[:200]!r}")
                results.append((to_first, total))
        return ours, direct, first[0] - interval([run[0] for run in ours])["median"]


def main() -> None:
    ours: list[tuple[float, float]] = []
    direct: list[tuple[float, float]] = []
    extra: list[float] = []
    with endpoint() as url:
        for number in range(RUNS):
            print(f"  server {number + 1} of {RUNS}", file=sys.stderr, flush=True)
            more, others, first = asyncio.run(measured(url))
            ours, direct, extra = [*ours, *more], [*direct, *others], [*extra, first]
    ratio = [one[1] / other[1] for one, other in zip(ours, direct, strict=True)]
    figures = {
        "first_token_ms": interval([run[0] * 1000 for run in ours]),
        "first_token_direct_ms": interval([run[0] * 1000 for run in direct]),
        "first_token_later_ms": differences([run[0] * 1000 for run in ours], [run[0] * 1000 for run in direct]),
        "total_ms": interval([run[1] * 1000 for run in ours]),
        "total_direct_ms": interval([run[1] * 1000 for run in direct]),
        "total_ratio": interval(ratio),
        "first_ask_extra_seconds": interval(extra),
    }
    goals = {
        "first_token_later_ms": (figures["first_token_later_ms"]["median"], 50),
        "total_ratio": (figures["total_ratio"]["median"], 1.03),
        "first_ask_extra_seconds": (figures["first_ask_extra_seconds"]["median"], 0.3),
    }
    close("streaming", figures, goals)


if __name__ == "__main__":
    main()
