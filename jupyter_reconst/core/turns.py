"""A turn: one prompt and one reply, with everything that shaped it."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import AwareDatetime, Field

from jupyter_reconst.core.canonical import digest
from jupyter_reconst.core.constitution import Kind
from jupyter_reconst.core.nouns import CellId, Digest, Id, Kept, Line, Noun, Prose, ulid
from jupyter_reconst.core.questions import Question, question

Status = Literal["complete", "incomplete", "cancelled", "failed"]

Form = Literal["", "outline", "mathematics"]
"""What a turn makes of the cells that it attaches: a reply in the model's own words, or something that code writes."""

CellKind = Literal["code", "markdown", "raw"]


class Message(Noun):
    """One message as it is sent."""

    role: Literal["system", "user", "assistant"]
    content: str


class Parameters(Noun):
    """How a model is asked. Temperature in [0, 2]; `max_tokens` bounds the reply."""

    temperature: float | None = Field(default=None, ge=0, le=2)
    max_tokens: int | None = Field(default=None, ge=1)
    seed: int | None = None
    stop: tuple[str, ...] = ()
    json_schema: dict[str, Any] | None = Field(default=None, description="Ask for a reply that fits this JSON Schema")


class Usage(Noun):
    """Tokens paid for. `estimated` is true where the endpoint did not say."""

    prompt: int = Field(default=0, ge=0)
    completion: int = Field(default=0, ge=0)
    estimated: bool = False


class Timings(Noun):
    """Milliseconds from sending to the first text and to the end."""

    first: float | None = Field(default=None, ge=0)
    total: float = Field(default=0, ge=0)


class Attachment(Noun):
    """A cell given as context: its source, and the text of its outputs if the person included them."""

    cell: CellId | None = None
    label: str = Field(default="", max_length=200)
    kind: CellKind = "code"
    source: Prose = ""
    output: Prose = ""


class Trace(Kept):
    """Where words of a reply come from: the sentence that its marks `[¶number]` name.

    `start` is the sentence's place in the cell's source; `marks` is where each mark begins in the reply. Both count
    code points from 0.
    """

    number: int = Field(ge=1)
    cell: CellId | None = None
    start: int = Field(ge=0)
    quote: Prose
    marks: tuple[int, ...] = ()


class Wish(Kept):
    """What the person said on the cell's line of the conversation, the style and so on, for one turn."""

    continues: Line = Field(default="", description="The cell or the turn that it continues, if not the one above")
    keep: tuple[Line, ...] = Field(default=(), max_length=1_000, description="What to keep of what does not fit")
    style: Line = ""
    form: Form = ""
    library: bool = Field(default=False, description="To be given passages of the person's library")


class Given(Kept):
    """What a turn was sent beside the law and the conversation: quoted text, never an instruction.

    `label` names it for a reader, as “Smith 2020, p. 4”; `source` says where it is from. An output tells of it without
    its `text`.
    """

    kind: Literal["passage", "fact"]
    id: str = Field(min_length=1, max_length=200)
    label: Line = ""
    source: str = Field(default="", max_length=2_000)
    text: Prose = ""

    @property
    def told(self) -> Given:
        """As an output tells of it: without its text, and without the place of a file of somebody's own."""
        return self.model_copy(update={"text": ""} if self.kind == "fact" else {"text": "", "source": ""})


def estimated(text: str) -> int:
    """About how many tokens a text has, whichever model reads it: four characters each."""
    return (len(text) + 3) // 4


def asked(prompt: str, attachments: tuple[Attachment, ...] = ()) -> str:
    """The name of a question, shaped like an id: equal prompts with equal attachments have the same one.

    What a cell is called counts for nothing: its number changes with every run.
    """
    seen = bytes.fromhex(digest([prompt, [[a.source, a.output] for a in attachments]]))
    return ulid(int.from_bytes(seen[:6], "big"), seen[6:16])


class Applied(Kept):
    """Whether an article was sent with a turn, and why. `chosen` where the person said so for this turn alone."""

    article: Id
    revision: Id
    title: Line = ""
    kind: Kind = "process"
    sent: bool
    why: Line = ""
    chosen: bool = False


TOLD = 200
"""How many articles an output tells of at most."""


