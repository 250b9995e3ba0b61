"""Collect: put a file or folder into a person's library and read what is new in all of it. Nothing is sent anywhere.

It can be stopped after any document. The next time goes on where this one ended: what has the date, size or bytes that
it had is not read again.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from pathlib import PurePath

from jupyter_reconst.acts.embed import embed
from jupyter_reconst.acts.shelve import shelves
from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.core.library import File, Indexed, Readable
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Library, Ports, Reader
from jupyter_reconst.core.requests.collecting import Collect, Collected

GONE = "It is not there now; what was read of it before is kept."


async def collect(
    ports: Ports, person: Person, request: Collect, stop: asyncio.Event
) -> AsyncGenerator[Indexed | Collected, None]:
    """Every file as it was read, then how the library stands. Raises BadInput for a path that cannot be added."""
    library, reader = _both(ports)
    for place in [await reader.located(path) for path in request.paths]:
        await library.add(person.owner, place)
    found, gone = await _found(library, reader, person.owner)
    known = await library.known(person.owner)
    kept = set(gone)
    await library.drop(
        person.owner, [path for path in known if path not in found and not any(_below(path, top) for top in kept)]
    )
    fresh = [file for path, file in found.items() if path not in known or known[path][0] != _stamp(file)]
    for source in gone:
        yield Indexed(done=0, of=len(fresh), name=PurePath(source).name, why=GONE)
    yield Indexed(done=0, of=len(fresh))
    try:
        for number, file in enumerate(fresh, 1):
            if stop.is_set():
                break
            why = await _kept(library, reader, person.owner, file, known[file.path][1] if file.path in known else "")
            yield Indexed(done=number, of=len(fresh), name=PurePath(file.path).name, why=why)
    finally:
        await reader.rest()
    if not stop.is_set():
        await library.settle(person.owner, ports.clock.now())
        async with aclosing(embed(ports, person, stop)) as events:
            async for event in events:
                yield event
    stopped = stop.is_set()
    yield Collected(shelves=await shelves(ports, person), stopped=stopped)


async def _found(library: Library, reader: Reader, owner: str) -> tuple[dict[str, File], list[str]]:
    """The files that there are, by path, and the sources that are not there."""
    found: dict[str, File] = {}
    gone = []
    for source in await library.sources(owner):
        files = await reader.files(source.path)
        if files is None:
            gone.append(source.path)
        else:
            found.update((file.path, file) for file in files)
    return found, gone


async def _kept(library: Library, reader: Reader, owner: str, file: File, digest: str) -> str:
    """Read one file and keep what it says; why it was skipped, if it was."""
    document = Readable(file, "", why=file.why) if file.why else await reader.read(file, digest)
    if document is None:
        await library.touch(owner, file)
        return ""
    await library.put(owner, document)
    return document.why


def _stamp(file: File) -> File:
    """A file as the library remembers it."""
    return File(file.path, file.size, file.modified)


def _below(path: str, top: str) -> bool:
    return path == top or path.startswith((f"{top}/", f"{top}\\"))


def _both(ports: Ports) -> tuple[Library, Reader]:
    if ports.library is None or ports.reader is None:
        raise BadInput("There is no library here.")
    return ports.library, ports.reader
