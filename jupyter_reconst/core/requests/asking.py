"""Step 1, ask: what is sent, and the events of a reply."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from jupyter_reconst.core.errors import Problem
from jupyter_reconst.core.nouns import CellId, Digest, Id, Line, Noun, Path, Prose
from jupyter_reconst.core.ports import CellState
from jupyter_reconst.core.turns import Applied, Attachment, Form, Given, Message, TurnRecord, Wish


class Ask(Noun):
    """Ask the model. `path` is the notebook's; `cell` the prompt's cell. `again` asks anew, `new` starts afresh.

    `from` is the cell or turn to continue; `keep` is “last”, “first”, or the cells and turns to keep of a conversation
    that has outgrown the model; `style` names a style for this ask, “none” the notebook's away. `numbers` says which
    turns the input numbers among them are.
    """

    path: Path | None = None
    kernel: str | None = Field(default=None, max_length=100, description="Kernel id, to find a renamed notebook")
    connection: str | None = Field(
        default=None, max_length=100, description="The kernel's connection to the page that runs the cell: who asks"
    )
    cell: CellId | None = None
    after: Id | None = Field(default=None, description="The turn to continue, where the cell's place cannot be known")
    below: CellId | None = Field(default=None, description="The cell under which one that is not there yet will stand")
    prompt: Prose
    attachments: tuple[Attachment, ...] = ()
    attach: tuple[CellId, ...] = Field(default=(), max_length=100, description="Cells of the document to attach")
    again: bool = False
    new: bool = False
    from_: Line = Field(default="", alias="from")
    keep: tuple[Line, ...] = Field(default=(), max_length=1_000)
    numbers: dict[Line, Id] = Field(default_factory=dict, max_length=1_001)
    style: Line = ""
    library: bool = Field(default=False, description="Send the passages of the person's library that are nearest")
    form: Form = Field(default="", description="Make this of the attached cells, and of nothing else")
    with_: tuple[Id, ...] = Field(
        default=(), alias="with", max_length=200, description="Articles in force to send with this ask, fit or not"
    )
    without: tuple[Id, ...] = Field(default=(), max_length=200, description="Articles to leave out of this ask")
    profile: Line | None = None
    model: Line | None = None

    @property
    def chosen(self) -> dict[str, bool]:
        """Whether an article is sent, where the person says so for this ask alone."""
        return {**dict.fromkeys(self.with_, True), **dict.fromkeys(self.without, False)}

    @property
    def wish(self) -> Wish:
        """What is said of the conversation and the style, for this ask alone."""
        return Wish(continues=self.from_, keep=self.keep, style=self.style, library=self.library, form=self.form)


class Composed(Noun):
    """What asking would send, shown before it is sent."""

    messages: tuple[Message, ...]
    digest: Digest
    applied: tuple[Applied, ...] = ()
    given: tuple[Given, ...] = Field(default=(), description="Facts and passages, with their texts")
    parent: Id | None = None
    style: Line = ""
    left: tuple[Id, ...] = Field(default=(), description="Turns of the conversation that are left out")
    tokens: int
    context: int | None
    cost: float | None
    problem: Problem | None = None
    recorded: Id | None = Field(default=None, description="The turn that an unchanged cell would show again")


class Began(Noun):
    """The turn has an id; nothing has been received yet."""

    type: Literal["began"] = "began"
    record: TurnRecord


class Text(Noun):
    """Some text of a reply; `slot` says of which candidate."""

    type: Literal["text"] = "text"
    slot: int = 0
    text: str


class Waiting(Noun):
    """No token yet; `seconds` since the call began."""

    type: Literal["waiting"] = "waiting"
    seconds: float
    still: bool = Field(default=False, description="For longer than the profile's timeout")
    slot: int = 0


class Ended(Noun):
    """The turn is recorded."""

    type: Literal["ended"] = "ended"
    record: TurnRecord


class Failed(Noun):
    """It stopped with an error; for one candidate if `slot` is set."""

    type: Literal["failed"] = "failed"
    problem: Problem
    slot: int | None = None


AskEvent = Annotated[Began | Text | Waiting | Ended | Failed, Field(discriminator="type")]


class Cancel(Noun):
    """Stop a turn, a stream of candidates, or a preview, by its id."""

    id: Id


class Turns(Noun):
    """Turns read from a notebook's outputs that this store does not have; kept as claimed."""

    notebook: Id
    records: tuple[TurnRecord, ...] = Field(max_length=1_000)
    cells: tuple[CellState, ...] = ()
