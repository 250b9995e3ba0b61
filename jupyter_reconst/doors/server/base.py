"""From a request to a noun, from an act's answer or error to a response. Everything that handlers have in common."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from urllib.parse import quote

from jupyter_server.base.handlers import APIHandler
from pydantic import ValidationError
from tornado.iostream import StreamClosedError

from jupyter_reconst.core import errors, requests
from jupyter_reconst.core.errors import BadInput, Problem, ReconstError
from jupyter_reconst.core.nouns import Noun, Person
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests import Failed
from jupyter_reconst.core.requests.sharing import Written
from jupyter_reconst.doors.server.asker import asker
from jupyter_reconst.doors.server.redacting import guard
from jupyter_reconst.doors.server.room import Room
from jupyter_reconst.doors.server.routes import Route
from jupyter_reconst.doors.server.verb import VerbHandler

STATUS: dict[type[ReconstError], int] = {
    errors.TooLong: 413,
    errors.BadInput: 400,
    errors.NotFound: 404,
    errors.Stale: 409,
    errors.NoModel: 409,
    errors.NoProver: 409,
    errors.NotAccepted: 409,
    errors.VotesNeeded: 409,
    errors.BudgetSpent: 409,
    errors.ModelBusy: 503,
    errors.ModelSlow: 504,
    errors.ModelError: 502,
    errors.RegistryFailed: 502,
    errors.StoreFull: 507,
    errors.StoreError: 503,
    errors.ReconstError: 500,
}
"""The HTTP status of each error; of its nearest base where it is not here itself."""

INTERNAL = Problem(
    code="internal",
    message="Something went wrong in the server; its log says what.",
    remedy="Your text is kept here. Try again; if it happens again, tell us what the log says.",
)

Answer = Callable[["Call", Any], Any]


@dataclass(frozen=True, slots=True)
class Call:
    """One request: who asks, and what the acts need."""

    person: Person
    room: Room
    handler: APIHandler

    @property
    def ports(self) -> Ports:
        """The adapters."""
        return self.room.reconst.ports


async def serve(handler: VerbHandler) -> None:
    """Read, ask, write. No error leaves without its code, and none with a path, a key or a traceback."""
    try:
        route = handler.route
        guard(handler.log)
        if not handler.room.ready:
            await asyncio.to_thread(handler.room.prepare)
        request = _read(handler, route)
        answers = _answers(route)
        call = Call(await handler.room.person(asker(handler, request)), handler.room, handler)
        if route.stream:
            await _stream(handler, answers(call, request))
        else:
            answer = await answers(call, request)
            (_save if route.file else _write)(handler, answer)
    except ReconstError as error:
        _refuse(handler, status_of(error), error.problem())
    except Exception:
        handler.log.exception("reconst/%s failed", handler.route.verb)
        _refuse(handler, 500, INTERNAL)


def status_of(error: ReconstError) -> int:
    """The HTTP status of an error."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def _answers(route: Route) -> Answer:
    module, _, function = route.answers.partition(":")
    found: Answer = getattr(import_module(f"jupyter_reconst.doors.server.{module}"), function)
    return found


def _read(handler: VerbHandler, route: Route) -> Noun | None:
    if route.request is None:
        return None
    body = handler.request.body
    if len(body) > route.megabytes * 2**20:
        raise BadInput(f"This is larger than {route.megabytes} MB.", remedy="Send less: fewer cells, or shorter ones.")
    kind: type[Noun] = getattr(requests, route.request)
    try:
        return kind.model_validate_json(body or b"{}")
    except ValidationError as error:
        raise BadInput(_sentence(error)) from None


def _sentence(error: ValidationError) -> str:
    """What is wrong with the first wrong field. Its value stays out of it: it may be a key."""
    first = error.errors(include_url=False, include_context=False, include_input=False)[0]
    place = ".".join(str(step) for step in first["loc"])
    said = first["msg"].removeprefix("Value error, ")
    return f"“{place}”: {said}." if place else f"The request cannot be read: {said}."


def _write(handler: APIHandler, answer: Noun | None) -> None:
    handler.set_header("X-Content-Type-Options", "nosniff")
    handler.set_header("Cache-Control", "no-store")
    handler.finish(answer.model_dump_json(by_alias=True) if answer is not None else "null")


def _save(handler: APIHandler, answer: Written) -> None:
    """A text that others wrote parts of: a file to save, and nothing that a browser would show as a page."""
    handler.set_header("X-Content-Type-Options", "nosniff")
    handler.set_header("Cache-Control", "no-store")
    handler.set_header("Content-Disposition", f"attachment; filename*=UTF-8''{quote(answer.file, safe='')}")
    handler.finish(answer.text, set_content_type="text/plain; charset=utf-8")


def _refuse(handler: VerbHandler, status: int, problem: Problem) -> None:
    if handler._finished:
        return
    if handler._headers_written:  # A stream that has begun says it as its last event.
        handler.finish(_event(Failed(problem=problem)))
        return
    handler.set_status(status)
    _write(handler, problem)


async def _stream(handler: VerbHandler, events: AsyncGenerator[Noun, None]) -> None:
    """Server-sent events, each flushed at once. A client that leaves closes the act within a moment."""
    pump = asyncio.create_task(_pump(handler, events))
    handler.leave = pump.cancel
    try:
        await pump
    except (asyncio.CancelledError, StreamClosedError):
        if not handler.request.connection.stream.closed():  # type: ignore[union-attr]
            raise
        return
    finally:
        handler.leave = None
        pump.cancel()
    handler.finish(set_content_type="text/event-stream")


async def _pump(handler: VerbHandler, events: AsyncGenerator[Noun, None]) -> None:
    async with aclosing(events):
        async for event in events:
            if not handler._headers_written:
                handler.set_header("Content-Type", "text/event-stream")
                handler.set_header("Cache-Control", "no-store")
                handler.set_header("X-Accel-Buffering", "no")
                handler.set_header("X-Content-Type-Options", "nosniff")
            handler.write(_event(event))
            await handler.flush()


def _event(event: Any) -> str:
    return f"event: {event.type}\ndata: {event.model_dump_json(by_alias=True)}\n\n"
