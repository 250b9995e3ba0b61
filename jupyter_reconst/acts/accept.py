"""Take the constitution that a notebook carries, as a person has read it: exactly this content, or a ticked part of it.

Acceptance is by content and belongs to one person; it is kept with its text outside the notebook.
"""

from __future__ import annotations

from typing import Literal

from jupyter_reconst.acts.inforce import in_force
from jupyter_reconst.core.constitution import Constitution
from jupyter_reconst.core.errors import BadInput, InvisibleText, NotebookUnknown, Stale
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Accepted, Event, Ports
from jupyter_reconst.core.requests import Accept, InForce
from jupyter_reconst.core.review import hidden


async def accept(
    ports: Ports, person: Person, request: Accept, *, how: Literal["read", "headless"] = "read"
) -> InForce:
    """Put what was ticked in force. Raises Stale where the notebook has changed, InvisibleText for hidden text."""
    document = await ports.documents.of_path(person.owner, request.path)
    if document is None:
        raise NotebookUnknown("This notebook is not open, and cannot be read.")
    carried = document.reading.constitution
    if carried.digest != request.digest:
        raise Stale("The constitution in this notebook has changed since you read it.")
    unknown = set(request.articles) - {article.id for article in carried.articles}
    if unknown:
        raise BadInput(f"The notebook carries no article {min(unknown)}.")
    chosen = Constitution(
        preamble=carried.preamble if request.preamble else "",
        articles=tuple(article for article in carried.articles if article.id in request.articles),
    )
    spelled = hidden(chosen)
    if spelled:
        count = sum(text.count for text in spelled)
        raise InvisibleText(f"{count} hidden character{'s' if count > 1 else ''} in {spelled[0].where}.")
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
    accepted = Accepted(digest=chosen.digest, constitution=chosen, at=now, how=how)
    await ports.trust.accept(person.owner, accepted)
    await ports.trust.stand(person.owner, document.notebook, chosen.digest)
    return await in_force(ports, person, document)
