"""Before ratifying, or of what is in force: articles that clash, articles that change nothing, the token budget."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from jupyter_reconst.core.amendments import Amendment
from jupyter_reconst.core.nouns import Clause, Id, Line, Noun, Path, Prose
from jupyter_reconst.core.requests.asking import Failed, Waiting


class Clashes(Noun):
    """Look for clashes in what is in force, or between an amendment and the rest.

    An estimate asks nobody: it gives what is on record, and what the rest would take.
    """

    id: Id
    path: Path
    amendment: Amendment | None = None
    estimate: bool = False


class Weight(Noun):
    """What an article takes of the token budget; `beyond`: with those before it, more than there is."""

    article: Id
    title: Line
    tokens: int = Field(ge=0)
    beyond: bool


class Weighed(Noun):
    """The articles in their order against the token budget. Earlier ones are followed better."""

    type: Literal["weighed"] = "weighed"
    articles: tuple[Weight, ...]
    tokens: int = Field(ge=0, description="Of all that is sent before the conversation, its frame included")
    budget: int = Field(ge=0)


class Side(Noun):
    """One of two articles, judged by itself: whether the reply follows it. None where that cannot be told."""

    article: Id
    title: Line
    followed: bool | None = None


class Clash(Noun):
    """Two articles that a model holds to clash, a question where both apply, and what was really answered there."""

    type: Literal["clash"] = "clash"
    sides: tuple[Side, ...] = Field(min_length=2, max_length=2)
    why: Clause
    prompt: Prose
    reply: Prose


class Opposed(Noun):
    """Two articles that a prover finds to apply together and not to be followed together, as a model reads them."""

    type: Literal["opposed"] = "opposed"
    sides: tuple[Side, ...] = Field(min_length=2, max_length=2)
    demands: tuple[Clause, ...] = Field(
        min_length=2, max_length=2, description="What each of them demands that cannot be done together"
    )
    where: tuple[Clause, ...] = Field(default=(), description="A situation in which both apply; none: everywhere")
    given: tuple[Clause, ...] = Field(default=(), description="Taken as given: of each of these, one at most is so")
    by: tuple[Line, ...] = ()
    why: Clause = Field(description="The same in one paragraph")


class DeadWeight(Noun):
    """An article without which none of these replies was any different."""

    type: Literal["dead_weight"] = "dead_weight"
    article: Id
    title: Line
    tried: int = Field(ge=1, description="Kept cases of it, and past questions where its WHEN fires")
    high: float = Field(ge=0, le=1, description="It may still change up to this share of such replies")


class Searched(Noun):
    """How far the search has come."""

    type: Literal["searched"] = "searched"
    status: Literal["estimated", "running", "done", "stopped", "failed"]
    pairs: int = Field(ge=0, description="Pairs of articles that are compared, nearest first")
    articles: int = Field(ge=0, description="Articles that are left out in turn")
    expected: int = Field(ge=0, description="Calls, about; each clash that is not on record takes three more")
    done: int = Field(default=0, ge=0, description="Pairs and articles that are through")
    unread: int = Field(default=0, ge=0, description="Of these, where the model's answer could not be used")
    calls: int = Field(default=0, ge=0, description="Calls made for this search; what is recorded takes none")
    cost: float | None = None


ClashEvent = Annotated[
    Weighed | Clash | Opposed | DeadWeight | Searched | Waiting | Failed,
    Field(discriminator="type"),
]
