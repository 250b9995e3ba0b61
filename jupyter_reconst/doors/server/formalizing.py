"""formalize, verify, pin."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import aclosing

from jupyter_reconst.acts import formalize as formalizing
from jupyter_reconst.acts import pin as pinning
from jupyter_reconst.acts import verify as verifying
from jupyter_reconst.core.requests import Change, Formalize, Formalized, FormalizeEvent, Pin, Verify
from jupyter_reconst.doors.server.base import Call


async def formalize(call: Call, request: Formalize) -> AsyncGenerator[FormalizeEvent, None]:
    """A passage as premises and a claim, with the prover's verdict, as they come."""
    async with aclosing(formalizing.formalize(call.ports, call.person, request)) as events:
        async for event in events:
            yield event


async def verify(call: Call, request: Verify) -> Formalized:
    """The verdict on formulas that a person edited."""
    return await verifying.verify(call.ports, request)


async def pin(call: Call, request: Pin) -> Change:
    """An argument with its verdict, as a case."""
    return await pinning.pin(call.ports, call.person, request)
