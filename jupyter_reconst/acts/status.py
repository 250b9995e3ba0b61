"""What the sidebar shows before anything else. Whatever fails, the rest is still said."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from jupyter_reconst.acts.spending import Spending
from jupyter_reconst.core.errors import Problem, ReconstError, StoreError
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import ModelInfo, Ports
from jupyter_reconst.core.requests import Status

_PATIENCE = 2.0
"""Seconds for an endpoint that must be asked which model it has."""


async def status(ports: Ports, person: Person, spending: Spending, *, version: str, store: Problem | None) -> Status:
    """How things are for this person. `store` says why the store cannot be written."""
    spent: tuple[float | None, int] = (None, 0)
    with suppress(StoreError):
        spent = await spending.today(ports, person)
    return Status(
        version=version,
        person=person,
        named=bool(person.name),
        model=await _model(ports),
        store=store,
        spent=spent[0],
        calls=spent[1],
    )


async def _model(ports: Ports) -> ModelInfo | None:
    looking = asyncio.ensure_future(ports.models.model())
    looking.add_done_callback(lambda done: done.cancelled() or done.exception())
    # A slow look goes on, so that the next status knows.
    await asyncio.wait({looking}, timeout=_PATIENCE)
    try:
        return looking.result().info if looking.done() else None
    except ReconstError:
        return None