class Reply(Noun):
    """What a model answered. Only a reply with a finish reason is complete."""

    text: str
    finish_reason: str | None = None
    usage: Usage = Usage()
    timings: Timings = Timings()
    cached: bool = False

    @property
    def complete(self) -> bool:
        """Whether the model said that it had finished."""
        return self.finish_reason is not None


class Turn(Noun):
    """The record of one prompt and one reply. `claimed` turns were read from a notebook, not asked by this person.

    `parent` is the turn that it continues, which the cell `follows` showed then; it is another answer to what the turn
    that it `varies` was asked; `left` are the turns of the conversation that did not fit and were left out.
    """

    id: Id
    parent: Id | None = None
    notebook: Id
    cell: CellId | None = None
    prompt: str
    attachments: tuple[Attachment, ...] = ()
    given: tuple[Given, ...] = ()
    left: tuple[Id, ...] = ()
    follows: CellId | None = None
    wish: Wish = Wish()
    varies: Id | None = None
    style: Line = Field(default="", description="The style that this turn was asked in; empty for none")
    style_digest: Digest | None = Field(default=None, description="Of its words then, where that was kept")
    traces: tuple[Trace, ...] = ()
    open: tuple[Question, ...] = Field(default=(), description="What is to be settled; answered in the cell's words")
    draft: str = Field(default="", description="What the model filled in, where code wrote the reply from it")
    messages: tuple[Message, ...] = ()
    profile: str = ""
    model: str = ""
    parameters: Parameters = Parameters()
    digest: Digest
    law: Digest | None = Field(default=None, description="The digest of what was in force, where a style was under it")
    applied: tuple[Applied, ...] = ()
    reply: str = ""
    status: Status = "complete"
    usage: Usage = Usage()
    timings: Timings = Timings()
    cost: float | None = Field(default=None, ge=0, description="In US dollars; none where the price is unknown")
    created: AwareDatetime
    claimed: bool = False
    recording: bool = False

    @property
    def passages(self) -> tuple[Given, ...]:
        """What was quoted to the model from the person's library."""
        return tuple(given for given in self.given if given.kind == "passage")

    @property
    def chosen(self) -> dict[str, bool]:
        """The articles that the person put in or left out for this turn alone."""
        return {applied.article: applied.sent for applied in self.applied if applied.chosen}


class TurnRecord(Kept):
    """What a cell's output says of its turn: MIME type `application/vnd.reconst.turn+json`."""

    version: Literal[1] = 1
    turn: Id
    parent: Id | None = None
    notebook: Id
    model: str
    digest: Digest
    articles: int = Field(ge=0, description="How many articles were sent")
    applied: tuple[Applied, ...] = Field(default=(), max_length=TOLD)
    given: tuple[Given, ...] = Field(default=(), max_length=TOLD, description="What was given, without its text")
    left: int = Field(default=0, ge=0, description="How many turns of the conversation were left out")
    follows: CellId | None = Field(default=None, description="The cell that showed the turn that this one continues")
    wish: Wish = Wish()
    style: Line = ""
    question: Question | None = Field(default=None, description="Where the reply asks instead of answering")
    traces: tuple[Trace, ...] = ()
    open: tuple[Question, ...] = ()
    references: int = Field(default=0, ge=0, description="How many references were found in the reply")
    prompt: str
    reply: str
    status: Status | Literal["streaming"]
    seconds: float = Field(default=0, ge=0)
    cost: float | None = None
    replayed: bool = False
    recording: bool = False
    note: str = ""

    @classmethod
    def of(cls, turn: Turn, *, replayed: bool = False, note: str = "", references: int = 0) -> TurnRecord:
        """The record of a finished turn."""
        return cls(
            turn=turn.id,
            parent=turn.parent,
            notebook=turn.notebook,
            model=turn.model,
            digest=turn.digest,
            articles=sum(a.sent for a in turn.applied),
            applied=tuple(a for a in turn.applied if a.sent or a.kind == "process")[:TOLD],
            given=tuple(given.told for given in turn.given[:TOLD]),
            left=len(turn.left),
            follows=turn.follows,
            wish=turn.wish,
            style=turn.style,
            question=question(turn.reply) if turn.status == "complete" else None,
            traces=turn.traces,
            open=turn.open,
            references=references,
            prompt=turn.prompt,
            reply=turn.reply,
            status=turn.status,
            seconds=round(turn.timings.total / 1000, 3),
            cost=turn.cost,
            replayed=replayed,
            recording=turn.recording,
            note=note,
        )
