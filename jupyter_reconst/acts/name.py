"""The name to show beside one's acts: said once, kept in the journal. It proves nothing."""

from __future__ import annotations

from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Event, Ports
from jupyter_reconst.core.requests import Name


async def name(ports: Ports, person: Person, request: Name) -> Person:
    """Keep the name. Raises BadInput for one that cannot be seen."""
    said = " ".join(request.name.split())
    if not said or not said.isprintable():
        raise BadInput("A name needs letters that can be seen.")
    await ports.journal.append(
        Event(id=ports.clock.id(), owner=person.owner, kind="name", body={"name": said}, created=ports.clock.now())
    )
    return Person(owner=person.owner, name=said)


async def name_of(ports: Ports, owner: str) -> str:
    """The name that was said last; empty where none was."""
    lines = await ports.journal.events(owner, kind="name", newest_first=True, limit=1)
    return str(lines[0].body.get("name", "")) if lines else ""
