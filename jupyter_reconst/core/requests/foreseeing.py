"""What adopting something would do to the kept cases of a notebook, before it is adopted."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from jupyter_reconst.core.checks import Shown
from jupyter_reconst.core.constitution import Case
from jupyter_reconst.core.impact import Budget
from jupyter_reconst.core.nouns import Digest, Noun
from jupyter_reconst.core.requests.asking import Failed, Waiting
from jupyter_reconst.core.requests.sharing import Rehearse

Effect = Literal["regression", "unsure", "intended", "unchanged"]
"""regression: it held and would not any more. intended: it would hold again. unsure: the replies do not decide."""

EFFECTS: tuple[Effect, ...] = ("regression", "unsure", "intended", "unchanged")
"""As they are shown: what one must look at first."""


class Foresee(Rehearse):
    """Replay the kept cases under what is in force, and under it with the ticked articles, for these calls alone.

    An estimate asks nobody; it says in `accept` what would be sent, and only that is.
    """

    accept: Digest | None = None
    budget: Budget = Budget()


class Foreseen(Noun):
    """One kept case, and what it shows without and with what was ticked."""

    type: Literal["foreseen"] = "foreseen"
    case: Case
    article: str = Field(description="The title of the case's article")
    before: Shown
    after: Shown
    effect: Effect


class Foresight(Noun):
    """What is sent, and how far it has come. Costs in US dollars, none where the price is unknown."""

    type: Literal["foresight"] = "foresight"
    status: Literal["estimated", "running", "done", "stopped"]
    model: str
    accept: Digest = Field(description="Of everything that is sent: both constitutions, and each case")
    articles: tuple[str, ...] = Field(description="The titles of the articles that are sent for these calls alone")
    prompts: tuple[str, ...] = Field(description="Of the kept cases, with hidden characters spelled out")
    most: int = Field(ge=0, description="Calls at most: replies that differ are asked for again")
    calls: int = Field(default=0, ge=0)
    cost: float | None = None
    left: int = Field(default=0, ge=0, description="Cases that are not decided: stopped, failed, or out of budget")


ForeseeEvent = Annotated[Foresight | Foreseen | Waiting | Failed, Field(discriminator="type")]
