"""What runs in this server and can be stopped: streams by the id of what they make, and previews in the background.

A preview belongs to no connection. Whoever watches gets its state from the journal and then every event as it comes.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterator
from contextlib import aclosing, contextmanager, suppress

from jupyter_reconst.core.errors import ReconstError
from jupyter_reconst.core.impact import Preview
from jupyter_reconst.core.requests import Failed, Progress, WatchEvent

Key = tuple[str, str]
"""An owner and an id: nobody stops what is another person's."""


class Running:
    """All that runs."""

    def __init__(self) -> None:
        self._stops: dict[Key, asyncio.Event] = {}
        self._previews: dict[Key, Background] = {}

    @contextmanager
    def holding(self, owner: str, id: str, stop: asyncio.Event) -> Iterator[None]:
        """Let a stream be stopped by its id, while it lasts."""
        self._stops[owner, id] = stop
        try:
            yield
        finally:
            if self._stops.get((owner, id)) is stop:
                del self._stops[owner, id]

    def has(self, owner: str, id: str) -> bool:
        """Whether what has this id runs."""
        return (owner, id) in self._stops

    def stop(self, owner: str, id: str) -> bool:
        """Stop what has this id; false where nothing has."""
        stop = self._stops.get((owner, id))
        if stop is not None:
            stop.set()
        return stop is not None

    def preview(self, owner: str, id: str) -> Background | None:
        """A preview that is running."""
        return self._previews.get((owner, id))

    def previews(self, owner: str) -> set[str]:
        """The ids of this person's previews that are running."""
        return {id for who, id in self._previews if who == owner}

    def start(self, owner: str, id: str, events: AsyncGenerator[WatchEvent, None], stop: asyncio.Event) -> Background:
        """Run a preview in the background until it ends, whoever watches."""
        run = Background(events)
        key = (owner, id)
        self._previews[key] = run
        self._stops[key] = stop

        def ended(_: asyncio.Task[None]) -> None:
            self._previews.pop(key, None)
            self._stops.pop(key, None)

        run.task.add_done_callback(ended)
        return run

    async def close(self) -> None:
        """End everything; previews can be taken up again from the journal."""
        tasks = [run.task for run in self._previews.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


class Background:
    """One preview, its watchers, and how it stood last."""

    def __init__(self, events: AsyncGenerator[WatchEvent, None]) -> None:
        self._watchers: set[asyncio.Queue[WatchEvent | None]] = set()
        self._first: asyncio.Future[Preview] = asyncio.get_running_loop().create_future()
        self.task = asyncio.create_task(self._run(events))

    async def begun(self) -> Preview:
        """How it stands at its beginning. Raises what kept it from beginning."""
        return await asyncio.shield(self._first)

    @contextmanager
    def watching(self) -> Iterator[AsyncGenerator[WatchEvent, None]]:
        """Every event from now on, until the end."""
        queue: asyncio.Queue[WatchEvent | None] = asyncio.Queue()
        self._watchers.add(queue)
        if self.task.done():
            queue.put_nowait(None)
        try:
            yield _drained(queue)
        finally:
            self._watchers.discard(queue)

    async def _run(self, events: AsyncGenerator[WatchEvent, None]) -> None:
        try:
            async with aclosing(events):
                async for event in events:
                    if isinstance(event, Progress) and not self._first.done():
                        self._first.set_result(event.preview)
                    self._tell(event)
        except ReconstError as error:
            self._fail(error)
            self._tell(Failed(problem=error.problem()))
        except Exception as error:
            self._fail(error)
            raise
        finally:
            if not self._first.done():
                self._first.cancel()
            self._tell(None)

    def _tell(self, event: WatchEvent | None) -> None:
        for queue in self._watchers:
            queue.put_nowait(event)

    def _fail(self, error: Exception) -> None:
        if not self._first.done():
            self._first.set_exception(error)
            with suppress(Exception):
                self._first.exception()  # Asked for once, so that nobody need wait for it.


async def _drained(queue: asyncio.Queue[WatchEvent | None]) -> AsyncGenerator[WatchEvent, None]:
    while (event := await queue.get()) is not None:
        yield event
