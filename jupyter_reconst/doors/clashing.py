"""`jupyter reconst clashes`: progress on stderr, what was found on stdout, and an exit status."""

from __future__ import annotations

import argparse
import asyncio
import sys
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING

from jupyter_reconst.core.errors import ReconstError
from jupyter_reconst.core.impact import Budget
from jupyter_reconst.core.requests import Clash, ClashEvent, DeadWeight, Failed, Opposed, Searched, Waiting, Weighed
from jupyter_reconst.core.visible import spelled
from jupyter_reconst.doors.checking import say, stopping

if TYPE_CHECKING:
    from jupyter_reconst.acts.meter import Metered
    from jupyter_reconst.wiring import Reconst

NONE, FOUND, NOT_ALL = 0, 1, 2
"""Exit statuses."""

_SAID = {True: "followed", False: "not followed", None: "cannot tell"}


def find_clashes(options: argparse.Namespace) -> int:
    """Look in each notebook: 0 no articles clash, 1 some do, 2 not everything was looked at."""
    try:
        return asyncio.run(_found(options))
    except ReconstError as error:
        say(error.problem())
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
    return NOT_ALL


async def _found(options: argparse.Namespace) -> int:
    from jupyter_reconst.acts.gate import bounded, named
    from jupyter_reconst.acts.meter import Metered
    from jupyter_reconst.wiring import build, headless

    config = headless()
    reconst = build(config)
    budget = Budget(calls=0 if options.estimate else options.budget_calls, dollars=options.budget_dollars)
    stop = asyncio.Event()
    statuses = []
    try:
        asked = await named(reconst.ports, options.profile)
        bounded(budget, asked.info)
        with stopping(asyncio.get_running_loop(), stop):
            for path in {path.resolve(): str(path) for path in options.notebooks}.values():
                model = Metered(asked, budget)
                statuses.append(await _looked(reconst, path, model, stop, options, config.token_budget))
                budget = budget.beyond(-model.calls, -(model.cost or 0.0))
    finally:
        await reconst.close()
    if NOT_ALL in statuses and not options.estimate:
        print("Not everything was looked at; what was answered is recorded: run it again to go on.", file=sys.stderr)
    return FOUND if FOUND in statuses else max(statuses)


async def _looked(
    reconst: Reconst, path: str, model: Metered, stop: asyncio.Event, options: argparse.Namespace, tokens: int
) -> int:
    """Look in one notebook, and tell what is found as it is."""
    from jupyter_reconst.acts.clash import carried_clashes

    accept = frozenset(digest.lower() for digest in options.accept)
    found, whole = 0, False
    try:
        async for event in carried_clashes(
            reconst.ports, reconst.person, path, model, stop, accept=accept, budget=tokens, estimate=options.estimate
        ):
            found += isinstance(event, Clash | Opposed)
            whole = isinstance(event, Searched) and event.status == "done" and not event.unread
            _tell(Path(path).name, event)
    except ReconstError as error:
        say(error.problem())
    return FOUND if found else NONE if whole else NOT_ALL


def _tell(name: str, event: ClashEvent) -> None:
    match event:
        case Weighed():
            late = [f"“{weight.title}”" for weight in event.articles if weight.beyond]
            if late:
                said = f"{event.tokens} tokens, of a budget of {event.budget}; beyond it: {', '.join(late)}."
                print(spelled(f"{name}: {said}"))
        case Clash():
            one, other = event.sides
            print(spelled(f"{name}: “{one.title}” and “{other.title}” may clash. {event.why}"))
            for said, text in (("asked", event.prompt), ("answered", event.reply)):
                print(spelled(f"    {said}: {shorten(text, 400, placeholder='…')}"))
            for side in event.sides:
                print(spelled(f"    “{side.title}”: {_SAID[side.followed]}"))
        case Opposed():
            one, other = event.sides
            print(
                spelled(f"{name}: “{one.title}” and “{other.title}” cannot both be followed ({', '.join(event.by)}).")
            )
            print(spelled(f"    both apply: {'; '.join(event.where) or 'always'}"))
            for side, demand in zip(event.sides, event.demands, strict=True):
                print(spelled(f"    “{side.title}” asks for: {demand}"))
            for said in event.given:
                print(spelled(f"    taken as given, never at once: {said}"))
        case DeadWeight():
            without = f"without it, none of {event.tried} replies was any different"
            print(spelled(f"{name}: “{event.title}” changes nothing: {without}; up to {event.high:.0%} may still be."))
        case Searched(status="running"):
            print(f"{event.done}/{event.pairs + event.articles} looked at: {name}", file=sys.stderr, flush=True)
        case Searched(status="estimated"):
            calls = _counted(event.expected, "call")
            print(f"{name}: {_looks(event)}: about {calls}, and three more for each new clash.")
        case Searched():
            unread = f", {_counted(event.unread, 'answer')} not read" if event.unread else ""
            cost = "cost unknown" if event.cost is None else f"${event.cost:.4f}"
            print(f"{name}: {_looks(event)}{unread} ({event.status}, {_counted(event.calls, 'call')}, {cost}).")
        case Waiting():
            print(f"waiting for the model, {event.seconds:.0f} s", file=sys.stderr, flush=True)
        case Failed():
            say(event.problem)


def _looks(event: Searched) -> str:
    return f"{_counted(event.pairs, 'pair')} of articles, {_counted(event.articles, 'article')} left out in turn"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number != 1 else ''}"
