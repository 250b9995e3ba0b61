"""Starting and ending the child process of the embedded model, on any platform."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, BinaryIO

_START = 120.0
"""Seconds that loading a file may take; the default one takes about one."""

_RUN = (
    "import sys; sys.path[:1] = [p for p in sys.path[:1] if p]\nfrom jupyter_reconst.models.serve import main\nmain()"
)
"""A `-m` would put the working directory, which may hold anything, before the standard library."""

if sys.platform == "win32":
    _FLAGS = subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP
else:
    _FLAGS = 0


class Child:
    """A running child. `address` says where it listens, `problem` why it does not."""

    def __init__(self, settings: Mapping[str, Any], environ: Mapping[str, str]) -> None:
        """Start it and wait for its first line: blocks while the model loads."""
        inherited = {name: value for name, value in environ.items() if not name.endswith("_API_KEY")}
        # Without these, OpenMP's threads spin while they wait and starve everything else.
        inherited |= {"OMP_WAIT_POLICY": "PASSIVE", "GOMP_SPINCOUNT": "0"}
        self._log: BinaryIO = tempfile.TemporaryFile()  # noqa: SIM115
        self._process = subprocess.Popen(
            [sys.executable, "-c", _RUN],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            env=inherited,
            creationflags=_FLAGS,
            start_new_session=sys.platform != "win32",  # The terminal's Ctrl+C is for the server, which may go on.
        )
        said = self._first_line(settings)
        address = said.get("address")
        self.address = address if isinstance(address, str) else ""
        self.problem = "" if self.address else str(said.get("problem") or self._last_words())

    @property
    def pid(self) -> int | None:
        """Its process id while it runs."""
        return self._process.pid if self._process.poll() is None else None

    def end(self) -> None:
        """End it; at most about six seconds."""
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        try:
            self._process.wait(3)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait(3)
        self._log.close()

    def _first_line(self, settings: Mapping[str, Any]) -> dict[str, Any]:
        assert self._process.stdin is not None and self._process.stdout is not None
        watch = threading.Timer(_START, self._process.kill)
        watch.daemon = True
        watch.start()
        try:
            self._process.stdin.write(json.dumps(settings).encode() + b"\n")
            self._process.stdin.flush()
            return dict(json.loads(self._process.stdout.readline()))
        except (OSError, ValueError):
            return {}
        finally:
            watch.cancel()

    def _last_words(self) -> str:
        self._log.seek(0, os.SEEK_END)
        self._log.seek(max(0, self._log.tell() - 2_000))
        lines = self._log.read().decode("utf-8", "replace").strip().splitlines()
        return lines[-1][:300] if lines else "It stopped without a word."
