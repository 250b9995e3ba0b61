"""Take what the frontend says of an open document, and say what is in force in it.

The frontend tells everything at every change, so an ask never depends on a save. Seeing the keys of a ratification in
the document is what confirms it.
"""

from __future__ import annotations

import hashlib

from jupyter_reconst.acts.inforce import constitution_in_force, held, in_force, ratifications
from jupyter_reconst.acts.parts import record
from jupyter_reconst.core.constitution import EMPTY, Constitution
from jupyter_reconst.core.notebook import ours, read
from jupyter_reconst.core.nouns import Person, ulid
from jupyter_reconst.core.ports import Document, Event, Ports
from jupyter_reconst.core.requests import Change, InForce, Sync


async def sync(ports: Ports, person: Person, request: Sync) -> InForce:
    """Remember the document as it is now, and answer with what is in force."""
    document = await _told(ports, person, request)
    await _confirm(ports, person, document)
    await _stand(ports, person, document)
    answer = await in_force(ports, person, document)
    return answer.model_copy(update={"unknown": await _unknown(ports, person, document)})


async def _told(ports: Ports, person: Person, request: Sync) -> Document:
    """Tell the documents, and take back what they make of it: what another page says meanwhile is not this answer's."""
    reading = read(ours(request.metadata))
    before = None if reading.head else await ports.documents.of_path(person.owner, request.path)
    notebook = reading.head.id if reading.head else before.notebook if before else ports.clock.id()
    document = Document(
        path=request.path,
        notebook=notebook,
        reading=reading,
        cells=request.cells,
        live=True,
        identified=reading.head is not None,
    )
    return await ports.documents.tell(person.owner, document)


async def _confirm(ports: Ports, person: Person, document: Document) -> None:
    """Ratified changes whose keys are in the document now have arrived: what they resulted in stands."""
    keys = held(document.reading)
    for line in await ratifications(ports, person, document.notebook):
        if not line.body:
            continue
        change = Change.model_validate(line.body["change"])
        seed = hashlib.sha256(f"arrived {change.id}".encode()).digest()
        arrived = ulid(int.from_bytes(seed[:6], "big"), seed[6:])
        if not set(change.writes) <= keys or await ports.journal.get(person.owner, arrived):
            continue
        await ports.trust.stand(person.owner, document.notebook, line.body.get("own") or change.digest)
        await ports.journal.append(
            Event(
                id=arrived,
                owner=person.owner,
                notebook=document.notebook,
                kind="acceptance",
                subject=change.id,
                body={"how": "ratified", "digest": change.digest},
                created=ports.clock.now(),
            )
        )


async def _stand(ports: Ports, person: Person, document: Document) -> None:
    """What is accepted of the notebook and of the files around it is what to fall back on when one of them changes."""
    own = (await constitution_in_force(ports, person, document)).own
    await _fall_back(ports, person, document.notebook, own, accepted=True)
    for layer in document.around:
        await _fall_back(ports, person, layer.key, layer.reading.constitution, accepted=False)


async def _fall_back(ports: Ports, person: Person, key: str, part: Constitution, *, accepted: bool) -> None:
    standing = await ports.trust.standing(person.owner, key)
    if part.digest in (EMPTY.digest, standing.digest if standing else EMPTY.digest):
        return
    if accepted:  # It is in force, if only together with the files around it.
        await record(ports, person, part, ports.clock.now(), "read")
    if await ports.trust.accepted(person.owner, part.digest):
        await ports.trust.stand(person.owner, key, part.digest)


async def _unknown(ports: Ports, person: Person, document: Document) -> tuple[str, ...]:
    """Turns in outputs that the journal does not have."""
    shown = {cell.turn: None for cell in document.cells if cell.turn}
    known = await ports.journal.known(person.owner, shown)
    return tuple(turn for turn in shown if turn not in known)
