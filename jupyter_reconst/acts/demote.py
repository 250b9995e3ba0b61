"""Take a promotion back: the file reads as it did before, and the article stands in the notebook again."""

from __future__ import annotations

from jupyter_reconst.acts.agreed import allowed
from jupyter_reconst.acts.inforce import dumped
from jupyter_reconst.acts.parts import parts_in_force
from jupyter_reconst.acts.promote import layer_of, moved_by
from jupyter_reconst.acts.sign import opened, signed
from jupyter_reconst.core.amendments import Amendment, amended
from jupyter_reconst.core.constitution import EMPTY, Constitution, Provenance, heads
from jupyter_reconst.core.errors import NotFound, Stale
from jupyter_reconst.core.notebook import article_key
from jupyter_reconst.core.nouns import Person, later
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests import Change, Demote
from jupyter_reconst.core.scopes import laid


async def demote(ports: Ports, person: Person, request: Demote) -> Change:
    """What to write into the notebook. Raises NotFound for no such promotion, Stale where something has followed it."""
    known = await signed(ports, person, request.id)
    if known is not None:
        return known
    document = await opened(ports, person, request.path)
    line = await ports.journal.get(person.owner, request.promotion)
    promoted = line.body.get("promoted") if line and line.notebook == document.notebook else None
    if line is None or promoted is None:
        raise NotFound("There is no such promotion in this notebook.")
    layer = await layer_of(ports, person, document, promoted["scope"])
    if layer.stamp != promoted["after"]:
        raise Stale(
            f"{promoted['place']} has been changed since.",
            remedy="Copy the article into this notebook, then take it out of that file.",
        )
    id = str(line.subject)
    parts = dict(await parts_in_force(ports, person, document))
    held = heads(document.reading.ratified).get(id, [])
    writes, amendment, new = {}, Amendment.model_validate(line.body["amendment"]), None
    if len(held) == 1 and held[0].repealed:
        last = held[0]
        amendment = Amendment(
            id=request.id, action="revise", article=id, base=last.revision, draft=last.draft, order=last.order
        )
        await allowed(ports, person, document, amendment)
        signature = Provenance(author=person.name, at=ports.clock.now(), note="Taken back into the notebook")
        own, new = amended(
            parts["notebook"],
            amendment,
            revisions=document.reading.ratified,
            revision=later(ports.clock.id(), document.reading.ids),
            provenance=signature,
        )
        parts["notebook"] = own
        writes = {article_key(new): dumped(new)}
    stood = await ports.trust.accepted(person.owner, promoted["stood"])
    law = stood.constitution if stood else EMPTY
    parts[promoted["scope"]] = Constitution(preamble=law.preamble, articles=law.articles)
    await ports.scopes.write(layer, promoted["before"])
    change = Change(id=request.id, article=new, writes=writes, digest=laid(parts.items()).digest)
    return await moved_by(ports, person, document, change, amendment, parts, demoted=request.promotion)
