"""The journal: an append-only table of what a person did, and the cache of model replies.

One thread does all the work, so that writes have one order and the event loop never waits for a disk. Acts of a person
are committed one by one, durably; replies that arrive together share a commit, and those looked for together a
statement. SQLAlchemy is imported on that thread at the first use, never at the server's start.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from jupyter_reconst.core.errors import StoreError
from jupyter_reconst.core.ports import Event, EventKind
from jupyter_reconst.core.turns import Reply

if TYPE_CHECKING:
    from jupyter_reconst.store.database import Database

_T = TypeVar("_T")
_Asked = TypeVar("_Asked")

FILE = "feedback.sqlite3"


class SqlJournal:
    """The journal in a SQLite file, or behind a URL."""

    def __init__(self, directory: Path, url: str = "") -> None:
        self._path = directory / FILE
        self._url = url
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="reconst-store")
        self._database: Database | None = None
        self._failure: StoreError | None = None
        self._looked_for = _Together[str, Reply | None](self._thread, lambda keys: self._open().cached(keys))
        self._recorded = _Together[tuple[str, Reply], None](self._thread, self._record)

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
        """The recorded reply under a cache key. Those that are asked for together are read together."""
        return await self._looked_for.served(key)

    async def remember(self, key: str, reply: Reply) -> None:
        """Record a complete reply, durably. Those that wait together are committed together."""
        await self._recorded.served((key, reply))

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

    def _record(self, recorded: list[tuple[str, Reply]]) -> list[None]:
        self._noting(lambda database: database.remember(recorded))
        return [None] * len(recorded)

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


class _Together(Generic[_Asked, _T]):
    """Requests of one kind, served together on the thread: as many as have come since it was last free.

    Each one is served, even if nobody waits for it any more.
    """

    def __init__(self, thread: ThreadPoolExecutor, serve: Callable[[list[_Asked]], Sequence[_T]]) -> None:
        self._thread = thread
        self._serve = serve
        self._waiting: deque[tuple[_Asked, asyncio.Future[_T]]] = deque()

    async def served(self, asked: _Asked) -> _T:
        """What is answered to one of them. Raises what all that were served with it raise."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[_T] = loop.create_future()
        self._waiting.append((asked, answer))
        self._thread.submit(self._all, loop)
        return await answer

    def _all(self, loop: asyncio.AbstractEventLoop) -> None:
        waiting = [self._waiting.popleft() for _ in range(len(self._waiting))]
        if not waiting:
            return
        answers: Sequence[_T] = ()
        failed: BaseException | None = None
        try:
            answers = self._serve([asked for asked, _ in waiting])
        except BaseException as error:
            failed = error

        def told() -> None:
            for place, (_, answer) in enumerate(waiting):
                if not answer.done() and failed is None:
                    answer.set_result(answers[place])
                elif not answer.done() and failed is not None:
                    answer.set_exception(failed)

        loop.call_soon_threadsafe(told)
