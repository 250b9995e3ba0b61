"""The embedded model, for real: its child process, what it may be reached by, and how it ends."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
import urllib.error
import urllib.request
from collections.abc import AsyncIterator
from pathlib import Path

import psutil
import pytest

from jupyter_reconst.core.errors import NoModel
from jupyter_reconst.core.turns import Message, Parameters
from jupyter_reconst.models.local import Embedded
from tests.adapter.models import BRIEF, QUESTION, outcome

pytestmark = [
    pytest.mark.skipif(bool(Embedded().missing()), reason=Embedded().missing() or "installed"),
    pytest.mark.skipif(sys.platform == "win32", reason="looks at processes as POSIX shows them"),
]


def alive(pid: int | None) -> bool:
    """Whether a process runs (a zombie does not)."""
    try:
        return pid is not None and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
async def embedded() -> AsyncIterator[Embedded]:
    found = Embedded(context=512)
    yield found
    await found.close()


async def test_it_starts_at_the_first_question_once(embedded: Embedded) -> None:
    model = embedded.model()
    assert embedded.pid is None
    found = await asyncio.gather(*(outcome(model) for _ in range(3)))
    assert len({one.text for one in found}) == 1 and found[0].finish in ("stop", "length")
    assert alive(embedded.pid)


async def test_it_is_started_again_if_it_died(embedded: Embedded) -> None:
    model = embedded.model()
    first = await outcome(model)
    dead = embedded.pid
    assert dead is not None
    os.kill(dead, signal.SIGKILL)
    assert (await outcome(model)).text == first.text
    assert embedded.pid not in (None, dead)


async def test_a_reply_cut_off_by_its_death_is_not_complete(embedded: Embedded) -> None:
    pieces = embedded.model().stream(QUESTION, Parameters(temperature=0, max_tokens=400))
    await pieces.__anext__()
    assert embedded.pid is not None
    os.kill(embedded.pid, signal.SIGKILL)
    reasons: list[str | None] = []
    try:
        async for piece in pieces:
            reasons.append(piece.finish_reason)
    except Exception as error:
        assert getattr(error, "code", "") == "model_incomplete", error
    assert not any(reasons)


async def test_closing_ends_the_child(embedded: Embedded) -> None:
    await embedded.endpoint()
    pid = embedded.pid
    await embedded.close()
    assert not alive(pid)


async def test_only_we_may_ask_it(embedded: Embedded) -> None:
    endpoint = await embedded.endpoint()

    def call(path: str, **headers: str) -> tuple[int, dict[str, str]]:
        body = json.dumps({"messages": [{"role": "user", "content": "hi"}], "max_tokens": 1}).encode()
        sent = urllib.request.Request(endpoint.base_url.removesuffix("/v1") + path, body if "chat" in path else None)
        for name, value in headers.items():
            sent.add_header(name, value)
        try:
            with urllib.request.urlopen(sent) as got:
                return got.status, dict(got.headers)
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers)

    chat = "/v1/chat/completions"
    status, headers = await asyncio.to_thread(call, chat, Origin="https://evil.example")
    assert status == 401
    allowed = headers.get("Access-Control-Allow-Origin", "")
    assert allowed not in ("*", "https://evil.example")
    assert (await asyncio.to_thread(call, chat, Authorization="Bearer wrong"))[0] == 401
    assert (await asyncio.to_thread(call, chat, Authorization=f"Bearer {endpoint.key.reveal()}"))[0] == 200
    assert (await asyncio.to_thread(call, "/"))[0] in (401, 404), "no page"
    assert (await asyncio.to_thread(call, "/slots"))[0] in (401, 404, 501), "other people's prompts"
    assert endpoint.base_url.startswith("http://127.0.0.1:")


async def test_the_key_is_on_no_command_line_and_in_no_environment(embedded: Embedded) -> None:
    endpoint = await embedded.endpoint()
    child = psutil.Process(embedded.pid)
    shown = [*child.cmdline(), *child.environ().values()]
    assert len(shown) > 3 and not any(endpoint.key.reveal() in word for word in shown)


async def test_too_long_is_said(embedded: Embedded) -> None:
    found = await outcome(embedded.model(), messages=(Message(role="user", content="more words " * 600),))
    assert found.error is not None and found.error.problem().code == "too_long"  # type: ignore[attr-defined]


async def test_an_object_comes_out_as_its_schema_says(embedded: Embedded) -> None:
    schema = {
        "type": "object",
        "properties": {"title": {"type": "string", "maxLength": 40}, "fits": {"type": "boolean"}},
        "required": ["title", "fits"],
        "additionalProperties": False,
    }
    found = await outcome(embedded.model(), Parameters(temperature=0, max_tokens=120, json_schema=schema))
    value = json.loads(found.text)
    assert set(value) == {"title", "fits"} and len(value["title"]) <= 40


async def test_it_dies_with_its_parent(tmp_path: Path) -> None:
    """A parent that is killed cannot tidy up."""
    program = textwrap.dedent(
        """
        import asyncio, sys, time
        from jupyter_reconst.models.local import Embedded

        async def main():
            embedded = Embedded(context=512)
            await embedded.endpoint()
            print(embedded.pid, flush=True)
            time.sleep(60)

        asyncio.run(main())
        """
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    pid = int(await asyncio.to_thread(parent.stdout.readline))
    assert alive(pid)
    parent.kill()
    parent.wait()
    until = time.monotonic() + 3
    while alive(pid) and time.monotonic() < until:
        await asyncio.sleep(0.05)
    assert not alive(pid)


async def test_a_file_that_is_no_model(tmp_path: Path) -> None:
    path = tmp_path / "notes.gguf"
    path.write_text("These are my notes.")
    embedded = Embedded(path)
    with pytest.raises(NoModel, match="could not be loaded") as raised:
        await outcome_or_raise(embedded)
    assert raised.value.advice and embedded.pid is None


async def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(NoModel, match="no model file"):
        Embedded(tmp_path / "none.gguf").model()


async def outcome_or_raise(embedded: Embedded) -> None:
    async for _ in embedded.model().stream(QUESTION, BRIEF):
        pass
