"""Prompts that the model writes to try a wording on. A small model and a recording write none; what cannot be read, or
is not there because the model failed, leaves its bin short and is never an error.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence

from jupyter_reconst.acts.distance import distance, plain
from jupyter_reconst.acts.pairs import R, Witness, nearest, witness
from jupyter_reconst.acts.structured import asked
from jupyter_reconst.core.constitution import Draft
from jupyter_reconst.core.errors import ReconstError
from jupyter_reconst.core.ports import Model, Ports
from jupyter_reconst.core.turns import Message, Parameters
from jupyter_reconst.prompts import replies
from jupyter_reconst.prompts.asking import conversation, data

TWINS = 3
"""Questions that are written once more without their trigger, at most."""
PAIRED = 8
"""Articles, nearest first, that a wording is compared with to find those that it clashes with."""
_SHOWN = 4_000
_KNOWN = 60
"""Known questions that are shown to a model that should write new ones."""
_ALIKE = 0.6
"""A twin is no further than this from its question, in words: otherwise more than the trigger was changed."""


def writes(model: Model) -> bool:
    """Whether a model is asked to write prompts."""
    return not (model.info.embedded or model.info.recording)


async def neighbours(ports: Ports, model: Model, question: str, words: str, count: int) -> tuple[str, ...]:
    """Questions inside the category of one, outside its topic."""
    messages = conversation(
        "neighbours",
        count=str(count),
        prompt=data("question", question[:_SHOWN]),
        words=data("highlighted words", words[:_SHOWN]) if words else "",
    )
    parameters = Parameters(max_tokens=200 + 160 * count, json_schema=replies.PROMPTS)
    return replies.prompts(await _said(ports, model, messages, parameters))[:count]


async def twins(ports: Ports, model: Model, when: str, questions: Sequence[str]) -> tuple[str, ...]:
    """Minimal pairs: the first questions once more, without what WHEN asks for."""
    chosen = tuple(dict.fromkeys(questions))[:TWINS]
    if not chosen:
        return ()
    listed = "\n".join(data("question", question[:_SHOWN]) for question in chosen)
    messages = conversation("twins", when=data("condition", when), prompts=listed)
    parameters = Parameters(max_tokens=200 + 300 * len(chosen), json_schema=replies.TWINS)
    found = replies.twins(await _said(ports, model, messages, parameters))
    near = (twin for twin in found if 0 < min(distance(twin, question) for question in chosen) <= _ALIKE)
    return tuple(near)[: len(chosen)]


async def witnesses(ports: Ports, model: Model, draft: Draft, others: Iterable[R]) -> list[tuple[R, Witness]]:
    """The nearest articles that a wording clashes with, each with a question where both apply."""
    near = nearest(draft, others, PAIRED)
    found = await asyncio.gather(*(_witness(ports, model, draft, other) for other in near))
    return [(other, said) for other, said in zip(near, found, strict=True) if said is not None and said.clash]


async def edges(
    ports: Ports, model: Model, when: str, question: str, known: Iterable[str], count: int
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """New questions just inside a condition, and just outside of it.

    A model that only repeats what is known is asked once more; that it has no new ones twice is an answer.
    """
    said = [known for known in known if known.strip()]
    seen = {_spelt(known) for known in said}
    messages = conversation(
        "edges",
        count=str(count),
        when=data("condition", when),
        prompt=data("question", question[:_SHOWN]),
        known=data("known questions", "\n".join(f"- {' '.join(known.split())[:300]}" for known in said[-_KNOWN:])),
    )
    parameters = Parameters(max_tokens=200 + 160 * count, json_schema=replies.EDGES)
    for sample in range(2):
        sides = replies.edges(await _said(ports, model, messages, parameters, sample=sample))
        inside, outside = (tuple(one for one in side if _spelt(one) not in seen)[: count // 2] for side in sides)
        if inside or outside:
            return inside, outside
    return (), ()


async def _said(
    ports: Ports, model: Model, messages: tuple[Message, ...], parameters: Parameters, *, sample: int = 0
) -> str:
    try:
        return (await asked(ports, model, messages, parameters, sample=sample)).text
    except ReconstError:
        return ""


async def _witness(ports: Ports, model: Model, draft: Draft, other: R) -> Witness | None:
    try:
        return await witness(ports, model, draft, other)
    except ReconstError:
        return None


def _spelt(question: str) -> str:
    return plain(question).casefold()
