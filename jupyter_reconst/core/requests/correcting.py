"""Steps 2 and 3, highlight and correct."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from jupyter_reconst.core.annotations import Annotation, Source
from jupyter_reconst.core.nouns import Clause, Id, Noun, Path, Prose
from jupyter_reconst.core.requests.asking import Failed, Text, Waiting


class Highlight(Noun):
    """Keep an annotation in the journal. The frontend writes it into the cell's metadata."""

    path: Path
    annotation: Annotation
    reading: str = Field(default="", max_length=256_000, description="The output's text around the highlight")


class Correct(Noun):
    """Candidate corrections for a highlight; `reading` is at most 256 kB of text around it."""

    id: Id
    path: Path
    annotation: Annotation
    reading: str = Field(default="", max_length=256_000)


class Candidate(Noun):
    """One candidate correction, whole. `failure` names the kind of failure that the library found."""

    type: Literal["candidate"] = "candidate"
    slot: int
    text: Prose
    source: Source
    failure: str = ""
    why: Clause = ""
    call: Id | None = Field(default=None, description="What the model was sent for it: ask `sent`")


class Disagrees(Noun):
    """The model argues that the highlighted words were right."""

    type: Literal["disagrees"] = "disagrees"
    text: Prose
    source: Source
    call: Id | None = None


class Slot(Noun):
    """A row has been opened: who is writing it."""

    type: Literal["slot"] = "slot"
    slot: int
    source: Source
    failure: str = ""


class Finished(Noun):
    """No more candidates will come."""

    type: Literal["finished"] = "finished"
    cost: float | None = None


CorrectEvent = Annotated[Slot | Text | Candidate | Disagrees | Waiting | Failed | Finished, Field(discriminator="type")]
