"""What is remembered: the journal of what a person did, and what they have accepted."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Any, Literal, Protocol

from pydantic import AwareDatetime, Field

from jupyter_reconst.core.constitution import Constitution
from jupyter_reconst.core.nouns import Digest, Id, Noun
from jupyter_reconst.core.turns import Reply

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
