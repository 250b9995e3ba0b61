"""Other answers to a turn: asked otherwise, laid side by side, one kept; and a reply as it should have been."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from jupyter_reconst.core.annotations import Annotation
from jupyter_reconst.core.errors import Problem
from jupyter_reconst.core.nouns import CellId, Id, Line, Noun, Path, Prose
from jupyter_reconst.core.requests.asking import Failed, Text, Waiting
from jupyter_reconst.core.requests.correcting import Finished
from jupyter_reconst.core.turns import TurnRecord

WAYS = 12
"""In how many ways a turn may be asked at once."""


class Way(Noun):
    """How to ask a turn once more; `id` is that of the turn that it becomes. What is not said stays as it was.

    An empty `style` is the notebook's, “none” is none. `with` and `without` say of articles in force whether they are
    sent, fit or not.
    """

    id: Id
    prompt: Prose | None = None
    profile: Line | None = None
    model: Line | None = None
    style: Line | None = None
    with_: tuple[Id, ...] = Field(default=(), alias="with", max_length=200)
    without: tuple[Id, ...] = Field(default=(), max_length=200)
    anew: bool = Field(default=True, description="Ask also where exactly this has an answer")


class Vary(Noun):
    """Ask a turn in these ways. A way that has been asked is shown again; `id` stops those that are still asked."""

    id: Id
    path: Path
    turn: Id
    ways: tuple[Way, ...] = Field(min_length=1, max_length=WAYS)


class AskVariants(Noun):
    """What has been answered to what this turn was asked, and what asking it in these ways would take."""

    path: Path
    turn: Id
    ways: tuple[Way, ...] = Field(default=(), max_length=WAYS)


class Variant(Noun):
    """Another answer to a turn, whole or as far as it came. `differs` says how it was asked otherwise, in words.

    `way` asks it once more, as a turn with the id that it names.
    """

    type: Literal["variant"] = "variant"
    slot: int = 0
    record: TurnRecord
    differs: tuple[Line, ...] = ()
    way: Way


class Variants(Noun):
    """A turn, the other answers to it, oldest first, and an estimate: calls, dollars (none where unknown)."""

    shown: TurnRecord
    variants: tuple[Variant, ...] = ()
    calls: int = Field(default=0, ge=0, description="Model calls that the ways would take")
    cost: float | None = None
    problem: Problem | None = Field(default=None, description="Why one of the ways cannot be asked")


VaryEvent = Annotated[Variant | Text | Waiting | Failed | Finished, Field(discriminator="type")]


class Keep(Noun):
    """Let a cell show this turn instead of that one. `undoes` takes an earlier keeping back."""

    id: Id
    path: Path
    cell: CellId
    turn: Id
    instead: Id
    undoes: Id | None = None


class Edit(Noun):
    """A reply as it should have been. `reading` is what a reader sees of it in the cell's output, as far as 256 kB."""

    path: Path
    turn: Id
    cell: CellId
    output: int = Field(ge=0)
    text: Prose
    reading: str = Field(default="", max_length=256_000)


class Edited(Noun):
    """What was changed, as corrections of the words that the reply said. The frontend writes them into the cell."""

    annotations: tuple[Annotation, ...]
