"""The journal: an append-only table of what a person did, and the cache of model replies.

One thread does all the work, so that writes have one order and the event loop never waits for a disk. Acts of a person
are committed one by one, durably; replies that arrive together share a commit. SQLAlchemy is imported on that thread at
the first use, never at the server's start.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Collection
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from jupyter_reconst.core.errors import StoreError
from jupyter_reconst.core.ports import Event, EventKind
from jupyter_reconst.core.turns import Reply

if TYPE_CHECKING:
    from jupyter_reconst.store.database import Database

_T = TypeVar("_T")

FILE = "feedback.sqlite3"


class SqlJournal:
    """The journal in a SQLite file, or behind a URL."""

    def __init__(self, directory: Path, url: str = "") -> None:
        self._path = directory / FILE
        self._url = url
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="reconst-store")
        self._database: Database | None = None
        self._failure: StoreError | None = None
        self._waiting: deque[tuple[str, Reply, Future[None]]] = deque()

    async def check(self) -> StoreError | None:
        """Why the store cannot be written, as far as the last attempt showed; none where all is well."""

        try:
            return await self._do(lambda database: database.problem) or self._failure
        except StoreError as error:
            return error

    async def append(self, *events: Event) -> None:
        """Keep events durably, in order, in one transaction."""
        if events:
            await self._write(lambda database: database.append(events))

    async def get(self, owner: str, id: str) -> Event | None:
        """One event of this owner, by id."""
        return await self._do(lambda database: database.get(owner, id))

    async def known(self, owner: str, ids: Collection[str]) -> set[str]:
        """Which of these ids are in this owner's journal."""
        return await self._do(lambda database: database.known(owner, tuple(ids))) if ids else set()

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
        return await self._do(
            lambda database: database.events(owner, kind, notebook, subject, after, limit, newest_first)
        )

    async def search(
        self, owner: str, words: str, *, kind: EventKind, notebook: str | None = None, limit: int = 20
    ) -> list[Event]:
        """This owner's events whose text is nearest to some words, best first."""
        return await self._do(lambda database: database.search(owner, words, kind, notebook, limit))

    async def cached(self, key: str) -> Reply | None:
        """The recorded reply under a cache key."""
        return await self._do(lambda database: database.cached(key))

    async def remember(self, key: str, reply: Reply) -> None:
        """Record a complete reply, durably. Those that wait together are committed together."""
        done: Future[None] = Future()
        self._waiting.append((key, reply, done))
        self._thread.submit(self._remember)
        await asyncio.shield(asyncio.wrap_future(done))

    async def forget(self, owner: str, subject: str) -> int:
        """Erase the text of everything about a turn; returns how many lines."""
        return await self._write(lambda database: database.forget(owner, subject))

    async def expire(self, owner: str, before: datetime) -> int:
        """Erase what is older; ratifications and acceptances stay."""
        return await self._write(lambda database: database.expire(owner, before))

    async def backup(self, path: Path) -> None:
        """Write a consistent copy."""
        await self._do(lambda database: database.backup(path))

    async def close(self) -> None:
        """Finish pending writes and let go."""

        def close() -> None:
            if self._database is not None:
                self._database.close()
                self._database = None

        await asyncio.wrap_future(self._thread.submit(close))
        self._thread.shutdown(wait=False)

    def _remember(self) -> None:
        batch = [self._waiting.popleft() for _ in range(len(self._waiting))]
        if not batch:
            return
        try:
            self._noting(lambda database: database.remember([(key, reply) for key, reply, _ in batch]))
        except BaseException as error:
            for _, _, done in batch:
                done.set_exception(error)
        else:
            for _, _, done in batch:
                done.set_result(None)

    async def _write(self, act: Callable[[Database], _T]) -> _T:
        return await self._do(lambda _: self._noting(act))

    async def _do(self, act: Callable[[Database], _T]) -> _T:
        """On the thread, to its end: an act that somebody stopped waiting for is still kept."""
        return await asyncio.shield(asyncio.wrap_future(self._thread.submit(lambda: act(self._open()))))

    def _noting(self, act: Callable[[Database], _T]) -> _T:
        """Remember whether the last write could be made, so that the page can say so."""
        try:
            result = act(self._open())
        except StoreError as error:
            self._failure = error
            raise
        self._failure = None
        return result

    def _open(self) -> Database:
        if self._database is None:
            from jupyter_reconst.store.database import Database
            from jupyter_reconst.store.engines import opener

            self._database = Database(opener(self._url, self._path))
        return self._database
