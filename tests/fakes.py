"""Adapters in memory, for tests of the acts: true to the ports' words, without a disk, a network or a clock.

`reconst()` gives ports over them and a person. Models are scripted: `ScriptedModel(replies)` answers from a function of
the messages, one word at a time, and records every call it gets.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from jupyter_reconst.core.constitution import SCOPES, Scope
from jupyter_reconst.core.errors import NoModel, NotFound, ReconstError, Stale
from jupyter_reconst.core.nouns import Person, ulid
from jupyter_reconst.core.ports import (
    Accepted,
    Document,
    Event,
    EventKind,
    Library,
    ModelInfo,
    Piece,
    Ports,
)
from jupyter_reconst.core.scopes import Layer
from jupyter_reconst.core.sharing.loading import load
from jupyter_reconst.core.turns import Message, Parameters, Reply, Usage

ANA = Person(owner="ana", name="Ana Ruiz")
BEN = Person(owner="ben", name="Ben Okafor")


def an_id(number: int) -> str:
    """A valid ULID that says which one it is."""
    return ulid(1_700_000_000_000 + number, number.to_bytes(10, "big"))


class MemoryClock:
    """Time moves only when `pass_` is called; ids count up."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 23, 10, 0, tzinfo=timezone.utc)
        self.seconds = 0.0
        self.made = 0

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.seconds

    def id(self) -> str:
        self.made += 1
        return ulid(int(self.at.timestamp() * 1000) + self.made, self.made.to_bytes(10, "big"))

    def pass_(self, seconds: float) -> None:
        self.seconds += seconds
        self.at += timedelta(seconds=seconds)


class MemoryJournal:
    """The journal as two Python lists. Set `failing` to an error to have every write raise it."""

    def __init__(self) -> None:
        self.lines: list[Event] = []
        self.replies: dict[str, Reply] = {}
        self.failing: ReconstError | None = None

    async def append(self, *events: Event) -> None:
        if self.failing:
            raise self.failing
        known = {(line.owner, line.id) for line in self.lines}
        for event in events:
            if (event.owner, event.id) not in known:
                known.add((event.owner, event.id))
                self.lines.append(event.model_copy(update={"sequence": len(self.lines) + 1}))

    async def get(self, owner: str, id: str) -> Event | None:
        return next((e for e in self.lines if e.owner == owner and e.id == id), None)

    async def known(self, owner: str, ids: Collection[str]) -> set[str]:
        return {e.id for e in self.lines if e.owner == owner and e.id in ids}

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
        found = [
            e
            for e in self.lines
            if e.owner == owner
            and (kind is None or e.kind == kind)
            and (notebook is None or e.notebook == notebook)
            and (subject is None or e.subject == subject)
            and e.sequence > after
        ]
        if newest_first:
            found.reverse()
        return found[:limit]

    async def search(
        self, owner: str, words: str, *, kind: EventKind, notebook: str | None = None, limit: int = 20
    ) -> list[Event]:
        wanted = set(words.lower().split())
        found = await self.events(owner, kind=kind, notebook=notebook, newest_first=True)
        shared = [(len(wanted & set(str(e.body.get("prompt", e.body)).lower().split())), e) for e in found]
        return [e for count, e in sorted(shared, key=lambda pair: -pair[0]) if count][:limit]

    async def cached(self, key: str) -> Reply | None:
        return self.replies.get(key)

    async def remember(self, key: str, reply: Reply) -> None:
        if self.failing:
            raise self.failing
        self.replies.setdefault(key, reply)

    async def forget(self, owner: str, subject: str) -> int:
        about = [e for e in self.lines if e.owner == owner and subject in (e.id, e.subject)]
        texts = {e.body.get("reply") for e in about}
        self.replies = {k: r for k, r in self.replies.items() if r.text not in texts}
        erased = {id(e) for e in about}
        self.lines = [e.model_copy(update={"body": {}}) if id(e) in erased else e for e in self.lines]
        return len(about)

    async def expire(self, owner: str, before: datetime) -> int:
        kept = ("ratification", "acceptance")
        old = [e for e in self.lines if e.owner == owner and e.created < before and e.kind not in kept and e.body]
        self.lines = [e.model_copy(update={"body": {}}) if e in old else e for e in self.lines]
        return len(old)

    async def backup(self, path: Path) -> None:
        raise NotImplementedError("a journal in memory has no copy")

    async def close(self) -> None:
        return None


class MemoryTrust:
    """Acceptances by owner and digest, and what stands in each notebook."""

    def __init__(self) -> None:
        self.texts: dict[tuple[str, str], Accepted] = {}
        self.stands: dict[tuple[str, str], str] = {}

    async def accepted(self, owner: str, digest: str) -> Accepted | None:
        return self.texts.get((owner, digest))

    async def standing(self, owner: str, notebook: str) -> Accepted | None:
        digest = self.stands.get((owner, notebook))
        return self.texts.get((owner, digest)) if digest else None

    async def accept(self, owner: str, accepted: Accepted) -> None:
        self.texts.setdefault((owner, accepted.digest), accepted)

    async def stand(self, owner: str, notebook: str, digest: str) -> None:
        self.stands[owner, notebook] = digest

    async def revoke(self, owner: str, digest: str) -> None:
        self.texts.pop((owner, digest), None)


