"""The journal of one notebook, newest first, a page at a time."""

from __future__ import annotations

from jupyter_reconst.core.errors import NotebookUnknown
from jupyter_reconst.core.nouns import Person
from jupyter_reconst.core.ports import Document, Event, EventKind, Ports
from jupyter_reconst.core.requests import AskHistory, History

_SHOWN: tuple[EventKind, ...] = ("turn", "annotation", "ratification", "acceptance", "forget")
"""What a person did. Candidates, rows and marks are parts of these."""


async def history(ports: Ports, person: Person, request: AskHistory) -> History:
    """What this person did in this notebook. `more` says that an older page follows."""
    document = await ports.documents.of_path(person.owner, request.path)
    if document is None:
        raise NotebookUnknown("This notebook is not open, and cannot be read.")
    lines = [line for kind in _SHOWN for line in await _older(ports, person, document, kind, request)]
    lines.sort(key=lambda line: line.sequence, reverse=True)
    page = lines[: request.limit]
    return History(events=tuple(page), more=len(lines) > len(page))


async def _older(ports: Ports, person: Person, document: Document, kind: EventKind, request: AskHistory) -> list[Event]:
    """The newest lines of one kind before the page's end: one more than the page holds, if there are so many."""
    wanted = taken = request.limit + 1
    while True:
        lines = await ports.journal.events(
            person.owner, kind=kind, notebook=document.notebook, limit=taken, newest_first=True
        )
        older = [line for line in lines if _told(line) and (request.before is None or line.sequence < request.before)]
        if len(older) >= wanted or len(lines) < taken:
            return older[:wanted]
        taken *= 4


def _told(line: Event) -> bool:
    """Whether a line says something of its own: the arrival of a ratified change does not."""
    return not (line.kind == "acceptance" and line.body.get("how") == "ratified")
