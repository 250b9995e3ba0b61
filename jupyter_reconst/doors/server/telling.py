"""sent."""

from __future__ import annotations

from jupyter_reconst.acts import sent as sending
from jupyter_reconst.core.requests import AskSent, WasSent
from jupyter_reconst.doors.server.base import Call


async def sent(call: Call, request: AskSent) -> WasSent:
    """What a model was sent for something that it wrote."""
    return await sending.sent(call.ports, call.person, request)
