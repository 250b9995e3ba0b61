"""What crosses HTTP: one request and one answer per verb, and the events of the streams.

Every verb is `POST /reconst/<verb>` with a JSON body. The streaming verbs (ask, correct, propose, watch) answer with
server-sent events: `event: <type>`, `data: <one JSON object of the union>`.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr

from jupyter_reconst.core.amendments import Amendment
from jupyter_reconst.core.annotations import Annotation, Source
from jupyter_reconst.core.constitution import Article, Case, Conflict, Constitution
from jupyter_reconst.core.errors import Problem
from jupyter_reconst.core.impact import Impact, Mark, Preview
from jupyter_reconst.core.nouns import CellId, Clause, Digest, Id, Line, Noun, Person, Prose
from jupyter_reconst.core.ports import CellState, Event, ModelInfo
from jupyter_reconst.core.turns import Applied, Attachment, Message, Turn, TurnRecord

Path = Annotated[str, Field(min_length=1, max_length=4_096, pattern=r"^[^\x00]+$")]


# --- status and models -------------------------------------------------------------------------------------------


class Status(Noun):
    """What the sidebar shows before anything else."""

    version: str
    person: Person
    named: bool = Field(description="Whether the person has said which name to show")
    model: ModelInfo | None = None
    store: Problem | None = Field(default=None, description="Set while the store can only be read, or not at all")
    spent: float | None = Field(default=None, description="US dollars today; none where a price is unknown")
    calls: int = Field(default=0, description="Model calls today")


class Profile(Noun):
    """One way to reach a model. The key is never among these: it stays with the server."""

    name: Line
    base_url: str = Field(default="", max_length=2_000, description="Empty for the embedded model")
    model: Line = ""
    has_key: bool = False
    embedded: bool = False
    editable: bool = Field(default=True, description="False where the operator's configuration says it")
    timeout: float = Field(default=60, gt=0, le=3_600, description="Seconds without a token until *still waiting*")
    warning: str = Field(default="", max_length=400, description="What to know before sending there; said by the server")


class Profiles(Noun):
    """All profiles, and which one is used."""

    profiles: tuple[Profile, ...]
    chosen: Line | None = None


class Connect(Noun):
    """Save a profile. An absent key keeps the stored one; an empty key removes it."""

    profile: Profile
    key: Annotated[SecretStr, Field(max_length=4_000)] | None = None
    choose: bool = True


class Probing(Noun):
    """Try an endpoint before saving it."""

    base_url: str = Field(max_length=2_000)
    key: Annotated[SecretStr, Field(max_length=4_000)] | None = None
    profile: Line | None = Field(default=None, description="Use this profile's stored key")


class Probed(Noun):
    """What the endpoint answered."""

    ok: bool
    models: tuple[str, ...] = ()
    problem: Problem | None = None
    warning: str = ""


class Choose(Noun):
    """Use another profile, or another of its models."""

    profile: Line
    model: Line | None = None


class Disconnect(Noun):
    """Remove a profile and its key."""

    profile: Line


class Name(Noun):
    """The name to show beside one's acts."""

    name: Line


# --- the open document -------------------------------------------------------------------------------------------


class Sync(Noun):
    """What the frontend says of an open document on every change: our metadata keys, and the cells in order."""

    path: Path
    metadata: dict[str, Any] = Field(description="The notebook metadata keys that are ours")
    cells: tuple[CellState, ...] = ()
    closed: bool = False


