"""Keeping what was sent for one piece that a model wrote, so that *What was sent* can show it to the letter.

A piece may take several calls, made far below the act: whoever calls with `Notes.ports(what)` has them noted here, also
those that the record answers. They are one line of the journal, which is forgotten with what it is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from functools import partial

from jupyter_reconst.core.errors import StoreError
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Event, Model, Ports
from jupyter_reconst.core.sent import KeptCalls, Sending
from jupyter_reconst.core.turns import Message, Parameters, Reply


async def keep_calls(
    ports: Ports, person: Person, kept: KeptCalls, *, notebook: str | None, subject: str | None
) -> str | None:
    """Keep what was sent; returns its id, none where that is nothing or it cannot be kept."""
    if not kept.sendings:
        return None
    event = Event(
        id=ports.clock.id(),
        owner=person.owner,
        notebook=notebook,
        kind="call",
        subject=subject,
        body=kept.model_dump(mode="json"),
        created=ports.clock.now(),
    )
    with suppress(StoreError):  # A store that cannot be written to must not take the piece away.
        await ports.journal.append(event)
        return event.id
    return None


class Notes:
    """The calls of one piece, in the order in which they ended."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._sendings: list[Sending] = []

    def ports(self, what: str = "") -> Ports:
        """The ports for calls that are for this."""
        return replace(self._ports, noted=partial(self._note, what))

    async def kept(
        self, person: Person, what: str, *, notebook: str | None, subject: str | None, about: Iterable[str | None] = ()
    ) -> str | None:
        """Keep them; returns the id that the piece is to name, none where nothing was sent or it cannot be kept."""
        ids = tuple(dict.fromkeys(id for id in about if id))
        kept = KeptCalls(what=what, about=ids, sendings=tuple(self._sendings))
        return await keep_calls(self._ports, person, kept, notebook=notebook, subject=subject)

    def _note(
        self, what: str, model: Model, messages: tuple[Message, ...], parameters: Parameters, reply: Reply
    ) -> None:
        info = model.info
        self._sendings.append(
            Sending(
                what=what,
                profile=info.profile,
                model=info.model,
                parameters=parameters,
                messages=messages,
                reply=reply.text,
                usage=reply.usage,
                cost=0.0 if reply.cached else info.cost(reply.usage),
                cached=reply.cached,
            )
        )
