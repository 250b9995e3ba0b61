"""ratify, accept, history, forget, retain."""

from __future__ import annotations

from jupyter_reconst.acts import accept as accepting
from jupyter_reconst.acts import forget as forgetting
from jupyter_reconst.acts import history as remembering
from jupyter_reconst.acts import ratify as ratifying
from jupyter_reconst.acts import retain as retaining
from jupyter_reconst.core.requests import (
    Accept,
    AskHistory,
    Change,
    Done,
    Forget,
    Forgotten,
    History,
    InForce,
    Ratify,
    Retain,
)
from jupyter_reconst.doors.server.base import Call


async def ratify(call: Call, request: Ratify) -> Change:
    """Make an amendment law."""
    return await ratifying.ratify(call.ports, call.person, request)


async def accept(call: Call, request: Accept) -> InForce:
    """Take what the notebook carries."""
    return await accepting.accept(call.ports, call.person, request)


async def history(call: Call, request: AskHistory) -> History:
    """What this person did."""
    return await remembering.history(call.ports, call.person, request)


async def forget(call: Call, request: Forget) -> Forgotten:
    """Erase a turn's text."""
    return await forgetting.forget(call.ports, call.person, request)


async def retain(call: Call, request: Retain) -> Done:
    """How long turns are kept."""
    return await retaining.retain(call.ports, call.person, request)
