"""formalize, verify."""

from __future__ import annotations

from jupyter_reconst.acts import formalize as formalizing
from jupyter_reconst.acts import verify as verifying
from jupyter_reconst.core.requests import Formalize, Formalized, Verify
from jupyter_reconst.doors.server.base import Call


async def formalize(call: Call, request: Formalize) -> Formalized:
    """A passage as premises and a claim, with the prover's verdict."""
    return await formalizing.formalize(call.ports, call.person, request)


async def verify(call: Call, request: Verify) -> Formalized:
    """The verdict on formulas that a person edited."""
    return await verifying.verify(call.ports, request)
