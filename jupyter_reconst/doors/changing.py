"""Carry out an act on a notebook's file: what the sidebar does with an open one, without a browser."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from jupyter_reconst.core.notebook import HEAD, Head
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Document, Ports
from jupyter_reconst.core.requests import Change
from jupyter_reconst.core.visible import spelled

Act = Callable[[Ports, Person, Document], Awaitable[Change]]
Said = Callable[[Ports, Person, Document, Change], Awaitable[str]]
"""What to say of the notebook as it is after the change."""


def carried_out(options: argparse.Namespace, act: Act, said: Said, *, name: str | None = None) -> int:
    """Do it under the name that the person last said, write what it changes into the notebook, and say what came of it.

    `name` says another name first. Raises BadInput where a running server holds the notebook open.
    """
    from jupyter_reconst.acts import name as naming
    from jupyter_reconst.acts.sign import opened
    from jupyter_reconst.core.requests import Name
    from jupyter_reconst.doors.cli import writable
    from jupyter_reconst.notebook.file import load, save
    from jupyter_reconst.wiring import build, headless

    path: Path = options.notebook.resolve()
    writable(path, options.force)
    content = load(path)

    async def run() -> str:
        reconst = build(headless())
        ports, owner = reconst.ports, reconst.person.owner
        try:
            if name is not None:
                await naming.name(ports, reconst.person, Name(name=name))
            person = Person(owner=owner, name=await naming.name_of(ports, owner))
            document = await opened(ports, person, str(path))
            change = await act(ports, person, document)
            save(path, content | {"metadata": content.get("metadata", {}) | _head(document) | change.writes})
            return await said(ports, person, await opened(ports, person, str(path)), change)
        finally:
            await reconst.close()

    print(spelled(asyncio.run(run())))
    return 0


def _head(document: Document) -> dict[str, Any]:
    """The notebook's identity, where its file does not carry it yet."""
    if document.identified:
        return {}
    origin = document.reading.head.id if document.reading.head else None
    return {HEAD: Head(id=document.notebook, origin=origin).model_dump(mode="json")}
