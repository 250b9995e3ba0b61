"""How a kernel finds its Jupyter server and speaks to it: standard library only, so that `%load_ext` stays cheap.

The server's address and token come from the runtime file of the parent process (`jpserver-<pid>.json`), or under a Hub
from the environment. Nothing here reads a notebook or holds a model's key.
"""

from __future__ import annotations

import json
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.client import HTTPConnection, HTTPException, HTTPResponse, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


class Refused(Exception):
    """The server answered with a problem: `code`, `message`, `remedy`."""

    def __init__(self, problem: dict[str, Any]) -> None:
        super().__init__(problem.get("message", "The server refused."))
        self.problem = problem


class Server:
    """One Jupyter server, as seen from a kernel."""

    def __init__(self, url: str, token: str, root: str = "", pid: int | None = None) -> None:
        self.root = Path(root) if root else None
        self.pid = pid
        self._url = urlsplit(url)
        self._token = token

    def call(self, verb: str, body: dict[str, Any] | None = None) -> Any:
        """One JSON answer. Raises Refused, or OSError where nobody answers."""
        with self._send(f"reconst/{verb}", body) as response:
            return json.load(response)

    def sessions(self) -> list[dict[str, Any]]:
        """The server's sessions, each with the path of its notebook."""
        with self._send("api/sessions", None, self._connection(3)) as response:
            return list(json.load(response))

    def opened(self, notebook: Path) -> bool:
        """Whether a page holds this file open."""
        with self._send("reconst/open", {"path": str(notebook)}, self._connection(3)) as response:
            return bool(json.load(response)["live"])

    def stream(self, verb: str, body: dict[str, Any]) -> Stream:
        """The events of a stream, as they come."""
        connection = self._connection()
        return Stream(connection, lambda: self._send(f"reconst/{verb}", body, connection))

    def _connection(self, timeout: float | None = None) -> HTTPConnection:
        kind = HTTPSConnection if self._url.scheme == "https" else HTTPConnection
        return kind(self._url.hostname or "127.0.0.1", self._url.port, timeout=timeout)

    def _send(self, path: str, body: dict[str, Any] | None, on: HTTPConnection | None = None) -> HTTPResponse:
        connection = on or self._connection()
        headers = {"Authorization": f"token {self._token}", "Content-Type": "application/json", "Connection": "close"}
        text = json.dumps(body).encode() if body is not None else None
        method = "GET" if body is None else "POST"
        connection.request(method, f"{self._url.path.rstrip('/')}/{path}", text, headers)
        response = connection.getresponse()
        if response.status >= 400:
            with response:
                raise Refused(_problem(response))
        return response


class Stream:
    """The events of one call. Closing it, from any thread, closes the connection, which stops the model's call."""

    def __init__(self, connection: HTTPConnection, send: Callable[[], HTTPResponse]) -> None:
        self._connection = connection
        self._send = send
        self._socket: socket.socket | None = None

    def __iter__(self) -> Iterator[dict[str, Any]]:
        self._connection.connect()
        # The connection forgets its socket once the response owns it.
        self._socket = self._connection.sock
        with self._send() as response:
            data: list[str] = []
            for raw in response:
                line = raw.decode("utf-8").rstrip("\r\n")
                if line.startswith("data:"):
                    data.append(line[5:].lstrip())
                elif not line and data:
                    yield json.loads("\n".join(data))
                    data = []

    def close(self) -> None:
        """Hang up; what waits for the next event gets none, or an OSError."""
        if self._socket is not None:
            with suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)


def find() -> Server | None:
    """The server that started this kernel, or None."""
    hub = os.environ.get("JUPYTERHUB_SERVICE_URL"), os.environ.get("JUPYTERHUB_API_TOKEN")
    if hub[0] and hub[1]:
        return Server(hub[0].replace("0.0.0.0", "127.0.0.1"), hub[1])
    pid = os.environ.get("JPY_PARENT_PID")
    return _described(_runtime() / f"jpserver-{pid}.json") if pid else None


def running() -> Iterator[Server]:
    """Every server of this user that has left a runtime file and whose process lives."""
    for path in sorted(_runtime().glob("jpserver-*.json")):
        server = _described(path)
        if server is not None:
            yield server


def holds(server: Server, notebook: Path) -> bool:
    """Whether a kernel of a server runs this notebook file, or a page of it holds it open."""
    file, root = notebook.resolve(), server.root or Path()
    try:
        if any((root / s.get("path", "")).resolve() == file for s in server.sessions()):
            return True
        return server.opened(file)
    except (OSError, HTTPException, Refused, ValueError):
        return False  # It is gone, or has no part of ours: then no page of it writes our keys.


def _described(path: Path) -> Server | None:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        return Server(said["url"], said.get("token", ""), said.get("root_dir", ""), said.get("pid"))
    except (OSError, ValueError, KeyError):
        return None


def _runtime() -> Path:
    from jupyter_core.paths import jupyter_runtime_dir

    return Path(jupyter_runtime_dir())


def _problem(response: HTTPResponse) -> dict[str, Any]:
    try:
        said = json.loads(response.read(65_536))
    except ValueError:
        said = {}
    if isinstance(said, dict) and "code" in said:
        return said
    if response.status == 404:
        message = "The server part of jupyter_reconst is not enabled in this Jupyter server."
        return {"code": "server_part_missing", "message": message, "remedy": "Restart the server, then run this again."}
    message = f"The Jupyter server answered {response.status}."
    return {"code": f"http_{response.status}", "message": message, "remedy": "Run this cell again."}
