"""Sign a change of several revisions at once: accepted, journaled, and answered with what to write.

As with ratifying, the frontend writes it into the open document, and the next sync that sees it there confirms it. A
retry with the same id gives the same change.
"""

from __future__ import annotations

from typing import Any

from jupyter_reconst.acts.agreed import agreeing
from jupyter_reconst.acts.parts import record
from jupyter_reconst.core.agreeing import in_words
from jupyter_reconst.core.constitution import Constitution
from jupyter_reconst.core.errors import BadInput, InvisibleText, NotebookUnknown, VotesNeeded
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Document, Event, Ports
from jupyter_reconst.core.requests import Change
from jupyter_reconst.core.review import hidden


async def opened(ports: Ports, person: Person, path: str) -> Document:
    """The open notebook. Raises NotebookUnknown."""
    document = await ports.documents.of_path(person.owner, path)
    if document is None:
        raise NotebookUnknown("This notebook is not open, and cannot be read.")
    return document


async def signed(ports: Ports, person: Person, id: str) -> Change | None:
    """What was signed under this id before. Raises BadInput where it names something else."""
    line = await ports.journal.get(person.owner, id)
    if line is None:
        return None
    if line.kind != "ratification":
        raise BadInput("This id already names something else.")
    return Change.model_validate(line.body["change"])


async def free(ports: Ports, person: Person, document: Document) -> None:
    """Raises VotesNeeded where others must agree: they vote on one article, never on many at once."""
    known = await agreeing(ports, person, document)
    if known.terms.kind != "one":
        who = in_words(known.terms, known.voters)
        raise VotesNeeded(f"In this notebook {who} must agree, article by article.")


def legible(law: Constitution) -> Constitution:
    """The law itself. Raises InvisibleText for characters that nobody sees."""
    if spelled := hidden(law):
        count = sum(text.count for text in spelled)
        raise InvisibleText(f"{count} hidden character{'s' if count > 1 else ''} in {spelled[0].where}.")
    return law


async def sign(
    ports: Ports,
    person: Person,
    document: Document,
    change: Change,
    law: Constitution,
    before: Constitution,
    **said: Any,
) -> Change:
    """Keep that the person puts `law` in force instead of `before`; `said` tells the history what it was."""
    now = ports.clock.now()
    for one in (before, law):  # What it may go back to is kept with its text, too.
        await record(ports, person, one, now, "ratified")
    body = {
        "amendment": None,
        "change": change.model_dump(mode="json"),
        "own": law.own.digest,
        "before": before.own.digest,
        **said,
    }
    event = Event(
        id=change.id,
        owner=person.owner,
        notebook=document.notebook,
        kind="ratification",
        body=body,
        created=now,
    )
    await ports.journal.append(event)
    # Two clicks may have come this far together; what the journal kept first is what both are told.
    return await signed(ports, person, change.id) or change
