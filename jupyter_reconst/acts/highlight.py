"""Keep an annotation in the journal: the frontend writes it into the cell, the journal remembers that it was made."""

from __future__ import annotations

from pathlib import PurePosixPath

from jupyter_reconst.core.annotations import Annotation, Creator
from jupyter_reconst.core.errors import NotebookUnknown
from jupyter_reconst.core.notebook import understood
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Event, Ports
from jupyter_reconst.core.requests import Highlight


async def highlight(ports: Ports, person: Person, request: Highlight) -> Annotation:
    """Remember a highlight and what was said about it so far.

    Who made it comes from the server, not from the request. An annotation that is told again with other words is one
    more line: nothing of the journal is overwritten.
    """
    document = await ports.documents.of_path(person.owner, request.path)
    if document is None:
        raise NotebookUnknown("This notebook is not open, and cannot be read.")
    understood(document.reading, PurePosixPath(document.path).name)
    annotation = request.annotation.model_copy(update={"creator": Creator(name=person.name)})
    body = annotation.model_dump(mode="json", by_alias=True)
    lines = await ports.journal.events(
        person.owner, kind="annotation", subject=annotation.id, limit=1, newest_first=True
    )
    if lines and lines[0].body == body:
        return annotation
    event = Event(
        id=ports.clock.id() if lines else annotation.id,
        owner=person.owner,
        notebook=document.notebook,
        kind="annotation",
        subject=annotation.id,
        body=body,
        created=ports.clock.now(),
    )
    await ports.journal.append(event)
    return annotation
