"""`run.py lab`: JupyterLab on the example notebook, until Ctrl+C."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import webbrowser
from collections.abc import Sequence

from scripts.machine import PYTHON, ROOT, WINDOWS, Missing, environment, say

EXAMPLE = "examples/first-loop.ipynb"


def serve(port: int | None, browser: bool, more: Sequence[str] = ()) -> int:
    """Serve until interrupted. Prints the address with its token once the server answers."""
    port = port or _free(8888)
    token = secrets.token_hex(24)
    command = [
        *(str(PYTHON), "-m", "jupyterlab", "--no-browser", "--log-level=WARN"),
        *(f"--ServerApp.root_dir={ROOT}", f"--ServerApp.port={port}", "--ServerApp.port_retries=0"),
        *more,
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    signal.signal(signal.SIGTERM, _interrupt)
    # With no terminal on stdin, Jupyter stops at the first Ctrl+C instead of asking whether it should. The token goes
    # through the environment: a command line can be read by every user of the machine.
    child = subprocess.Popen(command, cwd=ROOT, env=environment(JUPYTER_TOKEN=token), stdin=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}/lab/tree/{EXAMPLE}?token={token}"
        if not _answers(child, f"http://127.0.0.1:{port}/api/status?token={token}"):
            raise Missing(f"JupyterLab did not start on port {port}; its own words are above.")
        say(f"\nJupyterLab is ready; Ctrl+C ends it.\n{url}\n")
        if browser:
            webbrowser.open(url)
        return child.wait()
    except KeyboardInterrupt:
        say("\nEnding JupyterLab.")
        return 0
    finally:
        _end(child)


def _answers(child: subprocess.Popen[bytes], url: str, seconds: float = 120) -> bool:
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + seconds
    while child.poll() is None and time.monotonic() < until:
        try:
            with direct.open(url, timeout=5):
                return True
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    return False


def _end(child: subprocess.Popen[bytes]) -> None:
    """Let it close its kernels; Ctrl+C has reached it too where the terminal sends it to all."""
    if not WINDOWS and child.poll() is None:
        child.terminate()
    for patience in (15, 5):
        try:
            child.wait(patience)
            return
        except subprocess.TimeoutExpired:
            child.terminate()
        except KeyboardInterrupt:
            break
    child.kill()


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _free(first: int) -> int:
    for port in range(first, first + 50):
        with socket.socket() as probe:
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise Missing(f"No free port from {first} to {first + 49}; choose one with --port.")
