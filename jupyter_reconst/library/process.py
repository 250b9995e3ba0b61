"""The process that reads, from outside: started when it is needed, ended when a document keeps it too long."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import tempfile
from contextlib import suppress
from typing import Any

MEGABYTES = 384
STALL = 20.0
"""Seconds in which something of a document must have been read; a page takes a hundredth of that."""

WHOLE = 180.0
"""Seconds that a document may take in all."""

_AT_ONCE = 2**18
_MOST = 2**28
"""Bytes that it may say of a document; JSON takes six for a character, and it is held to a bound of its own before."""
_CODE = "from jupyter_reconst.library.{child} import main; main({megabytes})"


class Failed(Exception):
    """The process did not read it; says why to a person."""


class Process:
    """One process for one text after another; `child` is the module that it runs."""

    def __init__(
        self, megabytes: int = MEGABYTES, stall: float = STALL, whole: float = WHOLE, child: str = "reading"
    ) -> None:
        self._megabytes, self._stall, self._whole, self._child = megabytes, stall, whole, child
        self._lock = asyncio.Lock()
        self._running: asyncio.subprocess.Process | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    async def read(self, name: str, data: bytes) -> tuple[list[dict[str, Any]], str]:
        """What a document says, in the order of its text, and what is amiss. Raises Failed."""
        async with self._lock:
            whole = False
            try:
                read = await asyncio.wait_for(self._exchanged(name, data), self._whole)
                whole = True
                return read
            except asyncio.TimeoutError as error:
                raise Failed("It takes too long to read.") from error
            except (OSError, ValueError) as error:
                raise Failed("The process that reads ended over it.") from error
            finally:
                if not whole:
                    await self._end()

    async def rest(self) -> None:
        """Let the process go; the next document starts another."""
        async with self._lock:
            await self._end()

    async def _exchanged(self, name: str, data: bytes) -> tuple[list[dict[str, Any]], str]:
        process = await self._started()
        assert process.stdin and process.stdout
        process.stdin.write(json.dumps({"name": name, "size": len(data)}).encode() + b"\n")
        process.stdin.write(data)
        await asyncio.wait_for(process.stdin.drain(), self._stall)
        said: list[dict[str, Any]] = []
        rest, length = b"", 0
        while some := await asyncio.wait_for(process.stdout.read(_AT_ONCE), self._stall):
            if (length := length + len(some)) > _MOST:
                break
            *lines, rest = (rest + some).split(b"\n")
            said += map(json.loads, lines)
            if said and "end" in said[-1]:
                end = said.pop()
                if end.get("spent"):
                    await self._end()
                return said, str(end["end"])
        raise Failed("The process that reads ended over it.")

    async def _started(self) -> asyncio.subprocess.Process:
        if self._running is not None and self._running.returncode is None:
            return self._running
        await self._end()
        self._folder = tempfile.TemporaryDirectory()
        self._running = await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            "-c",
            _CODE.format(child=self._child, megabytes=self._megabytes),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            cwd=self._folder.name,
            env={},
            start_new_session=True,
            limit=_AT_ONCE,
        )
        return self._running

    async def _end(self) -> None:
        process, self._running = self._running, None
        if process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL) if sys.platform != "win32" else process.kill()
            await process.wait()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None
