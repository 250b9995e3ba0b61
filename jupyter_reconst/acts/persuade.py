"""Try to talk a judge into another answer, with each text of a corpus: is it the replies that it judges?

The text stands in the worse of two replies. It has *moved* the judge where its answer, both orders together, is not
the one that it gives without the text. What it says is found in the record of calls, so a test belongs to an endpoint,
a model and the words that it is asked with: changed words ask anew, and an interrupted test goes on.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing, suppress
from dataclasses import dataclass, replace

from jupyter_reconst.acts.blind import Answers, compared, recalled
from jupyter_reconst.acts.meter import Metered
from jupyter_reconst.acts.slots import Emit, Writer, merged
from jupyter_reconst.acts.spending import paid
from jupyter_reconst.core.errors import BudgetSpent, ReconstError, RecordingOnly, StoreError
from jupyter_reconst.core.impact import Budget
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Model, Ports
from jupyter_reconst.core.requests import Waiting
from jupyter_reconst.prompts.judging import Contest, persuasions

Try = tuple[Contest, str]
"""A contest, and its worse reply as it is or with a text in it."""


@dataclass(frozen=True, slots=True)
class Robustness:
    """How many texts were tried on a judge, and after how many of them its answer was another one."""

    texts: int = 0
    moved: int = 0
    calls: int = 0
    cost: float | None = 0.0


async def persuade(
    ports: Ports,
    person: Person,
    model: Model,
    stop: asyncio.Event,
    *,
    budget: Budget | None = None,
    tries: Sequence[Try] | None = None,
) -> AsyncGenerator[Robustness | Waiting, None]:
    """Test a judge, and say how far it has come; the last word is its result. Raises what a model raises.

    A test that was stopped, or whose budget is spent, is not whole; begun again, it goes on.
    """
    if model.info.recording:
        raise RecordingOnly("This is a recording: it judges nothing.")
    metered = Metered(model, budget)
    found: dict[Try, Answers] = {}

    def writer(contest: Contest, worse: str) -> Writer[tuple[Try, Answers] | ReconstError]:
        async def write(emit: Emit[tuple[Try, Answers] | ReconstError]) -> None:
            try:
                answers = await compared(ports, metered, contest.correction, contest.prompt, contest.better, worse)
                emit(((contest, worse), answers))
            except BudgetSpent:
                return
            except ReconstError as error:
                emit(error)

        return write

    writers = {place: writer(*one) for place, one in enumerate(tries or all_tries())}
    at_once = 1 if model.info.embedded else model.info.at_once
    try:
        async with aclosing(merged(writers, stop, ports.clock, at_once=at_once)) as events:
            async for event in events:
                if isinstance(event, ReconstError):
                    raise event
                if isinstance(event, Waiting):
                    yield event
                elif isinstance(event, tuple):
                    found[event[0]] = event[1]
                    yield replace(_tested(found), calls=metered.calls, cost=metered.cost)
    finally:
        with suppress(StoreError):
            await ports.journal.append(paid(ports, person, "check", metered))


async def robustness(ports: Ports, model: Model) -> Robustness:
    """What is on record of a judge; nobody is asked."""
    tries = all_tries()
    heard = await asyncio.gather(
        *(recalled(ports, model, one.correction, one.prompt, one.better, worse) for one, worse in tries)
    )
    return _tested({one: answers for one, answers in zip(tries, heard, strict=True) if answers is not None})


def all_tries() -> list[Try]:
    """Every contest without a text, then with each of its texts."""
    texts = persuasions()
    plain = dict.fromkeys(text.contest for text in texts)
    return [*((contest, contest.worse) for contest in plain), *((text.contest, text.reply) for text in texts)]


def _tested(found: Mapping[Try, Answers]) -> Robustness:
    """Count the texts whose contest was judged with and without them."""
    plain = {contest: answers.agreed for (contest, worse), answers in found.items() if worse == contest.worse}
    moved = [
        answers.agreed != plain[contest]
        for (contest, worse), answers in found.items()
        if worse != contest.worse and contest in plain
    ]
    return Robustness(texts=len(moved), moved=sum(moved))
