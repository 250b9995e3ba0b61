"""Mark a reference wrong: a correction of the reply's own words, remembered for every later list; it can be undone."""

from __future__ import annotations

from jupyter_reconst.acts.cite import marked, named
from jupyter_reconst.acts.edit import pointed_at
from jupyter_reconst.acts.highlight import highlight
from jupyter_reconst.core.annotations import Annotation, Source, TextualBody
from jupyter_reconst.core.errors import NotFound
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Event, Ports
from jupyter_reconst.core.references.matching import identity
from jupyter_reconst.core.references.nouns import Marking
from jupyter_reconst.core.requests import Highlight, Wrong, Wronged

_SAYS = "This reference is wrong."


async def wrong(ports: Ports, person: Person, request: Wrong) -> Wronged:
    """Keep it. Raises NotFound where this person has no such turn, or no reference begins there."""
    turn = await named(ports, person, request.turn)
    found = next((one for one in await marked(ports, person, turn.reply) if one.reference.start == request.start), None)
    if found is None:
        raise NotFound("No reference begins there in the reply.")
    annotation, said = None, found.wrong
    if request.undo:
        said = None
    else:
        source = Source(by="person")
        right = request.right.strip()
        body = [TextualBody(purpose="describing", value=_SAYS, source=source)]
        if right:
            body.insert(0, TextualBody(purpose="editing", value=right, source=source))
        annotation = await highlight(
            ports,
            person,
            Highlight(
                path=request.path,
                annotation=Annotation(
                    id=ports.clock.id(),
                    motivation="editing",
                    body=tuple(body),
                    target=pointed_at(turn, found.reference.start, found.reference.end, request),
                    created=ports.clock.now(),
                ),
            ),
        )
        said = Marking(id=annotation.id, right=right)
    await ports.journal.append(
        Event(
            id=ports.clock.id(),
            owner=person.owner,
            notebook=turn.notebook,
            kind="reference",
            subject=identity(found.reference),
            body={
                "turn": turn.id,
                "quote": found.reference.quote,
                "annotation": said.id if said else None,
                "right": said.right if said else "",
                "undo": request.undo,
            },
            created=ports.clock.now(),
        )
    )
    return Wronged(marked=found.model_copy(update={"wrong": said}), annotation=annotation)
