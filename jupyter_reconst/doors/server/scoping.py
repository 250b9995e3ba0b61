"""promote, demote."""

from __future__ import annotations

from jupyter_reconst.acts import demote as demoting
from jupyter_reconst.acts import promote as promoting
from jupyter_reconst.core.requests import Change, Demote, Promote
from jupyter_reconst.doors.server.base import Call


async def promote(call: Call, request: Promote) -> Change:
    """Move an article to a farther scope."""
    return await promoting.promote(call.ports, call.person, request)


async def demote(call: Call, request: Demote) -> Change:
    """Take a promotion back."""
    return await demoting.demote(call.ports, call.person, request)
