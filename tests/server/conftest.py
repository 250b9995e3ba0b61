"""A real Jupyter server in this process with our extension alone, on the real store, with a scripted model.

pytest-jupyter's own fixtures bring a second event loop runner that does not get along with pytest-asyncio; this is the
part of them that these tests need.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jupyter_core.paths
import pytest
from jupyter_server.extension import serverextension
from jupyter_server.serverapp import ServerApp
from tornado.httpserver import HTTPServer
from tornado.testing import bind_unused_port
from traitlets.config import Config

from jupyter_reconst.doors.server.room import Room
from tests.fakes import ScriptedModel, ScriptedModels

TOKEN = "a-token-of-this-test"
BASE = "/user/ana%40b/"

Headers = dict[str, str]


@dataclass
class Lab:
    """A running server, as a client sees it."""

    app: ServerApp
    port: int
    model: ScriptedModel

    @property
    def room(self) -> Room:
        found: Room = self.app.web_app.settings["reconst"]
        return found

    async def open(
        self, method: str, path: str, body: bytes = b"", headers: Headers | None = None
    ) -> tuple[int, Headers, asyncio.StreamReader, asyncio.StreamWriter]:
        """Send a request (HTTP/1.0, so that bodies come as they are) and read the head of the answer."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port, limit=2**24)
        given = {"Host": f"127.0.0.1:{self.port}", "Content-Length": str(len(body)), **(headers or {})}
        head = "".join(f"{name}: {value}\r\n" for name, value in given.items())
        writer.write(f"{method} {path} HTTP/1.0\r\n{head}\r\n".encode() + body)
        await writer.drain()
        status = int((await reader.readline()).split()[1])
        answered: Headers = {}
        while line := (await reader.readline()).strip():
            name, _, value = line.decode().partition(": ")
            name = name.lower()
            answered[name] = f"{answered[name]}, {value}" if name in answered else value
        return status, answered, reader, writer

    async def send(
        self, method: str, path: str, body: bytes = b"", headers: Headers | None = None
    ) -> tuple[int, Headers, bytes]:
        status, answered, reader, writer = await self.open(method, path, body, headers)
        try:
            return status, answered, await reader.read()
        finally:
            writer.close()

    async def call(self, verb: str, body: Any = None, *, user: str | None = None) -> tuple[int, Any]:
        """One JSON answer."""
        method = "GET" if body is None else "POST"
        status, _, said = await self.send(method, f"{BASE}reconst/{verb}", _dumped(body), _signed(user))
        return status, json.loads(said)

    async def good(self, verb: str, body: Any = None, *, user: str | None = None) -> Any:
        """One JSON answer that must be a good one."""
        status, said = await self.call(verb, body, user=user)
        assert status == 200, (status, said)
        return said

    @asynccontextmanager
    async def stream(self, verb: str, body: Any, *, user: str | None = None) -> AsyncIterator[AsyncIterator[Any]]:
        """The events of a stream; leaving the context closes the connection."""
        status, headers, reader, writer = await self.open("POST", f"{BASE}reconst/{verb}", _dumped(body), _signed(user))
        assert (status, headers["content-type"]) == (200, "text/event-stream"), await reader.read()

        async def events() -> AsyncIterator[Any]:
            while line := await reader.readline():
                if line.startswith(b"data: "):
                    yield json.loads(line[6:])

        try:
            yield events()
        finally:
            writer.close()

    async def all(self, verb: str, body: Any, *, user: str | None = None) -> list[Any]:
        async with self.stream(verb, body, user=user) as events:
            return [event async for event in events]


def _dumped(body: Any) -> bytes:
    return b"" if body is None else json.dumps(body).encode()


def _signed(user: str | None) -> Headers:
    """The token as a kernel sends it; `user` is for servers that tell their users apart."""
    return {"Authorization": f"token {TOKEN}"} | ({"X-Test-User": user} if user else {})


Starting = Callable[..., Awaitable[Lab]]


@pytest.fixture
async def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Starting]:
    """Start servers on one data directory, one after another; the last one is stopped at the end."""
    for name in ("SYSTEM_JUPYTER_PATH", "ENV_JUPYTER_PATH", "SYSTEM_CONFIG_PATH", "ENV_CONFIG_PATH"):
        monkeypatch.setattr(jupyter_core.paths, name, [str(tmp_path / "none")])
    monkeypatch.setattr(serverextension, "ENV_CONFIG_PATH", [str(tmp_path / "none")])
    for name in ("HOME", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    for name in ("OPENAI_API_KEY", "OPENAI_BASE_URL", "JUPYTERHUB_USER"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "root").mkdir()

    async with AsyncExitStack() as running:

        async def begin(model: ScriptedModel | None = None, **settings: Any) -> Lab:
            await running.aclose()
            return await running.enter_async_context(_running(tmp_path, model or ScriptedModel(), settings))

        yield begin


@asynccontextmanager
async def _running(tmp_path: Path, model: ScriptedModel, settings: dict[str, Any]) -> AsyncIterator[Lab]:
    """`server` are settings of Jupyter's; with `ready=False` nothing is wired before the first request."""
    given, ready = settings.pop("server", {}), settings.pop("ready", True)
    config = Config(
        {
            "ServerApp": {
                "jpserver_extensions": {"jupyter_reconst": True},
                "allow_unauthenticated_access": False,
                "base_url": BASE,
                "root_dir": str(tmp_path / "root"),
                "allow_root": True,
                "open_browser": False,
                "log_level": logging.INFO,
                **given,
            },
            "IdentityProvider": {"token": TOKEN},
            "NotebookNotary": {"db_file": ":memory:"},
            "Reconst": {"embedded": False, **settings},
        }
    )
    ServerApp.clear_instance()
    app = ServerApp.instance(config=config)
    app.init_signal = lambda: None
    app.initialize(argv=[], new_httpserver=False)
    server = HTTPServer(app.web_app)
    socket, port = bind_unused_port()
    server.add_socket(socket)
    lab = Lab(app, port, model)
    if ready:
        await asyncio.to_thread(lab.room.prepare)
        ports = replace(lab.room.reconst.ports, models=ScriptedModels(model))
        lab.room.reconst = replace(lab.room.reconst, ports=ports)
    try:
        yield lab
    finally:
        server.stop()
        await app.cleanup_extensions()
        await server.close_all_connections()
        ServerApp.clear_instance()


@pytest.fixture
async def lab(start: Starting) -> Lab:
    return await start()
