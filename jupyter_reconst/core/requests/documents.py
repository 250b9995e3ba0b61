"""The open document, and what is in force in it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from jupyter_reconst.core.agreeing import Agreeing
from jupyter_reconst.core.constitution import Article, Case, Conflict, Constitution, Scope
from jupyter_reconst.core.nouns import Digest, Id, Line, Noun, Path
from jupyter_reconst.core.ports import CellState
from jupyter_reconst.core.scoring import WhenScore
from jupyter_reconst.core.styles import Named


class Sync(Noun):
    """What the frontend says of an open document on every change: our metadata keys, and the cells in order."""

    path: Path
    metadata: dict[str, Any] = Field(description="The notebook metadata keys that are ours")
    cells: tuple[CellState, ...] = ()


class Opened(Noun):
    """Whether a page has told of the notebook and not let go of it."""

    live: bool


class Sent(Noun):
    """One article as the model reads it."""

    article: Id
    text: str
    tokens: int


class Around(Noun):
    """The file of a farther scope, and where it is."""

    scope: Scope
    place: str


class Scores(Noun):
    """How each WHEN in force does against the person's own marks."""

    scores: tuple[WhenScore, ...] = ()


class Review(Noun):
    """A constitution this person has not accepted, beside what is in force. Nothing of it is sent."""

    digest: Digest
    constitution: Constitution
    same: tuple[Id, ...] = Field(default=(), description="Articles identical to accepted ones")
    invisible: tuple[Spelled, ...] = Field(
        default=(), description="Texts with hidden characters; they block acceptance"
    )
    hints: tuple[Hint, ...] = ()


class Spelled(Noun):
    """A text with its invisible characters spelled out as ⟦U+E0041⟧."""

    article: Id | None = Field(default=None, description="None for the preamble")
    where: str
    text: str
    count: int


class Hint(Noun):
    """Something a reader should look at twice; a hint, never a guarantee."""

    article: Id | None
    kind: Literal["address", "secrecy"]
    text: str


class InForce(Noun):
    """What a turn would be sent with, now, in this notebook, for this person."""

    notebook: Id
    origin: Id | None = None
    identify: bool = Field(
        default=False, description="The frontend must write `reconst` metadata with this notebook id"
    )
    digest: Digest
    constitution: Constitution
    preface: str = Field(
        description="Exactly what the model reads before the conversation; empty when nothing is in force"
    )
    tokens: int
    sent: tuple[Sent, ...] = ()
    around: tuple[Around, ...] = ()
    cases: tuple[Case, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    review: Review | None = None
    agreeing: Agreeing = Agreeing()
    problems: tuple[str, ...] = ()
    style: Line = Field(default="", description="The notebook's style, under which its prompts are asked")
    styles: tuple[Named, ...] = Field(default=(), description="The styles that there are")
    unknown: tuple[Id, ...] = Field(default=(), description="Turns recorded in outputs that this store does not have")
    pending: tuple[Change, ...] = Field(default=(), description="Ratified, but not yet in the notebook")


class Change(Noun):
    """What the frontend must write into the notebook's metadata, and the digest that results."""

    id: Id
    article: Article | None = None
    writes: dict[str, Any] = Field(default_factory=dict)
    removes: tuple[str, ...] = ()
    digest: Digest


Review.model_rebuild()
InForce.model_rebuild()