class MemoryScopes:
    """The files of the farther scopes as texts; every notebook lies in one folder."""

    def __init__(self) -> None:
        self.texts: dict[Scope, str] = {}

    def around(self) -> tuple[Layer, ...]:
        return tuple(self._layer(scope) for scope in SCOPES if self.texts.get(scope))

    async def layer(self, owner: str, path: str, scope: Scope) -> Layer:
        return self._layer(scope)

    async def write(self, layer: Layer, text: str | None) -> str | None:
        if self._layer(layer.scope).stamp != layer.stamp:
            raise Stale("It has changed since.")
        before = self.texts.pop(layer.scope, None)
        if text is not None:
            self.texts[layer.scope] = text
        return before

    def _layer(self, scope: Scope) -> Layer:
        text = self.texts.get(scope)
        layer = Layer(scope=scope, key=scope, place=f"{scope}.md", file=scope)
        if text is None:
            return layer
        published = load(text)
        stamp = hashlib.sha256(text.encode()).hexdigest()
        return layer.model_copy(update={"stamp": stamp, "front": published.front, "reading": published.reading})


class MemoryDocuments:
    """Documents as they were told, with the files of the farther scopes around them."""

    def __init__(self, scopes: MemoryScopes | None = None) -> None:
        self.open: dict[tuple[str, str], Document] = {}
        self.scopes = scopes or MemoryScopes()

    async def of_path(self, owner: str, path: str) -> Document | None:
        found = self.open.get((owner, path))
        return found.model_copy(update={"around": self.scopes.around()}) if found and self.scopes.texts else found

    async def of_notebook(self, owner: str, notebook: str) -> Document | None:
        return next((d for (o, _), d in self.open.items() if o == owner and d.notebook == notebook), None)

    async def tell(self, owner: str, document: Document) -> Document:
        self.open[owner, document.path] = document
        return await self.of_path(owner, document.path) or document

    async def shows(self, owner: str, path: str, cell: str, turn: str) -> None:
        document = self.open.get((owner, path))
        if document is not None:
            cells = tuple(c.model_copy(update={"turn": turn}) if c.cell == cell else c for c in document.cells)
            self.open[owner, path] = document.model_copy(update={"cells": cells})

    async def close(self, owner: str, path: str) -> None:
        self.open.pop((owner, path), None)


Said = str | ReconstError | list[Piece | ReconstError | float]
"""What a scripted model does: a text (word by word), an error, or pieces, errors and waits in seconds."""

Script = Callable[[tuple[Message, ...], Parameters], Said | Awaitable[Said]]


def echo(messages: tuple[Message, ...], parameters: Parameters) -> Said:
    """Repeat the question."""
    return f"You asked: {messages[-1].content}"


@dataclass
class ScriptedModel:
    """A model that follows a script; `calls` holds everything that was ever sent to it."""

    script: Script | Said = echo
    info: ModelInfo = field(default_factory=lambda: ModelInfo(profile="test", model="scripted", context=8_192))
    calls: list[tuple[tuple[Message, ...], Parameters]] = field(default_factory=list)
    closed: int = 0

    async def stream(self, messages: tuple[Message, ...], parameters: Parameters) -> AsyncIterator[Piece]:
        self.calls.append((messages, parameters))
        said: Any = self.script(messages, parameters) if callable(self.script) else self.script
        if isinstance(said, Awaitable):
            said = await said
        if isinstance(said, ReconstError):
            raise said
        try:
            if isinstance(said, str):
                for word in said.splitlines(keepends=True) if "\n" in said else _words(said):
                    yield Piece(word)
                usage = Usage(prompt=sum(self.tokens(m.content) for m in messages), completion=self.tokens(said))
                yield Piece(finish_reason="stop", usage=usage)
                return
            for step in said:
                if isinstance(step, ReconstError):
                    raise step
                if isinstance(step, int | float):
                    await asyncio.sleep(step)
                else:
                    yield step
        finally:
            self.closed += 1

    def tokens(self, text: str) -> int:
        return (len(text) + 3) // 4

    @property
    def sent(self) -> str:
        """Every byte that was ever sent, in one string."""
        return "\n".join(m.content for messages, _ in self.calls for m in messages)


@dataclass
class ScriptedModels:
    """One model for every profile; samples by name."""

    default: ScriptedModel | None = field(default_factory=ScriptedModel)
    samples: dict[str, ScriptedModel] = field(default_factory=dict)

    async def model(self, profile: str | None = None, name: str | None = None) -> ScriptedModel:
        if self.default is None:
            raise NoModel("No model is connected.")
        return self.default

    async def embedded(self) -> bool:
        return self.default is not None and self.default.info.embedded

    async def recording(self, sample: str) -> ScriptedModel:
        if sample not in self.samples:
            raise NotFound(f"There is no sample called {sample}.")
        return self.samples[sample]

    async def close(self) -> None:
        return None


@dataclass
class Fakes:
    """The fakes behind some ports, by their own types."""

    journal: MemoryJournal = field(default_factory=MemoryJournal)
    trust: MemoryTrust = field(default_factory=MemoryTrust)
    documents: MemoryDocuments = field(default_factory=MemoryDocuments)
    models: ScriptedModels = field(default_factory=ScriptedModels)
    clock: MemoryClock = field(default_factory=MemoryClock)
    library: Library | None = None

    @property
    def scopes(self) -> MemoryScopes:
        return self.documents.scopes

    @property
    def ports(self) -> Ports:
        outer = (self.documents, self.models, self.clock, self.scopes)
        return Ports(self.journal, self.trust, *outer, library=self.library)

    @property
    def model(self) -> ScriptedModel:
        assert self.models.default is not None
        return self.models.default


def reconst(script: Script | Said = echo) -> Fakes:
    """Fresh fakes around one scripted model."""
    return Fakes(models=ScriptedModels(ScriptedModel(script)))


def _words(text: str) -> list[str]:
    parts = text.split(" ")
    return [part + " " for part in parts[:-1]] + parts[-1:]
