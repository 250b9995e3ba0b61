"""Asking without a server: the same acts in this process, with the caller's own environment and key.

Used by `%%reconst` under papermill or nbconvert, and by `jupyter reconst run`. The acts are async and a kernel's main
thread has a loop of its own, so they run on a thread and hand their events over a queue.
"""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from jupyter_reconst.core.errors import ReconstError
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.requests import Accept, Ask, Failed
from jupyter_reconst.wiring import Reconst, build, headless

_END = object()


class Events:
    """The events of one ask. Closing it, from any thread, stops the model's call."""

    def __init__(self, asking: Future[None], arrived: queue.SimpleQueue[Any]) -> None:
        self._asking = asking
        self._arrived = arrived

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._arrived.get, _END)

    def close(self) -> None:
        """Stop it, if it has not ended."""
        self._asking.cancel()
        self._arrived.put(_END)


class InProcess:
    """One set of adapters, alive until `close`."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="reconst", daemon=True)
        self._thread.start()
        self._built: Reconst | None = None
        self._stops: dict[str, asyncio.Event] = {}

    def stream(self, verb: str, body: dict[str, Any]) -> Events:
        """The events of an ask, as they come."""
        arrived: queue.SimpleQueue[Any] = queue.SimpleQueue()
        return Events(asyncio.run_coroutine_threadsafe(self._ask(body, arrived), self._loop), arrived)

    def call(self, verb: str, body: dict[str, Any] | None = None) -> Any:
        """`cancel`, `status` (which model), `inforce`, or `carried` (the digest of all that could be)."""
        return asyncio.run_coroutine_threadsafe(self._call(verb, body), self._loop).result()

    def accept(self, path: Path, digest: str) -> None:
        """Accept what the notebook carries, if it has exactly this digest. Raises ReconstError."""
        asyncio.run_coroutine_threadsafe(self._accept(path, digest), self._loop).result()

    def close(self) -> None:
        """Let go of the store and the models."""
        if self._built is not None:
            asyncio.run_coroutine_threadsafe(self._built.close(), self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def _reconst(self) -> tuple[Reconst, Person]:
        if self._built is None:
            self._built = build(headless())
        return self._built, self._built.person

    async def _ask(self, body: dict[str, Any], arrived: queue.SimpleQueue[Any]) -> None:
        from jupyter_reconst.acts.ask import ask

        stop = asyncio.Event()
        turn = None
        try:
            reconst, person = self._reconst()
            async for event in ask(reconst.ports, person, Ask.model_validate(body), stop):
                if event.type == "began":
                    turn = event.record.turn
                    self._stops[turn] = stop
                arrived.put(event.model_dump(mode="json"))
        except ReconstError as error:
            arrived.put(Failed(problem=error.problem()).model_dump(mode="json"))
        except Exception as error:
            said = f"Something went wrong. {type(error).__name__}: {error}"
            arrived.put(Failed(problem=ReconstError(said).problem()).model_dump(mode="json"))
        finally:
            self._stops.pop(turn or "", None)
            arrived.put(_END)

    async def _call(self, verb: str, body: dict[str, Any] | None) -> Any:
        if verb == "cancel" and body:
            stop = self._stops.get(body["id"])
            if stop is not None:
                stop.set()
            return {"ok": True}
        reconst, person = self._reconst()
        if verb == "status":
            return {"model": await _described(reconst)}
        from jupyter_reconst.acts.gate import unbroken
        from jupyter_reconst.acts.inforce import in_force

        path = (body or {}).get("path")
        document = await reconst.ports.documents.of_path(person.owner, path) if path else None
        if document is None:
            return None
        if verb == "carried":
            return unbroken(document).carried.digest
        return (await in_force(reconst.ports, person, document)).model_dump(mode="json")

    async def _accept(self, path: Path, digest: str) -> None:
        from jupyter_reconst.acts.accept import accept

        reconst, person = self._reconst()
        document = await reconst.ports.documents.of_path(person.owner, str(path))
        articles = document.carried.articles if document else ()
        request = Accept(path=str(path), digest=digest, articles=tuple(a.id for a in articles))
        await accept(reconst.ports, person, request, how="headless")


async def _described(reconst: Reconst) -> dict[str, Any] | None:
    try:
        return (await reconst.ports.models.model()).info.model_dump(mode="json")
    except ReconstError:
        return None
