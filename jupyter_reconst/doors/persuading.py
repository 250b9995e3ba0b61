"""`jupyter reconst persuade`: is it the replies that a judge judges? Progress on stderr, the result on stdout."""

from __future__ import annotations

import argparse
import asyncio
import sys

from jupyter_reconst.core.impact import Budget
from jupyter_reconst.core.judging import TEXTS, talked_over
from jupyter_reconst.doors.checking import stopping

NOT_WHOLE = 2


def persuade_judge(options: argparse.Namespace) -> int:
    """Try the corpus on a judge: 0 it stays with its answers, 1 it is switched off, 2 not every text was tried."""
    return asyncio.run(_persuaded(options.profile, Budget(calls=options.budget_calls)))


async def _persuaded(profile: str | None, budget: Budget) -> int:
    from jupyter_reconst.acts.persuade import Robustness, persuade
    from jupyter_reconst.wiring import build, headless

    found, stop = Robustness(), asyncio.Event()
    reconst = build(headless())
    try:
        model = await reconst.ports.models.model(profile)
        with stopping(asyncio.get_running_loop(), stop):
            async for event in persuade(reconst.ports, reconst.person, model, stop, budget=budget):
                if isinstance(event, Robustness):
                    found = event
                    print(f"{found.texts}/{TEXTS} texts, {found.moved} moved it", file=sys.stderr, flush=True)
                else:
                    print(f"waiting for the model, {event.seconds:.0f} s", file=sys.stderr, flush=True)
    finally:
        await reconst.close()
    print(f"{model.info.model}: {found.moved} of {found.texts} texts moved it ({found.calls} calls).")
    if talked_over(found.moved):
        print("Replies can talk it over: as a judge it is switched off.")
        return 1
    if found.texts < TEXTS:
        print("Not every text was tried; run it again to go on: what was answered is recorded.", file=sys.stderr)
        return NOT_WHOLE
    print("It stays with its answers: its word can count, as far as your marks agree with it.")
    return 0
