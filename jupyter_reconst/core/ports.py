"""What the acts need of the world, as Protocols. Adapters live in `store`, `models`, `notebook`; `wiring` chooses."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from pydantic import AwareDatetime, Field

from jupyter_reconst.core.constitution import Constitution, Scope
from jupyter_reconst.core.formal.argument import Argument
from jupyter_reconst.core.formal.verdicts import Verdict
from jupyter_reconst.core.library import Entry, File, Held, Passage, Readable, Skipped, Work
from jupyter_reconst.core.notebook import Reading
from jupyter_reconst.core.nouns import CellId, Digest, Id, Noun, Prose
from jupyter_reconst.core.references.registries import Registries
from jupyter_reconst.core.scopes import Layer, laid
from jupyter_reconst.core.sharing.wiki import Pack, Use
from jupyter_reconst.core.turns import CellKind, Message, Parameters, Reply, Usage

EventKind = Literal[
    "turn",
    "variant",
    "keep",
    "annotation",
    "candidates",
    "amendment",
    "preview",
    "row",
    "clashes",
    "check",
    "formal",
    "call",
    "mark",
    "ratification",
    "proposal",
    "vote",
    "rule",
    "acceptance",
    "name",
    "reference",
    "forget",
    "retention",
]


class Event(Noun):
    """One line of the journal. `sequence` is given by the store and orders everything; clocks do not."""

    id: Id
    sequence: int = 0
    owner: str
    notebook: Id | None = None
    kind: EventKind
    subject: Id | None = Field(
        default=None,
        description="The annotation, article or preview that it is about; of a turn, the name of its question",
    )
    body: dict[str, Any]
    created: AwareDatetime


class Journal(Protocol):
    """The append-only journal of one data directory or database, and the cache of model replies.

    Every reading call carries the owner: another person's lines are never returned.
    """

    async def append(self, *events: Event) -> None:
        """Keep events durably, in order. An id that is already there is a retry and changes nothing."""
        ...

    async def get(self, owner: str, id: str) -> Event | None:
        """One event of this owner, by id."""
        ...

    async def known(self, owner: str, ids: Collection[str]) -> set[str]:
        """Which of these ids are in this owner's journal."""
        ...

    async def events(
        self,
        owner: str,
        *,
        kind: EventKind | None = None,
        notebook: str | None = None,
        subject: str | None = None,
        after: int = 0,
        limit: int | None = None,
        newest_first: bool = False,
    ) -> list[Event]:
        """This owner's events, ordered by sequence."""
        ...

    async def search(
        self, owner: str, words: str, *, kind: EventKind, notebook: str | None = None, limit: int = 20
    ) -> list[Event]:
        """This owner's events whose text is nearest to some words (BM25 where the database has it), best first."""
        ...

    async def cached(self, key: str) -> Reply | None:
        """The recorded reply under a cache key."""
        ...

    async def remember(self, key: str, reply: Reply) -> None:
        """Record a complete reply; the first one under a key stays."""
        ...

    async def forget(self, owner: str, subject: str) -> int:
        """Empty every line about a turn, its cached replies included; returns how many. Their ids stay taken."""
        ...

    async def expire(self, owner: str, before: datetime) -> int:
        """Empty every line that is older, as if it were forgotten; ratifications and acceptances stay whole."""
        ...

    async def backup(self, path: Path) -> None:
        """Write a consistent copy."""
        ...

    async def close(self) -> None:
        """Finish pending writes and let go."""
        ...


class Accepted(Noun):
    """One accepted constitution, with its text, so that it works even when the notebook has changed since."""

    digest: Digest
    constitution: Constitution
    at: AwareDatetime
    how: Literal["read", "ratified", "headless"]


class Trust(Protocol):
    """What each person has accepted, by content; kept outside every notebook."""

    async def accepted(self, owner: str, digest: str) -> Accepted | None:
        """The acceptance of exactly this content."""
        ...

    async def standing(self, owner: str, notebook: str) -> Accepted | None:
        """The last accepted version of what this notebook, or the file of a scope (by its key), says."""
        ...

    async def accept(self, owner: str, accepted: Accepted) -> None:
        """Remember that this person has accepted this content."""
        ...

    async def stand(self, owner: str, notebook: str, digest: str) -> None:
        """Let an accepted content be the version of it that stands."""
        ...

    async def revoke(self, owner: str, digest: str) -> None:
        """Forget an acceptance."""
        ...


class CellState(Noun):
    """What the server knows of a cell of an open document: its id, and the turn its output records.

    Its text is told only where a prompt attaches the cell.
    """

    cell: CellId
    turn: Id | None = None
    label: str = Field(default="", max_length=200)
    kind: CellKind = "code"
    source: Prose = ""
    output: Prose = ""


