"""Let a notebook read as it did after an earlier revision: by new revisions, so that nothing is deleted."""

from __future__ import annotations

from typing import Any

from jupyter_reconst.acts.inforce import amendable
from jupyter_reconst.acts.sign import free, legible, opened, sign, signed
from jupyter_reconst.core.chain import seals
from jupyter_reconst.core.constitution import Constitution, Preamble, Provenance, heads, standing
from jupyter_reconst.core.errors import NotAccepted, Stale
from jupyter_reconst.core.notebook import Reading, preamble_key
from jupyter_reconst.core.nouns import Person, later
from jupyter_reconst.core.ports import Clock, Ports
from jupyter_reconst.core.requests import Change, Restore
from jupyter_reconst.core.scopes import relaid
from jupyter_reconst.core.sharing.offering import keyed
from jupyter_reconst.core.versions import at


async def restore(ports: Ports, person: Person, request: Restore) -> Change:
    """What to write. Raises NotFound for an unknown revision, Stale where another text was read, and InvisibleText.

    Raises VotesNeeded, and NotAccepted where what the notebook carries was not accepted: what stays is not shown there.
    """
    known = await signed(ports, person, request.id)
    if known is not None:
        return known
    document = await opened(ports, person, request.path)
    await free(ports, person, document)
    before, _ = await amendable(ports, person, document)
    if document.reading.constitution.digest != before.own.digest:
        raise NotAccepted("The notebook carries articles that you have not accepted.", remedy="Review them first.")
    then = at(document.reading, request.revision)
    if then.constitution.digest != request.digest:
        raise Stale("The notebook has changed since you looked at that version.", remedy="Look at it again.")
    own = legible(then.constitution)
    law = relaid(before, own)
    note = f"As after {request.revision}"
    signature = Provenance(author=person.name, at=ports.clock.now(), note=note)
    writes = _rewritten(document.reading, own, signature, ports.clock)
    change = Change(id=request.id, writes=writes, digest=law.digest)
    return await sign(ports, person, document, change, law, before, restored=request.revision)


def _rewritten(now: Reading, law: Constitution, signature: Provenance, clock: Clock) -> dict[str, Any]:
    """A new revision of everything that reads otherwise, on top of all its heads."""
    revisions = []
    for id, newest in heads(now.revisions).items():
        wanted, stands = law.article(id), newest[0]
        same = wanted is not None and (wanted.draft, wanted.order) == (stands.draft, stands.order)
        if len(newest) == 1 and ((same and not stands.repealed) or (wanted is None and stands.repealed)):
            continue
        base = wanted or stands
        update = {
            "revision": later(clock.id(), now.ids),
            "parents": tuple(head.revision for head in newest),
            "seals": seals(newest),
            "repealed": wanted is None,
            "provenance": signature.model_copy(update={"words": base.provenance.words}),
        }
        revisions.append(base.model_copy(update=update))
    writes = keyed(revisions)
    stood = standing(now.preambles)
    if law.preamble != (stood.text if stood else ""):
        parents = (stood.revision,) if stood else ()
        preamble = Preamble(
            revision=later(clock.id(), now.ids), parents=parents, text=law.preamble, provenance=signature
        )
        writes[preamble_key(preamble)] = preamble.model_dump(mode="json", by_alias=True)
    return writes
