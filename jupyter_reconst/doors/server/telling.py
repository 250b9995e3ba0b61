"""sent, tell, report."""

from __future__ import annotations

from jupyter_reconst.acts import sent as sending
from jupyter_reconst.acts import tell as telling
from jupyter_reconst.core.requests import AskSent, Tell, Told, WasSent
from jupyter_reconst.core.requests.sharing import Written
from jupyter_reconst.doors.reporting import accounts
from jupyter_reconst.doors.server.base import Call


async def sent(call: Call, request: AskSent) -> WasSent:
    """What a model was sent for something that it wrote."""
    return await sending.sent(call.ports, call.person, request)


async def tell(call: Call, request: Tell) -> Told:
    """What a report would say."""
    return await telling.tell(call.ports, call.person, request, _accounts(call))


async def report(call: Call, request: Tell) -> Written:
    """The report as a file."""
    return await telling.written(call.ports, call.person, request, _accounts(call))


def _accounts(call: Call) -> set[str]:
    """The names that whoever asks has on this machine and to this server."""
    user = call.handler.current_user
    return accounts() | {getattr(user, name, None) or "" for name in ("username", "name", "display_name")}
