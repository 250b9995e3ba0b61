"""Two articles: can both apply to one reply, and can it then not follow both? One call for a pair, judged by itself.

The call holds the four clauses and nothing else, always in the same order, so its record is a function of the pair:
whoever asks next, for a preview or for the whole constitution, pays nothing, and an edit asks again only about the
pairs of that article.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

from jupyter_reconst.acts.call import recorded
from jupyter_reconst.acts.drafting import content, overlap
from jupyter_reconst.acts.structured import asked
from jupyter_reconst.core.canonical import digest
from jupyter_reconst.core.ports import Model, Ports
from jupyter_reconst.core.turns import Message, Parameters
from jupyter_reconst.prompts import replies
from jupyter_reconst.prompts.asking import conversation, data

_ASKED = Parameters(temperature=0, max_tokens=400, json_schema=replies.CLASH)
_WHY, _PROMPT = 400, 4_000

R = TypeVar("R", bound="Ruled")


class Ruled(Protocol):
    """What has the clauses of a rule: an article or a draft."""

    @property
    def title(self) -> str:
        """Its name."""
        ...

    @property
    def when(self) -> str:
        """When it applies."""
        ...

    @property
    def then(self) -> str:
        """What to do then."""
        ...


@dataclass(frozen=True, slots=True)
class Witness:
    """What a model says of a pair; where it clashes, why, and a question that should show it."""

    clash: bool
    why: str = ""
    prompt: str = ""


async def witness(ports: Ports, model: Model, one: Ruled, other: Ruled) -> Witness | None:
    """Whether two rules clash; None where the model's answer cannot be read."""
    said = replies.clash((await asked(ports, model, _question(one, other), _ASKED)).text)
    return Witness(said[0], said[1][:_WHY], said[2][:_PROMPT]) if said else None


async def witnessed(ports: Ports, model: Model, one: Ruled, other: Ruled) -> bool:
    """Whether the answer for this pair is recorded, so that it costs nothing."""
    return await recorded(ports, model, _question(one, other), _ASKED) is not None


def nearness(one: Ruled, other: Ruled) -> float:
    """How many words two rules share: those that speak of the same thing are looked at first."""
    return overlap(_said(f"{one.title} {clauses(one)}"), _said(f"{other.title} {clauses(other)}"))


@lru_cache(maxsize=1_024)
def _said(text: str) -> frozenset[str]:
    """The words of a rule, kept: of five hundred, each is compared with all the others."""
    return content(text)


def nearest(rule: Ruled, others: Iterable[R], most: int) -> list[R]:
    """The rules that are nearest to one; equally near ones in their own order."""
    return sorted(others, key=lambda other: -nearness(rule, other))[:most]


def clauses(rule: Ruled) -> str:
    """A rule's clauses, for a model to read as data."""
    return f"WHEN {rule.when.strip()}\nTHEN {rule.then.strip()}"


def _question(one: Ruled, other: Ruled) -> tuple[Message, ...]:
    first, second = sorted((clauses(one), clauses(other)), key=digest)
    return conversation("clash", one=data("rule", first), other=data("rule", second))
