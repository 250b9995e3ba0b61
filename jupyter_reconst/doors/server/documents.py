"""sample, sync, close, open, inforce, scores, claim, travels."""

from __future__ import annotations

from typing import TypeVar

from jupyter_reconst.acts import claim as claiming
from jupyter_reconst.acts import inforce as law
from jupyter_reconst.acts import sample as playing
from jupyter_reconst.acts import score as scoring
from jupyter_reconst.acts import sync as syncing
from jupyter_reconst.core.errors import NotebookUnknown
from jupyter_reconst.core.requests import (
    Ask,
    AskTravels,
    Done,
    InForce,
    Manifest,
    Notebook,
    Opened,
    Play,
    Scores,
    Scratch,
    Sync,
    Turns,
)
from jupyter_reconst.core.travel import manifest
from jupyter_reconst.doors.server.base import Call

_Located = TypeVar("_Located", Ask, Notebook)


async def sample(call: Call, request: Play) -> Scratch:
    """A scratch notebook that plays a recording."""
    return await playing.sample(call.ports, call.person, request)


async def sync(call: Call, request: Sync) -> InForce:
    """How the open notebook is now."""
    return await syncing.sync(call.ports, call.person, request)


async def close(call: Call, request: Notebook) -> Done:
    """Let go of what a page told of the notebook."""
    if request.path:
        await call.ports.documents.close(call.person.owner, request.path)
    return Done()


async def opened(call: Call, request: Notebook) -> Opened:
    """Whether a page holds the notebook open, anybody's: what would be written into its file they would not see."""
    return Opened(live=request.path is not None and await call.room.reconst.documents.opened(request.path))


async def inforce(call: Call, request: Notebook) -> InForce | None:
    """What is in force in a notebook."""
    request = await located(call, request)
    document = await call.ports.documents.of_path(call.person.owner, request.path) if request.path else None
    return await law.in_force(call.ports, call.person, document) if document else None


async def scores(call: Call, request: Notebook) -> Scores:
    """Each WHEN in force against the person's marks."""
    return await scoring.scores(call.ports, call.person, await located(call, request))


async def claim(call: Call, request: Turns) -> Done:
    """Keep turns found in outputs."""
    return await claiming.claim(call.ports, call.person, request)


async def travels(call: Call, request: AskTravels) -> Manifest:
    """What the notebook carries: as its page says, where one has it open, so that what is not saved yet is there."""
    if request.content is not None:
        return manifest(request.content)
    found = await located(call, request)
    if found.path is None:
        raise NotebookUnknown("Which notebook is meant cannot be known.")
    return manifest(await call.room.reconst.documents.content(call.person.owner, found.path))


async def located(call: Call, request: _Located) -> _Located:
    """The request with the path that the server's own session says: a kernel's idea of it is stale after a rename.

    Of several notebooks that share the kernel it is the one that has the cell. Raises NotebookUnknown.
    """
    if request.kernel is None:
        return request
    sessions = await call.handler.session_manager.list_sessions()  # type: ignore[no-untyped-call]
    paths = {s["path"] for s in sessions if s["type"] == "notebook" and s["kernel"]["id"] == request.kernel}
    if len(paths) > 1:
        shared = [await call.ports.documents.of_path(call.person.owner, path) for path in paths]
        paths = {d.path for d in shared if d and any(cell.cell == request.cell for cell in d.cells)}
        if len(paths) != 1:
            raise NotebookUnknown(
                "Several notebooks use this kernel, and which of them this cell belongs to cannot be known. "
                "Nothing was sent.",
                remedy="Give each notebook a kernel of its own: Kernel → Change Kernel.",
            )
    return request.model_copy(update={"path": paths.pop()}) if paths else request
