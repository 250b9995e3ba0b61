"""Step 5, preview, and the recorded sample."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from jupyter_reconst.core.amendments import Amendment
from jupyter_reconst.core.annotations import Annotation
from jupyter_reconst.core.constitution import Draft
from jupyter_reconst.core.impact import Bin, Budget, Evidence, Impact, Mark, Preview
from jupyter_reconst.core.nouns import CellId, Clause, Id, Line, Noun, Path, Prose
from jupyter_reconst.core.requests.asking import Failed, Waiting


class StartPreview(Noun):
    """Try an amendment on probes. `prompts` are the person's own, `turns` past ones that they picked."""

    id: Id
    path: Path
    amendment: Amendment
    annotations: tuple[Annotation, ...] = Field(default=(), max_length=20)
    prompts: tuple[Prose, ...] = Field(default=(), max_length=50)
    turns: tuple[Id, ...] = Field(default=(), max_length=50)
    without: tuple[str, ...] = Field(default=(), max_length=500, description="Keys of probes that were dropped")
    generate: int = Field(default=4, ge=0, le=50, description="How many prompts the model writes")
    harder: bool = Field(default=False, description="Go on with edge prompts until the side effects are decided")
    budget: Budget | None = None


class Repeat(Noun):
    """Decide rows of a preview that has ended, by six replies under each law; no probes are all its likely rows."""

    preview: Id
    probes: tuple[Id, ...] = Field(default=(), max_length=200)
    budget: Budget | None = Field(default=None, description="For these repeats alone")


class Judge(Noun):
    """Put the changed rows of a preview that has ended to a judge: two calls a row."""

    preview: Id
    budget: Budget | None = Field(default=None, description="For these calls alone")


class Planned(Noun):
    """How many probes of a bin there will be at most."""

    bin: Bin
    most: int = Field(ge=0)


class Estimate(Noun):
    """What a preview would take at most, harder prompts apart; nobody is asked to find out."""

    model: str
    bins: tuple[Planned, ...]
    probes: int = Field(ge=0)
    calls: int = Field(ge=0, description="Calls at most, without those that are recorded")
    recorded: int = Field(ge=0, description="Calls that are answered from the record, as far as that can be known")
    prompt_tokens: int = Field(ge=0)
    completion_tokens: int = Field(ge=0, description="As long as replies may be, or were so far where nothing bounds")
    cost: float | None = Field(default=None, description="US dollars; none where the price is unknown")


class Watch(Noun):
    """Follow a preview: its state now, then every change until it ends. Looking starts, and leaving stops, nothing."""

    preview: Id


class Progress(Noun):
    """The state of a preview without its rows."""

    type: Literal["progress"] = "progress"
    preview: Preview


class Row(Noun):
    """One row, as it is ready."""

    type: Literal["row"] = "row"
    row: Impact


WatchEvent = Annotated[Progress | Row | Waiting | Failed, Field(discriminator="type")]
"""`waiting` is about the whole run: for so many seconds no call of it has brought a word."""


class Print(Noun):
    """A preview as a page to keep, under the name and with the wording that the person sees it with."""

    preview: Id
    name: Clause
    draft: Draft


class MarkRow(Noun):
    """What the person says of a row; no mark takes it back."""

    preview: Id
    probe: Id
    mark: Mark | None
    note: Clause = ""


class Marked(Noun):
    """The row as it stands now, and what the rows add up to with the mark."""

    row: Impact
    evidence: Evidence


class Tried(Noun):
    """A preview without its rows, and what it was begun with."""

    preview: Preview
    annotations: tuple[Annotation, ...] = ()
    prompts: tuple[Prose, ...] = ()
    turns: tuple[Id, ...] = ()
    without: tuple[str, ...] = ()
    ratified: bool = Field(description="Its amendment has become law since")


class Previews(Noun):
    """The previews of a notebook, newest first."""

    previews: tuple[Tried, ...]


class Notebook(Noun):
    """Which notebook is meant: its path, or the kernel that runs it; of several that share the kernel, the cell's."""

    path: Path | None = None
    kernel: str | None = Field(default=None, max_length=100)
    connection: str | None = Field(default=None, max_length=100, description="Who asks, as in `Ask`")
    cell: CellId | None = None


class Play(Noun):
    """Which recorded sample to play."""

    sample: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")]


class Scratch(Noun):
    """A scratch notebook that plays a recording."""

    name: Line
    content: dict[str, Any]
