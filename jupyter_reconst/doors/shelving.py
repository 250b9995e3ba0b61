"""`jupyter reconst library`: put files and folders into one's library, look what is in it, search it, take them out."""

from __future__ import annotations

import argparse
import asyncio
import sys
from contextlib import aclosing
from pathlib import Path
from textwrap import indent

from jupyter_reconst.core.requests.collecting import Collect, Consult, Discard, Shelves
from jupyter_reconst.core.visible import spelled
from jupyter_reconst.wiring import Reconst, build, headless


def use_library(options: argparse.Namespace) -> int:
    """Do what was said with the library of this user."""
    if options.act == "remove":
        options.path = options.path.absolute()
    return asyncio.run(_used(options))


async def _used(options: argparse.Namespace) -> int:
    reconst = build(headless())
    try:
        if options.act in ("add", "update"):
            return await _collected(reconst, options.paths)
        if options.act == "search":
            return await _searched(reconst, " ".join(options.words), options.limit)
        if options.act == "remove":
            return await _removed(reconst, options.path)
        from jupyter_reconst.acts.shelve import shelves

        _listed(await shelves(reconst.ports, reconst.person))
        return 0
    finally:
        await reconst.close()


async def _collected(reconst: Reconst, paths: list[Path]) -> int:
    """Add them, then read; a line for each file that is skipped, and a count where a person looks on."""
    from jupyter_reconst.acts.collect import collect

    request = Collect(id=reconst.ports.clock.id(), paths=tuple(map(str, paths)))
    watched = sys.stderr.isatty()
    async with aclosing(collect(reconst.ports, reconst.person, request, asyncio.Event())) as events:
        async for event in events:
            if event.type == "collected":
                _listed(event.shelves)
            elif event.why:
                print(spelled(f"Skipped: {event.name}. {event.why}" if event.name else event.why), file=sys.stderr)
            elif watched:
                far = f"\r{event.done} of {event.of} {event.what}"
                print(far, end="\n" if event.done == event.of else "", file=sys.stderr)
    return 0


async def _searched(reconst: Reconst, words: str, limit: int) -> int:
    from jupyter_reconst.acts.consult import consult

    found = await consult(reconst.ports, reconst.person, Consult(words=words[:4_000], limit=limit))
    for passage in found.passages:
        where = f" ({passage.entry.file})" if passage.entry.file else ""
        print(spelled(f"{passage.label}{where}\n{indent(passage.text, '    ')}\n"))
    if not found.passages:
        print("No passage is near to these words.")
    if found.note:
        print(found.note, file=sys.stderr)
    return 0


async def _removed(reconst: Reconst, path: Path) -> int:
    from jupyter_reconst.acts.discard import discard

    _listed(await discard(reconst.ports, reconst.person, Discard(path=str(path))))
    return 0


def _listed(shelves: Shelves) -> None:
    for source in shelves.sources:
        skipped = f", {source.skipped} not or not wholly read" if source.skipped else ""
        at = f", gone through {source.indexed}" if source.indexed else ", not yet gone through: library update"
        print(spelled(f"{source.path}: {source.documents} documents{skipped}{at}"))
    if shelves.embedded and (missing := shelves.embedded.missing):
        print(missing)
    elif shelves.embedded:
        print(f"{shelves.embedded.done} of {shelves.embedded.of} passages can be found by their meaning")
    if not shelves.sources:
        print("The library is empty: jupyter reconst library add FOLDER")
