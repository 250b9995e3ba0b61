"""Starting such a process and ending it, whatever it does."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass

SAID = 2**20
"""Bytes that are read of what it says."""

GRACE = 1.0
"""Seconds beyond its own bound after which it is ended from outside, with everything that it started."""


@dataclass(frozen=True, slots=True)
class Said:
    """How it ended. `status` is negative for the signal that ended it, None where we did."""

    status: int | None
    out: bytes
    errors: bytes


async def caged(command: tuple[str, ...], payload: bytes, seconds: float) -> Said:
    """Run a command with nothing but its input: no environment, an empty folder, a session of its own."""
    with tempfile.TemporaryDirectory() as folder:
        process = await asyncio.create_subprocess_exec(
            *command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=folder,
            env={},
            start_new_session=True,
            limit=SAID,
        )
        ended = False
        try:
            out, errors = await asyncio.wait_for(_exchanged(process, payload), seconds + GRACE)
            await asyncio.wait_for(process.wait(), GRACE)
            ended = True
        except asyncio.TimeoutError:
            out, errors = b"", b""
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
        return Said(process.returncode if ended else None, out, errors)


async def _exchanged(process: asyncio.subprocess.Process, payload: bytes) -> tuple[bytes, bytes]:
    """Feed it, and read no more than the bound of what it says."""
    assert process.stdin and process.stdout and process.stderr
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.write(payload)
        await process.stdin.drain()
    with suppress(BrokenPipeError, ConnectionResetError):
        process.stdin.close()
    return await asyncio.gather(_bounded(process.stdout), _bounded(process.stderr))


async def _bounded(stream: asyncio.StreamReader) -> bytes:
    try:
        return await stream.readexactly(SAID)
    except asyncio.IncompleteReadError as error:
        return error.partial


def python(code: str) -> tuple[str, ...]:
    """A command for the interpreter that runs us, isolated: neither its folder nor its environment is imported from."""
    return (sys.executable, "-I", "-c", code)
