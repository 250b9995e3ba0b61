"""Embed: make what a library holds findable by its meaning, on this machine. It can be stopped after any passage.

It goes on where it ended: what the same model has embedded is not embedded again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator

from jupyter_reconst.core.library import Indexed
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports

AMISS = "What passages mean cannot be told just now. Words find them; the next update tries again."
_AT_ONCE = 64
"""Passages that are kept in one transaction."""

_IN_A_ROW = 3
"""Failures after which it is not the passages that are amiss."""


async def embed(ports: Ports, person: Person, stop: asyncio.Event) -> AsyncGenerator[Indexed, None]:
    """How far it is, after each passage; nothing where none lacks it, or nothing can do it."""
    library, embedder, owner = ports.library, ports.embedder, person.owner
    if library is None or embedder is None or embedder.missing():
        return
    embedded, of = await library.embedded(owner, embedder.name)
    done, after, amiss = 0, 0, list[str]()
    while batch := await library.unembedded(owner, embedder.name, after, _AT_ONCE):
        vectors: dict[str, bytes] = {}
        try:
            for _, key, text in batch:
                found = await embedder.embed(text)
                if found is None:
                    amiss.append(key)
                else:
                    vectors |= {key: found.vector, **dict.fromkeys(amiss, b"")}
                    amiss.clear()
                done += 1
                why = AMISS if len(amiss) == _IN_A_ROW else ""
                yield Indexed(what="passages", done=done, of=max(of - embedded, done), why=why)
                if why or stop.is_set():
                    return
        finally:
            await library.embed(owner, embedder.name, vectors)
        after = batch[-1][0]
