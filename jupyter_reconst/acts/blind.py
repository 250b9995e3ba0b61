"""Two replies compared by a judge that does not know which is which: once in each order, and only agreement counts."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from jupyter_reconst.acts.call import called, recorded
from jupyter_reconst.core.errors import TooLong
from jupyter_reconst.core.impact import Choice
from jupyter_reconst.core.ports import Model, Ports
from jupyter_reconst.core.turns import Message, Reply
from jupyter_reconst.prompts.judging import JUDGING, comparison
from jupyter_reconst.prompts.replies import better

_PLACES: tuple[dict[int | None, Choice], ...] = (
    {0: "neither", 1: "before", 2: "after"},
    {0: "neither", 1: "after", 2: "before"},
)
"""Which reply stands first, in either order."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What was said in either order, and how many of both were on record."""

    first: Choice
    second: Choice
    saved: int = 0

    @property
    def agreed(self) -> Choice | None:
        """What both say, where they do."""
        return self.first if self.first == self.second != "unread" else None


async def compared(ports: Ports, model: Model, correction: str, prompt: str, before: str, after: str) -> Answers:
    """Ask for both. What is too long to ask, or cannot be read, is no answer. Raises ModelError and BudgetSpent."""

    async def ask(messages: tuple[Message, ...]) -> Reply | None:
        try:
            return await called(ports, model, messages, JUDGING)
        except TooLong:
            return None

    first, second = await _both(ask, model, correction, prompt, before, after)
    return _read(first, second)


async def recalled(ports: Ports, model: Model, correction: str, prompt: str, before: str, after: str) -> Answers | None:
    """What is on record of both; None where one of them never was asked."""

    async def look(messages: tuple[Message, ...]) -> Reply | None:
        return await recorded(ports, model, messages, JUDGING)

    first, second = await _both(look, model, correction, prompt, before, after)
    return _read(first, second) if first is not None and second is not None else None


async def _both(
    ask: Callable[[tuple[Message, ...]], Awaitable[Reply | None]],
    model: Model,
    correction: str,
    prompt: str,
    before: str,
    after: str,
) -> list[Reply | None]:
    """Both orders, at once. The first failure is raised once none is under way: what is paid for is recorded."""
    orders = ((before, after), (after, before))
    questions = (comparison(correction, prompt, *order, embedded=model.info.embedded) for order in orders)
    found: list[Reply | None] = []
    for one in await asyncio.gather(*map(ask, questions), return_exceptions=True):
        if isinstance(one, BaseException):
            raise one
        found.append(one)
    return found


def _read(*said: Reply | None) -> Answers:
    first, second = (
        place.get(better(reply.text), "unread") if reply is not None else "unread"
        for place, reply in zip(_PLACES, said, strict=True)
    )
    return Answers(first, second, sum(reply.cached for reply in said if reply is not None))
