"""A process that writes to a journal, and one that kills such writers.

`write` says on its output which lines were acknowledged. `kill` imports everything once and forks a writer for each
kill, so that the writers spend their short lives writing.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
import time
from datetime import datetime, timezone
from pathlib import Path

from jupyter_reconst.core.nouns import ulid
from jupyter_reconst.core.ports import Event
from jupyter_reconst.store import database, migrations  # noqa: F401  Imported before the fork.
from jupyter_reconst.store.journal import SqlJournal


def an_id(number: int) -> str:
    return ulid(number, number.to_bytes(10, "big"))


async def write(directory: Path, owner: str, first: int, count: int, out: int) -> None:
    journal = SqlJournal(directory)
    for number in range(first, first + count):
        body = {"prompt": f"question {number}", "reply": "words " * 200}
        now = datetime.now(timezone.utc)
        await journal.append(Event(id=an_id(number), owner=owner, kind="turn", body=body, created=now))
        os.write(out, f"{number}\n".encode())
    await journal.close()


def kill(directory: Path, kills: int, seed: int) -> list[int]:
    """Kill a writer `kills` times after 0 to 150 ms; returns the numbers that were acknowledged."""
    chance = random.Random(seed)
    acknowledged: list[int] = []
    for number in range(kills + 1):
        first = acknowledged[-1] if acknowledged else 0  # The last one again, as a client that was not answered does.
        receive, send = os.pipe()
        child = os.fork()
        if child == 0:
            asyncio.run(write(directory, "ana", first, 10**6 if number else 1, send))
            os._exit(0)
        os.close(send)
        if number:  # The first one makes the store, and ends by itself.
            time.sleep(chance.uniform(0, 0.15))
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(receive) as lines:
            acknowledged += [int(line) for line in lines if line.endswith("\n")]
    return acknowledged


if __name__ == "__main__":
    verb, place, *numbers = sys.argv[1:]
    if verb == "write":
        asyncio.run(write(Path(place), numbers[0], 1, int(numbers[1]), sys.stdout.fileno()))
    else:
        print(" ".join(map(str, kill(Path(place), int(numbers[0]), int(numbers[1])))))
