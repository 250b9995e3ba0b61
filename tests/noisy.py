"""Whole previews of a noisy model: each reply differs a little from the last, and an amendment moves a known share.

A preview goes through the act and the journal that are handed in. One journal holds many: each has an owner of its own,
and a model of its own name, so that no reply of another answers it.
"""

from __future__ import annotations

import asyncio
import math
import random
from dataclasses import dataclass
from typing import Any, Literal

from jupyter_reconst.acts.preview import preview
from jupyter_reconst.acts.previews import preview_state
from jupyter_reconst.acts.repeat import repeat
from jupyter_reconst.core.impact import Budget, Preview
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Journal, ModelInfo, Ports
from jupyter_reconst.core.requests import Progress, Repeat, Watch
from tests.fakes import an_id
from tests.scenes import adding, governed, said, task
from tests.unit.test_preview import PAST, stage, start
from tests.unit.test_preview_bounds import edges

EVERY = adding("any reply is written", "write it otherwise")
WORDS = 40
MOST = 60
"""Probes of a preview at most."""

Noise = Literal["seldom", "always", "wild"]
NOISES: tuple[Noise, ...] = ("seldom", "always", "wild")
"""Seven of ten replies come back word for word; none does; one of ten is another reply altogether.

Where one of ten is, two of the three replies that are compared often lie as far apart as they can, whatever the
amendment does: no test of sixty such rows finds nine of ten effects.
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a preview said: at its end, and at any moment of it."""

    final: Preview
    ever_changed: bool
    ever_harmful: bool


def noisy(seed: int, share: float, noise: Noise, part: tuple[float, float]) -> Any:
    """A model of which the amendment moves this share of the replies, each by a `part` of its words."""
    chance = random.Random(f"noise {seed}")

    def says(messages: Any, parameters: Any) -> str:
        kind = task(messages)
        if kind != "reply":
            return edges(messages, most=10_000) if kind == "edges" else said(fires=False)
        own = random.Random(f"{seed} {messages[-1].content}")
        words = [f"word{own.randrange(500)}" for _ in range(WORDS)]
        moved, length = own.random() < share, round(own.uniform(*part) * WORDS)
        if moved and governed(messages):
            at = own.randrange(WORDS - length + 1)
            words[at : at + length] = [f"other{own.randrange(500)}" for _ in range(length)]
        if noise == "wild":
            again = 1.0 if chance.random() < 0.1 else 0.02
        else:
            again = 0.0 if noise == "seldom" and chance.random() < 0.7 else chance.betavariate(2, 22)
        return " ".join(f"noise{chance.randrange(10_000)}" if chance.random() < again else word for word in words)

    return says


async def previewed(
    seed: int,
    share: float,
    noise: Noise = "seldom",
    *,
    journal: Journal | None = None,
    part: tuple[float, float] = (0.2, 0.6),
    harder: bool = False,
    decide: bool = False,
) -> Seen:
    """Run one preview: of 60 probes at most, or `harder` until its side effects are decided or 600 calls are made.

    `decide` asks again for all that is likely, as a person would.
    """
    fakes, about = await stage(noisy(seed, share, noise, part))
    fakes.model.info = ModelInfo(profile="test", model=f"noisy-{seed}-{share}-{noise}", context=8_192)
    person = Person(owner=fakes.model.info.model, name="Ana Ruiz")
    ports = Ports(journal or fakes.journal, fakes.trust, fakes.documents, fakes.models, fakes.clock, fakes.scopes)
    fakes.trust.texts = {(person.owner, digest): law for (_, digest), law in fakes.trust.texts.items()}
    fakes.documents.open = {(person.owner, path): document for (_, path), document in fakes.documents.open.items()}
    await ports.journal.append(*(line.model_copy(update={"owner": person.owner}) for line in fakes.journal.lines))
    prompts = () if harder else tuple(f"Question {number} of {seed}?" for number in range(MOST - len(PAST) - 9))
    budget = Budget(calls=600) if harder else None
    request = start(about, EVERY, generate=0, prompts=prompts, harder=harder, budget=budget)
    stop, told = asyncio.Event(), list[Preview]()
    async for event in preview(ports, person, request, stop):
        told += [event.preview] if isinstance(event, Progress) else []
    if decide and any(row.certainty == "likely" for row in await _rows(ports, person)):
        async for event in repeat(ports, person, Repeat(preview=request.id), stop):
            told += [event.preview] if isinstance(event, Progress) else []
    evidence = [one.evidence for one in told]
    final = told[-1].model_copy(update={"rows": await _rows(ports, person)})
    return Seen(final, any(e.changed for e in evidence), any(e.side.standing == "harmful" for e in evidence))


async def _rows(ports: Ports, person: Person) -> Any:
    return (await preview_state(ports, person, Watch(preview=an_id(70)))).rows


def chance_of(least: int, tried: int, share: float) -> float:
    """The exact chance that so many or more of so many tries come out, where each does with this share."""
    return sum(math.comb(tried, k) * share**k * (1 - share) ** (tried - k) for k in range(least, tried + 1))
