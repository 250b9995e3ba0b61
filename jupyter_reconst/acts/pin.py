"""Keep an argument with its verdict as a case: a later check judges the same sentences again, without a model."""

from __future__ import annotations

from pathlib import PurePosixPath

from jupyter_reconst.acts.inforce import constitution_in_force, dumped
from jupyter_reconst.acts.sign import opened
from jupyter_reconst.acts.verify import read, verdict_on
from jupyter_reconst.core.constitution import Provenance
from jupyter_reconst.core.errors import BadInput
from jupyter_reconst.core.formal.pinned import Pinned
from jupyter_reconst.core.notebook import argument_key, understood
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Ports
from jupyter_reconst.core.requests import Change, Pin


async def pin(ports: Ports, person: Person, request: Pin) -> Change:
    """What to write; nothing is in force by it. Raises BadInput where the prover settles nothing, NotebookUnknown."""
    document = await opened(ports, person, request.path)
    understood(document.reading, PurePosixPath(request.path).name)
    verdict = await verdict_on(ports, read(request.argument))
    if not verdict.checked:
        raise BadInput(
            f"There is no verdict to keep: {verdict.says}. {verdict.why}".strip(),
            remedy="Pin an argument that a prover has settled.",
        )
    pinned = Pinned(
        id=request.id,
        passage=request.passage,
        turn=request.turn,
        argument=request.argument,
        says=verdict.says,
        provenance=Provenance(author=person.name, at=ports.clock.now(), evidence=", ".join(verdict.by)[:200]),
    )
    law = await constitution_in_force(ports, person, document)
    return Change(id=request.id, writes={argument_key(pinned): dumped(pinned)}, digest=law.digest)
