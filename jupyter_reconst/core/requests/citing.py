"""The references of a reply: what is known of them, looking them up, and marking one wrong."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from jupyter_reconst.core.annotations import Annotation
from jupyter_reconst.core.nouns import CellId, Id, Noun, Path, Prose
from jupyter_reconst.core.references.nouns import MarkedReference, Where
from jupyter_reconst.core.requests.asking import Failed


class Cite(Noun):
    """The references of a turn, beside this person's library and what they marked before. Nobody else is asked."""

    turn: Id


class Cited(Noun):
    """They, by place. `registries` are the services that the operator lets them be looked up in."""

    references: tuple[MarkedReference, ...]
    registries: tuple[Where, ...] = ()


class LookUp(Noun):
    """Look up what is not in the library. Sent are a reference's own title, authors, year and identifiers."""

    turn: Id


class LookedUp(Noun):
    """One more reference was looked up everywhere."""

    type: Literal["looked"] = "looked"
    marked: MarkedReference


LookUpEvent = Annotated[LookedUp | Failed, Field(discriminator="type")]


class Wrong(Noun):
    """Mark the reference that begins at `start` of a reply wrong, or take that back.

    `right` is what should stand there, where the person knows it. `reading` is what a reader sees of the output.
    """

    path: Path
    turn: Id
    cell: CellId
    output: int = Field(ge=0)
    start: int = Field(ge=0)
    right: Prose = ""
    reading: str = Field(default="", max_length=256_000)
    undo: bool = False


class Wronged(Noun):
    """How it stands now; the correction of the reply's own words, for the frontend to write into the cell."""

    marked: MarkedReference
    annotation: Annotation | None = None
