"""The references of a turn: found in its reply, and compared with this person's library. Nothing is sent anywhere.

What a person marked wrong before is said at once, in whichever reply the same reference comes again.
"""

from __future__ import annotations

import asyncio

from jupyter_reconst.acts.distance import similar
from jupyter_reconst.acts.recall import turn as turn_of
from jupyter_reconst.core.errors import NotFound
from jupyter_reconst.core.library import Entry
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.references.find import references
from jupyter_reconst.core.references.matching import identity, judged, nearest
from jupyter_reconst.core.references.nouns import Looked, MarkedReference, Marking, Reference
from jupyter_reconst.core.requests import Cite, Cited
from jupyter_reconst.core.turns import Turn

LIBRARY = "your library"


async def cite(ports: Ports, person: Person, request: Cite) -> Cited:
    """The marked references, by place. Raises NotFound where this person has no such turn."""
    turn = await named(ports, person, request.turn)
    return Cited(references=await marked(ports, person, turn.reply), registries=names(ports))


async def marked(ports: Ports, person: Person, text: str) -> tuple[MarkedReference, ...]:
    """The references of any text."""
    stocked = ports.library is not None and bool(await ports.library.sources(person.owner))
    return tuple([await _marked(ports, person, one, stocked) for one in references(text)])


async def counted(turn: Turn) -> int:
    """How many references its reply has. On a thread: a long list takes a moment, and others are answered meanwhile."""
    return len(await asyncio.to_thread(references, turn.reply))


async def remembered(ports: Ports, person: Person, reference: Reference) -> Marking | None:
    """What this person said last of a reference that says the same."""
    lines = await ports.journal.events(
        person.owner, kind="reference", subject=identity(reference), limit=1, newest_first=True
    )
    if not lines or not lines[0].body or lines[0].body.get("undo"):
        return None
    return Marking(id=lines[0].body["annotation"], right=lines[0].body.get("right", ""))


async def named(ports: Ports, person: Person, id: str) -> Turn:
    """The turn. Raises NotFound."""
    turn = await turn_of(ports, person, id)
    if turn is None:
        raise NotFound("There is no such turn in your journal.")
    return turn


def names(ports: Ports) -> tuple[str, ...]:
    """The services that references may be looked up in."""
    return ports.registries.names if ports.registries else ()


def standing(one: MarkedReference) -> MarkedReference:
    """With the state that follows from where it was looked up."""
    state, differs = judged(one.reference, one.looked, LIBRARY, similar)
    return one.model_copy(update={"state": state, "differs": differs})


async def _marked(ports: Ports, person: Person, reference: Reference, stocked: bool) -> MarkedReference:
    looked: tuple[Looked, ...] = ()
    if stocked and ports.library is not None:
        entries = await ports.library.find(person.owner, reference)
        found = nearest(reference, entries, similar)
        url = found.url if isinstance(found, Entry) and found.url.startswith("https://") else ""
        looked = (Looked(where=LIBRARY, nearest=found, url=url),)
    return standing(
        MarkedReference(reference=reference, looked=looked, wrong=await remembered(ports, person, reference))
    )
