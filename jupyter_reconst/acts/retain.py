"""How long turns are kept. What is law stays: ratifications and acceptances are never erased by age."""

from __future__ import annotations

from datetime import timedelta

from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Event, Ports
from jupyter_reconst.core.requests import Done, Retain


async def retain(ports: Ports, person: Person, request: Retain) -> Done:
    """Keep the person's wish, and erase at once what is older."""
    await ports.journal.append(
        Event(
            id=ports.clock.id(),
            owner=person.owner,
            kind="retention",
            body={"days": request.days},
            created=ports.clock.now(),
        )
    )
    await expired(ports, person, None)
    return Done()


async def retention(ports: Ports, person: Person, default: int | None) -> int | None:
    """Days that turns are kept: the person's wish, else the operator's; none for ever."""
    lines = await ports.journal.events(person.owner, kind="retention", newest_first=True, limit=1)
    days = lines[0].body.get("days") if lines else default
    return days if isinstance(days, int) and days > 0 else None


async def expired(ports: Ports, person: Person, default: int | None) -> int:
    """Erase what is older than that; returns how many lines."""
    days = await retention(ports, person, default)
    if days is None:
        return 0
    return await ports.journal.expire(person.owner, ports.clock.now() - timedelta(days=days))
