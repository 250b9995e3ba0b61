"""A process that writes to a journal until it is killed, and says on its output what was acknowledged."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime, timezone
from pathlib import Path

from jupyter_reconst.core.nouns import ulid
from jupyter_reconst.core.ports import Event
from jupyter_reconst.store.journal import SqlJournal


async def write(directory: Path, owner: str, first: int, count: int) -> None:
    journal = SqlJournal(directory)
    for number in range(first, first + count):
        id = ulid(number, number.to_bytes(10, "big"))
        body = {"prompt": f"question {number}", "reply": "words " * 200}
        await journal.append(Event(id=id, owner=owner, kind="turn", body=body, created=datetime.now(timezone.utc)))
        print(id, flush=True)
    await journal.close()


if __name__ == "__main__":
    asyncio.run(write(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