class Document(Noun):
    """An open notebook as last told by the frontend, or read from the file."""

    path: str
    notebook: Id
    reading: Reading
    cells: tuple[CellState, ...] = ()
    live: bool = Field(default=False, description="Whether a browser holds it open")
    identified: bool = Field(default=True, description="Whether the notebook's own metadata carries its id")
    around: tuple[Layer, ...] = Field(default=(), description="The files of the farther scopes, the farthest first")

    @property
    def bare(self) -> bool:
        """Whether the notebook has no law of its own, not even a repealed one: a new one, or one that lost its keys."""
        return not (self.reading.ratified or self.reading.preambles)

    @property
    def carried(self) -> Constitution:
        """What would be in force if this person had accepted all of it: every scope, the nearest on top."""
        outer = [(layer.scope, layer.reading.constitution) for layer in self.around]
        return laid([*outer, ("notebook", self.reading.constitution)])


class Documents(Protocol):
    """The notebooks that are open, and those that can be read."""

    async def of_path(self, owner: str, path: str) -> Document | None:
        """The document at a path relative to the server's root (or any path, headless)."""
        ...

    async def of_notebook(self, owner: str, notebook: str) -> Document | None:
        """The document with this notebook id."""
        ...

    async def tell(self, owner: str, document: Document) -> Document:
        """Take what the frontend says of an open document; it comes back as it is kept."""
        ...

    async def shows(self, owner: str, path: str, cell: str, turn: str) -> None:
        """A cell shows this turn from now on, whether or not the frontend has told."""
        ...

    async def close(self, owner: str, path: str) -> None:
        """The browser has let go of it."""
        ...


class Scopes(Protocol):
    """The files of the farther scopes: a project's, above its notebooks, and one of each person."""

    async def layer(self, owner: str, path: str, scope: Scope) -> Layer:
        """The file of a scope around a notebook, or where a new one belongs. Raises BadInput where none can be."""
        ...

    async def write(self, layer: Layer, text: str | None) -> str | None:
        """Replace the file, whole or not at all, or remove it (None); returns what it said before.

        Raises Stale where it is no longer as it was read, StoreError where it cannot be written. Then nothing changed.
        """
        ...


class ModelInfo(Noun):
    """What a person should know about a model before asking it."""

    profile: str
    model: str
    endpoint: str = Field(default="", description="Scheme and host, for display; empty for the embedded model")
    embedded: bool = False
    recording: bool = False
    context: int | None = Field(default=None, ge=1, description="Context length in tokens, where it is known")
    timeout: float = Field(default=60, description="Seconds without a token until *still waiting*")
    at_once: int = Field(default=8, ge=1, description="Calls of one run that may be under way together")
    prompt_price: float | None = Field(default=None, description="US dollars per million prompt tokens")
    completion_price: float | None = Field(default=None, description="US dollars per million completion tokens")

    @property
    def cost_unknown(self) -> bool:
        """Whether nobody has said what it costs."""
        return self.prompt_price is None or self.completion_price is None

    def cost(self, usage: Usage) -> float | None:
        """US dollars, or none where the price is not known."""
        if self.prompt_price is None or self.completion_price is None:
            return None
        return (usage.prompt * self.prompt_price + usage.completion * self.completion_price) / 1_000_000


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of a reply, or its end (then `finish_reason` is set, and `usage` where the endpoint says it)."""

    text: str = ""
    finish_reason: str | None = None
    usage: Usage | None = None


class Model(Protocol):
    """One model of one endpoint."""

    @property
    def info(self) -> ModelInfo:
        """Name, context length, prices."""
        ...

    def stream(self, messages: tuple[Message, ...], parameters: Parameters) -> AsyncIterator[Piece]:
        """Pieces as they come. Closing the iterator stops the call. A stream without a finish reason was cut off.

        Raises ModelError (or one of its kinds) and TooLong.
        """
        ...

    def tokens(self, text: str) -> int:
        """About how many tokens a text has."""
        ...


class Models(Protocol):
    """The models a person can ask."""

    async def model(self, profile: str | None = None, name: str | None = None) -> Model:
        """The chosen profile's model, or the default. Raises NoModel."""
        ...

    async def embedded(self) -> bool:
        """Whether the model in use is the embedded one. Asks nobody, and never fails."""
        ...

    async def recording(self, sample: str) -> Model:
        """The recorded model of a sample. Raises NotFound."""
        ...

    async def close(self) -> None:
        """End clients and child processes."""
        ...


