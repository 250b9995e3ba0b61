"""R1 through HTTP: a server is killed while feedback is being written, and started again, over and over."""

from __future__ import annotations

import json
import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import an_id
from tests.scenes import annotation

pytestmark = [pytest.mark.soak, pytest.mark.skipif(os.name != "posix", reason="kill -9")]

KILLS = int(os.environ.get("RECONST_SOAK_KILLS", "500"))

ALONE = """
import jupyter_core.paths as paths
paths.ENV_CONFIG_PATH[:] = paths.SYSTEM_CONFIG_PATH[:] = []
from jupyter_server.serverapp import main
main()
"""
"""A server without the extensions that happen to be installed."""


class Server:
    """A Jupyter server that can be killed and started again on the same port and data."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port: int = found.getsockname()[1]

    def start(self) -> float:
        """Seconds until it answers us."""
        names = {"HOME": "home", "JUPYTER_CONFIG_DIR": "config", "JUPYTER_RUNTIME_DIR": "runtime"}
        dirs = {name: str(self.directory / place) for name, place in names.items()}
        options = [f"--port={self.port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=t", "--no-browser"]
        options += ["--allow-root", f"--ServerApp.root_dir={self.directory}", "--log-level=ERROR"]
        options += [
            f"--Reconst.data_dir={self.directory / 'data'}",
            "--ServerApp.jpserver_extensions=jupyter_reconst=True",
        ]
        command = [sys.executable, "-c", ALONE, *options]
        began = time.monotonic()
        self.process = subprocess.Popen(command, env={**os.environ, **dirs}, stdout=subprocess.DEVNULL)
        while self.call("GET", "status") is None:
            assert self.process.poll() is None and time.monotonic() < began + 60
            time.sleep(0.05)
        return time.monotonic() - began

    def call(self, method: str, verb: str, body: dict[str, Any] | None = None) -> dict[str, Any] | None:
        """The answer; None where there was none."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            said = json.dumps(body) if body is not None else None
            connection.request(method, f"/reconst/{verb}", said, {"Authorization": "token t"})
            response = connection.getresponse()
            return json.loads(response.read()) if response.status == 200 else None
        except (OSError, ValueError, EOFError):
            return None
        finally:
            connection.close()

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


def test_a_server_killed_while_feedback_is_written(tmp_path: Path) -> None:
    chance, server = random.Random(3), Server(tmp_path)
    acknowledged: list[str] = []
    number, starts = 0, []
    for _ in range(KILLS):
        starts.append(server.start())
        server.call("POST", "sync", {"path": "a.ipynb", "metadata": {}, "cells": [{"cell": "cell-1"}]})
        timer = None
        while True:
            id = an_id(10_000 + number)
            note = annotation("a quote", f"said {number}", id=id).model_dump(mode="json", by_alias=True)
            if server.call("POST", "highlight", {"path": "a.ipynb", "annotation": note}) is None:
                assert timer is not None, "a server that lives must answer"
                break  # The next server is told the same again, as the browser does.
            acknowledged.append(id)
            number += 1
            if timer is None:  # From the first answer on, so that the server is not killed while it imports.
                timer = threading.Timer(chance.uniform(0, 0.4), server.kill)
                timer.start()
        server.process.wait()
    with sqlite3.connect(tmp_path / "data" / "feedback.sqlite3") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        kept = [row[0] for row in connection.execute("SELECT subject FROM journal WHERE kind = 'annotation'")]
    lost, twice = set(acknowledged) - set(kept), len(kept) - len(set(kept))
    figures = {"fault": "R1 HTTP", "kills": KILLS, "acknowledged": len(acknowledged), "lost": len(lost), "twice": twice}
    print(json.dumps({**figures, "start_median": round(sorted(starts)[len(starts) // 2], 2)}))
    assert (len(lost), twice) == (0, 0) and acknowledged
