"""submit, vote, govern."""

from __future__ import annotations

from jupyter_reconst.acts import govern as governing
from jupyter_reconst.acts import submit as submitting
from jupyter_reconst.acts import vote as voting
from jupyter_reconst.core.requests import Cast, Change, Govern, Submit
from jupyter_reconst.doors.server.base import Call


async def submit(call: Call, request: Submit) -> Change:
    """Propose a change to the others."""
    return await submitting.submit(call.ports, call.person, request)


async def vote(call: Call, request: Cast) -> Change:
    """Agree, pass or disagree with a proposal."""
    return await voting.vote(call.ports, call.person, request)


async def govern(call: Call, request: Govern) -> Change:
    """Set who must agree before anything becomes law."""
    return await governing.govern(call.ports, call.person, request)
