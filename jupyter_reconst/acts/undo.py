"""Take back what was adopted or restored at once, while nothing has followed it: exactly what it wrote is removed."""

from __future__ import annotations

from jupyter_reconst.acts.inforce import constitution_in_force
from jupyter_reconst.acts.sign import opened, sign, signed
from jupyter_reconst.core.constitution import EMPTY
from jupyter_reconst.core.errors import NotFound, Stale
from jupyter_reconst.core.notebook import article_key, keys, preamble_key
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Document, Ports
from jupyter_reconst.core.requests import Change, Undo
from jupyter_reconst.core.scopes import relaid


async def undo(ports: Ports, person: Person, request: Undo) -> Change:
    """What to remove. Raises NotFound for what is no such change, Stale where something has followed it."""
    known = await signed(ports, person, request.id)
    if known is not None:
        return known
    document = await opened(ports, person, request.path)
    line = await ports.journal.get(person.owner, request.change)
    if line is None or line.notebook != document.notebook or not isinstance(line.body.get("before"), str):
        raise NotFound("There is no such change in this notebook.")
    change, digest = Change.model_validate(line.body["change"]), line.body["before"]
    now = await constitution_in_force(ports, person, document)
    accepted = await ports.trust.accepted(person.owner, digest)
    if now.digest != change.digest or _followed(document, change):
        raise Stale(
            "The constitution has been changed since.", remedy="Compare it with an earlier version, and restore."
        )
    before = relaid(now, accepted.constitution if accepted else EMPTY)
    back = Change(id=request.id, removes=tuple(change.writes), digest=before.digest)
    return await sign(ports, person, document, back, before, now, undone=request.change)


def _followed(document: Document, change: Change) -> bool:
    """Whether something in the notebook was made from what the change wrote, or what it wrote is not there."""
    reading, written = document.reading, change.writes.keys()
    if not written <= keys(reading).keys():
        return True
    made = {a.revision for a in reading.revisions if article_key(a) in written}
    made |= {p.revision for p in reading.preambles if preamble_key(p) in written}
    parents = {parent for a in reading.revisions if article_key(a) not in written for parent in a.parents}
    parents |= {parent for p in reading.preambles if preamble_key(p) not in written for parent in p.parents}
    return bool(made & parents)
