"""Take the constitution that a notebook carries, as a person has read it: exactly this content, or a ticked part of it.

Acceptance is by content and belongs to one person; it is kept with its text outside the notebook.
"""

from __future__ import annotations

from typing import Literal

from jupyter_reconst.acts.inforce import in_force
from jupyter_reconst.acts.parts import keep, split
from jupyter_reconst.acts.sign import legible
from jupyter_reconst.core.constitution import Constitution
from jupyter_reconst.core.errors import BadInput, NotebookUnknown, Stale
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Event, Ports
from jupyter_reconst.core.requests import Accept, InForce, Rehearse


async def accept(
    ports: Ports, person: Person, request: Accept, *, how: Literal["read", "headless"] = "read"
) -> InForce:
    """Put what was ticked in force. Raises Stale where the notebook has changed, InvisibleText for hidden text."""
    document = await ports.documents.of_path(person.owner, request.path)
    if document is None:
        raise NotebookUnknown("This notebook is not open, and cannot be read.")
    carried = document.carried
    chosen = ticked(carried, request)
    now = ports.clock.now()
    event = Event(
        id=ports.clock.id(),
        owner=person.owner,
        notebook=document.notebook,
        kind="acceptance",
        body={
            "how": how,
            "digest": chosen.digest,
            "of": carried.digest,
            "articles": [article.id for article in chosen.articles],
        },
        created=now,
    )
    await ports.journal.append(event)
    await keep(ports, person, document, split(document, chosen), now, how)
    return await in_force(ports, person, document)


def ticked(carried: Constitution, request: Accept | Rehearse) -> Constitution:
    """The ticked part of what a notebook and the scopes around it carry. Raises Stale, BadInput, InvisibleText."""
    if carried.digest != request.digest:
        raise Stale("The constitution in this notebook has changed since you read it.")
    unknown = set(request.articles) - {article.id for article in carried.articles}
    if unknown:
        raise BadInput(f"The notebook carries no article {min(unknown)}.")
    return legible(
        carried.model_copy(
            update={
                "preamble": carried.preamble if request.preamble else "",
                "articles": tuple(article for article in carried.articles if article.id in request.articles),
                "outer": carried.outer if request.preamble else "",
            }
        )
    )
