"""status, name; profiles, connect, disconnect, choose, try."""

from __future__ import annotations

from jupyter_reconst import __version__
from jupyter_reconst.acts import name as naming
from jupyter_reconst.acts import retain
from jupyter_reconst.acts import status as state
from jupyter_reconst.core.errors import BadInput, StoreError
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.requests import Choose, Connect, Disconnect, Name, Probed, Probing, Profiles, Status
from jupyter_reconst.doors.server.base import Call


async def status(call: Call, request: None) -> Status:
    """How things are; a page has been opened, so what is needed next is made ready."""
    call.room.warm()
    await _expire(call)
    return await _status(call, call.person)


async def name(call: Call, request: Name) -> Status:
    """Keep the name to show. Raises BadInput where the server itself knows who is who."""
    if call.room.config.per_user:
        raise BadInput("What you say is shown with the name that you are signed in with.")
    person = await naming.name(call.ports, call.person, request)
    call.room.named(person)
    return await _status(call, person)


async def profiles(call: Call, request: None) -> Profiles:
    """The ways to reach a model."""
    return await call.room.reconst.profiles.profiles()


async def connect(call: Call, request: Connect) -> Profiles:
    """Save a profile."""
    return await call.room.reconst.profiles.connect(request)


async def disconnect(call: Call, request: Disconnect) -> Profiles:
    """Remove a profile."""
    return await call.room.reconst.profiles.disconnect(request)


async def choose(call: Call, request: Choose) -> Profiles:
    """Use another one."""
    return await call.room.reconst.profiles.choose(request)


async def probe(call: Call, request: Probing) -> Probed:
    """Try an endpoint before saving it."""
    return await call.room.reconst.profiles.probe(request)


async def _status(call: Call, person: Person) -> Status:
    trouble = await call.room.reconst.journal.check()
    store = trouble.problem() if trouble else None
    return await state.status(call.ports, person, call.room.spending, version=__version__, store=store)


async def _expire(call: Call) -> None:
    """Once for each person in a server's life; a store that cannot be written keeps what it has."""
    if call.room.first_visit(call.person):
        try:
            await retain.expired(call.ports, call.person, call.room.reconst.retention_days)
        except StoreError:
            call.handler.log.warning("What is older than its retention could not be erased.")
