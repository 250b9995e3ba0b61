"""Probe harder: the next prompts at the edge of a wording's WHEN, until the model knows of no new ones."""

from __future__ import annotations

from collections.abc import Iterable

from jupyter_reconst.acts.probe import Wish, generated
from jupyter_reconst.acts.written import edges, writes
from jupyter_reconst.core.impact import Probe
from jupyter_reconst.core.ports import Model, Ports

BATCH = 8


async def harder(ports: Ports, model: Model, wish: Wish, known: Iterable[str]) -> tuple[Probe, ...]:
    """The next batch, half of it just inside WHEN and half just outside; `known` prompts never come again.

    Empty where the model has no new ones twice in a row, failed, or is one that writes none. The same known prompts
    give the same batch from the record, so an interrupted run goes on without paying again.
    """
    if not writes(model):
        return ()
    inside, outside = await edges(ports, model, wish.draft.when, wish.question, known, BATCH)

    return (
        *(generated(ports, model, "in", prompt, "WHEN only just fits") for prompt in inside),
        *(generated(ports, model, "near", prompt, "WHEN only just does not fit") for prompt in outside),
    )