class Sent(Noun):
    """One article as the model reads it."""

    article: Id
    text: str
    tokens: int


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
    cases: tuple[Case, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    review: Review | None = None
    problems: tuple[str, ...] = ()
    unknown: tuple[Id, ...] = Field(default=(), description="Turns recorded in outputs that this store does not have")
    pending: tuple[Change, ...] = Field(default=(), description="Ratified, but not yet in the notebook")


class Change(Noun):
    """What the frontend must write into the notebook's metadata, and the digest that results."""

    id: Id
    article: Article | None = None
    writes: dict[str, Any] = Field(default_factory=dict)
    removes: tuple[str, ...] = ()
    digest: Digest


# --- 1 ask -------------------------------------------------------------------------------------------------------


class Ask(Noun):
    """Ask the model. `path` is the notebook's; `cell` the prompt's cell. `again` asks anew, `new` starts afresh."""

    path: Path | None = None
    kernel: str | None = Field(default=None, max_length=100, description="Kernel id, to find a renamed notebook")
    cell: CellId | None = None
    after: Id | None = Field(default=None, description="The turn to continue, where the cell's place cannot be known")
    prompt: Prose
    attachments: tuple[Attachment, ...] = ()
    attach: tuple[CellId, ...] = Field(default=(), max_length=100, description="Cells of the document to attach")
    again: bool = False
    new: bool = False
    profile: Line | None = None
    model: Line | None = None


class Composed(Noun):
    """What asking would send, shown before it is sent."""

    messages: tuple[Message, ...]
    digest: Digest
    applied: tuple[Applied, ...] = ()
    parent: Id | None = None
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


# --- 2, 3 highlight and correct ----------------------------------------------------------------------------------


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


class Disagrees(Noun):
    """The model argues that the highlighted words were right."""

    type: Literal["disagrees"] = "disagrees"
    text: Prose
    source: Source


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


# --- 4 amend -----------------------------------------------------------------------------------------------------


class Propose(Noun):
    """Candidate amendments from one or several corrections."""

    id: Id
    path: Path
    annotations: tuple[Annotation, ...] = Field(min_length=1, max_length=20)
    reading: str = Field(default="", max_length=256_000)


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


ProposeEvent = Annotated[Slot | Text | Proposal | Waiting | Failed | Finished, Field(discriminator="type")]


# --- 5 preview ---------------------------------------------------------------------------------------------------


class StartPreview(Noun):
    """Try an amendment on probes. `prompts` are the person's own."""

    id: Id
    path: Path
    amendment: Amendment
    annotations: tuple[Annotation, ...] = Field(default=(), max_length=20)
    prompts: tuple[Prose, ...] = Field(default=(), max_length=50)
    generate: int = Field(default=4, ge=0, le=50, description="How many prompts the model writes")


class Watch(Noun):
    """Follow a preview: its state now, then every change until it ends. Leaving does not stop it."""

    preview: Id


class Progress(Noun):
    """The state of a preview without its rows."""

    type: Literal["progress"] = "progress"
    preview: Preview


class Row(Noun):
    """One row, as it is ready."""

    type: Literal["row"] = "row"
    row: Impact


WatchEvent = Annotated[Progress | Row | Failed, Field(discriminator="type")]


class MarkRow(Noun):
    """What the person says of a row; no mark takes it back."""

    preview: Id
    probe: Id
    mark: Mark | None
    note: Clause = ""


class Previews(Noun):
    """The previews of a notebook, newest first, without their rows."""

    previews: tuple[Preview, ...]


class Notebook(Noun):
    """Which notebook is meant: its path, or the kernel that runs it."""

    path: Path | None = None
    kernel: str | None = Field(default=None, max_length=100)


# --- the sample ---------------------------------------------------------------------------------------------------


class Play(Noun):
    """Which recorded sample to play."""

    sample: Annotated[str, Field(pattern=r"^[a-z0-9-]{1,60}$")]


class Scratch(Noun):
    """A scratch notebook that plays a recording."""

    name: Line
    content: dict[str, Any]


# --- 6 ratify ----------------------------------------------------------------------------------------------------


class Ratify(Noun):
    """Make an amendment law for this notebook. Marked rows of the preview become cases."""

    id: Id
    path: Path
    amendment: Amendment
    annotations: tuple[Annotation, ...] = Field(default=(), max_length=20)
    preview: Id | None = None
    note: Clause = Field(default="", description="Why open unintended rows are acceptable")


class Accept(Noun):
    """Take the constitution that the notebook carries, as read by the person: exactly this digest."""

    path: Path
    digest: Digest
    articles: tuple[Id, ...] = Field(description="The ticked articles, in order")
    preamble: bool = True


class History(Noun):
    """The journal of one notebook, newest first."""

    events: tuple[Event, ...]
    more: bool = False


class AskHistory(Noun):
    """Page through the journal of a notebook."""

    path: Path
    before: int | None = None
    limit: int = Field(default=50, ge=1, le=500)


class Forget(Noun):
    """Erase a turn's text from the store."""

    turn: Id


class Forgotten(Noun):
    """How many lines of the journal were erased."""

    lines: int


class Retain(Noun):
    """Days to keep turns; none keeps them."""

    days: int | None = Field(default=None, ge=1, le=36_500)


class Travels(Noun):
    """One thing that the notebook carries, in words."""

    key: str
    where: str
    says: str
    bytes: int


class Manifest(Noun):
    """All that the notebook carries of ours."""

    items: tuple[Travels, ...]


class Find(Noun):
    """Which turn is meant."""

    turn: Id


class Found(Noun):
    """A turn by its id."""

    turn: Turn


class Done(Noun):
    """It was done."""

    ok: Literal[True] = True


Review.model_rebuild()
InForce.model_rebuild()
