"""Sharing: what a file brings, what a notebook hands on, and two constitutions beside each other."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from jupyter_reconst.core.comparing import Comparison
from jupyter_reconst.core.constitution import Constitution
from jupyter_reconst.core.impact import Probe
from jupyter_reconst.core.nouns import Digest, Id, Noun, Path
from jupyter_reconst.core.requests.asking import Failed, Waiting
from jupyter_reconst.core.requests.documents import Review
from jupyter_reconst.core.requests.previewing import Row
from jupyter_reconst.core.versions import Version

Format = Literal["markdown", "agents", "claude", "copilot", "cursor", "model-spec", "prompt"]


class TextFile(Noun):
    """A text that a person picked or dropped. Of a notebook, its metadata are enough."""

    name: Annotated[str, Field(min_length=1, max_length=300)]
    text: str = Field(description="At most 2 MiB of UTF-8")
    part: bool = Field(default=False, description="It holds only some articles of the pack that it is named for")


class Bring(Noun):
    """Look at what a file would bring into a notebook."""

    path: Path
    file: TextFile


class Note(Noun):
    """Something else that there is to know of a file: what it is, and what it is about."""

    says: str
    about: tuple[str, ...] = ()


class Brought(Noun):
    """What a file brings, to be read; nothing of it is in the notebook, and nothing is sent."""

    review: Review
    notes: tuple[Note, ...] = ()


class Adopt(Noun):
    """Take what was ticked of a file into the notebook, and into force: exactly the constitution that was read."""

    id: Id
    path: Path
    file: TextFile
    digest: Digest
    articles: tuple[Id, ...] = Field(max_length=500)
    preamble: bool = False


class Export(Noun):
    """Write the notebook's constitution down for others."""

    path: Path
    format: Format


class Exportable(Noun):
    """One way to write it: the file's name, and what goes along."""

    format: Format
    file: str
    says: str


class Exports(Noun):
    """The ways to write a notebook's constitution."""

    formats: tuple[Exportable, ...]


class Written(Noun):
    """The file, as it is sent: its text and nothing else."""

    file: str
    text: str


class Diff(Noun):
    """Compare the notebook's constitution with a file's, or with how it was after a revision; with neither, list these.

    The comparison runs from the earlier to the later: from a revision to now, from now to the file.
    """

    path: Path
    file: TextFile | None = None
    revision: Id | None = None


class Differs(Noun):
    """What differs; and every revision that there is to compare with, newest first."""

    versions: tuple[Version, ...]
    comparison: Comparison | None = None
    other: Constitution | None = Field(default=None, description="What the notebook is compared with, in full")
    digest: Digest | None = Field(default=None, description="Of that")
    problems: tuple[str, ...] = ()


class Restore(Noun):
    """Let the notebook read as it did after a revision, as it was read there: by new revisions, nothing is deleted."""

    id: Id
    path: Path
    revision: Id
    digest: Digest


class Undo(Noun):
    """Take back what was adopted or restored, while nothing has followed it."""

    id: Id
    path: Path
    change: Id


class Rehearse(Noun):
    """Try ticked articles on the person's own turns, for these calls alone: of a file, or of what the notebook carries.

    An estimate asks nobody.
    """

    id: Id
    path: Path
    file: TextFile | None = None
    digest: Digest
    articles: tuple[Id, ...] = Field(max_length=500)
    preamble: bool = False
    estimate: bool = False


class Rehearsal(Noun):
    """How far a rehearsal has come. Costs in US dollars, none where the price is unknown."""

    type: Literal["rehearsal"] = "rehearsal"
    status: Literal["estimated", "running", "done", "stopped"]
    model: str
    probes: tuple[Probe, ...]
    most: int = Field(ge=0, description="Calls at most, without those that are recorded")
    price: float | None = Field(default=None, description="Of these")
    calls: int = Field(default=0, ge=0)
    cost: float | None = None


RehearseEvent = Annotated[Rehearsal | Row | Waiting | Failed, Field(discriminator="type")]