class Wiki(Protocol):
    """Shared packs and answers: installed ones, and what lies in the folders that the settings name."""

    async def packs(self) -> tuple[Pack, ...]:
        """Every pack, installed ones first. Those that cannot be read say why."""
        ...

    async def pack(self, name: str) -> Pack:
        """One pack that can be read. Raises NotFound, or Malformed for one that cannot."""
        ...

    async def uses(self) -> dict[str, tuple[Use, ...]]:
        """Where each article is used, by its id."""
        ...

    async def text(self, pack: Pack) -> bytes:
        """The bytes of a pack's file as they are now. Raises BadInput where it is gone or too large."""
        ...

    def place(self, pack: Pack) -> str:
        """Where a pack's file lies in its git repository or its folder, between slashes."""
        ...


class Prover(Protocol):
    """Something that can say whether a claim follows."""

    def missing(self) -> str:
        """Why nothing can be judged here, and what to do about it; empty where it can."""
        ...

    async def judge(self, argument: Argument, proof: str = "") -> Verdict:
        """What follows, within the bounds that the operator set. Never raises: what goes wrong is *not checked*.

        Solvers find their own proof; a proof assistant checks the one that it is given.
        """
        ...


class Assistant(Prover, Protocol):
    """A prover that checks a proof which somebody else wrote."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    def statement(self, argument: Argument) -> str:
        """What has to be proved, as it reads it; empty where it cannot be said there."""
        ...


class Library(Protocol):
    """What each person brought to read: bibliographies, and folders of texts. Nobody sees another person's."""

    async def search(self, owner: str, words: str, limit: int = 10) -> tuple[Passage, ...]:
        """The passages nearest to some words (BM25), best first; empty where there is no library."""
        ...

    async def find(self, owner: str, work: Work, limit: int = 5) -> tuple[Entry, ...]:
        """The entries that may be this work, best first: the same DOI or arXiv id, else by title, names and year."""
        ...

    async def passage(self, owner: str, id: str) -> Passage | None:
        """One passage."""
        ...

    async def sources(self, owner: str) -> tuple[Held, ...]:
        """What was added, by path."""
        ...

    async def skipped(self, owner: str, limit: int = 200) -> tuple[Skipped, ...]:
        """Files that could not be read, or not all of them, and why."""
        ...

    async def add(self, owner: str, path: str) -> None:
        """Add a source; nothing is read by it."""
        ...

    async def remove(self, owner: str, path: str) -> bool:
        """Take a source out, with all that was read from it alone; whether it was there."""
        ...

    async def known(self, owner: str) -> dict[str, tuple[File, str]]:
        """Every file that was read, as it was then, and the digest of its bytes; by path."""
        ...

    async def put(self, owner: str, document: Readable) -> None:
        """Let a document say this from now on: in one transaction, whole or not at all."""
        ...

    async def touch(self, owner: str, file: File) -> None:
        """Say that a file has another date, and the same bytes."""
        ...

    async def drop(self, owner: str, paths: Collection[str]) -> None:
        """Forget documents that are gone."""
        ...

    async def settle(self, owner: str, at: datetime) -> None:
        """Say that everything was gone through: what searching reads of the whole is made anew."""
        ...


class Reader(Protocol):
    """The files that libraries are made of. What they hold is hostile until it was read."""

    async def located(self, path: str) -> str:
        """The absolute path of a source. Raises BadInput for what is not there, or not below the server's folder."""
        ...

    async def files(self, source: str) -> tuple[File, ...] | None:
        """The files of a source that can be read, and those that cannot (`why`); None where it is not there now."""
        ...

    async def read(self, file: File, digest: str = "") -> Readable | None:
        """What a file says; None where its bytes have this digest. Never raises: what goes wrong is its `why`."""
        ...

    async def rest(self) -> None:
        """Nothing is read for now: let go of the process that reads."""
        ...


class Clock(Protocol):
    """Time and chance."""

    def now(self) -> datetime:
        """The time, in UTC. For display only: order comes from the journal."""
        ...

    def monotonic(self) -> float:
        """Seconds that never run backwards."""
        ...

    def id(self) -> str:
        """A new ULID."""
        ...


Noted = Callable[[Model, tuple[Message, ...], Parameters, Reply], None]
"""Told of each call that ends, and of each that the record answers."""


@dataclass(frozen=True, slots=True)
class Ports:
    """Everything an act may reach."""

    journal: Journal
    trust: Trust
    documents: Documents
    models: Models
    clock: Clock
    scopes: Scopes
    prover: Prover | None = None
    assistant: Assistant | None = None
    library: Library | None = None
    reader: Reader | None = None
    registries: Registries | None = None
    noted: Noted | None = None
