"""Step 4, amend: candidate amendments and their trials."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from jupyter_reconst.core.amendments import Amendment
from jupyter_reconst.core.annotations import Annotation
from jupyter_reconst.core.constitution import Kind
from jupyter_reconst.core.nouns import Id, Noun, Path
from jupyter_reconst.core.requests.asking import Failed, Text, Waiting
from jupyter_reconst.core.requests.correcting import Finished, Slot


class Propose(Noun):
    """Candidate amendments from one or several corrections: of how to work, or of what is so."""

    id: Id
    path: Path
    annotations: tuple[Annotation, ...] = Field(min_length=1, max_length=20)
    reading: str = Field(default="", max_length=256_000)
    kind: Kind = "process"


class Trial(Noun):
    """What happened when a candidate was tried on the turn it came from."""

    status: Literal["waiting", "running", "passed", "rejected", "untested"]
    fires: bool | None = None
    moved: bool | None = None
    why: str = ""


class Proposal(Noun):
    """A candidate amendment, again each time its trial moves on. Rejected ones are folded under their reason."""

    type: Literal["proposal"] = "proposal"
    slot: int
    amendment: Amendment
    trial: Trial
    call: Id | None = Field(default=None, description="What the model was sent to draft and to try it: ask `sent`")


ProposeEvent = Annotated[Slot | Text | Proposal | Waiting | Failed | Finished, Field(discriminator="type")]
